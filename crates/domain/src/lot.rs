//! Lots: money that still knows its source. Taking an amount out of several lots gives lots again, to the fen.

use kernel::Money;
use kernel::id::SourceId;
pub use policy::pack::IssueOrder;
use std::collections::BTreeMap;

/// Some money of one source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lot {
    /// The source.
    pub source: SourceId,
    /// How much of it.
    pub amount: Money,
}

/// Money by source.
pub type BySource = BTreeMap<SourceId, Money>;

/// The sum of some lots.
pub fn sum(lots: &[Lot]) -> Money {
    Money::sum(lots.iter().map(|lot| lot.amount)).unwrap_or(Money::MAX)
}

/// Adds lots to what is counted by source.
pub(crate) fn add(to: &mut BySource, lots: &[Lot]) {
    for lot in lots {
        let held = to.entry(lot.source).or_default();
        *held = held.checked_add(lot.amount).unwrap_or(Money::MAX);
    }
}

/// Takes lots off what is counted by source; what becomes nothing is no longer listed.
pub(crate) fn remove(from: &mut BySource, lots: &[Lot]) {
    for lot in lots {
        if let Some(held) = from.get_mut(&lot.source) {
            *held = held.checked_sub(lot.amount).unwrap_or(Money::ZERO);
        }
    }
    from.retain(|_, amount| !amount.is_zero());
}

/// What is counted by source, as lots.
pub(crate) fn lots_of(held: &BySource) -> Vec<Lot> {
    held.iter().map(|(source, amount)| Lot { source: *source, amount: *amount }).collect()
}

/// The lots hold less than was to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Short {
    /// What they hold.
    pub left: Money,
}

/// Takes an amount out of lots that stand oldest first. Never more than a lot has; the lots taken sum to the amount.
pub fn take(
    available: &[Lot],
    amount: Money,
    order: IssueOrder,
    named: &[SourceId],
) -> Result<Vec<Lot>, Short> {
    let lots: Vec<Lot> = match order {
        IssueOrder::Oldest | IssueOrder::Proportional => available.to_vec(),
        IssueOrder::Named => {
            let of = |source: &SourceId| available.iter().find(|lot| lot.source == *source).copied();
            named.iter().filter_map(of).collect()
        }
    };
    let left = sum(&lots);
    if amount > left {
        return Err(Short { left });
    }
    let taken = match order {
        IssueOrder::Proportional => in_proportion(&lots, amount),
        IssueOrder::Oldest | IssueOrder::Named => in_turn(&lots, amount),
    };
    Ok(taken.into_iter().filter(|lot| lot.amount > Money::ZERO).collect())
}

fn in_turn(lots: &[Lot], amount: Money) -> Vec<Lot> {
    let mut wanted = amount;
    let mut one = |lot: &Lot| {
        let part = lot.amount.min(wanted);
        wanted = wanted.checked_sub(part).unwrap_or(Money::ZERO);
        Lot { source: lot.source, amount: part }
    };
    lots.iter().map(&mut one).collect()
}

/// Largest remainder: whole fen first, then one fen each to the largest fractions, the older first.
fn in_proportion(lots: &[Lot], amount: Money) -> Vec<Lot> {
    let whole = i128::from(sum(lots).fen()).max(1);
    let exact = |lot: &Lot| i128::from(amount.fen()) * i128::from(lot.amount.fen());
    let mut parts: Vec<i128> = lots.iter().map(|lot| exact(lot) / whole).collect();
    let mut by_rest: Vec<usize> = (0..lots.len()).collect();
    by_rest.sort_by_key(|at| std::cmp::Reverse(exact(&lots[*at]) % whole));
    let missing = i128::from(amount.fen()) - parts.iter().sum::<i128>();
    for at in by_rest.into_iter().take(usize::try_from(missing).unwrap_or(0)) {
        parts[at] += 1;
    }
    let lot = |(lot, part): (&Lot, i128)| Lot {
        source: lot.source,
        amount: Money::from_fen(i64::try_from(part).unwrap_or(i64::MAX)),
    };
    lots.iter().zip(parts).map(lot).collect()
}

/// What is left of lots after others were taken out of them.
pub fn less(available: &[Lot], taken: &[Lot]) -> Vec<Lot> {
    let rest = |lot: &Lot| {
        let gone = sum(&taken.iter().filter(|t| t.source == lot.source).copied().collect::<Vec<_>>());
        Lot { source: lot.source, amount: lot.amount.checked_sub(gone).unwrap_or(Money::ZERO) }
    };
    available.iter().map(rest).filter(|lot| lot.amount > Money::ZERO).collect()
}
