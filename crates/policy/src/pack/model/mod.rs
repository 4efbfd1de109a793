//! A checked pack, as data: what a regulation became after loading found no fault in it.
//!
//! Everything here is plain data that was already checked: names resolve, articles exist, expressions have types, deadlines
//! can be read, steps are reachable. It holds no text positions but the source range of each element, for the page that
//! shows article and rule side by side. It does not load (see `load`), evaluate (see `ruleset`) or draw anything.

mod conduct;
mod form;
mod ids;
mod money;
mod ruling;

use std::ops::Range;

use kernel::Date;

pub use crate::lang::Bilingual as Words;
use crate::lang::{Env, RoundTo};
use crate::procedure::{Letter, Procedure, Step};
use crate::register::Register;
use crate::ruleset::Ruleset;

pub use conduct::*;
pub use form::*;
pub use ids::*;
pub use money::*;
pub use ruling::*;

/// An ASCII identifier of the pack: of a role, a fact, a step, … Unique among its kind within one pack.
pub type Id = String;

/// One edition of a regulation, checked.
#[derive(Clone, Debug)]
pub struct Pack {
    /// `tianjin`
    pub id: Id,
    /// `2019`
    pub edition: String,
    /// Full title.
    pub title: Words,
    /// SHA-256 of the pack's text, lower-case hexadecimal.
    pub hash: String,
    /// When the edition is in force.
    pub in_force: InForce,
    /// Who issued it.
    pub issued_by: Words,
    /// Which step's date picks edition and parameter versions.
    pub dated_by: Id,
    /// How products of money are rounded.
    pub round: RoundTo,
    /// Why they are rounded so.
    pub round_why: String,
    /// Every article and annex in order.
    pub articles: Vec<Article>,
    /// Who acts.
    pub roles: Catalog<Role>,
    /// Organisations that the regulation itself names.
    pub orgs: Catalog<Org>,
    /// Closed lists.
    pub enums: Catalog<EnumDef>,
    /// Units of counting that the language does not know by itself.
    pub units: Catalog<Unit>,
    /// What is asked about a case.
    pub facts: Catalog<Fact>,
    /// Values that the regulation or a yearly decision sets.
    pub params: Catalog<Param>,
    /// Conditions and preferences.
    pub rules: Catalog<Rule>,
    /// The amount.
    pub grant: Option<Grant>,
    /// The same rules and grant, ready to decide.
    pub ruleset: Ruleset,
    /// Names and types of facts, parameters, enums: what a `when` of the pack may speak of.
    pub env: Env,
    /// Papers to be handed in.
    pub papers: Catalog<Paper>,
    /// Permitted and prohibited uses.
    pub uses: Catalog<Use>,
    /// Kinds of money.
    pub sources: Catalog<SourceKind>,
    /// Divisions of money between sides.
    pub splits: Catalog<Split>,
    /// Funds.
    pub funds: Catalog<Fund>,
    /// Directions of spending.
    pub spendings: Catalog<Spending>,
    /// Papers that prove a payment.
    pub vouchers: Catalog<Voucher>,
    /// Papers that must be on file before money moves.
    pub demands: Catalog<Demand>,
    /// Ways to compute an allocation.
    pub distributions: Catalog<Distribution>,
    /// Forms.
    pub forms: Catalog<Form>,
    /// Lists of people that tables of forms are compared with.
    pub rosters: Catalog<Roster>,
    /// Line-by-line counts.
    pub tallies: Catalog<Tally>,
    /// Procedures.
    pub procedures: Catalog<Procedure>,
    /// Steps of all procedures.
    pub steps: Catalog<Step>,
    /// Named ways through the procedures, stage by stage.
    pub courses: Catalog<Course>,
    /// Public notices.
    pub notices: Catalog<Notice>,
    /// Official letters.
    pub letters: Catalog<Letter>,
    /// Registers.
    pub registers: Catalog<Register>,
    /// Duties that outlive the case.
    pub duties: Catalog<Duty>,
    /// Readings and recorded conflicts.
    pub interpretations: Catalog<Interpretation>,
    /// What an office may harden.
    pub settings: Catalog<Setting>,
    /// Cases that travel with the pack; all of them passed.
    pub cases: Catalog<Case>,
    /// What the regulation demands of the program, and where that is; no elements themselves.
    pub clauses: Catalog<Clause>,
    /// Where each element stands, in the order of the text.
    pub elements: Vec<Element>,
    /// The text itself.
    pub source: Source,
}

/// The text of a pack and the name that diagnostics call it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// `tianjin/2019.md`
    pub name: String,
    /// The Markdown text.
    pub text: String,
}

