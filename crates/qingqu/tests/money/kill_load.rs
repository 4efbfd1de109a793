//! The load of the process that is killed: several threads that carry claims from filing to payment, each act under its own key,
//! and say each answer as soon as they have it. A later life first goes on with what an earlier one left.

use crate::stores::Store;
use crate::world::World;
use app::command::money::*;
use app::payout::{BankFile, FileForm, Payer};
use app::rows::{ClaimFilter, ClaimRow, PaymentFilter, PaymentRow, Scope};
use app::{Answer, Failure};
use kernel::Money;
use kernel::id::{AllocationId, BatchId, ClaimId, ProjectId, SourceId};
use std::io::Write;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use store::Database;

/// Names the database to the process that is killed.
pub const DATABASE: &str = "QINGQU_CRASH_DATABASE";
/// What each claim asks.
pub const AMOUNT: Money = Money::from_fen(7);
/// How many threads submit.
const THREADS: usize = 6;

/// One answer, as it is said: what was done, under which key, the place of its last act, what it made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub act: String,
    pub key: String,
    pub seq: u64,
    pub id: i64,
    /// Of a file: its digest.
    pub digest: String,
    /// Of a file: its payments.
    pub payments: Vec<String>,
}

impl Said {
    fn line(&self) -> String {
        let payments = self.payments.join(",");
        format!("said {} {} {} {} {} {payments} .", self.act, self.key, self.seq, self.id, self.digest)
    }

    /// Reads a whole line; nothing of a line that was cut.
    pub fn read(line: &str) -> Option<Said> {
        let (_, rest) = line.split_once("said ")?;
        let words: Vec<&str> = rest.split(' ').collect();
        let [act, key, seq, id, digest, payments, "."] = words[..] else { return None };
        let payments = payments.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect();
        let (act, key, digest) = (act.to_owned(), key.to_owned(), digest.to_owned());
        Some(Said { act, key, seq: seq.parse().ok()?, id: id.parse().ok()?, digest, payments })
    }
}

/// Money of one source for one project, and who pays.
pub fn prepare(store: &Store) -> ProjectId {
    let world = World::on(&store.database);
    let source = SourceId(world.does("finance", world.source(1, "1000.00")));
    world.does("finance", world.cash(source, "1000.00"));
    world.does("town", world.letter());
    let project = ProjectId(world.does("town", world.project("大棚")));
    world.does("town", world.lines(project, &[("a", "设备", "", "500.00")]));
    world.does("town", world.contract(project, 1, "500.00"));
    let allocation = AllocationId(world.does("finance", world.allocation("ours", &[(project, "500.00")])));
    world.does("leaders", world.approval(allocation));
    let account = world.app.seal_account("12000000000000009").unwrap();
    let payer = Payer { name: "帮扶资金专户".into(), account, bank: "某农商银行".into() };
    world.app.set_payer(&world.viewer("leaders"), "main", &payer).unwrap();
    project
}

/// One life of the program.
pub struct Life {
    pub world: World,
    project: ProjectId,
    /// Says every answer at once, before the next is asked for.
    aloud: bool,
    said: Mutex<Vec<Said>>,
}

impl Life {
    pub fn begin(database: &Database, aloud: bool) -> Life {
        let world = World::on(database);
        let project = crate::checks::projects(&*world.app.reads)[0].project;
        Life { world, project, aloud, said: Mutex::new(Vec::new()) }
    }

    /// What this life said.
    pub fn said(self) -> Vec<Said> {
        self.said.into_inner().unwrap()
    }

    fn say(&self, said: Said) {
        let mut all = self.said.lock().unwrap();
        if self.aloud {
            let mut out = std::io::stdout().lock();
            writeln!(out, "{}", said.line()).unwrap();
            out.flush().unwrap();
        }
        all.push(said);
    }

    fn does(&self, login: &str, act: &str, key: &str, command: MoneyCommand) -> Result<i64, Failure> {
        let key = format!("{act}-{key}");
        let Answer { seq, id, .. } = self.world.app.submit(self.world.request(login, &key, command))?;
        let (act, id) = (act.to_owned(), id.unwrap_or_default());
        // A result that was known already is no new act.
        let Some(seq) = seq else { return Ok(id) };
        self.say(Said { act, key, seq, id, digest: "-".into(), payments: Vec::new() });
        Ok(id)
    }

    fn filing(&self, number: usize) -> MoneyCommand {
        let mut bill = self.world.bill(1, "a", &number.to_string(), "c1", "1.00");
        bill.amount = AMOUNT;
        self.world.claim(self.project, vec![bill])
    }

