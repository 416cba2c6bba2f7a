//! Command-line options that restrict a run: sizes, distributions, paths, seed, frames.

use clap::Args;

use super::{
    paths::Path,
    workload::{Distribution, Workload},
};

/// The options that all programs know.
#[derive(Args, Clone, Debug)]
pub struct Options {
    /// How many events: `1k,1m`; 10 is the chronology that ships
    #[arg(long, value_delimiter = ',', value_parser = size)]
    pub sizes: Vec<usize>,
    /// How events lie in time
    #[arg(long, value_delimiter = ',')]
    pub workloads: Vec<Distribution>,
    /// Where the camera goes
    #[arg(long, value_delimiter = ',')]
    pub paths: Vec<Path>,
    /// What random numbers start from
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Frames a path
    #[arg(long, default_value_t = 600)]
    pub frames: usize,
    /// A path ends early after so many seconds
    #[arg(long, default_value_t = 20.0)]
    pub budget_secs: f64,
    /// What `cargo bench` passes
    #[arg(long, hide = true)]
    bench: bool,
}

impl Options {
    /// All workloads: each distribution at each size, and the chronology that ships only once.
    pub fn all(&self, sizes: &[usize], distributions: &[Distribution]) -> Vec<Workload> {
        let sizes = or(&self.sizes, sizes);
        let distributions = or(&self.workloads, distributions);
        let mut all: Vec<Workload> = Vec::new();
        for &distribution in distributions {
            for &events in sizes {
                let workload = Workload {
                    distribution,
                    events,
                    seed: self.seed,
                };
                if !workload.is_shipped() || !all.iter().any(Workload::is_shipped) {
                    all.push(workload);
                }
            }
        }
        all
    }

    /// The requested paths, or `usual` where none was requested.
    pub fn paths<'a>(&'a self, usual: &'a [Path]) -> &'a [Path] {
        or(&self.paths, usual)
    }
}

fn or<'a, T>(asked: &'a [T], usual: &'a [T]) -> &'a [T] {
    if asked.is_empty() { usual } else { asked }
}

/// Reads `1000`, `10k`, `1m`.
pub fn size(text: &str) -> Result<usize, String> {
    let lower = text.to_ascii_lowercase();
    let (digits, times) = match lower.strip_suffix(['k', 'm']) {
        Some(digits) if lower.ends_with('k') => (digits, 1000),
        Some(digits) => (digits, 1_000_000),
        None => (lower.as_str(), 1),
    };
    let number: usize = digits
        .parse()
        .map_err(|_| format!("{text} is no size; write 1000, 10k or 1m"))?;
    number
        .checked_mul(times)
        .ok_or_else(|| format!("{text} is too large; write 10m at most"))
}
