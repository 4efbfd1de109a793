//! Counts of a simulation: the matrix of outcomes, the sums, and the greatest changes of each kind.

use kernel::Money;
use policy::ruleset::{Outcome3, RuleId};

/// The outcomes in the order of the matrix.
pub(super) const OUTCOMES: [Outcome3; 3] = [Outcome3::Grant, Outcome3::Refuse, Outcome3::Pending];

/// One of the two decisions of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Side {
    pub outcome: Outcome3,
    pub amount: Option<Money>,
}

impl Side {
    fn fen(self) -> i128 {
        self.amount.map_or(0, |money| i128::from(money.fen()))
    }

    fn at(self) -> usize {
        OUTCOMES.iter().position(|outcome| *outcome == self.outcome).unwrap_or_default()
    }
}

/// A case whose outcome or amount differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    pub line: u64,
    pub case_id: String,
    pub before: Side,
    pub after: Side,
    /// Rules that were not met and now no longer stand in the way.
    pub now_met: Vec<RuleId>,
    /// Rules that now are not met.
    pub now_unmet: Vec<RuleId>,
}

impl Change {
    /// Fen more (or less) than before.
    pub fn difference(&self) -> i128 {
        self.after.fen() - self.before.fen()
    }
}

/// Cases and fen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Share {
    pub cases: u64,
    pub fen: i128,
}

/// The whole simulation, or a part of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// Cases by the outcome before (row) and after (column).
    pub matrix: [[u64; 3]; 3],
    pub before_fen: i128,
    pub after_fen: i128,
    pub gains: Share,
    pub losses: Share,
    pub others: Share,
    pub invalid: u64,
    /// The greatest changes of each kind, and what has not been sifted yet.
    pub changes: Vec<Change>,
}

/// Changes that wait to be sifted.
const WAITING: usize = 4_096;

impl Tally {
    pub fn count(&mut self, before: Side, after: Side) {
        self.matrix[before.at()][after.at()] += 1;
        self.before_fen += before.fen();
        self.after_fen += after.fen();
        let difference = after.fen() - before.fen();
        let share = match difference {
            1.. => &mut self.gains,
            ..=-1 => &mut self.losses,
            0 if before.outcome != after.outcome => &mut self.others,
            0 => return,
        };
        share.cases += 1;
        share.fen += difference;
    }

    /// Adds a part; keeps at most so many changes of each kind.
    pub fn add(&mut self, part: Self, most: usize) {
        for (row, more) in self.matrix.iter_mut().zip(part.matrix) {
            for (cell, n) in row.iter_mut().zip(more) {
                *cell += n;
            }
        }
        self.before_fen += part.before_fen;
        self.after_fen += part.after_fen;
        for (share, more) in
            [(&mut self.gains, part.gains), (&mut self.losses, part.losses), (&mut self.others, part.others)]
        {
            share.cases += more.cases;
            share.fen += more.fen;
        }
        self.invalid += part.invalid;
        self.changes.extend(part.changes);
        if self.changes.len() > WAITING + most.saturating_mul(6) {
            self.keep(most);
        }
    }

    /// Keeps the greatest changes of each kind: gains, losses, others; the earlier line first where they are equal.
    pub fn keep(&mut self, most: usize) {
        let kind = |change: &Change| match change.difference() {
            1.. => 0,
            ..=-1 => 1,
            0 => 2,
        };
        self.changes.sort_by_key(|change| (kind(change), -change.difference().abs(), change.line));
        let mut kept = [0_usize; 3];
        self.changes.retain(|change| {
            let n = &mut kept[kind(change)];
            *n += 1;
            *n <= most
        });
    }

    pub fn cases(&self) -> u64 {
        self.matrix.iter().flatten().sum()
    }

    /// Cases of an outcome: by row before, by column after.
    pub fn before(&self, at: usize) -> u64 {
        self.matrix[at].iter().sum()
    }

    pub fn after(&self, at: usize) -> u64 {
        self.matrix.iter().map(|row| row[at]).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(outcome: Outcome3, yuan: &str) -> Side {
        Side { outcome, amount: Money::parse_yuan(yuan).ok().filter(|_| outcome == Outcome3::Grant) }
    }

    fn change(line: u64, before: Side, after: Side) -> Change {
        Change { line, case_id: line.to_string(), before, after, now_met: Vec::new(), now_unmet: Vec::new() }
    }

    #[test]
    fn the_greatest_of_each_kind_are_kept_however_the_parts_come() {
        let none = side(Outcome3::Refuse, "0.00");
        let changes: Vec<Change> = (1..=20_000_u64)
            .map(|n| {
                let some = side(Outcome3::Grant, &format!("{}.00", n % 7_919 + 1));
                if n % 2 == 0 { change(n, none, some) } else { change(n, some, none) }
            })
            .collect();
        let mut sorted = changes.clone();
        sorted.sort_by_key(|change| (-change.difference(), change.line));
        let want: Vec<u64> = sorted.iter().take(3).map(|change| change.line).collect();
        for size in [1_000, 7_000, 20_000] {
            let mut total = Tally::default();
            for part in changes.chunks(size) {
                let mut one = Tally { changes: part.to_vec(), ..Tally::default() };
                for change in part {
                    one.count(change.before, change.after);
                }
                total.add(one, 3);
            }
            total.keep(3);
            let gains: Vec<u64> = total.changes.iter().take(3).map(|change| change.line).collect();
            assert_eq!((gains, total.changes.len(), total.gains.cases), (want.clone(), 6, 10_000), "{size}");
            assert_eq!(total.after_fen - total.before_fen, total.gains.fen + total.losses.fen);
        }
    }
}
