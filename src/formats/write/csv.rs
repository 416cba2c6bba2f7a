//! Records as CSV.

/// Records as CSV, with a byte order mark, by which Excel knows UTF-8.
pub fn text(records: &[Vec<String>]) -> String {
    let mut writer = ::csv::Writer::from_writer(b"\xEF\xBB\xBF".to_vec());
    for record in records {
        // Writing to memory does not fail, and all records are as long.
        let _infallible = writer.write_record(record);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}
