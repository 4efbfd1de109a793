//! Group commit: what stands beside a failing command in a batch is untouched by it, and what was answered is durable.

use super::{BATCH_MAX, Waiting, Writer};
use crate::command::{Answer, Command, Failure, Request, Seen, Who};
use crate::desk::Cache;
use crate::packs::Packs;
use crate::ports::{Book, Clock, Fault, NewAct, PostError};
use crate::rows::*;
use domain::identity::OrgKind;
use journal::{ActEnvelope, Digest};
use kernel::id::{BatchId, CaseId, ClaimId, OrgId, PersonId, ProjectId, SourceId};
use kernel::{Date, Money};
use ledger::Entry;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex};

/// What a book in memory holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Content {
    acts: Vec<ActEnvelope>,
    counters: BTreeMap<String, i64>,
    orgs: BTreeMap<OrgId, String>,
    answers: BTreeMap<String, (Digest, String)>,
}

/// A book in memory that fails where a test says so: at the row of an organisation of a certain name, at the mark, at taking
/// back, at the commit.
#[derive(Default)]
struct Memory {
    durable: Arc<Mutex<Content>>,
    now: Content,
    moved: bool,
    mark: Content,
    undo_fails: bool,
    /// How many commands can be marked; any number when nothing is said.
    marks_left: Option<usize>,
    commit_fails: bool,
}

/// The name of an organisation whose row cannot be written: by then its act is appended.
const UNWRITABLE: &str = "unwritable";
/// The name of an organisation whose row is refused at the commit.
const UNKEEPABLE: &str = "unkeepable";

fn fault<T>() -> Result<T, Fault> {
    Err(Fault::passing("the disk is full"))
}

