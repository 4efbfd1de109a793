//! Registers (台账): lines taken from cases, one for each case or for each row of a table in its form, with what is computed
//! over a line and over the sum of lines. Where the lines are kept and who may see them is not known here.

mod sums;

pub use sums::Sums;

use crate::form::{self, Values};
use crate::lang::{Env, FactId, Outcome, Type, Value, parse_value};
use crate::pack::{Cite, Field, FieldType, Formula, Id, Pack, Words};
use kernel::Date;
use std::collections::BTreeSet;

/// What of the money of the project that comes from a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purse {
    /// Given to it in allocations.
    Allotted,
    /// Paid out for it.
    Paid,
}

impl Purse {
    /// All, with the words that packs write.
    pub const ALL: &'static [(&'static str, Self)] = &[("allotted", Self::Allotted), ("paid", Self::Paid)];

    /// What it is called.
    pub fn words(self) -> Words {
        match self {
            Self::Allotted => Words::new("已安排资金", "money allotted"),
            Self::Paid => Words::new("已支付", "paid"),
        }
    }
}

/// Where a column takes its value from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Take {
    /// A field of a form of the case.
    Field {
        /// The form; the procedure's own when `None`.
        form: Option<Id>,
        /// The field.
        field: Id,
    },
    /// A column of the table whose rows are the lines.
    Cell(Id),
    /// Something that a step notes.
    Note {
        /// The step.
        step: Id,
        /// The note.
        note: Id,
    },
    /// The day on which a step was done.
    Day(Id),
    /// A column of the register below.
    Below(Id),
    /// The money of the project that comes from the case.
    Money(Purse),
    /// Computed from other columns.
    Value(Formula),
}

impl Take {
    /// Whether it is taken from the case itself, and so kept with the line.
    pub fn is_kept(&self) -> bool {
        matches!(self, Self::Field { .. } | Self::Cell(_) | Self::Note { .. } | Self::Day(_))
    }
}

/// A column of a register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterColumn {
    /// Id, name, and the type in which it is shown.
    pub field: Field,
    /// The type in which it was typed: an amount may have been typed in another unit.
    pub typed: FieldType,
    /// Where its value comes from.
    pub take: Take,
    /// Summed up; of a truth value, how many hold.
    pub total: bool,
    /// Computed again over the sums: everything that it reads is summed up.
    pub again: bool,
}

/// What lines are put together by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// The year.
    Year,
    /// The place, level by level.
    Place,
    /// The unit whose case it is.
    Unit,
    /// The village.
    Village,
    /// What stands in a column.
    Column(Id),
}

impl Group {
    /// Those that every register knows, with the words that packs write.
    pub const KNOWN: &'static [(&'static str, Self)] =
        &[("year", Self::Year), ("place", Self::Place), ("unit", Self::Unit), ("village", Self::Village)];

    /// The word that packs write.
    pub fn id(&self) -> &str {
        match self {
            Self::Column(id) => id,
            known => Self::KNOWN.iter().find(|(_, group)| group == known).map_or("", |(id, _)| id),
        }
    }
}

/// What a person should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterAlert {
    /// Id.
    pub id: Id,
    /// In words.
    pub say: Words,
    /// When it holds of a line.
    pub when: Formula,
    /// Citation.
    pub cite: Cite,
}

/// A register.
#[derive(Clone, Debug)]
pub struct Register {
    /// Id.
    pub id: Id,
    /// What it is called.
    pub name: Words,
    /// The procedure whose cases are in it.
    pub of: Id,
    /// A case is in it once this step passed; without it, once it was filed.
    pub from: Option<Id>,
    /// The form (the procedure's own when `None`) and the table whose rows are the lines; without it, a case is one line.
    pub rows: Option<(Option<Id>, Id)>,
    /// The lines of each year stand for themselves (what is stated every year): they are not summed up over years.
    pub yearly: bool,
    /// The register of cases that build on these: its line of the year, or the latest, stands beside.
    pub below: Option<Id>,
    /// The columns.
    pub columns: Vec<RegisterColumn>,
    /// What it may be summed up by, the first being the one shown first.
    pub groups: Vec<Group>,
    /// What a person should look at.
    pub alerts: Vec<RegisterAlert>,
    /// The names of the columns, with the pack's parameters.
    pub env: Env,
    /// Citation.
    pub cite: Cite,
}

impl Register {
    /// A column and its place.
    pub fn column(&self, id: &str) -> Option<(usize, &RegisterColumn)> {
        self.columns.iter().enumerate().find(|(_, column)| column.field.id == id)
    }

    /// A text of a case as a line keeps it: what was typed into a form in its canonical spelling (money in yuan) where it can be
    /// read, what a step notes as it stands, for that is canonical already.
    pub fn kept(&self, pack: &Pack, column: &RegisterColumn, typed: &str) -> String {
        let typed = typed.trim();
        if typed.is_empty() || !matches!(column.take, Take::Field { .. } | Take::Cell(_)) {
            return typed.to_owned();
        }
        let field = Field { ty: column.typed.clone(), ..column.field.clone() };
        let read = form::cell_value(typed, &field, &self.env);
        match (read, self.ty(column)) {
            (Some(value), Some(ty)) => pack.value_text(&value, &ty),
            _ => typed.to_owned(),
        }
    }

