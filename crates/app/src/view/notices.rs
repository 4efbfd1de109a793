//! A public notice as anybody may read it: what it says, its items when it is a plan's, and how objections stand. Personal numbers
//! are masked, whatever form or answer they stand in; who objected is never shown.

use super::notices_mask::{WRITTEN_DIGITS_MAX, mask_digits, mask_longer, shown_cell};
use crate::command::Failure;
use crate::history;
use crate::ports::Fault;
use crate::rows::NoticeOf;
use crate::tables::NoticeTable;
use crate::writer::App;
use domain::Stream;
use domain::plan::{Plan, Posted};
use kernel::calendar::{Calendar, WorkdayCount};
use kernel::id::{CaseId, PlanId};
use kernel::money::Money;
use kernel::{Date, term::Term};
use policy::pack::{Cite, Notice, Pack, Words};
use std::sync::Arc;

/// How a notice stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Running {
    /// It runs: so many working days are left after today.
    Open(WorkdayCount),
    /// It has ended.
    Ended,
    /// It was taken down before its last day: its case was returned, refused or withdrawn.
    Stopped,
}

impl Running {
    /// How a window that ends on `last` stands today.
    pub fn on(today: Date, last: Date) -> Running {
        if today > last {
            return Running::Ended;
        }
        Running::Open(Calendar::known_on(today).workdays_between(today, last))
    }

    /// It takes objections.
    pub fn is_open(self) -> bool {
        matches!(self, Running::Open(_))
    }
}

/// One row of a notice: what it shows of an item, a cell for each column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeItem {
    /// The item.
    pub case: CaseId,
    /// One cell a column.
    pub cells: Vec<NoticeCell>,
    /// How objections to this item stand.
    pub objections: Vec<ObjectionSaid>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeCell {
    /// As it is to be read.
    pub text: Words,
    /// The same as a figure: yuan with two decimals.
    pub money: Option<Money>,
}

/// An objection as the public sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectionSaid {
    /// The day it came.
    pub on: Date,
    /// The answer: upheld, text with numbers masked, day.
    pub answer: Option<(bool, String, Date)>,
}

/// A column of a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeColumn {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: Words,
}

/// One public notice.
#[derive(Debug, Clone)]
pub struct NoticePage {
    /// The pack of its subject.
    pub pack: Arc<Pack>,
    /// What it is about.
    pub about: NoticeOf,
    /// The year.
    pub year: i16,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: Words,
    /// The article that orders it.
    pub cite: Option<Cite>,
    /// Who posts it.
    pub issuers: Vec<Words>,
    /// For how long the pack has it posted.
    pub term: Option<Term>,
    /// The day of posting.
    pub posted: Date,
    /// First day that counts.
    pub first: Date,
    /// Last day.
    pub last: Date,
    /// The last day by the looser count, when it differs.
    pub loose_last: Option<Date>,
    /// The days can still move.
    pub provisional: bool,
    /// How it stands.
    pub running: Running,
    /// Places with addresses.
    pub postings: Vec<(String, String)>,
    /// What stands around the table, or the whole of a case's notice: name and text.
    pub fields: Vec<(NoticeColumn, NoticeCell)>,
    /// The names of the photographs of its boards.
    pub photographs: Vec<String>,
    /// Columns.
    pub columns: Vec<NoticeColumn>,
    /// Rows; none in a case's notice.
    pub items: Vec<NoticeItem>,
    /// The sum of the amounts.
    pub total: Option<Money>,
    /// A table that was posted beside what a case's notice states.
    pub table: Option<NoticeTable>,
    /// Objections to the notice as a whole.
    pub objections: Vec<ObjectionSaid>,
    /// Other notices of the same subject, newest first: number and day.
    pub others: Vec<(String, Date)>,
}

impl NoticePage {
    /// The last part of its address.
    pub fn address(&self) -> String {
        self.about.address()
    }
}

impl NoticeOf {
    /// The last part of the address of its notices: the number of a plan, or `c` and that of a case.
    pub fn address(self) -> String {
        match self {
            NoticeOf::Plan(plan) => plan.to_string(),
            NoticeOf::Case(case) => format!("c{case}"),
        }
    }

    /// Reads [`NoticeOf::address`].
    pub fn of_address(text: &str) -> Option<NoticeOf> {
        match text.strip_prefix('c') {
            Some(case) => case.parse().ok().map(NoticeOf::Case),
            None => text.parse().ok().map(NoticeOf::Plan),
        }
    }
}

impl App {
    /// A notice: the newest of its subject, or the one of this number. `None` when nothing was posted.
    pub fn notice(&self, about: NoticeOf, number: Option<&str>) -> Result<Option<NoticePage>, Failure> {
        match about {
            NoticeOf::Plan(plan) => self.plan_notice(plan, number),
            NoticeOf::Case(case) => self.case_notice(case, number),
        }
    }

