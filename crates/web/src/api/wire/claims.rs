//! Claims over the wire: bills against budget lines, what is allowed of them, who receives it.

use app::command::money::{
    ApproveClaim, CheckClaim, ClaimLine, ClaimText, ListDigest, MoneyCommand, Paper as PaperKept, Purpose,
    Tie, TurnDown, Verdict,
};
use app::view::money::{
    BillNow, ClaimForm, ClaimList, ClaimListLine, ClaimPage, ClaimPayment, ClaimQuery, ShareNow, TieChoices,
    TieKind, TieSaid,
};
use kernel::id::{ClaimId, ProjectId};

use super::allocations::{Happened, Step};
use super::projects::{LineLeft, Project};
use super::{Day, Lot, Named, Paper, Text, Yuan, asks, each, one_of, query, shape};
use crate::api::problem::Failed;

query! {
    /// Which claims.
    ClaimAsk {
        /// Fund.
        fund: String,
        /// Project.
        project: i64,
        /// `filed`, `returned`, `checked`, `approved`, `batched`, `paid`, `refused` or `withdrawn`.
        standing: String,
        /// Words in number or project.
        text: String,
        /// The `next` of the page before.
        after: String,
    }
}

impl From<ClaimAsk> for ClaimQuery {
    fn from(ask: ClaimAsk) -> Self {
        let ClaimAsk { fund, project, standing, text, after } = ask;
        Self { fund, project: project.map(ProjectId), standing, text, after }
    }
}

