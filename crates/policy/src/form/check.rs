//! The whole form: which parts apply, derived values, what is required, cross-checks, facts, how far each part is.

use super::data::FormData;
use super::read::{self, PartRead};
use super::result::{Finding, FindingKind, FormCheck, FormContext, PartState, columns};
use super::solve::{Solver, Values};
use super::{facts, solve, tally, words};
use crate::lang::{Outcome, Value};
use crate::pack::{Check, Field, Form, Id, Level, Pack, PartKind, Required, SettingValue};
use std::collections::BTreeMap;

/// Whether a part applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Applies {
    Yes,
    /// Its condition cannot be told yet: it is read, but nothing in it is demanded.
    Unknown,
    No,
}

/// A form while it is checked.
pub(super) struct Work<'a> {
    pub form: &'a Form,
    pub pack: &'a Pack,
    pub data: &'a FormData,
    pub ctx: &'a FormContext<'a>,
    pub solver: &'a Solver<'a>,
    pub reads: Vec<PartRead<'a>>,
    pub applies: Vec<Applies>,
    pub values: Values,
    derived: BTreeMap<Id, Value>,
}

impl Form {
    /// Checks what was typed: everything that is wrong at once, totals and derived values, facts, lines counted, and how
    /// far each part is.
    pub fn check(&self, pack: &Pack, data: &FormData, ctx: &FormContext<'_>) -> FormCheck {
        let case = pack.ruleset.case();
        let solver = &Solver::new(pack, &case, ctx.apply_on);
        let reads = self.parts.iter().map(|part| read::part(self, part, data, solver)).collect();
        let applies = vec![Applies::Yes; self.parts.len()];
        let (values, derived) = (Values::new(&self.env), BTreeMap::new());
        let mut work = Work { form: self, pack, data, ctx, solver, reads, applies, values, derived };
        work.settle();
        work.result()
    }
}

