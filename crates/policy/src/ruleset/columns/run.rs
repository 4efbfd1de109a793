//! The run over the chunks. Nodes that are the same for all rows are evaluated once, by the tree walk's own step; the
//! amount is computed only for the rows whose needs are all met.

use super::block::{ALL, Bits, Block, IntView, NONE, Values, both};
use super::fill::Columns;
use super::held::{Held, Table};
use super::kernels::{amounts, compare_frac, compare_int, compare_quotient, gather};
use super::{CHUNK, ColumnOutcome, RuleBits, WORDS};
use crate::lang::node::{NodeId, Op};
use crate::lang::regions::place;
use crate::lang::slot::{Slot, Trace};
use crate::lang::{Cmp, Type, step};
use crate::ruleset::{At, RuleKind};

/// Decides all rows by the parameters of one day.
pub fn decide(at: &At<'_>, columns: &Columns) -> ColumnOutcome {
    let mut out = ColumnOutcome::default();
    decide_into(at, columns, &mut out);
    out
}

/// Decides all rows, into an outcome whose memory is used again.
pub fn decide_into(at: &At<'_>, columns: &Columns, out: &mut ColumnOutcome) {
    if columns.rows() == 0 {
        *out = ColumnOutcome {
            rules: vec![RuleBits::default(); at.ruleset().rules.len()],
            ..ColumnOutcome::default()
        };
        return;
    }
    let mut run = Run::new(at, columns);
    let words = columns.chunks() * WORDS;
    let rules = at.ruleset().rules.len();
    let granting = at.ruleset().grant.is_some();
    out.rows = columns.rows();
    out.grant.clear();
    out.refuse.clear();
    out.amount_fen.clear();
    out.rules.resize(rules, RuleBits::default());
    for bits in &mut out.rules {
        bits.known.clear();
        bits.known.reserve(words);
        bits.truth.clear();
        bits.truth.reserve(words);
    }
    out.amount_fen.resize(if granting { columns.chunks() * CHUNK } else { 0 }, 0);
    for chunk in 0..columns.chunks() {
        run.chunk(chunk, out);
    }
    out.amount_fen.truncate(if granting { columns.rows() } else { 0 });
}

/// One run over all chunks.
pub(super) struct Run<'a> {
    pub(super) at: &'a At<'a>,
    pub(super) columns: &'a Columns,
    pub(super) held: Vec<Held>,
    /// The nodes to evaluate for the rules, and then for the amount, in order.
    for_rules: Vec<NodeId>,
    for_grant: Vec<NodeId>,
    pub(super) base: usize,
}

impl<'a> Run<'a> {
    fn new(at: &'a At<'a>, columns: &'a Columns) -> Self {
        let ruleset = at.ruleset();
        let count = ruleset.arena.nodes.len();
        let (mut rules, mut grant) = (vec![false; count], vec![false; count]);
        for rule in &ruleset.rules {
            reach(at, rule.root, &mut rules);
        }
        if let Some(granted) = &ruleset.grant {
            reach(at, granted.root, &mut grant);
        }
        let mut run = Self {
            at,
            columns,
            held: Vec::with_capacity(count),
            for_rules: Vec::new(),
            for_grant: Vec::new(),
            base: 0,
        };
        for node in 0..count {
            let held = if rules[node] || grant[node] { run.hold(NodeId(node as u32)) } else { Held::Idle };
            run.spare_quotient(NodeId(node as u32));
            if matches!(held, Held::Block(_)) {
                let list = if rules[node] { &mut run.for_rules } else { &mut run.for_grant };
                list.push(NodeId(node as u32));
            }
            run.held.push(held);
        }
        run
    }

    /// A quotient of counts that is only compared with one fraction is compared without dividing, and so not evaluated.
    fn spare_quotient(&mut self, node: NodeId) {
        if let Op::CompareFrac(_, a, b) = self.at.ruleset().arena.op(node)
            && matches!(self.held[b.index()], Held::Scalar(Slot::Frac(..) | Slot::Int(_)))
            && self.whole_quotient(a).is_some()
        {
            self.held[a.index()] = Held::Idle;
            self.for_rules.retain(|other| *other != a);
            self.for_grant.retain(|other| *other != a);
        }
    }

