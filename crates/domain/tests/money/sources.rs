//! Sources: which money a fund takes, the ceiling, cash and cuts, and the split that never drifts.

use crate::world::*;
use domain::source::{Cut, Receive, cut, divide, receive, refused_row};
use kernel::Money;
use policy::pack::GovLevel;
use std::collections::BTreeMap;

#[test]
pub fn fund_not_booked() {
    let mut world = World::new();
    assert_eq!(name(world.register("old", 100, |c| c.year = 2018)), "FundNotBooked");
    assert_eq!(name(world.register("named", 100, |_| ())), "carried out");
}

#[test]
pub fn source_refused() {
    let gift = |c: &mut domain::source::Register| (c.kind, c.level) = ("gift".into(), GovLevel::Other);
    let refusal = World::new().register("main", 100, gift).unwrap_err();
    assert_eq!((refusal.reason.name(), refusal.cite.as_str()), ("SourceRefused", "三（二）2（1）"));
    assert!(refusal.reason.say().zh.contains("捐赠另有专户"));
}

#[test]
pub fn source_not_taken() {
    let city = |c: &mut domain::source::Register| (c.kind, c.level) = ("city".into(), GovLevel::Prefecture);
    assert_eq!(name(World::new().register("main", 100, city)), "SourceNotTaken");
    assert_eq!(name(World::new().register("named", 100, city)), "carried out");
}

#[test]
pub fn level_of_other_kind() {
    for (level, said) in [(GovLevel::Central, "LevelOfOtherKind"), (GovLevel::Township, "carried out")] {
        assert_eq!(name(World::new().register("main", 100, |c| c.level = level)), said);
    }
}

#[test]
pub fn document_unreadable() {
    for (document, said) in [
        ("", "DocumentUnreadable"),
        ("通财指76号", "DocumentUnreadable"),
        ("通财指[2019]76号", "carried out"),
    ] {
        assert_eq!(name(World::new().register("main", 100, |c| c.document = document.into())), said);
    }
}

#[test]
pub fn source_twice() {
    let mut world = World::new();
    let first = |c: &mut domain::source::Register| c.document = "新扶贫领字〔2018〕76号".into();
    world.register("named", 100, first).unwrap();
    let again = |c: &mut domain::source::Register| c.document = "新扶贫领字[2018]76号".into();
    assert_eq!(name(world.register("named", 50, again)), "SourceTwice");
    let other = |c: &mut domain::source::Register| c.document = "新扶领办发〔2018〕76号".into();
    assert_eq!(name(world.register("named", 50, other)), "carried out", "the whole prefix counts");
    let purpose = |c: &mut domain::source::Register| {
        first(c);
        c.purpose = "教育".into();
    };
    assert_eq!(name(world.register("named", 50, purpose)), "carried out");
    assert_eq!(name(world.register("main", 50, first)), "carried out", "another fund");
}

#[test]
pub fn over_ceiling() {
    let mut world = World::new();
    world.register("main", 60_000, |_| ()).unwrap();
    assert_eq!(world.balance("fund:money:main"), fen(40_000));
    assert_eq!(name(world.register("main", 40_001, |_| ())), "OverCeiling");
    assert_eq!(name(world.register("main", 40_000, |_| ())), "carried out");
    assert_eq!(name(world.register("named", 900_000, |_| ())), "carried out", "no ceiling");
}

#[test]
pub fn cash_over_budget() {
    let mut world = World::new();
    let source = world.register("main", 1_000, |_| ()).unwrap();
    world.receive(source, 400).unwrap();
    assert_eq!(name(world.receive(source, 601)), "CashOverBudget");
    assert_eq!(name(world.receive(source, 600)), "carried out");
}

#[test]
pub fn cut_too_deep() {
    let mut world = World::new();
    let source = world.register("named", 1_000, |_| ()).unwrap();
    let project = world.project("named", "all", "upkeep");
    let plan = world.draft("named", "all", 2019, vec![world.line(project, 300)]).unwrap();
    world.approve(plan, &[source], &leader()).unwrap();
    assert_eq!(name(world.cut(source, 701)), "CutTooDeep", "300 are allotted");
    world.receive(source, 500).unwrap();
    assert_eq!(name(world.cut(source, 501)), "CutTooDeep", "500 have arrived");
    world.cut(source, 500).unwrap();
    assert_eq!(
        (world.sources[&source].budget, world.lots("quota:money:named:all")[0].amount),
        (fen(500), fen(200))
    );
}

#[test]
pub fn row_refused() {
    let mut world = World::new();
    let refusal = world.register("main", 100_001, |_| ()).unwrap_err();
    let (code, cite) = (refusal.reason.code(), refusal.cite.clone());
    let row = refused_row(7, refusal);
    assert_eq!((name(Err::<(), _>(row.clone())), code), ("RowRefused", "R807"));
    assert_eq!(row.cite, cite, "under the article of what stands in the way");
    let say = row.reason.say();
    assert!(say.zh.starts_with("第7行没有通过（R807）") && say.zh.contains("超过资金总规模"), "{}", say.zh);
    assert_eq!(name(world.register("main", 100_000, |_| ())), "carried out");
}

