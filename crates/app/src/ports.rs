//! What the use cases need of the world: a book to write, rows to read, a house for what is not an act, a clock, randomness.
//!
//! The traits speak in typed rows, never in SQL. A `Book` is used by one thread only: the writer. `Reads` and `House` may be
//! used by many; readers never wait for the writer.

use crate::rows::*;
use journal::{ActEnvelope, Digest};
use kernel::id::{
    AllocationId, BatchId, CaseId, ClaimId, OrgId, PaperHash, PersonId, PlanId, ProjectId, SourceId,
};
use kernel::region::RegionCode;
use kernel::{Date, Money};
use ledger::Entry;
use std::collections::BTreeSet;

/// The world failed. The clerk is told to try again or whom to call; the operator gets the second text.
#[derive(Debug, thiserror::Error)]
#[error("{operator}")]
pub struct Fault {
    /// Whether trying again can help.
    pub retry: bool,
    /// What happened, for the operator; no personal data.
    pub operator: String,
}

impl Fault {
    /// A fault that passes.
    pub fn passing(operator: impl Into<String>) -> Fault {
        Fault { retry: true, operator: operator.into() }
    }

    /// A fault that stays.
    pub fn lasting(operator: impl Into<String>) -> Fault {
        Fault { retry: false, operator: operator.into() }
    }
}

/// Why an entry was not posted.
#[derive(Debug, thiserror::Error)]
pub enum PostError {
    /// An account would fall below its floor.
    #[error("account {account} holds {left}")]
    Overdrawn {
        /// The account.
        account: String,
        /// What it holds above its floor.
        left: Money,
    },
    /// The world failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// What an act is before the book gives it its place in the log. The book sets `book` and `seq`.
pub type NewAct = ActEnvelope;

/// The write side of one book. Calls come as: `begin`, then for each command `savepoint`, calls, `release` or `undo`, then `commit`.
/// What is written is seen by every later call; what the database itself refuses may be told as late as at the commit.
pub trait Book: Send {
    /// Opens a transaction and takes the book's lock.
    fn begin(&mut self) -> Result<(), Fault>;
    /// Whether somebody else moved the book since this was last asked: another process, a backup put in place. Asked after
    /// `begin`; what is remembered of the book is void then.
    fn moved(&mut self) -> bool;
    /// Makes everything durable, the tree's head included.
    fn commit(&mut self) -> Result<(), Fault>;
    /// Forgets the transaction.
    fn rollback(&mut self) -> Result<(), Fault>;
    /// Marks a point to return to.
    fn savepoint(&mut self) -> Result<(), Fault>;
    /// Keeps what was done since the point.
    fn release(&mut self) -> Result<(), Fault>;
    /// Forgets what was done since the point: acts, postings, rows, counters.
    fn undo(&mut self) -> Result<(), Fault>;

    /// The acts of a stream, oldest first.
    fn stream(&mut self, key: &str) -> Result<Vec<ActEnvelope>, Fault>;
    /// Appends an act; answers its place in the log.
    fn append(&mut self, act: NewAct) -> Result<u64, Fault>;
    /// Posts an entry that belongs to the act at this place.
    fn post(&mut self, entry: &Entry, seq: u64, day: Date) -> Result<(), PostError>;
    /// The balance of an account; `None` when it never had an entry.
    fn balance(&mut self, account: &str) -> Result<Option<Money>, Fault>;
    /// The next number of a counter, from 1. Part of the transaction.
    fn next(&mut self, counter: &str) -> Result<i64, Fault>;

    /// The answer once given under this key: digest of the request, and the answer.
    fn answer(&mut self, key: &str) -> Result<Option<(Digest, String)>, Fault>;
    /// Keeps an answer.
    fn keep_answer(&mut self, key: &str, request: Digest, answer: &str) -> Result<(), Fault>;