    /// The value of a text that a line keeps.
    pub fn value(&self, column: &RegisterColumn, kept: &str) -> Option<Value> {
        self.value_of(self.env.fact_named(&column.field.id)?, kept)
    }

    fn value_of(&self, fact: FactId, kept: &str) -> Option<Value> {
        if kept.is_empty() {
            return None;
        }
        parse_value(kept, &self.env.facts()[fact.index()].ty, &self.env).ok()
    }

    /// The type of a column as formulas see it; texts they do not see.
    pub fn ty(&self, column: &RegisterColumn) -> Option<Type> {
        let fact = self.env.fact_named(&column.field.id)?;
        Some(self.env.facts()[fact.index()].ty.clone())
    }

    /// How lines are computed with the parameters of a day.
    pub fn on<'r>(&'r self, pack: &Pack, day: Date) -> Reading<'r> {
        let fact = |column: &RegisterColumn| self.env.fact_named(&column.field.id);
        let facts: Vec<Option<FactId>> = self.columns.iter().map(fact).collect();
        let read = self.formulas().flat_map(|formula| formula.expr.facts()).collect::<BTreeSet<FactId>>();
        let used = |(column, fact): (&RegisterColumn, &Option<FactId>)| {
            column.total || fact.is_some_and(|fact| read.contains(&fact))
        };
        let used = self.columns.iter().zip(&facts).map(used).collect();
        Reading { register: self, solver: form::Solver::owned(pack, day), facts, used }
    }

    /// What is computed of a line.
    fn formulas(&self) -> impl Iterator<Item = &Formula> {
        let computed = self.columns.iter().filter_map(|column| match &column.take {
            Take::Value(formula) => Some(formula),
            _ => None,
        });
        computed.chain(self.alerts.iter().map(|alert| &alert.when))
    }

    /// A value in its canonical spelling.
    pub fn text(&self, pack: &Pack, column: &RegisterColumn, value: &Value) -> String {
        match (value, &column.field.ty) {
            // The sum of a truth value is how many hold.
            (Value::Count(n), FieldType::Bool) => n.to_string(),
            _ => self.ty(column).map_or_else(String::new, |ty| pack.value_text(value, &ty)),
        }
    }
}

/// What computes lines: the parameters of one day.
pub struct Reading<'r> {
    register: &'r Register,
    solver: form::Solver<'static>,
    /// The columns as formulas see them.
    facts: Vec<Option<FactId>>,
    /// The columns that a formula reads or that are summed up.
    used: Vec<bool>,
}

impl Reading<'_> {
    /// The value of a text that a line keeps in the column at a place; none where nothing is computed or summed up from it.
    pub fn value(&self, at: usize, kept: &str) -> Option<Value> {
        if self.used[at] { self.register.value_of(self.facts[at]?, kept) } else { None }
    }

    /// Computes what is computed of one line: `values` by column, those that are taken given.
    pub fn solve(&self, values: &mut [Option<Value>]) {
        self.compute(values, |_| true);
    }

    /// The alerts that hold of a solved line, by place.
    pub fn alarms(&self, values: &[Option<Value>]) -> Vec<usize> {
        let alerts = &self.register.alerts;
        if alerts.is_empty() {
            return Vec::new();
        }
        let known = self.names(values);
        let holds = |alert: &RegisterAlert| {
            matches!(self.solver.in_form(&alert.when, &known), Outcome::Known(Value::Bool(true)))
        };
        (0..alerts.len()).filter(|at| holds(&alerts[*at])).collect()
    }

    /// Computes again, over the sums, what is computed from sums alone.
    pub fn finish(&self, sums: &mut Sums) {
        sums.values.resize(self.register.columns.len(), None);
        self.compute(&mut sums.values, |column| column.again);
    }

    fn compute(&self, values: &mut [Option<Value>], which: fn(&RegisterColumn) -> bool) {
        let columns = &self.register.columns;
        if !columns.iter().any(|column| matches!(column.take, Take::Value(_)) && which(column)) {
            return;
        }
        let mut known = self.names(values);
        for ((column, fact), value) in columns.iter().zip(&self.facts).zip(values.iter_mut()) {
            let Take::Value(formula) = &column.take else { continue };
            if !which(column) {
                continue;
            }
            *value = self.solver.in_form(formula, &known).known();
            if let (Some(fact), Some(value)) = (fact, *value) {
                known.put(*fact, value);
            }
        }
    }

    fn names(&self, values: &[Option<Value>]) -> Values {
        let mut known = Values::new(&self.register.env);
        for (fact, value) in self.facts.iter().zip(values) {
            if let (Some(fact), Some(value)) = (fact, value) {
                known.put(*fact, *value);
            }
        }
        known
    }
}
