//! Who acts, what is asked, by which values and rules it is judged, and the cases that prove it.

use std::collections::BTreeMap;

use kernel::Date;
use kernel::money::Money;
use kernel::region::RegionCode;

use super::{Cite, Id, Words};
use crate::lang::{Type, Value};

/// What sort of party a role is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoleKind {
    /// A government body.
    Government,
    /// An enterprise.
    Enterprise,
    /// An appointed firm: consultant, auditor.
    Firm,
    /// A leading or working group.
    Group,
    /// A village or township body.
    Village,
    /// Anybody.
    Public,
}

/// Which cases a role sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sees {
    /// All cases of the fund.
    All,
    /// Those of its own region.
    Region,
    /// Its own.
    Own,
    /// Those assigned to it.
    Assigned,
    /// None.
    None,
}

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// Id.
    pub id: Id,
    /// Name.
    pub name: Words,
    /// Sort of party.
    pub kind: RoleKind,
    /// What it sees.
    pub sees: Sees,
    /// Citation.
    pub cite: Cite,
}

/// An organisation that the regulation names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Org {
    /// Id, unique in the pack.
    pub id: Id,
    /// Its role.
    pub role: Id,
    /// Its region, for roles that see a region.
    pub region: Option<RegionCode>,
    /// Name.
    pub name: Words,
    /// Citation.
    pub cite: Cite,
}

/// A closed list of members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnumDef {
    /// Id.
    pub id: Id,
    /// Name.
    pub name: Words,
    /// Members in order; `Value::Member(n)` is the n-th.
    pub members: Vec<EnumMember>,
    /// Citation.
    pub cite: Cite,
}

impl EnumDef {
    /// Position of a member by its id or Chinese name.
    pub fn member(&self, text: &str) -> Option<u16> {
        let at = self.members.iter().position(|m| m.id == text || m.name.zh == text)?;
        u16::try_from(at).ok()
    }
}

/// One member of a closed list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnumMember {
    /// Id.
    pub id: Id,
    /// Name.
    pub name: Words,
}

/// A unit of counting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Id, also how expressions write it.
    pub id: Id,
    /// Name.
    pub name: Words,
    /// Citation.
    pub cite: Cite,
}

/// Which system supplies a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FactSource {
    /// The applicant's form.
    Form,
    /// Counted from the ledger in the deciding transaction.
    Ledger,
    /// The credit register.
    CreditRegistry,
    /// The applicant's signed declaration, checked by the reviewer.
    Declaration,
    /// A catalogue or project library.
    Catalogue,
    /// Found while the application is taken in.
    Intake,
    /// The date.
    Clock,
    /// What the program itself knows of the case, its papers, its steps and its neighbours.
    Program,
}

impl FactSource {
    /// As packs write it.
    pub fn id(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Ledger => "ledger",
            Self::CreditRegistry => "credit-registry",
            Self::Declaration => "declaration",
            Self::Catalogue => "catalogue",
            Self::Intake => "intake",
            Self::Clock => "clock",
            Self::Program => "program",
        }
    }
}

/// What the ledger counts for a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Decided and not revoked grants.
    Grant,
}

/// By what the ledger counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CountBy {
    /// The same project enterprise, by credit code.
    Company,
    /// The same investor, by credit code.
    Investor,
    /// The same place, which survives renaming.
    County,
}

/// A count from the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerCount {
    /// What.
    pub of: Counted,
    /// Sharing all of these with the case.
    pub by: Vec<CountBy>,
}