    /// Writes the row of an organisation.
    fn put_org(&mut self, row: &OrgRow) -> Result<(), Fault>;
    /// Writes the row of a person with the roles held.
    fn put_person(&mut self, row: &PersonRow) -> Result<(), Fault>;
    /// Writes the row of a year.
    fn put_year(&mut self, row: &YearRow) -> Result<(), Fault>;
    /// Writes the row of a case.
    fn put_case(&mut self, row: &CaseRow) -> Result<(), Fault>;
    /// Writes the row of a plan.
    fn put_plan(&mut self, row: &PlanRow) -> Result<(), Fault>;
    /// Replaces the open tasks of a subject (`case:12`, `plan:3`).
    fn put_tasks(&mut self, subject: &str, rows: &[TaskRow]) -> Result<(), Fault>;
    /// Replaces the duties of a case.
    fn put_duties(&mut self, case: CaseId, rows: &[DutyRow]) -> Result<(), Fault>;
    /// Writes the row of a grant.
    fn put_award(&mut self, row: &AwardRow) -> Result<(), Fault>;
    /// Writes the row of a notice.
    fn put_notice(&mut self, row: &NoticeRow) -> Result<(), Fault>;
    /// Writes the row of an objection.
    fn put_objection(&mut self, row: &ObjectionRow) -> Result<(), Fault>;
    /// Writes the row of a report.
    fn put_report(&mut self, row: &ReportRow) -> Result<(), Fault>;
    /// Writes one line of the list of what a person did.
    fn put_deed(&mut self, row: &DeedRow) -> Result<(), Fault>;
    /// Writes the row of a copy or an urging.
    fn put_said(&mut self, row: &SaidRow) -> Result<(), Fault>;
    /// Replaces the lines of a case in all registers.
    fn put_lines(&mut self, case: CaseId, rows: &[LineRow]) -> Result<(), Fault>;

    /// Writes the row of a source.
    fn put_source(&mut self, row: &SourceRow) -> Result<(), Fault>;
    /// Writes the row of a project.
    fn put_project(&mut self, row: &ProjectRow) -> Result<(), Fault>;
    /// Writes the row of an allocation.
    fn put_allocation(&mut self, row: &AllocationRow) -> Result<(), Fault>;
    /// Writes the row of a claim.
    fn put_claim(&mut self, row: &ClaimRow) -> Result<(), Fault>;
    /// Replaces the invoices that a claim uses; one that another claim uses is a fault, so ask before.
    fn put_invoices(&mut self, claim: ClaimId, rows: &[InvoiceRow]) -> Result<(), Fault>;
    /// Writes the row of a batch.
    fn put_batch(&mut self, row: &BatchRow) -> Result<(), Fault>;
    /// Writes the row of a payment.
    fn put_payment(&mut self, row: &PaymentRow) -> Result<(), Fault>;
    /// Writes what a bank said and nobody could place.
    fn put_unclear(&mut self, row: &UnclearRow) -> Result<(), Fault>;
    /// Writes the row of a consent.
    fn put_consent(&mut self, row: &ConsentRow) -> Result<(), Fault>;
    /// Writes the row of a list of people.
    fn put_roster(&mut self, row: &RosterRow) -> Result<(), Fault>;
    /// Replaces who is on a list of people. They are no rows: [`Book::clear_rows`] leaves them alone.
    fn put_members(&mut self, key: &RosterKey, members: &Members) -> Result<(), Fault>;
    /// Who is on a list of people.
    fn members(&mut self, key: &RosterKey) -> Result<Members, Fault>;
    /// Of these people, by commitment, those who are on a list; `None` when the list is not loaded.
    fn members_named(
        &mut self,
        key: &RosterKey,
        numbers: &BTreeSet<String>,
    ) -> Result<Option<Members>, Fault>;

    /// The source with this document, fund, code and purpose.
    fn source_twin(&mut self, key: &SourceKey) -> Result<Option<SourceId>, Fault>;
    /// The sources of a fund with their budget years, oldest first.
    fn sources_of(&mut self, pack: &str, fund: &str) -> Result<Vec<(SourceId, i16)>, Fault>;
    /// Who uses an invoice.
    fn invoice(&mut self, code: &str, number: &str) -> Result<Option<InvoiceRow>, Fault>;
    /// The batch of the payment that goes by this name from end to end.
    fn batch_of_payment(&mut self, end_to_end: &str) -> Result<Option<BatchId>, Fault>;
    /// The claims of a project that are neither paid nor ended, oldest first.
    fn live_claims(&mut self, project: ProjectId) -> Result<Vec<ClaimId>, Fault>;

