//! A checked ruleset and its decisions: grant, refuse or pending, with the value of every operand.
//!
//! A decision is compact (positions and values); what people read is rendered from it on demand by
//! [`Ruleset::explain`], in Chinese and English from the same trace. Counting earlier grants and asking registers is the
//! caller's; nothing here reads anything but its arguments.

mod builder;
mod case;
pub mod columns;
mod decide;
mod explain;
mod meta;
mod overrides;
mod phrase;
mod resolve;
mod sentence;
mod words;

pub use builder::{Builder, Fault, Owner};
pub use case::{CaseFacts, FactError, Raw};
pub use decide::{At, Decision, Outcome3, Verdict};
pub use explain::{
    AmountTerm, AmountTrace, Check, Exceeded, Explanation, MissingFact, Operand, OperandKind, RuleResult,
};
pub use meta::{
    Citation, FactMeta, GrantMeta, ParamAt, ParamMeta, ParamValue, RuleKind, RuleMeta, Span, Version, YesNo,
};
pub use overrides::{Exceed, OverrideError, Overrides, Setting};
pub use words::{cite_en, cite_zh};

use crate::lang::node::{Arena, NodeId};
use crate::lang::slot::Trace;
use crate::lang::{Env, FactId, ParamId, Resolved, Scope};
use kernel::Date;

/// A rule, an index into the rules of its ruleset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(pub u16);

impl RuleId {
    /// The position in the list of rules.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

#[derive(Clone, Debug)]
struct Rule {
    meta: RuleMeta,
    root: NodeId,
}

#[derive(Clone, Debug)]
struct Grant {
    meta: GrantMeta,
    root: NodeId,
    soft: Vec<ParamId>,
}

/// The day is outside the time in force: nothing can be decided as of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{as_of} is not between {from} and {until}")]
pub struct NotInForce {
    /// The day asked for.
    pub as_of: Date,
    /// The first day in force.
    pub from: Date,
    /// The last day in force.
    pub until: Date,
}

/// A checked ruleset; made by [`Builder`].
#[derive(Clone, Debug)]
pub struct Ruleset {
    span: Span,
    env: Env,
    arena: Arena,
    facts: Vec<FactMeta>,
    params: Vec<ParamMeta>,
    rules: Vec<Rule>,
    grant: Option<Grant>,
    /// The parameters from each day on which one changes.
    epochs: Vec<(Date, Resolved)>,
}

impl Ruleset {
    /// The names of its expressions.
    pub fn env(&self) -> &Env {
        &self.env
    }

    /// The time in force and the rounding.
    pub fn span(&self) -> Span {
        self.span
    }

    /// All facts, by their positions.
    pub fn facts(&self) -> &[FactMeta] {
        &self.facts
    }

    /// All parameters, by their positions.
    pub fn params(&self) -> &[ParamMeta] {
        &self.params
    }

    /// All rules, by their positions.
    pub fn rules(&self) -> impl ExactSizeIterator<Item = &RuleMeta> {
        self.rules.iter().map(|rule| &rule.meta)
    }

    /// The rule of this id.
    pub fn rule_named(&self, id: &str) -> Option<RuleId> {
        self.rules.iter().position(|rule| rule.meta.id == id).map(|at| RuleId(at as u16))
    }

    /// How the amount is found, when the regulation has one.
    pub fn grant(&self) -> Option<&GrantMeta> {
        self.grant.as_ref().map(|grant| &grant.meta)
    }

    /// The facts that a rule reads, each once, in order.
    pub fn facts_of(&self, rule: RuleId) -> Vec<FactId> {
        self.facts_under(self.rules[rule.index()].root)
    }

    /// The facts that the amount reads, each once, in order.
    pub fn facts_of_grant(&self) -> Vec<FactId> {
        self.grant.as_ref().map_or_else(Vec::new, |grant| self.facts_under(grant.root))
    }

    fn facts_under(&self, root: NodeId) -> Vec<FactId> {
        let (mut open, mut facts) = (vec![root], Vec::new());
        while let Some(node) = open.pop() {
            if let crate::lang::node::Op::Fact(fact) = self.arena.op(node) {
                facts.push(fact);
            }
            open.extend(self.arena.children(node));
        }
        facts.sort_unstable();
        facts.dedup();
        facts
    }

    /// The values that other expressions of the pack (conditions of papers, tallies) are evaluated with.
    pub fn scope<'a>(
        &'a self,
        case: &'a CaseFacts,
        as_of: Date,
        overrides: &Overrides,
    ) -> Result<Scope<'a>, NotInForce> {
        let params = resolve::resolved_at(self, as_of, overrides, &[])?;
        Ok(Scope { facts: &case.slots, row: Trace::none(), params })
    }
}