impl Book for Memory {
    fn begin(&mut self) -> Result<(), Fault> {
        let durable = self.durable.lock().unwrap().clone();
        self.moved = durable != self.now;
        self.now = durable;
        Ok(())
    }
    fn moved(&mut self) -> bool {
        self.moved
    }
    fn commit(&mut self) -> Result<(), Fault> {
        if self.commit_fails || self.now.orgs.values().any(|name| name == UNKEEPABLE) {
            return fault();
        }
        *self.durable.lock().unwrap() = self.now.clone();
        Ok(())
    }
    fn rollback(&mut self) -> Result<(), Fault> {
        Ok(())
    }
    fn savepoint(&mut self) -> Result<(), Fault> {
        if let Some(left) = &mut self.marks_left {
            *left = left.checked_sub(1).ok_or_else(|| Fault::passing("the disk is full"))?;
        }
        self.mark = self.now.clone();
        Ok(())
    }
    fn release(&mut self) -> Result<(), Fault> {
        Ok(())
    }
    fn undo(&mut self) -> Result<(), Fault> {
        if self.undo_fails {
            return fault();
        }
        self.now = self.mark.clone();
        Ok(())
    }
    fn stream(&mut self, key: &str) -> Result<Vec<ActEnvelope>, Fault> {
        Ok(self.now.acts.iter().filter(|act| act.stream == key).cloned().collect())
    }
    fn append(&mut self, act: NewAct) -> Result<u64, Fault> {
        let seq = self.now.acts.len() as u64;
        self.now.acts.push(ActEnvelope { seq, ..act });
        Ok(seq)
    }
    fn next(&mut self, counter: &str) -> Result<i64, Fault> {
        let value = self.now.counters.entry(counter.to_owned()).or_default();
        *value += 1;
        Ok(*value)
    }
    fn answer(&mut self, key: &str) -> Result<Option<(Digest, String)>, Fault> {
        Ok(self.now.answers.get(key).cloned())
    }
    fn keep_answer(&mut self, key: &str, request: Digest, answer: &str) -> Result<(), Fault> {
        self.now.answers.insert(key.to_owned(), (request, answer.to_owned()));
        Ok(())
    }
    fn put_org(&mut self, row: &OrgRow) -> Result<(), Fault> {
        if row.name == UNWRITABLE {
            return fault();
        }
        self.now.orgs.insert(row.org, row.name.clone());
        Ok(())
    }
    fn post(&mut self, _: &Entry, _: u64, _: Date) -> Result<(), PostError> {
        Ok(())
    }
    fn balance(&mut self, _: &str) -> Result<Option<Money>, Fault> {
        Ok(None)
    }
    fn put_person(&mut self, _: &PersonRow) -> Result<(), Fault> {
        Ok(())
    }
    fn put_year(&mut self, _: &YearRow) -> Result<(), Fault> {
        Ok(())
    }
    fn put_case(&mut self, _: &CaseRow) -> Result<(), Fault> {
        Ok(())
    }
    fn put_plan(&mut self, _: &PlanRow) -> Result<(), Fault> {
        Ok(())
    }
    fn put_tasks(&mut self, _: &str, _: &[TaskRow]) -> Result<(), Fault> {
        Ok(())
    }
    fn put_duties(&mut self, _: CaseId, _: &[DutyRow]) -> Result<(), Fault> {
        Ok(())
    }
    fn put_award(&mut self, _: &AwardRow) -> Result<(), Fault> {
        Ok(())
    }
    fn put_notice(&mut self, _: &NoticeRow) -> Result<(), Fault> {
        Ok(())
    }
    fn put_objection(&mut self, _: &ObjectionRow) -> Result<(), Fault> {
        Ok(())
    }
    fn put_report(&mut self, _: &ReportRow) -> Result<(), Fault> {
        Ok(())
    }
    fn put_deed(&mut self, _: &DeedRow) -> Result<(), Fault> {
        Ok(())
    }
    fn put_said(&mut self, _: &SaidRow) -> Result<(), Fault> {
        Ok(())
    }
    fn put_lines(&mut self, _: CaseId, _: &[LineRow]) -> Result<(), Fault> {
        Ok(())
    }
    fn lines(&mut self, _: &LineFilter) -> Result<Vec<LineRow>, Fault> {
        Ok(Vec::new())
    }
    fn moved_money(&mut self, _: &MovedFilter) -> Result<Money, Fault> {
        Ok(Money::ZERO)
    }
    fn reports(&mut self, _: Option<&str>, _: Option<OrgId>) -> Result<Vec<ReportRow>, Fault> {
        Ok(Vec::new())
    }
    fn put_source(&mut self, _: &SourceRow) -> Result<(), Fault> {
        Ok(())
    }
    fn put_project(&mut self, _: &ProjectRow) -> Result<(), Fault> {
        Ok(())
    }
    fn put_allocation(&mut self, _: &AllocationRow) -> Result<(), Fault> {
        Ok(())
    }
    fn put_claim(&mut self, _: &ClaimRow) -> Result<(), Fault> {
        Ok(())
    }
    fn put_batch(&mut self, _: &BatchRow) -> Result<(), Fault> {
        Ok(())
    }
    fn put_payment(&mut self, _: &PaymentRow) -> Result<(), Fault> {
        Ok(())
    }
    fn put_unclear(&mut self, _: &UnclearRow) -> Result<(), Fault> {
        Ok(())
    }
    fn put_consent(&mut self, _: &ConsentRow) -> Result<(), Fault> {
        Ok(())
    }
    fn put_roster(&mut self, _: &RosterRow) -> Result<(), Fault> {
        Ok(())
    }
    fn put_members(&mut self, _: &RosterKey, _: &Members) -> Result<(), Fault> {
        Ok(())
    }
    fn members(&mut self, _: &RosterKey) -> Result<Members, Fault> {
        Ok(Members::new())
    }
    fn members_named(&mut self, _: &RosterKey, _: &BTreeSet<String>) -> Result<Option<Members>, Fault> {
        Ok(None)
    }
    fn put_invoices(&mut self, _: ClaimId, _: &[InvoiceRow]) -> Result<(), Fault> {
        Ok(())
    }
    fn source_twin(&mut self, _: &SourceKey) -> Result<Option<SourceId>, Fault> {
        Ok(None)
    }
    fn sources_of(&mut self, _: &str, _: &str) -> Result<Vec<(SourceId, i16)>, Fault> {
        Ok(Vec::new())
    }
    fn invoice(&mut self, _: &str, _: &str) -> Result<Option<InvoiceRow>, Fault> {
        Ok(None)
    }
    fn batch_of_payment(&mut self, _: &str) -> Result<Option<BatchId>, Fault> {
        Ok(None)
    }
    fn live_claims(&mut self, _: ProjectId) -> Result<Vec<ClaimId>, Fault> {
        Ok(Vec::new())
    }
    fn count_awards(&mut self, _: &AwardKey) -> Result<i64, Fault> {
        Ok(0)
    }
    fn org_by_code(&mut self, _: &str) -> Result<Option<OrgId>, Fault> {
        Ok(None)
    }
    fn person_by_login(&mut self, _: &str) -> Result<Option<PersonId>, Fault> {
        Ok(None)
    }
    fn count_role(&mut self, _: &str) -> Result<i64, Fault> {
        Ok(0)
    }
    fn live_child(&mut self, _: CaseId) -> Result<Option<CaseId>, Fault> {
        Ok(None)
    }
    fn children(&mut self, _: CaseId) -> Result<Vec<CaseId>, Fault> {
        Ok(Vec::new())
    }
    fn cases_of(&mut self, _: &str, _: i16) -> Result<Vec<CaseId>, Fault> {
        Ok(Vec::new())
    }
    fn project_of_case(&mut self, _: CaseId) -> Result<Option<ProjectId>, Fault> {
        Ok(None)
    }
    fn alike(&mut self, _: &AlikeKey) -> Result<Vec<CaseId>, Fault> {
        Ok(Vec::new())
    }
    fn applicants(&mut self, _: &str, _: i16) -> Result<Vec<OrgId>, Fault> {
        Ok(Vec::new())
    }
    fn tasks(&mut self, _: &TaskScope, _: usize) -> Result<Vec<TaskRow>, Fault> {
        Ok(Vec::new())
    }
    fn orgs_of_role(&mut self, _: &str) -> Result<Vec<OrgId>, Fault> {
        Ok(Vec::new())
    }
    fn count_month(&mut self, _: &Scope, _: &str, _: Date, _: Date) -> Result<BTreeMap<String, i64>, Fault> {
        Ok(BTreeMap::new())
    }
    fn clear_rows(&mut self) -> Result<(), Fault> {
        Ok(())
    }
}