    fn plan_notice(&self, plan: PlanId, number: Option<&str>) -> Result<Option<NoticePage>, Failure> {
        let Some(state) = self.public_plan(plan)? else { return Ok(None) };
        let chosen =
            state.notices.iter().rev().find(|posted| number.is_none_or(|number| posted.number == number));
        let Some(posted) = chosen else { return Ok(None) };
        let pack = self.edition(&state.pack, &state.edition)?;
        Ok(Some(notice_page(&pack, &state, posted, self.today())))
    }

    /// A plan of which something was posted; nothing else of plans is public.
    pub(super) fn public_plan(&self, plan: PlanId) -> Result<Option<Plan>, Fault> {
        let state = history::plan(&self.reads.stream(&Stream::Plan(plan).key())?)?;
        Ok(state.filter(|plan| !plan.notices.is_empty()))
    }
}

/// A notice of a plan as the public sees it on a day.
pub fn notice_page(pack: &Arc<Pack>, plan: &Plan, posted: &Posted, today: Date) -> NoticePage {
    let of = pack.notices.get(&posted.notice);
    let columns = columns(of, posted);
    let items: Vec<NoticeItem> = posted
        .rows
        .iter()
        .map(|row| NoticeItem {
            case: row.case,
            cells: columns
                .iter()
                .map(|column| {
                    shown_cell(pack, &column.key, row.shown.get(&column.key).map_or("", String::as_str))
                })
                .collect(),
            objections: objections(plan, Some(row.case)),
        })
        .collect();
    let amounts = items.iter().filter_map(|item| item.cells.iter().find_map(|cell| cell.money));
    let step = pack.steps.get(&posted.step);
    let title = of.map_or_else(Words::default, |notice| notice.name.clone());
    let window = &posted.window;
    NoticePage {
        about: NoticeOf::Plan(plan.id),
        year: plan.year,
        number: posted.number.clone(),
        title: Words::new(format!("{}年{}", plan.year, title.zh), format!("{} {}", title.en, plan.year)),
        cite: of.map(|notice| notice.cite.clone()),
        issuers: step.map_or_else(Vec::new, |step| issuers(pack, &step.by)),
        term: of.map(|notice| notice.term),
        posted: posted.on,
        first: window.first,
        last: window.last,
        loose_last: Some(window.loose_last).filter(|loose| *loose != window.last),
        provisional: window.provisional,
        running: Running::on(today, window.last),
        postings: posted.postings.iter().map(|p| (p.place.clone(), p.address.clone())).collect(),
        fields: fields(of, posted),
        photographs: Vec::new(),
        total: Money::sum(amounts),
        table: None,
        objections: objections(plan, None),
        others: plan
            .notices
            .iter()
            .rev()
            .filter(|one| one.number != posted.number)
            .map(|one| (one.number.clone(), one.on))
            .collect(),
        columns,
        items,
        pack: Arc::clone(pack),
    }
}

/// The organisations of a role, or the role itself.
pub(super) fn issuers(pack: &Pack, role: &str) -> Vec<Words> {
    let orgs: Vec<Words> =
        pack.orgs.iter().filter(|org| org.role == role).map(|org| org.name.clone()).collect();
    if orgs.is_empty() {
        pack.roles.get(role).map(|role| role.name.clone()).into_iter().collect()
    } else {
        orgs
    }
}

/// The required content that the rows hold, in the order of the pack.
fn columns(notice: Option<&Notice>, posted: &Posted) -> Vec<NoticeColumn> {
    let content = notice.into_iter().flat_map(|notice| &notice.content);
    content
        .filter(|one| posted.rows.iter().any(|row| row.shown.contains_key(&one.key)))
        .map(|one| NoticeColumn { key: one.key.clone(), name: one.name.clone() })
        .collect()
}

/// What stands around the rows, named as the pack names it, in its order; as the office wrote it, save numbers so long
/// that they are of persons or accounts.
fn fields(notice: Option<&Notice>, posted: &Posted) -> Vec<(NoticeColumn, NoticeCell)> {
    let named = notice.into_iter().flat_map(|notice| &notice.content);
    let known = named.filter_map(|one| {
        let text = posted.fields.get(&one.key).filter(|text| !text.trim().is_empty())?;
        let text = mask_longer(text, WRITTEN_DIGITS_MAX);
        let cell = NoticeCell { text: Words::new(text.clone(), text), money: None };
        Some((NoticeColumn { key: one.key.clone(), name: one.name.clone() }, cell))
    });
    known.collect()
}

fn objections(plan: &Plan, case: Option<CaseId>) -> Vec<ObjectionSaid> {
    let of = plan.objections.values().filter(|one| one.case == case);
    of.map(|one| objection_said(one.on, one.answer.as_ref())).collect()
}

/// An objection without what was said and who said it.
pub(super) fn objection_said(on: Date, answer: Option<&(bool, String, Date)>) -> ObjectionSaid {
    ObjectionSaid { on, answer: answer.map(|(upheld, text, on)| (*upheld, mask_digits(text), *on)) }
}
