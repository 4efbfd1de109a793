//! The write side of one book: what the single writer does inside its transaction.
//!
//! `begin`, then for each command `savepoint`, appends and postings, `keep` or `undo`, then one `commit`, which writes the head
//! of the log in the acts' own transaction. The book keeps its frontier in memory and trusts it only while the stored head
//! agrees: another process, or a restored file, is noticed at the next `begin`. Rows wait for the commit (`later`).

use std::sync::{Arc, Mutex, PoisonError};

use journal::digest::{Digest, HashKind};
use journal::envelope::{ActEnvelope, EnvelopeError};
use journal::merkle::Frontier;
use kernel::money::Money;
use ledger::{AccountPath, Entry, Overdrawn};

use self::balances::Balances;
use self::counters::Counters;
use self::finding::Finding;
use self::later::Later;
use crate::engine::{Engine, Fault, FaultKind};
use crate::gate::{Gate, Pass};
use crate::slice::journal::{self as acts, Head};
use crate::slice::ledger::{self as postings, EntryRow, Held, LegRow};

mod balances;
mod counters;
mod finding;
mod later;
mod port;

/// Why an act was not appended.
#[derive(Debug, thiserror::Error)]
pub enum AppendFault {
    /// It cannot be written as an act: a bug above.
    #[error("the act has no stored form")]
    Form(#[from] EnvelopeError),
    /// The store failed.
    #[error("the act could not be stored")]
    Fault(#[from] Fault),
}

/// Why an entry was not posted.
#[derive(Debug, thiserror::Error)]
pub enum PostFault {
    /// It would break an account's floor: a refusal.
    #[error("the entry would overdraw an account")]
    Overdrawn(#[from] Overdrawn),
    /// The store failed.
    #[error("the entry could not be stored")]
    Fault(#[from] Fault),
}

/// The bytes under which the next act was stored in another database.
pub(crate) type Given = Arc<Mutex<Option<Vec<u8>>>>;

/// What the writer knows without asking, as it was at a mark.
#[derive(Debug, Clone)]
struct Known {
    frontier: Frontier,
    postings: Digest,
    last_posting: i64,
}

/// One book, opened for writing.
pub struct Book<E> {
    engine: Later<E>,
    name: String,
    known: Known,
    at_begin: Option<Known>,
    at_savepoint: Option<Known>,
    balances: Balances,
    counters: Counters,
    finding: Finding,
    moved: bool,
    given: Option<Given>,
    gate: Arc<Gate>,
    pass: Option<Pass>,
}

impl<E: Engine> Book<E> {
    /// Opens the book of a migrated database, or creates an empty one of this name; its hash function never changes.
    pub fn open(mut engine: E, name: &str, kind: HashKind, gate: Arc<Gate>) -> Result<Self, Fault> {
        let head = match acts::head(&mut engine)? {
            Some(head) if head.book == name => head,
            Some(_) => return Err(Fault::new(FaultKind::Setup, "name of the book")),
            None => acts::head_create(&mut engine, name, kind)?,
        };
        let last_posting = postings::posting_last(&mut engine)?;
        let Head { book, frontier, postings } = head;
        Ok(Self {
            engine: Later::new(engine),
            name: book,
            known: Known { frontier, postings, last_posting },
            at_begin: None,
            at_savepoint: None,
            balances: Balances::default(),
            counters: Counters::default(),
            finding: Finding::default(),
            moved: false,
            given: None,
            gate,
            pass: None,
        })
    }

    /// The book's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The log's frontier, with what this transaction appended.
    pub const fn frontier(&self) -> &Frontier {
        &self.known.frontier
    }

    /// Lets each act be stored under given bytes: what was hashed once is never written anew, whatever this program would write.
    pub(crate) fn take_from(&mut self, given: Given) {
        self.given = Some(given);
    }

    /// Begins the writer's transaction.
    pub fn begin(&mut self) -> Result<(), Fault> {
        if self.pass.is_none() {
            self.pass = Some(self.gate.enter());
        }
        let begun = self.engine.begin_write().and_then(|()| self.reload());
        if let Err(fault) = begun {
            self.rollback()?;
            return Err(fault);
        }
        self.at_begin = Some(self.known.clone());
        Ok(())
    }

    fn reload(&mut self) -> Result<(), Fault> {
        self.balances = Balances::default();
        self.counters = Counters::default();
        self.finding.begin();
        let stored = acts::head(&mut self.engine)?.filter(|head| head.book == self.name);
        let stored = stored.ok_or_else(|| Fault::new(FaultKind::Damaged, "head of the book"))?;
        if stored.frontier != self.known.frontier || stored.postings != self.known.postings {
            let last_posting = postings::posting_last(&mut self.engine)?;
            self.known = Known { frontier: stored.frontier, postings: stored.postings, last_posting };
            self.finding = Finding::default();
            self.moved = true;
        }
        Ok(())
    }

    /// Whether somebody else moved the book since this was last asked; what is remembered of it elsewhere is void then.
    pub const fn moved(&mut self) -> bool {
        std::mem::replace(&mut self.moved, false)
    }

    /// Marks the state before a command.
    pub fn savepoint(&mut self) -> Result<(), Fault> {
        self.engine.savepoint()?;
        self.at_savepoint = Some(self.known.clone());
        self.balances.mark();
        self.counters.mark();
        self.finding.mark();
        Ok(())
    }

    /// Keeps what the command did.
    pub fn keep(&mut self) -> Result<(), Fault> {
        self.at_savepoint = None;
        self.balances.mark();
        self.counters.mark();
        self.finding.mark();
        self.engine.keep()
    }

    /// Takes back what the command did.
    pub fn undo(&mut self) -> Result<(), Fault> {
        if let Some(known) = self.at_savepoint.take() {
            self.known = known;
        }
        self.balances.undo();
        self.counters.undo();
        self.finding.undo();
        self.engine.undo()
    }

    /// Writes balances, counters and head and makes everything since `begin` durable. After a fault nothing of it is there.
    pub fn commit(&mut self) -> Result<(), Fault> {
        if let Err(fault) = self.write().and_then(|()| self.engine.commit()) {
            self.rollback()?;
            return Err(fault);
        }
        self.at_begin = None;
        self.pass = None;
        Ok(())
    }

    fn write(&mut self) -> Result<(), Fault> {
        self.balances.write(&mut self.engine)?;
        self.counters.write(&mut self.engine)?;
        let (marks, written) = self.finding.marks_beside(|| self.engine.write());
        written?;
        self.finding.write(&mut self.engine, &marks)?;
        self.write_head()
    }

    fn write_head(&mut self) -> Result<(), Fault> {
        let Known { frontier, postings, .. } = &self.known;
        let moved = self
            .at_begin
            .as_ref()
            .is_none_or(|begin| begin.frontier.size() != frontier.size() || begin.postings != *postings);
        if moved { acts::head_set(&mut self.engine, frontier, *postings) } else { Ok(()) }
    }

    /// Gives up everything since `begin`; without a transaction, does nothing.
    pub fn rollback(&mut self) -> Result<(), Fault> {
        if let Some(known) = self.at_begin.take() {
            self.known = known;
        }
        self.at_savepoint = None;
        self.balances = Balances::default();
        self.counters = Counters::default();
        self.finding = Finding::default();
        let rolled_back = self.engine.rollback();
        self.pass = None;
        rolled_back
    }

    /// Appends an act, of which the book sets the name of the book and the place; gives the place.
    pub fn append(&mut self, act: ActEnvelope) -> Result<u64, AppendFault> {
        let seq = self.known.frontier.size();
        let act = ActEnvelope { book: self.name.clone(), seq, ..act };
        let (act, bytes) = match self.given.as_ref().and_then(take) {
            Some(bytes) => (as_stored(&bytes, &act)?, bytes),
            None => {
                let bytes = act.to_bytes()?;
                (act, bytes)
            }
        };
        let leaf = self.known.frontier.kind().leaf(&bytes);
        acts::act_put(&mut self.engine, &act, &bytes, leaf)?;
        self.known.frontier.push(leaf);
        Ok(seq)
    }

    /// Posts an entry on behalf of an act, or says which account it would overdraw and changes nothing.
    pub fn post(&mut self, entry: &Entry, act: u64) -> Result<(), PostFault> {
        let mut changes = Vec::with_capacity(entry.legs().len());
        for leg in entry.legs() {
            let balance = self.balance(&leg.account)?.unwrap_or(Money::ZERO);
            changes.push((&leg.account, ledger::balances::after(&leg.account, balance, leg.amount)?));
        }
        let (row, mut legs) = rows(entry, act, self.known.last_posting + 1);
        for ((account, balance), leg) in changes.into_iter().zip(&mut legs) {
            let before = self.balances.get(&mut self.engine, account)?;
            leg.prev = before.and_then(|held| held.latest);
            self.balances.set(account, Held { balance, latest: Some(leg.id) });
        }
        postings::entry_put(&mut self.engine, &row, &legs)?;
        self.known.last_posting += legs.len() as i64;
        let kind = self.known.frontier.kind();
        self.known.postings = postings::digest_after(kind, self.known.postings, &row, &legs);
        Ok(())
    }

    /// The next number of a counter, from 1.
    pub fn next(&mut self, counter: &str) -> Result<i64, Fault> {
        self.counters.next(&mut self.engine, counter)
    }

    /// An account's balance, with what this transaction posted; `None` when it never had an entry.
    pub fn balance(&mut self, account: &AccountPath) -> Result<Option<Money>, Fault> {
        Ok(self.balances.get(&mut self.engine, account)?.map(|held| held.balance))
    }
}

fn take(given: &Given) -> Option<Vec<u8>> {
    given.lock().unwrap_or_else(PoisonError::into_inner).take()
}

/// The act that bytes hold, when it stands where the replayed one stands.
fn as_stored(bytes: &[u8], replayed: &ActEnvelope) -> Result<ActEnvelope, AppendFault> {
    let other = || Fault::new(FaultKind::Damaged, "an act of another place");
    let act = ActEnvelope::from_bytes(bytes).map_err(|_| other())?;
    let same = act.book == replayed.book && act.seq == replayed.seq && act.stream == replayed.stream;
    if same && act.at == replayed.at { Ok(act) } else { Err(other().into()) }
}

fn rows(entry: &Entry, act: u64, first: i64) -> (EntryRow, Vec<LegRow>) {
    let id = entry.id().get();
    let row = EntryRow {
        id,
        act,
        day: entry.date().to_string(),
        memo: entry.memo().to_owned(),
        article: entry.article().to_owned(),
    };
    let leg = |(place, leg): (i64, &ledger::Leg)| LegRow {
        id: place,
        entry: id,
        account: leg.account.to_string(),
        fen: leg.amount.fen(),
        prev: None,
    };
    (row, (first..).zip(entry.legs()).map(leg).collect())
}