struct Noon;

impl Clock for Noon {
    fn now(&self) -> i64 {
        crate::time::moment(self.today(), 12, 0)
    }
    fn today(&self) -> Date {
        Date::constant(2019, 10, 9)
    }
}

/// A writer on a book in memory, and what the book holds durably.
fn writer(book: Memory) -> (Writer, Arc<Mutex<Content>>) {
    let durable = Arc::clone(&book.durable);
    let (packs, cache) = (Packs::default(), Cache::new());
    (Writer { book: Box::new(book), packs, clock: Arc::new(Noon), cache, broken: None, alone: 0 }, durable)
}

fn register(name: &str) -> Command {
    Command::RegisterOrg { name: name.into(), kind: OrgKind::Government, region: None, credit_code: None }
}

/// Decides these commands as one batch; gives what each was answered, in their order.
fn batch(writer: &mut Writer, commands: Vec<(Command, Option<Seen>)>) -> Vec<Result<Answer, Failure>> {
    let (answers, left) = one_batch(writer, commands);
    assert_eq!(left, 0);
    answers
}

/// The same, and how many of them still wait.
fn one_batch(
    writer: &mut Writer,
    commands: Vec<(Command, Option<Seen>)>,
) -> (Vec<Result<Answer, Failure>>, usize) {
    let answers = Arc::new(Mutex::new(Vec::new()));
    let mut waiting: VecDeque<Waiting> = commands
        .into_iter()
        .map(|(command, seen)| {
            let answers = Arc::clone(&answers);
            let reply = Box::new(move |answer| answers.lock().unwrap().push(answer));
            Waiting::new(Request { who: Who::Program, key: String::new(), command }, seen, reply)
        })
        .collect();
    let first = waiting.pop_front().unwrap();
    writer.batch(first, || waiting.pop_front());
    let answers = std::mem::take(&mut *answers.lock().unwrap());
    (answers, waiting.len())
}

fn plain(names: &[&str]) -> Vec<(Command, Option<Seen>)> {
    names.iter().map(|name| (register(name), None)).collect()
}

fn names(content: &Mutex<Content>) -> Vec<String> {
    content.lock().unwrap().orgs.values().cloned().collect()
}

#[test]
fn a_failing_command_leaves_the_others_of_its_batch_untouched() {
    let (mut writer, durable) = writer(Memory::default());
    // The second appends its act and then cannot write its row; the fourth is refused before it appends anything.
    let answers = batch(&mut writer, plain(&["one", UNWRITABLE, "three", " ", "five"]));
    let kinds: Vec<&str> = answers
        .iter()
        .map(|answer| match answer {
            Ok(_) => "done",
            Err(Failure::Refused(_)) => "refused",
            Err(Failure::Fault(_)) => "failed",
        })
        .collect();
    assert_eq!(kinds, ["done", "failed", "done", "refused", "done"]);
    let places: Vec<Option<u64>> = answers.iter().map(|a| a.as_ref().ok().and_then(|a| a.seq)).collect();
    assert_eq!(places, [Some(0), None, Some(1), None, Some(2)], "no place in the log is lost or given twice");
    assert_eq!(names(&durable), ["one", "three", "five"]);
    let acts = durable.lock().unwrap().acts.clone();
    let streams: Vec<&str> = acts.iter().map(|act| act.stream.as_str()).collect();
    assert_eq!(streams, ["org:1", "org:2", "org:3"], "its number went to the next");
    // What the failed one had in mind is forgotten: the number now belongs to another.
    let renamed = batch(&mut writer, vec![(Command::RenameOrg { org: OrgId(2), name: "drei".into() }, None)]);
    assert!(renamed[0].is_ok());
    assert_eq!(names(&durable), ["one", "drei", "five"]);
}

