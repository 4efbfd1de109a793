//! Rows of the money slices: sources, projects, allocations, claims, invoices, batches, payments, consents; sums and movements.

use kernel::id::{AllocationId, BatchId, CaseId, ClaimId, OrgId, ProjectId, SourceId};
use kernel::region::RegionCode;
use kernel::{Date, Money};

/// What came from one channel under one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRow {
    /// Id.
    pub source: SourceId,
    /// Pack.
    pub pack: String,
    /// Fund.
    pub fund: String,
    /// Kind of money, as the pack names it.
    pub kind: String,
    /// Level of government, in the pack's fixed words.
    pub level: String,
    /// The budget document's number.
    pub document: String,
    /// What it is for.
    pub purpose: String,
    /// Functional budget code.
    pub code: String,
    /// Budget year.
    pub year: i16,
    /// Day of the document.
    pub on: Date,
    /// What was registered.
    pub budget: Money,
    /// Of it: cut again.
    pub cut: Money,
    /// Cash that arrived.
    pub received: Money,
    /// The same, side by side.
    pub parts: Vec<SourcePart>,
    /// Remarks.
    pub note: String,
    /// The day of the last act.
    pub changed_on: Date,
}

impl SourceRow {
    /// What may be spent in all: registered less cut.
    pub fn stands(&self) -> Money {
        self.budget.checked_sub(self.cut).unwrap_or(Money::ZERO)
    }
}

/// One side's part of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourcePart {
    /// The side; `all` where the fund is not split.
    pub side: String,
    /// Registered less cut.
    pub budget: Money,
    /// Cash that arrived.
    pub received: Money,
}

/// A project: what money is spent on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectRow {
    /// Id.
    pub project: ProjectId,
    /// Number.
    pub number: String,
    /// Pack.
    pub pack: String,
    /// Fund.
    pub fund: String,
    /// Side.
    pub side: String,
    /// What it is spent on, as the pack names it.
    pub spending: String,
    /// Name.
    pub name: String,
    /// Where.
    pub place: RegionCode,
    /// The village; empty for none.
    pub village: String,
    /// Who carries it out.
    pub unit: OrgId,
    /// The unit's name at the time of the last act.
    pub unit_name: String,
    /// Year.
    pub year: i16,
    /// `open`, `doubt`, `closed`.
    pub standing: String,
    /// Sum of its budget lines.
    pub planned: Money,
    /// Allotted in all: what it holds, promised and paid, less what went back.
    pub allotted: Money,
    /// Of it: promised to claims, not paid yet.
    pub held: Money,
    /// Of it: with the bank.
    pub clearing: Money,
    /// Of it: paid.
    pub spent: Money,
    /// The day of the last act.
    pub changed_on: Date,
    /// The case of the library that it comes from.
    pub case: Option<CaseId>,
}

impl ProjectRow {
    /// What is allotted and promised to nobody.
    pub fn left(&self) -> Money {
        let gone = self.held.checked_add(self.spent);
        gone.and_then(|gone| self.allotted.checked_sub(gone)).unwrap_or(Money::ZERO)
    }
}

/// A plan that allots money of one fund's side to projects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllocationRow {
    /// Id.
    pub allocation: AllocationId,
    /// Number.
    pub number: String,
    /// Pack.
    pub pack: String,
    /// Procedure.
    pub procedure: String,
    /// Fund.
    pub fund: String,
    /// Side.
    pub side: String,
    /// Year.
    pub year: i16,
    /// How many lines.
    pub lines: i64,
    /// Sum.
    pub total: Money,
    /// `open`, `approved`, `ended`.
    pub standing: String,
    /// The step that is open, in Chinese; empty when none.
    pub stage: String,
    /// The same in English.
    pub stage_en: String,
    /// The nearest deadline.
    pub due: Option<Date>,
    /// The approving document's number; empty before.
    pub document: String,
    /// The day of the last act.
    pub changed_on: Date,
}

/// A claim at the reimbursement desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimRow {
    /// Id.
    pub claim: ClaimId,
    /// Number.
    pub number: String,
    /// The project.
    pub project: ProjectId,
    /// The project's name.
    pub title: String,
    /// Pack.
    pub pack: String,
    /// Fund.
    pub fund: String,
    /// Side.
    pub side: String,
    /// Year.
    pub year: i16,
    /// The unit that claims.
    pub unit: OrgId,
    /// Its region.
    pub place: RegionCode,
    /// `advance`, `progress`, `final`, `retention`, `subsidy`.
    pub purpose: String,
    /// `filed`, `returned`, `checked`, `approved`, `batched`, `paid`, `refused`, `withdrawn`.
    pub standing: String,
    /// How many lines.
    pub lines: i64,
    /// Sum asked.
    pub asked: Money,
    /// Sum approved so far.
    pub approved: Money,
    /// The batch that it is in.
    pub batch: Option<BatchId>,
    /// The step that is open, in Chinese; empty when none.
    pub stage: String,
    /// The same in English.
    pub stage_en: String,
    /// The nearest deadline.
    pub due: Option<Date>,
    /// Day of first filing.
    pub filed_on: Date,
    /// The day of the last act.
    pub changed_on: Date,
}

