//! Lines as they are read: what is kept with them, what stands beside them, and what is computed.

use super::RegisterQuery;
use crate::command::Failure;
use crate::rows::{LineFilter, LineRow};
use crate::view::Viewer;
use crate::writer::App;
use kernel::id::CaseId;
use kernel::region::{Gazetteer, RegionCode};
use kernel::{Date, Money};
use policy::lang::Value;
use policy::pack::Pack;
use policy::register::{Purse, Reading, Register, RegisterColumn, Take};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// One line, solved.
pub(super) struct Solved {
    /// What is kept with the line; what stands beside it in the register below is among its cells.
    pub row: LineRow,
    /// By column; none where nothing is computed or summed up from it.
    pub values: Vec<Option<Value>>,
    /// The alerts that hold, by place.
    pub alarms: Vec<usize>,
    /// Nothing stands beside it for the year that is looked at.
    pub unfiled: bool,
}

impl Solved {
    /// The canonical text in the column at a place; empty where nothing is known.
    pub fn text(&self, pack: &Pack, register: &Register, at: usize) -> Cow<'_, str> {
        let column = &register.columns[at];
        match (&column.take, &self.values[at]) {
            (Take::Value(_) | Take::Money(_), Some(value)) => register.text(pack, column, value).into(),
            _ => self.row.cells.get(&column.field.id).map_or("", String::as_str).into(),
        }
    }
}

/// All lines of a register that a viewer sees, and the years that they speak of, newest first.
pub(super) struct Lines {
    pub solved: Vec<Solved>,
    pub years: Vec<i16>,
    /// The year that was asked of what stands beside; none without a register below.
    pub returned: Option<i16>,
}

/// What stands beside the lines.
#[derive(Default)]
struct Beside {
    /// The line below, of the year that is looked at or the latest before.
    below: BTreeMap<CaseId, LineRow>,
    /// The years of the lines below.
    years: Vec<i16>,
    purses: BTreeMap<CaseId, (Money, Money)>,
}

impl App {
    /// Reads the lines of a register, of the year that is asked for.
    pub(super) fn lines_read(
        &self,
        viewer: &Viewer,
        register: &Register,
        query: &RegisterQuery,
    ) -> Result<Lines, Failure> {
        let pack = &*viewer.pack;
        let all = |register: &str| LineFilter {
            scope: viewer.scope.clone(),
            pack: pack.id.clone(),
            register: register.to_owned(),
            year: None,
            until_year: None,
        };
        let rows = self.reads.lines(&all(&register.id))?;
        let under = register.below.as_deref().and_then(|id| pack.registers.get(id));
        let beside = self.beside(register, under, &rows, query.year)?;
        let mut years: Vec<i16> = match under {
            Some(_) => beside.years.clone(),
            None => rows.iter().map(|row| row.year).collect(),
        };
        years.sort_unstable_by(|a, b| b.cmp(a));
        years.dedup();
        let returned = under.map(|_| query.year.unwrap_or(self.today().year() - 1));
        let in_year = |row: &LineRow| match (query.year, under) {
            (None, _) => true,
            (Some(year), Some(_)) => row.year <= year,
            (Some(year), None) => row.year == year,
        };
        let (days, days_below) = (BTreeMap::new(), BTreeMap::new());
        let mut reader = Reader { pack, register, under, beside: &beside, days, days_below };
        let solved = rows.into_iter().filter(in_year).map(|row| {
            let unfiled = returned.is_some_and(|year| {
                row.year <= year && beside.below.get(&row.case).is_none_or(|below| below.year != year)
            });
            reader.solve(row, query.year, unfiled)
        });
        Ok(Lines { solved: solved.collect(), years, returned })
    }

    fn beside(
        &self,
        register: &Register,
        under: Option<&Register>,
        rows: &[LineRow],
        year: Option<i16>,
    ) -> Result<Beside, Failure> {
        let mut beside = Beside::default();
        let mut cases: Vec<CaseId> = rows.iter().map(|row| row.case).collect();
        cases.dedup();
        if let Some(under) = under {
            for line in self.reads.lines_of_parents(&under.id, &cases)? {
                beside.years.push(line.year);
                let Some(parent) = line.parent else { continue };
                let wanted = year.is_none_or(|year| line.year == year);
                let newer = |old: &LineRow| (old.year, old.case) < (line.year, line.case);
                if wanted && beside.below.get(&parent).is_none_or(newer) {
                    beside.below.insert(parent, line);
                }
            }
        }
        if register.columns.iter().any(|column| matches!(column.take, Take::Money(_))) {
            for project in self.reads.projects_of_cases(&cases)? {
                let Some(case) = project.case else { continue };
                let purse = beside.purses.entry(case).or_insert((Money::ZERO, Money::ZERO));
                purse.0 = purse.0.checked_add(project.allotted).unwrap_or(purse.0);
                purse.1 = purse.1.checked_add(project.spent).unwrap_or(purse.1);
            }
        }
        Ok(beside)
    }
}

