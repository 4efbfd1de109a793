//! Which projects of the library look alike: by the pairs of characters that their titles share.

use std::collections::BTreeSet;

use app::rows::AlikeKey;
use kernel::id::CaseId;

use super::cells::text;
use crate::engine::{Engine, Fault, list};
use crate::sql::case as sql;

/// At least this share of the pairs of both titles, in percent, is common to them.
const SHARE: usize = 60;
/// At most so many are shown.
const MOST: usize = 10;

/// Projects that look like one, the likest first.
pub fn alike(engine: &mut dyn Engine, key: &AlikeKey) -> Result<Vec<CaseId>, Fault> {
    let Some(place) = key.place.map(|place| place.to_string()) else { return Ok(Vec::new()) };
    let params = [key.pack.as_str().into(), place.as_str().into(), key.case.get().into()];
    let near = list(engine, &sql::CASE_NEAR, &params, |row| Ok((CaseId(row.int(0)?), text(row, 1)?)))?;
    let own = pairs(&key.title);
    let mut found: Vec<(usize, CaseId)> = near
        .into_iter()
        .map(|(case, title)| (common(&own, &pairs(&title)), case))
        .filter(|(share, _)| *share >= SHARE)
        .collect();
    found.sort_by_key(|(share, case)| (std::cmp::Reverse(*share), *case));
    found.truncate(MOST);
    Ok(found.into_iter().map(|(_, case)| case).collect())
}

/// The pairs of neighbouring letters of a text, without blanks, signs and years.
fn pairs(text: &str) -> BTreeSet<(char, char)> {
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).collect();
    letters.windows(2).map(|two| (two[0], two[1])).collect()
}

/// How much of both is common, in percent.
fn common(one: &BTreeSet<(char, char)>, other: &BTreeSet<(char, char)>) -> usize {
    let all = one.union(other).count();
    (one.intersection(other).count() * 100).checked_div(all).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_that_differ_in_a_year_or_a_part_are_alike() {
        let share = |one: &str, other: &str| common(&pairs(one), &pairs(other));
        assert_eq!(share("北塔村2019年柑橘产业园", "北塔村2020年柑橘产业园"), 100);
        assert!(share("北塔村柑橘产业园（一期）", "北塔村柑橘产业园（二期）") >= SHARE);
        assert!(share("北塔村柑橘产业园", "南塔村道路硬化") < SHARE);
        assert_eq!(share("", ""), 0);
    }
}
