//! The list of public notices: those that run before those that have ended, by year and region, page by page. It reads rows; only
//! of a running notice of a case it asks the case whether it was taken down.

use super::notices::Running;
use super::notices_mask::mask_digits;
use super::qualify_words::place_name;
use crate::command::Failure;
use crate::rows::{NoticeFilter, NoticeOf, NoticeRow};
use crate::writer::App;
use kernel::region::{Gazetteer, RegionCode};
use std::collections::BTreeSet;

/// How many notices a page lists.
const PAGE: usize = 50;
/// How many a page of a file reads.
const FILE_PAGE: usize = 500;
/// The most notices that a file holds.
pub const NOTICES_MAX: usize = 20_000;
/// How a cursor into the ended ones begins; one into the running ones begins with [`RUNNING`].
const ENDED: &str = "e.";
/// How a cursor into the running ones begins.
const RUNNING: &str = "r.";

/// What is asked of the list, as it came from the address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NoticeQuery {
    /// Of this year.
    pub year: Option<i16>,
    /// In this region.
    pub place: Option<RegionCode>,
    /// Behind this line: the [`NoticeList::next`] of the page before.
    pub after: Option<String>,
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
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NoticeList {
    /// Those that take objections, the one that ends first above.
    pub open: Vec<NoticeLine>,
    /// Those that do not, newest first.
    pub ended: Vec<NoticeLine>,
    /// The years that can be chosen, newest first.
    pub years: Vec<i16>,
    /// The regions that can be chosen, each with those above it: code and full name, by code.
    pub places: Vec<(RegionCode, String)>,
    /// What was asked.
    pub query: NoticeQuery,
    /// Continues the list.
    pub next: Option<String>,
}

impl App {
    /// A page of the notices of the book.
    pub fn notices(&self, query: &NoticeQuery) -> Result<NoticeList, Failure> {
        let facets = self.reads.notice_facets(&self.pack()?.id)?;
        let years: BTreeSet<i16> = facets.iter().map(|(year, _)| *year).filter(|year| *year > 0).collect();
        let mut places: BTreeSet<RegionCode> = facets.iter().filter_map(|(_, place)| *place).collect();
        let above = places.iter().flat_map(|place| {
            std::iter::successors(Gazetteer::get().parent(*place), |code| Gazetteer::get().parent(*code))
        });
        places.extend(above.collect::<Vec<_>>());
        let (lines, next) = self.notice_lines(query, PAGE)?;
        let (mut open, ended): (Vec<_>, Vec<_>) = lines.into_iter().partition(|line| line.running.is_open());
        open.sort_by_key(|line| line.row.last);
        Ok(NoticeList {
            open,
            ended,
            years: years.into_iter().rev().collect(),
            places: places.into_iter().map(|code| (code, place_name(code))).collect(),
            query: query.clone(),
            next,
        })
    }

    /// A page of lines for a file, and the cursor behind it.
    pub fn notices_of_file(&self, query: &NoticeQuery) -> Result<(Vec<NoticeLine>, Option<String>), Failure> {
        self.notice_lines(query, FILE_PAGE)
    }

    /// So many lines: what is left of the running ones, then ended ones, each newest first.
    fn notice_lines(
        &self,
        query: &NoticeQuery,
        limit: usize,
    ) -> Result<(Vec<NoticeLine>, Option<String>), Failure> {
        let (pack, today) = (self.pack()?.id.clone(), self.today());
        let of = |running: bool, after: Option<String>, limit| NoticeFilter {
            pack: Some(pack.clone()),
            year: query.year,
            place: query.place,
            running: running.then_some(today),
            ended: (!running).then_some(today),
            after,
            limit,
        };
        let behind = |key: &str| Some(key.to_owned()).filter(|key| !key.is_empty());
        let after = query.after.as_deref().unwrap_or(RUNNING);
        let (mut rows, mut next) = (Vec::new(), None);
        let behind_ended = match after.strip_prefix(ENDED) {
            Some(key) => behind(key),
            None => {
                let key = after.strip_prefix(RUNNING).unwrap_or(after);
                let page = self.reads.notices(&of(true, behind(key), limit))?;
                next = page.next.map(|key| format!("{RUNNING}{key}"));
                rows = page.rows;
                None
            }
        };
        if next.is_none() {
            let left = limit.saturating_sub(rows.len());
            // With no room left, one row is asked for all the same: whether there is a next page.
            let page = self.reads.notices(&of(false, behind_ended, left.max(1)))?;
            if left == 0 {
                next = page.rows.first().map(|_| ENDED.to_owned());
            } else {
                next = page.next.map(|key| format!("{ENDED}{key}"));
                rows.extend(page.rows);
            }
        }
        let lines = rows.into_iter().map(|row| self.notice_line(row)).collect::<Result<_, _>>()?;
        Ok((lines, next))
    }

    /// A line with how it stands today.
    pub(super) fn notice_line(&self, row: NoticeRow) -> Result<NoticeLine, Failure> {
        let mut running = Running::on(self.today(), row.last);
        if let (Running::Open(_), NoticeOf::Case(case)) = (running, row.about)
            && let Some(case) = self.public_case(case)?
            && let Some(shown) = case.notices.iter().find(|shown| shown.number == row.number)
        {
            running = super::notices_case::running(&case, shown, self.today());
        }
        Ok(NoticeLine { row: NoticeRow { title: mask_digits(&row.title), ..row }, running })
    }
}
