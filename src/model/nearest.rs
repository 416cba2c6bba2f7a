//! The name that was most likely meant.

/// The nearest of the known names, if one is near enough to have been meant: no more than a third
/// of its letters are wrong, where two that changed places count once and capitals don't count.
pub fn nearest<'n>(wanted: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    /// Longer names cost more to compare than a guess is worth.
    const MAX_CHARS: usize = 64;
    let wanted = wanted.trim().to_lowercase();
    let length = wanted.chars().count();
    if length == 0 || length > MAX_CHARS {
        return None;
    }
    let limit = (length / 3).max(1);
    let near = |name: &'n str| {
        // In UTF-8 a character has at most four bytes, which rules most names out unread.
        if name.len() > 4 * (length + limit) || name.chars().count().abs_diff(length) > limit {
            return None;
        }
        let distance = strsim::damerau_levenshtein(&wanted, &name.to_lowercase());
        (distance <= limit && distance < length).then_some((distance, name))
    };
    known.filter_map(near).min().map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_near() {
        let known = ["title", "date", "lane", "see_also", "date_label"];
        for (wanted, expected) in [
            ("titel", Some("title")),
            ("Title", Some("title")),
            ("dat", Some("date")),
            ("seealso", Some("see_also")),
            ("label_date", None),
            ("colour", None),
            ("", None),
            ("x", None),
        ] {
            assert_eq!(nearest(wanted, known.into_iter()), expected, "{wanted}");
        }
    }
}