/// What the program knows of a case by itself, in the deciding transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// `amount`: the amount of the case, from the procedure's `amount` field.
    Amount,
    /// `parent`: whether the case builds on another that was accepted.
    Parent,
    /// `done:STEP`: whether the step was done, and passed.
    Done(Id),
    /// `day:STEP`: the day on which the step was done.
    Day(Id),
    /// `paper:PAPER`: whether the paper was handed in with any act that stands.
    Paper(Id),
    /// `applicants:PROCEDURE` and `applicants:PROCEDURE:FIELD`: different applicants of this procedure in the case's
    /// year, each once; with a field, those whose latest form says yes there.
    Applicants {
        /// Whose cases are counted.
        procedure: Id,
        /// The yes-or-no field of that procedure's form.
        field: Option<Id>,
    },
    /// `together`: how many cases the act is about.
    Together,
    /// `together:applicants` and `together:applicants:FIELD`: different applicants among them, each once; with a field of
    /// the procedure's form, those whose latest form says yes there.
    TogetherApplicants {
        /// The yes-or-no field.
        field: Option<Id>,
    },
    /// `one_paper:STEP`: whether the cases of the year that passed the step did so by one paper, the one of this act included.
    OnePaper(Id),
    /// `unlisted:PART`: rows of this part of the procedure's form whose person is not on the list that it is compared with;
    /// not known while no list is loaded for the place of the case.
    Unlisted(Id),
    /// `roster:PART`: whether such a list is loaded.
    Roster(Id),
}

/// What is asked about a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Id.
    pub id: Id,
    /// Name.
    pub name: Words,
    /// Type.
    pub ty: Type,
    /// Papers that prove it.
    pub proof: Vec<Id>,
    /// Who supplies it.
    pub from: FactSource,
    /// How the ledger counts it.
    pub count: Option<LedgerCount>,
    /// What the program gives, for [`FactSource::Program`].
    pub gives: Option<Given>,
    /// The question to put to an applicant, when the name is not enough.
    pub hint: Option<Words>,
    /// Citation.
    pub cite: Cite,
}

/// The value of a parameter version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParamValue {
    /// One value.
    Scalar(Value),
    /// One per member of an enum, in the enum's order.
    Table(Vec<Value>),
    /// A list of places.
    Regions(Vec<RegionCode>),
}

/// A value with its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParamVersion {
    /// First day.
    pub from: Date,
    /// Last day, if a later version follows or the edition ends.
    pub until: Option<Date>,
    /// The value.
    pub value: ParamValue,
    /// On what basis, if it was set by decision.
    pub basis: Option<String>,
}

/// A parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Param {
    /// Id.
    pub id: Id,
    /// Name.
    pub name: Words,
    /// Type of one value.
    pub ty: Type,
    /// The enum it is a table over.
    pub by: Option<Id>,
    /// Dated versions, without gap or overlap over the time in force.
    pub versions: Vec<ParamVersion>,
    /// The role that sets it each year, if the text leaves it open.
    pub set_by: Option<Id>,
    /// The parameter that a value set by decision may not exceed: of the same type, over the same table.
    pub limit: Option<Id>,
    /// A remark for readers.
    pub note: Option<String>,
    /// Citation.
    pub cite: Cite,
}

/// Whether a rule gates or only ranks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleKind {
    /// Not met: refused.
    Need,
    /// Met: ranked first.
    Prefer,
}

/// A condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Id.
    pub id: Id,
    /// Name.
    pub name: Words,
    /// Kind.
    pub kind: RuleKind,
    /// As written.
    pub text: String,
    /// What to tell an applicant who does not meet it.
    pub remedy: Option<Words>,
    /// Citation.
    pub cite: Cite,
}

/// The amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// As written.
    pub text: String,
    /// Parameters that the text softens (原则上).
    pub in_principle: Vec<Id>,
    /// Who may go past them, in writing.
    pub exceed_by: Option<Id>,
    /// Citation.
    pub cite: Cite,
}

/// What a case expects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    /// Granted.
    Grant,
    /// Refused.
    Refuse,
    /// Cannot tell yet.
    Pending,
}

/// An example that travels with the pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Id.
    pub id: Id,
    /// What it shows.
    pub name: Words,
    /// Facts after `like`, `set` and `drop`.
    pub facts: BTreeMap<Id, Value>,
    /// As of.
    pub as_of: Date,
    /// Expected outcome.
    pub expect: Expect,
    /// Expected amount.
    pub amount: Option<Money>,
    /// Rules expected to fail.
    pub fails: Vec<Id>,
    /// Facts expected to be missing.
    pub missing: Vec<Id>,
}
