//! The reimbursement desk: the list of claims, and one claim with what is left on each budget line that it draws on.

use super::projects::{LineNow, ProjectLine, line as project_line, lines_now, payee_name};
use super::steps::{Course, StepNow, TrailLine};
use super::ties::{self, TieChoices, TieSaid};
use crate::access;
use crate::command::Failure;
use crate::rows::{ClaimFilter, ClaimRow};
use crate::view::Viewer;
use crate::writer::App;
use domain::claim::{Claim, ClaimLine, Payment, Purpose, Standing, Verdict};
use domain::trail::OpenTrailStep;
use domain::{Reason, Stream};
use kernel::Money;
use kernel::id::{BatchId, ClaimId, ProjectId, SourceId};
use policy::pack::{Pack, Words};
use policy::procedure::{Act, Subject};

const PAGE: usize = 50;

/// What the list is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClaimQuery {
    /// Fund.
    pub fund: Option<String>,
    /// Project.
    pub project: Option<ProjectId>,
    /// `filed`, `returned`, `checked`, `approved`, `batched`, `paid`, `refused`, `withdrawn`.
    pub standing: Option<String>,
    /// Words in number or project.
    pub text: Option<String>,
    /// Continue after this key.
    pub after: Option<String>,
}

/// One claim in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimListLine {
    /// The row.
    pub row: ClaimRow,
    /// Its standing in words.
    pub standing: Words,
    /// Its purpose in words.
    pub purpose: Words,
    /// The unit's name.
    pub unit: String,
}

/// The list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimList {
    /// The claims, newest first.
    pub lines: Vec<ClaimListLine>,
    /// The key to continue after, when there are more.
    pub next: Option<String>,
    /// How many there are in all.
    pub total: i64,
    /// Whether the viewer may file claims.
    pub may_file: bool,
}

/// One bill of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillNow {
    /// The bill.
    pub bill: ClaimLine,
    /// The kind of voucher.
    pub voucher: Words,
    /// The payee's name.
    pub payee: String,
    /// The budget line with what is left of it now.
    pub line: Option<LineNow>,
    /// What the checking person allows.
    pub verdict: Option<Verdict>,
    /// How it is tied to households, where the pack asks for it.
    pub tie: Option<TieSaid>,
}

/// What one payee receives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShareNow {
    /// The payee: `c1`, `list`, `unit`.
    pub payee: String,
    /// The payee's name.
    pub name: String,
    /// How much.
    pub amount: Money,
    /// How far it is.
    pub payment: Payment,
    /// Batches it came back from, with the reason.
    pub failed: Vec<(BatchId, String)>,
    /// Out of which sources.
    pub lots: Vec<(SourceId, Money)>,
    /// Its payment in the batch that it stands in now: batch and line.
    pub made: Option<(BatchId, i64)>,
}

/// One claim.
#[derive(Debug, Clone)]
pub struct ClaimPage {
    /// The row with words.
    pub line: ClaimListLine,
    /// The project.
    pub project: ProjectLine,
    /// Free of the project's money.
    pub project_left: Money,
    /// Its bills.
    pub bills: Vec<BillNow>,
    /// What each payee receives, once approved.
    pub shares: Vec<ShareNow>,
    /// Its steps: done, open with their days, later.
    pub steps: Vec<StepNow>,
    /// What happened, in order.
    pub trail: Vec<TrailLine>,
    /// Why it was withdrawn.
    pub withdrawn: Option<String>,
    /// How often it was filed.
    pub version: u32,
    /// The sources of its shares, with their documents.
    pub sources: Vec<(SourceId, String)>,
    /// Open steps that the viewer may not do, each with the step of theirs that stands in the way.
    pub barred: Vec<(String, Words)>,
    /// Whether the viewer's role may file it again now.
    pub may_refile: bool,
    /// Whether the viewer's role may withdraw it now.
    pub may_withdraw: bool,
}

