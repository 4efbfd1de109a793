//! The decision of one case: a walk over the arena, then the outcome. Nothing is rendered here.

use super::overrides::{Exceed, Overrides};
use super::resolve::resolved_at;
use super::{CaseFacts, NotInForce, RuleId, RuleKind, Ruleset};
use crate::lang::node::Op;
use crate::lang::slot::{Slot, Trace};
use crate::lang::{Causes, FactId, Resolved, Values, missing_of, walk};
use kernel::Date;
use kernel::money::Money;
use std::borrow::Cow;

/// The rules of a case read no row.
static NO_ROW: Trace = Trace::none();

/// What comes of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome3 {
    /// All needs are met and the amount is known.
    Grant,
    /// At least one need is not met, whatever else may become known.
    Refuse,
    /// It depends on what is not known yet.
    Pending,
}

/// What came of one rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It holds.
    Met,
    /// It does not hold.
    NotMet,
    /// It cannot be told yet.
    Unknown,
}

impl From<Option<bool>> for Verdict {
    fn from(known: Option<bool>) -> Self {
        match known {
            Some(true) => Self::Met,
            Some(false) => Self::NotMet,
            None => Self::Unknown,
        }
    }
}

/// A decision with the value of every node that led to it. Rendered by [`Ruleset::explain`].
#[derive(Clone, Debug)]
pub struct Decision {
    /// Grant, refuse or pending.
    pub outcome: Outcome3,
    /// The amount; only of a grant, and only where the regulation has one.
    pub amount: Option<Money>,
    /// The day whose values were used.
    pub as_of: Date,
    /// All needs that are not met.
    pub unmet: Vec<RuleId>,
    /// The needs that cannot be told yet.
    pub unknown: Vec<RuleId>,
    /// The facts that were not given and on which something unknown depends: of a pending case, what can still change
    /// the outcome; of a refused one, what the unknown needs lack.
    pub missing: Vec<FactId>,
    /// Why the unknown is unknown, all causes together.
    pub causes: Causes,
    /// The limits in principle that the amount went past.
    pub exceeded: Vec<Exceed>,
    /// The value of each node of the arena.
    pub(super) slots: Trace,
}

/// A ruleset with the parameters of one day: decides many cases of that day.
#[derive(Clone, Debug)]
pub struct At<'a> {
    ruleset: &'a Ruleset,
    as_of: Date,
    params: Cow<'a, Resolved>,
    /// The limits gone past, and the parameters as if none were.
    exceed: Vec<Exceed>,
    within: Option<Resolved>,
}

impl Ruleset {
    /// Decides a case by the values of a day, which must be within the time in force.
    pub fn decide(
        &self,
        case: &CaseFacts,
        as_of: Date,
        overrides: &Overrides,
    ) -> Result<Decision, NotInForce> {
        Ok(self.at(as_of, overrides)?.decide(case))
    }

    /// The ruleset with the parameters of a day.
    pub fn at(&self, as_of: Date, overrides: &Overrides) -> Result<At<'_>, NotInForce> {
        let all: Vec<&Exceed> = overrides.exceeded().iter().collect();
        let params = resolved_at(self, as_of, overrides, &all)?;
        let within =
            if all.is_empty() { None } else { Some(resolved_at(self, as_of, overrides, &[])?.into_owned()) };
        Ok(At { ruleset: self, as_of, params, exceed: overrides.exceeded().to_vec(), within })
    }
}