    /// What a node will hold; its operands hold theirs already.
    fn hold(&self, node: NodeId) -> Held {
        let arena = &self.at.ruleset().arena;
        let op = arena.op(node);
        if let Op::Fact(fact) = op {
            return Held::Fact(fact.index());
        }
        let children = arena.children(node);
        let scalar = |child: &NodeId| match self.held[child.index()] {
            Held::Scalar(slot) => Some(slot),
            _ => None,
        };
        if children.iter().all(|child| scalar(child).is_some()) {
            let mut slots = Trace::missing(node.index());
            for child in &children {
                slots.set(child.index(), scalar(child).unwrap_or(Slot::MISSING));
            }
            return Held::Scalar(step(arena, op, &self.at.values(&Trace::none()), &slots));
        }
        if let (Op::Entry(param, start, index), false) = (op, *arena.ty(node) == Type::Bool)
            && matches!(self.held[index.index()], Held::Fact(_) | Held::Block(_))
        {
            let start = start as usize;
            let slots = &self.at.params().slots[start..start + self.at.ruleset().env.width(param)];
            if !slots.iter().any(|slot| slot.is_unknown()) {
                return Held::Table(Table::new(index, slots));
            }
        }
        Held::Block(Box::new(match arena.ty(node) {
            Type::Bool => Block::bools(),
            Type::Ratio | Type::Quotient(_) | Type::Number => Block::fracs(),
            _ => Block::ints(),
        }))
    }

    fn chunk(&mut self, chunk: usize, out: &mut ColumnOutcome) {
        self.base = chunk * CHUNK;
        for at in 0..self.for_rules.len() {
            self.evaluate(self.for_rules[at], &ALL);
        }
        let (mut granted, mut refused) = (self.present(), NONE);
        let ruleset = self.at.ruleset();
        for (rule, bits) in ruleset.rules.iter().zip(&mut out.rules) {
            let (known, truth) = self.bools(rule.root);
            bits.known.extend_from_slice(&known);
            bits.truth.extend_from_slice(&truth);
            if rule.meta.kind == RuleKind::Need {
                for word in 0..WORDS {
                    granted[word] &= truth[word];
                    refused[word] |= known[word] & !truth[word];
                }
            }
        }
        if let Some(grant) = &ruleset.grant {
            let into = &mut out.amount_fen[chunk * CHUNK..(chunk + 1) * CHUNK];
            granted = self.amounts(grant.root, &granted, into);
        }
        out.grant.extend_from_slice(&granted);
        out.refuse.extend_from_slice(&both(&refused, &self.present()));
    }

    /// The rows of the chunk that exist.
    fn present(&self) -> Bits {
        let left = self.columns.rows() - self.base;
        std::array::from_fn(|word| match left.saturating_sub(word * 64) {
            0 => 0,
            some @ 1..64 => (1 << some) - 1,
            _ => u64::MAX,
        })
    }

    /// Computes the amounts of the rows wanted; gives the rows that have one.
    fn amounts(&mut self, root: NodeId, wanted: &Bits, into: &mut [i64]) -> Bits {
        if *wanted == NONE {
            return NONE;
        }
        for at in 0..self.for_grant.len() {
            self.evaluate(self.for_grant[at], wanted);
        }
        let (known, values) = self.ints(root);
        amounts(&both(wanted, &known), values, into)
    }

    fn evaluate(&mut self, node: NodeId, active: &Bits) {
        let Held::Block(mut block) = std::mem::replace(&mut self.held[node.index()], Held::Idle) else {
            return;
        };
        let op = self.at.ruleset().arena.op(node);
        let Block { known, data } = &mut *block;
        match data {
            Values::Bool(truth) => (*known, **truth) = self.bool_op(op),
            Values::Int(values) => *known = self.int_op(op, active, values),
            Values::Frac(nums, dens) => *known = self.frac_op(op, active, nums, dens),
        }
        self.held[node.index()] = Held::Block(block);
    }