shape! {
    /// A claim at the reimbursement desk.
    Claim of &ClaimListLine as ClaimListLine { row, standing, purpose, unit } => {
        /// Id.
        id: i64 = row.claim.0,
        /// Number.
        number: String = row.number.clone(),
        /// The project.
        project: i64 = row.project.0,
        /// The project's name.
        project_name: String = row.title.clone(),
        /// Fund.
        fund: String = row.fund.clone(),
        /// Side.
        side: String = row.side.clone(),
        /// The unit that claims.
        unit: i64 = row.unit.0,
        /// Its name.
        unit_name: String = unit.clone(),
        /// What it asks for.
        purpose: Named = Named { id: row.purpose.clone(), name: purpose.into() },
        /// Its standing.
        standing: Named = Named { id: row.standing.clone(), name: standing.into() },
        /// How many bills.
        lines: i64 = row.lines,
        /// Sum asked.
        asked: Yuan = Yuan(row.asked),
        /// Sum approved so far.
        approved: Yuan = Yuan(row.approved),
        /// The batch that it is in.
        batch: Option<i64> = row.batch.map(|batch| batch.0),
        /// The step that is open; empty when none.
        stage: Text = Text { zh: row.stage.clone(), en: row.stage_en.clone() },
        /// The nearest deadline.
        due: Option<Day> = row.due.map(Day),
        /// Day of first filing.
        filed_on: Day = Day(row.filed_on),
    }

    /// A page of claims, newest first.
    Claims of &ClaimList as list => {
        /// The claims.
        items: Vec<Claim> = each(&list.lines),
        /// Ask again with `after` set to this for the next page; absent on the last.
        next: Option<String> = list.next.clone(),
        /// How many there are in all.
        total: i64 = list.total,
        /// Whether the caller may file claims.
        may_file: bool = list.may_file,
    }

    /// A list of payees, kept apart: its figures.
    PayeeList of &ListDigest as list => {
        /// How many rows.
        rows: i64 = list.rows,
        /// Their sum.
        total: Yuan = Yuan(list.total),
        /// The digest of its bytes.
        digest: String = list.digest.clone(),
    }

    /// How a bill is tied to households.
    TieState of &TieSaid as tie => {
        /// The kind of link; absent when it is tied as the project is.
        kind: Option<Text> = tie.kind.as_ref().map(Text::from),
        /// How many households; zero when it is tied as the project is.
        households: i64 = tie.households,
    }

    /// A bill of a claim.
    BillState of &BillNow as now => {
        /// Its number within the claim, from 1.
        no: i64 = now.bill.no,
        /// The budget line.
        budget_line: String = now.bill.budget_line.clone(),
        /// What is left of the budget line now.
        line: Option<LineLeft> = now.line.as_ref().map(LineLeft::from),
        /// The kind of voucher.
        voucher: Named = Named { id: now.bill.voucher.clone(), name: (&now.voucher).into() },
        /// The invoice code.
        code: String = now.bill.code.clone(),
        /// The voucher's number.
        number: String = now.bill.number.clone(),
        /// Its day.
        dated: Day = Day(now.bill.dated),
        /// The payee: `c1`, `list`, `unit`.
        payee: String = now.bill.payee.clone(),
        /// The payee's name.
        payee_name: String = now.payee.clone(),
        /// How much.
        amount: Yuan = Yuan(now.bill.amount),
        /// The files.
        papers: Vec<Paper> = each(&now.bill.papers),
        /// The list, where the voucher is one.
        list: Option<PayeeList> = now.bill.list.as_ref().map(PayeeList::from),
        /// How it is tied to households, where the regime asks for it.
        tie: Option<TieState> = now.tie.as_ref().map(TieState::from),
        /// What the checking person allows; absent before.
        approved: Option<Yuan> = now.verdict.as_ref().map(|verdict| Yuan(verdict.approved)),
        /// Why less than asked.
        reason: Option<String> = now.verdict.as_ref().map(|verdict| verdict.reason.clone()),
    }

    /// What one payee receives.
    ShareOfPayee of &ShareNow as share => {
        /// The payee.
        payee: String = share.payee.clone(),
        /// The payee's name.
        name: String = share.name.clone(),
        /// How much.
        amount: Yuan = Yuan(share.amount),
        /// `due`, `batched` or `paid`.
        payment: String = match share.payment {
            ClaimPayment::Due => "due", ClaimPayment::Batched(_) => "batched", ClaimPayment::Paid(..) => "paid",
        }.to_owned(),
        /// The batch of the payment.
        batch: Option<i64> = match share.payment {
            ClaimPayment::Due => None, ClaimPayment::Batched(batch) | ClaimPayment::Paid(batch, _) => Some(batch.0),
        },
        /// The day it was paid.
        paid_on: Option<Day> = match share.payment { ClaimPayment::Paid(_, on) => Some(Day(on)), _ => None },
        /// Out of which sources.
        lots: Vec<Lot> = each(&share.lots),
    }

    /// One claim.
    ClaimDetail of &ClaimPage as page => {
        /// The claim.
        claim: Claim = (&page.line).into(),
        /// The project.
        project: Project = (&page.project).into(),
        /// Free of the project's money.
        project_left: Yuan = Yuan(page.project_left),
        /// Its bills.
        bills: Vec<BillState> = each(&page.bills),
        /// What each payee receives, once approved.
        shares: Vec<ShareOfPayee> = each(&page.shares),
        /// Its steps.
        steps: Vec<Step> = each(&page.steps),
        /// What happened, in order.
        trail: Vec<Happened> = each(&page.trail),
        /// Why it was withdrawn.
        withdrawn: Option<String> = page.withdrawn.clone(),
        /// How often it was filed.
        version: u32 = page.version,
    }

    /// A kind of link that a bill may be tied by.
    LinkOfProject of &TieKind as kind => {
        /// Its id.
        id: String = kind.id.clone(),
        /// Its name.
        name: Text = (&kind.name).into(),
        /// The households that the project declared for it.
        households: i64 = kind.households,
    }

    /// How bills must be tied to households.
    TiesAsked of &TieChoices as ties => {
        /// The article.
        article: String = ties.cite.clone(),
        /// The kinds of link that the project lists.
        kinds: Vec<LinkOfProject> = each(&ties.kinds),
    }

    /// What a new claim on a project may draw on.
    ClaimChoices of &ClaimForm as form => {
        /// The project.
        project: Project = (&form.project).into(),
        /// Free of the project's money.
        project_left: Yuan = Yuan(form.project_left),
        /// Budget lines with what is left.
        lines: Vec<LineLeft> = each(&form.lines),
        /// Payees: id and name.
        payees: Vec<Payee> = form.payees.iter().map(|(id, name)| Payee { id: id.clone(), name: name.clone() }).collect(),
        /// Kinds of voucher.
        vouchers: Vec<Named> = form.vouchers.iter().map(|one| Named { id: one.id.clone(), name: (&one.name).into() }).collect(),
        /// What may be asked for.
        purposes: Vec<Named> = form.purposes.iter().map(|(one, name)| Named { id: one.id().to_owned(), name: name.into() }).collect(),
        /// How each bill must say that it is tied to households; absent where the regime asks for none.
        ties: Option<TiesAsked> = form.ties.as_ref().map(TiesAsked::from),
    }
}

/// A payee of a project.
#[derive(Debug, Clone, serde::Serialize, utoipa::ToSchema)]
pub struct Payee {
    /// `c1`, `list` or `unit`.
    pub id: String,
    /// Its name.
    pub name: String,
}

