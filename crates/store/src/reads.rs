//! The read side as the use cases ask for it: each call reads one state on a connection of the pool.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use app::ports::{self, Fault, PageOf};
use app::rows::{
    AllocationFilter, AllocationRow, BatchFilter, BatchRow, CaseFilter, CaseRow, ClaimFilter, ClaimRow,
    ConsentRow, CopiedRow, CopyFilter, DeedRow, DutyRow, FundSumRow, HeldRow, InvoiceRow, LineFilter,
    LineRow, Members, MonthRow, MovedFilter, MovementRow, NoticeFilter, NoticeOf, NoticeRow, ObjectionRow,
    OrgFilter, OrgRow, PaymentFilter, PaymentRow, PersonRow, PlanRow, PostingRow, ProjectFilter, ProjectRow,
    ReportRow, RosterKey, RosterRow, Scope, SourceFilter, SourceRow, TaskHeap, TaskRow, TaskScope,
    UnclearRow, UrgedRow, YearRow,
};
use journal::{ActEnvelope, Digest};
use kernel::Date;
use kernel::id::{AllocationId, BatchId, CaseId, ClaimId, OrgId, PersonId, PlanId, ProjectId, SourceId};
use kernel::money::Money;
use kernel::region::RegionCode;

use crate::engine::{self, FaultKind};
use crate::pool::{Connect, Pool};
use crate::slice::{
    allocation, batch, case, claim, consent, deed, digest, duty, journal as acts, ledger, line, notice,
    objection, org, person, plan, project, report, roster, said, source, task, year,
};

/// The read side of one book.
pub struct Reads<C: Connect> {
    pool: Arc<Pool<C>>,
}

impl<C: Connect> Reads<C> {
    /// Reads through a pool.
    pub const fn new(pool: Arc<Pool<C>>) -> Self {
        Self { pool }
    }

    fn ask<T>(&self, read: impl FnOnce(&mut C::Engine) -> Result<T, engine::Fault>) -> Result<T, Fault> {
        Ok(self.pool.read(read)?)
    }
}

impl<C: Connect> ports::Reads for Reads<C> {
    fn stream(&self, key: &str) -> Result<Vec<ActEnvelope>, Fault> {
        self.ask(|engine| acts::act_stream(engine, key, 0))
    }

    fn acts(&self, from: u64, limit: usize) -> Result<Vec<ActEnvelope>, Fault> {
        self.ask(|engine| acts::act_page(engine, from, i64::try_from(limit).unwrap_or(i64::MAX)))
    }

    fn head(&self) -> Result<(u64, Digest), Fault> {
        let missing = || engine::Fault::new(FaultKind::Setup, "head of the book");
        let head = self.ask(|engine| acts::head(engine)?.ok_or_else(missing))?;
        Ok((head.frontier.size(), head.frontier.root()))
    }

    fn tasks(&self, scope: &TaskScope, limit: usize) -> Result<Vec<TaskRow>, Fault> {
        self.ask(|engine| task::of_scope(engine, scope, limit))
    }

    fn task_heaps(&self) -> Result<Vec<TaskHeap>, Fault> {
        self.ask(|engine| task::heaps(engine))
    }

    fn deeds(&self, person: PersonId, limit: usize) -> Result<Vec<DeedRow>, Fault> {
        self.ask(|engine| deed::of_person(engine, person, limit))
    }

    fn copies(&self, filter: &CopyFilter) -> Result<PageOf<CopiedRow>, Fault> {
        self.ask(|engine| said::copies(engine, filter))
    }

    fn urged(&self, cases: &[CaseId]) -> Result<Vec<UrgedRow>, Fault> {
        self.ask(|engine| said::urged(engine, cases))
    }

    fn cases(&self, filter: &CaseFilter) -> Result<PageOf<CaseRow>, Fault> {
        self.ask(|engine| case::page_of(engine, filter))
    }

    fn case(&self, id: CaseId) -> Result<Option<CaseRow>, Fault> {
        self.ask(|engine| case::get(engine, id))
    }

    fn cases_of_procedure(
        &self,
        pack: &str,
        procedure: &str,
        after: CaseId,
        limit: usize,
    ) -> Result<Vec<CaseId>, Fault> {
        self.ask(|engine| case::of_procedure(engine, (pack, procedure), after, limit))
    }

    fn lines(&self, filter: &LineFilter) -> Result<Vec<LineRow>, Fault> {
        self.ask(|engine| line::of_register(engine, filter))
    }

    fn lines_of_parents(&self, register: &str, parents: &[CaseId]) -> Result<Vec<LineRow>, Fault> {
        self.ask(|engine| line::of_parents(engine, register, parents))
    }

