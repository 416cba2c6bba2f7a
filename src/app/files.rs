//! Files that are dropped on a window or pasted into it.
//!
//! Dropping reaches no window on Wayland (winit 0.30): there a file that was copied in a file manager
//! is pasted, or its path.

use std::path::{Path, PathBuf};

use egui::{Context, Event};

use crate::open;

/// The files that were dropped on the window.
pub(super) fn dropped(ctx: &Context) -> Vec<PathBuf> {
    ctx.input(|input| {
        let files = input.raw.dropped_files.iter();
        files.map(|file| file.path().to_path_buf()).collect()
    })
}

/// The files whose paths or `file:` addresses were pasted, if all of what was pasted is such.
pub(super) fn pasted(ctx: &Context) -> Vec<PathBuf> {
    ctx.input(|input| {
        let texts = input.events.iter().filter_map(|event| match event {
            Event::Paste(text) => Some(text),
            _ => None,
        });
        texts.flat_map(|text| files_in(text)).collect()
    })
}

/// Rows of a spreadsheet program that were pasted: a text with tabs between its columns.
pub(super) fn pasted_rows(ctx: &Context) -> Option<String> {
    ctx.input(|input| {
        input.events.iter().find_map(|event| match event {
            Event::Paste(text) if text.contains('\t') => Some(text.clone()),
            _ => None,
        })
    })
}

/// The name of a file, as a sentence says it.
pub(super) fn name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    open::one_line(&name.to_string_lossy())
}

/// Says which of the files that came with another one are not opened.
pub(super) fn left_out(others: &[PathBuf]) -> Option<String> {
    let name = |path: &Path| format!("“{}”", name(path));
    let (last, rest) = others.split_last()?;
    let others = match rest {
        [] => format!("{} is", name(last)),
        [one] => format!("{} and {} are", name(one), name(last)),
        [first, ..] => format!("{} and {} others are", name(first), rest.len()),
    };
    Some(format!(
        "Of several files the first is opened; {others} not: a window shows one, so open them one by one"
    ))
}

/// The files that a text names, one a line, as file managers put them on the clipboard (the media
/// type text/uri-list, RFC 2483); none if any line is something else.
fn files_in(text: &str) -> Vec<PathBuf> {
    let lines = text.lines().map(str::trim);
    // GNOME's files put what is to be done with them first.
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#') && *line != "copy");
    let files: Option<Vec<PathBuf>> = lines.map(file_in).collect();
    files.unwrap_or_default()
}

fn file_in(line: &str) -> Option<PathBuf> {
    let quoted = line.strip_prefix(['"', '\'']);
    let line = quoted
        .and_then(|it| it.strip_suffix(['"', '\'']))
        .unwrap_or(line);
    let path = match line.strip_prefix("file:") {
        Some(address) => {
            // file:///path, file://localhost/path, file:/path.
            let path = match address.strip_prefix("//") {
                Some(with_host) => {
                    let (host, path) = with_host.split_at_checked(with_host.find('/')?)?;
                    (host.is_empty() || host == "localhost").then_some(path)?
                }
                None => address,
            };
            unescaped(path)?
        }
        None => match line.strip_prefix("~/") {
            Some(rest) => std::env::home_dir()?.join(rest),
            None => PathBuf::from(line),
        },
    };
    path.is_absolute().then_some(path)
}

/// A path of an address, with its %-escapes resolved (RFC 3986, section 2.1).
fn unescaped(path: &str) -> Option<PathBuf> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
        let (high, low) = (digit(rest.next())?, digit(rest.next())?);
        bytes.push(u8::try_from(16 * high + low).ok()?);
    }
    path_of(bytes)
}

#[cfg(unix)]
#[expect(
    clippy::unnecessary_wraps,
    reason = "elsewhere not all bytes are a path"
)]
fn path_of(bytes: Vec<u8>) -> Option<PathBuf> {
    use std::{ffi::OsString, os::unix::ffi::OsStringExt};
    Some(OsString::from_vec(bytes).into())
}

#[cfg(not(unix))]
fn path_of(bytes: Vec<u8>) -> Option<PathBuf> {
    // file:///C:/folder
    let text = String::from_utf8(bytes).ok()?;
    Some(text.strip_prefix('/').unwrap_or(&text).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn files_are_pasted_as_file_managers_copy_them() {
        for (text, expected) in [
            ("/a/b c.json", &["/a/b c.json"][..]),
            ("\"/a/b.json\"\n", &["/a/b.json"]),
            ("file:///a/b%20c.json\r\n", &["/a/b c.json"]),
            ("file://localhost/a%C3%A9.json", &["/aé.json"]),
            ("file://other/a.json", &[]),
            ("copy\nfile:///a\nfile:///b", &["/a", "/b"]),
            ("# a comment\nfile:/a", &["/a"]),
            ("a sentence about /a/b", &[]),
            ("b.json", &[]),
            ("https://example.org/a.json", &[]),
            ("/a\nand more", &[]),
            ("file:///a%2", &[]),
            ("", &[]),
        ] {
            let expected: Vec<PathBuf> = expected.iter().map(PathBuf::from).collect();
            assert_eq!(files_in(text), expected, "{text:?}");
        }
    }

    #[test]
    fn what_is_not_opened_is_said_by_name() {
        let others = |names: &[&str]| {
            let paths: Vec<PathBuf> = names
                .iter()
                .map(|name| Path::new("/x").join(name))
                .collect();
            left_out(&paths)
        };
        assert_eq!(others(&[]), None);
        for (names, part) in [
            (&["b.json"][..], "“b.json” is not"),
            (&["b.json", "c.json"], "“b.json” and “c.json” are not"),
            (&["b", "c", "d"], "“b” and 2 others are not"),
        ] {
            assert!(
                others(names).is_some_and(|said| said.contains(part)),
                "{names:?}"
            );
        }
    }
}