#[test]
fn a_batch_that_cannot_be_made_durable_is_answered_as_a_fault_and_forgotten() {
    let (mut failing, durable) = writer(Memory { commit_fails: true, ..Memory::default() });
    let answers = batch(&mut failing, plain(&["one", "two"]));
    assert!(answers.iter().all(|answer| matches!(answer, Err(Failure::Fault(fault)) if fault.retry)));
    assert_eq!(*durable.lock().unwrap(), Content::default());
    assert!(failing.cache.is_empty(), "states that were never durable are not believed");
}

#[test]
fn after_a_batch_that_failed_each_command_is_decided_alone() {
    let (mut writer, durable) = writer(Memory::default());
    let answers = batch(&mut writer, plain(&["one", UNKEEPABLE, "three"]));
    assert!(
        answers.iter().all(|answer| matches!(answer, Err(Failure::Fault(_)))),
        "nobody is told it is done"
    );
    let again = ["one", UNKEEPABLE, "three"].map(|name| {
        let (answers, left) = one_batch(&mut writer, plain(&[name, "next"]));
        assert_eq!((answers.len(), left), (1, 1));
        answers[0].is_ok()
    });
    assert_eq!(again, [true, false, true], "only the one to blame fails again");
    assert_eq!(names(&durable), ["one", "three"]);
    while writer.alone > 0 {
        batch(&mut writer, plain(&["more"]));
    }
    assert_eq!(batch(&mut writer, plain(&["five", "six"])).len(), 2, "and then together again");
}

#[test]
fn a_command_that_cannot_be_taken_back_gives_up_its_batch() {
    let (mut failing, durable) = writer(Memory { undo_fails: true, ..Memory::default() });
    let (answers, left) = one_batch(&mut failing, plain(&["one", UNWRITABLE, "three"]));
    assert!(answers.iter().all(|answer| matches!(answer, Err(Failure::Fault(_)))));
    assert_eq!((answers.len(), left), (2, 1), "the next is decided in a transaction of its own");
    assert_eq!(*durable.lock().unwrap(), Content::default(), "no half act");
    assert!(batch(&mut failing, plain(&["three"]))[0].is_ok());
    assert_eq!(names(&durable), ["three"]);
}

#[test]
fn a_command_that_cannot_be_marked_gives_up_its_batch() {
    let (mut failing, durable) = writer(Memory { marks_left: Some(1), ..Memory::default() });
    let (answers, left) = one_batch(&mut failing, plain(&["one", "two", "three"]));
    assert!(answers.iter().all(|answer| matches!(answer, Err(Failure::Fault(_)))));
    assert_eq!((answers.len(), left), (2, 1));
    assert_eq!(*durable.lock().unwrap(), Content::default());
}

#[test]
fn a_book_that_somebody_else_moved_is_read_again() {
    let (mut writer, durable) = writer(Memory::default());
    batch(&mut writer, plain(&["one"]));
    let rename = |name: &str| vec![(Command::RenameOrg { org: OrgId(1), name: name.into() }, None)];
    let kept = durable.lock().unwrap().clone();
    batch(&mut writer, rename("eins"));
    // A backup is put in place: there the organisation never got this name, so that to give it is an act.
    *durable.lock().unwrap() = kept;
    assert_eq!(batch(&mut writer, rename("eins"))[0].as_ref().unwrap().seq, Some(1));
    assert_eq!(names(&durable), ["eins"]);
}

#[test]
fn a_page_that_was_opened_before_the_last_act_writes_nothing() {
    let (mut writer, durable) = writer(Memory::default());
    batch(&mut writer, plain(&["one"]));
    let seen = |last| Some(Seen { subject: "org:1".into(), last });
    let rename = |name: &str| Command::RenameOrg { org: OrgId(1), name: name.into() };
    let answers = batch(&mut writer, vec![(rename("eins"), seen(Some(0))), (rename("uno"), seen(Some(0)))]);
    assert!(answers[0].is_ok());
    assert!(
        matches!(&answers[1], Err(Failure::Refused(r)) if r.reason.name() == "Stale"),
        "{:?}",
        answers[1]
    );
    assert_eq!(names(&durable), ["eins"]);
}

#[test]
fn a_batch_has_its_limit() {
    let (mut writer, durable) = writer(Memory::default());
    let mut left = BATCH_MAX + 10;
    let waiting = |left: usize| {
        let command = register(&format!("org {left}"));
        let request = Request { who: Who::Program, key: String::new(), command };
        Waiting::new(request, None, Box::new(|answer| assert!(answer.is_ok())))
    };
    writer.batch(waiting(0), || {
        left -= 1;
        Some(waiting(left))
    });
    assert_eq!(durable.lock().unwrap().acts.len(), BATCH_MAX);
    assert_eq!(left, 11, "the others wait for the next");
}