    fn orgs(&self, filter: &OrgFilter) -> Result<PageOf<OrgRow>, Fault> {
        self.ask(|engine| org::page_of(engine, filter))
    }

    fn org(&self, id: OrgId) -> Result<Option<OrgRow>, Fault> {
        self.ask(|engine| org::get(engine, id))
    }

    fn org_by_code(&self, code: &str) -> Result<Option<OrgRow>, Fault> {
        self.ask(|engine| org::by_code(engine, code))
    }

    fn persons(&self, org: Option<OrgId>) -> Result<Vec<PersonRow>, Fault> {
        self.ask(|engine| person::all(engine, org))
    }

    fn person(&self, id: PersonId) -> Result<Option<PersonRow>, Fault> {
        self.ask(|engine| person::get(engine, id))
    }

    fn person_by_login(&self, login: &str) -> Result<Option<PersonRow>, Fault> {
        self.ask(|engine| person::by_login(engine, login))
    }

    fn years(&self, pack: &str) -> Result<Vec<YearRow>, Fault> {
        self.ask(|engine| year::all(engine, pack))
    }

    fn plans(&self, pack: &str, year: Option<i16>) -> Result<Vec<PlanRow>, Fault> {
        self.ask(|engine| plan::all(engine, pack, year))
    }

    fn plan(&self, id: PlanId) -> Result<Option<PlanRow>, Fault> {
        self.ask(|engine| plan::get(engine, id))
    }

    fn notices(&self, filter: &NoticeFilter) -> Result<PageOf<NoticeRow>, Fault> {
        self.ask(|engine| notice::page_of(engine, filter))
    }

    fn notice_facets(&self, pack: &str) -> Result<Vec<(i16, Option<RegionCode>)>, Fault> {
        self.ask(|engine| notice::facets(engine, pack))
    }

    fn objections(&self, about: NoticeOf) -> Result<Vec<ObjectionRow>, Fault> {
        self.ask(|engine| objection::on(engine, about))
    }

    fn objection_by_receipt(&self, receipt: &str) -> Result<Option<ObjectionRow>, Fault> {
        self.ask(|engine| objection::by_receipt(engine, receipt))
    }

    fn duties(&self, scope: &Scope, limit: usize) -> Result<Vec<DutyRow>, Fault> {
        self.ask(|engine| duty::of_scope(engine, scope, limit))
    }

    fn reports(&self, period: Option<&str>, org: Option<OrgId>) -> Result<Vec<ReportRow>, Fault> {
        self.ask(|engine| report::all(engine, period, org))
    }

    fn orgs_of_role(&self, role: &str) -> Result<Vec<OrgId>, Fault> {
        self.ask(|engine| org::of_role(engine, role))
    }

    fn moved_money(&self, filter: &MovedFilter) -> Result<Money, Fault> {
        self.ask(|engine| ledger::moved(engine, filter))
    }

    fn count_month(
        &self,
        scope: &Scope,
        pack: &str,
        first: Date,
        last: Date,
    ) -> Result<BTreeMap<String, i64>, Fault> {
        self.ask(|engine| case::month(engine, scope, pack, first..=last))
    }

    fn balances(&self, prefix: &str) -> Result<Vec<(String, Money)>, Fault> {
        self.ask(|engine| ledger::account_range(engine, prefix))
    }

    fn postings(&self, account: &str) -> Result<Vec<PostingRow>, Fault> {
        self.ask(|engine| ledger::postings(engine, account))
    }

    fn sources(&self, filter: &SourceFilter) -> Result<PageOf<SourceRow>, Fault> {
        self.ask(|engine| source::page_of(engine, filter))
    }

    fn source(&self, id: SourceId) -> Result<Option<SourceRow>, Fault> {
        self.ask(|engine| source::get(engine, id))
    }

    fn source_sums(&self, pack: &str) -> Result<Vec<FundSumRow>, Fault> {
        self.ask(|engine| source::sums(engine, pack))
    }

    fn projects(&self, filter: &ProjectFilter) -> Result<PageOf<ProjectRow>, Fault> {
        self.ask(|engine| project::page_of(engine, filter))
    }

    fn project(&self, id: ProjectId) -> Result<Option<ProjectRow>, Fault> {
        self.ask(|engine| project::get(engine, id))
    }

    fn cases_below(&self, cases: &[CaseId]) -> Result<Vec<(CaseId, CaseId)>, Fault> {
        self.ask(|engine| case::below(engine, cases))
    }

