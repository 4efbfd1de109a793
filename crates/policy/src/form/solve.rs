//! Evaluating the formulas of a form: values by the names that the form gives them, parameters of the day.

use crate::lang::slot::{Slot, Trace};
use crate::lang::{self, Cause, Env, FactId, Outcome, Resolved, Scope, Type, Value};
use crate::pack::{Formula, Pack};
use crate::ruleset::CaseFacts;
use kernel::Date;
use std::borrow::Cow;

/// What formulas are evaluated with, beside the values.
pub(crate) struct Solver<'a> {
    params: Option<Cow<'a, Resolved>>,
}

impl<'a> Solver<'a> {
    /// The parameters of a day. `case` is any case of the pack.
    pub fn new(pack: &'a Pack, case: &'a CaseFacts, day: Date) -> Self {
        Self { params: pack.scope_on(case, day).map(|scope| scope.params) }
    }

    /// The same, apart from any case.
    pub fn owned(pack: &Pack, day: Date) -> Solver<'static> {
        let case = pack.ruleset.case();
        let params = pack.scope_on(&case, day).map(|scope| Cow::Owned(scope.params.into_owned()));
        Solver { params }
    }

    /// The value of a formula over a row alone.
    pub fn in_row(&self, formula: &Formula, row: &[Option<Value>]) -> Option<Value> {
        self.in_line(formula, &Values::default(), row).known()
    }

    /// The value of a formula over the form.
    pub fn in_form(&self, formula: &Formula, values: &Values) -> Outcome<Value> {
        self.in_line(formula, values, &[])
    }

    /// The value of a formula over the form and one row.
    pub fn in_line(&self, formula: &Formula, values: &Values, row: &[Option<Value>]) -> Outcome<Value> {
        let Some(params) = self.params.as_deref() else { return Outcome::Unknown(Cause::default()) };
        let params = Cow::Borrowed(params);
        let scope = Scope { facts: &values.slots, row: Trace::none(), params }.with_row(row);
        lang::eval(&formula.expr, &scope)
    }
}

/// The id of a member of the enum that this name has as its type.
pub(super) fn member(env: &Env, name: &str, at: u16) -> Option<String> {
    let fact = env.fact_named(name)?;
    let Type::Enum(of) = &env.facts()[fact.index()].ty else { return None };
    Some(env.enums().get(of.index())?.members.get(usize::from(at))?.id.clone())
}

/// Values by their positions in an `Env`.
#[derive(Default)]
pub(crate) struct Values {
    slots: Trace,
}

impl Values {
    /// Nothing is known.
    pub fn new(env: &Env) -> Self {
        Self { slots: Trace::missing(env.facts().len()) }
    }

    /// Sets what the `Env` has a name for.
    pub fn set(&mut self, env: &Env, name: &str, value: Value) {
        if let Some(fact) = env.fact_named(name) {
            self.put(fact, value);
        }
    }

    /// Sets a fact of the `Env`.
    pub fn put(&mut self, fact: FactId, value: Value) {
        self.slots.set(fact.index(), Slot::from(value));
    }
}
