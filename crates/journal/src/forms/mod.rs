//! How each domain event is stored: one kind, one versioned form, one line of JSON.
//!
//! Core types are not `Serialize`. Each event has a stored form of its own here, per slice one file: money is whole fen,
//! a ratio is `[numerator, denominator]`, a day is ISO, a region is its code, an id is an integer, a paper is the hash of
//! its bytes in hexadecimal. Keys keep the order of the form, maps are sorted, what is empty and optional is left out. So
//! equal events have equal bytes. This module knows nothing of envelopes, hashes or streams.
//!
//! # When an event changes
//!
//! A journal must be readable in twenty years, so a form that was ever written is never edited:
//!
//! 1. Write a new struct beside the old one (`PaidV2` beside `PaidV1`) and give the event's row in `events!` the form 2.
//! 2. Keep the old struct as it is with `shape!`, write `impl From<PaidV1> for PaidV2`, and add the row
//!    `"case.paid" 1 PaidV1 => PaidV2;` under `earlier:`. Forms before that go the same way, one step at a time.
//! 3. Stored acts stay as they are; they are upcast each time they are read. A kind is never renamed and never used again.
//! 4. Add the new form's line to `tests/forms_v1.txt`. The old line stays as it is and must still read.

#[macro_use]
mod macros;
mod allocation;
mod batch;
mod case;
mod claim;
mod consent;
mod error;
mod identity;
mod money;
mod plan;
mod project;
mod report;
mod roster;
#[cfg(test)]
mod samples;
mod source;
#[cfg(test)]
mod tests;
mod wire;
mod year;

use domain::Event;
use serde::Serialize;

pub use error::FormError;

/// An event as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// The stable name of the kind: `case.opened`.
    pub kind: &'static str,
    /// The version of the form of this kind.
    pub form: u32,
    /// One JSON object on one line.
    pub body: String,
}

/// A kind of stored event, for references and timelines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// The stable name: `case.opened`.
    pub kind: &'static str,
    /// The form that is written now.
    pub form: u32,
    /// What happened, in Chinese.
    pub zh: &'static str,
    /// What happened, in English.
    pub en: &'static str,
}

/// All kinds, slice by slice in the order of the references.
pub fn kinds() -> impl Iterator<Item = &'static Kind> {
    let first = [identity::KINDS, year::KINDS, case::KINDS, plan::KINDS, report::KINDS];
    let money =
        [source::KINDS, project::KINDS, allocation::KINDS, claim::KINDS, batch::KINDS, consent::KINDS];
    first.into_iter().chain(money).chain([roster::KINDS]).flatten()
}

/// The kind of this name.
pub fn kind(name: &str) -> Option<&'static Kind> {
    kinds().find(|known| known.kind == name)
}

/// Writes an event in the newest form of its kind.
pub fn encode(event: &Event) -> Stored {
    match event {
        Event::Identity(event) => identity::encode(event),
        Event::Year(event) => year::encode(event),
        Event::Case(event) => case::encode(event),
        Event::Plan(event) => plan::encode(event),
        Event::Report(event) => report::encode(event),
        Event::Source(event) => source::encode(event),
        Event::Project(event) => project::encode(event),
        Event::Allocation(event) => allocation::encode(event),
        Event::Claim(event) => claim::encode(event),
        Event::Batch(event) => batch::encode(event),
        Event::Consent(event) => consent::encode(event),
        Event::Roster(event) => roster::encode(event),
    }
}

/// Reads a stored event of any form that was ever written.
pub fn decode(kind: &str, form: u32, body: &str) -> Result<Event, FormError> {
    identity::decode(kind, form, body)
        .or_else(|| year::decode(kind, form, body))
        .or_else(|| case::decode(kind, form, body))
        .or_else(|| plan::decode(kind, form, body))
        .or_else(|| report::decode(kind, form, body))
        .or_else(|| source::decode(kind, form, body))
        .or_else(|| project::decode(kind, form, body))
        .or_else(|| allocation::decode(kind, form, body))
        .or_else(|| claim::decode(kind, form, body))
        .or_else(|| batch::decode(kind, form, body))
        .or_else(|| consent::decode(kind, form, body))
        .or_else(|| roster::decode(kind, form, body))
        .unwrap_or_else(|| Err(unknown(kind, form)))
}

fn unknown(name: &str, form: u32) -> FormError {
    match kind(name) {
        Some(known) => FormError::UnknownForm { kind: known.kind, form, newest: known.form },
        None => FormError::UnknownKind { kind: name.to_owned() },
    }
}

/// Serialises a form. Structs with text keys and integers cannot fail to become JSON; were it ever otherwise, the empty
/// body is no JSON and the envelope refuses to store it.
fn write(kind: &'static str, form: u32, body: &impl Serialize) -> Stored {
    Stored { kind, form, body: serde_json::to_string(body).unwrap_or_default() }
}
