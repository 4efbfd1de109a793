//! The read side as the use cases ask for it: each call reads one state on a connection of the pool.

use std::sync::Arc;

use app::ports::{self, Fault, PageOf};
use app::rows::{
    CaseFilter, CaseRow, DeedRow, DutyRow, NoticeFilter, NoticeRow, ObjectionRow, OrgFilter, OrgRow,
    PersonRow, PlanRow, PostingRow, ReportRow, Scope, TaskRow, TaskScope, YearRow,
};
use journal::{ActEnvelope, Digest};
use kernel::id::{CaseId, OrgId, PersonId, PlanId};
use kernel::money::Money;

use crate::engine::{self, FaultKind};
use crate::pool::{Connect, Pool};
use crate::slice::{
    case, deed, digest, duty, journal as acts, ledger, notice, objection, org, person, plan, report, task,
    year,
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

    fn deeds(&self, person: PersonId, limit: usize) -> Result<Vec<DeedRow>, Fault> {
        self.ask(|engine| deed::of_person(engine, person, limit))
    }

    fn cases(&self, filter: &CaseFilter) -> Result<PageOf<CaseRow>, Fault> {
        self.ask(|engine| case::page_of(engine, filter))
    }

    fn case(&self, id: CaseId) -> Result<Option<CaseRow>, Fault> {
        self.ask(|engine| case::get(engine, id))
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

    fn objections(&self, plan: PlanId) -> Result<Vec<ObjectionRow>, Fault> {
        self.ask(|engine| objection::of_plan(engine, plan))
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

    fn balances(&self, prefix: &str) -> Result<Vec<(String, Money)>, Fault> {
        self.ask(|engine| ledger::account_range(engine, prefix))
    }

    fn postings(&self, account: &str) -> Result<Vec<PostingRow>, Fault> {
        self.ask(|engine| ledger::postings(engine, account))
    }

    fn digests(&self) -> Result<Vec<(String, Digest)>, Fault> {
        self.ask(|engine| digest::all(engine))
    }
}
