//! Pictures beside a chronology's file, read and decoded on a thread of their own.
//!
//! An untrusted chronology must not choose what is read from the disk: only files in its own folder
//! or below are, with symlinks resolved. Nothing is fetched from the network. For a picture that
//! cannot be shown there is an error sentence to show in its place.

use std::{
    collections::{HashMap, HashSet},
    fs::{self, File},
    io::{BufReader, Cursor, ErrorKind, Read},
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    time::Duration,
};

use data_encoding::BASE64;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader};
use thiserror::Error;
use unicode_normalization::UnicodeNormalization as _;

use super::{Origin, one_line, worker};
use crate::{
    export::picture::{PictureFile, Pictures},
    formats::{Diagnostic, json},
    model::{EventId, Media, Timeline},
};

/// Most memory that a decoded picture may take, in bytes; larger ones are not decoded.
const MAX_DECODED_BYTES: u64 = 512 << 20;
/// Largest file that is read, in bytes.
const MAX_BYTES: u64 = 64 * 1024 * 1024;
/// Longest time that a picture is decoded: some ten times as long as the largest that is taken, a PNG of
/// 128 million pixels, takes on two slow cores.
const MOST_TIME: Duration = Duration::from_secs(20);
/// Longest side of a picture, in px; larger ones are scaled down: no screen shows more, and a
/// texture of any GPU holds it.
const MAX_SIDE_PX: u32 = 2048;

/// A decoded picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Width and height, in px.
    pub size_px: [usize; 2],
    /// Four bytes a pixel, row by row: red, green, blue, alpha (not premultiplied).
    pub rgba: Vec<u8>,
}

/// Why a picture cannot be shown: one sentence without a full stop.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum PictureError {
    /// It would lie outside the chronology's folder.
    #[error("{file} lies outside the folder of this file; copy it into that folder")]
    Outside {
        /// As the chronology names it.
        file: String,
    },
    /// The chronology was not opened from a folder.
    #[error("{file} cannot be found, since this chronology was not opened from a folder")]
    NoFolder {
        /// As the chronology names it.
        file: String,
    },
    /// It does not exist.
    #[error("{file} is not there; put it into the folder of this file")]
    Missing {
        /// As the chronology names it.
        file: String,
    },
    /// It is too large.
    #[error("{file} is larger than 64 MiB; make it smaller")]
    TooLarge {
        /// As the chronology names it.
        file: String,
    },
    /// It could not be read, or is no picture.
    #[error("{file} is no picture that can be shown ({why}); save it as PNG, JPEG or WebP")]
    Broken {
        /// As the chronology names it.
        file: String,
        /// What the system or the decoder says.
        why: String,
    },
}

/// What the pictures of a chronology lie beside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Beside {
    /// The file in this folder.
    Folder(PathBuf),
    /// The chronology that ships: in the program.
    Shipped,
    /// Nothing: the chronology is not a file.
    #[default]
    Nothing,
}

impl Beside {
    /// What the pictures of a chronology from there lie beside.
    pub fn of(origin: &Origin) -> Self {
        match (origin, origin.folder()) {
            (Origin::Shipped, _) => Self::Shipped,
            (_, Some(folder)) => Self::Folder(folder.to_owned()),
            (_, None) => Self::Nothing,
        }
    }
}

/// The pictures of the chronology that ships, by their names in it.
const SHIPPED: [(&str, &[u8]); 1] = [(
    "assets/pictures/who-stood-with-whom.png",
    include_bytes!("../../assets/pictures/who-stood-with-whom.png"),
)];

/// Reads and decodes a picture of a chronology.
///
/// # Errors
///
/// See [`PictureError`].
pub fn read(beside: &Beside, media: &Media) -> Result<Picture, PictureError> {
    if let Some(base64) = media.embedded() {
        return read_embedded(base64);
    }
    let file = one_line(media.file.trim());
    match beside {
        Beside::Folder(folder) => read_in(folder, media),
        Beside::Nothing => Err(match media.beside() {
            Some(_) => PictureError::NoFolder { file },
            None => PictureError::Outside { file },
        }),
        Beside::Shipped => {
            let found = SHIPPED.iter().find(|(name, _)| *name == media.file);
            let Some((_, bytes)) = found else {
                return Err(PictureError::Missing { file });
            };
            decode_in_time(*bytes).map_err(|why| PictureError::Broken { file, why })
        }
    }
}

