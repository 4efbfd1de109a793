//! Tests that read like a ledger, and the properties that no history may break.

use kernel::Date;
use kernel::id::EntryId;
use kernel::money::Money;
use ledger::{AccountKind, AccountPath, Balances, Entry, EntryDraft, EntryError, Leg, Overdrawn, Transfer};
use proptest::prelude::*;

fn path(text: &str) -> AccountPath {
    text.parse().unwrap()
}

fn draft(id: i64) -> EntryDraft {
    EntryDraft {
        id: EntryId(id),
        date: Date::constant(2019, 10, 9),
        memo: "拨付".into(),
        article: "TJ-15.1".into(),
    }
}

fn leg(account: &str, fen: i64) -> Leg {
    Leg { account: path(account), amount: Money::from_fen(fen) }
}

fn move_of(from: &str, to: &str, fen: i64) -> Transfer {
    Transfer { from: path(from), to: path(to), amount: Money::from_fen(fen) }
}

#[test]
fn only_balanced_entries_can_be_built() {
    let cases = [
        (vec![], EntryError::TooFewLegs),
        (vec![leg("fund:a", 1)], EntryError::TooFewLegs),
        (vec![leg("fund:a", 0), leg("fund:b", 0)], EntryError::ZeroLeg { account: path("fund:a") }),
        (
            vec![leg("fund:a", 1), leg("fund:b", -2), leg("fund:a", 1)],
            EntryError::TwoLegs { account: path("fund:a") },
        ),
        (vec![leg("fund:a", 5), leg("fund:b", -4)], EntryError::Unbalanced { sum: Money::from_fen(1) }),
        (vec![leg("fund:a", i64::MAX), leg("fund:b", 1)], EntryError::Overflow),
    ];
    for (legs, expected) in cases {
        assert_eq!(draft(1).legs(legs), Err(expected));
    }
    let entry = draft(7).legs(vec![leg("fund:a", 5), leg("fund:b", -3), leg("cash:c", -2)]).unwrap();
    assert_eq!((entry.id(), entry.memo(), entry.article()), (EntryId(7), "拨付", "TJ-15.1"));
    assert_eq!((entry.date(), entry.legs().len()), (Date::constant(2019, 10, 9), 3));
}

#[test]
fn a_transfer_moves_more_than_nothing() {
    for fen in [0, -1, i64::MIN] {
        let amount = Money::from_fen(fen);
        assert_eq!(
            draft(1).transfer(move_of("fund:a", "fund:b", fen)),
            Err(EntryError::NotPositive { amount })
        );
    }
    let entry = draft(1).transfer(move_of("fund:a", "fund:b", 1)).unwrap();
    assert_eq!(entry.legs(), [leg("fund:a", -1), leg("fund:b", 1)]);
    assert_eq!(
        draft(1).transfer(move_of("fund:a", "fund:a", 1)),
        Err(EntryError::TwoLegs { account: path("fund:a") })
    );
}

#[test]
fn reserve_post_settle_void_name_their_accounts() {
    let (year, committed, transit, paid) =
        ("year:main:2019", "committed:case:12", "transit:case:12", "paid:case:12");
    assert!(draft(1).reserve(move_of(year, committed, 9)).is_ok());
    assert!(draft(1).post(move_of(committed, transit, 9)).is_ok());
    assert!(draft(1).settle(move_of(transit, paid, 9)).is_ok());
    assert!(draft(1).void(move_of(committed, year, 9)).is_ok());
    let wrong = |account, wanted| Err(EntryError::WrongKind { account: path(account), wanted });
    assert_eq!(draft(1).reserve(move_of(paid, committed, 9)), wrong(paid, AccountKind::Year));
    assert_eq!(draft(1).settle(move_of(committed, paid, 9)), wrong(committed, AccountKind::Transit));
    assert_eq!(draft(1).post(move_of(committed, year, 9)), wrong(year, AccountKind::Transit));
    assert_eq!(draft(1).void(move_of(paid, year, 9)), wrong(paid, AccountKind::Committed));
}

