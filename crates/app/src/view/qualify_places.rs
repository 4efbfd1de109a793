//! Choosing a place level by level: province, prefecture, county, as the tree was on the day judged by. Places that a
//! rule of the pack lists come first and are marked; every other place can be chosen too, so that a refusal is seen.

use kernel::Date;
use kernel::region::{Gazetteer, RegionCode, RegionLevel};
use std::collections::BTreeMap;

/// One place of a level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceOption {
    /// Its code.
    pub code: String,
    /// Its name on that day.
    pub name: String,
    /// The rules list it, or a place within it.
    pub listed: bool,
}

/// One drop-down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceLevel {
    /// `province`, `city` or `county`: the end of the field's name.
    pub key: &'static str,
    /// What can be chosen.
    pub options: Vec<PlaceOption>,
    /// The code chosen, or an empty text.
    pub chosen: String,
}

/// The levels, from the largest, with the code that is chosen when the choice reaches a county.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// The drop-downs.
    pub levels: Vec<PlaceLevel>,
    /// The place chosen.
    pub code: Option<RegionCode>,
}

/// Reads the choice for the fact `name`: either one code (`county=620123`) or the fields of the drop-downs.
pub fn places(typed: &BTreeMap<String, String>, name: &str, listed: &[RegionCode], day: Date) -> Places {
    let field = |key: &str| {
        typed.get(&format!("{name}.{key}")).and_then(|text| text.trim().parse::<RegionCode>().ok())
    };
    let whole = typed.get(name).and_then(|text| text.trim().parse::<RegionCode>().ok());
    let table = Gazetteer::get();
    let whole = whole.filter(|code| table.region(*code).is_some());
    let (province, city, county) = match whole {
        Some(code) => upward(code),
        None => (field("province"), field("city"), field("county")),
    };
    let province = province.filter(|code| table.region(*code).is_some());
    let under = |above: Option<RegionCode>, code: Option<RegionCode>| {
        code.filter(|code| above.is_some_and(|above| *code != above && table.contains(above, *code)))
    };
    let city = under(province, city);
    let county = under(city, county);
    let marked =
        |code: RegionCode| listed.iter().any(|one| table.contains(code, *one) || table.contains(*one, code));
    let options =
        |above: Option<RegionCode>, chosen: Option<RegionCode>| options(above, chosen, day, &marked);
    let is_county = city.is_some_and(|code| matches!(code.level(), RegionLevel::County | RegionLevel::Zone));
    let text = |code: Option<RegionCode>| code.map_or_else(String::new, |code| code.to_string());
    Places {
        levels: vec![
            PlaceLevel { key: "province", options: provinces(&marked), chosen: text(province) },
            PlaceLevel {
                key: "city",
                options: province.map_or_else(Vec::new, |code| options(Some(code), city)),
                chosen: text(city),
            },
            PlaceLevel {
                key: "county",
                options: city.map_or_else(Vec::new, |code| options(Some(code), county)),
                chosen: text(county),
            },
        ],
        code: county.or(city.filter(|_| is_county)),
    }
}

/// The three levels that lead to a county (or to one of its zones).
fn upward(code: RegionCode) -> (Option<RegionCode>, Option<RegionCode>, Option<RegionCode>) {
    let table = Gazetteer::get();
    let mut way = vec![code];
    while let Some(above) = way.last().and_then(|code| table.parent(*code)) {
        way.push(above);
    }
    way.reverse();
    // A zone stands in the drop-down of counties, beside the county that it lies in.
    let last = way.get(2..).and_then(|rest| rest.last()).copied();
    (way.first().copied(), way.get(1).copied(), last)
}

fn provinces(marked: &dyn Fn(RegionCode) -> bool) -> Vec<PlaceOption> {
    let all = Gazetteer::get().provinces();
    listed_first(all.into_iter().map(|region| option(region.code, region.name, marked)).collect())
}

fn options(
    above: Option<RegionCode>,
    chosen: Option<RegionCode>,
    day: Date,
    marked: &dyn Fn(RegionCode) -> bool,
) -> Vec<PlaceOption> {
    let table = Gazetteer::get();
    let Some(above) = above else { return Vec::new() };
    let mut list = Vec::new();
    for region in table.children_on(above, day) {
        list.push(option(region.code, region.name, marked));
        if region.code.level() == RegionLevel::County && above.level() == RegionLevel::Prefecture {
            list.extend(
                table
                    .children_on(region.code, day)
                    .into_iter()
                    .map(|zone| option(zone.code, zone.name, marked)),
            );
        }
    }
    let mut list = listed_first(list);
    // A code of another time stays choosable once it was given: 同仁市 before the year 2021.
    if let Some(region) = chosen.and_then(|code| table.region(code))
        && !list.iter().any(|one| one.code == region.code.to_string())
    {
        list.insert(0, option(region.code, region.name, marked));
    }
    list
}

fn option(code: RegionCode, name: &str, marked: &dyn Fn(RegionCode) -> bool) -> PlaceOption {
    PlaceOption { code: code.to_string(), name: name.to_owned(), listed: marked(code) }
}

fn listed_first(mut list: Vec<PlaceOption>) -> Vec<PlaceOption> {
    list.sort_by_key(|one| !one.listed);
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    fn code(text: &str) -> Option<RegionCode> {
        text.parse().ok()
    }

    const DAY: Date = Date::constant(2019, 11, 1);

    #[test]
    fn one_code_fills_all_levels() {
        let listed: Vec<RegionCode> = code("620123").into_iter().collect();
        let places = places(&typed(&[("county", "620123")]), "county", &listed, DAY);
        let chosen: Vec<&str> = places.levels.iter().map(|level| level.chosen.as_str()).collect();
        assert_eq!(chosen, ["620000", "620100", "620123"]);
        assert_eq!(places.code, code("620123"));
        assert_eq!(places.levels[0].options[0].name, "甘肃省");
        assert_eq!(places.levels[2].options[0].name, "榆中县");
        assert!(places.levels[2].options.iter().any(|one| !one.listed));
    }

    #[test]
    fn the_levels_below_a_changed_one_are_forgotten() {
        let stale = typed(&[("p.province", "130000"), ("p.city", "620100"), ("p.county", "620123")]);
        let places = places(&stale, "p", &[], DAY);
        assert_eq!((places.levels[1].chosen.as_str(), places.code), ("", None));
        assert!(!places.levels[1].options.is_empty() && places.levels[2].options.is_empty());
    }

    #[test]
    fn a_county_without_a_prefecture_is_reached_on_the_second_level() {
        let places = places(&typed(&[("p.province", "110000"), ("p.city", "110101")]), "p", &[], DAY);
        assert_eq!(places.code, code("110101"));
    }

    #[test]
    fn a_renamed_county_and_a_zone_can_be_chosen() {
        for place in ["632301", "632321", "540302"] {
            let places = places(&typed(&[("p", place)]), "p", &[], DAY);
            assert_eq!(places.code, code(place), "{place}");
            assert_eq!(places.levels[2].chosen, place);
            assert!(places.levels[2].options.iter().any(|one| one.code == place), "{place}");
        }
    }

    #[test]
    fn what_is_no_place_is_no_choice() {
        for text in ["999999", "榆中县", ""] {
            assert_eq!(places(&typed(&[("p", text)]), "p", &[], DAY).code, None, "{text}");
        }
    }
}
