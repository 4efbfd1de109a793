//! A department's own ledger of projects against the book: every project that stands in both, in theirs only, in ours only, with
//! each amount that differs. It reads and compares; nothing is booked and nothing is kept.

use super::import::finding_at;
use super::port::{Finding, Form, Language, Reading, RowRead, Severity};
use crate::command::Failure;
use crate::papers::clean_name;
use crate::rows::{OrgFilter, ProjectFilter};
use crate::view::Viewer;
use crate::view::money::{ProjectLine, UNITS_MAX, project_line, sees_money};
use crate::writer::App;
use kernel::Money;
use kernel::id::OrgId;
use policy::pack::Words;
use std::collections::{BTreeMap, BTreeSet};

/// How many projects one look into the book reads.
const PAGE: usize = 500;

/// Whose projects are compared; nothing asked for means all that the viewer sees.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Whose {
    /// The unit that carries them out.
    pub unit: Option<OrgId>,
    /// The fund.
    pub fund: Option<String>,
    /// The year of the projects.
    pub year: Option<i16>,
}

/// An amount that both ledgers have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LedgerColumn {
    /// The budget lines.
    Planned,
    /// Given to the project.
    Allotted,
    /// Paid and not recovered.
    Paid,
    /// Allotted and not paid.
    Balance,
}

impl LedgerColumn {
    /// All, in the order of the table.
    pub const ALL: [LedgerColumn; 4] =
        [LedgerColumn::Planned, LedgerColumn::Allotted, LedgerColumn::Paid, LedgerColumn::Balance];

    /// Its key in the table.
    pub fn key(self) -> &'static str {
        match self {
            LedgerColumn::Planned => "planned",
            LedgerColumn::Allotted => "allotted",
            LedgerColumn::Paid => "paid",
            LedgerColumn::Balance => "balance",
        }
    }

    /// What the book says of a project.
    pub fn of(self, line: &ProjectLine) -> Money {
        let row = &line.row;
        match self {
            LedgerColumn::Planned => row.planned,
            LedgerColumn::Allotted => row.allotted,
            LedgerColumn::Paid => row.spent,
            LedgerColumn::Balance => row.allotted.checked_sub(row.spent).unwrap_or(Money::ZERO),
        }
    }
}

/// How a row was found in the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoundBy {
    /// By its number.
    Number,
    /// By name and year: its number is none of ours, or it has none.
    Name,
}

/// A project that stands in both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// The row of the table, from 1.
    pub row: u32,
    /// The project.
    pub project: ProjectLine,
    /// How it was found.
    pub by: FoundBy,
    /// Its name in the table where that is another one.
    pub named: Option<String>,
    /// What the table says of each amount; what it leaves empty is absent.
    pub theirs: BTreeMap<LedgerColumn, Money>,
}

impl Compared {
    /// The amounts that differ: theirs, ours.
    pub fn differs(&self) -> impl Iterator<Item = (LedgerColumn, Money, Money)> {
        let both = self.theirs.iter().map(|(column, theirs)| (*column, *theirs, column.of(&self.project)));
        both.filter(|(_, theirs, ours)| theirs != ours)
    }

    /// Whether every amount that the table states is ours.
    pub fn agrees(&self) -> bool {
        self.differs().next().is_none()
    }
}

/// A project that stands in the table only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TheirsOnly {
    /// The row of the table, from 1.
    pub row: u32,
    /// Its number, as written.
    pub number: String,
    /// Its name, as written.
    pub name: String,
    /// Its year.
    pub year: Option<i16>,
    /// Its amounts.
    pub theirs: BTreeMap<LedgerColumn, Money>,
}

/// The sums of one amount. `theirs` and `ours` are of the same projects: those that stand in both and whose row states it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LedgerSum {
    /// In the table.
    pub theirs: Money,
    /// In the book.
    pub ours: Money,
    /// In the table only.
    pub theirs_only: Money,
    /// In the book only.
    pub ours_only: Money,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The file's name.
    pub file: String,
    /// What was read, with everything that could not be read or found without doubt.
    pub reading: Reading,
    /// Whose projects were asked for.
    pub whose: Whose,
    /// Those that stand in both, in the order of the table.
    pub both: Vec<Compared>,
    /// Those of the table only.
    pub theirs: Vec<TheirsOnly>,
    /// Those of the book only, newest first.
    pub ours: Vec<ProjectLine>,
    /// The sums of each amount.
    pub sums: BTreeMap<LedgerColumn, LedgerSum>,
}

