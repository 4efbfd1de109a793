//! From the values of a form to what the rules take, and back to text: papers that a case must bring, facts by position,
//! canonical spelling.

use crate::lang::{self, Outcome, Scope, Type, Value};
use crate::pack::{Id, Pack, Paper};
use crate::procedure::Step;
use crate::ruleset::{CaseFacts, FactError, Overrides, Raw};
use kernel::Date;
use std::collections::BTreeMap;

/// A paper that a step asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaperNeed<'p> {
    /// The paper.
    pub paper: &'p Paper,
    /// It must be handed in.
    pub required: bool,
    /// Its condition cannot be told yet.
    pub unknown: bool,
}

impl Pack {
    /// The papers that a step asks of a case with these facts, in the order of the step; those whose condition is known
    /// not to hold are left out. Parameters are those of the first day in force.
    pub fn papers_needed(&self, step: &Step, facts: &BTreeMap<Id, Value>) -> Vec<PaperNeed<'_>> {
        self.papers_needed_on(step, facts, self.in_force.from)
    }

    /// The same, with the parameters of a day.
    pub fn papers_needed_on(
        &self,
        step: &Step,
        facts: &BTreeMap<Id, Value>,
        day: Date,
    ) -> Vec<PaperNeed<'_>> {
        let case = self.readable_facts(facts);
        let scope = self.scope_on(&case, day);
        let papers = step.papers.iter().filter_map(|id| self.papers.get(id));
        papers.filter_map(|paper| need(paper, scope.as_ref())).collect()
    }

    /// Facts by position, as the ruleset takes them; all that do not fit are reported.
    pub fn case_facts(&self, facts: &BTreeMap<Id, Value>) -> Result<CaseFacts, Vec<FactError>> {
        let (mut case, mut errors) = (self.ruleset.case(), Vec::new());
        for (id, value) in facts {
            let set = match self.ruleset.env().fact_named(id) {
                Some(fact) => case.set(&self.ruleset, fact, *value),
                // Only the ruleset words this refusal; no text reads as a fact that does not exist.
                None => self.ruleset.parse_fact(id, Raw::Text("")).map(|_| ()),
            };
            errors.extend(set.err());
        }
        if errors.is_empty() { Ok(case) } else { Err(errors) }
    }

    /// The canonical text of a value: what `Ruleset::parse_fact` reads back. Money in yuan (`1000000.00`), ratios `30%` or
    /// `1/3`, counts `50`, `true` and `false`, codes of places, ids of members, ISO dates.
    pub fn value_text(&self, value: &Value, ty: &Type) -> String {
        text_of(value, |at| {
            let Type::Enum(of) = ty else { return None };
            self.env.enums().get(of.index())?.members.get(usize::from(at)).map(|member| member.id.clone())
        })
    }

    /// As many of the facts as fit.
    fn readable_facts(&self, facts: &BTreeMap<Id, Value>) -> CaseFacts {
        let mut case = self.ruleset.case();
        for (id, value) in facts {
            if let Some(fact) = self.ruleset.env().fact_named(id) {
                // A value that does not fit its fact stays unknown, which never drops a paper.
                let _unfit_stays_unknown = case.set(&self.ruleset, fact, *value);
            }
        }
        case
    }

    /// Values and parameters of a day; a day outside the time in force takes those of its nearer end.
    pub(super) fn scope_on<'a>(&'a self, case: &'a CaseFacts, day: Date) -> Option<Scope<'a>> {
        let span = self.ruleset.span();
        let day = day.min(span.until).max(span.from);
        self.ruleset.scope(case, day, &Overrides::default()).ok()
    }
}

/// What is asked of one paper; `None` when its condition does not hold.
fn need<'p>(paper: &'p Paper, scope: Option<&Scope<'_>>) -> Option<PaperNeed<'p>> {
    let holds = match (&paper.when, scope) {
        (None, _) => Some(true),
        (Some(_), None) => None,
        (Some(when), Some(scope)) => match lang::eval(&when.expr, scope) {
            Outcome::Known(Value::Bool(false)) => return None,
            Outcome::Known(_) => Some(true),
            Outcome::Unknown(_) => None,
        },
    };
    Some(PaperNeed { paper, required: holds == Some(true) && !paper.optional, unknown: holds.is_none() })
}

/// The canonical text of a value; members are named by `member`, or by their position when it has no name for them.
pub(super) fn text_of(value: &Value, member: impl Fn(u16) -> Option<String>) -> String {
    match value {
        Value::Bool(known) => known.to_string(),
        Value::Money(money) => money.to_string(),
        Value::Ratio(ratio) => ratio.to_string(),
        Value::Count(count) => count.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Term(term) => term.to_string(),
        Value::Member(at) => member(*at).unwrap_or_else(|| at.to_string()),
        Value::Region(code) => code.to_string(),
    }
}
