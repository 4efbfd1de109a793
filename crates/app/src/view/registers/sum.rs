//! Lines chosen, put together and summed up, and how each of them is shown.

use super::read::{Solved, end_of};
use super::{RegisterAcross, RegisterCell, RegisterLine, RegisterQuery, RegisterSum};
use crate::view::filing::kept_text;
use crate::view::place_name;
use kernel::region::{Gazetteer, RegionCode};
use policy::lang::Value;
use policy::pack::{FieldType, Pack, Words};
use policy::register::{Group, Register, RegisterColumn, Sums};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// The way to the chosen place, and what lies directly below with lines.
pub(super) fn places(of_lines: &[RegionCode], chosen: Option<RegionCode>) -> Vec<(RegionCode, String)> {
    let table = Gazetteer::get();
    let mut codes: BTreeSet<RegionCode> = BTreeSet::new();
    for place in of_lines.iter().copied().chain(chosen) {
        let mut here = Some(place);
        while let Some(code) = here {
            if !codes.insert(code) {
                break;
            }
            here = table.parent(code);
        }
    }
    codes.into_iter().map(|code| (code, place_name(code))).collect()
}

/// The name of a region alone, without those that it lies in.
fn own_name(code: RegionCode) -> String {
    Gazetteer::get().region(code).map_or_else(|| code.to_string(), |region| region.name.to_owned())
}

/// A register under the eyes of one viewer.
pub(super) struct View<'v> {
    pub(super) pack: &'v Pack,
    pub(super) register: &'v Register,
    pub(super) by: Option<&'v Group>,
    /// What each place of the lines belongs to, by code.
    pub(super) areas: BTreeMap<RegionCode, String>,
    pub(super) today: i16,
}

/// A group being summed up.
#[derive(Default)]
struct Gathered {
    sums: Sums,
    unfiled: u64,
    unit: String,
    year: i16,
}

impl Gathered {
    fn add(&mut self, register: &Register, line: &Solved) {
        self.sums.add(register, &line.values, !line.alarms.is_empty());
        self.unfiled += u64::from(line.unfiled);
        self.unit.clone_from(&line.row.unit_name);
        self.year = self.year.max(line.row.year);
    }
}

/// Adds to what is gathered under a key.
fn gather<T: Default>(map: &mut BTreeMap<String, T>, key: &str, add: impl FnOnce(&mut T)) {
    match map.get_mut(key) {
        Some(found) => add(found),
        None => add(map.entry(key.to_owned()).or_default()),
    }
}