/// What a new claim on a project may draw on.
#[derive(Debug, Clone)]
pub struct ClaimForm {
    /// The project.
    pub project: ProjectLine,
    /// Free of the project's money.
    pub project_left: Money,
    /// Budget lines with what is left.
    pub lines: Vec<LineNow>,
    /// Payees: id and name.
    pub payees: Vec<(String, String)>,
    /// Kinds of voucher: id, name, whether code and number are asked for, the natures that a list supports.
    pub vouchers: Vec<policy::pack::Voucher>,
    /// Purposes.
    pub purposes: Vec<(Purpose, Words)>,
    /// What its bills may be tied by, where the pack asks for it.
    pub ties: Option<TieChoices>,
}

/// The standing of a claim in words.
pub fn claim_standing(word: &str) -> Words {
    match word {
        "filed" => Words::new("待初审", "to be checked"),
        "returned" => Words::new("退回补正", "returned"),
        "checked" => Words::new("待审定", "to be decided"),
        "approved" => Words::new("待支付", "to be paid"),
        "batched" => Words::new("支付中", "being paid"),
        "paid" => Words::new("已支付", "paid"),
        "refused" => Words::new("不予报账", "refused"),
        "withdrawn" => Words::new("已撤回", "withdrawn"),
        other => Words::new(other, other),
    }
}

impl App {
    /// The list of claims in the viewer's scope.
    pub fn claim_list(&self, viewer: &Viewer, query: &ClaimQuery) -> Result<ClaimList, Failure> {
        let page = self.reads.claims(&ClaimFilter {
            scope: viewer.scope.clone(),
            pack: viewer.pack.id.clone(),
            fund: query.fund.clone(),
            project: query.project,
            standing: query.standing.clone(),
            text: query.text.clone(),
            after: query.after.clone(),
            limit: PAGE,
        })?;
        let lines = page.rows.into_iter().map(|row| self.claim_line(row)).collect::<Result<_, Failure>>()?;
        let may_file = files(&viewer.pack, &viewer.role);
        Ok(ClaimList { lines, next: page.next, total: page.total, may_file })
    }

    pub(super) fn claim_line(&self, row: ClaimRow) -> Result<ClaimListLine, Failure> {
        let purpose = Purpose::parse(&row.purpose);
        Ok(ClaimListLine {
            standing: claim_standing(&row.standing),
            purpose: purpose.map_or_else(Words::default, |p| Words::new(p.zh(), p.en())),
            unit: self.reads.org(row.unit)?.map_or_else(String::new, |org| org.name),
            row,
        })
    }

