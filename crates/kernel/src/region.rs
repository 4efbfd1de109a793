//! Places: the county-level table of GB/T 2260 with its dated changes, and local zones. A place outlives its name and its
//! code: 同仁县 632321 and 同仁市 632301 are one place. Only one-to-one changes count so; what was merged or split is
//! another place. Names repeat (通州区, 城关区, 和平区), so a name alone never resolves: a full path or a code does.
//!
//! Most changes are known by their year only. Such a change counts from the first day of the next year: within its year
//! the old name is still given, and both codes are known throughout. What this does not know: boundaries, townships.

mod code;
mod resolve;
mod table;

pub use code::{RegionCode, RegionCodeError, RegionLevel};
pub use resolve::{RegionError, RegionFault};

use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;

/// One name of one code over a span of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// The code.
    pub code: RegionCode,
    /// The name in that time.
    pub name: &'static str,
    /// The first day of the name or code; `Date::MIN` when it is older than the table.
    pub since: Date,
    /// The first day on which it no longer held; `Date::MAX` when it still holds.
    pub until: Date,
}

impl Region {
    /// Did it hold on that day?
    pub fn holds_on(&self, date: Date) -> bool {
        self.since <= date && date < self.until
    }

    /// Does it hold today, as far as the table goes?
    pub fn holds_still(&self) -> bool {
        self.until == Date::MAX
    }
}

/// A place, whatever it is called and numbered. Written as the code that it had in April 2019 (or has had since).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(RegionCode);

impl PlaceId {
    /// The code that stands for the place in storage.
    pub const fn anchor(self) -> RegionCode {
        self.0
    }
}

impl fmt::Display for PlaceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The whole table. One in the program; see [`Gazetteer::get`].
#[derive(Debug)]
pub struct Gazetteer {
    /// Sorted by code, then by time.
    regions: Vec<Region>,
    /// The anchor of each code that shares its place with another code.
    anchors: BTreeMap<RegionCode, RegionCode>,
    /// All codes of an anchor that has more than one.
    codes: BTreeMap<RegionCode, Vec<RegionCode>>,
    merged: BTreeMap<RegionCode, RegionCode>,
    by_name: BTreeMap<&'static str, Vec<RegionCode>>,
    by_path: BTreeMap<String, Vec<RegionCode>>,
}