impl View<'_> {
    pub(super) fn wanted(&self, line: &Solved, query: &RegisterQuery) -> bool {
        let row = &line.row;
        let in_place = || match (query.place, row.place) {
            (Some(area), Some(place)) => Gazetteer::get().contains(area, place),
            (Some(_), None) => false,
            (None, _) => true,
        };
        let in_part = || match (&query.part, self.by) {
            (Some(part), Some(group)) => self.key(group, line) == *part,
            _ => true,
        };
        let says = |text: &str| {
            let own = [&row.number, &row.title, &row.unit_name, &row.village];
            let in_column = |(at, column): (usize, &RegisterColumn)| {
                let own = line.text(self.pack, self.register, at);
                let shown = || kept_text(self.pack, &column.field.ty, &own).zh.contains(text);
                own.contains(text) || (!own.is_empty() && shown())
            };
            own.into_iter().any(|own| own.contains(text))
                || self.register.columns.iter().enumerate().any(in_column)
        };
        in_place()
            && in_part()
            && (!query.alerts || line.unfiled || !line.alarms.is_empty())
            && query.text.as_deref().is_none_or(says)
    }

    /// What a line is put together by: a key, empty when nothing is known.
    fn key<'k>(&'k self, by: &Group, line: &'k Solved) -> Cow<'k, str> {
        match by {
            Group::Year => line.row.year.to_string().into(),
            Group::Unit => line.row.unit.to_string().into(),
            Group::Village => line.row.village.as_str().into(),
            Group::Column(id) => {
                let found = self.register.column(id);
                found.map_or_else(Cow::default, |(at, _)| line.text(self.pack, self.register, at))
            }
            Group::Place => {
                line.row.place.and_then(|place| self.areas.get(&place)).map_or("", String::as_str).into()
            }
        }
    }

    pub(super) fn sums(&self, lines: &[&Solved]) -> (Vec<RegisterSum>, RegisterSum) {
        let (mut groups, mut all) = (BTreeMap::<String, Gathered>::new(), Gathered::default());
        for line in lines {
            all.add(self.register, line);
            if let Some(by) = self.by {
                gather(&mut groups, &self.key(by, line), |group: &mut Gathered| {
                    group.add(self.register, line);
                });
            }
        }
        let mut sums: Vec<RegisterSum> = groups
            .into_iter()
            .map(|(key, gathered)| self.sum(self.name(&key, &gathered.unit), key, gathered))
            .collect();
        sums.sort_by_cached_key(|sum| self.order(&sum.key, &sum.name));
        (sums, self.sum(Words::new("合计", "Total"), String::new(), all))
    }

    fn sum(&self, name: Words, key: String, gathered: Gathered) -> RegisterSum {
        let Gathered { mut sums, unfiled, year, .. } = gathered;
        let day = end_of(if year == 0 { self.today } else { year });
        self.register.on(self.pack, day).finish(&mut sums);
        RegisterSum {
            key,
            name,
            lines: sums.lines,
            alarmed: sums.alarmed,
            unfiled,
            cells: self.cells(&sums.values),
        }
    }

    fn cells(&self, values: &[Option<Value>]) -> Vec<RegisterCell> {
        let columns = self.register.columns.iter().zip(values);
        columns
            .map(|(column, value)| match value {
                Some(Value::Count(n)) if column.field.ty == FieldType::Bool => {
                    RegisterCell { shown: Words::new(n.to_string(), n.to_string()), text: n.to_string() }
                }
                Some(value) => self.cell(column, self.register.text(self.pack, column, value)),
                None => RegisterCell::default(),
            })
            .collect()
    }

    fn cell(&self, column: &RegisterColumn, text: String) -> RegisterCell {
        RegisterCell { shown: kept_text(self.pack, &column.field.ty, &text), text }
    }

    /// The name of a group by its key.
    fn name(&self, key: &str, unit: &str) -> Words {
        if key.is_empty() {
            return Words::new("没有填写", "not stated");
        }
        let same = |text: &str| Words::new(text, text);
        match self.by {
            Some(Group::Unit) => same(unit),
            Some(Group::Place) => {
                key.parse().map_or_else(|_| same(key), |code: RegionCode| same(&own_name(code)))
            }
            Some(Group::Column(id)) => self
                .register
                .column(id)
                .map_or_else(|| same(key), |(_, column)| kept_text(self.pack, &column.field.ty, key)),
            _ => same(key),
        }
    }

    /// Years newest first, members in the order of their enum, everything else by its name or code; what is not stated last.
    fn order(&self, key: &str, name: &Words) -> (bool, i64, String) {
        let member = || {
            let Some(Group::Column(id)) = self.by else { return None };
            let FieldType::Enum(of) = &self.register.column(id)?.1.field.ty else { return None };
            self.pack.enums.get(of)?.member(key).map(i64::from)
        };
        let place = match self.by {
            Some(Group::Year) => key.parse::<i64>().map_or(0, |year| -year),
            Some(Group::Place) => key.parse::<i64>().unwrap_or(i64::MAX),
            _ => member().unwrap_or(0),
        };
        (key.is_empty(), place, name.zh.clone())
    }

    /// One column, group by group and year by year.
    pub(super) fn across(&self, lines: &[&Solved], asked: Option<&str>) -> Option<RegisterAcross> {
        let years: BTreeSet<i16> = lines.iter().map(|line| line.row.year).collect();
        let by = self.by.filter(|_| years.len() > 1)?;
        let totals: Vec<&RegisterColumn> =
            self.register.columns.iter().filter(|column| column.total).collect();
        let column =
            totals.iter().find(|column| Some(column.field.id.as_str()) == asked).or(totals.first())?;
        let (at, column) = self.register.column(&column.field.id)?;
        let mut cells: BTreeMap<String, BTreeMap<i16, Gathered>> = BTreeMap::new();
        let mut all: BTreeMap<i16, Gathered> = BTreeMap::new();
        for line in lines {
            let year = line.row.year;
            gather(&mut cells, &self.key(by, line), |group: &mut BTreeMap<i16, Gathered>| {
                group.entry(year).or_default().add(self.register, line);
            });
            all.entry(year).or_default().add(self.register, line);
        }
        let row = |of: &mut BTreeMap<i16, Gathered>| {
            let cell = |year: &i16| {
                let gathered = of.remove(year)?;
                let sum = self.sum(Words::default(), String::new(), gathered);
                sum.cells.into_iter().nth(at)
            };
            years.iter().map(cell).map(Option::unwrap_or_default).collect::<Vec<_>>()
        };
        let mut rows: Vec<(String, Words, Vec<RegisterCell>)> = Vec::new();
        for (key, mut of) in cells {
            let unit = of.values().next_back().map_or_else(String::new, |last| last.unit.clone());
            rows.push((key.clone(), self.name(&key, &unit), row(&mut of)));
        }
        rows.sort_by_cached_key(|(key, name, _)| self.order(key, name));
        let mut rows: Vec<(Words, Vec<RegisterCell>)> =
            rows.into_iter().map(|(_, name, cells)| (name, cells)).collect();
        rows.push((Words::new("合计", "Total"), row(&mut all)));
        Some(RegisterAcross {
            column: column.field.id.clone(),
            choices: totals.iter().map(|c| (c.field.id.clone(), c.field.name.clone())).collect(),
            years: years.into_iter().collect(),
            rows,
        })
    }

    pub(super) fn line(&self, line: &Solved) -> RegisterLine {
        let row = &line.row;
        let columns = self.register.columns.iter().enumerate();
        let alert = |at: &usize| {
            let alert = &self.register.alerts[*at];
            (alert.say.clone(), alert.cite.to_string())
        };
        RegisterLine {
            case: row.case,
            number: row.number.clone(),
            title: row.title.clone(),
            unit: row.unit_name.clone(),
            place: row.place.map(own_name).unwrap_or_default(),
            village: row.village.clone(),
            year: row.year,
            cells: columns
                .map(|(at, column)| self.cell(column, line.text(self.pack, self.register, at).into_owned()))
                .collect(),
            alarms: line.alarms.iter().map(alert).collect(),
            unfiled: line.unfiled,
        }
    }
}