/// Decodes a picture that stands in the chronology, in base64.
fn read_embedded(base64: &str) -> Result<Picture, PictureError> {
    let broken = |why: String| PictureError::Broken {
        file: "a picture in the chronology itself".to_owned(),
        why,
    };
    let bytes: Vec<u8> = base64
        .bytes()
        .filter(|byte| !byte.is_ascii_whitespace())
        .collect();
    let bytes = BASE64
        .decode(&bytes)
        .map_err(|error| broken(error.to_string()))?;
    decode_in_time(bytes).map_err(|why| broken(one_line(&why)))
}

/// Reads and decodes a picture of a chronology that lies in `folder`.
fn read_in(folder: &Path, media: &Media) -> Result<Picture, PictureError> {
    let file = one_line(media.file.trim());
    let Some(beside) = media.beside() else {
        return Err(PictureError::Outside { file });
    };
    let failed = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => PictureError::Missing { file: file.clone() },
        _ => PictureError::Broken {
            file: file.clone(),
            why: error.to_string(),
        },
    };
    let folder = fs::canonicalize(folder).map_err(failed)?;
    let beside = beside.replace('\\', "/");
    let path = match fs::canonicalize(folder.join(&beside)) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let other = otherwise_composed(&folder, &beside).ok_or_else(|| failed(error))?;
            fs::canonicalize(other)
        }
        found => found,
    };
    // A symlink may lead out of the folder where the path does not.
    let path = path.map_err(failed)?;
    if !path.starts_with(&folder) {
        return Err(PictureError::Outside { file });
    }
    let about = fs::metadata(&path).map_err(failed)?;
    if !about.is_file() {
        let why = if about.is_dir() {
            "it is a folder"
        } else {
            "it is no file"
        };
        return Err(PictureError::Broken {
            file,
            why: why.to_owned(),
        });
    }
    let mut bytes = Vec::new();
    let limited = BufReader::new(File::open(&path).map_err(failed)?).take(MAX_BYTES + 1);
    let read = { limited }.read_to_end(&mut bytes).map_err(failed)?;
    if read as u64 > MAX_BYTES {
        return Err(PictureError::TooLarge { file });
    }
    decode_in_time(bytes).map_err(|why| PictureError::Broken {
        file,
        why: one_line(&why),
    })
}

/// The file of a name that is composed of other characters of the same look: `é` may be one
/// character or two, and systems and people write both.
fn otherwise_composed(folder: &Path, beside: &str) -> Option<PathBuf> {
    let composed = |name: &str| name.nfc().collect::<String>();
    let mut path = folder.to_owned();
    for part in beside
        .split('/')
        .filter(|part| !part.is_empty() && *part != ".")
    {
        let exact = path.join(part);
        path = if exact.exists() {
            exact
        } else {
            let wanted = composed(part);
            let entries = fs::read_dir(&path).ok()?.flatten();
            let mut names = entries.filter_map(|entry| entry.file_name().into_string().ok());
            path.join(names.find(|name| composed(name) == wanted)?)
        };
    }
    Some(path)
}

/// What is wrong with the pictures of a chronology that lies in `folder`, given its text: those that
/// are missing, unreadable or outside the folder. Each file is read once.
pub fn diagnostics(folder: &Path, text: &str) -> Vec<Diagnostic> {
    let mut known: HashMap<String, Option<(String, String)>> = HashMap::new();
    let judge = |file: &str| {
        let media = Media {
            file: file.to_owned(),
            ..Media::default()
        };
        let embedded = media.embedded();
        // Web addresses are links, and what leads out of the folder by its name is reported already.
        if embedded.is_none() {
            media.beside()?;
        }
        let said = known.entry(media.file.clone()).or_insert_with(|| {
            let read = embedded.map_or_else(|| read_in(folder, &media), read_embedded);
            let error = read.err()?.to_string();
            // What to do comes last; a name may hold a semicolon, too.
            let (found, help) = error.rsplit_once("; ").unwrap_or((&error, ""));
            Some((found.to_owned(), help.to_owned()))
        });
        said.clone()
    };
    // The text was read before.
    json::faulty_pictures(text, judge).unwrap_or_default()
}

