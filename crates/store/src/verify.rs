//! The check of a whole book: storage, log, ledger. Read models are checked where they are projected.
//!
//! Nothing stored is believed twice: the log is recomputed from the acts' bytes, balances from the postings, the running digest
//! of the postings from the postings. The check reads in one transaction, so it can run beside the writer.

use std::collections::BTreeMap;
use std::fmt;

use journal::digest::{Digest, HashKind};
use journal::verify::{Columns, Difference, LogCheck, StoredAct, StoredHead};
use ledger::AccountPath;

use crate::engine::{Engine, Fault, Row};
use crate::slice::journal::{self as acts, HeadRow, PAGE};
use crate::slice::ledger::{self as postings, EntryRow, LegRow, Tags, digest_after};
use crate::sql;

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Acts read before the first difference.
    pub acts: u64,
    /// Entries read before the first difference.
    pub entries: u64,
    /// The root over the acts, when the log is whole.
    pub root: Option<Digest>,
    /// What differs; empty when the book is whole.
    pub findings: Vec<Finding>,
}

/// Something that is not what it must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// The database file itself is damaged.
    Storage {
        /// What the database says.
        detail: String,
    },
    /// There is no readable head.
    Head,
    /// The log differs.
    Log(Difference),
    /// A leg is missing, out of order, or not of the entry that it stands in.
    Posting {
        /// The leg.
        id: i64,
        /// What is wrong.
        what: PostingFlaw,
    },
    /// The running digest of the head is not that of the postings.
    PostingDigest,
    /// An account is not what its postings sum to.
    Account {
        /// The account's path.
        path: String,
        /// What it holds.
        stored: i64,
        /// What its postings sum to.
        computed: i64,
    },
    /// An account's floor or name is not one that this program writes.
    Floor {
        /// The account's path.
        path: String,
    },
    /// An account is not filed under the source and the project that its path names.
    Filed {
        /// The account's path.
        path: String,
    },
    /// An account does not name its last leg.
    Latest {
        /// The account's path.
        path: String,
    },
    /// A stored value could not be read.
    Unreadable {
        /// The statement that read it.
        place: &'static str,
    },
}

/// What is wrong with a leg.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PostingFlaw {
    /// Its place is not the next one.
    Order,
    /// It ends an entry that does not balance.
    Unbalanced,
    /// Its act is not in the log.
    Act,
    /// It does not name the leg before it on its account.
    Chain,
    /// The sum of its account cannot be counted.
    Overflow,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Storage { detail } => write!(f, "storage: {detail}"),
            Self::Head => f.write_str("head: missing or unreadable"),
            Self::Log(difference) => write!(f, "log: {difference}"),
            Self::Posting { id, what } => write!(f, "ledger: posting {id}: {what}"),
            Self::PostingDigest => f.write_str("ledger: the head's digest is not that of the postings"),
            Self::Account { path, stored, computed } => {
                write!(f, "ledger: {path} holds {stored} fen where its postings sum to {computed}")
            }
            Self::Floor { path } => write!(f, "ledger: {path} has a wrong name or floor"),
            Self::Filed { path } => {
                write!(f, "ledger: {path} is filed under another source or project than it names")
            }
            Self::Latest { path } => write!(f, "ledger: {path} does not name its last posting"),
            Self::Unreadable { place } => write!(f, "a stored value cannot be read ({place})"),
        }
    }
}

impl fmt::Display for PostingFlaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Order => "is not the next one",
            Self::Unbalanced => "ends an entry that does not balance",
            Self::Chain => "does not name the posting before it on its account",
            Self::Act => "names an act that is not in the log",
            Self::Overflow => "makes a sum too large to count",
        })
    }
}

/// Checks the book of a database, reading one unchanging state of it.
pub fn book(engine: &mut dyn Engine) -> Result<Report, Fault> {
    engine.begin_read()?;
    let report = inside(engine);
    engine.rollback()?;
    report
}

/// Checks the book in the transaction that is open.
pub(crate) fn inside(engine: &mut dyn Engine) -> Result<Report, Fault> {
    let mut report = Report { acts: 0, entries: 0, root: None, findings: Vec::new() };
    let storage = readable(engine.check(), &mut report)?.unwrap_or_default();
    report.findings.extend(storage.into_iter().map(|detail| Finding::Storage { detail }));
    let Some((head, kind)) = readable(acts::head_row(engine), &mut report)?
        .flatten()
        .and_then(|head| HashKind::from_name(&head.hash_kind).map(|kind| (head, kind)))
    else {
        report.findings.push(Finding::Head);
        return Ok(report);
    };
    let found = log(engine, &head, kind, &mut report);
    readable(found, &mut report)?;
    let found = ledger(engine, &head, kind, &mut report);
    readable(found, &mut report)?;
    Ok(report)
}

/// A value of a wrong type, or damaged pages, are findings; other faults end the check.
fn readable<T>(read: Result<T, Fault>, report: &mut Report) -> Result<Option<T>, Fault> {
    use crate::engine::FaultKind::{Damaged, Shape};
    match read {
        Ok(value) => Ok(Some(value)),
        Err(fault) if matches!(fault.kind, Shape | Damaged) => {
            report.findings.push(Finding::Unreadable { place: fault.place });
            Ok(None)
        }
        Err(fault) => Err(fault),
    }
}