/// First and last day in force, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InForce {
    /// First day.
    pub from: Date,
    /// Last day; open when the edition has no end.
    pub until: Option<Date>,
}

impl InForce {
    /// Whether this day is inside.
    pub fn covers(&self, day: Date) -> bool {
        day >= self.from && self.until.is_none_or(|until| day <= until)
    }
}

/// One article or annex: heading, our own words, and what it declares when it computes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// Its number.
    pub id: ArticleId,
    /// Heading without the number: 资助对象.
    pub heading: String,
    /// Chapter heading above it, as printed, if any.
    pub chapter: Option<String>,
    /// Our plain words, Markdown without the code blocks.
    pub summary: String,
    /// Numbers of the items that the words list.
    pub items: Vec<u16>,
    /// Why it computes nothing.
    pub declares: Option<String>,
    /// Line of the heading, from 1.
    pub line: usize,
    /// The fenced blocks, in the pack's text.
    pub blocks: Vec<Range<usize>>,
}

/// What kind of thing an element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ElementKind {
    /// The pack itself: edition, time in force.
    Pack,
    /// A role.
    Role,
    /// A named organisation.
    Org,
    /// A closed list.
    Enum,
    /// A unit of counting.
    Unit,
    /// A fact.
    Fact,
    /// A parameter.
    Param,
    /// A condition or preference.
    Rule,
    /// The amount.
    Grant,
    /// A paper.
    Paper,
    /// A use.
    Use,
    /// A kind of money.
    Source,
    /// A division of money between sides.
    Split,
    /// A fund.
    Fund,
    /// A direction of spending.
    Spending,
    /// A paper that proves a payment.
    Voucher,
    /// A paper that must be on file before money moves.
    Demand,
    /// A way to compute an allocation.
    Distribution,
    /// A form.
    Form,
    /// A list of people that tables of forms are compared with.
    Roster,
    /// A line-by-line count.
    Tally,
    /// A procedure.
    Procedure,
    /// A step.
    Step,
    /// A named way through the procedures.
    Course,
    /// A public notice.
    Notice,
    /// An official letter.
    Letter,
    /// A register.
    Register,
    /// A duty.
    Duty,
    /// An interpretation.
    Interpretation,
    /// A setting.
    Setting,
    /// An example case.
    Case,
    /// A clause.
    Clause,
}

impl ElementKind {
    /// What a kind of element is called.
    pub fn words(self) -> Words {
        let (zh, en) = match self {
            Self::Pack => ("政策包", "pack"),
            Self::Role => ("角色", "role"),
            Self::Org => ("单位", "organisation"),
            Self::Enum => ("类别", "enum"),
            Self::Unit => ("计数单位", "unit"),
            Self::Fact => ("事实", "fact"),
            Self::Param => ("标准", "parameter"),
            Self::Rule => ("规则", "rule"),
            Self::Grant => ("资助金额", "amount"),
            Self::Paper => ("材料", "paper"),
            Self::Use => ("用途", "use"),
            Self::Source => ("资金来源", "source"),
            Self::Split => ("资金划分", "split"),
            Self::Fund => ("资金", "fund"),
            Self::Spending => ("支出方向", "spending direction"),
            Self::Voucher => ("报账凭证", "voucher"),
            Self::Demand => ("资金前置文件", "demanded paper"),
            Self::Distribution => ("分配办法", "distribution"),
            Self::Form => ("表格", "form"),
            Self::Roster => ("人员名单", "list of people"),
            Self::Tally => ("逐笔统计", "tally"),
            Self::Procedure => ("程序", "procedure"),
            Self::Step => ("步骤", "step"),
            Self::Course => ("流程", "course"),
            Self::Notice => ("公示", "notice"),
            Self::Letter => ("公文", "letter"),
            Self::Register => ("台账", "register"),
            Self::Duty => ("义务", "duty"),
            Self::Interpretation => ("解释", "interpretation"),
            Self::Setting => ("设置", "setting"),
            Self::Case => ("案例", "case"),
            Self::Clause => ("条款", "clause"),
        };
        Words::new(zh, en)
    }
}

/// Where an element stands: its article, and its text in the pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// Kind.
    pub kind: ElementKind,
    /// Id within its kind.
    pub id: Id,
    /// Its name, for lists.
    pub name: Words,
    /// Article and item; `None` only before the first article.
    pub cite: Option<Cite>,
    /// Range of its definition in the pack's text.
    pub range: Range<usize>,
    /// Line of its definition, from 1.
    pub line: usize,
}
