//! The last word against a case: who sent it back or turned it down, at which step, when and why. It stands until what it undid is done
//! again.

use super::next::role_words;
use crate::command::Failure;
use crate::view::desk::Names;
use crate::writer::App;
use domain::case::{Case, Done, OutcomeKind};
use kernel::Date;
use policy::pack::{Pack, Words};

/// A return or a refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentBack {
    /// The step at which it was said.
    pub step: Words,
    /// The outcome's name.
    pub outcome: Words,
    /// It ended the case.
    pub ends: bool,
    /// The reason as written.
    pub why: String,
    /// Who said it.
    pub person: String,
    /// Of which organisation.
    pub org: String,
    /// In which role.
    pub role: Words,
    /// When.
    pub on: Date,
}

impl App {
    /// The last return or refusal of a case that still counts.
    pub(in crate::view) fn sent_back(&self, pack: &Pack, case: &Case) -> Result<Option<SentBack>, Failure> {
        let Some(done) = standing(case) else { return Ok(None) };
        let mut names = Names::of(self);
        let step = pack.steps.get(&done.step);
        let outcome =
            step.and_then(|step| step.outcomes.iter().find(|o| Some(&o.id) == done.outcome.as_ref()));
        Ok(Some(SentBack {
            step: step.map(|step| step.name.clone()).unwrap_or_default(),
            outcome: outcome.map(|outcome| outcome.name.clone()).unwrap_or_default(),
            ends: done.kind == OutcomeKind::End,
            why: done.opinion.clone(),
            person: names.hands(done.meta.hands())?,
            org: names.org(done.meta.org)?,
            role: done.meta.role.as_deref().map(|role| role_words(pack, role)).unwrap_or_default(),
            on: done.meta.on,
        }))
    }
}

/// The last act that returned or ended the case, while nothing that it undid was done again.
fn standing(case: &Case) -> Option<&Done> {
    let against = |done: &Done| matches!(done.kind, OutcomeKind::Return | OutcomeKind::End);
    let at = case.trail.iter().rposition(against)?;
    let (before, after) = case.trail.split_at(at + 1);
    let undid = |again: &Done| before.iter().any(|done| done.void && done.step == again.step);
    (!after.iter().any(undid)).then_some(&case.trail[at])
}
