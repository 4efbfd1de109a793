//! The operators that give numbers, over a chunk.

use super::block::NONE;
use super::block::{ALL, Bits, FracView, IntView, both};
use super::held::Held;
use super::kernels::{checked, fold, fracs, ints, scaled};
use super::run::Run;
use crate::lang::arith::{self, Frac, Scale, satisfies};
use crate::lang::node::{Args, NodeId, Op, Way};
use crate::lang::slot::Slot;
use crate::lang::{Cmp, RoundTo};

impl Run<'_> {
    pub(super) fn int_op(&self, op: Op, active: &Bits, out: &mut [i64]) -> Bits {
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
            Op::LeastInt(args) => self.extreme_int(args, out, i64::min),
            Op::MostInt(args) => self.extreme_int(args, out, i64::max),
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
                Some(scaled(
                    &of,
                    money,
                    |row| {
                        let member = members[row] as usize;
                        (table.scales[member], table.fracs[member])
                    },
                    out,
                ))
            }
            _ => None,
        }
    }

    #[inline]
    fn extreme_int(&self, args: Args, out: &mut [i64], pick: impl Fn(i64, i64) -> i64 + Copy) -> Bits {
        let mut all = ALL;
        for (at, node) in self.at.ruleset().arena.args(args).iter().enumerate() {
            let (known, values) = self.ints(*node);
            all = both(&all, &known);
            if at == 0 { fold(out, values, |_, value| value) } else { fold(out, values, pick) }
        }
        all
    }

    pub(super) fn frac_op(&self, op: Op, active: &Bits, nums: &mut [i64], dens: &mut [i64]) -> Bits {
        let mut pair = |a: NodeId, b: NodeId, with: fn(Frac, Frac) -> Result<Frac, _>| {
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
            let mut best: Option<Frac> = None;
            for (_, view) in &views {
                let value = view.at(row);
                if best.is_none_or(|best| satisfies(better, arith::compare(value, best))) {
                    best = Some(value);
                }
            }
            best.ok_or_else(Default::default)
        })
    }
}
