//! The journal as an auditor reads it: who did what, when, under which article of which pack; one act's exact stored line with
//! the proof that it is in the log; and a check of a bounded range, done again from the stored bytes.

use super::money::kind_words;
use super::viewer::role_name;
use crate::command::Failure;
use crate::history;
use crate::ports::{Fault, Reads};
use crate::writer::App;
use domain::Stream;
use journal::proof::{self, LeafSource, ProofError};
use journal::{ActEnvelope, Digest, Frontier, HashKind};
use kernel::id::{CaseId, OrgId, PersonId, PlanId};
use policy::pack::Words;
use std::collections::BTreeMap;
use std::ops::Range;

/// How many acts a page lists.
pub const ACTS_A_PAGE: u64 = 50;
/// How many acts one check of a range reads at most.
pub const CHECKED_MAX: u64 = 5_000;
/// Up to which size the screen computes the whole tree again; beyond it the command line does.
pub const TREE_MAX: u64 = 100_000;
/// Acts read at a time.
const CHUNK: usize = 1_000;

/// A line of the list.
#[derive(Debug, Clone)]
pub struct ActLine {
    /// Place in the log.
    pub seq: u64,
    /// Milliseconds.
    pub at: i64,
    /// What happened.
    pub what: Words,
    /// The kind's stable name.
    pub kind: String,
    /// Who; empty for the program and the public.
    pub who: String,
    /// In which role.
    pub role: Words,
    /// What it is about.
    pub subject: Subject,
    /// The article.
    pub cite: String,
    /// Pack and edition.
    pub edition: String,
}

/// What an act is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A case with its number.
    Case(CaseId, String),
    /// A plan with its number.
    Plan(PlanId, String),
    /// A year.
    Year(i16),
    /// A person with the name.
    Person(PersonId, String),
    /// An organisation with its name.
    Org(OrgId, String),
    /// Something else, by its stream.
    Other(String),
}

/// The log's head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogHead {
    /// How many acts.
    pub size: u64,
    /// The root.
    pub root: Digest,
}

/// A page of the list, newest first.
#[derive(Debug, Clone)]
pub struct JournalPage {
    /// The head.
    pub head: LogHead,
    /// The acts.
    pub lines: Vec<ActLine>,
    /// Continue before this place.
    pub next: Option<u64>,
}

/// One act with its proof.
#[derive(Debug, Clone)]
pub struct ActPage {
    /// The line of the list.
    pub line: ActLine,
    /// The stored line, exactly.
    pub stored: String,
    /// The pack's hash.
    pub pack_hash: Option<String>,
    /// The stream.
    pub stream: String,
    /// The head that the proof leads to.
    pub head: LogHead,
    /// The proof; `None` when the log is too long for the screen.
    pub proof: Option<ActProof>,
}

/// That an act is in the log.
#[derive(Debug, Clone)]
pub struct ActProof {
    /// The hash function.
    pub hash: HashKind,
    /// The hash of the stored line.
    pub leaf: Digest,
    /// The audit path, from the leaf upward.
    pub path: Vec<Digest>,
    /// Whether the path leads to the head's root.
    pub holds: bool,
}

/// What a check of a range found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The head that was checked against.
    pub head: LogHead,
    /// First act read.
    pub from: u64,
    /// One past the last act read.
    pub to: u64,
    /// The whole tree: whether its root came out the same. `None` when the log is too long for the screen.
    pub root_same: Option<bool>,
    /// What is wrong: place and what.
    pub faults: Vec<(u64, Words)>,
}

impl App {
    /// The log's head.
    pub fn log_head(&self) -> Result<LogHead, Fault> {
        let (size, root) = self.reads.head()?;
        Ok(LogHead { size, root })
    }

    /// The newest acts, or those before a place.
    pub fn journal_page(&self, before: Option<u64>) -> Result<JournalPage, Failure> {
        let head = self.log_head()?;
        let to = before.unwrap_or(head.size).min(head.size);
        let from = to.saturating_sub(ACTS_A_PAGE);
        let acts = self.reads.acts(from, usize::try_from(to - from).unwrap_or(usize::MAX))?;
        let mut names = Names::new(self);
        let mut lines = Vec::new();
        for act in acts.iter().rev() {
            lines.push(names.line(act)?);
        }
        Ok(JournalPage { head, lines, next: (from > 0).then_some(from) })
    }

