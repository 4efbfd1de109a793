//! What may be asked of booked money: sources, projects, allocations, claims, batches, papers of places.
//!
//! The parts of a command are those of the decision itself; they are named here so that a page needs this crate only.

use kernel::id::{AllocationId, BatchId, CaseId, ClaimId, OrgId, ProjectId, SourceId};
use kernel::region::RegionCode;
use kernel::{Date, Money};

pub use domain::allocation::{
    Approve as ApproveAllocation, Line as AllocationLine, Step as AllocationStep, Text as AllocationText, Why,
};
pub use domain::batch::{Account as PayeeAccount, BankLine, BankOutcome, Found, Pick, Settle};
pub use domain::case::Paper;
pub use domain::claim::{
    Approve as ApproveClaim, Check as CheckClaim, ClaimLine, ListDigest, Purpose, Text as ClaimText, Tie,
    TurnDown, Verdict,
};
pub use domain::consent::{File as FileConsent, Revoke as RevokeConsent};
pub use domain::project::{BudgetLine, Clear, Close, FilePaper, RecordContract, Recover};
pub use domain::source::{Cut, Receive};
pub use policy::pack::GovLevel;

/// A source as it is registered.
#[derive(Debug, Clone)]
pub struct NewSource {
    /// Pack.
    pub pack: String,
    /// Fund.
    pub fund: String,
    /// Kind of money.
    pub kind: String,
    /// Level of government.
    pub level: GovLevel,
    /// The budget document's number.
    pub document: String,
    /// What it is for.
    pub purpose: String,
    /// Functional budget code; may be empty.
    pub code: String,
    /// Budget year.
    pub year: i16,
    /// Day of the document.
    pub on: Date,
    /// How much may be spent.
    pub budget: Money,
    /// Remarks.
    pub note: String,
}

/// One row of a table of sources.
#[derive(Debug, Clone)]
pub struct ImportedSource {
    /// Its number in the sheet, from 1.
    pub row: u32,
    /// The source.
    pub source: NewSource,
    /// Its cash, when it has arrived.
    pub cash: Option<Receive>,
}

/// A project as it is opened.
#[derive(Debug, Clone)]
pub struct NewProject {
    /// Pack.
    pub pack: String,
    /// Fund.
    pub fund: String,
    /// Side; `all` where the fund is not split.
    pub side: String,
    /// What it is spent on.
    pub spending: String,
    /// Name.
    pub name: String,
    /// Where.
    pub place: RegionCode,
    /// The village, as the key of its papers on file: `120119-1`; empty for none.
    pub village: String,
    /// Who carries it out.
    pub unit: OrgId,
    /// Year.
    pub year: i16,
    /// How it is tied to poor households.
    pub link: String,
    /// How it works.
    pub mechanism: String,
    /// Other money that it draws in.
    pub levered: Money,
    /// The case of the library that it comes from.
    pub case: Option<CaseId>,
}

/// An allocation as it is begun.
#[derive(Debug, Clone)]
pub struct NewAllocation {
    /// Pack.
    pub pack: String,
    /// Fund.
    pub fund: String,
    /// Side; `all` where the fund is not split.
    pub side: String,
    /// Year of its projects.
    pub year: i16,
    /// What it says.
    pub text: AllocationText,
}

