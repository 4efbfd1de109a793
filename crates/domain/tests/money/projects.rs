//! Projects: uses, doubtful words, budget lines, contracts, papers, recovery and closing.

use crate::world::*;
use domain::claim::Purpose;

#[test]
pub fn use_prohibited() {
    let mut world = World::new();
    assert_eq!(name(world.open("main", "ours", "vehicles", |_| ())), "UseProhibited");
    assert_eq!(name(world.open("main", "ours", "farming", |_| ())), "carried out");
}

#[test]
pub fn use_of_other_money() {
    let mut world = World::new();
    assert_eq!(name(world.open("main", "theirs", "farming", |_| ())), "UseOfOtherMoney", "the other side");
    assert_eq!(name(world.open("named", "all", "farming", |_| ())), "UseOfOtherMoney", "another fund");
    assert_eq!(name(world.open("named", "all", "upkeep", |_| ())), "carried out");
}

#[test]
pub fn side_unknown() {
    let mut world = World::new();
    for (fund, side, said) in [
        ("main", "all", "SideUnknown"),
        ("named", "ours", "SideUnknown"),
        ("main", "theirs", "carried out"),
        ("named", "all", "carried out"),
    ] {
        assert_eq!(name(world.open(fund, side, "upkeep", |_| ())), said, "{fund} {side}");
    }
}

#[test]
pub fn place_outside_fund() {
    let mut world = World::new();
    let elsewhere = |c: &mut domain::project::Open| c.place = "150426".parse().unwrap();
    assert_eq!(name(world.open("main", "ours", "farming", elsewhere)), "PlaceOutsideFund");
    assert_eq!(name(world.open("named", "all", "upkeep", elsewhere)), "carried out");
}

#[test]
pub fn link_missing() {
    let mut world = World::new();
    for (link, said) in [(" ", "LinkMissing"), ("带动1户", "carried out")] {
        assert_eq!(name(world.open("named", "all", "upkeep", |c| c.link = link.into())), said);
    }
}

#[test]
pub fn doubt_open() {
    let (mut world, source, _) = World::funded(1_000);
    let more = world.register("named", 500, |_| ()).unwrap();
    let doubtful = world.open("named", "all", "upkeep", |c| c.name = "购置车辆一台".into()).unwrap();
    let excepted = world.open("village", "all", "upkeep", |c| c.name = "购置车辆一台".into()).unwrap();
    assert_eq!(world.projects[&doubtful].open_doubts().len(), 1);
    assert!(world.projects[&excepted].doubts.is_empty(), "the fund is excepted");
    let plan = world.draft("named", "all", 2019, vec![world.line(doubtful, 500)]).unwrap();
    assert_eq!(name(world.approve(plan, &[more, source], &leader())), "DoubtOpen");
    world.clear(doubtful, 0, true, &leader()).unwrap();
    assert_eq!(name(world.approve(plan, &[more, source], &leader())), "carried out");
}

#[test]
pub fn doubt_refused() {
    let (mut world, _, project) = World::funded(1_000);
    world.plan(project, &[("works", "轿车", "", 1_000)]).unwrap();
    let bill = world.bill(100);
    assert_eq!(name(world.claim(project, Purpose::Progress, vec![bill.clone()])), "DoubtOpen");
    world.clear(project, 0, false, &leader()).unwrap();
    assert_eq!(name(world.claim(project, Purpose::Progress, vec![bill.clone()])), "DoubtRefused");
    world.plan(project, &[("works", "圈舍", "", 1_000)]).unwrap();
    assert_eq!(
        name(world.claim(project, Purpose::Progress, vec![bill])),
        "carried out",
        "the words are gone"
    );
}

#[test]
fn words_that_come_back_must_be_decided_again() {
    let (mut world, _, project) = World::funded(1_000);
    world.plan(project, &[("works", "租用车辆", "", 1_000)]).unwrap();
    world.clear(project, 0, true, &leader()).unwrap();
    world.plan(project, &[("works", "租用车辆", "", 900), ("b", "种苗", "", 100)]).unwrap();
    assert!(world.projects[&project].open_doubts().is_empty(), "the same words were decided");
    world.plan(project, &[("works", "购买车辆", "", 1_000)]).unwrap();
    assert_eq!(world.projects[&project].open_doubts().len(), 1);
}