    fn payments(&self, claim: ClaimId) -> Vec<PaymentRow> {
        let filter =
            PaymentFilter { pack: "money".into(), claim: Some(claim), limit: 99, ..PaymentFilter::default() };
        self.world.app.reads.payments(&filter).unwrap()
    }

    /// Files a claim and carries it to its end.
    fn claim(&self, number: usize) -> Result<(), Failure> {
        let claim = ClaimId(self.does("town", "file", &number.to_string(), self.filing(number))?);
        self.carry(claim)
    }

    /// Carries a claim on from where it stands until it is paid.
    pub fn carry(&self, claim: ClaimId) -> Result<(), Failure> {
        let world = &self.world;
        loop {
            let row = world.app.reads.claim(claim)?.unwrap();
            let tries = self.payments(claim);
            let key = format!("{claim}-{}", tries.len());
            let (login, act, command) = match row.standing.as_str() {
                "filed" => ("finance", "check", world.check(claim, &[(1, "0.07", "")])),
                "checked" => ("leaders", "grant", world.grant(claim)),
                "approved" => ("finance", "make", world.batch(&[(claim, "c1")])),
                "batched" => {
                    self.pay(tries.iter().max_by_key(|row| row.batch).unwrap(), &key)?;
                    continue;
                }
                "paid" => return Ok(()),
                other => panic!("{claim} is {other}"),
            };
            self.does(login, act, &key, command)?;
        }
    }

    /// The file goes out, again after each death; the bank answers: every fourth claim fails once.
    fn pay(&self, payment: &PaymentRow, key: &str) -> Result<(), Failure> {
        let world = &self.world;
        let form = if payment.batch.get() % 2 == 0 { FileForm::Pain001 } else { FileForm::Csv };
        let again = format!("{}-{}", std::process::id(), payment.batch);
        let file = world.app.release_batch(
            &world.viewer("leaders"),
            payment.batch,
            form,
            &format!("file-{again}"),
        )?;
        self.say_file(payment.batch, &file);
        let first = key.ends_with("-1") && payment.claim.get() % 4 == 0;
        let outcome = if first {
            BankOutcome::Failed { reason: "户名不符".into() }
        } else {
            BankOutcome::Paid { on: world.app.today(), reference: "R".into() }
        };
        let end_to_end = payment.end_to_end.clone();
        let line = BankLine { end_to_end, amount: payment.amount, outcome, text: "回单".into() };
        self.does("leaders", "book", key, world.results(payment.batch, vec![line])).map(drop)
    }

    fn say_file(&self, batch: BatchId, file: &BankFile) {
        let text = String::from_utf8(file.bytes.clone()).unwrap();
        let filter = PaymentFilter { pack: "money".into(), limit: 10_000, ..PaymentFilter::default() };
        // Whatever payment the file names, of this batch or of another.
        let all = self.world.app.reads.payments(&filter).unwrap();
        let named = |row: &&PaymentRow| text.contains(&row.end_to_end);
        let payments: Vec<String> = all.iter().filter(named).map(|row| row.end_to_end.clone()).collect();
        self.say(Said {
            act: "release".into(),
            key: file.name.clone(),
            seq: 0,
            id: batch.get(),
            digest: format!("{}:{}", file.form.id(), file.digest),
            payments,
        });
    }

    /// Claims that are not paid.
    pub fn left(&self) -> Vec<ClaimRow> {
        let filter = ClaimFilter {
            scope: Scope::All,
            pack: "money".into(),
            fund: None,
            project: None,
            standing: None,
            text: None,
            after: None,
            limit: 100_000,
        };
        let mut rows = self.world.app.reads.claims(&filter).unwrap().rows;
        rows.retain(|row| row.standing != "paid");
        rows
    }

    /// The answer to a filing that was answered before.
    pub fn filed_again(&self, said: &Said) -> Answer {
        let number = said.key.strip_prefix("file-").unwrap().parse().unwrap();
        let request = self.world.request("town", &said.key, self.filing(number));
        self.world.app.submit(request).unwrap()
    }
}

/// Submits until the process is killed.
pub fn until_killed(database: &Database) {
    let life = Life::begin(database, true);
    let (size, _) = life.world.app.reads.head().unwrap();
    // Beyond every number that an earlier life used: each answered filing left at least one act.
    let next = AtomicUsize::new(usize::try_from(size).unwrap() * 10);
    let left = Mutex::new(life.left());
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                loop {
                    let unfinished = left.lock().unwrap().pop();
                    let done = match unfinished {
                        Some(row) => life.carry(row.claim),
                        None => life.claim(next.fetch_add(1, Ordering::SeqCst)),
                    };
                    done.unwrap_or_else(|failure| panic!("{failure}"));
                }
            });
        }
    });
}
