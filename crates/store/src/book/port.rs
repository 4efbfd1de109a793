//! The book as the use cases ask for it: each call is one slice's function on the writer's connection.

use std::collections::{BTreeMap, BTreeSet};

use ::ledger::{Entry, Overdrawn};
use app::ports::{self, Fault, NewAct, PostError};
use app::rows::{
    AlikeKey, AllocationRow, AwardKey, AwardRow, BatchRow, CaseRow, ClaimRow, ConsentRow, DeedRow, DutyRow,
    InvoiceRow, LineFilter, LineRow, Members, MovedFilter, NoticeRow, ObjectionRow, OrgRow, PaymentRow,
    PersonRow, PlanRow, ProjectRow, ReportRow, RosterKey, RosterRow, SaidRow, Scope, SourceKey, SourceRow,
    TaskRow, TaskScope, UnclearRow, YearRow,
};
use journal::{ActEnvelope, Digest};
use kernel::Date;
use kernel::id::{BatchId, CaseId, ClaimId, OrgId, PersonId, ProjectId, SourceId};
use kernel::money::Money;

use super::finding::Finding;
use super::{AppendFault, Book, PostFault};
use crate::engine::Engine;
use crate::slice::answer::Kept;
use crate::slice::{
    allocation, answer, award, batch, case, claim, consent, deed, digest, duty, journal as acts, ledger,
    line, notice, objection, org, person, plan, project, report, roster, said, source, task, year,
};

impl<E: Engine + Send> ports::Book for Book<E> {
    fn begin(&mut self) -> Result<(), Fault> {
        Ok(Self::begin(self)?)
    }

    fn moved(&mut self) -> bool {
        Self::moved(self)
    }

    fn commit(&mut self) -> Result<(), Fault> {
        Ok(Self::commit(self)?)
    }

    fn rollback(&mut self) -> Result<(), Fault> {
        Ok(Self::rollback(self)?)
    }

    fn savepoint(&mut self) -> Result<(), Fault> {
        Ok(Self::savepoint(self)?)
    }

    fn release(&mut self) -> Result<(), Fault> {
        Ok(self.keep()?)
    }

    fn undo(&mut self) -> Result<(), Fault> {
        Ok(Self::undo(self)?)
    }

    fn stream(&mut self, key: &str) -> Result<Vec<ActEnvelope>, Fault> {
        Ok(acts::act_stream(&mut self.engine, key, 0)?)
    }

    fn append(&mut self, act: NewAct) -> Result<u64, Fault> {
        Self::append(self, act).map_err(|fault| match fault {
            AppendFault::Form(error) => Fault::lasting(error.to_string()),
            AppendFault::Fault(fault) => fault.into(),
        })
    }

    fn post(&mut self, entry: &Entry, seq: u64, day: Date) -> Result<(), PostError> {
        if entry.date() != day {
            return Err(Fault::lasting("an entry is posted on another day than its own").into());
        }
        Self::post(self, entry, seq).map_err(|fault| match fault {
            PostFault::Overdrawn(refused) => overdrawn(&refused),
            PostFault::Fault(fault) => PostError::Fault(fault.into()),
        })
    }

    fn balance(&mut self, account: &str) -> Result<Option<Money>, Fault> {
        match account.parse() {
            Ok(path) => Ok(Self::balance(self, &path)?),
            Err(error) => Err(Fault::lasting(format!("account {account}: {error}"))),
        }
    }

    fn next(&mut self, counter: &str) -> Result<i64, Fault> {
        Ok(Self::next(self, counter)?)
    }

    fn answer(&mut self, key: &str) -> Result<Option<(Digest, String)>, Fault> {
        Ok(answer::get(&mut self.engine, key)?)
    }

    fn keep_answer(&mut self, key: &str, request: Digest, answer: &str) -> Result<(), Fault> {
        let act = self.known.frontier.size().checked_sub(1);
        Ok(answer::put(&mut self.engine, &Kept { key, request, answer, act })?)
    }

    fn put_org(&mut self, row: &OrgRow) -> Result<(), Fault> {
        Ok(org::put(&mut self.engine, row)?)
    }

    fn put_person(&mut self, row: &PersonRow) -> Result<(), Fault> {
        Ok(person::put(&mut self.engine, row)?)
    }

    fn put_year(&mut self, row: &YearRow) -> Result<(), Fault> {
        Ok(year::put(&mut self.engine, row)?)
    }