impl At<'_> {
    /// Decides one case.
    pub fn decide(&self, case: &CaseFacts) -> Decision {
        let mut slots = Trace::with_capacity(self.ruleset.arena.nodes.len());
        self.walk(case, &self.params, &mut slots);
        let mut decision = self.judge(slots);
        if let (Some(within), Some(amount)) = (&self.within, decision.amount) {
            decision.exceeded = self.gone_past(case, within, amount);
        }
        decision
    }

    pub(super) fn params(&self) -> &Resolved {
        &self.params
    }

    pub(super) fn ruleset(&self) -> &Ruleset {
        self.ruleset
    }

    pub(super) fn values<'b>(&'b self, facts: &'b Trace) -> Values<'b> {
        Values { facts, row: &NO_ROW, params: &self.params, round: self.ruleset.span.round }
    }

    fn walk(&self, case: &CaseFacts, params: &Resolved, slots: &mut Trace) {
        walk(&self.ruleset.arena, &Values { params, ..self.values(&case.slots) }, slots);
    }

    fn judge(&self, slots: Trace) -> Decision {
        let (mut unmet, mut unknown) = (Vec::new(), Vec::new());
        for (at, rule) in self.ruleset.rules.iter().enumerate() {
            if rule.meta.kind == RuleKind::Need {
                match slots.get(rule.root.index()) {
                    Slot::Bool(true) => {}
                    Slot::Bool(false) => unmet.push(RuleId(at as u16)),
                    _ => unknown.push(RuleId(at as u16)),
                }
            }
        }
        let granted = self.ruleset.grant.as_ref().map(|grant| amount_of(slots.get(grant.root.index())));
        let (outcome, amount) = match granted {
            _ if !unmet.is_empty() => (Outcome3::Refuse, None),
            _ if !unknown.is_empty() => (Outcome3::Pending, None),
            None => (Outcome3::Grant, None),
            Some(Ok(amount)) => (Outcome3::Grant, Some(amount)),
            Some(Err(_)) => (Outcome3::Pending, None),
        };
        let mut decision = Decision {
            outcome,
            amount,
            as_of: self.as_of,
            unmet,
            unknown,
            missing: Vec::new(),
            causes: Causes::default(),
            exceeded: Vec::new(),
            slots,
        };
        if outcome != Outcome3::Grant {
            self.find_missing(&mut decision);
        }
        decision
    }

    /// The facts that unknown needs (and, while a grant is possible, the amount) still depend on.
    fn find_missing(&self, decision: &mut Decision) {
        let arena = &self.ruleset.arena;
        let mut missing = Vec::new();
        let mut note = |op: Op| {
            if let Op::Fact(fact) = op {
                missing.push(fact);
            }
        };
        for rule in &decision.unknown {
            let root = self.ruleset.rules[rule.index()].root;
            missing_of(arena, &decision.slots, root, &mut note);
            decision.causes = decision.causes.and(decision.slots.get(root.index()).causes());
        }
        if let Some(grant) = self.ruleset.grant.as_ref().filter(|_| decision.outcome == Outcome3::Pending) {
            missing_of(arena, &decision.slots, grant.root, &mut note);
            if let Err(causes) = amount_of(decision.slots.get(grant.root.index())) {
                decision.causes = decision.causes.and(causes);
            }
        }
        missing.sort_unstable();
        missing.dedup();
        decision.missing = missing;
    }

    /// The limits without whose lifting the amount would have been another.
    fn gone_past(&self, case: &CaseFacts, within: &Resolved, amount: Money) -> Vec<Exceed> {
        let Some(grant) = &self.ruleset.grant else { return Vec::new() };
        let mut slots = Trace::default();
        let mut differs = |exceed: &Exceed| {
            let mut params = self.params.clone().into_owned();
            let start = self.ruleset.env.offset(exceed.at.param) as usize;
            let at = start + exceed.at.member.map_or(0, |(_, member)| usize::from(member));
            params.slots[at] = within.slots[at];
            self.walk(case, &params, &mut slots);
            amount_of(slots.get(grant.root.index())) != Ok(amount)
        };
        self.exceed.iter().filter(|exceed| differs(exceed)).cloned().collect()
    }
}

/// The amount of a slot; below zero is no amount.
pub(super) fn amount_of(slot: Slot) -> Result<Money, Causes> {
    match slot {
        Slot::Int(fen) if fen >= 0 => Ok(Money::from_fen(fen)),
        Slot::Int(_) => Err(Causes::NEGATIVE_AMOUNT),
        other => Err(other.causes()),
    }
}
