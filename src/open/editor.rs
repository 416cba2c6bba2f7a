//! Opens a line of a file in the editor that a person uses.

use std::{
    env,
    path::Path,
    process::{Command, Stdio},
};

/// Opens a line, counted from 1, by the editor that `VISUAL` or `EDITOR` names, if it is one that has
/// a window and takes a line; else by the program that the system has for the file. Whether the
/// editor went to the line.
///
/// # Errors
///
/// Where no program can be started: a sentence.
pub fn open_line(path: &Path, line: usize) -> Result<bool, String> {
    let named = ["VISUAL", "EDITOR"]
        .into_iter()
        .filter_map(env::var_os)
        .find_map(|editor| arguments(editor.to_str()?, path, line));
    if let Some((program, arguments)) = named {
        let started = Command::new(program)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        if started.is_ok() {
            return Ok(true);
        }
    }
    match opener::open(path) {
        Ok(()) => Ok(false),
        Err(error) => Err(format!("no editor could be started ({error})")),
    }
}

/// How an editor that has a window is told a line; `None` for others, which need a terminal.
fn arguments(editor: &str, path: &Path, line: usize) -> Option<(String, Vec<String>)> {
    let mut words = editor.split_whitespace();
    let program = words.next()?;
    let name = Path::new(program).file_stem()?.to_str()?;
    let file = path.display().to_string();
    let own: Vec<String> = match name {
        "code" | "codium" | "code-insiders" | "cursor" | "windsurf" => {
            vec!["--goto".to_owned(), format!("{file}:{line}")]
        }
        "subl" | "zed" | "zeditor" | "lapce" => vec![format!("{file}:{line}")],
        "kate" | "kwrite" => vec!["--line".to_owned(), line.to_string(), file],
        "gedit" | "xed" | "pluma" | "gvim" | "emacs" | "emacsclient" | "mousepad" => {
            vec![format!("+{line}"), file]
        }
        _ => return None,
    };
    let given = words.map(ToOwned::to_owned);
    Some((program.to_owned(), given.chain(own).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editors_with_a_window_are_told_the_line_in_their_way() {
        let path = Path::new("/a b.json");
        for (editor, expected) in [
            ("code --wait", Some("code --wait --goto /a b.json:7")),
            ("/usr/bin/kate", Some("/usr/bin/kate --line 7 /a b.json")),
            ("gvim", Some("gvim +7 /a b.json")),
            ("vim", None),
            ("", None),
        ] {
            let told = arguments(editor, path, 7);
            let told = told.map(|(program, rest)| format!("{program} {}", rest.join(" ")));
            assert_eq!(told.as_deref(), expected, "{editor}");
        }
    }
}