/// A command about booked money.
#[derive(Debug, Clone)]
pub enum MoneyCommand {
    /// Register a source.
    RegisterSource(NewSource),
    /// Register all sources of a table, or none.
    ImportSources(Vec<ImportedSource>),
    /// Book cash that arrived.
    ReceiveCash {
        /// The source.
        source: SourceId,
        /// The arrival.
        cash: Receive,
    },
    /// Cut a source's budget.
    CutSource {
        /// The source.
        source: SourceId,
        /// The cut.
        cut: Cut,
    },
    /// Open a project.
    OpenProject(NewProject),
    /// Set all budget lines of a project.
    PlanLines {
        /// The project.
        project: ProjectId,
        /// The lines.
        lines: Vec<BudgetLine>,
    },
    /// Decide a doubt.
    ClearDoubt {
        /// The project.
        project: ProjectId,
        /// The decision.
        clear: Clear,
    },
    /// Record a contract; its account is a reference into the vault ([`crate::App::seal_account`]).
    RecordContract {
        /// The project.
        project: ProjectId,
        /// The contract.
        contract: RecordContract,
    },
    /// Put a demanded paper of a project on file.
    FilePaper {
        /// The project.
        project: ProjectId,
        /// The paper.
        paper: FilePaper,
    },
    /// Record money that came back from a payee.
    Recover {
        /// The project.
        project: ProjectId,
        /// What came back.
        recover: Recover,
    },
    /// Close a project; what is left goes back.
    CloseProject {
        /// The project.
        project: ProjectId,
        /// The closing.
        close: Close,
    },
    /// Put a demanded paper of a place or unit on file.
    FileConsent {
        /// Pack.
        pack: String,
        /// The paper.
        consent: FileConsent,
    },
    /// A paper of a place or unit no longer counts.
    RevokeConsent {
        /// Pack.
        pack: String,
        /// The place or unit.
        place: String,
        /// The revocation.
        revoke: RevokeConsent,
    },
    /// Draft an allocation.
    DraftAllocation(NewAllocation),
    /// Write the draft anew.
    RedraftAllocation {
        /// The allocation.
        allocation: AllocationId,
        /// What it says.
        text: AllocationText,
    },
    /// Do a step other than the approval; deny the approval.
    StepAllocation {
        /// The allocation.
        allocation: AllocationId,
        /// The step.
        step: AllocationStep,
    },
    /// Approve: the money goes to the projects.
    ApproveAllocation {
        /// The allocation.
        allocation: AllocationId,
        /// The approval.
        approve: ApproveAllocation,
    },
    /// File a claim on a project.
    FileClaim {
        /// The project.
        project: ProjectId,
        /// What it says.
        text: ClaimText,
    },
    /// File it again after a return.
    RefileClaim {
        /// The claim.
        claim: ClaimId,
        /// What it says.
        text: ClaimText,
    },
    /// Check its bills.
    CheckClaim {
        /// The claim.
        claim: ClaimId,
        /// What is allowed.
        check: CheckClaim,
    },
    /// Approve it: the project's money is held for it.
    ApproveClaim {
        /// The claim.
        claim: ClaimId,
        /// The approval.
        approve: ApproveClaim,
    },
    /// Return or refuse it.
    TurnDownClaim {
        /// The claim.
        claim: ClaimId,
        /// How.
        turn_down: TurnDown,
    },
    /// Withdraw it.
    WithdrawClaim {
        /// The claim.
        claim: ClaimId,
        /// Why.
        why: String,
    },
    /// Make a batch of approved payments of a fund.
    MakeBatch {
        /// Pack.
        pack: String,
        /// Fund.
        fund: String,
        /// Which payments: claim and payee.
        picks: Vec<Pick>,
    },
    /// Release the bank's file; use [`crate::App::release_batch`], which makes it.
    ReleaseBatch {
        /// The batch.
        batch: BatchId,
        /// Digest of the file, with its form before it: `pain.001:…`.
        digest: String,
    },
    /// Book what a bank said. A line that names a payment of another released batch of the fund is booked there.
    BookResults {
        /// The batch to which lines belong that name none.
        batch: BatchId,
        /// The lines.
        lines: Vec<BankLine>,
    },
    /// Take a payment without result out of its batch.
    TakeOut {
        /// The batch.
        batch: BatchId,
        /// The payment.
        line: i64,
        /// Why.
        why: String,
    },
    /// Settle an unclear line by hand.
    SettleUnclear {
        /// The batch.
        batch: BatchId,
        /// How.
        settle: Settle,
    },
}
