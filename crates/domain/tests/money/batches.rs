//! Payment batches: one file, two people, and a bank whose lines are booked when they match and never by guess.

use crate::world::*;
use domain::Refusal;
use domain::batch::{self, BankLine, BankOutcome, Found, Revival, Settle, Standing};
use domain::claim::{Payment, Purpose};
use domain::lot::Lot;
use kernel::id::{BatchId, ClaimId, SourceId};
use std::collections::BTreeMap;

/// A released batch with one payment of 300.
fn released() -> (World, ClaimId, BatchId) {
    let (mut world, _, project) = World::funded(1_000);
    let claim = world.granted(project, 300);
    let batch = world.make("named", vec![World::pick(claim)]).unwrap();
    world.release(batch, "digest", &leader()).unwrap();
    (world, claim, batch)
}

#[test]
pub fn batch_empty() {
    let (mut world, _, project) = World::funded(1_000);
    assert_eq!(name(world.make("named", vec![])), "BatchEmpty");
    let claim = world.granted(project, 300);
    let batch = world.make("named", vec![World::pick(claim)]).unwrap();
    world.take_out(batch, 1).unwrap();
    assert_eq!(name(world.release(batch, "d", &leader())), "BatchEmpty", "all was taken out");
}

#[test]
pub fn share_not_due() {
    let (mut world, _, project) = World::funded(1_000);
    let bill = world.bill(300);
    let asked = world.claim(project, Purpose::Progress, vec![bill]).unwrap();
    assert_eq!(name(world.make("named", vec![World::pick(asked)])), "ShareNotDue", "not approved");
    let claim = world.granted(project, 300);
    let twice = vec![World::pick(claim), World::pick(claim)];
    assert_eq!(name(world.make("named", twice)), "ShareNotDue", "twice in one batch");
    let batch = world.make("named", vec![World::pick(claim)]).unwrap();
    assert_eq!(name(world.make("named", vec![World::pick(claim)])), "ShareNotDue", "in a live batch");
    world.release(batch, "d", &leader()).unwrap();
    world.book(batch, world.answer(batch, 1, false)).unwrap();
    assert_eq!(world.claims[&claim].owed[0].payment, Payment::Due);
    let again = world.make("named", vec![World::pick(claim)]).unwrap();
    world.release(again, "e", &leader()).unwrap();
    world.book(again, world.answer(again, 1, true)).unwrap();
    assert_eq!(name(world.make("named", vec![World::pick(claim)])), "ShareNotDue", "paid");
    assert_eq!(world.projects[&project].spent(), fen(300), "issued twice, paid once");
}

#[test]
pub fn payment_unclear() {
    let (mut world, claim, batch) = released();
    world.book(batch, world.answer(batch, 1, false)).unwrap();
    world.book(batch, world.answer(batch, 1, true)).unwrap();
    assert_eq!(world.batches[&batch].open_unclear().len(), 1, "failed, and then paid");
    world.unclear.insert((claim, "c1".into()));
    assert_eq!(name(world.make("named", vec![World::pick(claim)])), "PaymentUnclear");
    world.unclear.clear();
    assert_eq!(name(world.make("named", vec![World::pick(claim)])), "carried out");
}

#[test]
pub fn claim_of_other_fund() {
    let (mut world, _, project) = World::funded(1_000);
    let claim = world.granted(project, 300);
    assert_eq!(name(world.make("main", vec![World::pick(claim)])), "ClaimOfOtherFund");
}

#[test]
pub fn account_missing() {
    let (mut world, _, project) = World::funded(1_000);
    let claim = world.granted(project, 300);
    world.contract(project, |c| c.account = None).unwrap();
    assert_eq!(name(world.make("named", vec![World::pick(claim)])), "AccountMissing");
    let subsidy = world.claim(project, Purpose::Subsidy, vec![World::roster(100)]).unwrap();
    world.check(subsidy, &[100], &finance()).unwrap();
    world.grant(subsidy, &leader()).unwrap();
    let account = |account: &str| batch::Pick {
        claim: subsidy,
        payee: "list".into(),
        account: Some(batch::Account {
            name: "代发专户".into(),
            account: account.into(),
            bank: "某某银行".into(),
        }),
    };
    assert_eq!(name(world.make("named", vec![account(" ")])), "AccountMissing");
    assert_eq!(name(world.make("named", vec![account("vault:9")])), "carried out");
}

#[test]
pub fn cash_missing() {
    let mut world = World::new();
    let source = world.register("named", 1_000, |_| ()).unwrap();
    let project = world.project("named", "all", "upkeep");
    let plan = world.draft("named", "all", 2019, vec![world.line(project, 1_000)]).unwrap();
    world.approve(plan, &[source], &leader()).unwrap();
    let claim = world.granted(project, 300);
    world.receive(source, 299).unwrap();
    let refusal = world.make("named", vec![World::pick(claim)]).unwrap_err();
    assert_eq!(refusal.reason.name(), "CashMissing");
    let said = refusal.to_string();
    assert!(said.contains("0.01元") && said.contains(&world.sources[&source].document), "{said}");
    world.receive(source, 1).unwrap();
    assert_eq!(name(world.make("named", vec![World::pick(claim)])), "carried out");
}