    fn put_case(&mut self, row: &CaseRow) -> Result<(), Fault> {
        let was = if self.finding.holds(row.case) { None } else { case::before(&mut self.engine, row.case)? };
        case::write(&mut self.engine, row)?;
        self.finding.put(was, row);
        if self.finding.is_full() && self.at_savepoint.is_none() {
            self.finding.write(&mut self.engine, &self.finding.marks())?;
        }
        Ok(())
    }

    fn put_plan(&mut self, row: &PlanRow) -> Result<(), Fault> {
        Ok(plan::put(&mut self.engine, row)?)
    }

    fn put_tasks(&mut self, subject: &str, rows: &[TaskRow]) -> Result<(), Fault> {
        Ok(task::replace(&mut self.engine, subject, rows)?)
    }

    fn put_duties(&mut self, case: CaseId, rows: &[DutyRow]) -> Result<(), Fault> {
        Ok(duty::replace(&mut self.engine, case, rows)?)
    }

    fn put_award(&mut self, row: &AwardRow) -> Result<(), Fault> {
        Ok(award::put(&mut self.engine, row)?)
    }

    fn put_notice(&mut self, row: &NoticeRow) -> Result<(), Fault> {
        Ok(notice::put(&mut self.engine, row)?)
    }

    fn put_objection(&mut self, row: &ObjectionRow) -> Result<(), Fault> {
        Ok(objection::put(&mut self.engine, row)?)
    }

    fn put_report(&mut self, row: &ReportRow) -> Result<(), Fault> {
        Ok(report::put(&mut self.engine, row)?)
    }

    fn put_deed(&mut self, row: &DeedRow) -> Result<(), Fault> {
        Ok(deed::put(&mut self.engine, row)?)
    }

    fn put_said(&mut self, row: &SaidRow) -> Result<(), Fault> {
        Ok(said::put(&mut self.engine, row)?)
    }

    fn put_lines(&mut self, case: CaseId, rows: &[LineRow]) -> Result<(), Fault> {
        Ok(line::replace(&mut self.engine, case, rows)?)
    }

    fn put_source(&mut self, row: &SourceRow) -> Result<(), Fault> {
        Ok(source::put(&mut self.engine, row)?)
    }

    fn put_project(&mut self, row: &ProjectRow) -> Result<(), Fault> {
        Ok(project::put(&mut self.engine, row)?)
    }

    fn put_allocation(&mut self, row: &AllocationRow) -> Result<(), Fault> {
        Ok(allocation::put(&mut self.engine, row)?)
    }

    fn put_claim(&mut self, row: &ClaimRow) -> Result<(), Fault> {
        Ok(claim::put(&mut self.engine, row)?)
    }

    fn put_invoices(&mut self, claim: ClaimId, rows: &[InvoiceRow]) -> Result<(), Fault> {
        Ok(claim::replace_invoices(&mut self.engine, claim, rows)?)
    }

    fn put_batch(&mut self, row: &BatchRow) -> Result<(), Fault> {
        Ok(batch::put(&mut self.engine, row)?)
    }

    fn put_payment(&mut self, row: &PaymentRow) -> Result<(), Fault> {
        Ok(batch::put_payment(&mut self.engine, row)?)
    }

    fn put_unclear(&mut self, row: &UnclearRow) -> Result<(), Fault> {
        Ok(batch::put_unclear(&mut self.engine, row)?)
    }

    fn put_consent(&mut self, row: &ConsentRow) -> Result<(), Fault> {
        Ok(consent::put(&mut self.engine, row)?)
    }

    fn put_roster(&mut self, row: &RosterRow) -> Result<(), Fault> {
        Ok(roster::put(&mut self.engine, row)?)
    }

    fn members(&mut self, key: &RosterKey) -> Result<Members, Fault> {
        Ok(roster::members(&mut self.engine, key)?)
    }

    fn members_named(
        &mut self,
        key: &RosterKey,
        numbers: &BTreeSet<String>,
    ) -> Result<Option<Members>, Fault> {
        Ok(roster::named(&mut self.engine, key, numbers)?)
    }

    fn put_members(&mut self, key: &RosterKey, members: &Members) -> Result<(), Fault> {
        Ok(roster::replace(&mut self.engine, key, members)?)
    }

