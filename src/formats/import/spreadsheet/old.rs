//! Spreadsheets of Excel before 2007 (`.xls`): a compound file, looked over and rewritten before
//! the library sees it.
//!
//! Formats: \[MS-CFB\] for the file (by the crate `cfb`, which refuses chains that go in circles),
//! \[MS-XLS\] for the records in it.

use std::io::{Cursor, Read as _, Write as _};

use super::limits::MOST_CELLS;
use crate::formats::ReadError;

/// The records that place a cell in a row and a column: `NUMBER`, `LABEL`, `RK`, `LABELSST`,
/// `BOOLERR`, `FORMULA`, `MULRK`, `RSTRING`, `BLANK`, `MULBLANK`.
const CELLS: [u16; 10] = [
    0x0203, 0x0204, 0x027E, 0x00FD, 0x0205, 0x0006, 0x00BD, 0x00D6, 0x0201, 0x00BE,
];
/// The size of a sheet: first and last row and column.
const DIMENSIONS: u16 = 0x0200;
/// The beginning of a sheet.
const BOF: u16 = 0x0809;

/// A compound file with nothing but the workbook; `None` where there is none.
///
/// # Errors
///
/// Where it is broken, encrypted, or stands for too many cells.
pub fn workbook(bytes: &[u8]) -> Option<Result<Vec<u8>, ReadError>> {
    let Ok(mut file) = cfb::CompoundFile::open(Cursor::new(bytes)) else {
        return Some(Err(ReadError::BrokenSheet));
    };
    if file.exists("/EncryptedPackage") {
        return Some(Err(ReadError::Encrypted));
    }
    // Excel 5 called it a book.
    let name = ["/Workbook", "/Book"]
        .into_iter()
        .find(|name| file.exists(name))?;
    let mut stream = Vec::new();
    let opened = file.open_stream(name);
    let limit = bytes.len() as u64;
    let is_read = opened
        .and_then(|it| it.take(limit).read_to_end(&mut stream))
        .is_ok();
    if !is_read || !is_whole(&stream) {
        return Some(Err(ReadError::BrokenSheet));
    }
    if cells(&stream) > MOST_CELLS {
        return Some(Err(ReadError::Cells { limit: MOST_CELLS }));
    }
    Some(alone(name, &stream).map_err(|_| ReadError::BrokenSheet))
}

/// A compound file with this stream alone.
fn alone(name: &str, stream: &[u8]) -> std::io::Result<Vec<u8>> {
    // As Excel writes it: with sectors of 512 bytes.
    let version = cfb::Version::V3;
    let mut file = cfb::CompoundFile::create_with_version(version, Cursor::new(Vec::new()))?;
    file.create_stream(name)?.write_all(stream)?;
    file.flush()?;
    Ok(file.into_inner().into_inner())
}

/// The records of a stream: their kinds and contents.
fn records(stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = stream;
    std::iter::from_fn(move || {
        let (head, behind) = rest.split_first_chunk::<4>()?;
        let kind = u16::from_le_bytes([head[0], head[1]]);
        let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
        let (content, behind) = behind.split_at_checked(length)?;
        rest = behind;
        Some((kind, content))
    })
}

/// Whether the records of a stream fill it, but for zeros at its end.
fn is_whole(stream: &[u8]) -> bool {
    let used: usize = records(stream).map(|(_, content)| content.len() + 4).sum();
    let rest = stream.get(used..).unwrap_or_default();
    rest.iter().all(|byte| *byte == 0)
}

/// The cells of the rectangles around all cells of each sheet, the largest of them: room is made for
/// these, and for the size that a sheet says it has.
fn cells(stream: &[u8]) -> u64 {
    let (mut most, mut sheet) = (0, Sheet::default());
    for (kind, content) in records(stream) {
        let u16_at = |at: usize| {
            let bytes = content
                .get(at..at + 2)
                .and_then(|it| <[u8; 2]>::try_from(it).ok());
            bytes.map(u16::from_le_bytes)
        };
        let u32_at = |at: usize| {
            let bytes = content
                .get(at..at + 4)
                .and_then(|it| <[u8; 4]>::try_from(it).ok());
            bytes.map(u32::from_le_bytes)
        };
        if kind == BOF {
            sheet = Sheet::default();
        } else if CELLS.contains(&kind)
            && let (Some(row), Some(column)) = (u16_at(0), u16_at(2))
        {
            sheet.add(u64::from(row), u64::from(column));
        } else if kind == DIMENSIONS {
            let size = match (u32_at(0), u32_at(4), u16_at(8), u16_at(10)) {
                (Some(from), Some(to), Some(left), Some(right)) => {
                    let (rows, columns) = (to.checked_sub(from), right.checked_sub(left));
                    // A sheet that ends before it begins is none.
                    rows.zip(columns).map_or(u64::MAX, |(rows, columns)| {
                        u64::from(rows).saturating_mul(u64::from(columns))
                    })
                }
                _ => 0,
            };
            most = most.max(size);
        }
        most = most.max(sheet.cells());
    }
    most
}

/// The rectangle around the cells of a sheet.
#[derive(Debug, Default)]
struct Sheet(Option<[u64; 4]>);

impl Sheet {
    fn add(&mut self, row: u64, column: u64) {
        let [top, left, bottom, right] = self.0.unwrap_or([row, column, row, column]);
        self.0 = Some([
            top.min(row),
            left.min(column),
            bottom.max(row),
            right.max(column),
        ]);
    }

    fn cells(&self) -> u64 {
        self.0.map_or(0, |[top, left, bottom, right]| {
            (bottom - top + 1).saturating_mul(right - left + 1)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len()).unwrap();
        [&kind.to_le_bytes(), &length.to_le_bytes(), content].concat()
    }

    fn cell(row: u16, column: u16) -> Vec<u8> {
        record(0x0203, &[row.to_le_bytes(), column.to_le_bytes()].concat())
    }

    #[test]
    fn two_cells_far_apart_stand_for_all_between() {
        let bof = record(BOF, &[]);
        assert_eq!(cells(&[bof.clone(), cell(0, 0), cell(9, 9)].concat()), 100);
        assert_eq!(
            cells(&[bof.clone(), cell(0, 0), bof.clone(), cell(9, 9)].concat()),
            1
        );
        assert!(cells(&[bof.clone(), cell(0, 0), cell(0xFFFF, 0xFFFF)].concat()) > MOST_CELLS);
        let size = [
            &0_u32.to_le_bytes()[..],
            &0x10_0000_u32.to_le_bytes(),
            &[0, 0, 0, 0x40],
        ]
        .concat();
        assert!(cells(&record(DIMENSIONS, &size)) > MOST_CELLS);
    }

    #[test]
    fn a_stream_that_was_cut_is_not_whole() {
        let stream = [cell(0, 0), cell(1, 1)].concat();
        assert!(is_whole(&stream));
        assert!(is_whole(&[stream.clone(), vec![0; 7]].concat()));
        assert!(!is_whole(&stream[..stream.len() - 1]));
    }
}