    fn projects_of_cases(&self, cases: &[CaseId]) -> Result<Vec<ProjectRow>, Fault> {
        self.ask(|engine| project::of_cases(engine, cases))
    }

    fn allocations(&self, filter: &AllocationFilter) -> Result<PageOf<AllocationRow>, Fault> {
        self.ask(|engine| allocation::page_of(engine, filter))
    }

    fn allocation(&self, id: AllocationId) -> Result<Option<AllocationRow>, Fault> {
        self.ask(|engine| allocation::get(engine, id))
    }

    fn claims(&self, filter: &ClaimFilter) -> Result<PageOf<ClaimRow>, Fault> {
        self.ask(|engine| claim::page_of(engine, filter))
    }

    fn claim(&self, id: ClaimId) -> Result<Option<ClaimRow>, Fault> {
        self.ask(|engine| claim::get(engine, id))
    }

    fn invoice(&self, code: &str, number: &str) -> Result<Option<InvoiceRow>, Fault> {
        self.ask(|engine| claim::invoice(engine, code, number))
    }

    fn batches(&self, filter: &BatchFilter) -> Result<PageOf<BatchRow>, Fault> {
        self.ask(|engine| batch::page_of(engine, filter))
    }

    fn batch(&self, id: BatchId) -> Result<Option<BatchRow>, Fault> {
        self.ask(|engine| batch::get(engine, id))
    }

    fn payments(&self, filter: &PaymentFilter) -> Result<Vec<PaymentRow>, Fault> {
        self.ask(|engine| batch::payments(engine, filter))
    }

    fn batch_of_payment(&self, end_to_end: &str) -> Result<Option<BatchId>, Fault> {
        self.ask(|engine| batch::of_payment(engine, end_to_end))
    }

    fn payments_that_came_back(&self, pack: &str, limit: usize) -> Result<Vec<PaymentRow>, Fault> {
        self.ask(|engine| batch::came_back(engine, pack, limit))
    }

    fn payments_of_source(&self, source: SourceId, limit: usize) -> Result<Vec<PaymentRow>, Fault> {
        self.ask(|engine| batch::of_source(engine, source, limit))
    }

    fn unclear(&self, pack: &str, batch: Option<BatchId>, limit: usize) -> Result<Vec<UnclearRow>, Fault> {
        self.ask(|engine| batch::unclear(engine, pack, batch, limit))
    }

    fn paid_months_for(&self, pack: &str, spending: &str) -> Result<Vec<MonthRow>, Fault> {
        self.ask(|engine| batch::months_for(engine, pack, spending))
    }

    fn paid_months(&self, pack: &str) -> Result<Vec<MonthRow>, Fault> {
        self.ask(|engine| batch::months(engine, pack))
    }

    fn rosters(&self, pack: &str) -> Result<Vec<RosterRow>, Fault> {
        self.ask(|engine| roster::all(engine, pack))
    }

    fn members_named(&self, key: &RosterKey, numbers: &BTreeSet<String>) -> Result<Option<Members>, Fault> {
        self.ask(|engine| roster::named(engine, key, numbers))
    }

    fn consents(&self, pack: &str) -> Result<Vec<ConsentRow>, Fault> {
        self.ask(|engine| consent::all(engine, pack))
    }

    fn source_movements(&self, source: SourceId, limit: usize) -> Result<Vec<MovementRow>, Fault> {
        self.ask(|engine| ledger::lot_movements(engine, source.get(), limit))
    }

    fn project_movements(&self, project: ProjectId, limit: usize) -> Result<Vec<MovementRow>, Fault> {
        self.ask(|engine| ledger::project_movements(engine, project.get(), limit))
    }

    fn source_accounts(&self, source: SourceId) -> Result<Vec<(String, Money)>, Fault> {
        self.ask(|engine| ledger::lot_accounts(engine, source.get()))
    }

    fn project_accounts(&self, project: ProjectId) -> Result<Vec<(String, Money)>, Fault> {
        self.ask(|engine| ledger::project_accounts(engine, project.get()))
    }

    fn held_by_projects(&self, pack: &str, kind: &str) -> Result<Vec<HeldRow>, Fault> {
        self.ask(|engine| ledger::held_by_projects(engine, pack, kind))
    }

    fn held_by_lots(&self, pack: &str, kind: &str) -> Result<Vec<HeldRow>, Fault> {
        self.ask(|engine| ledger::held_by_lots(engine, pack, kind))
    }

    fn digests(&self) -> Result<Vec<(String, Digest)>, Fault> {
        self.ask(|engine| digest::all(engine))
    }
}