impl Gazetteer {
    /// The table, read once.
    pub fn get() -> &'static Self {
        static TABLE: OnceLock<Gazetteer> = OnceLock::new();
        TABLE.get_or_init(table::read)
    }

    /// What a code stands for: its latest name. `None` for a code that no place has or had.
    pub fn region(&self, code: RegionCode) -> Option<&Region> {
        self.entries(code).last()
    }

    /// What the place of that code was on that day: name and code of then.
    pub fn region_on(&self, code: RegionCode, date: Date) -> Option<&Region> {
        let of_code = |code| self.entries(code).iter().find(|r| r.holds_on(date));
        of_code(code).or_else(|| self.codes_of(code).iter().find_map(|kin| of_code(*kin)))
    }

    /// What the place of that code was called on that day.
    pub fn name_on(&self, code: RegionCode, date: Date) -> Option<&'static str> {
        self.region_on(code, date).map(|r| r.name)
    }

    /// The code that the place of that code had on that day.
    pub fn code_on(&self, code: RegionCode, date: Date) -> Option<RegionCode> {
        self.region_on(code, date).map(|r| r.code)
    }

    /// The place of a code; the same for all codes that it has had. `None` for an unknown code.
    pub fn place_of(&self, code: RegionCode) -> Option<PlaceId> {
        self.region(code)?;
        Some(PlaceId(self.anchors.get(&code).copied().unwrap_or(code)))
    }

    /// Do the codes stand for one place? Never true of an unknown code.
    pub fn same_place(&self, a: RegionCode, b: RegionCode) -> bool {
        self.place_of(a).is_some_and(|place| Some(place) == self.place_of(b))
    }

    /// The region that a merged one went into. Not the same place.
    pub fn merged_into(&self, code: RegionCode) -> Option<RegionCode> {
        self.merged.get(&code).copied()
    }

    /// The region directly above: the county of a zone, the prefecture of a county (or the province, where there is no
    /// prefecture between), the province of a prefecture.
    pub fn parent(&self, code: RegionCode) -> Option<RegionCode> {
        let above = match code.level() {
            RegionLevel::Province => return None,
            RegionLevel::Prefecture => code.province(),
            RegionLevel::County if self.region(code.prefecture()).is_some() => code.prefecture(),
            RegionLevel::County => code.province(),
            RegionLevel::Zone => code.without_zone(),
        };
        self.region(above).map(|r| r.code)
    }

    /// The names from the province down, by this code: 甘肃省, 兰州市, 榆中县. `None` for an unknown code.
    pub fn path(&self, code: RegionCode) -> Option<Vec<&'static str>> {
        self.region(code).map(|region| self.path_of(region))
    }

    /// The names from the province down as they were on that day.
    pub fn path_on(&self, code: RegionCode, date: Date) -> Option<Vec<&'static str>> {
        let code = self.code_on(code, date)?;
        let mut names = vec![self.name_on(code, date)?];
        let mut above = self.parent(code);
        while let Some(code) = above {
            names.extend(self.name_on(code, date));
            above = self.parent(code);
        }
        names.reverse();
        Some(names)
    }

    fn path_of(&self, region: &Region) -> Vec<&'static str> {
        let mut names = vec![region.name];
        let mut above = self.parent(region.code);
        while let Some(region) = above.and_then(|code| self.region(code)) {
            names.push(region.name);
            above = self.parent(region.code);
        }
        names.reverse();
        names
    }

    /// The regions directly below as they are now, by code.
    pub fn children(&self, code: RegionCode) -> Vec<&Region> {
        self.below(Some(code), Region::holds_still)
    }

    /// The regions directly below as they were on that day, by code; for drop-downs.
    pub fn children_on(&self, code: RegionCode, date: Date) -> Vec<&Region> {
        self.below(Some(code), |r| r.holds_on(date))
    }

    /// The provinces, by code.
    pub fn provinces(&self) -> Vec<&Region> {
        self.below(None, Region::holds_still)
    }

    fn below(&self, parent: Option<RegionCode>, holds: impl Fn(&Region) -> bool) -> Vec<&Region> {
        let inside = |r: &&Region| parent.is_none_or(|p| p.province() == r.code.province());
        self.regions.iter().filter(inside).filter(|r| holds(r) && self.parent(r.code) == parent).collect()
    }

    /// Does the area contain the region of that code (or is it the same place)? Province over prefecture over county over
    /// zone, by the tree of the time of the code. False of an unknown code.
    pub fn contains(&self, area: RegionCode, code: RegionCode) -> bool {
        let mut here = self.region(code).map(|r| r.code);
        while let Some(code) = here {
            if self.same_place(area, code) {
                return true;
            }
            here = self.parent(code);
        }
        false
    }

    /// Did the area contain the place of that code on that day?
    pub fn contains_on(&self, area: RegionCode, code: RegionCode, date: Date) -> bool {
        self.code_on(code, date).is_some_and(|then| self.contains(area, then))
    }

    /// All codes that a place of exactly this name has or had. More than one does not mean an error, and one does not
    /// mean a match: a name alone is never enough to decide on.
    pub fn named(&self, name: &str) -> &[RegionCode] {
        self.by_name.get(name).map_or(&[], Vec::as_slice)
    }

    /// All names and codes, sorted by code and time.
    pub fn regions(&self) -> &[Region] {
        &self.regions
    }

    /// All codes of the place of this code, by code.
    pub fn codes_of(&self, code: RegionCode) -> &[RegionCode] {
        self.anchors.get(&code).and_then(|anchor| self.codes.get(anchor)).map_or(&[], Vec::as_slice)
    }

    fn entries(&self, code: RegionCode) -> &[Region] {
        let from = self.regions.partition_point(|r| r.code < code);
        let len = self.regions[from..].partition_point(|r| r.code == code);
        &self.regions[from..from + len]
    }
}

#[cfg(test)]
mod tests;
