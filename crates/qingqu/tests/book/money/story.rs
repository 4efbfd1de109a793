//! A year of one fund from end to end: figures, follow the fen, flow, and the book computed again.

use super::world::*;
use app::command::money::*;
use app::replay::replay;
use app::rows::TaskScope;
use app::view::money::{NodeKey, StepState};
use kernel::Money;
use kernel::id::{BatchId, ProjectId, SourceId};

/// Two payments, one failed and issued again, a recovery and a surplus.
pub fn told() -> (Ready, Vec<BatchId>) {
    let ready = Ready::new();
    let world = &ready.world;
    let one = ready.approved("001", "80.00");
    let two = ready.approved("002", "120.00");
    let batch = BatchId(world.does("finance", world.batch(&[(one, "c1"), (two, "c1")])));
    payer(world);
    world.app.release_batch(&world.viewer("leaders"), batch, app::payout::FileForm::Pain001, "").unwrap();
    let results = vec![world.paid("1-1", "80.00"), world.failed("1-2", "120.00")];
    world.does("leaders", world.results(batch, results));
    let again = BatchId(world.does("finance", world.batch(&[(two, "c1")])));
    world.app.release_batch(&world.viewer("leaders"), again, app::payout::FileForm::Csv, "").unwrap();
    world.does("leaders", world.results(again, vec![world.paid("2-1", "120.00")]));
    let recover = Recover {
        payee: "c1".into(),
        amount: yuan("50.00"),
        on: world.app.today(),
        voucher: "退1".into(),
        why: "审计核减".into(),
    };
    world.does("finance", MoneyCommand::Recover { project: ready.project, recover });
    let close = Close { on: world.app.today(), why: "完工".into() };
    world.does("town", MoneyCommand::CloseProject { project: ready.project, close });
    (ready, vec![batch, again])
}

pub fn payer(world: &World) {
    let account = world.app.seal_account("12000000000000009").unwrap();
    let payer =
        app::payout::Payer { name: "扶贫资金专户".into(), account, bank: "某农商银行".into() };
    world.app.set_payer(&world.viewer("leaders"), "main", &payer).unwrap();
}

#[test]
fn the_figures_of_a_year_add_up() {
    let (ready, _) = told();
    let world = &ready.world;
    let table = world.app.fund_table(&world.viewer("finance"), None).unwrap();
    let all = table.all;
    assert!(all.balances(), "{all:?}");
    assert_eq!((all.budget, all.received), (yuan("700.01"), yuan("700.01")));
    assert_eq!((all.spent, all.committed(), all.quota), (yuan("150.00"), Money::ZERO, yuan("550.01")));
    assert_eq!((all.pool, all.clearing), (yuan("550.01"), Money::ZERO));
    let sides: Vec<_> = table.lines.iter().map(|l| (l.side.as_str(), l.figures.budget)).collect();
    assert_eq!(sides, [("ours", yuan("350.00")), ("theirs", yuan("350.01"))], "the odd fen is theirs");
    assert_eq!(table.years, [(2019, all)]);
    assert_eq!(table.funds.len(), 2, "a fund without money is in the table too");
    let none = world.app.fund_table(&world.viewer("finance"), Some(2018)).unwrap();
    assert!(none.lines.is_empty());
    assert!(world.app.fund_table(&world.viewer("town"), None).is_err(), "a township does not see the fund");
}

#[test]
fn each_fen_is_followed_both_ways() {
    let (ready, batches) = told();
    let world = &ready.world;
    let viewer = world.viewer("finance");
    let forward = world.app.follow_forward(&viewer, ready.first).unwrap();
    assert!(forward.complete(), "{forward:?}");
    let branch = &forward.projects[0];
    let payee = &branch.payees[0];
    let parts: Vec<Money> = payee.payments.iter().filter(|p| p.0.row.state == "paid").map(|p| p.1).collect();
    assert_eq!(parts.len(), 2, "paid twice, the failed line is told apart: {payee:?}");
    // The first source has 150.00 of the side; it is used up first.
    let backward = world.app.follow_backward(&viewer, batches[1], 1).unwrap();
    let given: Vec<(SourceId, Money)> = backward.sources.iter().map(|(s, m)| (s.row.source, *m)).collect();
    assert_eq!(given, [(ready.first, yuan("70.00")), (ready.second, yuan("50.00"))]);
    assert_eq!(Money::sum(given.iter().map(|g| g.1)), Some(backward.payment.row.amount));
    let page = world.app.source_page(&viewer, ready.first).unwrap();
    let sum = |of: &[app::view::money::WhereNow]| Money::sum(of.iter().map(|w| w.amount)).unwrap();
    assert_eq!(sum(&page.permission), yuan("300.01"));
    assert_eq!(sum(&page.cash), yuan("300.01"));
    assert!(page.movements.iter().all(|m| m.from != m.to && m.amount > Money::ZERO));
}

