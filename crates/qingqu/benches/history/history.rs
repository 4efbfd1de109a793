//! One long history: claims from filing to payment in many projects, in waves whose order is fixed, so that both stores are told
//! the same.

use crate::world::World;
use app::command::money::*;
use app::rows::PaymentFilter;
use app::view::money::{Flow, Forward, FundTable, PaidMonth};
use app::{Answer, Failure};
use journal::Digest;
use kernel::Money;
use kernel::id::{AllocationId, BatchId, ClaimId, ProjectId, SourceId};
use std::sync::mpsc::channel;
use std::time::Instant;
use store::Database;

/// Claims that are under way together.
const WAVE: usize = 256;
/// Payments of a batch.
const BATCH: usize = 16;
const PROJECTS: usize = 100;

/// What a history came to.
pub struct Told {
    pub head: (u64, Digest),
    /// From the first claim on.
    pub seconds: f64,
    pub reports: Reports,
}

/// What people and auditors read of a book.
#[derive(Debug, PartialEq, Eq)]
pub struct Reports {
    table: FundTable,
    flow: Flow,
    months: Vec<PaidMonth>,
    balances: Vec<(String, Money)>,
    forward: Forward,
    /// Of every table of rows, of the log and of the ledger.
    digests: Vec<(String, Digest)>,
}

impl Reports {
    fn of(world: &World) -> Reports {
        let (app, viewer) = (&world.app, world.viewer("finance"));
        Reports {
            table: app.fund_table(&viewer, None).unwrap(),
            flow: app.money_flow(&viewer, None, None).unwrap(),
            months: app.paid_months(&viewer, None).unwrap(),
            balances: app.reads.balances("").unwrap(),
            forward: app.follow_forward(&viewer, SourceId(1)).unwrap(),
            digests: app.reads.digests().unwrap(),
        }
    }

    /// Which of them differ from those of another store.
    pub fn differences(&self, other: &Reports) -> Vec<&'static str> {
        let same = [
            ("fund table", self.table == other.table),
            ("flow", self.flow == other.flow),
            ("months", self.months == other.months),
            ("balances", self.balances == other.balances),
            ("trace of the source", self.forward == other.forward),
            ("digests of tables", self.digests == other.digests),
        ];
        same.into_iter().filter(|(_, same)| !same).map(|(name, _)| name).collect()
    }

    pub fn said(&self) -> String {
        format!(
            "fund table ({} rows), flow ({} links), months ({}), {} balances, trace of the source ({} projects), digests of {} tables",
            self.table.lines.len(),
            self.flow.links.len(),
            self.months.len(),
            self.balances.len(),
            self.forward.projects.len(),
            self.digests.len()
        )
    }
}

pub fn told(database: &Database, acts: usize) -> Told {
    let world = World::on(database);
    let projects = began(&world);
    let start = Instant::now();
    let mut claims = 0;
    while world.app.reads.head().unwrap().0 < acts as u64 {
        wave(&world, &projects, claims);
        claims += WAVE;
    }
    let seconds = start.elapsed().as_secs_f64();
    let reports = Reports::of(&world);
    let all = reports.table.all;
    assert!(all.balances() && all.spent == Money::from_fen(i64::try_from(claims).unwrap()));
    Told { head: world.app.reads.head().unwrap(), seconds, reports }
}

fn began(world: &World) -> Vec<ProjectId> {
    let source = SourceId(world.does("finance", world.source(1, "1000.00")));
    world.does("finance", world.cash(source, "1000.00"));
    world.does("town", world.letter());
    let open = |_| {
        let project = ProjectId(world.does("town", world.project("大棚")));
        world.does("town", world.lines(project, &[("a", "设备", "", "5.00")]));
        world.does("town", world.contract(project, 1, "5.00"));
        let id = world.does("finance", world.allocation("ours", &[(project, "5.00")]));
        world.does("leaders", world.approval(AllocationId(id)));
        project
    };
    (0..PROJECTS).map(open).collect()
}

/// Submits all, in this order, and waits for all.
fn all(world: &World, login: &str, commands: Vec<MoneyCommand>) -> Vec<i64> {
    let (answer, answers) = channel::<Result<Answer, Failure>>();
    for command in commands {
        let answer = answer.clone();
        world.app.submit_then(world.request(login, "", command), move |said| answer.send(said).unwrap());
    }
    drop(answer);
    answers.iter().map(|said| said.unwrap_or_else(|failure| panic!("{failure}")).id.unwrap()).collect()
}

fn wave(world: &World, projects: &[ProjectId], first: usize) {
    let bill = |number: usize| {
        let bill = world.bill(1, "a", &format!("{number:06}"), "c1", "0.01");
        world.claim(projects[number % projects.len()], vec![bill])
    };
    let claims = all(world, "town", (first..first + WAVE).map(bill).collect());
    let claims: Vec<ClaimId> = claims.into_iter().map(ClaimId).collect();
    let check = |claim: &ClaimId| world.check(*claim, &[(1, "0.01", "")]);
    all(world, "finance", claims.iter().map(check).collect());
    all(world, "leaders", claims.iter().map(|claim| world.grant(*claim)).collect());
    let make = |claims: &[ClaimId]| {
        let picks: Vec<(ClaimId, &str)> = claims.iter().map(|claim| (*claim, "c1")).collect();
        world.batch(&picks)
    };
    let batches = all(world, "finance", claims.chunks(BATCH).map(make).collect());
    let batches: Vec<BatchId> = batches.into_iter().map(BatchId).collect();
    let release =
        |batch: &BatchId| MoneyCommand::ReleaseBatch { batch: *batch, digest: format!("csv:{batch}") };
    all(world, "leaders", batches.iter().map(release).collect());
    all(world, "leaders", batches.iter().map(|batch| results(world, *batch)).collect());
}

fn results(world: &World, batch: BatchId) -> MoneyCommand {
    let filter =
        PaymentFilter { pack: "money".into(), batch: Some(batch), limit: BATCH, ..PaymentFilter::default() };
    let rows = world.app.reads.payments(&filter).unwrap();
    let line = |row: app::rows::PaymentRow| BankLine {
        outcome: BankOutcome::Paid { on: world.app.today(), reference: format!("R{}", row.end_to_end) },
        text: "成功".into(),
        end_to_end: row.end_to_end,
        amount: row.amount,
    };
    world.results(batch, rows.into_iter().map(line).collect())
}