    /// One claim.
    pub fn claim_page(&self, viewer: &Viewer, id: ClaimId) -> Result<ClaimPage, Failure> {
        let missing = || Failure::from(Reason::NotFound { what: "报账单".into() });
        let state: Claim =
            crate::history::claim(&self.reads.stream(&Stream::Claim(id).key())?)?.ok_or_else(missing)?;
        let row = self.reads.claim(id)?.ok_or_else(missing)?;
        if !access::sees(&viewer.scope, row.unit, row.place, None) {
            return Err(missing());
        }
        let pack = self.edition(&state.pack, &state.edition)?;
        let project = self.project_state(viewer, state.project)?;
        let project_row = self.reads.project(state.project)?.ok_or_else(missing)?;
        let left = lines_now(&pack, &project);
        let name = |payee: &str| payee_name(&project, payee, &project_row.unit_name);
        let mut sources: Vec<(SourceId, String)> = Vec::new();
        for lot in state.owed.iter().flat_map(|owed| &owed.share.lots) {
            if !sources.iter().any(|(source, _)| *source == lot.source) {
                let row = self.reads.source(lot.source)?;
                sources.push((lot.source, row.map_or_else(String::new, |row| row.document)));
            }
        }
        let bill = |bill: &ClaimLine| BillNow {
            voucher: pack.vouchers.get(&bill.voucher).map_or_else(Words::default, |v| v.name.clone()),
            payee: name(&bill.payee),
            line: left.iter().find(|line| line.key == bill.budget_line).cloned(),
            tie: ties::said(&pack, &project, bill.tie.as_ref()),
            verdict: state.verdicts.iter().find(|verdict| verdict.line == bill.no).cloned(),
            bill: bill.clone(),
        };
        let made = self.payments_of_claim(&state.pack, id)?;
        let made_of = |payee: &str, payment: Payment| {
            let batch = match payment {
                Payment::Due => return None,
                Payment::Batched(batch) | Payment::Paid(batch, _) => batch,
            };
            let own = made.iter().find(|row| row.batch == batch && row.payee == payee)?;
            Some((batch, own.line))
        };
        let shares = state.owed.iter().map(|owed| ShareNow {
            made: made_of(&owed.share.payee, owed.payment),
            payee: owed.share.payee.clone(),
            name: name(&owed.share.payee),
            amount: owed.share.amount,
            payment: owed.payment,
            failed: owed.failed.clone(),
            lots: owed.share.lots.iter().map(|lot| (lot.source, lot.amount)).collect(),
        });
        let open = state.open_steps(&pack);
        let steps = self.steps_now(&Course {
            pack: &pack,
            procedure: &state.procedure,
            subject: Subject::Claim,
            trail: &state.trail,
            open: &open,
            role: &viewer.role,
        })?;
        let files = files(&pack, &viewer.role);
        let again = open.iter().any(|open| open.step.act == Act::Claim);
        let due = state.owed.iter().all(|owed| owed.payment == Payment::Due);
        Ok(ClaimPage {
            barred: barred(&pack, &state, viewer, &open),
            may_refile: files && again && state.standing() == Standing::Returned,
            may_withdraw: files && state.is_live() && due,
            sources,
            bills: state.lines.iter().map(bill).collect(),
            shares: shares.collect(),
            steps,
            trail: self.trail_lines(&pack, &state.trail)?,
            project_left: project.allotted(),
            project: project_line(&pack, project_row),
            withdrawn: state.withdrawn.clone(),
            version: state.version,
            line: self.claim_line(row)?,
        })
    }

    /// What a new claim on a project may draw on.
    pub fn claim_form(&self, viewer: &Viewer, project: ProjectId) -> Result<ClaimForm, Failure> {
        let state = self.project_state(viewer, project)?;
        let pack = self.edition(&state.pack, &state.edition)?;
        let row = self.reads.project(project)?;
        let row = row.ok_or_else(|| Failure::from(Reason::NotFound { what: "项目".into() }))?;
        let mut payees: Vec<String> = state.contracts.keys().map(|no| format!("c{no}")).collect();
        payees.extend([domain::claim::LIST.to_owned(), domain::claim::UNIT.to_owned()]);
        Ok(ClaimForm {
            ties: self.tie_choices(&pack, &state)?,
            project_left: state.allotted(),
            lines: lines_now(&pack, &state),
            payees: payees
                .into_iter()
                .map(|id| (id.clone(), payee_name(&state, &id, &row.unit_name)))
                .collect(),
            vouchers: pack.vouchers.iter().cloned().collect(),
            purposes: Purpose::ALL.into_iter().map(|p| (p, Words::new(p.zh(), p.en()))).collect(),
            project: project_line(&pack, row),
        })
    }
}

/// The open steps that the viewer's own earlier steps stand in the way of: who files does not check, who checks does not approve.
fn barred(pack: &Pack, claim: &Claim, viewer: &Viewer, open: &[OpenTrailStep<'_>]) -> Vec<(String, Words)> {
    let own = |open: &OpenTrailStep<'_>| {
        let acts: &[Act] = match open.step.act {
            Act::Check => &[Act::Claim],
            Act::Decide => &[Act::Claim, Act::Check],
            _ => return None,
        };
        let done = claim.trail.did(pack, viewer.hands(), acts)?;
        let name = pack.steps.get(&done.step).map(|step| step.name.clone()).unwrap_or_default();
        Some((open.step.id.clone(), name))
    };
    open.iter().filter_map(own).collect()
}

fn files(pack: &Pack, role: &str) -> bool {
    pack.steps.iter().any(|step| step.on == Subject::Claim && step.act == Act::Claim && step.by == role)
}
