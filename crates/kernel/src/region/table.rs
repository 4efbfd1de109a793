//! Reads the embedded tables (formats in `data/README.md`). A line that cannot be read is left out; a test holds that
//! there is none.

use super::{Gazetteer, Region, RegionCode};
use jiff::civil::{Date, date};
use std::collections::{BTreeMap, BTreeSet};

pub(super) const REGIONS: &str = include_str!("../../data/regions.txt");
pub(super) const SUCCESSIONS: &str = include_str!("../../data/successions.txt");
pub(super) const ZONES: &str = include_str!("../../data/local_zones.txt");

/// The day whose codes stand for places.
const ANCHOR_DAY: Date = date(2019, 4, 30);

/// One line of `successions.txt`.
pub(super) struct Succession {
    pub old: RegionCode,
    pub new: RegionCode,
    pub same: bool,
}

pub(super) fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

pub(super) fn region(line: &'static str) -> Option<Region> {
    let mut words = line.split(' ');
    let (code, name) = (words.next()?.parse().ok()?, words.next()?);
    let since = words.next().map_or(Some(Date::MIN), |word| day(word, Date::MIN))?;
    let until = words.next().map_or(Some(Date::MAX), |word| day(word, Date::MAX))?;
    words.next().is_none().then_some(Region { code, name, since, until })
}

/// `-` for open, a year (counts from the first day of the next), or a date.
fn day(word: &str, open: Date) -> Option<Date> {
    match word {
        "-" => Some(open),
        _ if word.len() == 4 => Date::new(word.parse::<i16>().ok()?.checked_add(1)?, 1, 1).ok(),
        _ => word.parse().ok(),
    }
}

pub(super) fn succession(line: &str) -> Option<Succession> {
    let words: Vec<&str> = line.split(' ').collect();
    let [_, old, new, kind] = words.as_slice() else {
        return None;
    };
    let same = match *kind {
        "same" => true,
        "merged" => false,
        _ => return None,
    };
    Some(Succession { old: old.parse().ok()?, new: new.parse().ok()?, same })
}

pub(super) fn read() -> Gazetteer {
    let mut regions: Vec<Region> = lines(REGIONS).chain(lines(ZONES)).filter_map(region).collect();
    regions.sort_by_key(|r| (r.code, r.since));
    let (same, merged): (Vec<_>, Vec<_>) = lines(SUCCESSIONS).filter_map(succession).partition(|s| s.same);
    let mut table = Gazetteer {
        regions,
        anchors: BTreeMap::new(),
        codes: BTreeMap::new(),
        merged: merged.iter().map(|s| (s.old, s.new)).collect(),
        by_name: BTreeMap::new(),
        by_path: BTreeMap::new(),
    };
    for kin in families(&same) {
        let stands = |code: &&RegionCode| table.entries(**code).iter().any(|r| r.holds_on(ANCHOR_DAY));
        let Some(anchor) = kin.iter().find(stands).or_else(|| kin.first()).copied() else {
            continue;
        };
        table.anchors.extend(kin.iter().map(|code| (*code, anchor)));
        table.codes.insert(anchor, kin.into_iter().collect());
    }
    index(&mut table);
    table
}

/// Codes that are one place, each family once.
fn families(same: &[Succession]) -> Vec<BTreeSet<RegionCode>> {
    let mut families: Vec<BTreeSet<RegionCode>> = Vec::new();
    for link in same {
        let mut joined = BTreeSet::from([link.old, link.new]);
        families.retain_mut(|family| {
            let apart = family.is_disjoint(&joined);
            if !apart {
                joined.append(family);
            }
            apart
        });
        families.push(joined);
    }
    families
}

fn index(table: &mut Gazetteer) {
    let (mut by_name, mut by_path) = (BTreeMap::<_, Vec<_>>::new(), BTreeMap::<_, Vec<_>>::new());
    for region in &table.regions {
        let path = table.path_of(region).concat();
        for codes in [by_name.entry(region.name).or_default(), by_path.entry(path).or_default()] {
            if !codes.contains(&region.code) {
                codes.push(region.code);
            }
        }
    }
    (table.by_name, table.by_path) = (by_name, by_path);
}
