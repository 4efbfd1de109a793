//! Rows of public notices and of what was said to them.

use kernel::id::{CaseId, ObjectionId, PlanId};
use kernel::region::RegionCode;
use kernel::{Date, Money};

/// What a notice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoticeOf {
    /// A plan.
    Plan(PlanId),
    /// One case.
    Case(CaseId),
}

impl NoticeOf {
    /// As it is stored: `plan:3`, `case:12`.
    pub fn key(self) -> String {
        match self {
            NoticeOf::Plan(id) => format!("plan:{id}"),
            NoticeOf::Case(id) => format!("case:{id}"),
        }
    }

    /// Reads [`NoticeOf::key`].
    pub fn parse(key: &str) -> Option<NoticeOf> {
        let (kind, id) = key.split_once(':')?;
        match kind {
            "plan" => id.parse().ok().map(NoticeOf::Plan),
            "case" => id.parse().ok().map(NoticeOf::Case),
            _ => None,
        }
    }

    /// The plan, if it is one.
    pub fn plan(self) -> Option<PlanId> {
        match self {
            NoticeOf::Plan(id) => Some(id),
            NoticeOf::Case(_) => None,
        }
    }
}

/// A public notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeRow {
    /// What it is about.
    pub about: NoticeOf,
    /// Number.
    pub number: String,
    /// Title.
    pub title: String,
    /// The pack.
    pub pack: String,
    /// The year.
    pub year: i16,
    /// Posted on.
    pub posted: Date,
    /// First day that counts.
    pub first: Date,
    /// Last day.
    pub last: Date,
    /// How many items.
    pub items: i64,
    /// Sum.
    pub total: Money,
    /// The place it concerns; none when it concerns the whole fund.
    pub place: Option<RegionCode>,
}

/// Filter of notices.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NoticeFilter {
    /// Pack.
    pub pack: Option<String>,
    /// Year.
    pub year: Option<i16>,
    /// In this region.
    pub place: Option<RegionCode>,
    /// Whose last day is this one or later.
    pub running: Option<Date>,
    /// Whose last day is before this one.
    pub ended: Option<Date>,
    /// Continue after.
    pub after: Option<String>,
    /// At most.
    pub limit: usize,
}

/// An objection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectionRow {
    /// Id.
    pub objection: ObjectionId,
    /// What the notice is about.
    pub about: NoticeOf,
    /// Receipt.
    pub receipt: String,
    /// Case.
    pub case: Option<CaseId>,
    /// What was said.
    pub text: String,
    /// When.
    pub on: Date,
    /// Answered on.
    pub answered: Option<Date>,
    /// Upheld.
    pub upheld: Option<bool>,
    /// The answer.
    pub answer: String,
}
