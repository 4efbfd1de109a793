//! The tree walk: one pass over the arena from front to back, Kleene logic, every value kept as the trace.

use super::arith::{self, satisfies};
use super::check::{Want, compile_into};
use super::env::Env;
use super::error::LangError;
use super::node::{Arena, NodeId, Op, Way};
use super::regions::{RegionSet, place};
use super::slot::{Causes, Slot, Trace, fits, value_of};
use super::symbols::RoundTo;
use super::token::Cmp;
use super::types::{FactId, Type, Value};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// A compiled expression of its own (not part of a ruleset).
#[derive(Clone, Debug)]
pub struct Expr {
    arena: Arena,
    root: NodeId,
    round: RoundTo,
    row_from: usize,
}

/// Compiles a text against the names of `env`; every fault is reported at once.
pub fn compile(src: &str, env: &Env, want: Want) -> Result<Expr, Vec<LangError>> {
    let mut arena = Arena::default();
    let root = compile_into(&mut arena, src, env, want)?;
    Ok(Expr { arena, root, round: env.round(), row_from: env.row_from() })
}

impl Expr {
    /// The type of the whole.
    pub fn ty(&self) -> &Type {
        self.arena.ty(self.root)
    }

    /// The facts (and columns) that it reads, each once, in order.
    pub fn facts(&self) -> Vec<FactId> {
        let mut facts: Vec<FactId> =
            self.arena.nodes.iter().filter_map(|node| self.fact_of(node.op)).collect();
        facts.sort_unstable();
        facts.dedup();
        facts
    }

    /// The bytes of its text.
    pub fn span(&self) -> Range<usize> {
        let span = &self.arena.nodes[self.root.index()].span;
        span.start as usize..span.end as usize
    }

    fn fact_of(&self, op: Op) -> Option<FactId> {
        match op {
            Op::Fact(fact) => Some(fact),
            Op::Row(column) => Some(FactId((self.row_from + usize::from(column)) as u16)),
            _ => None,
        }
    }
}

/// The parameters of one day, as evaluations read them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Resolved {
    pub slots: Vec<Slot>,
    pub sets: Vec<Arc<RegionSet>>,
}

/// The values that an expression is evaluated with.
#[derive(Clone, Debug)]
pub struct Scope<'a> {
    pub(crate) facts: &'a Trace,
    pub(crate) row: Trace,
    pub(crate) params: Cow<'a, Resolved>,
}

impl Scope<'_> {
    /// The same values with those of a row, in the order of the columns of [`Env::with_row`]; `None` is not known yet.
    #[must_use]
    pub fn with_row(mut self, values: &[Option<Value>]) -> Self {
        self.row.clear();
        for value in values {
            self.row.push(value.map_or(Slot::MISSING, Slot::from));
        }
        self
    }
}

/// Known, or not known yet and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome<T> {
    /// The value.
    Known(T),
    /// Why there is none.
    Unknown(Cause),
}

impl<T> Outcome<T> {
    /// The value, when it is known.
    pub fn known(self) -> Option<T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Unknown(_) => None,
        }
    }
}

/// Why something is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cause {
    /// The facts that were not given and could still change it.
    pub missing: Vec<FactId>,
    /// All causes together.
    pub causes: Causes,
}

/// Evaluates an expression.
pub fn eval(expr: &Expr, scope: &Scope<'_>) -> Outcome<Value> {
    let mut slots = Trace::with_capacity(expr.arena.nodes.len());
    let values = Values { facts: scope.facts, row: &scope.row, params: &scope.params, round: expr.round };
    walk(&expr.arena, &values, &mut slots);
    let result = slots.get(expr.root.index());
    match value_of(result, expr.ty()) {
        Some(value) => Outcome::Known(value),
        None => {
            let mut missing = Vec::new();
            missing_of(&expr.arena, &slots, expr.root, &mut |op| missing.extend(expr.fact_of(op)));
            missing.sort_unstable();
            missing.dedup();
            let causes = if result.is_unknown() { result.causes() } else { Causes::OVERFLOW };
            Outcome::Unknown(Cause { missing, causes })
        }
    }
}