    /// One act; `None` beyond the end.
    pub fn journal_act(&self, seq: u64) -> Result<Option<ActPage>, Failure> {
        let head = self.log_head()?;
        if seq >= head.size {
            return Ok(None);
        }
        let Some(act) = self.act_at(seq)? else { return Ok(None) };
        let bytes = act.to_bytes().map_err(|e| Fault::lasting(format!("act {seq}: {e}")))?;
        let stored = String::from_utf8_lossy(&bytes).into_owned();
        let proof = if head.size <= TREE_MAX { Some(self.proof_of(seq, &bytes, head)?) } else { None };
        Ok(Some(ActPage {
            line: Names::new(self).line(&act)?,
            stored,
            pack_hash: act.pack.as_ref().map(|p| p.hash.to_string()),
            stream: act.stream.clone(),
            head,
            proof,
        }))
    }

    /// The proof of an act to a head. The book's hash function is the one whose root comes out as the head's.
    fn proof_of(&self, seq: u64, bytes: &[u8], head: LogHead) -> Result<ActProof, Failure> {
        let hash = self.hash_kind(head)?.unwrap_or_default();
        let leaves = Leaves { reads: &*self.reads, hash };
        let path = proof::inclusion(hash, &leaves, seq, head.size).map_err(|e| match e {
            ProofError::Source(fault) => fault,
            other => Fault::lasting(format!("proof of act {seq}: {other:?}")),
        })?;
        let leaf = hash.leaf(bytes);
        let holds = proof::inclusion_holds(hash, leaf, seq, head.size, &path, head.root);
        Ok(ActProof { hash, leaf, path, holds })
    }

    /// The hash function whose root over all acts is the head's; `None` when neither is.
    fn hash_kind(&self, head: LogHead) -> Result<Option<HashKind>, Fault> {
        for hash in [HashKind::Sm3, HashKind::Sha256] {
            let mut tree = Frontier::new(hash);
            Leaves { reads: &*self.reads, hash }.leaf_hashes(0..head.size, &mut |leaf| tree.push(leaf))?;
            if tree.size() == head.size && tree.root() == head.root {
                return Ok(Some(hash));
            }
        }
        Ok(None)
    }

    /// Checks acts from a place on: read, in order, of a kind and form that this program knows, none later than the one after it.
    /// When the log is short enough, the whole tree is computed again from the stored bytes and compared with the head.
    pub fn check_range(&self, from: u64, count: u64) -> Result<Checked, Failure> {
        let head = self.log_head()?;
        let from = from.min(head.size);
        let to = from.saturating_add(count.min(CHECKED_MAX)).min(head.size);
        let mut faults = Vec::new();
        let mut at = i64::MIN;
        let mut next = from;
        while next < to {
            let limit = usize::try_from(to - next).unwrap_or(CHUNK).min(CHUNK);
            let acts = match self.reads.acts(next, limit) {
                Ok(acts) => acts,
                Err(fault) => {
                    let text = Words::new(
                        format!("读不出来：{}", fault.operator),
                        format!("cannot be read: {}", fault.operator),
                    );
                    faults.push((next, text));
                    break;
                }
            };
            for act in acts.iter().take_while(|act| act.seq < to) {
                faults.extend(fault_of(act, next, at).map(|words| (act.seq, words)));
                at = act.at;
                next = act.seq.saturating_add(1);
            }
            if acts.is_empty() {
                faults.push((next, Words::new("这个位置没有记录", "there is no act here")));
                break;
            }
        }
        let root_same = if head.size <= TREE_MAX { Some(self.hash_kind(head)?.is_some()) } else { None };
        Ok(Checked { head, from, to, root_same, faults })
    }

    /// Who acted, with the organisation; empty for the program and the public.
    pub(super) fn actor_words(&self, act: &ActEnvelope) -> Result<String, Failure> {
        Ok(Names::new(self).who(act)?)
    }
}

fn fault_of(act: &ActEnvelope, expected: u64, before: i64) -> Option<Words> {
    if act.seq != expected {
        let (n, m) = (act.seq, expected);
        return Some(Words::new(format!("序号是 {n}，应为 {m}"), format!("place {n} where {m} was due")));
    }
    if let Err(fault) = history::event(act) {
        return Some(Words::new(format!("内容无法识别：{}", fault.operator), fault.operator));
    }
    (act.at < before).then(|| Words::new("时间早于前一条", "earlier than the act before it"))
}

