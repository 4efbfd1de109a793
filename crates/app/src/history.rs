//! States folded from stored acts.

use crate::ports::Fault;
use crate::time::day_of;
use domain::case::{Case, Meta};
use domain::identity::{Org, Person};
use domain::plan::Plan;
use domain::report::Report;
use domain::year::Year;
use domain::{Event, Stream};
use journal::ActEnvelope;

/// The event of an act.
pub fn event(act: &ActEnvelope) -> Result<Event, Fault> {
    journal::forms::decode(&act.kind, act.form, &act.body)
        .map_err(|e| Fault::lasting(format!("act {} ({}) cannot be read: {e}", act.seq, act.kind)))
}

/// Who and when, from the envelope.
pub fn meta(act: &ActEnvelope) -> Meta {
    Meta { on: day_of(act.at), at: act.at, person: act.actor, org: act.org, role: act.role.clone() }
}

macro_rules! folds {
    ($($(#[$doc:meta])* $name:ident: $state:ty, $slice:ident, |$before:ident, $event:ident, $meta:ident| $apply:expr;)*) => {$(
        $(#[$doc])*
        pub fn $name(acts: &[ActEnvelope]) -> Result<Option<$state>, Fault> {
            let mut state: Option<$state> = None;
            for act in acts {
                if let Event::$slice($event) = &event(act)? {
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
    org: Org, Identity, |before, event, _meta| Org::apply(before, event);
    /// A person.
    person: Person, Identity, |before, event, _meta| Person::apply(before, event);
    /// A year.
    year: Year, Year, |before, event, _meta| Year::apply(before, event);
    /// A case.
    case: Case, Case, |before, event, meta| Case::apply(before, event, meta);
    /// A plan.
    plan: Plan, Plan, |before, event, meta| Plan::apply(before, event, meta);
    /// The reports of a period.
    report: Report, Report, |before, event, meta| Report::apply(before, event, meta);
}

/// Any state, by the stream it belongs to.
#[expect(clippy::large_enum_variant, reason = "a state is folded once and kept behind an Arc")]
#[derive(Debug, Clone)]
pub enum State {
    /// An organisation.
    Org(Option<Org>),
    /// A person.
    Person(Option<Person>),
    /// A year.
    Year(Option<Year>),
    /// A case.
    Case(Option<Case>),
    /// A plan.
    Plan(Option<Plan>),
    /// Reports.
    Report(Option<Report>),
}

impl State {
    /// Folds a whole stream.
    pub fn of(stream: &Stream, acts: &[ActEnvelope]) -> Result<State, Fault> {
        Ok(match stream {
            Stream::Org(_) => State::Org(org(acts)?),
            Stream::Person(_) => State::Person(person(acts)?),
            Stream::Year(..) => State::Year(year(acts)?),
            Stream::Case(_) => State::Case(case(acts)?),
            Stream::Plan(_) => State::Plan(plan(acts)?),
            Stream::Report(..) => State::Report(report(acts)?),
        })
    }

    /// Folds one more event.
    #[must_use]
    pub fn then(self, event: &Event, meta: &Meta) -> State {
        match (self, event) {
            (State::Org(s), Event::Identity(e)) => State::Org(Org::apply(s, e)),
            (State::Person(s), Event::Identity(e)) => State::Person(Person::apply(s, e)),
            (State::Year(s), Event::Year(e)) => State::Year(Year::apply(s, e)),
            (State::Case(s), Event::Case(e)) => State::Case(Case::apply(s, e, meta)),
            (State::Plan(s), Event::Plan(e)) => State::Plan(Plan::apply(s, e, meta)),
            (State::Report(s), Event::Report(e)) => State::Report(Report::apply(s, e, meta)),
            (state, _) => state,
        }
    }
}
