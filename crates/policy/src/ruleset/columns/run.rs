//! The run over the chunks. Nodes that are the same for all rows are evaluated once, by the tree walk's own step; the
//! amount is computed only for the rows whose needs are all met.

use super::block::{ALL, Bits, Block, FracView, IntView, NONE, Values, both, spread};
use super::fill::{Column, Columns, Data};
use super::kernels::{
    amounts, checked, compare_frac, compare_int, compare_quotient, fracs, gather, ints, keep_better, scaled,
};
use super::{CHUNK, ColumnOutcome, RuleBits, WORDS};
use crate::lang::arith::{self, Frac, Scale, satisfies};
use crate::lang::node::{Args, NodeId, Op, Way};
use crate::lang::regions::place;
use crate::lang::slot::Slot;
use crate::lang::{Cmp, RoundTo, Type, step};
use crate::ruleset::{At, RuleKind};

/// Decides all rows by the parameters of one day.
pub fn decide(at: &At<'_>, columns: &Columns) -> ColumnOutcome {
    let mut run = Run::new(at, columns);
    let words = columns.chunks() * WORDS;
    let rules = at.ruleset().rules.len();
    let granting = at.ruleset().grant.is_some();
    let mut out = ColumnOutcome {
        rows: columns.rows(),
        grant: Vec::with_capacity(words),
        refuse: Vec::with_capacity(words),
        amount_fen: Vec::with_capacity(if granting { columns.chunks() * CHUNK } else { 0 }),
        rules: vec![RuleBits { known: Vec::with_capacity(words), truth: Vec::with_capacity(words) }; rules],
    };
    for chunk in 0..columns.chunks() {
        run.chunk(chunk, &mut out);
    }
    out.amount_fen.truncate(if granting { columns.rows() } else { 0 });
    out
}

/// What a node holds.
enum Held {
    /// Not read by anything that is evaluated.
    Idle,
    /// The same for all rows.
    Scalar(Slot),
    /// The column of a fact.
    Fact(usize),
    /// A value for each row, of the current chunk.
    Block(Box<Block>),
    /// A table looked up by another node; read where it stands.
    Table(Table),
}

struct Table {
    index: NodeId,
    ints: Vec<i64>,
    fracs: Vec<Frac>,
    scales: Vec<Scale>,
}

impl Table {
    fn new(index: NodeId, slots: &[Slot]) -> Self {
        let fracs: Vec<Frac> = slots.iter().map(|slot| slot.as_frac().unwrap_or((0, 1))).collect();
        let ints = slots.iter().map(|slot| slot.as_int().unwrap_or(0)).collect();
        Self { index, ints, scales: fracs.iter().map(|frac| Scale::new(*frac)).collect(), fracs }
    }
}