impl Comparison {
    /// Whether both ledgers say the same and every row could be read.
    pub fn agrees(&self) -> bool {
        let clean = self.reading.is_clean() && self.theirs.is_empty() && self.ours.is_empty();
        clean && self.both.iter().all(Compared::agrees)
    }

    /// How many rows could not be compared.
    pub fn unread(&self) -> usize {
        let errors = self.reading.findings.iter().filter(|found| found.severity == Severity::Error);
        errors.map(|found| found.row).collect::<BTreeSet<_>>().len()
    }
}

/// What a comparison may be limited to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CompareChoices {
    /// Units that can carry out projects.
    pub units: Vec<(OrgId, String)>,
    /// Booked funds.
    pub funds: Vec<(String, Words)>,
    /// Years that have projects of the viewer's.
    pub years: Vec<i16>,
}

impl App {
    /// What a comparison may be limited to; for those who see the funds.
    pub fn compare_choices(&self, viewer: &Viewer) -> Result<CompareChoices, Failure> {
        let all = self.compared_projects(viewer, &Whose::default())?;
        let units: BTreeSet<OrgId> = all.iter().map(|line| line.row.unit).collect();
        let rows = self.reads.orgs(&OrgFilter { limit: UNITS_MAX, ..OrgFilter::default() })?.rows;
        let rows = rows.into_iter().filter(|row| units.contains(&row.org));
        let years: BTreeSet<i16> = all.iter().map(|line| line.row.year).collect();
        Ok(CompareChoices {
            units: rows.map(|row| (row.org, row.name)).collect(),
            funds: viewer
                .pack
                .funds
                .iter()
                .filter(|fund| fund.booked())
                .map(|fund| (fund.id.clone(), fund.name.clone()))
                .collect(),
            years: years.into_iter().rev().collect(),
        })
    }

    /// The empty table.
    pub fn compare_template(&self, viewer: &Viewer, language: Language) -> Result<Vec<u8>, Failure> {
        sees_money(viewer)?;
        Ok(self.workbooks.template(&Form::Ledger, language, &viewer.org_name)?)
    }

    /// Compares a table with the projects of the viewer's scope. Rows that cannot be read are findings; the others are compared.
    pub fn compare(
        &self,
        viewer: &Viewer,
        whose: Whose,
        (name, bytes): (&str, &[u8]),
    ) -> Result<Comparison, Failure> {
        let projects = self.compared_projects(viewer, &whose)?;
        let file = clean_name(name);
        let reading = self.workbooks.read_each(bytes, &file, &Form::Ledger);
        Ok(compared(file, reading, whose, projects))
    }

    /// The table back with its faults marked: its name and its bytes.
    pub fn compare_marked(
        &self,
        viewer: &Viewer,
        whose: Whose,
        (name, bytes): (&str, &[u8]),
    ) -> Result<(String, Vec<u8>), Failure> {
        let known = self.workbooks.read_each(bytes, &clean_name(name), &Form::Ledger).findings;
        let seen = self.compare(viewer, whose, (name, bytes))?;
        let more: Vec<Finding> =
            seen.reading.findings.into_iter().filter(|found| !known.contains(found)).collect();
        let marked = self.workbooks.marked(bytes, &seen.file, &Form::Ledger, &more)?;
        let stem = seen.file.rsplit_once('.').map_or(seen.file.as_str(), |(stem, _)| stem);
        Ok((format!("{stem}-问题标注.xlsx"), marked))
    }

    fn compared_projects(&self, viewer: &Viewer, whose: &Whose) -> Result<Vec<ProjectLine>, Failure> {
        sees_money(viewer)?;
        let mut filter = ProjectFilter {
            fund: whose.fund.clone(),
            year: whose.year,
            ..ProjectFilter::all(viewer.scope.clone(), &viewer.pack.id, PAGE)
        };
        let mut lines = Vec::new();
        loop {
            let page = self.reads.projects(&filter)?;
            let of_unit = page.rows.into_iter().filter(|row| whose.unit.is_none_or(|unit| unit == row.unit));
            lines.extend(of_unit.map(|row| project_line(&viewer.pack, row)));
            filter.after = page.next;
            if filter.after.is_none() {
                return Ok(lines);
            }
        }
    }
}

