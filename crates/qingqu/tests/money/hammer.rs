//! Many hands on the last money of one project: what is paid is the limit, to the fen, and nobody is paid twice.
//!
//! Each of 64 clients files, has checked and approved, batches, releases and books claims of a few fen, every request sent twice
//! under one key, until nothing is left. Some claims are withdrawn after their approval and some payments fail, so that money
//! comes back while others take it. `QINGQU_HAMMER_SECONDS=60` plays rounds for so long, each on a project of its own.

use crate::checks::{is_whole, payments, verifies};
use crate::stores::{self, Store};
use crate::world::{World, yuan};
use app::command::money::*;
use app::payout::{FileForm, Payer};
use app::view::Viewer;
use app::{Answer, Failure};
use kernel::Money;
use kernel::id::{AllocationId, BatchId, ClaimId, ProjectId, SourceId};
use std::collections::BTreeMap;
use std::sync::Barrier;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

const CLIENTS: usize = 64;
/// What the project has.
const LIMIT: &str = "4.00";
/// At most so many projects fit into the fund.
const ROUNDS_MAX: usize = 100;

/// What all clients share.
struct Round<'a> {
    world: &'a World,
    leaders: Viewer,
    project: ProjectId,
    number: usize,
}

/// Sends a request twice at once under one key; both get the same answer.
fn twice(world: &World, login: &str, key: &str, command: &MoneyCommand) -> Result<Answer, String> {
    let (answer, answers) = channel();
    for _ in 0..2 {
        let answer = answer.clone();
        let request = world.request(login, key, command.clone());
        world.app.submit_then(request, move |result| answer.send(result).unwrap());
    }
    let mut said = (0..2).map(|_| match answers.recv().unwrap() {
        Ok(answer) => Ok(answer),
        Err(Failure::Refused(refusal)) => Err(refusal.reason.name().to_owned()),
        Err(Failure::Fault(fault)) => panic!("{key}: {fault}"),
    });
    let (first, second) = (said.next().unwrap(), said.next().unwrap());
    // What was refused may be open a moment later: money came back in between.
    match (first, second) {
        (Ok(first), second) => {
            assert_eq!(second.as_ref(), Ok(&first), "{key}");
            Ok(first)
        }
        (Err(_), second) => second,
    }
}

/// What a claim came to.
enum End {
    Paid,
    Withdrawn,
    NothingLeft,
}

impl Round<'_> {
    /// Claims until even a fen is refused.
    fn client(&self, client: usize) -> usize {
        let mut paid = 0;
        let mut least = false;
        for number in 0.. {
            let wanted = if least { 1 } else { 1 + i64::try_from((client * 7 + number * 3) % 9).unwrap() };
            match self.claim(client, number, wanted) {
                End::Paid => paid += 1,
                End::Withdrawn => {}
                End::NothingLeft if wanted == 1 => break,
                End::NothingLeft => least = true,
            }
        }
        paid
    }

    fn key(&self, what: &str, client: usize, number: usize) -> String {
        format!("{what}-{}-{client}-{number}", self.number)
    }

    fn claim(&self, client: usize, number: usize, fen: i64) -> End {
        let (world, amount) = (self.world, Money::from_fen(fen));
        let key = |what: &str| self.key(what, client, number);
        let mut bill = world.bill(1, "a", &key("bill"), "c1", "1.00");
        bill.amount = amount;
        let filed = twice(world, "town", &key("file"), &world.claim(self.project, vec![bill]));
        let Some(claim) = left(filed).map(|answer| ClaimId(answer.id.unwrap())) else {
            return End::NothingLeft;
        };
        let verdicts = vec![Verdict { line: 1, approved: amount, reason: String::new() }];
        let check = CheckClaim { step: "check".into(), verdicts, opinion: "票据相符".into() };
        let checked = twice(world, "finance", &key("check"), &MoneyCommand::CheckClaim { claim, check });
        let granted =
            left(checked).and_then(|_| left(twice(world, "leaders", &key("grant"), &world.grant(claim))));
        let withdraw = MoneyCommand::WithdrawClaim { claim, why: "填错".into() };
        if granted.is_none() {
            // Nothing was held for it: it only goes out of the way.
            twice(world, "town", &key("drop"), &withdraw).unwrap();
            return End::NothingLeft;
        }
        if (client + number).is_multiple_of(5) {
            twice(world, "town", &key("withdraw"), &withdraw).unwrap();
            return End::Withdrawn;
        }
        if (client + number) % 5 == 1 {
            self.pay(claim, amount, &key("first"), false);
        }
        self.pay(claim, amount, &key("pay"), true);
        End::Paid
    }

    /// A batch of its own for a claim, to the bank and back.
    fn pay(&self, claim: ClaimId, amount: Money, key: &str, paid: bool) {
        let world = self.world;
        let made = twice(world, "finance", &format!("{key}-make"), &world.batch(&[(claim, "c1")])).unwrap();
        let batch = BatchId(made.id.unwrap());
        let release = || world.app.release_batch(&self.leaders, batch, FileForm::Csv, &format!("{key}-file"));
        assert_eq!(release().unwrap(), release().unwrap(), "one file a batch");
        let filter = app::rows::PaymentFilter {
            pack: "money".into(),
            batch: Some(batch),
            limit: 9,
            ..Default::default()
        };
        let row = world.app.reads.payments(&filter).unwrap().remove(0);
        let outcome = if paid {
            BankOutcome::Paid { on: world.app.today(), reference: "R".into() }
        } else {
            BankOutcome::Failed { reason: "户名不符".into() }
        };
        let line = BankLine { end_to_end: row.end_to_end, amount, outcome, text: "回单".into() };
        let results = world.results(batch, vec![line]);
        twice(world, "leaders", &format!("{key}-book"), &results).unwrap();
        // The bank's file comes once more, under another key.
        twice(world, "leaders", &format!("{key}-again"), &results).unwrap();
    }
}

