//! What a pack says about facts, parameters, rules and the grant, as the builder takes it. Nothing is checked here.

use crate::lang::{Bilingual, EnumId, ParamId, RoundTo, Shape, Type, Value};
use kernel::Date;
use kernel::region::RegionCode;

/// Where a provision stands: an article and an item as the regulation numbers them.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Citation {
    /// The article: `"7"`.
    pub article: String,
    /// The item: `"1"`; parts of an item are joined by dots.
    pub item: Option<String>,
}

/// How a truth value is said in words, when "name: yes" would not do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YesNo {
    /// 投资主体在津登记 / the investor is registered in Tianjin.
    pub yes: Bilingual,
    /// 投资主体未在津登记 / the investor is not registered in Tianjin.
    pub no: Bilingual,
}

/// A fact of the pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactMeta {
    /// Identifier as in expressions.
    pub id: String,
    /// Its type, with its unit.
    pub ty: Type,
    /// What people call it.
    pub name: Bilingual,
    /// The ids of the papers that prove it.
    pub proof: Vec<String>,
    /// The system that supplies it (ledger, credit register, declaration).
    pub source: Option<String>,
    /// For a truth value: how yes and no are said.
    pub says: Option<YesNo>,
    /// The caller's mark of the place of definition.
    pub tag: u32,
}

/// The value of a parameter in one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParamValue {
    /// One value.
    One(Value),
    /// One value for each member, by the position of the member.
    Each(Vec<(u16, Value)>),
    /// A set of places.
    Regions(Vec<RegionCode>),
}

/// A parameter's value from a date on, until the next version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The first day.
    pub from: Date,
    /// The value.
    pub value: ParamValue,
    /// On what basis it was set.
    pub basis: Option<Bilingual>,
    /// The caller's mark of the place of definition.
    pub tag: u32,
}

/// A parameter of the pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParamMeta {
    /// Identifier as in expressions.
    pub id: String,
    /// Its type (of each entry, for a table), with its unit; `Type::Regions` for a set of places.
    pub ty: Type,
    /// One value or a table.
    pub shape: Shape,
    /// What people call it.
    pub name: Bilingual,
    /// Where it stands.
    pub cite: Citation,
    /// The role that sets it by an act, when the text leaves it to someone.
    pub set_by: Option<String>,
    /// The versions; the earliest must not begin after the ruleset does.
    pub versions: Vec<Version>,
    /// The caller's mark of the place of definition.
    pub tag: u32,
}

/// What a rule is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RuleKind {
    /// Not met refuses.
    Need,
    /// Only ranks.
    Prefer,
}

/// A rule of the pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleMeta {
    /// Identifier.
    pub id: String,
    /// Refuses or ranks.
    pub kind: RuleKind,
    /// What people call it.
    pub name: Bilingual,
    /// Where it stands.
    pub cite: Citation,
    /// The condition.
    pub text: String,
    /// Ids of interpretations and known conflicts that a decision must show with it.
    pub interpretations: Vec<String>,
    /// The caller's mark of the place of definition.
    pub tag: u32,
}

/// How the amount is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantMeta {
    /// Where it stands.
    pub cite: Citation,
    /// The expression, of type money.
    pub text: String,
    /// Parameters that the text softens (原则上).
    pub in_principle: Vec<String>,
    /// The role that may go past them, by a recorded decision.
    pub exceed_by: Option<String>,
    /// Ids of interpretations and known conflicts that a decision must show with it.
    pub interpretations: Vec<String>,
    /// The caller's mark of the place of definition.
    pub tag: u32,
}

/// What holds for the whole ruleset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first day in force.
    pub from: Date,
    /// The last day in force.
    pub until: Date,
    /// How products of money are rounded.
    pub round: RoundTo,
}

/// A parameter together with the member of its table, when it is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ParamAt {
    /// The parameter.
    pub param: ParamId,
    /// The member of its table.
    pub member: Option<(EnumId, u16)>,
}