/// Calls `found` with each fact or column that is not known and on which the unknown `node` still depends.
pub(crate) fn missing_of(arena: &Arena, slots: &Trace, node: NodeId, found: &mut impl FnMut(Op)) {
    if !slots.get(node.index()).is_unknown() {
        return;
    }
    match arena.op(node) {
        op @ (Op::Fact(_) | Op::Row(_)) => found(op),
        Op::If(condition, yes, no) => match slots.get(condition.index()) {
            Slot::Bool(true) => missing_of(arena, slots, yes, found),
            Slot::Bool(false) => missing_of(arena, slots, no, found),
            _ => [condition, yes, no].into_iter().for_each(|child| missing_of(arena, slots, child, found)),
        },
        _ => arena.children(node).into_iter().for_each(|child| missing_of(arena, slots, child, found)),
    }
}

/// What a walk reads.
#[derive(Clone, Copy)]
pub(crate) struct Values<'a> {
    pub facts: &'a Trace,
    pub row: &'a Trace,
    pub params: &'a Resolved,
    pub round: RoundTo,
}

/// Evaluates all nodes in order and leaves the value of each in `slots`.
pub(crate) fn walk(arena: &Arena, values: &Values<'_>, slots: &mut Trace) {
    slots.clear();
    slots.reserve(arena.nodes.len());
    for node in &arena.nodes {
        let slot = step(arena, node.op, values, slots);
        slots.push(slot);
    }
}

#[inline]
pub(crate) fn step(arena: &Arena, op: Op, values: &Values<'_>, slots: &Trace) -> Slot {
    let at = |node: NodeId| slots.get(node.index());
    match op {
        Op::Const(at) => arena.consts[at as usize],
        Op::Fact(fact) => values.facts.get(fact.index()),
        Op::Row(column) => values.row.get(usize::from(column)),
        Op::Param(_, slot) => values.params.slots[slot as usize],
        Op::Entry(_, start, index) => match at(index) {
            Slot::Int(member) => values.params.slots[start as usize + member as usize],
            unknown => unknown,
        },
        Op::Not(a) => match at(a) {
            Slot::Bool(known) => Slot::Bool(!known),
            unknown => unknown,
        },
        Op::And(a, b) => match (at(a), at(b)) {
            (Slot::Bool(a), Slot::Bool(b)) => Slot::Bool(a && b),
            (Slot::Bool(false), _) | (_, Slot::Bool(false)) => Slot::Bool(false),
            (a, b) => unknown(a, b),
        },
        Op::Or(a, b) => match (at(a), at(b)) {
            (Slot::Bool(a), Slot::Bool(b)) => Slot::Bool(a || b),
            (Slot::Bool(true), _) | (_, Slot::Bool(true)) => Slot::Bool(true),
            (a, b) => unknown(a, b),
        },
        Op::CompareInt(cmp, a, b) => compare_int(cmp, at(a), at(b)),
        Op::CompareFrac(cmp, a, b) => match (at(a).as_frac(), at(b).as_frac()) {
            (Some(x), Some(y)) => Slot::Bool(satisfies(cmp, arith::compare(x, y))),
            _ => unknown(at(a), at(b)),
        },
        Op::CompareBool(differs, a, b) => match (at(a), at(b)) {
            (Slot::Bool(a), Slot::Bool(b)) => Slot::Bool((a != b) == differs),
            (a, b) => unknown(a, b),
        },
        Op::ComparePlace(differs, a, b) => match (at(a), at(b)) {
            (Slot::Int(a), Slot::Int(b)) => Slot::Bool((a != b && place(a) != place(b)) == differs),
            (a, b) => unknown(a, b),
        },
        Op::Within(a, _, set) => match at(a) {
            Slot::Int(code) => Slot::Bool(values.params.sets[set as usize].has(code)),
            unknown => unknown,
        },
        Op::AddInt(a, b) => ints(at(a), at(b), i64::checked_add),
        Op::SubInt(a, b) => ints(at(a), at(b), i64::checked_sub),
        Op::MulInt(a, b) => ints(at(a), at(b), i64::checked_mul),
        Op::AddFrac(a, b) => fracs(at(a), at(b), arith::add),
        Op::SubFrac(a, b) => fracs(at(a), at(b), arith::sub),
        Op::MulFrac(a, b) => fracs(at(a), at(b), arith::mul),
        Op::Div(a, b) => fracs(at(a), at(b), arith::div),
        Op::MulRound(a, b) => match (at(a).as_frac(), at(b).as_frac()) {
            (Some(x), Some(y)) => int(arith::mul_round(x, y, values.round)),
            _ => unknown(at(a), at(b)),
        },
        Op::LeastInt(args) => extreme_int(arena.args(args), slots, |a, b| a < b),
        Op::MostInt(args) => extreme_int(arena.args(args), slots, |a, b| a > b),
        Op::LeastFrac(args) => extreme_frac(arena.args(args), slots, Cmp::Lt),
        Op::MostFrac(args) => extreme_frac(arena.args(args), slots, Cmp::Gt),
        Op::If(condition, yes, no) => match at(condition) {
            Slot::Bool(true) => at(yes),
            Slot::Bool(false) => at(no),
            unknown => unknown,
        },
        Op::Shift(date, by, unit, way) => match (at(date), at(by)) {
            (Slot::Int(date), Slot::Int(by)) => {
                int(arith::shift(date, if way == Way::Earlier { -by } else { by }, unit))
            }
            (a, b) => unknown(a, b),
        },
        Op::DaysBetween(a, b) => match (at(a), at(b)) {
            (Slot::Int(a), Slot::Int(b)) => int(arith::days_between(a, b)),
            (a, b) => unknown(a, b),
        },
    }
}

