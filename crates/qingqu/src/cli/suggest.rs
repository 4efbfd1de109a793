//! "Did you mean": the nearest of the words that would have been understood. Suggests nothing when nothing is near.

/// The nearest candidate within a third of the word's length (at least one, at most three edits).
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = (word.chars().count() / 3).clamp(1, 3);
    let scored = candidates.into_iter().map(|candidate| (edits(word, candidate), candidate));
    scored
        .filter(|(n, candidate)| *n <= allowed && *n < candidate.chars().count())
        .min()
        .map(|(_, found)| found)
}

/// Edits between two words; swapping two neighbours counts one.
fn edits(left: &str, right: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let (mut before, mut last): (Vec<usize>, Vec<usize>) = (Vec::new(), (0..=b.len()).collect());
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let replaced = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

/// What to tell someone who wrote a word that is not known: the nearest, or all there are.
pub fn hint(word: &str, known: &[&str]) -> (String, String) {
    match nearest(word, known.iter().copied()) {
        Some(near) => (format!("是否想写 `{near}`？"), format!("did you mean `{near}`?")),
        None => (format!("可写：{}", known.join("、")), format!("one of: {}", known.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_suggested_and_far_ones_listed() {
        let known = ["min_share", "min_paid", "cap"];
        for (word, zh) in [
            ("min_shar", "是否想写 `min_share`？"),
            ("min_shrae", "是否想写 `min_share`？"),
            ("cpa", "是否想写 `cap`？"),
            ("year", "可写：min_share、min_paid、cap"),
        ] {
            assert_eq!(hint(word, &known).0, zh, "{word}");
        }
    }
}