impl Work<'_> {
    /// Finds the parts that do not apply. What such a part holds is ignored, which may make other conditions fail; a part
    /// that was found not to apply stays so, so this ends.
    fn settle(&mut self) {
        loop {
            self.gather();
            let mut changed = false;
            for (at, part) in self.form.parts.iter().enumerate() {
                let Some(when) = part.when.as_ref().filter(|_| self.applies[at] != Applies::No) else {
                    continue;
                };
                self.applies[at] = match self.solver.in_form(when, &self.values) {
                    Outcome::Known(Value::Bool(false)) => Applies::No,
                    Outcome::Known(_) => Applies::Yes,
                    Outcome::Unknown(_) => Applies::Unknown,
                };
                changed |= self.applies[at] == Applies::No;
            }
            if !changed {
                return;
            }
        }
    }

    /// Puts the values of parts that apply, and what is derived from them, in place.
    fn gather(&mut self) {
        let env = &self.form.env;
        let mut values = Values::new(env);
        values.set(env, "apply_on", Value::Date(self.ctx.apply_on));
        for setting in &self.pack.settings {
            if let SettingValue::Bool(value) = setting.value {
                values.set(env, &format!("settings.{}", setting.id), Value::Bool(value));
            }
        }
        for (at, part) in self.form.parts.iter().enumerate() {
            if self.applies[at] == Applies::No {
                for (name, zero) in read::zeros(part, env) {
                    values.set(env, &name, zero);
                }
                continue;
            }
            for (name, value) in &self.reads[at].values {
                values.set(env, name, *value);
            }
        }
        self.derived.clear();
        for derive in &self.form.derives {
            if let Outcome::Known(value) = self.solver.in_form(&derive.value, &values) {
                values.set(env, &derive.id, value);
                self.derived.insert(derive.id.clone(), value);
            }
        }
        self.values = values;
    }

    fn result(mut self) -> FormCheck {
        let mut check = self.facts();
        let crossed: Vec<Finding> = self.form.checks.iter().filter_map(|check| self.cross(check)).collect();
        let mut missing = Vec::with_capacity(self.reads.len());
        for at in 0..self.reads.len() {
            let (found, lacks) = self.part_findings(at);
            missing.push(lacks);
            check.findings.extend(found);
        }
        let unfinished = check.findings.iter().any(|f| f.kind == FindingKind::Missing);
        for tally in self.pack.tallies.iter().filter(|tally| tally.form == self.form.id) {
            let (result, facts) = tally::count(&self, tally);
            // Before the form is filled in, tables without a line do not say yet that there are none.
            if !(unfinished && result.lines.is_empty()) {
                check.facts.extend(facts);
            }
            check.tallies.push(result);
        }
        for (at, part) in self.form.parts.iter().enumerate() {
            let of_part =
                |f: &&Finding| f.part == part.id || f.also.iter().any(|(other, _)| *other == part.id);
            let wrong = check.findings.iter().chain(&crossed).filter(of_part);
            let wrong = wrong.filter(|f| f.level == Level::Error && f.kind != FindingKind::Missing).count();
            check.parts.insert(part.id.clone(), self.state(at, wrong > 0, missing[at]));
        }
        check.findings.extend(crossed);
        check
    }

    /// Facts of fields and derived values; texts of what was computed.
    fn facts(&self) -> FormCheck {
        let mut check = FormCheck::default();
        for (at, part) in
            self.form.parts.iter().enumerate().filter(|(at, _)| self.applies[*at] != Applies::No)
        {
            let read = &self.reads[at];
            check.computed.extend(read.computed.iter().map(|(key, text)| (key.clone(), text.clone())));
            let PartKind::Fields(fields) = &part.kind else { continue };
            for field in fields {
                let value = field.fact.as_ref().zip(read.values.get(&field.id));
                check.facts.extend(value.map(|(fact, value)| (fact.clone(), *value)));
            }
        }
        for derive in &self.form.derives {
            let Some(value) = self.derived.get(&derive.id) else { continue };
            let text = facts::text_of(value, |at| solve::member(&self.form.env, &derive.id, at));
            check.computed.insert(derive.id.clone(), text);
            check.facts.extend(derive.fact.as_ref().map(|fact| (fact.clone(), *value)));
        }
        check
    }

    /// What is wrong in a part, in its order, and whether something that must be there is empty. Parts that another
    /// office fills demand nothing of the one who files.
    fn part_findings(&mut self, at: usize) -> (Vec<Finding>, bool) {
        if self.applies[at] == Applies::No {
            return (Vec::new(), false);
        }
        let part = &self.form.parts[at];
        let mut found = std::mem::take(&mut self.reads[at].findings);
        let empty = std::mem::take(&mut self.reads[at].empty);
        let lacking = empty.into_iter().filter(|(_, field)| self.is_required(field));
        found.extend(lacking.map(|(row, field)| words::missing(&part.id, row, field)));
        let lacks = found.iter().any(|f| f.kind == FindingKind::Missing);
        if part.by.is_some() || self.applies[at] == Applies::Unknown {
            found.retain(|f| f.kind != FindingKind::Missing);
        }
        let order = columns(&part.kind);
        found.sort_by_key(|f| {
            let column = f.field.as_ref().and_then(|field| order.iter().position(|id| id == field));
            (f.row.unwrap_or(0), column.unwrap_or(usize::MAX))
        });
        (found, lacks)
    }

    fn is_required(&self, field: &Field) -> bool {
        match &field.required {
            Required::No => false,
            Required::Yes => true,
            Required::When(when) => {
                matches!(self.solver.in_form(when, &self.values), Outcome::Known(Value::Bool(true)))
            }
        }
    }

    fn state(&self, at: usize, wrong: bool, lacks: bool) -> PartState {
        match (self.applies[at], wrong, self.reads[at].touched) {
            (Applies::No, _, _) => PartState::NotApplicable,
            (_, true, _) => PartState::Faulty,
            (_, _, false) => PartState::NotStarted,
            _ if lacks => PartState::InProgress,
            _ => PartState::Complete,
        }
    }

    /// A cross-check that is known not to hold. One that only points at parts that do not apply is left out.
    fn cross(&self, check: &Check) -> Option<Finding> {
        let all: Vec<(usize, Id)> = check.at.iter().filter_map(|at| self.place(at)).collect();
        let mut places = all.iter().filter(|(at, _)| self.applies[*at] != Applies::No);
        let first = places.next();
        if !all.is_empty() && first.is_none() {
            return None;
        }
        let Outcome::Known(Value::Bool(false)) = self.solver.in_form(&check.need, &self.values) else {
            return None;
        };
        let name = |at: usize| self.form.parts.get(at).map(|part| part.id.clone()).unwrap_or_default();
        Some(Finding {
            part: name(first.map_or(0, |(at, _)| *at)),
            row: None,
            field: first.map(|(_, field)| field.clone()),
            level: check.level,
            kind: FindingKind::Check,
            message: check.say.clone(),
            hint: None,
            also: places.map(|(at, field)| (name(*at), field.clone())).collect(),
            cite: check.cite.clone(),
        })
    }

    /// The part and field of `field` or `table.column`.
    fn place(&self, at: &str) -> Option<(usize, Id)> {
        let parts = &self.form.parts;
        if let Some((part, column)) = at.split_once('.') {
            return Some((parts.iter().position(|p| p.id == part)?, column.to_owned()));
        }
        let has =
            |kind: &PartKind| matches!(kind, PartKind::Fields(fields) if fields.iter().any(|f| f.id == at));
        Some((parts.iter().position(|part| has(&part.kind))?, at.to_owned()))
    }
}