/// An invoice in use. Code and number together are used once over all funds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceRow {
    /// Its code; empty for those that have a number only.
    pub code: String,
    /// Its number.
    pub number: String,
    /// The claim that uses it.
    pub claim: ClaimId,
    /// The claim's number.
    pub claim_number: String,
    /// The line of the claim.
    pub line: i64,
    /// The project.
    pub project: ProjectId,
    /// The amount claimed on it.
    pub amount: Money,
}

/// A batch of payments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchRow {
    /// Id.
    pub batch: BatchId,
    /// Number.
    pub number: String,
    /// Pack.
    pub pack: String,
    /// Fund.
    pub fund: String,
    /// `made`, `released`, `settled`.
    pub standing: String,
    /// How many lines.
    pub lines: i64,
    /// Sum.
    pub total: Money,
    /// Of it: paid.
    pub paid: Money,
    /// Of it: failed or taken out.
    pub failed: Money,
    /// What the bank said that nobody could place, still open.
    pub unclear: i64,
    /// Digest of the file; empty before its release.
    pub digest: String,
    /// Day on which it was made.
    pub made_on: Date,
    /// Day of the release.
    pub released_on: Option<Date>,
    /// The day of the last act.
    pub changed_on: Date,
}

/// One payment of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentRow {
    /// The batch.
    pub batch: BatchId,
    /// The line in it, from 1.
    pub line: i64,
    /// What names it from end to end: `Q3-1`.
    pub end_to_end: String,
    /// Pack.
    pub pack: String,
    /// Fund.
    pub fund: String,
    /// The claim.
    pub claim: ClaimId,
    /// The project.
    pub project: ProjectId,
    /// The payee within the project: `c1`, `list`.
    pub payee: String,
    /// The payee's name.
    pub payee_name: String,
    /// How much.
    pub amount: Money,
    /// `made`, `issued`, `paid`, `failed`, `released`.
    pub state: String,
    /// Day of the bank.
    pub on: Option<Date>,
    /// The bank's reference, or why it failed.
    pub said: String,
    /// Out of which sources.
    pub lots: Vec<(SourceId, Money)>,
}

/// Something a bank said that was not booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnclearRow {
    /// The batch.
    pub batch: BatchId,
    /// Its place among those of the batch, from 1.
    pub place: i64,
    /// What the bank said.
    pub text: String,
    /// Why it could not be placed.
    pub reason: String,
    /// When it was read.
    pub on: Date,
    /// How a person settled it; empty while it is open.
    pub settled: String,
}

/// A place's consent on file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentRow {
    /// Pack.
    pub pack: String,
    /// The place: `120119-1`.
    pub place: String,
    /// Its name.
    pub name: String,
    /// The demand that it meets.
    pub demand: String,
    /// The document.
    pub document: String,
    /// Its day.
    pub on: Date,
    /// Revoked since.
    pub revoked: Option<Date>,
}

/// A movement of money as one line: from, to, how much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovementRow {
    /// The act.
    pub seq: u64,
    /// The day.
    pub day: Date,
    /// From which account.
    pub from: String,
    /// To which account.
    pub to: String,
    /// How much.
    pub amount: Money,
    /// Why.
    pub memo: String,
    /// The article.
    pub article: String,
}

/// What the accounts of one kind hold together, by fund, side, year and channel of the source and by use of the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldRow {
    /// Fund.
    pub fund: String,
    /// Side.
    pub side: String,
    /// Budget year of the source.
    pub year: i16,
    /// Kind of the source.
    pub kind: String,
    /// What the project is spent on; empty where no project holds it.
    pub spending: String,
    /// How much.
    pub amount: Money,
}

/// What was paid in one month out of one fund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthRow {
    /// `2019-11`.
    pub month: String,
    /// Fund.
    pub fund: String,
    /// How much.
    pub amount: Money,
    /// How many payments.
    pub payments: i64,
}

/// What makes two sources one: the same paper for the same money.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceKey {
    /// Pack.
    pub pack: String,
    /// The document's number.
    pub document: String,
    /// Fund.
    pub fund: String,
    /// Functional budget code.
    pub code: String,
    /// Purpose.
    pub purpose: String,
}

/// What one side of a fund was given and received in a budget year, by kind of money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FundSumRow {
    /// Fund.
    pub fund: String,
    /// Side.
    pub side: String,
    /// Budget year.
    pub year: i16,
    /// Kind of money.
    pub kind: String,
    /// Registered less cut.
    pub budget: Money,
    /// Cash that arrived.
    pub received: Money,
}
