//! Registers over the wire: what each column holds, the sums of the groups, the lines page by page.

use std::collections::BTreeMap;

use app::view::registers::{
    RegisterCell, RegisterHead, RegisterIntro, RegisterLine, RegisterPage, RegisterQuery, RegisterSum,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Named, Text, each, query, shape};

query! {
    /// Which lines, and what they are summed up by.
    RegisterAsk {
        /// The year; all when left out.
        year: i16,
        /// The group; what the register names first when left out.
        by: String,
        /// Only the lines of the group with this key.
        part: String,
        /// A place by its division code, with all that lies in it.
        place: String,
        /// Only lines with an alert, or without the return of the year.
        alerts: bool,
        /// Words in number, title, unit, village or a column.
        q: String,
        /// The page of lines, from 0.
        page: usize,
    }
}

impl From<RegisterAsk> for RegisterQuery {
    fn from(ask: RegisterAsk) -> Self {
        RegisterQuery {
            year: ask.year,
            by: ask.by,
            part: ask.part,
            place: ask.place.and_then(|code| code.parse().ok()),
            alerts: ask.alerts.unwrap_or(false),
            text: ask.q,
            across: None,
            page: ask.page.unwrap_or(0),
        }
    }
}

shape! {
    /// A register.
    RegisterName of &RegisterIntro as register => {
        /// Its id.
        id: String = register.id.clone(),
        /// Its name.
        name: Text = (&register.name).into(),
        /// The article.
        article: String = register.cite.clone(),
        /// Whose cases it holds.
        of: Text = (&register.of).into(),
    }

    /// The registers of the regime.
    Registers of &Vec<RegisterIntro> as registers => {
        /// In the order of the regime.
        items: Vec<RegisterName> = each(registers),
    }

    /// A column.
    RegisterColumn of &RegisterHead as head => {
        /// Its id.
        id: String = head.id.clone(),
        /// Its name.
        name: Text = (&head.name).into(),
        /// Whether it is summed up.
        total: bool = head.total,
    }

    /// A register with its sums and a page of its lines.
    Register of &RegisterPage as page => {
        /// What it is.
        register: RegisterName = (&page.intro).into(),
        /// Its columns.
        columns: Vec<RegisterColumn> = each(&page.heads),
        /// What it may be summed up by.
        groups: Vec<Named> = page.groups.iter().map(|(id, name)| Named { id: id.clone(), name: name.into() }).collect(),
        /// What it is summed up by; absent where nothing is.
        by: Option<String> = page.by.clone(),
        /// The years with lines, newest first.
        years: Vec<i16> = page.years.clone(),
        /// The year that is shown: the one asked for, or the newest of what stands for its year alone.
        year: Option<i16> = page.year,
        /// The year whose returns stand beside the lines; absent without returns.
        returned: Option<i16> = page.returned,
        /// Each group.
        sums: Vec<RegisterGroup> = page.sums.iter().map(|sum| RegisterGroup::of(&page.heads, sum)).collect(),
        /// All lines together.
        total: RegisterGroup = RegisterGroup::of(&page.heads, &page.total),
        /// The lines of this page.
        lines: Vec<RegisterRow> = page.lines.iter().map(|line| RegisterRow::of(&page.heads, line)).collect(),
        /// How many pages there are.
        pages: usize = page.page.1,
    }
}

/// The sum of a group.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RegisterGroup {
    /// Its key; empty for all, and for what is not stated.
    pub key: String,
    /// Its name.
    pub name: Text,
    /// How many lines.
    pub lines: u64,
    /// How many of them have an alert.
    pub alarmed: u64,
    /// How many lack the return of the year.
    pub unfiled: u64,
    /// By the id of the column: amounts in yuan, shares as percentages or fractions; of a yes-or-no, how many say yes.
    pub values: BTreeMap<String, String>,
}

impl RegisterGroup {
    fn of(heads: &[RegisterHead], sum: &RegisterSum) -> Self {
        let RegisterSum { key, name, lines, alarmed, unfiled, cells } = sum;
        let values = values(heads, cells);
        Self {
            key: key.clone(),
            name: name.into(),
            lines: *lines,
            alarmed: *alarmed,
            unfiled: *unfiled,
            values,
        }
    }
}

/// A line.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RegisterRow {
    /// The case.
    pub case: i64,
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
    /// By the id of the column; what is not known is left out.
    pub values: BTreeMap<String, String>,
    /// What a person should look at.
    pub alerts: Vec<Text>,
    /// The return of the year is missing.
    pub unfiled: bool,
}

impl RegisterRow {
    fn of(heads: &[RegisterHead], line: &RegisterLine) -> Self {
        Self {
            case: line.case.get(),
            number: line.number.clone(),
            title: line.title.clone(),
            unit: line.unit.clone(),
            place: line.place.clone(),
            village: line.village.clone(),
            year: line.year,
            values: values(heads, &line.cells),
            alerts: line.alarms.iter().map(|(say, _)| say.into()).collect(),
            unfiled: line.unfiled,
        }
    }
}

fn values(heads: &[RegisterHead], cells: &[RegisterCell]) -> BTreeMap<String, String> {
    let known = heads.iter().zip(cells).filter(|(_, cell)| !cell.text.is_empty());
    known.map(|(head, cell)| (head.id.clone(), cell.text.clone())).collect()
}
