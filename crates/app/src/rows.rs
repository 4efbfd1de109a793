//! Read models in the words of the screen, and the filters that lists take. Plain data; every row can be computed again from the journal.

mod lines;
mod money;
mod money_filter;
mod moved;
mod notices;
mod people;
mod roster;
mod said;

use kernel::id::{CaseId, OrgId, PersonId, PlanId};
use kernel::region::RegionCode;
use kernel::{Date, Money};
use std::collections::BTreeMap;

pub use lines::*;
pub use money::*;
pub use money_filter::*;
pub use moved::*;
pub use notices::*;
pub use people::*;
pub use roster::*;
pub use said::*;

/// Who may see what, by the region tree and by assignment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// Everything in the book.
    All,
    /// What belongs to a desk of this region.
    Region(RegionCode),
    /// What this organisation filed.
    Own(OrgId),
    /// What is assigned to this firm.
    Assigned(OrgId),
    /// Nothing.
    None,
}

/// Whose inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskScope {
    /// The role.
    pub role: String,
    /// The organisation.
    pub org: OrgId,
    /// Its scope: a task is seen when its role matches and its subject lies in the scope.
    pub scope: Scope,
}

/// A year of a fund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearRow {
    /// Pack.
    pub pack: String,
    /// Year.
    pub year: i16,
    /// Budget.
    pub budget: Money,
    /// First day of the intake.
    pub opens: Date,
    /// Last day of the intake.
    pub closes: Date,
}

/// A case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRow {
    /// Id.
    pub case: CaseId,
    /// Number.
    pub number: String,
    /// Pack.
    pub pack: String,
    /// Procedure.
    pub procedure: String,
    /// Year.
    pub year: i16,
    /// Title.
    pub title: String,
    /// Applicant.
    pub applicant: OrgId,
    /// The applicant's name at the time of the last act.
    pub applicant_name: String,
    /// The project enterprise's name, when the procedure has one.
    pub company_name: String,
    /// The project's county.
    pub county: Option<RegionCode>,
    /// The desk's region.
    pub desk: RegionCode,
    /// The firm assigned.
    pub firm: Option<OrgId>,
    /// The case it builds on.
    pub parent: Option<CaseId>,
    /// The plan it is in.
    pub plan: Option<PlanId>,
    /// `open`, `returned`, `accepted`, `granted`, `paid`, `refused`, `withdrawn`.
    pub standing: String,
    /// The name of the step that is open, in Chinese; empty when none.
    pub stage: String,
    /// The same in English.
    pub stage_en: String,
    /// The nearest deadline.
    pub due: Option<Date>,
    /// The amount: proposed, planned or granted, whichever is latest.
    pub amount: Money,
    /// Paid so far.
    pub paid: Money,
    /// The day of first filing.
    pub filed_on: Date,
    /// The day of the last act.
    pub changed_on: Date,
    /// A project of the library.
    pub library: bool,
    /// The class, as the form says it; empty when it has none.
    pub class: String,
    /// The village, by name; empty when it has none.
    pub village: String,
}

/// What looks alike is looked for by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlikeKey {
    /// The case itself, which is not like itself.
    pub case: CaseId,
    /// The pack.
    pub pack: String,
    /// The title.
    pub title: String,
    /// Where it is.
    pub place: Option<RegionCode>,
    /// Who files it.
    pub applicant: OrgId,
    /// The plan year.
    pub year: i16,
}

/// Filter of a list of cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseFilter {
    /// Who looks.
    pub scope: Scope,
    /// Procedure.
    pub procedure: Option<String>,
    /// Year.
    pub year: Option<i16>,
    /// Standing.
    pub standing: Option<String>,
    /// Desk.
    pub desk: Option<RegionCode>,
    /// County.
    pub county: Option<RegionCode>,
    /// Plan.
    pub plan: Option<PlanId>,
    /// The case they build on.
    pub parent: Option<CaseId>,
    /// Only projects of the library.
    pub library: bool,
    /// Class.
    pub class: Option<String>,
    /// Village.
    pub village: Option<String>,
    /// The name of the open step, in Chinese.
    pub stage: Option<String>,
    /// Who filed it.
    pub unit: Option<OrgId>,
    /// Least amount.
    pub least: Option<Money>,
    /// Greatest amount.
    pub most: Option<Money>,
    /// Words in number, title or names.
    pub text: Option<String>,
    /// Continue after this key.
    pub after: Option<String>,
    /// At most so many.
    pub limit: usize,
}

impl CaseFilter {
    /// Everything in a scope, at most so many.
    pub fn within(scope: Scope, limit: usize) -> CaseFilter {
        CaseFilter {
            scope,
            procedure: None,
            year: None,
            standing: None,
            desk: None,
            county: None,
            plan: None,
            parent: None,
            library: false,
            class: None,
            village: None,
            stage: None,
            unit: None,
            least: None,
            most: None,
            text: None,
            after: None,
            limit,
        }
    }
}