fn compared(file: String, mut reading: Reading, whose: Whose, projects: Vec<ProjectLine>) -> Comparison {
    let (mut found, mut theirs, mut doubts) = (Vec::new(), Vec::new(), Vec::new());
    for row in &reading.rows {
        match place_of(row, &projects) {
            Ok(Some((at, by))) => found.push((at, by, row)),
            Ok(None) => theirs.push(only(row)),
            Err((key, what, mend)) => doubts.push(finding_at(&reading, (row, key), what, mend)),
        }
    }
    let mut rows_of: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    for (at, _, row) in &found {
        rows_of.entry(*at).or_default().push(row.row);
    }
    let mut both = Vec::new();
    for (at, by, row) in found {
        // A project in several rows: which amounts are its own is not for the program to add up.
        if let Some([first, .., last]) = rows_of.get(&at).map(Vec::as_slice) {
            let key = if row.text("number").is_empty() { "name" } else { "number" };
            doubts.push(finding_at(
                &reading,
                (row, key),
                twice(*first, *last),
                Words::new("每个项目合成一行再比较", "put each project into one row"),
            ));
            continue;
        }
        let project = projects[at].clone();
        let name = row.text("name").trim();
        let named = (!name.is_empty() && name != project.row.name).then(|| name.to_owned());
        both.push(Compared { row: row.row, project, by, named, theirs: amounts(row) });
    }
    let ours = projects.iter().enumerate().filter(|(at, _)| !rows_of.contains_key(at));
    let ours = ours.map(|(_, line)| line.clone()).collect();
    reading.findings.extend(doubts);
    reading.findings.sort_by_key(|found| (found.row, found.column));
    let mut comparison = Comparison { file, reading, whose, both, theirs, ours, sums: BTreeMap::new() };
    comparison.sums =
        LedgerColumn::ALL.into_iter().map(|column| (column, sum(&comparison, column))).collect();
    comparison
}

type Doubt = (&'static str, Words, Words);

/// The project that a row is about, by its place; a row that may be about several, or about none, is a doubt at one of its cells.
fn place_of(row: &RowRead, projects: &[ProjectLine]) -> Result<Option<(usize, FoundBy)>, Doubt> {
    let (number, name) = (row.text("number").trim(), row.text("name").trim());
    if number.is_empty() && name.is_empty() {
        return Err((
            "name",
            Words::new("没有编号，也没有名称", "neither a number nor a name"),
            Words::new("写上项目编号，或者名称和年度", "write the number, or the name and the year"),
        ));
    }
    if !number.is_empty()
        && let Some(at) = projects.iter().position(|line| line.row.number == number)
    {
        return Ok(Some((at, FoundBy::Number)));
    }
    let year = row.year("year");
    let called = |line: &ProjectLine| {
        !name.is_empty() && line.row.name == name && year.is_none_or(|year| year == line.row.year)
    };
    let mut found = projects.iter().enumerate().filter(|(_, line)| called(line)).map(|(at, _)| at);
    match (found.next(), found.next()) {
        (None, _) => Ok(None),
        (Some(at), None) => Ok(Some((at, FoundBy::Name))),
        (Some(_), Some(_)) => Err((
            "name",
            Words::new("本系统有几个项目叫这个名称", "several projects of the book have this name"),
            Words::new("写上项目编号，或者补上年度", "write the project's number, or add the year"),
        )),
    }
}

fn twice(first: u32, last: u32) -> Words {
    Words::new(
        format!("同一个项目写了不止一行：第{first}行到第{last}行之间"),
        format!("the same project stands in several rows, from {first} to {last}"),
    )
}

fn amounts(row: &RowRead) -> BTreeMap<LedgerColumn, Money> {
    let stated = LedgerColumn::ALL.into_iter().filter(|column| row.cells.contains_key(column.key()));
    stated.map(|column| (column, row.money(column.key()))).collect()
}

fn only(row: &RowRead) -> TheirsOnly {
    TheirsOnly {
        row: row.row,
        number: row.text("number").trim().to_owned(),
        name: row.text("name").trim().to_owned(),
        year: row.year("year"),
        theirs: amounts(row),
    }
}

fn sum(of: &Comparison, column: LedgerColumn) -> LedgerSum {
    let total = |amounts: &mut dyn Iterator<Item = Money>| Money::sum(amounts).unwrap_or(Money::MAX);
    let stated =
        || of.both.iter().filter_map(|one| Some((*one.theirs.get(&column)?, column.of(&one.project))));
    LedgerSum {
        theirs: total(&mut stated().map(|(theirs, _)| theirs)),
        ours: total(&mut stated().map(|(_, ours)| ours)),
        theirs_only: total(&mut of.theirs.iter().filter_map(|one| one.theirs.get(&column).copied())),
        ours_only: total(&mut of.ours.iter().map(|line| column.of(line))),
    }
}
