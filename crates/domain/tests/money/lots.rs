//! Taking lots: the exact sum, never more than there is, the order respected, proportions exact.

use crate::world::fen;
use domain::lot::{IssueOrder, Lot, Short, less, sum, take};
use kernel::id::SourceId;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

fn seeded() -> Config {
    Config { rng_seed: RngSeed::Fixed(20_191_009), failure_persistence: None, ..Config::default() }
}

fn lots(amounts: &[i64]) -> Vec<Lot> {
    (1..).zip(amounts).map(|(id, amount)| Lot { source: SourceId(id), amount: fen(*amount) }).collect()
}

#[test]
fn each_order_takes_as_it_says() {
    let there = lots(&[100, 50, 25]);
    let taken = |amount, order, named: &[i64]| {
        let named: Vec<SourceId> = named.iter().map(|id| SourceId(*id)).collect();
        take(&there, fen(amount), order, &named)
            .map(|lots| lots.iter().map(|lot| (lot.source.get(), lot.amount.fen())).collect::<Vec<_>>())
    };
    assert_eq!(taken(120, IssueOrder::Oldest, &[]), Ok(vec![(1, 100), (2, 20)]));
    assert_eq!(taken(30, IssueOrder::Named, &[3, 2]), Ok(vec![(3, 25), (2, 5)]));
    assert_eq!(taken(76, IssueOrder::Named, &[3, 2]), Err(Short { left: fen(75) }));
    assert_eq!(taken(7, IssueOrder::Proportional, &[]), Ok(vec![(1, 4), (2, 2), (3, 1)]));
    assert_eq!(taken(175, IssueOrder::Proportional, &[]), Ok(vec![(1, 100), (2, 50), (3, 25)]));
    assert_eq!(taken(176, IssueOrder::Oldest, &[]), Err(Short { left: fen(175) }));
    assert_eq!(taken(0, IssueOrder::Oldest, &[]), Ok(vec![]));
}

proptest! {
    #![proptest_config(seeded())]

    #[test]
    fn what_is_taken_is_exact(
        amounts in prop::collection::vec(1_i64..1_000_000_000_000, 1..12),
        part in 0_u32..=1_000,
        order in prop::sample::select(vec![IssueOrder::Oldest, IssueOrder::Proportional, IssueOrder::Named]),
    ) {
        let there = lots(&amounts);
        let named: Vec<SourceId> = there.iter().rev().map(|lot| lot.source).collect();
        let whole: i64 = amounts.iter().sum();
        let wanted = i64::try_from(i128::from(whole) * i128::from(part) / 1_000).unwrap();
        let taken = take(&there, fen(wanted), order, &named).unwrap();
        prop_assert_eq!(sum(&taken), fen(wanted));
        for lot in &taken {
            let had = there.iter().find(|had| had.source == lot.source).unwrap();
            prop_assert!(lot.amount > fen(0) && lot.amount <= had.amount);
            let exact = i128::from(had.amount.fen()) * i128::from(wanted);
            let off = i128::from(lot.amount.fen()) * i128::from(whole) - exact;
            prop_assert!(order != IssueOrder::Proportional || off.abs() < i128::from(whole), "within a fen");
        }
        prop_assert_eq!(sum(&less(&there, &taken)), fen(whole - wanted));
        if order == IssueOrder::Oldest {
            let touched = taken.len();
            prop_assert!(taken.iter().zip(&there).take(touched.saturating_sub(1)).all(|(a, b)| a == b));
        }
        prop_assert_eq!(take(&there, fen(whole + 1), order, &named), Err(Short { left: fen(whole) }));
    }
}