/// A plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanRow {
    /// Id.
    pub plan: PlanId,
    /// Number.
    pub number: String,
    /// Pack.
    pub pack: String,
    /// Procedure.
    pub procedure: String,
    /// Year.
    pub year: i16,
    /// How many items.
    pub items: i64,
    /// Sum.
    pub total: Money,
    /// The step that is open.
    pub stage: String,
    /// The same in English.
    pub stage_en: String,
    /// The day of the last act.
    pub changed_on: Date,
}

/// A task: a step that somebody can do now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskRow {
    /// `case:12`, `plan:3`, `report:…`.
    pub subject: String,
    /// The step.
    pub step: String,
    /// What is to be done, Chinese.
    pub name: String,
    /// The same, English.
    pub name_en: String,
    /// The article.
    pub cite: String,
    /// The role that does it.
    pub role: String,
    /// The title of the subject.
    pub title: String,
    /// Its number.
    pub number: String,
    /// The applicant, for `Own`.
    pub applicant: Option<OrgId>,
    /// The desk, for `Region`.
    pub desk: Option<RegionCode>,
    /// The firm, for `Assigned`.
    pub firm: Option<OrgId>,
    /// Open since.
    pub since: Date,
    /// Due on.
    pub due: Option<Date>,
    /// The calendar revision used.
    pub revision: String,
    /// The due date rests on a calendar that is not published yet.
    pub provisional: bool,
    /// Only warned of.
    pub warn_only: bool,
    /// The step returned this for correction.
    pub returned: bool,
}

/// A duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyRow {
    /// The case.
    pub case: CaseId,
    /// The duty.
    pub duty: String,
    /// What must be done, Chinese.
    pub name: String,
    /// The same, English.
    pub name_en: String,
    /// The article.
    pub cite: String,
    /// On whom: role.
    pub on_role: String,
    /// The case's number.
    pub number: String,
    /// The case's title.
    pub title: String,
    /// The applicant.
    pub applicant: OrgId,
    /// The desk.
    pub desk: RegionCode,
    /// From.
    pub from: Date,
    /// Until or due on.
    pub due: Date,
    /// Check dates, ISO, joined by commas.
    pub checks: String,
    /// The calendar of the due year is not published.
    pub provisional: bool,
}

/// A grant, for counting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwardRow {
    /// The case.
    pub case: CaseId,
    /// The pack.
    pub pack: String,
    /// The project enterprise's key.
    pub company: String,
    /// The investor's key.
    pub investor: String,
    /// The place of the project, as the gazetteer's place number, which survives renaming.
    pub county: String,
    /// How much.
    pub amount: Money,
    /// Whether it stands (not revoked).
    pub stands: bool,
}

/// By what grants are counted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AwardKey {
    /// The pack.
    pub pack: String,
    /// Same project enterprise.
    pub company: Option<String>,
    /// Same investor.
    pub investor: Option<String>,
    /// Same place.
    pub county: Option<String>,
}

/// A report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportRow {
    /// The step.
    pub step: String,
    /// The body.
    pub org: OrgId,
    /// The period.
    pub period: String,
    /// Filed on.
    pub filed: Date,
    /// The figures; money in fen.
    pub figures: BTreeMap<String, i64>,
    /// Remarks.
    pub note: String,
    /// How many times it was filed.
    pub version: i64,
}

/// What a person did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeedRow {
    /// Place in the log.
    pub seq: u64,
    /// The person.
    pub person: PersonId,
    /// When, milliseconds.
    pub at: i64,
    /// The subject.
    pub subject: String,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// What was done, Chinese.
    pub what: String,
    /// The same, English.
    pub what_en: String,
    /// The article.
    pub cite: String,
}

/// One posting of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostingRow {
    /// The act.
    pub seq: u64,
    /// The day.
    pub day: Date,
    /// The account.
    pub account: String,
    /// Signed amount.
    pub amount: Money,
    /// Balance after it.
    pub balance: Money,
    /// Why.
    pub memo: String,
    /// The article.
    pub article: String,
}

/// Filter of organisations.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OrgFilter {
    /// Kind.
    pub kind: Option<String>,
    /// Words in the name or code.
    pub text: Option<String>,
    /// Continue after.
    pub after: Option<String>,
    /// At most.
    pub limit: usize,
}

/// A credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// Whose.
    pub person: PersonId,
    /// The hash, in PHC form.
    pub hash: String,
    /// A first password that must be changed.
    pub must_change: bool,
    /// Failed attempts in a row.
    pub failed: i64,
    /// Locked until, milliseconds; 0 when not.
    pub locked_until: i64,
}

/// A session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Digest of the token.
    pub token: journal::Digest,
    /// Who.
    pub person: PersonId,
    /// For which organisation.
    pub org: OrgId,
    /// In which role.
    pub role: String,
    /// Began, milliseconds.
    pub created: i64,
    /// Last seen, milliseconds.
    pub seen: i64,
    /// Ends at the latest, milliseconds.
    pub expires: i64,
}

/// A draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Whose.
    pub owner: OrgId,
    /// Which: `predeclaration:new`, `case:12`.
    pub key: String,
    /// Counts up with each write.
    pub version: i64,
    /// The content, JSON.
    pub body: String,
    /// Written, milliseconds.
    pub updated: i64,
}
