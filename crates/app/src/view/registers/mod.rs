//! Registers (台账): the lines that a viewer sees, summed up level by level and year by year, and what a person should look at.

mod read;
mod sum;

use super::Viewer;
use super::filing::{is_number, unit_of};
use crate::access::Right;
use crate::command::Failure;
use crate::writer::App;
use domain::Reason;
use kernel::id::CaseId;
use kernel::region::{Gazetteer, RegionCode};
use policy::pack::{FieldType, Pack, Words};
use policy::register::{Group, Register, RegisterColumn};
use read::{Lines, Solved, area_of, places_of};
use sum::{View, places};

/// Lines on one page.
const PAGE: usize = 50;

/// What is asked for, as it came from the address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RegisterQuery {
    /// The year; all of them when none.
    pub year: Option<i16>,
    /// What lines are put together by; what the register names first when none.
    pub by: Option<String>,
    /// Only the lines with this key.
    pub part: Option<String>,
    /// A place, with all that lies in it.
    pub place: Option<RegionCode>,
    /// Only lines with an alert, or without the return of the year.
    pub alerts: bool,
    /// Words in number, title, unit, village or a column.
    pub text: Option<String>,
    /// The column that is shown year by year.
    pub across: Option<String>,
    /// The page, from 0.
    pub page: usize,
}

/// A column as the page heads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterHead {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Words,
    /// The unit of its amounts or counts.
    pub unit: Option<Words>,
    /// What the field holds, for spreadsheets.
    pub ty: FieldType,
    /// Set to the right.
    pub number: bool,
    /// Summed up, or computed again over sums.
    pub total: bool,
}

/// A register in the list of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterIntro {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Words,
    /// The article.
    pub cite: String,
    /// Whose cases it holds.
    pub of: Words,
    /// Its columns.
    pub columns: Vec<Words>,
}

/// A value in a cell: as shown, and in its canonical spelling.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RegisterCell {
    /// As shown.
    pub shown: Words,
    /// Canonical; empty when nothing is known.
    pub text: String,
}

/// The sum of a group, or of all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterSum {
    /// Its key in the address.
    pub key: String,
    /// Its name.
    pub name: Words,
    /// How many lines.
    pub lines: u64,
    /// How many of them have an alert.
    pub alarmed: u64,
    /// How many lack the return of the year.
    pub unfiled: u64,
    /// By column; empty where nothing is summed up.
    pub cells: Vec<RegisterCell>,
}

/// One column year by year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterAcross {
    /// The column.
    pub column: String,
    /// What can be chosen.
    pub choices: Vec<(String, Words)>,
    /// The years, oldest first.
    pub years: Vec<i16>,
    /// For each group its cells by year; the last one is the total.
    pub rows: Vec<(Words, Vec<RegisterCell>)>,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterLine {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Whose it is.
    pub unit: String,
    /// Where.
    pub place: String,
    /// The village.
    pub village: String,
    /// The year.
    pub year: i16,
    /// By column.
    pub cells: Vec<RegisterCell>,
    /// What a person should look at, with the article.
    pub alarms: Vec<(Words, String)>,
    /// The return of the year is missing.
    pub unfiled: bool,
}

/// A register as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterPage {
    /// What it is.
    pub intro: RegisterIntro,
    /// Its columns.
    pub heads: Vec<RegisterHead>,
    /// What it may be summed up by.
    pub groups: Vec<(String, Words)>,
    /// What it is summed up by.
    pub by: Option<String>,
    /// The years to choose from, newest first.
    pub years: Vec<i16>,
    /// The year that is shown: the one asked for, or the newest of what stands for its year alone.
    pub year: Option<i16>,
    /// The places to choose from: the way to the chosen one, and those below with lines.
    pub places: Vec<(RegionCode, String)>,
    /// The year whose returns stand beside the lines.
    pub returned: Option<i16>,
    /// Whether lines may have alerts.
    pub alerts: bool,
    /// Each group.
    pub sums: Vec<RegisterSum>,
    /// All of them.
    pub total: RegisterSum,
    /// Year by year.
    pub across: Option<RegisterAcross>,
    /// The lines of the page.
    pub lines: Vec<RegisterLine>,
    /// The page, from 0, and how many there are.
    pub page: (usize, usize),
    /// Whether there is nothing at all for this viewer, whatever is asked.
    pub empty: bool,
}

/// Whether the viewer has registers to look at.
pub fn sees_registers(viewer: &Viewer) -> bool {
    viewer.may(Right::SeeCases) && viewer.pack.registers.iter().next().is_some()
}

impl App {
    /// The registers of the viewer's pack.
    pub fn registers(&self, viewer: &Viewer) -> Result<Vec<RegisterIntro>, Failure> {
        if !sees_registers(viewer) {
            return Err(missing());
        }
        Ok(viewer.pack.registers.iter().map(|register| intro(&viewer.pack, register)).collect())
    }