/// A year of 10 yuan: what is reserved, posted and voided, and where each fen is afterwards.
#[test]
fn a_year_in_the_ledger() {
    let mut balances = Balances::default();
    let mut apply = |entry: Result<Entry, EntryError>| balances.apply(&entry.unwrap());
    apply(draft(1).transfer(move_of("authority:city", "fund:main", 10_00))).unwrap();
    apply(draft(2).transfer(move_of("fund:main", "year:main:2019", 10_00))).unwrap();
    apply(draft(3).reserve(move_of("year:main:2019", "committed:case:1", 7_00))).unwrap();
    apply(draft(4).reserve(move_of("year:main:2019", "committed:case:2", 3_00))).unwrap();
    let refused = apply(draft(5).reserve(move_of("year:main:2019", "committed:case:3", 1))).unwrap_err();
    assert_eq!(
        refused,
        Overdrawn {
            account: path("year:main:2019"),
            balance: Money::ZERO,
            wanted: Money::from_fen(-1),
            floor: Some(Money::ZERO)
        }
    );
    assert_eq!(refused.to_string(), "year:main:2019 holds 0.00 and may not change by -0.01");
    apply(draft(6).post(move_of("committed:case:1", "transit:case:1", 5_00))).unwrap();
    apply(draft(9).settle(move_of("transit:case:1", "paid:case:1", 4_00))).unwrap();
    apply(draft(7).void(move_of("committed:case:1", "year:main:2019", 2_00))).unwrap();
    assert!(apply(draft(8).post(move_of("committed:case:1", "transit:case:1", 1))).is_err());
    let held: Vec<(String, i64)> =
        balances.iter().map(|(account, held)| (account.to_string(), held.fen())).collect();
    let expected = [
        ("authority:city", -10_00),
        ("fund:main", 0),
        ("year:main:2019", 2_00),
        ("committed:case:1", 0),
        ("committed:case:2", 3_00),
        ("transit:case:1", 1_00),
        ("paid:case:1", 4_00),
    ];
    assert_eq!(held, expected.map(|(account, fen)| (account.to_owned(), fen)));
}

#[test]
fn an_entry_is_applied_whole_or_not_at_all() {
    let mut balances = Balances::default();
    let before = balances.clone();
    let entry = draft(1).legs(vec![leg("cash:a", 5), leg("authority:b", -4), leg("cash:c", -1)]).unwrap();
    assert_eq!(balances.apply(&entry).unwrap_err().account, path("cash:c"));
    assert_eq!(balances, before);
}

#[test]
fn a_sum_beyond_the_largest_amount_is_refused() {
    let mut balances = Balances::default();
    balances.apply(&draft(1).transfer(move_of("authority:a", "fund:b", i64::MAX)).unwrap()).unwrap();
    let refused =
        balances.apply(&draft(2).transfer(move_of("authority:c", "fund:b", 1)).unwrap()).unwrap_err();
    assert_eq!((refused.account, refused.floor), (path("fund:b"), None));
}

const PLACES: [&str; 7] = [
    "authority:city",
    "fund:main",
    "year:main:2019",
    "committed:case:1",
    "paid:case:1",
    "cash:treasury",
    "outside:world",
];

fn moves() -> impl Strategy<Value = Vec<Entry>> {
    let transfer = (0..PLACES.len(), 1..PLACES.len(), 1_i64..1000).prop_map(|(from, step, fen)| {
        let to = (from + step) % PLACES.len();
        draft(1).transfer(move_of(PLACES[from], PLACES[to], fen)).unwrap()
    });
    proptest::collection::vec(transfer, 0..60)
}

proptest! {
    #[test]
    fn all_balances_sum_to_nothing_and_no_floor_is_broken(entries in moves()) {
        let mut balances = Balances::default();
        for entry in &entries {
            let before = balances.clone();
            if let Err(refused) = balances.apply(entry) {
                prop_assert_eq!(&balances, &before);
                prop_assert!(refused.balance.checked_add(refused.wanted).unwrap().is_negative());
            }
            prop_assert_eq!(Money::sum(balances.iter().map(|(_, held)| held)), Some(Money::ZERO));
            for (account, held) in balances.iter() {
                prop_assert!(account.floor().is_none_or(|floor| held >= floor), "{account} holds {held}");
            }
        }
    }

    #[test]
    fn totals_do_not_depend_on_the_order(entries in moves(), turn: prop::sample::Index) {
        let mut balances = Balances::default();
        let accepted: Vec<&Entry> = entries.iter().filter(|entry| balances.apply(entry).is_ok()).collect();
        let mut legs: Vec<&Leg> = accepted.iter().flat_map(|entry| entry.legs()).collect();
        if !legs.is_empty() {
            let middle = turn.index(legs.len());
            legs.rotate_left(middle);
        }
        for place in PLACES.map(path) {
            let total = Money::sum(legs.iter().filter(|leg| leg.account == place).map(|leg| leg.amount));
            prop_assert_eq!(total, Some(balances.of(&place)));
        }
    }
}
