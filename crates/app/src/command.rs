//! What may be submitted, and what comes back.

mod filings;
mod hands;
pub mod money;
mod request;

pub use filings::{Filings, NewFiling};
pub use hands::HandsCommand;
pub use request::{Answer, Failure, Request, Seen, Who};

use domain::case::{Check, LineFinding, Paper, PaperFinding, Record};
use domain::identity::OrgKind;
use domain::plan::{Letter, Minutes, Posting, Verdict};
use domain::year::Terms;
use kernel::credit::CreditCode;
use kernel::id::{CaseId, ObjectionId, OrgId, PersonId, PlanId};
use kernel::ratio::Ratio;
use kernel::region::RegionCode;
use kernel::{Date, Money};
use policy::form::FormData;
use std::collections::BTreeMap;

/// Everything that may be asked of a book.
#[derive(Debug, Clone)]
pub enum Command {
    /// Register an organisation.
    RegisterOrg {
        /// Name.
        name: String,
        /// Kind.
        kind: OrgKind,
        /// Region.
        region: Option<RegionCode>,
        /// Credit code.
        credit_code: Option<CreditCode>,
    },
    /// An enterprise registers itself with its first person.
    RegisterEnterprise {
        /// The pack whose applicant role it takes.
        pack: String,
        /// Name.
        name: String,
        /// Region of registration.
        region: RegionCode,
        /// Credit code.
        credit_code: CreditCode,
        /// The person's name.
        person: String,
        /// The sign-in name.
        login: String,
    },
    /// Rename an organisation.
    RenameOrg {
        /// Which.
        org: OrgId,
        /// The new name.
        name: String,
    },
    /// Declare two organisations related.
    DeclareRelation {
        /// One.
        org: OrgId,
        /// The other.
        other: OrgId,
        /// How.
        basis: String,
    },
    /// Add a person.
    AddPerson {
        /// Name.
        name: String,
        /// Sign-in name.
        login: String,
        /// Organisation.
        org: OrgId,
        /// Role.
        role: String,
    },
    /// Grant a role.
    GrantRole {
        /// To whom.
        person: PersonId,
        /// In which organisation.
        org: OrgId,
        /// Which.
        role: String,
    },
    /// Withdraw a role.
    WithdrawRole {
        /// From whom.
        person: PersonId,
        /// In which organisation.
        org: OrgId,
        /// Which.
        role: String,
        /// Why.
        why: String,
    },
    /// Lend a role during an absence, end a lending, hand a desk over.
    Hands(HandsCommand),
    /// Load a list of people of this pack for the submitter's region; it replaces the list before.
    LoadRoster(String, Box<domain::roster::Load>),
    /// Disable sign-in.
    DisablePerson {
        /// Whose.
        person: PersonId,
        /// Why.
        why: String,
    },
    /// Enable sign-in.
    EnablePerson {
        /// Whose.
        person: PersonId,
    },
    /// Record that a first password was set.
    ResetPassword {
        /// Whose.
        person: PersonId,
    },
    /// Record that the submitter changed the password.
    ChangePassword,
    /// Open a year.
    OpenYear {
        /// Pack.
        pack: String,
        /// Year.
        year: i16,
        /// Terms.
        terms: Terms,
    },
    /// Amend a year.
    AmendYear {
        /// Pack.
        pack: String,
        /// Year.
        year: i16,
        /// Terms.
        terms: Terms,
        /// Why.
        why: String,
    },
    /// Appoint a firm.
    Appoint {
        /// Pack.
        pack: String,
        /// Year.
        year: i16,
        /// Firm.
        firm: OrgId,
        /// How it was chosen.
        basis: String,
    },
    /// Dismiss a firm.
    Dismiss {
        /// Pack.
        pack: String,
        /// Year.
        year: i16,
        /// Firm.
        firm: OrgId,
        /// Why.
        why: String,
    },
    /// Pay a firm's fee.
    PayFee {
        /// Pack.
        pack: String,
        /// Year.
        year: i16,
        /// Firm.
        firm: OrgId,
        /// Amount.
        amount: Money,
        /// Day.
        on: Date,
        /// Voucher.
        voucher: String,
        /// What for.
        purpose: String,
    },
    /// File a form, first or again.
    Declare {
        /// The case, when it is filed again.
        case: Option<CaseId>,
        /// Pack.
        pack: String,
        /// Procedure.
        procedure: String,
        /// At which step; the one open for the role when absent.
        step: Option<String>,
        /// The case it builds on.
        parent: Option<CaseId>,
        /// The form.
        form: FormData,
        /// The papers.
        papers: Vec<Paper>,
    },
    /// File the rows of a table, all or none.
    DeclareAll(Filings),
    /// Begin a case with a step that files no form: an order, a plan that arrives.
    Begin {
        /// Pack.
        pack: String,
        /// Procedure.
        procedure: String,
        /// The case it builds on.
        parent: Option<CaseId>,
        /// The first step.
        step: Box<domain::case::Step>,
    },
    /// Do a step of a case.
    Step {
        /// The case.
        case: CaseId,
        /// The step.
        step: String,
        /// The outcome.
        outcome: Option<String>,
        /// For a return: to which earlier step, when not the one that the pack names.
        to: Option<String>,
        /// The opinion.
        opinion: String,
        /// The checklist.
        checks: Vec<Check>,
        /// Facts.
        records: Vec<Record>,
        /// Notes.
        notes: BTreeMap<String, String>,
        /// Papers added.
        papers: Vec<Paper>,
        /// The form of the step, when it has one.
        form: Option<FormData>,
        /// Number of the paper issued.
        document: Option<String>,
        /// Day.
        on: Date,
    },
    /// Do a step of several cases in one act: of all of them, or of none.
    StepTogether {
        /// The cases.
        cases: Vec<CaseId>,
        /// What is done of each.
        act: Box<domain::case::Step>,
    },
    /// Post a notice on a case.
    PostOnCase {
        /// The case.
        case: CaseId,
        /// The step.
        step: String,
        /// Day.
        on: Date,
        /// Where.
        postings: Vec<Posting>,
        /// What is typed of its content.
        fields: BTreeMap<String, String>,
        /// Photographs of the boards.
        papers: Vec<Paper>,
    },
    /// Object to a notice on a case.
    ObjectToCase {
        /// The case.
        case: CaseId,
        /// The number of the notice.
        notice: String,
        /// What is said.
        text: String,
        /// Who: a reference into the vault.
        from: Option<String>,
        /// The receipt number.
        receipt: String,
    },
    /// Answer an objection to a notice on a case.
    AnswerOnCase {
        /// The case.
        case: CaseId,
        /// Which.
        objection: ObjectionId,
        /// Upheld.
        upheld: bool,
        /// The answer.
        answer: String,
    },
    /// End a notice on a case.
    EndOnCase {
        /// The case.
        case: CaseId,
        /// The step.
        step: String,
        /// The outcome.
        outcome: Option<String>,
        /// For a return: to which earlier step.
        to: Option<String>,
        /// The opinion.
        opinion: String,
    },
    /// A remark, a copy, an urging, a recusal, a comparison.
    Aside {
        /// The case.
        case: CaseId,
        /// What.
        aside: domain::case::Aside,
    },
    /// Assign a firm.
    Assign {
        /// The case.
        case: CaseId,
        /// The firm.
        firm: OrgId,
    },
    /// Report the verification.
    Inspect {
        /// The case.
        case: CaseId,
        /// The step.
        step: String,
        /// Day of the visit.
        on: Date,
        /// Opinion.
        opinion: String,
        /// The checklist.
        checks: Vec<Check>,
        /// Facts.
        records: Vec<Record>,
        /// Lines.
        lines: Vec<LineFinding>,
        /// Papers.
        papers: Vec<PaperFinding>,
        /// Ratio.
        ratio: Ratio,
        /// Amount.
        amount: Money,
    },
    /// Propose an amount.
    Propose {
        /// The case.
        case: CaseId,
        /// The step.
        step: String,
        /// Ratio.
        ratio: Ratio,
        /// Amount.
        amount: Money,
        /// Opinion.
        opinion: String,
    },
    /// Withdraw a case.
    Withdraw {
        /// The case.
        case: CaseId,
        /// Why.
        why: String,
    },
    /// Begin a plan.
    DraftPlan {
        /// Pack.
        pack: String,
        /// Procedure.
        procedure: String,
        /// Year.
        year: i16,
    },
    /// Put cases in, change amounts, take cases out.
    EditPlan {
        /// The plan.
        plan: PlanId,
        /// Cases with amounts and remarks.
        set: Vec<(CaseId, Money, String)>,
        /// Cases to take out, with the reason.
        drop: Vec<(CaseId, String)>,
    },
    /// Record the meeting.
    Deliberate {
        /// The plan.
        plan: PlanId,
        /// The step.
        step: String,
        /// The minutes.
        minutes: Minutes,
    },
    /// Post the notice.
    PostNotice {
        /// The plan.
        plan: PlanId,
        /// The step.
        step: String,
        /// Day.
        on: Date,
        /// Where.
        postings: Vec<Posting>,
        /// What stands around the rows.
        fields: BTreeMap<String, String>,
    },
    /// Object.
    Object {
        /// The plan.
        plan: PlanId,
        /// The item.
        case: Option<CaseId>,
        /// What is said.
        text: String,
        /// Who: a reference into the vault.
        from: Option<String>,
        /// The receipt number.
        receipt: String,
    },
    /// Answer an objection.
    AnswerObjection {
        /// The plan.
        plan: PlanId,
        /// Which.
        objection: ObjectionId,
        /// Upheld.
        upheld: bool,
        /// The answer.
        answer: String,
    },
    /// End the notice.
    EndNotice {
        /// The plan.
        plan: PlanId,
        /// The step.
        step: String,
    },
    /// Determine.
    Determine {
        /// The plan.
        plan: PlanId,
        /// The step.
        step: String,
        /// Stamp date.
        stamp: Date,
        /// Document.
        document: String,
        /// Verdicts.
        items: Vec<Verdict>,
    },
    /// Send the results.
    Inform {
        /// The plan.
        plan: PlanId,
        /// The step.
        step: String,
        /// Day.
        on: Date,
        /// Letters.
        letters: Vec<Letter>,
    },
    /// Remit the sum.
    Remit {
        /// The plan.
        plan: PlanId,
        /// The step.
        step: String,
        /// Day.
        on: Date,
        /// Sum.
        amount: Money,
        /// Voucher.
        voucher: String,
    },
    /// Pay an enterprise.
    Pay {
        /// The case.
        case: CaseId,
        /// The step.
        step: String,
        /// Amount.
        amount: Money,
        /// Day.
        on: Date,
        /// Voucher.
        voucher: String,
    },
    /// File a monthly report; the figures are counted by the program.
    Report {
        /// Pack.
        pack: String,
        /// The step.
        step: String,
        /// Period.
        period: String,
        /// Remarks.
        note: String,
    },
    /// Anything about booked money: sources, projects, allocations, claims, batches.
    Money(Box<money::MoneyCommand>),
    /// Record that a sealed value was shown to the submitter.
    Unmask {
        /// The case it belongs to.
        case: CaseId,
        /// The field.
        field: String,
        /// Why it was needed.
        why: String,
    },
}