asks! {
    /// File a claim, first or again.
    ClaimSays {
        /// `advance`, `progress`, `final`, `retention` or `subsidy`.
        purpose: String,
        /// Its bills.
        bills: Vec<Bill>,
    }

    /// A bill.
    Bill {
        /// The budget line.
        budget_line: String,
        /// The kind of voucher.
        voucher: String,
        /// The invoice code; left out where there is none.
        code: Option<String>,
        /// The voucher's number.
        number: String,
        /// Its day.
        dated: Day,
        /// The payee: `c1`, `list` or `unit`.
        payee: String,
        /// How much.
        amount: Yuan,
        /// Tickets of files sent to `/papers`.
        papers: Option<Vec<String>>,
        /// The ticket of a list sent to `/lists`.
        list: Option<String>,
        /// How it is tied to households, where the regime asks for it.
        tie: Option<BillTie>,
    }

    /// How a bill is tied to households.
    BillTie {
        /// The kind of link, one of those that the project's form lists; left out when it is tied as the project is.
        kind: Option<String>,
        /// How many households; left out when it is tied as the project is.
        households: Option<i64>,
    }

    /// Check the bills of a claim.
    CheckBills {
        /// The step.
        step: String,
        /// What is allowed of each bill.
        verdicts: Vec<VerdictOnBill>,
        /// The opinion.
        opinion: String,
    }

    /// What is allowed of a bill.
    VerdictOnBill {
        /// The bill's number within the claim.
        line: i64,
        /// How much.
        approved: Yuan,
        /// Why less than asked.
        reason: Option<String>,
    }

    /// Approve a claim.
    GrantClaim {
        /// The step.
        step: String,
        /// The opinion.
        opinion: String,
    }

    /// Return or refuse a claim.
    TurnDownClaim {
        /// The step.
        step: String,
        /// The outcome of the regime: a return or an end.
        outcome: String,
        /// Why.
        opinion: String,
    }

    /// Withdraw a claim.
    WithdrawClaim {
        /// Why.
        why: String,
    }

    /// A list of payees.
    SendList {
        /// The rows.
        rows: Vec<ListRow>,
    }

    /// A payee of a list.
    ListRow {
        /// The name.
        name: String,
        /// The identity number; it is masked before it is kept.
        identity: Option<String>,
        /// How much.
        amount: Yuan,
    }
}

impl ClaimSays {
    /// The text of the command; `papers` and `list` redeem tickets, with the place for what is wrong.
    pub fn text(
        self,
        papers: impl Fn(&str, &[String]) -> Result<Vec<PaperKept>, Failed>,
        list: impl Fn(&str, &str) -> Result<ListDigest, Failed>,
    ) -> Result<ClaimText, Failed> {
        let all: Vec<(&str, Purpose)> = Purpose::ALL.iter().map(|one| (one.id(), *one)).collect();
        let purpose = one_of("purpose", &self.purpose, &all)?;
        let mut lines = Vec::with_capacity(self.bills.len());
        for (bill, no) in self.bills.into_iter().zip(1_i64..) {
            let at = |field: &str| format!("bills[{}].{field}", no - 1);
            lines.push(ClaimLine {
                no,
                papers: papers(&at("papers"), &bill.papers.unwrap_or_default())?,
                list: bill.list.map(|ticket| list(&at("list"), &ticket)).transpose()?,
                budget_line: bill.budget_line,
                voucher: bill.voucher,
                code: bill.code.unwrap_or_default(),
                number: bill.number,
                dated: bill.dated.0,
                payee: bill.payee,
                amount: bill.amount.0,
                tie: bill.tie.map(|tie| Tie {
                    kind: tie.kind.unwrap_or_default(),
                    households: tie.households.unwrap_or_default(),
                }),
            });
        }
        Ok(ClaimText { purpose, lines })
    }
}

impl CheckBills {
    /// The command on a claim.
    pub fn command(self, claim: i64) -> MoneyCommand {
        let verdict = |one: VerdictOnBill| Verdict {
            line: one.line,
            approved: one.approved.0,
            reason: one.reason.unwrap_or_default(),
        };
        let verdicts = self.verdicts.into_iter().map(verdict).collect();
        let check = CheckClaim { step: self.step, verdicts, opinion: self.opinion };
        MoneyCommand::CheckClaim { claim: ClaimId(claim), check }
    }
}

impl GrantClaim {
    /// The command on a claim.
    pub fn command(self, claim: i64) -> MoneyCommand {
        let approve = ApproveClaim { step: self.step, opinion: self.opinion };
        MoneyCommand::ApproveClaim { claim: ClaimId(claim), approve }
    }
}

impl TurnDownClaim {
    /// The command on a claim.
    pub fn command(self, claim: i64) -> MoneyCommand {
        let turn_down = TurnDown { step: self.step, outcome: self.outcome, opinion: self.opinion };
        MoneyCommand::TurnDownClaim { claim: ClaimId(claim), turn_down }
    }
}