struct Reader<'r> {
    pack: &'r Pack,
    register: &'r Register,
    under: Option<&'r Register>,
    beside: &'r Beside,
    /// How lines are computed at the end of each year.
    days: BTreeMap<i16, Reading<'r>>,
    /// The same of the lines below.
    days_below: BTreeMap<i16, Reading<'r>>,
}

impl<'r> Reader<'r> {
    fn solve(&mut self, mut row: LineRow, year: Option<i16>, unfiled: bool) -> Solved {
        let (pack, register) = (self.pack, self.register);
        if let (Some(under), Some(line)) = (self.under, self.beside.below.get(&row.case)) {
            self.take_below(under, line, &mut row.cells);
        }
        let year = year.unwrap_or(row.year);
        let reading = self.days.entry(year).or_insert_with(|| register.on(pack, end_of(year)));
        let purse = || self.beside.purses.get(&row.case).copied().unwrap_or((Money::ZERO, Money::ZERO));
        let value = |(at, column): (usize, &RegisterColumn)| match &column.take {
            Take::Money(Purse::Allotted) => Some(Value::Money(purse().0)),
            Take::Money(Purse::Paid) => Some(Value::Money(purse().1)),
            Take::Value(_) => None,
            _ => reading.value(at, row.cells.get(&column.field.id)?),
        };
        let mut values: Vec<Option<Value>> = register.columns.iter().enumerate().map(value).collect();
        reading.solve(&mut values);
        let alarms = reading.alarms(&values);
        Solved { row, values, alarms, unfiled }
    }

    /// Puts what the line below says, and what its register computes of it, among the cells of a line.
    fn take_below(&mut self, under: &'r Register, line: &LineRow, cells: &mut BTreeMap<String, String>) {
        let mut computed = None;
        for column in &self.register.columns {
            let Take::Below(id) = &column.take else { continue };
            let Some((at, of)) = under.column(id) else { continue };
            let text = match &of.take {
                Take::Value(_) => {
                    let values = computed.get_or_insert_with(|| self.computed_below(under, line));
                    values[at].map(|value| under.text(self.pack, of, &value))
                }
                _ => line.cells.get(id).cloned(),
            };
            if let Some(text) = text {
                cells.insert(column.field.id.clone(), text);
            }
        }
    }

    fn computed_below(&mut self, under: &'r Register, line: &LineRow) -> Vec<Option<Value>> {
        let pack = self.pack;
        let reading = self.days_below.entry(line.year).or_insert_with(|| under.on(pack, end_of(line.year)));
        let value =
            |(at, column): (usize, &RegisterColumn)| reading.value(at, line.cells.get(&column.field.id)?);
        let mut values: Vec<Option<Value>> = under.columns.iter().enumerate().map(value).collect();
        reading.solve(&mut values);
        values
    }
}

/// The last day of a year: what is stated of a year is judged by the parameters at its end.
pub(super) fn end_of(year: i16) -> Date {
    Date::new(year, 12, 31).unwrap_or(Date::MAX)
}

/// The places of lines, each once.
pub(super) fn places_of(lines: &[Solved]) -> Vec<RegionCode> {
    let mut places: Vec<RegionCode> = lines.iter().filter_map(|line| line.row.place).collect();
    places.sort_unstable();
    places.dedup();
    places
}

/// What a place belongs to when lines are put together by places: itself, or the region around it directly below `within`.
pub(super) fn area_of(place: RegionCode, within: Option<RegionCode>) -> RegionCode {
    let table = Gazetteer::get();
    let mut here = place;
    while let Some(above) = table.parent(here) {
        if within.is_some_and(|within| table.same_place(within, above) || table.same_place(within, here)) {
            break;
        }
        here = above;
    }
    here
}
