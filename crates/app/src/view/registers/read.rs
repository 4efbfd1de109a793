//! Lines as they are read: what is kept with them, what stands beside them, and what is computed.

use super::RegisterQuery;
use crate::command::Failure;
use crate::rows::{LineFilter, LineRow};
use crate::view::Viewer;
use crate::writer::App;
use kernel::id::CaseId;
use kernel::region::Gazetteer;
use kernel::{Date, Money};
use policy::lang::Value;
use policy::pack::Pack;
use policy::register::{Group, Purse, Reading, Register, Take};
use std::collections::BTreeMap;

/// One line, solved.
pub(super) struct Solved {
    pub row: LineRow,
    /// Canonical texts, by column; empty where nothing is known.
    pub texts: Vec<String>,
    pub values: Vec<Option<Value>>,
    /// The alerts that hold, by place.
    pub alarms: Vec<usize>,
    /// Nothing stands beside it for the year that is looked at.
    pub unfiled: bool,
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
        let mut reader = Reader { pack, register, under, beside: &beside, days: BTreeMap::new() };
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
}

impl Reader<'_> {
    fn solve(&mut self, row: LineRow, year: Option<i16>, unfiled: bool) -> Solved {
        let mut texts = Vec::with_capacity(self.register.columns.len());
        let mut values = Vec::with_capacity(texts.capacity());
        let below = self.beside.below.get(&row.case);
        for column in &self.register.columns {
            let text = match &column.take {
                Take::Below(id) => below.and_then(|line| line.cells.get(id)).cloned(),
                Take::Money(purse) => {
                    let (allotted, paid) =
                        self.beside.purses.get(&row.case).copied().unwrap_or((Money::ZERO, Money::ZERO));
                    Some(match purse {
                        Purse::Allotted => allotted.to_string(),
                        Purse::Paid => paid.to_string(),
                    })
                }
                Take::Value(_) => None,
                _ => row.cells.get(&column.field.id).cloned(),
            };
            let text = text.unwrap_or_default();
            values.push(self.register.value(column, &text));
            texts.push(text);
        }
        if let (Some(under), Some(line)) = (self.under, below) {
            self.computed_below(under, line, &mut texts, &mut values);
        }
        let year = year.unwrap_or(row.year);
        let register = self.register;
        let pack = self.pack;
        let reading = self.days.entry(year).or_insert_with(|| register.on(pack, end_of(year)));
        reading.solve(&mut values);
        let alarms = reading.alarms(&values);
        for (column, (text, value)) in register.columns.iter().zip(texts.iter_mut().zip(&values)) {
            if let (Take::Value(_), Some(value)) = (&column.take, value) {
                *text = register.text(pack, column, value);
            }
        }
        Solved { row, texts, values, alarms, unfiled }
    }

    /// What the register below computes of its own line.
    fn computed_below(
        &self,
        under: &Register,
        line: &LineRow,
        texts: &mut [String],
        values: &mut [Option<Value>],
    ) {
        let wanted = |take: &Take| {
            let Take::Below(id) = take else { return None };
            let (at, column) = under.column(id)?;
            matches!(column.take, Take::Value(_)).then_some((at, column))
        };
        if self.register.columns.iter().all(|column| wanted(&column.take).is_none()) {
            return;
        }
        let own = |column: &policy::register::RegisterColumn| {
            under.value(column, line.cells.get(&column.field.id).map_or("", String::as_str))
        };
        let mut solved: Vec<Option<Value>> = under.columns.iter().map(own).collect();
        under.on(self.pack, end_of(line.year)).solve(&mut solved);
        for (at, column) in self.register.columns.iter().enumerate() {
            if let Some((below, of)) = wanted(&column.take)
                && let Some(value) = solved[below]
            {
                values[at] = Some(value);
                texts[at] = under.text(self.pack, of, &value);
            }
        }
    }
}

/// The last day of a year: what is stated of a year is judged by the parameters at its end.
pub(super) fn end_of(year: i16) -> Date {
    Date::new(year, 12, 31).unwrap_or(Date::MAX)
}

/// What a line is put together by: a key, empty when nothing is known.
pub(super) fn key(
    register: &Register,
    group: &Group,
    line: &Solved,
    within: Option<kernel::region::RegionCode>,
) -> String {
    match group {
        Group::Year => line.row.year.to_string(),
        Group::Unit => line.row.unit.to_string(),
        Group::Village => line.row.village.clone(),
        Group::Column(id) => register.column(id).map_or_else(String::new, |(at, _)| line.texts[at].clone()),
        Group::Place => {
            let table = Gazetteer::get();
            let Some(mut here) = line.row.place else { return String::new() };
            while let Some(above) = table.parent(here) {
                if within
                    .is_some_and(|within| table.same_place(within, above) || table.same_place(within, here))
                {
                    break;
                }
                here = above;
            }
            here.to_string()
        }
    }
}