    /// One page of a register.
    pub fn register(
        &self,
        viewer: &Viewer,
        id: &str,
        query: &RegisterQuery,
    ) -> Result<RegisterPage, Failure> {
        self.register_of(viewer, id, query, PAGE)
    }

    /// A register with all its lines, for exports.
    pub fn register_whole(
        &self,
        viewer: &Viewer,
        id: &str,
        query: &RegisterQuery,
    ) -> Result<RegisterPage, Failure> {
        self.register_of(viewer, id, &RegisterQuery { page: 0, ..query.clone() }, usize::MAX)
    }

    fn register_of(
        &self,
        viewer: &Viewer,
        id: &str,
        query: &RegisterQuery,
        size: usize,
    ) -> Result<RegisterPage, Failure> {
        let pack = &*viewer.pack;
        let found = pack.registers.get(id).filter(|_| sees_registers(viewer));
        let register = found.ok_or_else(missing)?;
        let Lines { solved, years, returned } = self.lines_read(viewer, register, query)?;
        let empty = solved.is_empty() && years.is_empty();
        let by = chosen(register, query.by.as_deref());
        let of_lines = places_of(&solved);
        let within = query.place.or_else(|| common(&of_lines));
        let areas = of_lines.iter().map(|place| (*place, area_of(*place, within).to_string())).collect();
        let view = View { pack, register, by, areas, today: self.today().year() };
        let places = places(&of_lines, query.place);
        let all: Vec<&Solved> = solved.iter().filter(|line| view.wanted(line, query)).collect();
        // What stands for its year alone is not added to that of another.
        let newest = || all.iter().map(|line| line.row.year).max();
        let year = query.year.or_else(|| register.yearly.then(newest).flatten());
        let of_year = |line: &&&Solved| !register.yearly || year.is_none_or(|year| line.row.year == year);
        let wanted: Vec<&Solved> = all.iter().filter(of_year).copied().collect();
        let (sums, total) = view.sums(&wanted);
        let across = (query.year.is_none() && !matches!(by, Some(Group::Year)) && register.below.is_none())
            .then(|| view.across(&all, query.across.as_deref()))
            .flatten();
        let pages = wanted.len().div_ceil(size).max(1);
        let page = query.page.min(pages - 1);
        let lines = wanted.iter().skip(page * size).take(size).map(|line| view.line(line)).collect();
        Ok(RegisterPage {
            intro: intro(pack, register),
            heads: register.columns.iter().map(|column| head(pack, column)).collect(),
            groups: register.groups.iter().map(|g| (g.id().to_owned(), group_words(register, g))).collect(),
            by: by.map(|group| group.id().to_owned()),
            years,
            year,
            places,
            returned,
            alerts: !register.alerts.is_empty() || register.below.is_some(),
            sums,
            total,
            across,
            lines,
            page: (page, pages),
            empty,
        })
    }
}

/// The smallest region that all of these lie in.
fn common(places: &[RegionCode]) -> Option<RegionCode> {
    let table = Gazetteer::get();
    let (first, others) = places.split_first()?;
    let mut around = *first;
    for place in others.iter().copied() {
        while !table.contains(around, place) {
            around = table.parent(around)?;
        }
    }
    Some(around)
}

fn missing() -> Failure {
    Reason::NotFound { what: "台账".into() }.into()
}

fn intro(pack: &Pack, register: &Register) -> RegisterIntro {
    RegisterIntro {
        id: register.id.clone(),
        name: register.name.clone(),
        cite: register.cite.to_string(),
        of: pack.procedures.get(&register.of).map(|of| of.name.clone()).unwrap_or_default(),
        columns: register.columns.iter().map(|column| column.field.name.clone()).collect(),
    }
}

fn head(pack: &Pack, column: &RegisterColumn) -> RegisterHead {
    RegisterHead {
        id: column.field.id.clone(),
        name: column.field.name.clone(),
        unit: unit_of(pack, &column.field.ty),
        ty: column.field.ty.clone(),
        number: is_number(&column.field.ty),
        total: column.total,
    }
}

fn group_words(register: &Register, group: &Group) -> Words {
    match group {
        Group::Year => Words::new("年度", "Year"),
        Group::Place => Words::new("地方", "Place"),
        Group::Unit => Words::new("单位", "Unit"),
        Group::Village => Words::new("村", "Village"),
        Group::Column(id) => {
            register.column(id).map(|(_, column)| column.field.name.clone()).unwrap_or_default()
        }
    }
}

fn chosen<'r>(register: &'r Register, by: Option<&str>) -> Option<&'r Group> {
    let asked = by.and_then(|by| register.groups.iter().find(|group| group.id() == by));
    asked.or_else(|| register.groups.first())
}