#[test]
pub fn doubt_settled() {
    let mut world = World::new();
    let project = world.open("named", "all", "upkeep", |c| c.name = "租用车辆".into()).unwrap();
    let maker = who(3, "leaders");
    assert_eq!(name(world.clear(project, 0, true, &maker)), "MakerIsChecker");
    assert_eq!(name(world.clear(project, 0, true, &lent_to(3, leader()))), "MakerIsChecker");
    assert_eq!(name(world.clear(project, 0, true, &lent_to(8, maker.clone()))), "MakerIsChecker");
    let own = domain::Actor { belongs: [UNIT].into(), ..leader() };
    assert_eq!(name(world.clear(project, 0, true, &own)), "OwnFirm");
    assert_eq!(name(world.clear(project, 1, true, &leader())), "DoubtSettled");
    world.clear(project, 0, true, &leader()).unwrap();
    assert_eq!(name(world.clear(project, 0, true, &leader())), "DoubtSettled");
}

#[test]
pub fn lines_unusable() {
    let mut world = World::new();
    let project = world.open("named", "all", "upkeep", |_| ()).unwrap();
    for lines in [
        &[][..],
        &[("a", "一", "", 1), ("a", "二", "", 1)],
        &[("a", " ", "", 1)],
        &[("a", "一", "", i64::MAX), ("b", "二", "", 1)],
    ] {
        assert_eq!(name(world.plan(project, lines)), "LinesUnusable");
    }
    assert_eq!(name(world.plan(project, &[("a", "一", "", 0)])), "AmountNotPositive");
    assert_eq!(name(world.plan(project, &[("a", "一", "", 1)])), "carried out");
}

#[test]
pub fn line_below_used() {
    let (mut world, _, project) = World::funded(1_000);
    world.granted(project, 300);
    for lines in [&[("works", "场地", "", 299)][..], &[("other", "其他", "", 1_000)]] {
        assert_eq!(name(world.plan(project, lines)), "LineBelowUsed");
    }
    assert_eq!(name(world.plan(project, &[("works", "场地", "", 300)])), "carried out");
}

#[test]
pub fn retention_over_contract() {
    let (mut world, _, project) = World::funded(1_000);
    for (retention, said) in
        [(1_001, "RetentionOverContract"), (-1, "RetentionOverContract"), (1_000, "carried out")]
    {
        assert_eq!(name(world.contract(project, |c| c.retention = fen(retention))), said);
    }
}

#[test]
pub fn contract_over_budget() {
    let (mut world, _, project) = World::funded(1_000);
    for (amount, said) in [(501, "ContractOverBudget"), (500, "carried out")] {
        let second = |c: &mut domain::project::RecordContract| (c.contract, c.amount) = (2, fen(amount));
        assert_eq!(name(world.contract(project, second)), said, "1,500 of budget, 1,000 contracted");
    }
}

#[test]
pub fn contract_below_granted() {
    let (mut world, _, project) = World::funded(1_000);
    world.granted(project, 300);
    for (amount, said) in [(299, "ContractBelowGranted"), (300, "carried out")] {
        assert_eq!(name(world.contract(project, |c| (c.amount, c.retention) = (fen(amount), fen(0)))), said);
    }
}

#[test]
pub fn paper_not_demanded() {
    let mut world = World::new();
    let project = world.open("village", "all", "upkeep", |_| ()).unwrap();
    let other = world.open("named", "all", "upkeep", |_| ()).unwrap();
    assert_eq!(name(world.file_paper(project, "consent")), "PaperNotDemanded", "it is the place's");
    assert_eq!(name(world.file_paper(other, "letter")), "PaperNotDemanded", "another fund");
    assert_eq!(name(world.file_paper(project, "letter")), "carried out");
    assert_eq!(name(world.file("120119-1", "letter")), "PaperNotDemanded");
    assert_eq!(name(world.file("120119-1", "consent")), "carried out");
}