    fn source_twin(&mut self, key: &SourceKey) -> Result<Option<SourceId>, Fault> {
        Ok(source::twin(&mut self.engine, key)?)
    }

    fn sources_of(&mut self, pack: &str, fund: &str) -> Result<Vec<(SourceId, i16)>, Fault> {
        Ok(source::of_fund(&mut self.engine, pack, fund)?)
    }

    fn invoice(&mut self, code: &str, number: &str) -> Result<Option<InvoiceRow>, Fault> {
        Ok(claim::invoice(&mut self.engine, code, number)?)
    }

    fn batch_of_payment(&mut self, end_to_end: &str) -> Result<Option<BatchId>, Fault> {
        Ok(batch::of_payment(&mut self.engine, end_to_end)?)
    }

    fn live_claims(&mut self, project: ProjectId) -> Result<Vec<ClaimId>, Fault> {
        Ok(claim::live(&mut self.engine, project)?)
    }

    fn count_awards(&mut self, key: &AwardKey) -> Result<i64, Fault> {
        Ok(award::count(&mut self.engine, key)?)
    }

    fn org_by_code(&mut self, code: &str) -> Result<Option<OrgId>, Fault> {
        Ok(org::by_code(&mut self.engine, code)?.map(|row| row.org))
    }

    fn person_by_login(&mut self, login: &str) -> Result<Option<PersonId>, Fault> {
        Ok(person::by_login(&mut self.engine, login)?.map(|row| row.person))
    }

    fn count_role(&mut self, role: &str) -> Result<i64, Fault> {
        Ok(person::count_role(&mut self.engine, role)?)
    }

    fn live_child(&mut self, parent: CaseId) -> Result<Option<CaseId>, Fault> {
        Ok(case::live_child(&mut self.engine, parent)?)
    }

    fn children(&mut self, parent: CaseId) -> Result<Vec<CaseId>, Fault> {
        Ok(case::children(&mut self.engine, parent)?)
    }

    fn cases_of(&mut self, procedure: &str, year: i16) -> Result<Vec<CaseId>, Fault> {
        Ok(case::of_year(&mut self.engine, procedure, year)?)
    }

    fn project_of_case(&mut self, case: CaseId) -> Result<Option<ProjectId>, Fault> {
        Ok(project::of_case(&mut self.engine, case)?)
    }

    fn alike(&mut self, key: &AlikeKey) -> Result<Vec<CaseId>, Fault> {
        Ok(case::alike(&mut self.engine, key, self.finding.rows())?)
    }

    fn applicants(&mut self, procedure: &str, year: i16) -> Result<Vec<OrgId>, Fault> {
        Ok(case::applicants(&mut self.engine, procedure, year)?)
    }

    fn tasks(&mut self, scope: &TaskScope, limit: usize) -> Result<Vec<TaskRow>, Fault> {
        Ok(task::of_scope(&mut self.engine, scope, limit)?)
    }

    fn orgs_of_role(&mut self, role: &str) -> Result<Vec<OrgId>, Fault> {
        Ok(org::of_role(&mut self.engine, role)?)
    }

    fn count_month(
        &mut self,
        scope: &Scope,
        pack: &str,
        first: Date,
        last: Date,
    ) -> Result<BTreeMap<String, i64>, Fault> {
        Ok(case::month(&mut self.engine, scope, pack, first..=last)?)
    }

    fn lines(&mut self, filter: &LineFilter) -> Result<Vec<LineRow>, Fault> {
        Ok(line::of_register(&mut self.engine, filter)?)
    }

    fn moved_money(&mut self, filter: &MovedFilter) -> Result<Money, Fault> {
        Ok(ledger::moved(&mut self.engine, filter)?)
    }

    fn reports(&mut self, period: Option<&str>, org: Option<OrgId>) -> Result<Vec<ReportRow>, Fault> {
        Ok(report::all(&mut self.engine, period, org)?)
    }

    fn clear_rows(&mut self) -> Result<(), Fault> {
        self.finding = Finding::default();
        Ok(digest::clear_rows(&mut self.engine)?)
    }
}

/// What the account holds above its floor; all that it holds when the sum itself was too large.
fn overdrawn(refused: &Overdrawn) -> PostError {
    let floor = refused.floor.unwrap_or(Money::ZERO);
    let left = refused.balance.checked_sub(floor).unwrap_or(refused.balance);
    PostError::Overdrawn { account: refused.account.to_string(), left }
}