    fn bool_op(&self, op: Op) -> (Bits, Bits) {
        match op {
            Op::Not(a) => {
                let (known, truth) = self.bools(a);
                (known, std::array::from_fn(|w| known[w] & !truth[w]))
            }
            Op::And(a, b) => {
                let ((ka, ta), (kb, tb)) = (self.bools(a), self.bools(b));
                let known = |w: usize| (ka[w] & kb[w]) | (ka[w] & !ta[w]) | (kb[w] & !tb[w]);
                (std::array::from_fn(known), both(&ta, &tb))
            }
            Op::Or(a, b) => {
                let ((ka, ta), (kb, tb)) = (self.bools(a), self.bools(b));
                let known = |w: usize| (ka[w] & kb[w]) | ta[w] | tb[w];
                (std::array::from_fn(known), std::array::from_fn(|w| ta[w] | tb[w]))
            }
            Op::If(condition, yes, no) => {
                let (kc, tc) = self.bools(condition);
                let ((ky, ty), (kn, tn)) = (self.bools(yes), self.bools(no));
                let choose = |w: usize, y: u64, n: u64| (tc[w] & y) | (kc[w] & !tc[w] & n);
                (
                    std::array::from_fn(|w| choose(w, ky[w], kn[w])),
                    std::array::from_fn(|w| choose(w, ty[w], tn[w])),
                )
            }
            Op::CompareBool(differs, a, b) => {
                let ((ka, ta), (kb, tb)) = (self.bools(a), self.bools(b));
                let known = both(&ka, &kb);
                let flip = if differs { 0 } else { u64::MAX };
                (known, std::array::from_fn(|w| (ta[w] ^ tb[w] ^ flip) & known[w]))
            }
            Op::CompareInt(cmp, a, b) => {
                let ((ka, a), (kb, b)) = (self.ints(a), self.ints(b));
                certain(&both(&ka, &kb), &compare_int(cmp, a, b))
            }
            Op::CompareFrac(cmp, a, b) => self.fraction_order(cmp, a, b),
            Op::ComparePlace(differs, a, b) => {
                let ((ka, a), (kb, b)) = (self.ints(a), self.ints(b));
                let other = |row: usize| a.at(row) != b.at(row) && place(a.at(row)) != place(b.at(row));
                certain(&both(&ka, &kb), &gather(|row| other(row) == differs))
            }
            Op::Within(a, _, set) => {
                let (known, codes) = self.ints(a);
                let set = &self.at.params().sets[set as usize];
                certain(&known, &gather(|row| set.has(codes.at(row))))
            }
            Op::Entry(_, start, index) => {
                let (known, member) = self.ints(index);
                let table = &self.at.params().slots[start as usize..];
                certain(&known, &gather(|row| table.get(member.at(row) as usize) == Some(&Slot::Bool(true))))
            }
            _ => (NONE, NONE),
        }
    }

    fn fraction_order(&self, cmp: Cmp, a: NodeId, b: NodeId) -> (Bits, Bits) {
        if let (Some((ka, num, kb, den)), Held::Scalar(with)) =
            (self.whole_quotient(a), &self.held[b.index()])
            && let Some(with) = with.as_frac()
        {
            let (divides, truth) = compare_quotient(cmp, num, den, with);
            return certain(&both(&both(&ka, &kb), &divides), &truth);
        }
        let ((ka, a), (kb, b)) = (self.fracs(a), self.fracs(b));
        certain(&both(&ka, &kb), &compare_frac(cmp, a, b))
    }

    /// A quotient of two counts as they were given (so that neither is negative), not divided yet.
    fn whole_quotient(&self, node: NodeId) -> Option<(Bits, &[i64], Bits, &[i64])> {
        let arena = &self.at.ruleset().arena;
        let Op::Div(a, b) = arena.op(node) else { return None };
        let given =
            |node: NodeId| matches!(arena.op(node), Op::Fact(_)) && matches!(arena.ty(node), Type::Count(_));
        if !given(a) || !given(b) {
            return None;
        }
        match (self.ints(a), self.ints(b)) {
            ((ka, IntView::Many(a)), (kb, IntView::Many(b))) => Some((ka, a, kb, b)),
            _ => None,
        }
    }
}

/// True only where known.
fn certain(known: &Bits, truth: &Bits) -> (Bits, Bits) {
    (*known, both(known, truth))
}

/// Marks the node and all that it is computed from.
fn reach(at: &At<'_>, node: NodeId, seen: &mut [bool]) {
    if !std::mem::replace(&mut seen[node.index()], true) {
        for child in at.ruleset().arena.children(node) {
            reach(at, child, seen);
        }
    }
}