#[test]
fn a_cut_side_is_not_below_what_is_allotted() {
    let mut world = World::new();
    let source = world.register("main", 1_000, |_| ()).unwrap();
    let project = world.project("main", "ours", "farming");
    let plan = world.draft("main", "ours", 2019, vec![world.line(project, 400)]).unwrap();
    world.approve(plan, &[], &leader()).unwrap();
    assert_eq!(name(world.cut(source, 202)), "CutTooDeep");
    assert_eq!(name(world.cut(source, 200)), "carried out");
    assert_eq!(world.balance("fund:money:main"), fen(99_200), "what is cut is the ceiling's again");
}

#[test]
fn days_and_years() {
    for (year, said) in
        [(2017, "YearOutsideFund"), (2018, "carried out"), (2020, "carried out"), (2021, "YearOutsideFund")]
    {
        assert_eq!(name(World::new().register("main", 100, |c| c.year = year)), said, "{year}");
    }
    for (on, said) in [("2019-06-04", "DateInFuture"), (TODAY, "carried out")] {
        assert_eq!(name(World::new().register("main", 100, |c| c.on = day(on))), said);
    }
    for (budget, said) in [(0, "AmountNotPositive"), (1, "carried out")] {
        assert_eq!(name(World::new().register("main", budget, |_| ())), said);
    }
    let mut world = World::new();
    let source = world.register("main", 100, |_| ()).unwrap();
    let command = Receive { on: day("2019-06-04"), amount: fen(1), voucher: "v".into() };
    assert_eq!(name(receive(&world.sources[&source], command, world.ctx(&finance()))), "DateInFuture");
    let command = Receive { on: day(TODAY), amount: fen(1), voucher: " ".into() };
    assert_eq!(name(receive(&world.sources[&source], command, world.ctx(&finance()))), "VoucherMissing");
    let command = Receive { on: day(TODAY), amount: fen(1), voucher: "v".into() };
    assert_eq!(name(receive(&world.sources[&source], command, world.ctx(&town()))), "NotAllowed");
}

#[test]
fn the_odd_fen_goes_to_the_named_side_and_parts_never_drift() {
    let mut world = World::new();
    let source = world.register("main", 9_999, |_| ()).unwrap();
    for _ in 0..1_111 {
        world.receive(source, 9).unwrap();
        let state = &world.sources[&source];
        let half = Money::from_fen(state.received.fen() / 2);
        assert_eq!(state.received_parts.get("ours").copied().unwrap_or_default(), half);
    }
    let side = |account: &str| world.balance(&format!("{account}:money:main:ours:s{source}")).fen();
    assert_eq!((side("quota"), side("pool")), (4_999, 4_999));
    assert_eq!(world.balance(&format!("pool:money:main:theirs:s{source}")), fen(5_000));
}

#[test]
fn three_sides_are_divided_without_negative_parts() {
    let world = World::new();
    let mut split = world.pack.splits.iter().next().unwrap().clone();
    let third = kernel::ratio::Ratio::new(1, 3).unwrap();
    let mut extra = split.sides[0].clone();
    extra.id = "extra".into();
    split.sides.push(extra);
    split.sides.iter_mut().for_each(|side| side.share = third);
    let mut had: BTreeMap<String, Money> = BTreeMap::new();
    for whole in 1..=300 {
        let parts = divide(Some(&split), fen(whole), fen(1), &had);
        assert_eq!(Money::sum(parts.iter().map(|part| part.amount)), Some(fen(1)));
        for part in parts {
            assert!(part.amount > Money::ZERO);
            let sum = had.entry(part.side).or_default();
            *sum = sum.checked_add(part.amount).unwrap();
        }
        for amount in had.values() {
            assert!((amount.fen() - whole / 3).abs() <= 2, "{whole}: {had:?}");
        }
    }
}

#[test]
fn a_fund_with_a_step_of_its_own_is_booked_by_that_role_alone() {
    let own = "by        = \"finance\"\nfunds     = [\"main\", \"named\"]\n\n[step.receive_village]\nprocedure = \"sources\"\n\
               name      = \"村级入账\"\nen        = \"Book\"\nact       = \"receive\"\nby        = \"town\"\n\
               funds     = [\"village\"]\n";
    let text = include_str!("pack.md");
    let at = text.find("[step.receive]").unwrap();
    let text = format!("{}{}", &text[..at], text[at..].replacen("by        = \"finance\"\n", own, 1));
    let mut world = World::of(text);
    let refusal = world.register("village", 100, |_| ()).unwrap_err();
    let step = world.pack.steps.get("receive_village").unwrap();
    assert_eq!((refusal.reason.name(), &refusal.cite), ("NotAllowed", &step.cite.to_string()));
    let town_name = world.pack.roles.get("town").unwrap().name.zh.clone();
    assert!(refusal.reason.say().zh.contains(&town_name), "{refusal}");
    let source = world.register_by(&town(), "village", 100, |_| ()).unwrap();
    assert_eq!(name(world.register_by(&town(), "main", 100, |_| ())), "NotAllowed");
    assert_eq!(name(world.register("main", 100, |_| ())), "carried out");
    let cash = Receive { on: day("2019-02-01"), amount: fen(10), voucher: "收-1".into() };
    let less = Cut { amount: fen(10), document: "通财指〔2019〕9号".into(), why: "核减".into() };
    let source = &world.sources[&source];
    let quota = BTreeMap::from([("all".to_owned(), fen(100))]);
    for (actor, said) in [(finance(), "NotAllowed"), (town(), "carried out")] {
        assert_eq!(name(receive(source, cash.clone(), world.ctx(&actor))), said);
        assert_eq!(name(cut(source, less.clone(), &quota, world.ctx(&actor))), said);
    }
}