#[test]
pub fn file_released() {
    let (mut world, _, project) = World::funded(1_000);
    let claim = world.granted(project, 300);
    let batch = world.make("named", vec![World::pick(claim)]).unwrap();
    assert_eq!(name(world.release(batch, "d", &who(1, "leaders"))), "MakerIsChecker");
    assert_eq!(name(world.release(batch, "d", &lent_to(1, leader()))), "MakerIsChecker");
    assert_eq!(name(world.release(batch, "d", &lent_to(8, who(1, "leaders")))), "MakerIsChecker");
    assert_eq!(world.release(batch, "d", &leader()), Ok(1));
    assert_eq!(world.release(batch, "d", &leader()), Ok(0), "the same bytes again");
    assert_eq!(name(world.release(batch, "e", &leader())), "FileReleased");
}

#[test]
pub fn file_not_released() {
    let (mut world, _, project) = World::funded(1_000);
    let claim = world.granted(project, 300);
    let batch = world.make("named", vec![World::pick(claim)]).unwrap();
    assert_eq!(name(world.book(batch, world.answer(batch, 1, true))), "FileNotReleased");
    world.release(batch, "d", &leader()).unwrap();
    assert_eq!(world.book(batch, world.answer(batch, 1, true)), Ok(3));
    assert_eq!(world.batches[&batch].standing(), Standing::Done);
}

#[test]
fn a_line_that_does_not_match_is_kept_and_not_booked() {
    let (mut world, _, batch) = released();
    let good = world.answer(batch, 1, true);
    let cases =
        [BankLine { amount: fen(299), ..good.clone() }, BankLine { end_to_end: "X".into(), ..good.clone() }];
    for (count, line) in (1..).zip(cases) {
        assert_eq!(world.book(batch, line.clone()), Ok(1));
        assert_eq!(world.book(batch, line), Ok(0), "the same line again");
        assert_eq!(world.batches[&batch].open_unclear().len(), count);
    }
    assert_eq!(world.batches[&batch].standing(), Standing::Released);
    assert_eq!(world.book(batch, good.clone()), Ok(3));
    assert_eq!(world.book(batch, good.clone()), Ok(0), "told twice, booked once");
    assert_eq!(world.book(batch, world.answer(batch, 1, false)), Ok(1), "paid and then failed: a person");
    let late = BankOutcome::Paid { on: day("2019-06-04"), reference: "R".into() };
    assert_eq!(name(world.book(batch, BankLine { outcome: late, ..good })), "DateInFuture");
}

#[test]
pub fn payment_settled() {
    let (mut world, claim, batch) = released();
    world.book(batch, world.answer(batch, 1, true)).unwrap();
    assert_eq!(name(world.take_out(batch, 1)), "PaymentSettled");
    assert_eq!(name(world.take_out(batch, 2)), "NotFound");
    let (mut other, _, open) = released();
    assert_eq!(name(other.take_out(open, 1)), "carried out");
    assert_eq!(world.claims[&claim].standing(), domain::claim::Standing::Paid);
}

fn settle(world: &mut World, batch: BatchId, unclear: u32, found: Found) -> Result<(), Refusal> {
    let claim = &world.claims[&world.batches[&batch].payments[0].line.claim];
    let of = |lot: &Lot| (lot.source, lot.amount);
    let pool: BTreeMap<SourceId, _> = world.lots("pool:money:named:all").iter().map(of).collect();
    let command = Settle { unclear, found, why: "电话核实".into() };
    let revival = Some(Revival { claim, pool: &pool });
    let events = batch::settle(&world.batches[&batch], command, revival, world.ctx(&leader()))?;
    world.append_streamed(events, &leader());
    Ok(())
}

#[test]
pub fn unclear_settled() {
    let (mut world, _, batch) = released();
    let good = world.answer(batch, 1, true);
    world.book(batch, BankLine { amount: fen(1), ..good.clone() }).unwrap();
    assert_eq!(name(settle(&mut world, batch, 1, Found::Nothing)), "UnclearSettled");
    settle(&mut world, batch, 0, Found::Result { line: 1, outcome: good.outcome }).unwrap();
    assert_eq!(world.batches[&batch].standing(), Standing::Done);
    assert_eq!(name(settle(&mut world, batch, 0, Found::Nothing)), "UnclearSettled");
}

#[test]
fn a_failed_payment_that_was_made_after_all_is_booked_once() {
    let (mut world, claim, batch) = released();
    let project = world.claims[&claim].project;
    world.book(batch, world.answer(batch, 1, false)).unwrap();
    let paid = world.answer(batch, 1, true);
    world.book(batch, paid.clone()).unwrap();
    let found = Found::Result { line: 1, outcome: paid.outcome };
    let again = world.make("named", vec![World::pick(claim)]).unwrap();
    assert_eq!(name(settle(&mut world, batch, 0, found.clone())), "ShareNotDue", "it is in another batch");
    world.take_out(again, 1).unwrap();
    settle(&mut world, batch, 0, found).unwrap();
    assert_eq!((world.projects[&project].spent(), world.projects[&project].allotted()), (fen(300), fen(700)));
    assert_eq!(name(world.make("named", vec![World::pick(claim)])), "ShareNotDue");
}