#[test]
fn the_flow_is_conserved_at_every_node() {
    let (ready, _) = told();
    let world = &ready.world;
    let flow = world.app.money_flow(&world.viewer("finance"), Some("main"), Some(2019)).unwrap();
    for (place, node) in flow.nodes.iter().enumerate() {
        let into: Vec<Money> = flow.links.iter().filter(|l| l.to == place).map(|l| l.amount).collect();
        let out: Vec<Money> = flow.links.iter().filter(|l| l.from == place).map(|l| l.amount).collect();
        for side in [into, out] {
            assert!(side.is_empty() || Money::sum(side) == Some(node.amount), "{node:?}");
        }
    }
    let keys: Vec<&NodeKey> = flow.nodes.iter().map(|node| &node.key).collect();
    assert!(keys.contains(&&NodeKey::Channel("district".into())) && keys.contains(&&NodeKey::Paid));
    let months = world.app.paid_months(&world.viewer("finance"), None).unwrap();
    assert_eq!(months.len(), 1);
    assert_eq!((months[0].month, months[0].total, months[0].payments), ((2019, 3), yuan("200.00"), 2));
}

#[test]
fn the_book_computed_again_is_the_same() {
    let (ready, _) = told();
    let world = &ready.world;
    let reads = &world.app.reads;
    let acts = reads.acts(0, usize::MAX).unwrap();
    let fresh = tempfile::tempdir().unwrap();
    let file = fresh.path().join("again.db");
    let mut again = opened(&file);
    let packs = app::Packs::new(vec![pack()]);
    replay(acts.into_iter().map(Ok), &mut again.book, &packs).unwrap();
    assert_eq!(app::ports::Reads::digests(&again.reads).unwrap(), reads.digests().unwrap());
    assert_eq!(app::ports::Reads::head(&again.reads).unwrap(), reads.head().unwrap());
    let mut engine = store::Sqlite::open_read(&world.folder.path().join("book.db")).unwrap();
    let report = store::verify::book(&mut engine).unwrap();
    assert!(report.findings.is_empty(), "{:?}", report.findings);
}

#[test]
fn a_filing_is_open_with_its_day_and_stops_nothing() {
    let ready = Ready::new();
    let world = &ready.world;
    let page = world.app.allocation_page(&world.viewer("finance"), ready.allocation).unwrap();
    let filing = page.steps.iter().find(|step| step.files).unwrap();
    let StepState::Open(_, Some(due)) = &filing.state else { panic!("{:?}", filing.state) };
    // Ten working days after Friday 1 March 2019.
    assert_eq!(due.date, kernel::Date::constant(2019, 3, 15));
    assert_eq!(page.line.row.standing, "approved");
    assert_eq!(page.quota_left, yuan("50.00"));
    let viewer = world.viewer("finance");
    let tasks = world.app.reads.tasks(&TaskScope { ..viewer.task_scope() }, 99).unwrap();
    let task = tasks.iter().find(|task| task.step == "record").unwrap();
    assert_eq!((task.due, task.role.as_str()), (Some(due.date), "finance"));
    // The money is there whether or not it was filed.
    assert_eq!(world.app.reads.project(ready.project).unwrap().unwrap().left(), yuan("300.00"));
    let step = AllocationStep {
        step: "record".into(),
        outcome: None,
        opinion: String::new(),
        notes: std::collections::BTreeMap::new(),
        papers: Vec::new(),
        document: Some("备〔2019〕1号".into()),
        on: world.app.today(),
    };
    world.does("finance", MoneyCommand::StepAllocation { allocation: ready.allocation, step });
    assert!(!world.app.reads.tasks(&viewer.task_scope(), 99).unwrap().iter().any(|t| t.step == "record"));
}

#[test]
fn a_doubt_stops_the_project_until_a_person_decided() {
    let ready = Ready::new();
    let world = &ready.world;
    let project = ProjectId(world.does("town", world.project("购置车辆")));
    let row = world.app.reads.project(project).unwrap().unwrap();
    assert_eq!(row.standing, "doubt");
    let tasks = world.app.reads.tasks(&world.viewer("leaders").task_scope(), 99).unwrap();
    let task = tasks.iter().find(|t| t.subject == format!("project:{project}")).unwrap();
    assert!(task.name.contains("车辆"), "{task:?}");
    let drafted = world.submit("finance", world.allocation("ours", &[(project, "10.00")]));
    match drafted {
        Ok(answer) => {
            let allocation = kernel::id::AllocationId(answer.id.unwrap());
            world.refuses("leaders", world.approval(allocation), "DoubtOpen");
        }
        Err(refusal) => assert_eq!(refusal.reason.name(), "DoubtOpen"),
    }
    let clear = Clear { doubt: 0, allowed: true, opinion: "为农用运输车，属生产设备".into() };
    world.does("leaders", MoneyCommand::ClearDoubt { project, clear });
    assert_eq!(world.app.reads.project(project).unwrap().unwrap().standing, "open");
}

#[test]
fn the_same_document_for_the_same_money_is_registered_once() {
    let world = World::new();
    world.does("finance", world.source(1, "300.00"));
    world.refuses("finance", world.source(1, "5.00"), "SourceTwice");
    world.does("finance", world.source(2, "700.00"));
    world.refuses("finance", world.source(3, "0.01"), "OverCeiling");
    world.refuses("town", world.source(4, "1.00"), "NotAllowed");
    let first = SourceId(1);
    world.refuses("finance", world.cash(first, "300.01"), "CashOverBudget");
    let line = world.app.source_list(&world.viewer("finance"), &Default::default()).unwrap();
    assert_eq!((line.total, line.lines[0].row.budget), (2, yuan("700.00")));
    assert_eq!(line.kinds.iter().filter(|(_, _, refused)| refused.is_some()).count(), 1);
}