/// The leaf hashes of the log, computed from the stored lines.
pub(in crate::view) struct Leaves<'a> {
    pub reads: &'a dyn Reads,
    pub hash: HashKind,
}

impl LeafSource for Leaves<'_> {
    type Error = Fault;

    fn leaf_hashes(&self, range: Range<u64>, each: &mut dyn FnMut(Digest)) -> Result<(), Fault> {
        let mut next = range.start;
        while next < range.end {
            let limit = usize::try_from(range.end - next).unwrap_or(CHUNK).min(CHUNK);
            let acts = self.reads.acts(next, limit)?;
            if acts.is_empty() {
                return Ok(());
            }
            for act in &acts {
                let bytes = act.to_bytes().map_err(|e| Fault::lasting(format!("act {}: {e}", act.seq)))?;
                each(self.hash.leaf(&bytes));
                next += 1;
            }
        }
        Ok(())
    }
}

/// Names of people, bodies and subjects, looked up once each.
struct Names<'a> {
    app: &'a App,
    people: BTreeMap<PersonId, String>,
    orgs: BTreeMap<OrgId, String>,
}

impl<'a> Names<'a> {
    fn new(app: &'a App) -> Names<'a> {
        Names { app, people: BTreeMap::new(), orgs: BTreeMap::new() }
    }

    fn person(&mut self, id: PersonId) -> Result<String, Fault> {
        if let Some(name) = self.people.get(&id) {
            return Ok(name.clone());
        }
        let name = self.app.reads.person(id)?.map_or_else(|| id.to_string(), |p| p.name);
        self.people.insert(id, name.clone());
        Ok(name)
    }

    fn org(&mut self, id: OrgId) -> Result<String, Fault> {
        if let Some(name) = self.orgs.get(&id) {
            return Ok(name.clone());
        }
        let name = self.app.reads.org(id)?.map_or_else(|| id.to_string(), |o| o.name);
        self.orgs.insert(id, name.clone());
        Ok(name)
    }

    fn who(&mut self, act: &ActEnvelope) -> Result<String, Fault> {
        let person = act.actor.map(|id| self.person(id)).transpose()?;
        let behalf = act.behalf.map(|id| self.person(id)).transpose()?;
        let person = person.map(|one| behalf.map_or(one.clone(), |behalf| format!("{one} 代 {behalf}")));
        let org = act.org.map(|id| self.org(id)).transpose()?;
        Ok(match (person, org) {
            (Some(person), Some(org)) => format!("{person}（{org}）"),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => String::new(),
        })
    }

    fn line(&mut self, act: &ActEnvelope) -> Result<ActLine, Failure> {
        let pack = match &act.pack {
            Some(pack) => self.app.packs.edition(&pack.id, &pack.edition),
            None => None,
        };
        let role = match (&act.role, pack.or_else(|| self.app.packs.first())) {
            (Some(role), Some(pack)) => {
                let (zh, en) = role_name(&pack, role);
                Words::new(zh, en)
            }
            _ => Words::default(),
        };
        Ok(ActLine {
            seq: act.seq,
            at: act.at,
            what: kind_words(act),
            kind: act.kind.clone(),
            who: self.who(act)?,
            role,
            subject: self.subject(&act.stream)?,
            cite: act.article.clone().unwrap_or_default(),
            edition: act.pack.as_ref().map_or_else(String::new, |p| format!("{}/{}", p.id, p.edition)),
        })
    }

    fn subject(&mut self, stream: &str) -> Result<Subject, Fault> {
        Ok(match crate::replay::stream_of(stream) {
            Some(Stream::Case(id)) => {
                Subject::Case(id, self.app.reads.case(id)?.map_or_else(|| id.to_string(), |row| row.number))
            }
            Some(Stream::Plan(id)) => {
                Subject::Plan(id, self.app.reads.plan(id)?.map_or_else(|| id.to_string(), |row| row.number))
            }
            Some(Stream::Year(_, year)) => Subject::Year(year),
            Some(Stream::Person(id)) => Subject::Person(id, self.person(id)?),
            Some(Stream::Org(id)) => Subject::Org(id, self.org(id)?),
            _ => Subject::Other(stream.to_owned()),
        })
    }
}
