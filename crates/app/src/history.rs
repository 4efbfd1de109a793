//! States folded from stored acts.

use crate::ports::Fault;
use crate::time::day_of;
use domain::allocation::Allocation;
use domain::batch::Batch;
use domain::case::{Case, Meta};
use domain::claim::Claim;
use domain::consent::Consent;
use domain::identity::{Org, Person};
use domain::plan::Plan;
use domain::project::Project;
use domain::report::Report;
use domain::roster::Roster;
use domain::source::Source;
use domain::year::Year;
use domain::{Event, Stream};
use journal::ActEnvelope;
use std::sync::Arc;

/// The event of an act.
pub fn event(act: &ActEnvelope) -> Result<Event, Fault> {
    journal::forms::decode(&act.kind, act.form, &act.body)
        .map_err(|e| Fault::lasting(format!("act {} ({}) cannot be read: {e}", act.seq, act.kind)))
}

/// Who and when, from the envelope.
pub fn meta(act: &ActEnvelope) -> Meta {
    Meta {
        on: day_of(act.at),
        at: act.at,
        person: act.actor,
        behalf: act.behalf,
        org: act.org,
        role: act.role.clone(),
    }
}

macro_rules! folds {
    ($($(#[$doc:meta])* $name:ident: $state:ty, $slice:ident, |$before:ident, $event:ident, $meta:ident| $apply:expr;)*) => {$(
        $(#[$doc])*
        pub fn $name(acts: &[ActEnvelope]) -> Result<Option<$state>, Fault> {
            let mut state: Option<$state> = None;
            for act in acts {
                if let Event::$slice($event) = event(act)? {
                    let $before = state;
                    let $meta = &meta(act);
                    state = $apply;
                }
            }
            Ok(state)
        }
    )*};
}

folds! {
    /// An organisation.
    org: Org, Identity, |before, event, _meta| Org::apply(before, &event);
    /// A person.
    person: Person, Identity, |before, event, _meta| Person::apply(before, &event);
    /// A year.
    year: Year, Year, |before, event, _meta| Year::apply(before, &event);
    /// A case.
    case: Case, Case, |before, event, meta| Case::apply(before, event, meta);
    /// A plan.
    plan: Plan, Plan, |before, event, meta| Plan::apply(before, &event, meta);
    /// The reports of a period.
    report: Report, Report, |before, event, meta| Report::apply(before, &event, meta);
    /// A source of a booked fund.
    source: Source, Source, |before, event, meta| Source::apply(before, &event, meta);
    /// A project.
    project: Project, Project, |before, event, meta| Project::apply(before, &event, meta);
    /// An allocation plan.
    allocation: Allocation, Allocation, |before, event, meta| Allocation::apply(before, &event, meta);
    /// A claim.
    claim: Claim, Claim, |before, event, meta| Claim::apply(before, &event, meta);
    /// A payment batch.
    batch: Batch, Batch, |before, event, meta| Batch::apply(before, &event, meta);
    /// The papers on file of a place or a unit.
    consent: Consent, Consent, |before, event, meta| Consent::apply(before, &event, meta);
    /// A list of people of a region.
    roster: Roster, Roster, |before, event, meta| Roster::apply(before, &event, meta);
}

/// Any state, by the stream it belongs to; shared, because many commands read what one changes.
#[derive(Debug, Clone)]
pub enum State {
    /// An organisation.
    Org(Option<Arc<Org>>),
    /// A person.
    Person(Option<Arc<Person>>),
    /// A year.
    Year(Option<Arc<Year>>),
    /// A case.
    Case(Option<Arc<Case>>),
    /// A plan.
    Plan(Option<Arc<Plan>>),
    /// Reports.
    Report(Option<Arc<Report>>),
    /// A source.
    Source(Option<Arc<Source>>),
    /// A project.
    Project(Option<Arc<Project>>),
    /// An allocation plan.
    Allocation(Option<Arc<Allocation>>),
    /// A claim.
    Claim(Option<Arc<Claim>>),
    /// A payment batch.
    Batch(Option<Arc<Batch>>),
    /// Papers of a place or a unit.
    Consent(Option<Arc<Consent>>),
    /// A list of people of a region.
    Roster(Option<Arc<Roster>>),
}

impl State {
    /// Folds a whole stream.
    pub fn of(stream: &Stream, acts: &[ActEnvelope]) -> Result<State, Fault> {
        Ok(match stream {
            Stream::Org(_) => State::Org(org(acts)?.map(Arc::new)),
            Stream::Person(_) => State::Person(person(acts)?.map(Arc::new)),
            Stream::Year(..) => State::Year(year(acts)?.map(Arc::new)),
            Stream::Case(_) => State::Case(case(acts)?.map(Arc::new)),
            Stream::Plan(_) => State::Plan(plan(acts)?.map(Arc::new)),
            Stream::Report(..) => State::Report(report(acts)?.map(Arc::new)),
            Stream::Source(_) => State::Source(source(acts)?.map(Arc::new)),
            Stream::Project(_) => State::Project(project(acts)?.map(Arc::new)),
            Stream::Allocation(_) => State::Allocation(allocation(acts)?.map(Arc::new)),
            Stream::Claim(_) => State::Claim(claim(acts)?.map(Arc::new)),
            Stream::Batch(_) => State::Batch(batch(acts)?.map(Arc::new)),
            Stream::Consent(..) => State::Consent(consent(acts)?.map(Arc::new)),
            Stream::Roster(..) => State::Roster(roster(acts)?.map(Arc::new)),
        })
    }

    /// Folds one more event. What nobody else holds is changed in place.
    #[must_use]
    pub fn then(self, event: Event, meta: &Meta) -> State {
        fn next<T: Clone>(
            state: Option<Arc<T>>,
            apply: impl FnOnce(Option<T>) -> Option<T>,
        ) -> Option<Arc<T>> {
            apply(state.map(Arc::unwrap_or_clone)).map(Arc::new)
        }
        match (self, event) {
            (State::Org(s), Event::Identity(e)) => State::Org(next(s, |s| Org::apply(s, &e))),
            (State::Person(s), Event::Identity(e)) => State::Person(next(s, |s| Person::apply(s, &e))),
            (State::Year(s), Event::Year(e)) => State::Year(next(s, |s| Year::apply(s, &e))),
            (State::Case(s), Event::Case(e)) => State::Case(next(s, |s| Case::apply(s, e, meta))),
            (State::Plan(s), Event::Plan(e)) => State::Plan(next(s, |s| Plan::apply(s, &e, meta))),
            (State::Report(s), Event::Report(e)) => State::Report(next(s, |s| Report::apply(s, &e, meta))),
            (State::Source(s), Event::Source(e)) => State::Source(next(s, |s| Source::apply(s, &e, meta))),
            (State::Project(s), Event::Project(e)) => {
                State::Project(next(s, |s| Project::apply(s, &e, meta)))
            }
            (State::Allocation(s), Event::Allocation(e)) => {
                State::Allocation(next(s, |s| Allocation::apply(s, &e, meta)))
            }
            (State::Claim(s), Event::Claim(e)) => State::Claim(next(s, |s| Claim::apply(s, &e, meta))),
            (State::Batch(s), Event::Batch(e)) => State::Batch(next(s, |s| Batch::apply(s, &e, meta))),
            (State::Consent(s), Event::Consent(e)) => {
                State::Consent(next(s, |s| Consent::apply(s, &e, meta)))
            }
            (State::Roster(s), Event::Roster(e)) => State::Roster(next(s, |s| Roster::apply(s, &e, meta))),
            (state, _) => state,
        }
    }
}
