//! Public notices as anybody may read them: the list, one notice with its items, and how objections stand. Personal numbers are
//! masked, whatever form or answer they stand in; who objected is never shown.

use super::notices_mask::{mask_digits, shown_cell};
use crate::command::Failure;
use crate::history;
use crate::ports::Fault;
use crate::rows::{NoticeFilter, NoticeRow};
use crate::writer::App;
use domain::Stream;
use domain::plan::{Plan, Posted};
use kernel::calendar::{Calendar, WorkdayCount};
use kernel::id::{CaseId, PlanId};
use kernel::money::Money;
use kernel::{Date, term::Term};
use policy::pack::{Cite, Notice, Pack, Words};
use std::sync::Arc;

/// How many notices a page lists.
const PAGE: usize = 50;

/// How a notice stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Running {
    /// It runs: so many working days are left after today.
    Open(WorkdayCount),
    /// It has ended.
    Ended,
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

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeLine {
    /// The notice.
    pub row: NoticeRow,
    /// How it stands.
    pub running: Running,
}

/// The list of notices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeList {
    /// Those that take objections, the one that ends first above.
    pub open: Vec<NoticeLine>,
    /// Those that have ended, newest first.
    pub ended: Vec<NoticeLine>,
    /// The years that can be chosen, newest first.
    pub years: Vec<i16>,
    /// The year chosen.
    pub year: Option<i16>,
    /// Continues the list.
    pub next: Option<String>,
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
    /// The pack of its plan.
    pub pack: Arc<Pack>,
    /// The plan.
    pub plan: PlanId,
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
    /// What stands around the table: name and text.
    pub fields: Vec<(Words, String)>,
    /// Columns.
    pub columns: Vec<NoticeColumn>,
    /// Rows.
    pub items: Vec<NoticeItem>,
    /// The sum of the amounts.
    pub total: Option<Money>,
    /// Objections to the notice as a whole.
    pub objections: Vec<ObjectionSaid>,
    /// Other notices of the same plan, newest first: number and day.
    pub others: Vec<(String, Date)>,
}

impl App {
    /// The notices of the book, of one year or of all.
    pub fn notices(&self, year: Option<i16>, after: Option<String>) -> Result<NoticeList, Failure> {
        let pack = self.pack()?;
        let today = self.today();
        let filter = NoticeFilter { pack: Some(pack.id.clone()), year, place: None, after, limit: PAGE };
        let page = self.reads.notices(&filter)?;
        let mut years: Vec<i16> = self.reads.years(&pack.id)?.into_iter().map(|row| row.year).collect();
        years.sort_unstable_by(|a, b| b.cmp(a));
        years.dedup();
        let lines =
            page.rows.into_iter().map(|row| NoticeLine { running: Running::on(today, row.last), row });
        let (mut open, ended): (Vec<_>, Vec<_>) = lines.partition(|line| line.running.is_open());
        open.sort_by_key(|line| line.row.last);
        Ok(NoticeList { open, ended, years, year, next: page.next })
    }

    /// The notice of a plan: the newest, or the one of this number. `None` when nothing was posted.
    pub fn notice(&self, plan: PlanId, number: Option<&str>) -> Result<Option<NoticePage>, Failure> {
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
        plan: plan.id,
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
        total: Money::sum(amounts),
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
fn issuers(pack: &Pack, role: &str) -> Vec<Words> {
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

/// What stands around the rows, named as the pack names it, in its order; the rest after it.
fn fields(notice: Option<&Notice>, posted: &Posted) -> Vec<(Words, String)> {
    let named = notice.into_iter().flat_map(|notice| &notice.content);
    let known = named.filter_map(|one| Some((one.name.clone(), posted.fields.get(&one.key)?.clone())));
    known.filter(|(_, text)| !text.trim().is_empty()).collect()
}

fn objections(plan: &Plan, case: Option<CaseId>) -> Vec<ObjectionSaid> {
    let of = plan.objections.values().filter(|one| one.case == case);
    of.map(|one| ObjectionSaid {
        on: one.on,
        answer: one.answer.as_ref().map(|(upheld, text, on)| (*upheld, mask_digits(text), *on)),
    })
    .collect()
}