struct Run<'a> {
    at: &'a At<'a>,
    columns: &'a Columns,
    held: Vec<Held>,
    /// The nodes to evaluate for the rules, and then for the amount, in order.
    for_rules: Vec<NodeId>,
    for_grant: Vec<NodeId>,
    base: usize,
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
        let mut run =
            Self { at, columns, held: Vec::with_capacity(count), for_rules: Vec::new(), for_grant: Vec::new(), base: 0 };
        for node in 0..count {
            let held = if rules[node] || grant[node] { run.hold(NodeId(node as u32)) } else { Held::Idle };
            if matches!(held, Held::Block(_)) {
                let list = if rules[node] { &mut run.for_rules } else { &mut run.for_grant };
                list.push(NodeId(node as u32));
            }
            run.held.push(held);
        }
        run
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
            let mut slots = vec![Slot::MISSING; node.index()];
            for child in &children {
                slots[child.index()] = scalar(child).unwrap_or(Slot::MISSING);
            }
            return Held::Scalar(step(arena, op, &self.at.values(&[]), &slots));
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
            let start = out.amount_fen.len();
            out.amount_fen.resize(start + CHUNK, 0);
            granted = self.amounts(grant.root, &granted, &mut out.amount_fen[start..]);
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
        let Held::Block(mut block) = std::mem::replace(&mut self.held[node.index()], Held::Idle) else { return };
        let op = self.at.ruleset().arena.op(node);
        let Block { known, data } = &mut *block;
        match data {
            Values::Bool(truth) => (*known, *truth) = self.bool_op(op),
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
                (std::array::from_fn(|w| choose(w, ky[w], kn[w])), std::array::from_fn(|w| choose(w, ty[w], tn[w])))
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
        if let (Some((ka, num, kb, den)), Held::Scalar(with)) = (self.whole_quotient(a), &self.held[b.index()])
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
        let given = |node: NodeId| matches!(arena.op(node), Op::Fact(_)) && matches!(arena.ty(node), Type::Count(_));
        if !given(a) || !given(b) {
            return None;
        }
        match (self.ints(a), self.ints(b)) {
            ((ka, IntView::Many(a)), (kb, IntView::Many(b))) => Some((ka, a, kb, b)),
            _ => None,
        }
    }

    fn int_op(&self, op: Op, active: &Bits, out: &mut [i64]) -> Bits {
        let pair = |a: NodeId, b: NodeId| {
            let ((ka, a), (kb, b)) = (self.ints(a), self.ints(b));
            (both(&ka, &kb), a, b)
        };
        match op {
            Op::AddInt(a, b) => {
                let (known, a, b) = pair(a, b);
                both(&known, &ints(a, b, out, i64::overflowing_add))
            }
            Op::SubInt(a, b) => {
                let (known, a, b) = pair(a, b);
                both(&known, &ints(a, b, out, i64::overflowing_sub))
            }
            Op::MulInt(a, b) => {
                let (known, a, b) = pair(a, b);
                both(&known, &ints(a, b, out, i64::overflowing_mul))
            }
            Op::MulRound(a, b) => {
                let round = self.at.ruleset().span.round;
                if round == RoundTo::default()
                    && let Some(known) = self.scaled(a, b, active, out)
                {
                    return known;
                }
                let ((ka, a), (kb, b)) = (self.fracs(a), self.fracs(b));
                let of = both(active, &both(&ka, &kb));
                checked(&of, out, |row| arith::mul_round(a.at(row), b.at(row), round))
            }
            Op::Shift(a, b, unit, way) => {
                let (known, a, b) = pair(a, b);
                let sign = if way == Way::Earlier { -1 } else { 1 };
                checked(&both(active, &known), out, |row| arith::shift(a.at(row), sign * b.at(row), unit))
            }
            Op::DaysBetween(a, b) => {
                let (known, a, b) = pair(a, b);
                checked(&both(active, &known), out, |row| arith::days_between(a.at(row), b.at(row)))
            }
            Op::LeastInt(args) => self.extreme_int(args, out, |a, b| a < b),
            Op::MostInt(args) => self.extreme_int(args, out, |a, b| a > b),
            Op::If(condition, yes, no) => {
                let ((ky, yes), (kn, no)) = (self.ints(yes), self.ints(no));
                let (kc, tc) = self.bools(condition);
                for (row, value) in out.iter_mut().enumerate() {
                    *value = if tc[row / 64] >> (row % 64) & 1 == 1 { yes.at(row) } else { no.at(row) };
                }
                std::array::from_fn(|w| (tc[w] & ky[w]) | (kc[w] & !tc[w] & kn[w]))
            }
            Op::Entry(_, start, index) => {
                let (known, member) = self.ints(index);
                let table = &self.at.params().slots[start as usize..];
                for (row, value) in out.iter_mut().enumerate() {
                    *value = table.get(member.at(row) as usize).and_then(|slot| slot.as_int()).unwrap_or(0);
                }
                known
            }
            _ => NONE,
        }
    }

    /// Money times a ratio that is one for all rows or comes from a table, the usual product.
    fn scaled(&self, a: NodeId, b: NodeId, active: &Bits, out: &mut [i64]) -> Option<Bits> {
        let (ka, IntView::Many(money)) = self.ints(a) else { return None };
        let of = both(active, &ka);
        match &self.held[b.index()] {
            Held::Scalar(Slot::Frac(num, den)) => {
                let by = (Scale::new((*num, *den)), (*num, *den));
                Some(scaled(&of, money, |_| by, out))
            }
            Held::Table(table) => {
                let (known, IntView::Many(members)) = self.ints(table.index) else { return None };
                let of = both(&of, &known);
                Some(scaled(&of, money, |row| {
                    let member = members[row] as usize;
                    (table.scales[member], table.fracs[member])
                }, out))
            }
            _ => None,
        }
    }

    fn extreme_int(&self, args: Args, out: &mut [i64], better: impl Fn(i64, i64) -> bool) -> Bits {
        let mut all = ALL;
        for (at, node) in self.at.ruleset().arena.args(args).iter().enumerate() {
            let (known, values) = self.ints(*node);
            all = both(&all, &known);
            if at == 0 { keep_better(out, values, |_, _| true) } else { keep_better(out, values, &better) }
        }
        all
    }

    fn frac_op(&self, op: Op, active: &Bits, nums: &mut [i64], dens: &mut [i64]) -> Bits {
        let mut pair = |a: NodeId, b: NodeId, with: fn(arith::Frac, arith::Frac) -> Result<arith::Frac, _>| {
            let ((ka, a), (kb, b)) = (self.fracs(a), self.fracs(b));
            fracs(&both(active, &both(&ka, &kb)), nums, dens, |row| with(a.at(row), b.at(row)))
        };
        match op {
            Op::AddFrac(a, b) => pair(a, b, arith::add),
            Op::SubFrac(a, b) => pair(a, b, arith::sub),
            Op::MulFrac(a, b) => pair(a, b, arith::mul),
            Op::Div(a, b) => pair(a, b, arith::div),
            Op::LeastFrac(args) => self.extreme_frac(args, Cmp::Lt, nums, dens),
            Op::MostFrac(args) => self.extreme_frac(args, Cmp::Gt, nums, dens),
            Op::If(condition, yes, no) => {
                let ((ky, yes), (kn, no)) = (self.fracs(yes), self.fracs(no));
                let (kc, tc) = self.bools(condition);
                let known = std::array::from_fn(|w| (tc[w] & ky[w]) | (kc[w] & !tc[w] & kn[w]));
                fracs(&known, nums, dens, |row| {
                    Ok(if tc[row / 64] >> (row % 64) & 1 == 1 { yes.at(row) } else { no.at(row) })
                })
            }
            Op::Entry(_, start, index) => {
                let (known, member) = self.ints(index);
                let table = &self.at.params().slots[start as usize..];
                fracs(&both(active, &known), nums, dens, |row| {
                    let slot = table.get(member.at(row) as usize).copied().unwrap_or(Slot::MISSING);
                    slot.as_frac().ok_or(slot.causes())
                })
            }
            _ => NONE,
        }
    }

    fn extreme_frac(&self, args: Args, better: Cmp, nums: &mut [i64], dens: &mut [i64]) -> Bits {
        let views: Vec<(Bits, FracView<'_>)> =
            self.at.ruleset().arena.args(args).iter().map(|node| self.fracs(*node)).collect();
        let known = views.iter().fold(ALL, |all, (known, _)| both(&all, known));
        fracs(&known, nums, dens, |row| {
            let mut best: Option<arith::Frac> = None;
            for (_, view) in &views {
                let value = view.at(row);
                if best.is_none_or(|best| satisfies(better, arith::compare(value, best))) {
                    best = Some(value);
                }
            }
            best.ok_or_else(Default::default)
        })
    }

    fn column(&self, fact: usize) -> (Bits, &Column) {
        let column = &self.columns.facts[fact];
        let from = self.base / 64;
        (std::array::from_fn(|word| column.known[from + word]), column)
    }

    fn bools(&self, node: NodeId) -> (Bits, Bits) {
        match &self.held[node.index()] {
            Held::Idle | Held::Table(_) => (NONE, NONE),
            Held::Scalar(slot) => spread(*slot),
            Held::Fact(fact) => match self.column(*fact) {
                (known, Column { data: Data::Bool(truth), .. }) => {
                    let from = self.base / 64;
                    (known, std::array::from_fn(|word| truth[from + word]))
                }
                _ => (NONE, NONE),
            },
            Held::Block(block) => match &block.data {
                Values::Bool(truth) => (block.known, *truth),
                _ => (NONE, NONE),
            },
        }
    }

    fn ints(&self, node: NodeId) -> (Bits, IntView<'_>) {
        match &self.held[node.index()] {
            Held::Idle => (NONE, IntView::One(0)),
            Held::Scalar(slot) => (spread(*slot).0, IntView::One(slot.as_int().unwrap_or(0))),
            Held::Fact(fact) => match self.column(*fact) {
                (known, Column { data: Data::Int(values), .. }) => {
                    (known, IntView::Many(&values[self.base..self.base + CHUNK]))
                }
                _ => (NONE, IntView::One(0)),
            },
            Held::Block(block) => match &block.data {
                Values::Int(values) => (block.known, IntView::Many(values)),
                _ => (NONE, IntView::One(0)),
            },
            Held::Table(table) => match self.ints(table.index) {
                (known, IntView::Many(members)) => (known, IntView::Entry(members, &table.ints)),
                _ => (NONE, IntView::One(0)),
            },
        }
    }

    fn fracs(&self, node: NodeId) -> (Bits, FracView<'_>) {
        let chunk = self.base..self.base + CHUNK;
        match &self.held[node.index()] {
            Held::Idle => (NONE, FracView::One((0, 1))),
            Held::Scalar(slot) => (spread(*slot).0, FracView::One(slot.as_frac().unwrap_or((0, 1)))),
            Held::Fact(fact) => match self.column(*fact) {
                (known, Column { data: Data::Int(values), .. }) => (known, FracView::Whole(&values[chunk])),
                (known, Column { data: Data::Frac(nums, dens), .. }) => {
                    (known, FracView::Many(&nums[chunk.clone()], &dens[chunk]))
                }
                _ => (NONE, FracView::One((0, 1))),
            },
            Held::Block(block) => match &block.data {
                Values::Int(values) => (block.known, FracView::Whole(values)),
                Values::Frac(nums, dens) => (block.known, FracView::Many(nums, dens)),
                Values::Bool(_) => (NONE, FracView::One((0, 1))),
            },
            Held::Table(table) => match self.ints(table.index) {
                (known, IntView::Many(members)) => (known, FracView::Entry(members, &table.fracs)),
                _ => (NONE, FracView::One((0, 1))),
            },
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
