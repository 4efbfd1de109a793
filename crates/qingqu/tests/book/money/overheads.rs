//! Overheads: an audit paid out of the fund stands in columns, nodes and accounts of its own, and is warned of above the share set.

use super::story::payer;
use super::world::*;
use app::command::money::*;
use app::view::money::{AllocationPage, Behind, Figure, NodeKey};
use kernel::Money;
use kernel::id::{AllocationId, BatchId, ClaimId, ProjectId};
use qingqu::cmd::ledger::hledger;
use store::Database;

/// An audit of 10.00 beside the project of 300.00; the year has 700.01.
fn audited(ready: &Ready) -> ProjectId {
    let world = &ready.world;
    let MoneyCommand::OpenProject(project) = world.project("年度审计") else { panic!() };
    let project = NewProject { spending: "upkeep".into(), ..project };
    let audit = ProjectId(world.does("town", MoneyCommand::OpenProject(project)));
    world.does("town", world.lines(audit, &[("audit", "审计", "", "10.00")]));
    world.does("town", world.contract(audit, 1, "10.00"));
    audit
}

fn seen(world: &World, allocation: AllocationId) -> AllocationPage {
    world.app.allocation_page(&world.viewer("finance"), allocation).unwrap()
}

fn drafted(ready: &Ready, audit: ProjectId, amount: &str) -> AllocationId {
    AllocationId(ready.world.does("finance", ready.world.allocation("ours", &[(audit, amount)])))
}

/// Both stages of the share, then the audit is given 7.01 and 3.00 of it are paid.
fn paid(ready: &Ready) -> ProjectId {
    let world = &ready.world;
    let audit = audited(ready);
    let plan = drafted(ready, audit, "7.01");
    world.does("leaders", world.approval(plan));
    let bill = world.bill(1, "audit", "900", "c1", "3.00");
    let claim = ClaimId(world.does("town", world.claim(audit, vec![bill])));
    world.does("finance", world.check(claim, &[(1, "3.00", "")]));
    world.does("leaders", world.grant(claim));
    let batch = BatchId(world.does("finance", world.batch(&[(claim, "c1")])));
    payer(world);
    world.app.release_batch(&world.viewer("leaders"), batch, app::payout::FileForm::Pain001, "").unwrap();
    world.does("leaders", world.results(batch, vec![world.paid("1-1", "3.00")]));
    audit
}

#[test]
fn a_plan_that_would_pass_the_share_is_warned_of_and_not_stopped() {
    let ready = Ready::new();
    let world = &ready.world;
    let audit = audited(&ready);
    // One per cent of 700.01 is 7.0001: 7.00 is not more, 7.01 is.
    let within = seen(world, drafted(&ready, audit, "7.00")).overheads;
    assert_eq!((within.len(), within[0].year, within[0].money), (1, 2019, yuan("700.01")));
    assert!(!within[0].is_over() && within[0].drafted == yuan("7.00"), "{within:?}");
    let plan = drafted(&ready, audit, "7.01");
    let over = seen(world, plan).overheads;
    let limit = over[0].limit.clone().unwrap();
    assert!(over[0].is_over() && limit.percent == 1 && limit.cite.contains('3'), "{over:?}");
    world.does("leaders", world.approval(plan));
    assert!(seen(world, plan).overheads.is_empty(), "an approved plan is part of what stands");
    let page = world.app.project_page(&world.viewer("finance"), audit).unwrap();
    let shares = page.overheads.unwrap();
    assert!(shares[0].is_over() && shares[0].open == yuan("7.01"), "{shares:?}");
    let other = world.app.project_page(&world.viewer("finance"), ready.project).unwrap();
    assert_eq!(other.overheads, None, "a project is no overhead");
    let plain = seen(
        world,
        AllocationId(world.does("finance", world.allocation("ours", &[(ready.project, "1.00")]))),
    );
    assert!(plain.overheads.is_empty(), "a plan without overheads changes nothing of them");
}

