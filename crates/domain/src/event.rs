//! The union of all events, and the stream each belongs to.

use crate::{case, identity, plan, report, year};
use kernel::id::{CaseId, OrgId, PersonId, PlanId};

/// An ordered history that one state is folded from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stream {
    /// One organisation.
    Org(OrgId),
    /// One person.
    Person(PersonId),
    /// One year of one pack's fund.
    Year(String, i16),
    /// One case: a pre-declaration or an application.
    Case(CaseId),
    /// One plan: many cases decided together.
    Plan(PlanId),
    /// The reports of one body for one period: step, organisation, period.
    Report(String, OrgId, String),
}

impl Stream {
    /// The name under which the stream is stored: `case:12`, `year:tianjin:2019`.
    pub fn key(&self) -> String {
        match self {
            Stream::Org(id) => format!("org:{id}"),
            Stream::Person(id) => format!("person:{id}"),
            Stream::Year(pack, year) => format!("year:{pack}:{year}"),
            Stream::Case(id) => format!("case:{id}"),
            Stream::Plan(id) => format!("plan:{id}"),
            Stream::Report(step, org, period) => format!("report:{step}:{org}:{period}"),
        }
    }
}

/// Anything that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// People and organisations.
    Identity(identity::Event),
    /// A year of the fund.
    Year(year::Event),
    /// One case.
    Case(case::Event),
    /// One plan.
    Plan(plan::Event),
    /// A recurring report.
    Report(report::Event),
}

/// An event with the stream it is appended to and the article it stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    /// Where it goes.
    pub stream: Stream,
    /// The article, as printed (`第十一条`), or empty where no article governs (house-keeping).
    pub article: String,
    /// What happened.
    pub event: Event,
}

macro_rules! into_event {
    ($($slice:ident => $variant:ident),*) => {$(
        impl From<$slice::Event> for Event {
            fn from(event: $slice::Event) -> Self { Event::$variant(event) }
        }
    )*};
}
into_event!(identity => Identity, year => Year, case => Case, plan => Plan, report => Report);