    /// The tasks of a scope, the most urgent first.
    fn tasks(&mut self, scope: &TaskScope, limit: usize) -> Result<Vec<TaskRow>, Fault>;
    /// Grants that share all given keys, counted inside the transaction.
    fn count_awards(&mut self, key: &AwardKey) -> Result<i64, Fault>;
    /// The organisation with this credit code.
    fn org_by_code(&mut self, code: &str) -> Result<Option<OrgId>, Fault>;
    /// The person with this sign-in name.
    fn person_by_login(&mut self, login: &str) -> Result<Option<PersonId>, Fault>;
    /// How many enabled persons hold a role.
    fn count_role(&mut self, role: &str) -> Result<i64, Fault>;
    /// A case that stands on this parent and was neither refused nor withdrawn.
    fn live_child(&mut self, parent: CaseId) -> Result<Option<CaseId>, Fault>;
    /// The cases that stand on this parent, oldest first.
    fn children(&mut self, parent: CaseId) -> Result<Vec<CaseId>, Fault>;
    /// The cases of a procedure in a year, oldest first.
    fn cases_of(&mut self, procedure: &str, year: i16) -> Result<Vec<CaseId>, Fault>;
    /// The project for money that comes from a case.
    fn project_of_case(&mut self, case: CaseId) -> Result<Option<ProjectId>, Fault>;
    /// Projects of the library that look like this one, the likest first, at most ten.
    fn alike(&mut self, key: &AlikeKey) -> Result<Vec<CaseId>, Fault>;
    /// The organisations that filed cases of a procedure in a year.
    fn applicants(&mut self, procedure: &str, year: i16) -> Result<Vec<OrgId>, Fault>;
    /// The organisations that hold a role (through their people), or that were registered for it.
    fn orgs_of_role(&mut self, role: &str) -> Result<Vec<OrgId>, Fault>;
    /// Counts what happened in a month within a scope: `filed`, `accepted`, `returned`, `refused`, by procedure (`predeclaration.filed`).
    fn count_month(
        &mut self,
        scope: &Scope,
        pack: &str,
        first: Date,
        last: Date,
    ) -> Result<std::collections::BTreeMap<String, i64>, Fault>;
    /// The lines of a register, in the order of [`Reads::lines`].
    fn lines(&mut self, filter: &LineFilter) -> Result<Vec<LineRow>, Fault>;
    /// What was booked, less what was booked back.
    fn moved_money(&mut self, filter: &MovedFilter) -> Result<Money, Fault>;
    /// Reports of a period, or all of a body, in the order of [`Reads::reports`].
    fn reports(&mut self, period: Option<&str>, org: Option<OrgId>) -> Result<Vec<ReportRow>, Fault>;
    /// Forgets every read-model row, tasks and duties included, before a rebuild.
    fn clear_rows(&mut self) -> Result<(), Fault>;
}

/// A page of a list, by key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageOf<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// The key to continue after, when there are more.
    pub next: Option<String>,
    /// How many there are in all, when counted.
    pub total: i64,
}

