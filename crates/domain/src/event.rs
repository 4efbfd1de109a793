//! The union of all events, and the stream each belongs to.

use crate::{allocation, batch, case, claim, consent, identity, plan, project, report, roster, source, year};
use kernel::id::{AllocationId, BatchId, CaseId, ClaimId, OrgId, PersonId, PlanId, ProjectId, SourceId};
use kernel::region::RegionCode;

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
    /// One source of a booked fund.
    Source(SourceId),
    /// One project.
    Project(ProjectId),
    /// One allocation plan.
    Allocation(AllocationId),
    /// One claim.
    Claim(ClaimId),
    /// One payment batch.
    Batch(BatchId),
    /// The papers of one place or unit under one pack.
    Consent(String, String),
    /// A list of people of one region: pack, list, region.
    Roster(String, String, RegionCode),
}

impl Stream {
    /// The name under which the stream is stored: `case:12`, `year:tianjin:2019`, `consent:jizhou:120119-3`.
    pub fn key(&self) -> String {
        match self {
            Stream::Org(id) => format!("org:{id}"),
            Stream::Person(id) => format!("person:{id}"),
            Stream::Year(pack, year) => format!("year:{pack}:{year}"),
            Stream::Case(id) => format!("case:{id}"),
            Stream::Plan(id) => format!("plan:{id}"),
            Stream::Report(step, org, period) => format!("report:{step}:{org}:{period}"),
            Stream::Source(id) => format!("source:{id}"),
            Stream::Project(id) => format!("project:{id}"),
            Stream::Allocation(id) => format!("allocation:{id}"),
            Stream::Claim(id) => format!("claim:{id}"),
            Stream::Batch(id) => format!("batch:{id}"),
            Stream::Consent(pack, place) => format!("consent:{pack}:{place}"),
            Stream::Roster(pack, roster, place) => format!("roster:{pack}:{roster}:{place}"),
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
    /// A source of a booked fund.
    Source(source::Event),
    /// A project.
    Project(project::Event),
    /// An allocation plan.
    Allocation(allocation::Event),
    /// A claim.
    Claim(claim::Event),
    /// A payment batch.
    Batch(batch::Event),
    /// Papers of a place or a unit.
    Consent(consent::Event),
    /// A list of people of a region.
    Roster(roster::Event),
}

/// What a decision that touches several streams answers, in the order in which it is appended.
pub type Streamed = (Stream, Event);

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
into_event!(
    identity => Identity, year => Year, case => Case, plan => Plan, report => Report, source => Source,
    project => Project, allocation => Allocation, claim => Claim, batch => Batch, consent => Consent,
    roster => Roster
);