/// Nothing when no money was left; any other refusal is a fault here.
fn left(said: Result<Answer, String>) -> Option<Answer> {
    match said {
        Ok(answer) => Some(answer),
        Err(reason) if ["OverAllotted", "OverBudgetLine", "OverContract"].contains(&reason.as_str()) => None,
        Err(reason) => panic!("{reason}"),
    }
}

fn began(store: &Store) -> World {
    let world = World::on(&store.database);
    let source = SourceId(world.does("finance", world.source(1, "1000.00")));
    world.does("finance", world.cash(source, "1000.00"));
    world.does("town", world.letter());
    let account = world.app.seal_account("12000000000000009").unwrap();
    let payer = Payer { name: "帮扶资金专户".into(), account, bank: "某农商银行".into() };
    world.app.set_payer(&world.viewer("leaders"), "main", &payer).unwrap();
    world
}

fn round(world: &World, number: usize) {
    let project = ProjectId(world.does("town", world.project("大棚")));
    world.does("town", world.lines(project, &[("a", "设备", "", "9.00")]));
    world.does("town", world.contract(project, 1, "9.00"));
    let allocation = AllocationId(world.does("finance", world.allocation("ours", &[(project, LIMIT)])));
    world.does("leaders", world.approval(allocation));
    let round = Round { world, leaders: world.viewer("leaders"), project, number };
    let start = Barrier::new(CLIENTS);
    let paid: Vec<usize> = std::thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|client| {
                let (round, start) = (&round, &start);
                scope.spawn(move || {
                    start.wait();
                    round.client(client)
                })
            })
            .collect();
        clients.into_iter().map(|client| client.join().unwrap()).collect()
    });
    let reads = &world.app.reads;
    let row = reads.project(project).unwrap().unwrap();
    assert_eq!((row.spent, row.held, row.left()), (yuan(LIMIT), Money::ZERO, Money::ZERO), "{row:?}");
    let mut of_claim: BTreeMap<ClaimId, Money> = BTreeMap::new();
    for row in payments(&**reads).iter().filter(|row| row.project == project && row.state == "paid") {
        assert_eq!(of_claim.insert(row.claim, row.amount), None, "paid twice: {row:?}");
    }
    assert_eq!(Money::sum(of_claim.values().copied()), Some(yuan(LIMIT)));
    assert_eq!(of_claim.len(), paid.iter().sum::<usize>(), "what clients were told is what was paid");
    assert!(of_claim.len() > CLIENTS / 2, "{}", of_claim.len());
}

/// One round; or rounds for so many seconds, and answers how many.
fn hammered(store: &Store) -> usize {
    let seconds = std::env::var("QINGQU_HAMMER_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(0);
    let (began_at, world) = (Instant::now(), began(store));
    let mut rounds = 0;
    while rounds == 0 || rounds < ROUNDS_MAX && began_at.elapsed() < Duration::from_secs(seconds) {
        round(&world, rounds);
        rounds += 1;
    }
    is_whole(&world);
    drop(world);
    verifies(&store.database);
    rounds
}

#[test]
fn the_last_money_in_a_file_is_paid_to_the_fen_and_no_further() {
    println!("{} rounds", hammered(&stores::file()));
}

#[test]
fn the_last_money_on_a_server_is_paid_to_the_fen_and_no_further() {
    let Some(store) = stores::server() else { return };
    println!("{} rounds", hammered(&store));
}