/// The read side.
pub trait Reads: Send + Sync {
    /// The acts of a stream, oldest first.
    fn stream(&self, key: &str) -> Result<Vec<ActEnvelope>, Fault>;
    /// Acts in order of the log, newest last, at most `limit` from `from`.
    fn acts(&self, from: u64, limit: usize) -> Result<Vec<ActEnvelope>, Fault>;
    /// The tree's size and root.
    fn head(&self) -> Result<(u64, Digest), Fault>;
    /// The tasks of a scope, the most urgent first.
    fn tasks(&self, scope: &TaskScope, limit: usize) -> Result<Vec<TaskRow>, Fault>;
    /// How many tasks wait for each role at each desk.
    fn task_heaps(&self) -> Result<Vec<TaskHeap>, Fault>;
    /// What a person did, newest first.
    fn deeds(&self, person: PersonId, limit: usize) -> Result<Vec<DeedRow>, Fault>;
    /// The copies to a role, newest first.
    fn copies(&self, filter: &CopyFilter) -> Result<PageOf<CopiedRow>, Fault>;
    /// When steps of these cases were urged last; nothing for a step that never was.
    fn urged(&self, cases: &[CaseId]) -> Result<Vec<UrgedRow>, Fault>;
    /// Cases, newest first.
    fn cases(&self, filter: &CaseFilter) -> Result<PageOf<CaseRow>, Fault>;
    /// One case's row.
    fn case(&self, id: CaseId) -> Result<Option<CaseRow>, Fault>;
    /// The cases of a procedure after one of them, oldest first: by their ids.
    fn cases_of_procedure(
        &self,
        pack: &str,
        procedure: &str,
        after: CaseId,
        limit: usize,
    ) -> Result<Vec<CaseId>, Fault>;
    /// The lines of a register: those of the newest year first, of a year those of the newest case, and of a case in their order.
    fn lines(&self, filter: &LineFilter) -> Result<Vec<LineRow>, Fault>;
    /// The lines of a register whose cases build on some others, by case and in their order.
    fn lines_of_parents(&self, register: &str, parents: &[CaseId]) -> Result<Vec<LineRow>, Fault>;
    /// Organisations by name.
    fn orgs(&self, filter: &OrgFilter) -> Result<PageOf<OrgRow>, Fault>;
    /// One organisation.
    fn org(&self, id: OrgId) -> Result<Option<OrgRow>, Fault>;
    /// The organisation with this credit code.
    fn org_by_code(&self, code: &str) -> Result<Option<OrgRow>, Fault>;
    /// Persons, by organisation or all.
    fn persons(&self, org: Option<OrgId>) -> Result<Vec<PersonRow>, Fault>;
    /// One person.
    fn person(&self, id: PersonId) -> Result<Option<PersonRow>, Fault>;
    /// The person with this sign-in name.
    fn person_by_login(&self, login: &str) -> Result<Option<PersonRow>, Fault>;
    /// The years of a pack, newest first.
    fn years(&self, pack: &str) -> Result<Vec<YearRow>, Fault>;
    /// Plans, newest first.
    fn plans(&self, pack: &str, year: Option<i16>) -> Result<Vec<PlanRow>, Fault>;
    /// One plan's row.
    fn plan(&self, id: PlanId) -> Result<Option<PlanRow>, Fault>;
    /// Notices, newest first.
    fn notices(&self, filter: &NoticeFilter) -> Result<PageOf<NoticeRow>, Fault>;
    /// The years and places that a pack's notices have: each pair once.
    fn notice_facets(&self, pack: &str) -> Result<Vec<(i16, Option<RegionCode>)>, Fault>;
    /// Objections to a plan.
    fn objections(&self, about: NoticeOf) -> Result<Vec<ObjectionRow>, Fault>;
    /// The objection with this receipt.
    fn objection_by_receipt(&self, receipt: &str) -> Result<Option<ObjectionRow>, Fault>;
    /// Duties of a scope, the nearest first.
    fn duties(&self, scope: &Scope, limit: usize) -> Result<Vec<DutyRow>, Fault>;
    /// Reports of a period, or all of a body.
    fn reports(&self, period: Option<&str>, org: Option<OrgId>) -> Result<Vec<ReportRow>, Fault>;
    /// The organisations that hold a role (through their people), or that were registered for it.
    fn orgs_of_role(&self, role: &str) -> Result<Vec<OrgId>, Fault>;
    /// What was booked, less what was booked back.
    fn moved_money(&self, filter: &MovedFilter) -> Result<Money, Fault>;
    /// Counts what happened in a month within a scope, as [`Book::count_month`] does.
    fn count_month(
        &self,
        scope: &Scope,
        pack: &str,
        first: Date,
        last: Date,
    ) -> Result<std::collections::BTreeMap<String, i64>, Fault>;
    /// The balance of every account with this prefix.
    fn balances(&self, prefix: &str) -> Result<Vec<(String, Money)>, Fault>;
    /// The postings of an account, oldest first.
    fn postings(&self, account: &str) -> Result<Vec<PostingRow>, Fault>;
    /// Sources, newest first.
    fn sources(&self, filter: &SourceFilter) -> Result<PageOf<SourceRow>, Fault>;
    /// One source's row.
    fn source(&self, id: SourceId) -> Result<Option<SourceRow>, Fault>;
    /// What each side of each fund and year was given and received, by kind of money.
    fn source_sums(&self, pack: &str) -> Result<Vec<FundSumRow>, Fault>;
    /// Projects, newest first.
    fn projects(&self, filter: &ProjectFilter) -> Result<PageOf<ProjectRow>, Fault>;
    /// One project's row.
    fn project(&self, id: ProjectId) -> Result<Option<ProjectRow>, Fault>;
    /// The cases that build on some others, each with the one that it builds on.
    fn cases_below(&self, cases: &[CaseId]) -> Result<Vec<(CaseId, CaseId)>, Fault>;
    /// The projects that come from some cases.
    fn projects_of_cases(&self, cases: &[CaseId]) -> Result<Vec<ProjectRow>, Fault>;
    /// Allocations, newest first.
    fn allocations(&self, filter: &AllocationFilter) -> Result<PageOf<AllocationRow>, Fault>;
    /// One allocation's row.
    fn allocation(&self, id: AllocationId) -> Result<Option<AllocationRow>, Fault>;
    /// Claims, newest first.
    fn claims(&self, filter: &ClaimFilter) -> Result<PageOf<ClaimRow>, Fault>;
    /// One claim's row.
    fn claim(&self, id: ClaimId) -> Result<Option<ClaimRow>, Fault>;
    /// Who uses an invoice.
    fn invoice(&self, code: &str, number: &str) -> Result<Option<InvoiceRow>, Fault>;
    /// Batches, newest first.
    fn batches(&self, filter: &BatchFilter) -> Result<PageOf<BatchRow>, Fault>;
    /// One batch's row.
    fn batch(&self, id: BatchId) -> Result<Option<BatchRow>, Fault>;
    /// Payments, by batch and line.
    fn payments(&self, filter: &PaymentFilter) -> Result<Vec<PaymentRow>, Fault>;
    /// The batch of the payment that goes by this name from end to end.
    fn batch_of_payment(&self, end_to_end: &str) -> Result<Option<BatchId>, Fault>;
    /// Payments that failed or were taken out and were not made again, of claims that still stand.
    fn payments_that_came_back(&self, pack: &str, limit: usize) -> Result<Vec<PaymentRow>, Fault>;
    /// The payments that a source paid a part of.
    fn payments_of_source(&self, source: SourceId, limit: usize) -> Result<Vec<PaymentRow>, Fault>;
    /// What banks said and nobody could place: of one batch or all of a pack.
    fn unclear(&self, pack: &str, batch: Option<BatchId>, limit: usize) -> Result<Vec<UnclearRow>, Fault>;
    /// What was paid a month, by fund, oldest first.
    fn paid_months(&self, pack: &str) -> Result<Vec<MonthRow>, Fault>;
    /// The same of the projects of one use only.
    fn paid_months_for(&self, pack: &str, spending: &str) -> Result<Vec<MonthRow>, Fault>;
    /// What is loaded of a pack's lists of people, by list and region.
    fn rosters(&self, pack: &str) -> Result<Vec<RosterRow>, Fault>;
    /// Of these people, by commitment, those who are on a list; `None` when the list is not loaded.
    fn members_named(&self, key: &RosterKey, numbers: &BTreeSet<String>) -> Result<Option<Members>, Fault>;
    /// The consents of a pack, by place.
    fn consents(&self, pack: &str) -> Result<Vec<ConsentRow>, Fault>;
    /// The movements that touch a source's money, oldest first.
    fn source_movements(&self, source: SourceId, limit: usize) -> Result<Vec<MovementRow>, Fault>;
    /// The movements that touch a project's money, oldest first.
    fn project_movements(&self, project: ProjectId, limit: usize) -> Result<Vec<MovementRow>, Fault>;
    /// Where a source's money is: its accounts that hold something.
    fn source_accounts(&self, source: SourceId) -> Result<Vec<(String, Money)>, Fault>;
    /// Where a project's money is: its accounts that hold something.
    fn project_accounts(&self, project: ProjectId) -> Result<Vec<(String, Money)>, Fault>;
    /// What the accounts of a kind (`allotted`, `held`, `clearing`, `spent`) hold for projects of a pack.
    fn held_by_projects(&self, pack: &str, kind: &str) -> Result<Vec<HeldRow>, Fault>;
    /// What the accounts of a kind (`quota`, `pool`) hold before any project has it.
    fn held_by_lots(&self, pack: &str, kind: &str) -> Result<Vec<HeldRow>, Fault>;
    /// The digest of each read-model table and of the ledger, to compare with a rebuild.
    fn digests(&self) -> Result<Vec<(String, Digest)>, Fault>;
}