/// Decodes a picture, unless that takes too long: see [`MOST_TIME`].
fn decode_in_time(bytes: impl AsRef<[u8]> + Send + 'static) -> Result<Picture, String> {
    in_time(MOST_TIME, move || decode(bytes.as_ref()))
}

/// What a work comes to, which is left to itself where it takes longer than this: it runs on a thread of
/// its own. One that dies ends with an error, too.
fn in_time<T: Send + 'static>(
    most: Duration,
    work: impl FnOnce() -> Result<T, String> + Send + 'static,
) -> Result<T, String> {
    let made = worker::start(
        "decode",
        || (),
        move |outbox| {
            outbox.send(work());
        },
    );
    match made.recv_timeout(most) {
        Ok(made) => made,
        Err(RecvTimeoutError::Timeout) => Err(format!(
            "it takes longer than {} seconds to decode",
            most.as_secs()
        )),
        Err(RecvTimeoutError::Disconnected) => Err("its decoder broke off".to_owned()),
    }
}

/// Decodes a PNG, JPEG or WebP, rotated by its stored orientation and scaled down to
/// [`MAX_SIDE_PX`].
fn decode(bytes: &[u8]) -> Result<Picture, String> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format();
    let reader = reader.map_err(|error| error.to_string())?;
    if !matches!(
        reader.format(),
        Some(ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP)
    ) {
        return Err("its first bytes are those of no known kind".to_owned());
    }
    let said = |error: image::ImageError| error.to_string();
    let mut decoder = reader.into_decoder().map_err(said)?;
    let orientation = decoder.orientation().map_err(said)?;
    // A few bytes may declare a picture of a million times a million pixels.
    if decoder.total_bytes() > MAX_DECODED_BYTES {
        let (width, height) = decoder.dimensions();
        return Err(format!(
            "{width} × {height} is larger than a picture may be"
        ));
    }
    let mut picture = DynamicImage::from_decoder(decoder).map_err(said)?;
    picture.apply_orientation(orientation);
    if picture.width().max(picture.height()) > MAX_SIDE_PX {
        picture = picture.thumbnail(MAX_SIDE_PX, MAX_SIDE_PX);
    }
    let rgba = picture.into_rgba8();
    Ok(Picture {
        size_px: [rgba.width() as usize, rgba.height() as usize],
        rgba: rgba.into_raw(),
    })
}

/// The pictures of the given events, encoded for a document with their longer sides at most
/// `most_px`; and why the others are left out. Those on the web are not fetched.
pub fn for_document(
    beside: &Beside,
    timeline: &Timeline,
    events: impl Iterator<Item = EventId>,
    most_px: u32,
) -> (Pictures, Vec<PictureError>) {
    let (mut pictures, mut errors) = (Pictures::default(), Vec::new());
    let mut known = HashSet::new();
    for event in events {
        for media in timeline.event(event).media {
            if !media.is_local() || !known.insert(media.file.as_str()) {
                continue;
            }
            match read(beside, media) {
                Ok(picture) => {
                    let [width, height] = picture.size_px.map(|px| px as u32);
                    let file = PictureFile::of_rgba((width, height), picture.rgba, most_px);
                    match file {
                        Some(file) => pictures.add(&media.file, file),
                        None => errors.push(PictureError::Broken {
                            file: media.file.clone(),
                            why: "it could not be written anew".to_owned(),
                        }),
                    }
                }
                Err(error) => errors.push(error),
            }
        }
    }
    (pictures, errors)
}

/// A thread that reads pictures, one after the other.
#[derive(Debug)]
pub struct PictureThread {
    asked: Sender<Media>,
    read: Receiver<(String, Result<Picture, PictureError>)>,
}

impl PictureThread {
    /// Starts the thread for the pictures beside a chronology. `wake` is called from it when a
    /// picture has been read. It ends when this is dropped.
    pub fn start(beside: Beside, wake: impl Fn() + Send + 'static) -> Self {
        let (asked, questions) = channel::<Media>();
        // Where no thread can be started, pictures stay in the waiting state.
        let read = worker::start("pictures", wake, move |outbox| {
            while let Ok(media) = questions.recv() {
                let answer = self::read(&beside, &media);
                if !outbox.send((media.file, answer)) {
                    return;
                }
            }
        });
        Self { asked, read }
    }