#[test]
pub fn paper_demanded() {
    let mut world = World::new();
    let source = world.register("village", 1_000, |_| ()).unwrap();
    world.receive(source, 1_000).unwrap();
    let project = world.project("village", "all", "upkeep");
    let plan = world.draft("village", "all", 2019, vec![world.line(project, 1_000)]).unwrap();
    let refusal = world.approve(plan, &[], &leader()).unwrap_err();
    assert_eq!(refusal.reason.name(), "PaperDemanded");
    assert!(refusal.to_string().contains("村民会议同意书") && refusal.to_string().contains("120119-1"));
    world.file("120119-2", "consent").unwrap();
    assert_eq!(name(world.approve(plan, &[], &leader())), "PaperDemanded", "another village's");
    world.file("120119-1", "consent").unwrap();
    world.approve(plan, &[], &leader()).unwrap();
    let bill = world.bill(100);
    assert_eq!(name(world.claim(project, Purpose::Progress, vec![bill])), "PaperDemanded", "the letter");
    world.file_paper(project, "letter").unwrap();
    let claim = world.granted(project, 100);
    assert_eq!(name(world.make("village", vec![World::pick(claim)])), "PaperDemanded", "the agreement");
    world.file("o30", "agreement").unwrap();
    assert_eq!(name(world.make("village", vec![World::pick(claim)])), "carried out");
}

#[test]
fn a_revoked_consent_no_longer_counts() {
    let mut world = World::new();
    world.register("village", 1_000, |_| ()).unwrap();
    let project = world.project("village", "all", "upkeep");
    world.file("120119-1", "consent").unwrap();
    let plan = world.draft("village", "all", 2019, vec![world.line(project, 1_000)]).unwrap();
    let revoke = domain::consent::Revoke { demand: "consent".into(), why: "重议".into(), on: day(TODAY) };
    let events = domain::consent::revoke(&world.consents["120119-1"], revoke, world.ctx(&town())).unwrap();
    world.append_all(domain::Stream::Consent("money".into(), "120119-1".into()), events, &town());
    assert_eq!(name(world.approve(plan, &[], &leader())), "PaperDemanded");
}

#[test]
pub fn project_closed() {
    let (mut world, source, project) = World::funded(1_000);
    world.close(project).unwrap();
    assert_eq!(world.lots("quota:money:named:all")[0].amount, fen(1_000), "all of it is back");
    let bill = world.bill(100);
    assert_eq!(name(world.claim(project, Purpose::Progress, vec![bill])), "ProjectClosed");
    assert_eq!(name(world.plan(project, &[("a", "一", "", 1)])), "ProjectClosed");
    assert_eq!(name(world.contract(project, |_| ())), "ProjectClosed");
    assert_eq!(name(world.draft("named", "all", 2019, vec![world.line(project, 1)])), "ProjectClosed");
    assert_eq!(name(world.close(project)), "ProjectClosed");
    assert_eq!(world.sources[&source].budget, fen(1_000));
}

#[test]
pub fn project_busy() {
    let (mut world, _, project) = World::funded(1_000);
    let claim = world.granted(project, 300);
    assert_eq!(name(world.close(project)), "ProjectBusy");
    let batch = world.make("named", vec![World::pick(claim)]).unwrap();
    world.release(batch, "d", &leader()).unwrap();
    assert_eq!(name(world.close(project)), "ProjectBusy");
    world.book(batch, world.answer(batch, 1, true)).unwrap();
    assert_eq!(name(world.close(project)), "carried out");
}

#[test]
pub fn over_recovery() {
    let (mut world, source, project) = World::funded(1_000);
    let claim = world.granted(project, 300);
    assert_eq!(name(world.recover(project, "c1", 1)), "OverRecovery", "nothing was paid");
    let batch = world.make("named", vec![World::pick(claim)]).unwrap();
    world.release(batch, "d", &leader()).unwrap();
    world.book(batch, world.answer(batch, 1, true)).unwrap();
    assert_eq!(name(world.recover(project, "c1", 301)), "OverRecovery");
    assert_eq!(name(world.recover(project, "c1", 200)), "carried out");
    assert_eq!(name(world.recover(project, "c1", 101)), "OverRecovery");
    let held = |account: &str| world.balance(&format!("{account}:s{source}")).fen();
    assert_eq!((held("quota:money:named:all"), held("pool:money:named:all")), (200, 900));
    assert_eq!((held(&format!("spent:p{project}")), held(&format!("payee:p{project}:c1"))), (100, 100));
}