/// What is kept but is no act: credentials, sessions, drafts, papers' bytes, sealed values.
pub trait House: Send + Sync {
    /// The credential of a person.
    fn credential(&self, person: PersonId) -> Result<Option<Credential>, Fault>;
    /// Writes a credential.
    fn put_credential(&self, credential: &Credential) -> Result<(), Fault>;
    /// A session by the digest of its token.
    fn session(&self, token: &Digest) -> Result<Option<Session>, Fault>;
    /// Writes a session.
    fn put_session(&self, session: &Session) -> Result<(), Fault>;
    /// Ends one session.
    fn end_session(&self, token: &Digest) -> Result<(), Fault>;
    /// Ends all sessions of a person.
    fn end_sessions(&self, person: PersonId) -> Result<(), Fault>;
    /// A draft.
    fn draft(&self, owner: OrgId, key: &str) -> Result<Option<Draft>, Fault>;
    /// The drafts of an owner.
    fn drafts(&self, owner: OrgId) -> Result<Vec<Draft>, Fault>;
    /// Writes a draft when its version is still the expected one; answers whether it was written.
    fn put_draft(&self, draft: &Draft, expected: i64) -> Result<bool, Fault>;
    /// Writes new drafts, all or none; one whose key is there already stays as it is.
    fn put_drafts(&self, drafts: &[Draft]) -> Result<(), Fault>;
    /// Deletes a draft.
    fn drop_draft(&self, owner: OrgId, key: &str) -> Result<(), Fault>;
    /// The bytes of a paper.
    fn paper(&self, hash: &PaperHash) -> Result<Option<Vec<u8>>, Fault>;
    /// Keeps the bytes of a paper.
    fn put_paper(&self, hash: &PaperHash, bytes: &[u8]) -> Result<(), Fault>;
    /// A sealed value by its commitment.
    fn sealed(&self, commitment: &str) -> Result<Option<Vec<u8>>, Fault>;
    /// Keeps a sealed value.
    fn put_sealed(&self, commitment: &str, sealed: &[u8]) -> Result<(), Fault>;
    /// A setting of the installation.
    fn setting(&self, name: &str) -> Result<Option<String>, Fault>;
    /// Writes a setting of the installation.
    fn put_setting(&self, name: &str, value: &str) -> Result<(), Fault>;
}

/// What time it is. The only clock of the program.
pub trait Clock: Send + Sync {
    /// Milliseconds since 1970, UTC.
    fn now(&self) -> i64;
    /// Today in the office's time zone.
    fn today(&self) -> Date;
}

/// Where random bytes come from; seeded in tests.
pub trait Randomness: Send + Sync {
    /// 32 random bytes.
    fn bytes(&self) -> [u8; 32];
}
