//! Choosing a place in a form: the drop-downs of the levels, kept in the form as one code, the deepest chosen so far.

use super::super::qualify_places::{PlaceLevel, places};
use kernel::Date;
use kernel::region::RegionCode;
use std::collections::BTreeMap;

/// The drop-downs for a field whose form holds this code.
pub fn place_levels(code: &str, day: Date) -> Vec<PlaceLevel> {
    let typed = BTreeMap::from([("place".to_owned(), code.to_owned())]);
    places(&typed, "place", &[], day).levels
}

/// The deepest code chosen in the drop-downs: `levels` from the largest; a level that does not lie in the one above is dropped.
pub fn place_of_levels(levels: &[(&str, &str)], day: Date) -> String {
    let typed = levels.iter().map(|(key, code)| (format!("place.{key}"), (*code).to_owned())).collect();
    let chosen = places(&typed, "place", &[], day);
    let deepest = chosen.levels.iter().rev().find(|level| !level.chosen.is_empty());
    let code = deepest.map(|level| level.chosen.clone()).unwrap_or_default();
    code.parse::<RegionCode>().map_or_else(|_| String::new(), |code| code.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Date = Date::constant(2019, 11, 1);

    #[test]
    fn the_deepest_level_is_kept() {
        for (levels, expected) in [
            ([("province", ""), ("city", ""), ("county", "")], ""),
            ([("province", "620000"), ("city", ""), ("county", "")], "620000"),
            ([("province", "620000"), ("city", "620100"), ("county", "")], "620100"),
            ([("province", "620000"), ("city", "620100"), ("county", "620123")], "620123"),
            // The province was changed: what lies elsewhere is dropped.
            ([("province", "630000"), ("city", "620100"), ("county", "620123")], "630000"),
            ([("province", "nonsense"), ("city", "620100"), ("county", "620123")], ""),
        ] {
            assert_eq!(place_of_levels(&levels, DAY), expected, "{levels:?}");
        }
    }

    #[test]
    fn a_kept_code_opens_the_drop_downs_again() {
        let chosen: Vec<String> = place_levels("620123", DAY).into_iter().map(|level| level.chosen).collect();
        assert_eq!(chosen, ["620000", "620100", "620123"]);
        let partial = place_levels("620000", DAY);
        assert_eq!(partial[0].chosen, "620000");
        assert!(!partial[1].options.is_empty() && partial[2].options.is_empty());
    }
}
