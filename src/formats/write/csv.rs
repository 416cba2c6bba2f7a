//! Records as CSV.

use crate::formats::formulas::guarded;

/// A table of events as spreadsheet programs paste it: tabs between the columns, no columns that are
/// empty, no rows of another kind than events. The kind is said in the last column.
pub fn tabbed(csv: &str) -> String {
    let csv = csv.strip_prefix('\u{FEFF}').unwrap_or(csv);
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(csv.as_bytes());
    let records: Vec<::csv::StringRecord> = reader.records().flatten().collect();
    let Some((head, rows)) = records.split_first() else {
        return String::new();
    };
    let last = head.len().saturating_sub(1);
    let rows: Vec<&::csv::StringRecord> = rows
        .iter()
        .filter(|row| row.get(last).is_none_or(str::is_empty))
        .collect();
    let used: Vec<usize> = (0..last)
        .filter(|&column| {
            rows.iter()
                .any(|row| row.get(column).is_some_and(|it| !it.is_empty()))
        })
        .collect();
    let mut writer = ::csv::WriterBuilder::new()
        .delimiter(b'\t')
        .from_writer(Vec::new());
    for row in std::iter::once(&head).chain(rows.iter()) {
        let fields = used
            .iter()
            .map(|&column| row.get(column).unwrap_or_default());
        // Writing to memory does not fail.
        let _infallible = writer.write_record(fields);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// Records as CSV, with a byte order mark, by which Excel knows UTF-8, and without formulas.
pub fn text(records: &[Vec<String>]) -> String {
    let mut writer = ::csv::Writer::from_writer(b"\xEF\xBB\xBF".to_vec());
    for record in records {
        // Writing to memory does not fail, and all records are as long.
        let cells = record.iter().map(|cell| guarded(cell).into_owned());
        let _infallible = writer.write_record(cells);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}