    /// Requests a picture.
    pub fn ask(&self, media: &Media) {
        // Where the thread has ended, the request is dropped.
        let _ = self.asked.send(media.clone());
    }

    /// The pictures read since the last call, with the names of their files.
    pub fn take(&self) -> impl Iterator<Item = (String, Result<Picture, PictureError>)> + '_ {
        self.read.try_iter()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    fn named(file: &str) -> Media {
        Media {
            file: file.to_owned(),
            ..Media::default()
        }
    }

    /// Writes a picture of this size in px, in the format of its extension.
    fn write(path: &Path, (width, height): (u32, u32)) {
        let picture = image::RgbImage::from_pixel(width, height, image::Rgb([200, 30, 30]));
        picture.save(path).expect("written");
    }

    #[test]
    fn a_picture_that_claims_to_be_immense_is_refused_before_it_takes_the_memory() {
        let folder = tempfile::tempdir().expect("a folder");
        // The header of a PNG, and hardly any data.
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        png.extend(300_000_u32.to_be_bytes());
        png.extend(300_000_u32.to_be_bytes());
        png.extend([8, 6, 0, 0, 0]);
        let crc = |bytes: &[u8]| {
            let step = |crc: u32, byte: &u8| {
                (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
                    if crc & 1 == 1 {
                        0xEDB8_8320 ^ (crc >> 1)
                    } else {
                        crc >> 1
                    }
                })
            };
            !bytes.iter().fold(u32::MAX, step)
        };
        png.extend(crc(&png[12..]).to_be_bytes());
        let data: &[u8] = b"IDAT\x78\x9c\x03\0\0\0\0\x01";
        png.extend((data.len() as u32 - 4).to_be_bytes());
        png.extend(data);
        png.extend(crc(data).to_be_bytes());
        fs::write(folder.path().join("bomb.png"), png).expect("written");
        let said = read_in(folder.path(), &named("bomb.png"))
            .map(|_| ())
            .unwrap_err();
        assert!(said.to_string().contains("300000 × 300000"), "{said}");
    }

    #[test]
    fn the_pictures_that_ship_are_in_the_program_and_named_by_the_chronology_that_ships() {
        let loaded = crate::open::read(&crate::open::Origin::Shipped).expect("it ships");
        let timeline = loaded.timeline;
        let mut media = timeline
            .events()
            .flat_map(|event| timeline.event(event).media);
        let shipped: Vec<_> = media.by_ref().map(|media| media.file.as_str()).collect();
        assert_eq!(shipped, SHIPPED.map(|(name, _)| name));
        for name in shipped {
            let picture = read(&Beside::Shipped, &named(name)).expect(name);
            assert!(picture.size_px[0] >= 1000, "{name}: {:?}", picture.size_px);
            // The file beside the sources is the same.
            let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
            assert_eq!(read_in(folder, &named(name)).expect(name), picture);
        }
        let said = read(&Beside::Shipped, &named("other.png")).expect_err("none");
        assert!(said.to_string().starts_with("other.png is not there"));
    }

    #[test]
    fn pictures_of_three_kinds_are_read_and_large_ones_made_smaller() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("in")).expect("a folder");
        for (file, size, expected) in [
            ("a.png", (30, 20), [30, 20]),
            ("in/b.jpg", (31, 20), [31, 20]),
            ("c.webp", (32, 20), [32, 20]),
            ("large.png", (4096, 1024), [2048, 512]),
        ] {
            write(&folder.path().join(file), size);
            let picture = read_in(folder.path(), &named(file)).expect(file);
            assert_eq!(picture.size_px, expected, "{file}");
            assert_eq!(picture.rgba.len(), 4 * expected[0] * expected[1], "{file}");
        }
    }

    #[test]
    fn a_name_is_found_composed_and_decomposed() {
        let folder = tempfile::tempdir().expect("a folder");
        let (composed, decomposed) = ("caf\u{e9}", "cafe\u{301}");
        fs::create_dir(folder.path().join(composed)).expect("a folder");
        for on_disk in [composed, decomposed] {
            let file = format!("{composed}/{on_disk}.png");
            write(&folder.path().join(&file), (3, 2));
            for asked in [composed, decomposed] {
                let asked = format!("{asked}/{asked}.png");
                assert!(
                    read_in(folder.path(), &named(&asked)).is_ok(),
                    "{asked}: {file}"
                );
            }
            fs::remove_file(folder.path().join(&file)).expect("removed");
        }
    }

    #[test]
    fn the_pictures_of_a_file_are_checked_with_their_places() {
        let folder = tempfile::tempdir().expect("a folder");
        write(&folder.path().join("good.png"), (3, 2));
        fs::write(folder.path().join("words.png"), "words").expect("written");
        let text = "\u{feff}{\"title\":\"T\",\"events\":[\n{\"title\":\"a\",\"date\":\"2014\",\"media\":[\
                    {\"alt\":\"no file\"},{\"file\":\"good.png\"},{\"file\":\"lost.png\"}]},\n\
                    {\"title\":\"b\",\"date\":\"2014\",\"media\":[{\"file\":\"words.png\"},\
                    {\"file\":\"https://example.org/a.png\"},{\"file\":\"../secret.png\"}]}]}";
        let found = diagnostics(folder.path(), text);
        let said: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), 2, "{said:#?}");
        assert!(
            said[0].starts_with("2:") && said[0].ends_with(
                "warning: events[0].media[2].file: lost.png is not there; put it into the folder of this file"
            ),
            "{said:?}"
        );
        assert!(
            said[1].contains("3:")
                && said[1].contains("events[1].media[0].file: words.png is no picture")
        );
    }

    #[test]
    fn what_cannot_be_shown_is_reported() {
        let outer = tempfile::tempdir().expect("a folder");
        let folder = outer.path().join("file");
        fs::create_dir(&folder).expect("a folder");
        write(&outer.path().join("secret.png"), (3, 3));
        fs::write(folder.join("words.png"), "words").expect("written");
        fs::write(folder.join("cut.png"), b"\x89PNG\r\n\x1a\n").expect("written");
        #[cfg(unix)]
        std::os::unix::fs::symlink(outer.path().join("secret.png"), folder.join("link.png"))
            .expect("a link");
        for (file, expected) in [
            ("none.png", "none.png is not there; put it into the folder"),
            (".", ". is no picture that can be shown (it is a folder)"),
            ("words.png", "words.png is no picture that can be shown"),
            ("cut.png", "cut.png is no picture that can be shown"),
            ("../secret.png", "../secret.png lies outside the folder"),
            ("/etc/passwd", "/etc/passwd lies outside the folder"),
            (
                "https://example.org/a.png",
                "https://example.org/a.png lies outside",
            ),
            #[cfg(unix)]
            ("link.png", "link.png lies outside the folder"),
        ] {
            let error = read_in(&folder, &named(file)).expect_err(file).to_string();
            assert!(error.starts_with(expected), "{error}");
        }
        let error = read(&Beside::Nothing, &named("a.png"))
            .expect_err("no folder")
            .to_string();
        assert!(error.contains("was not opened from a folder"), "{error}");
    }

    #[test]
    fn a_thread_reads_what_it_is_asked_for_and_ends() {
        let folder = tempfile::tempdir().expect("a folder");
        write(&folder.path().join("a.png"), (3, 2));
        let (sender, woken) = channel();
        let thread = PictureThread::start(Beside::Folder(folder.path().to_owned()), move || {
            sender.send(()).unwrap_or_default();
        });
        thread.ask(&named("a.png"));
        woken.recv().expect("an answer");
        let read: Vec<_> = thread
            .take()
            .map(|(file, answer)| (file, answer.is_ok()))
            .collect();
        assert_eq!(read, [("a.png".to_owned(), true)]);
        drop(thread);
        // It wakes at its end and lets go of what wakes.
        assert_eq!(woken.iter().count(), 1);
    }

    #[test]
    fn a_work_that_does_not_end_is_left_to_itself() {
        let (end, wait) = channel::<()>();
        let endless = move || wait.recv().map_err(|error| error.to_string());
        let error = in_time(Duration::ZERO, endless).expect_err("it is waited for no longer");
        assert_eq!(error, "it takes longer than 0 seconds to decode");
        drop(end);
        assert_eq!(in_time(MOST_TIME, || Ok(7)), Ok(7));
    }
}