/// Not known, for the causes of those that are not.
fn unknown(a: Slot, b: Slot) -> Slot {
    Slot::Unknown(a.causes().and(b.causes()))
}

fn int(result: Result<i64, Causes>) -> Slot {
    result.map_or_else(Slot::Unknown, Slot::Int)
}

#[inline]
fn compare_int(cmp: Cmp, a: Slot, b: Slot) -> Slot {
    match (a, b) {
        (Slot::Int(a), Slot::Int(b)) => Slot::Bool(satisfies(cmp, a.cmp(&b))),
        _ => unknown(a, b),
    }
}

#[inline]
fn ints(a: Slot, b: Slot, with: fn(i64, i64) -> Option<i64>) -> Slot {
    match (a, b) {
        (Slot::Int(a), Slot::Int(b)) => with(a, b).map_or(Slot::OVERFLOW, Slot::Int),
        _ => unknown(a, b),
    }
}

#[inline]
fn fracs(a: Slot, b: Slot, with: fn(arith::Frac, arith::Frac) -> Result<arith::Frac, Causes>) -> Slot {
    match (a.as_frac(), b.as_frac()) {
        (Some(x), Some(y)) => with(x, y).map_or_else(Slot::Unknown, |(num, den)| Slot::Frac(num, den)),
        _ => unknown(a, b),
    }
}

/// One unknown makes the whole unknown, for all causes.
fn extreme_int(of: &[NodeId], slots: &Trace, better: fn(i64, i64) -> bool) -> Slot {
    let (mut best, mut causes) = (None, Causes::default());
    for node in of {
        match slots.get(node.index()) {
            Slot::Int(n) => best = best.filter(|best| !better(n, *best)).or(Some(n)),
            other => causes = causes.and(other.causes()),
        }
    }
    match best {
        Some(best) if causes == Causes::default() => Slot::Int(best),
        _ => Slot::Unknown(causes),
    }
}

fn extreme_frac(of: &[NodeId], slots: &Trace, better: Cmp) -> Slot {
    let (mut best, mut causes) = (None, Causes::default());
    for node in of {
        match slots.get(node.index()).as_frac() {
            Some(n) => best = best.filter(|best| !satisfies(better, arith::compare(n, *best))).or(Some(n)),
            None => causes = causes.and(slots.get(node.index()).causes()),
        }
    }
    match best {
        Some((num, den)) if causes == Causes::default() => Slot::Frac(num, den),
        _ => Slot::Unknown(causes),
    }
}

/// Can the value stand for the type in this `env`: shape, member, sign of a count?
pub(crate) fn is_storable(value: &Value, ty: &Type, env: &Env) -> bool {
    let within = match (value, ty) {
        (Value::Member(at), Type::Enum(of)) => {
            env.enums().get(of.index()).is_some_and(|def| usize::from(*at) < def.members.len())
        }
        (Value::Count(n), _) => *n >= 0,
        (Value::Region(code), _) => super::regions::is_known(*code),
        _ => true,
    };
    within && fits(value, ty)
}
