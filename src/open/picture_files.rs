//! Picture files of a chronology: brought beside it, and collected with it into one folder.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{
    one_line,
    reading::bytes_of,
    saving::{Existing, save},
};
use crate::formats::Fingerprint;

/// The folder beside a chronology into which pictures are copied.
const FOLDER: &str = "pictures";

/// Whether a file's name ends as that of a picture that can be shown.
pub fn is_picture(path: &Path) -> bool {
    let ending = path.extension().and_then(|it| it.to_str());
    ending.is_some_and(|ending| {
        ["png", "jpg", "jpeg", "webp"]
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known))
    })
}

/// Copies a picture into the folder of a chronology, unless it lies there already. Returns the path
/// by which the chronology names it, with slashes on every system.
///
/// # Errors
///
/// A sentence that says why it cannot be read or written.
pub fn bring(folder: &Path, picture: &Path) -> Result<String, String> {
    let name = one_line(&picture.display().to_string());
    let failed = |error: std::io::Error| format!("{name} could not be copied ({error})");
    let from = fs::canonicalize(picture).map_err(failed)?;
    let home = fs::canonicalize(folder).map_err(failed)?;
    if let Ok(inside) = from.strip_prefix(&home) {
        return Ok(written(inside));
    }
    let bytes = bytes_of(&from).map_err(failed)?;
    let pictures = home.join(FOLDER);
    fs::create_dir_all(&pictures).map_err(failed)?;
    let stem = from.file_stem().unwrap_or_default().to_string_lossy();
    let ending = from.extension().unwrap_or_default().to_string_lossy();
    let mut number = 1_u32;
    loop {
        let name = match number {
            1 => format!("{stem}.{ending}"),
            number => format!("{stem}-{number}.{ending}"),
        };
        let to = pictures.join(&name);
        let is_same = bytes_of(&to).is_ok_and(|it| Fingerprint::of(&it) == Fingerprint::of(&bytes));
        if is_same {
            return Ok(format!("{FOLDER}/{name}"));
        }
        if !to.exists() {
            save(&to, &bytes, Existing::Keep).map_err(|error| error.to_string())?;
            return Ok(format!("{FOLDER}/{name}"));
        }
        number += 1;
    }
}

/// Writes a chronology and the pictures that it names into a folder. Returns how many pictures came
/// along, and the names of those that did not.
///
/// # Errors
///
/// A sentence that says why the chronology could not be written.
pub fn collect(
    (text, name): (&str, &str),
    pictures: &[String],
    (from, to): (Option<&Path>, &Path),
) -> Result<(usize, Vec<String>), String> {
    fs::create_dir_all(to).map_err(|error| {
        format!(
            "{} could not be made ({error})",
            one_line(&to.display().to_string())
        )
    })?;
    save(&to.join(name), text, Existing::Keep).map_err(|error| error.to_string())?;
    let (mut count, mut missing) = (0, Vec::new());
    for picture in pictures {
        let copied = from.is_some_and(|from| copy(from, picture, to));
        if copied {
            count += 1;
        } else {
            missing.push(picture.clone());
        }
    }
    Ok((count, missing))
}

/// Copies a picture from below one folder to below another; whether it did.
fn copy(from: &Path, picture: &str, to: &Path) -> bool {
    let source = from.join(picture);
    let inside = fs::canonicalize(&source)
        .ok()
        .zip(fs::canonicalize(from).ok())
        .is_some_and(|(source, from)| source.starts_with(from));
    let target: PathBuf = to.join(picture);
    // A path may not leave the folder.
    let is_plain = Path::new(picture)
        .components()
        .all(|it| matches!(it, std::path::Component::Normal(_)));
    if !inside || !is_plain {
        return false;
    }
    let made = target.parent().map(fs::create_dir_all);
    made.is_some_and(|made| made.is_ok())
        && bytes_of(&source).is_ok_and(|bytes| save(&target, bytes, Existing::Replace).is_ok())
}

/// A path as a chronology writes it.
fn written(path: &Path) -> String {
    let parts = path.components().map(|it| it.as_os_str().to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_brought_once_and_one_of_the_same_name_gets_another() {
        let folder = tempfile::tempdir().unwrap();
        let (home, other) = (folder.path().join("home"), folder.path().join("other"));
        for made in [&home, &other, &home.join("own")] {
            fs::create_dir_all(made).unwrap();
        }
        let write = |path: PathBuf, bytes: &[u8]| {
            fs::write(&path, bytes).unwrap();
            path
        };
        let own = write(home.join("own/a.png"), b"own");
        assert_eq!(bring(&home, &own).unwrap(), "own/a.png");
        let one = write(other.join("a.png"), b"one");
        assert_eq!(bring(&home, &one).unwrap(), "pictures/a.png");
        assert_eq!(bring(&home, &one).unwrap(), "pictures/a.png");
        write(other.join("a.png"), b"two");
        assert_eq!(bring(&home, &one).unwrap(), "pictures/a-2.png");
        assert!(bring(&home, &other.join("none.png")).is_err());

        let to = folder.path().join("collected");
        let pictures = ["pictures/a.png", "own/a.png", "../other/a.png", "none.png"];
        let pictures = pictures.map(str::to_owned);
        let (count, missing) = collect(("{}", "t.json"), &pictures, (Some(&home), &to)).unwrap();
        assert_eq!((count, missing), (2, pictures[2..].to_vec()));
        assert_eq!(fs::read(to.join("pictures/a.png")).unwrap(), b"one");
        assert_eq!(fs::read(to.join("t.json")).unwrap(), b"{}");
    }
}