fn log(engine: &mut dyn Engine, head: &HeadRow, kind: HashKind, report: &mut Report) -> Result<(), Fault> {
    let mut check = LogCheck::new(head.book.clone(), kind);
    let mut difference = None;
    loop {
        let before = check.frontier().size();
        let params = [acts::place(before)?, PAGE.into()];
        engine.rows(&sql::journal::ACT_CHECK, &params, &mut |row| {
            if difference.is_none() {
                difference = act(&mut check, row)?;
            }
            Ok(())
        })?;
        report.acts = check.frontier().size();
        if difference.is_some() || report.acts == before {
            break;
        }
    }
    let stored = StoredHead { size: head.size, frontier: &head.frontier, root: &head.root };
    match difference.or_else(|| check.head(&stored).err()) {
        Some(difference) => report.findings.push(Finding::Log(difference)),
        None => report.root = Some(check.frontier().root()),
    }
    Ok(())
}

fn act(check: &mut LogCheck, row: &dyn Row) -> Result<Option<Difference>, Fault> {
    let stored = StoredAct {
        seq: row.count(0)?,
        columns: Some(Columns { stream: row.text(1)?, kind: row.text(2)?, at: row.int(3)? }),
        leaf: row.bytes(4)?,
        bytes: row.bytes(5)?,
    };
    Ok(check.act(&stored).err())
}

fn ledger(engine: &mut dyn Engine, head: &HeadRow, kind: HashKind, report: &mut Report) -> Result<(), Fault> {
    let mut fold = Fold {
        kind,
        acts: head.size,
        digest: kind.empty_root(),
        open: None,
        next: 1,
        sums: BTreeMap::new(),
        entries: 0,
    };
    let flaw = fold.all(engine)?;
    report.entries = fold.entries;
    if let Some((id, what)) = flaw {
        report.findings.push(Finding::Posting { id, what });
        return Ok(());
    }
    // An entry without legs is in the count of entries and in no leg.
    if head.postings != fold.digest.as_bytes() || postings::entry_count(engine)? != fold.entries {
        report.findings.push(Finding::PostingDigest);
    }
    accounts(engine, &fold.sums, report)
}

/// The running check of legs in their order.
struct Fold {
    kind: HashKind,
    acts: u64,
    digest: Digest,
    /// The entry whose legs are being read.
    open: Option<(EntryRow, Vec<LegRow>)>,
    next: i64,
    sums: Sums,
    entries: u64,
}

/// What an account's legs sum to, in fen, and the last of them.
type Sums = BTreeMap<String, (i64, Option<i64>)>;

impl Fold {
    /// Reads all legs; gives the first that is wrong.
    fn all(&mut self, engine: &mut dyn Engine) -> Result<Option<(i64, PostingFlaw)>, Fault> {
        loop {
            let page = postings::posting_page(engine, self.next, PAGE)?;
            if page.is_empty() {
                return Ok(self.close().err().map(|what| (self.next - 1, what)));
            }
            for (leg, entry) in page {
                let id = leg.id;
                if let Err(what) = self.leg(leg, entry) {
                    return Ok(Some((id, what)));
                }
            }
        }
    }

    fn leg(&mut self, leg: LegRow, entry: EntryRow) -> Result<(), PostingFlaw> {
        if leg.id != self.next {
            return Err(PostingFlaw::Order);
        }
        if entry.act >= self.acts {
            return Err(PostingFlaw::Act);
        }
        let (sum, latest) = self.sums.entry(leg.account.clone()).or_default();
        *sum = sum.checked_add(leg.fen).ok_or(PostingFlaw::Overflow)?;
        if latest.replace(leg.id) != leg.prev {
            return Err(PostingFlaw::Chain);
        }
        self.next += 1;
        match &mut self.open {
            Some((open, legs)) if open.id == entry.id => legs.push(leg),
            _ => {
                self.close()?;
                self.open = Some((entry, vec![leg]));
            }
        }
        Ok(())
    }

    /// Ends the entry whose legs were read.
    fn close(&mut self) -> Result<(), PostingFlaw> {
        let Some((entry, legs)) = self.open.take() else { return Ok(()) };
        if legs.iter().map(|leg| i128::from(leg.fen)).sum::<i128>() != 0 {
            return Err(PostingFlaw::Unbalanced);
        }
        self.digest = digest_after(self.kind, self.digest, &entry, &legs);
        self.entries += 1;
        Ok(())
    }
}

fn accounts(engine: &mut dyn Engine, sums: &Sums, report: &mut Report) -> Result<(), Fault> {
    let mut open = sums.clone();
    for account in postings::account_list(engine)? {
        let path = account.path;
        let floor = path.parse::<AccountPath>().map(|path| path.floor().map(kernel::money::Money::fen));
        if floor != Ok(account.floor) {
            report.findings.push(Finding::Floor { path: path.clone() });
        }
        if account.tags != Tags::of(&path) {
            report.findings.push(Finding::Filed { path: path.clone() });
        }
        let (computed, latest) = open.remove(&path).unwrap_or_default();
        if account.latest != latest {
            report.findings.push(Finding::Latest { path: path.clone() });
        }
        if account.fen != computed {
            report.findings.push(Finding::Account { path, stored: account.fen, computed });
        }
    }
    let missing =
        open.into_iter().map(|(path, (computed, _))| Finding::Account { path, stored: 0, computed });
    report.findings.extend(missing);
    Ok(())
}
