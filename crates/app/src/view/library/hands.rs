//! Whose hands a project went through: who declared, checked, decided, verified and used, by name, body and day, from the acts
//! themselves. A person who left keeps the name, role and body that the act was done with.

use crate::command::Failure;
use crate::view::desk::Names;
use crate::view::role_name;
use domain::case::{Case, Meta};
use domain::trail::Trail;
use kernel::Date;
use policy::pack::{Pack, Words};
use policy::procedure::{Act, Step};

/// For what somebody answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Duty {
    /// Declared it.
    Declared,
    /// Checked it.
    Checked,
    /// Decided on it.
    Decided,
    /// Verified what came of it.
    Verified,
    /// Carried it out and used the money.
    Used,
}

impl Duty {
    /// What an act makes somebody answer for.
    pub fn of(act: Act) -> Duty {
        match act {
            Act::Declare | Act::Change | Act::Propose => Duty::Declared,
            Act::Decide | Act::Deliberate | Act::Plan | Act::Issue | Act::Open | Act::Appoint => {
                Duty::Decided
            }
            Act::Inspect | Act::Complete | Act::Evaluate | Act::Close => Duty::Verified,
            Act::Start | Act::Report | Act::HandOver | Act::Claim | Act::Pay | Act::Sign | Act::Rectify => {
                Duty::Used
            }
            _ => Duty::Checked,
        }
    }
}

/// One act of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hand {
    /// For what.
    pub duty: Duty,
    /// The act of the step.
    pub act: Act,
    /// The step.
    pub step: Words,
    /// Its article.
    pub cite: String,
    /// The outcome's name; empty for steps that simply pass.
    pub outcome: Words,
    /// The person's name.
    pub person: String,
    /// The body's name.
    pub org: String,
    /// The role.
    pub role: Words,
    /// The day.
    pub on: Date,
    /// The opinion.
    pub opinion: String,
    /// The number of the paper issued.
    pub document: String,
    /// The number of what it was done on.
    pub of: String,
    /// A later return undid it.
    pub void: bool,
}

/// The hands that a case went through, oldest first.
pub(super) fn of_case(names: &mut Names<'_>, pack: &Pack, case: &Case) -> Result<Vec<Hand>, Failure> {
    let mut hands = Vec::new();
    for done in &case.trail {
        let Some(step) = pack.steps.get(&done.step) else { continue };
        let outcome = done.outcome.as_ref().and_then(|id| step.outcome(id));
        let own = Hand {
            outcome: outcome.map(|outcome| outcome.name.clone()).unwrap_or_default(),
            opinion: done.opinion.clone(),
            document: done.document.clone().unwrap_or_default(),
            void: done.void,
            ..hand(names, pack, step, (&done.meta, done.on, &case.number))?
        };
        for signed in &done.signed {
            let before = hand(names, pack, step, (&signed.meta, signed.on, &case.number))?;
            hands.push(Hand { opinion: signed.opinion.clone(), void: done.void, ..before });
        }
        hands.push(own);
    }
    Ok(hands)
}

/// The hands that a claim went through.
pub(super) fn of_trail(
    names: &mut Names<'_>,
    pack: &Pack,
    (trail, number): (&Trail, &str),
) -> Result<Vec<Hand>, Failure> {
    let mut hands = Vec::new();
    for done in &trail.0 {
        let Some(step) = pack.steps.get(&done.step) else { continue };
        hands.push(Hand {
            outcome: step.outcome(&done.outcome).map(|outcome| outcome.name.clone()).unwrap_or_default(),
            opinion: done.opinion.clone(),
            document: done.document.clone().unwrap_or_default(),
            void: done.void,
            ..hand(names, pack, step, (&done.meta, done.on, number))?
        });
    }
    Ok(hands)
}

fn hand(
    names: &mut Names<'_>,
    pack: &Pack,
    step: &Step,
    (meta, on, of): (&Meta, Date, &str),
) -> Result<Hand, Failure> {
    let (zh, en) = role_name(pack, meta.role.as_deref().unwrap_or(&step.by));
    Ok(Hand {
        duty: Duty::of(step.act),
        act: step.act,
        step: step.name.clone(),
        cite: step.cite.to_string(),
        outcome: Words::default(),
        person: names.hands(meta.hands())?,
        org: names.org(meta.org)?,
        role: Words::new(zh, en),
        on,
        opinion: String::new(),
        document: String::new(),
        of: of.to_owned(),
        void: false,
    })
}