#[test]
fn overheads_stand_apart_in_every_report() {
    let ready = Ready::new();
    let world = &ready.world;
    let audit = paid(&ready);
    let viewer = world.viewer("finance");
    let table = world.app.fund_table(&viewer, None).unwrap();
    assert!(table.has_overheads && table.all.balances(), "{table:?}");
    assert_eq!((table.all.overhead_open, table.all.overhead_spent), (yuan("4.01"), yuan("3.00")));
    assert_eq!((table.all.committed(), table.all.spent), (yuan("300.00"), Money::ZERO), "projects alone");
    assert_eq!(table.overheads.len(), 1);
    assert!(table.overheads[0].is_over() && table.overheads[0].taken() == yuan("7.01"));

    // The rows behind each figure sum to it.
    for (figure, of) in [
        (Figure::Committed, table.all.committed()),
        (Figure::Spent, table.all.spent),
        (Figure::OverheadOpen, table.all.overhead_open),
        (Figure::OverheadSpent, table.all.overhead_spent),
        (Figure::Clearing, table.all.clearing),
    ] {
        let rows = world.app.figure_rows(&viewer, figure, &Behind::default()).unwrap();
        assert_eq!(Money::sum(rows.iter().map(|row| row.amount)), Some(of), "{figure:?}");
        let overheads = matches!(figure, Figure::OverheadOpen | Figure::OverheadSpent);
        let held = rows.iter().filter_map(|row| row.project.as_ref());
        assert!(held.into_iter().all(|(id, ..)| (*id == audit) == overheads), "{figure:?}: {rows:?}");
    }

    let flow = world.app.money_flow(&viewer, Some("main"), None).unwrap();
    let amount = |key: NodeKey| flow.nodes.iter().find(|node| node.key == key).map(|node| node.amount);
    assert_eq!(amount(NodeKey::Overhead("upkeep".into())), Some(yuan("7.01")));
    assert_eq!(amount(NodeKey::OverheadPaid), Some(yuan("3.00")));
    assert_eq!(amount(NodeKey::OverheadOpen), Some(yuan("4.01")));
    assert_eq!(amount(NodeKey::Committed), Some(yuan("300.00")));
    assert_eq!(amount(NodeKey::Paid), None);

    let months = world.app.paid_months(&viewer, None).unwrap();
    assert_eq!(
        (months[0].overheads, months[0].total, months[0].funds.len()),
        (yuan("3.00"), yuan("3.00"), 0)
    );

    let mut engine = Database::File(world.folder.path().join("book.db")).open_read().unwrap();
    let mut out = Vec::new();
    hledger(&mut *engine, &app::Packs::new(vec![pack()]), &mut out).unwrap();
    let journal = String::from_utf8(out).unwrap();
    assert!(journal.contains(&format!("expenses:budget:overhead:spent:p{audit}:")), "{journal}");
    assert!(!journal.contains(&format!("overhead:allotted:p{}:", ready.project)), "{journal}");
    if let Some(said) = testkit::hledger::run(journal.as_bytes(), &["check", "--strict"]).unwrap() {
        assert!(said.accepted, "{}", said.text);
    }
}

#[tokio::test]
async fn the_pages_show_the_share_its_article_and_the_number() {
    let ready = Ready::new();
    let audit = paid(&ready);
    let site = super::pages::Pages::of(&ready.world).await;
    let funds = site.text("finance", "/funds").await;
    for part in ["工作经费已付", "7.01 元", "1.0%", "超过 1%", "只提醒", "figure=overhead_open"] {
        assert!(funds.contains(part), "{part}: {funds}");
    }
    let csv = site.text("finance", "/funds?format=csv").await;
    let lines: Vec<&str> = csv.lines().collect();
    assert!(lines[0].ends_with("工作经费未付（元）,工作经费已付（元）"), "{csv}");
    assert!(lines[1].ends_with(",4.01,3.00"), "{csv}");
    let rows = site.text("finance", "/funds/rows?figure=overhead_spent&format=csv").await;
    assert!(rows.contains("年度审计") && !rows.contains("大棚"), "{rows}");
    let projects = site.text("finance", "/projects?format=csv").await;
    assert!(
        projects.lines().any(|line| line.contains("年度审计") && line.contains("工作经费（据实列支）")),
        "{projects}"
    );
    let flow = site.text("finance", "/funds/flow").await;
    assert!(flow.contains("工作经费已支付") && flow.contains("figure=overhead_spent"), "{flow}");
    let one = site.text("finance", &format!("/projects/{audit}")).await;
    assert!(one.contains("超过 1%") && one.contains("工作经费"), "{one}");
    let plan = drafted(&ready, audit, "1.00");
    let page = site.text("finance", &format!("/allocations/{plan}")).await;
    assert!(page.contains("其中本方案要安排 1.00 元"), "{page}");
}
