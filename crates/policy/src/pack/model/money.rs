//! Money of a regulation: where it comes from, how it is divided, what it may be spent on, what proves a payment, which
//! papers must be on file before it moves, how an allocation may be computed. Kinds only: what is booked is the domain's.

use kernel::money::Money;
use kernel::ratio::Ratio;
use kernel::region::RegionCode;

use super::{Cite, EnumMember, Id, InForce, Pack, Setting, SettingValue, Words};
use crate::procedure::{Act, Procedure, Step, Subject};

macro_rules! words {
    (
        $(#[$about:meta])* $name:ident:
        $($(#[$doc:meta])* $variant:ident $id:literal $zh:literal $en:literal),+ $(,)?
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name { $($(#[$doc])* $variant),+ }

        impl $name {
            /// All of them with the words that packs write, in this order.
            pub const ALL: &'static [(&'static str, $name)] = &[$(($id, $name::$variant)),+];

            /// The word that packs write.
            pub fn id(self) -> &'static str {
                match self { $(Self::$variant => $id),+ }
            }

            /// What it is called.
            pub fn words(self) -> Words {
                match self { $(Self::$variant => Words::new($zh, $en)),+ }
            }
        }
    };
}

words! {
    /// Which level of government gives the money.
    GovLevel:
    /// Central.
    Central "central" "中央" "central",
    /// Province, autonomous region, municipality.
    Province "province" "省级" "province",
    /// Prefecture, city.
    Prefecture "prefecture" "市级" "prefecture",
    /// County, district.
    County "county" "县级" "county",
    /// Township, town.
    Township "township" "乡级" "township",
    /// Not of a government: society, enterprises.
    Other "other" "其他" "other",
}

words! {
    /// In which order the lots of a fund are used up.
    IssueOrder:
    /// Those registered first come first.
    Oldest "oldest" "先到先用" "oldest first",
    /// The lots that the allocation names.
    Named "named" "按指定来源" "the sources named",
    /// All of them in proportion.
    Proportional "proportional" "按比例" "in proportion",
}

words! {
    /// What a direction of spending is.
    SpendingKind:
    /// May be spent on.
    Permitted "permitted" "可以列支" "permitted",
    /// May not.
    Prohibited "prohibited" "不得列支" "prohibited",
    /// Costs of the work itself, as they arise: a line of its own in every report.
    Overhead "overhead" "据实列支的工作经费" "overhead, as it arises",
}

words! {
    /// What kind of paper proves a payment.
    VoucherKind:
    /// A bill with code and number; used once.
    Invoice "invoice" "发票" "invoice",
    /// A list of the people paid.
    List "list" "花名册" "list of payees",
    /// A transfer of an allotment to the unit itself; no bill.
    Transfer "transfer" "拨付单" "transfer order",
}

words! {
    /// What a demanded paper is filed for.
    DemandOf:
    /// Once for each project.
    Project "project" "每个项目" "each project",
    /// Once for each place whose money it is.
    Place "place" "每个资金所属地方" "each place whose money it is",
    /// Once for each unit that carries out projects.
    Unit "unit" "每个实施单位" "each implementing unit",
}

words! {
    /// Before what a demanded paper must be on file.
    Gate:
    /// Before money is allotted.
    Allot "allot" "分配之前" "before allotting",
    /// Before a claim is filed.
    Claim "claim" "报账之前" "before claiming",
    /// Before money is paid out.
    Pay "pay" "支付之前" "before paying",
}

words! {
    /// How an allocation is computed.
    Method:
    /// By weighted factors.
    Formula "formula" "因素法" "by factors",
    /// By the result of a competition.
    Competition "competition" "竞争性分配" "by competition",
}

/// A kind of money: the channel that it comes through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceKind {
    /// Id.
    pub id: Id,
    /// Name.
    pub name: Words,
    /// The levels of government that may give it.
    pub levels: Vec<GovLevel>,
    /// Why no fund of this pack takes it, if none may.
    pub refused: Option<Words>,
    /// Citation.
    pub cite: Cite,
}

/// One side of a split: who disposes of this share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// Id.
    pub id: Id,
    /// Name.
    pub name: Words,
    /// Its share.
    pub share: Ratio,
    /// It gets the fen that do not divide.
    pub odd: bool,
}

/// A division of money between sides. The shares sum to one and exactly one side is `odd`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// Id.
    pub id: Id,
    /// Name.
    pub name: Words,
    /// Its sides.
    pub sides: Vec<Side>,
    /// Citation.
    pub cite: Cite,
}

impl Split {
    /// The side of this id.
    pub fn side(&self, id: &str) -> Option<&Side> {
        self.sides.iter().find(|side| side.id == id)
    }
}

/// What a fund spends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spend {
    /// Grants to applicants.
    Grants,
    /// Fees of consultants.
    Fees,
}

/// A fund: with a ceiling that years are cut from, with sources that are booked into it, or with both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fund {
    /// Id.
    pub id: Id,
    /// Name.
    pub name: Words,
    /// The most that all years together may spend.
    pub ceiling: Option<Money>,
    /// Its years; empty: every year in which the edition is in force.
    pub years: Vec<i16>,
    /// What counts against the ceiling.
    pub spends: Vec<Spend>,
    /// Where the money comes from, in words.
    pub source: Option<Words>,
    /// The kinds of money that are booked into it; empty: it is not a booked fund.
    pub sources: Vec<Id>,
    /// How its money is divided between sides.
    pub split: Option<Id>,
    /// In which order its lots are used up.
    pub order: IssueOrder,
    /// The area that it is for.
    pub region: Option<RegionCode>,
    /// Its money belongs to places (villages): every line of an allocation names the place.
    pub pooled: bool,
    /// The setting that holds the percentage of a year's money above which its overheads are warned of.
    pub overhead_warn: Option<Id>,
    /// Citation.
    pub cite: Cite,
}

impl Fund {
    /// Whether money of sources is booked into it.
    pub fn booked(&self) -> bool {
        !self.sources.is_empty()
    }

    /// Whether it has money of this year.
    pub fn of_year(&self, year: i16, in_force: &InForce) -> bool {
        if self.years.is_empty() {
            return year >= in_force.from.year() && in_force.until.is_none_or(|until| year <= until.year());
        }
        self.years.contains(&year)
    }
}

/// A direction of spending: permitted, prohibited, or an overhead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spending {
    /// Id.
    pub id: Id,
    /// Name.
    pub name: Words,
    /// What it is.
    pub kind: SpendingKind,
    /// The funds that it holds for; empty: every booked fund.
    pub funds: Vec<Id>,
    /// The sides that it holds for; empty: every side.
    pub sides: Vec<Id>,
    /// Words that look like a prohibited use and hold an item for a person's decision.
    pub words: Vec<String>,
    /// Funds in which it is not prohibited after all.
    pub except: Vec<Id>,
    /// Citation.
    pub cite: Cite,
}

impl Spending {
    /// Whether it says anything about this side of this fund (`""` or `all` where the fund has no split).
    pub fn speaks_of(&self, fund: &str, side: &str) -> bool {
        let of_fund = self.funds.is_empty() || self.funds.iter().any(|id| id == fund);
        let of_side = self.sides.is_empty() || self.sides.iter().any(|id| id == side);
        of_fund && of_side && !self.except.iter().any(|id| id == fund)
    }

    /// Whether money of this side of this fund may be spent on it.
    pub fn allows(&self, fund: &str, side: &str) -> bool {
        self.kind != SpendingKind::Prohibited && self.speaks_of(fund, side)
    }

    /// The first of its words that stands in this text.
    pub fn word_in(&self, text: &str) -> Option<&str> {
        self.words.iter().find(|word| text.contains(word.as_str())).map(String::as_str)
    }
}

/// A kind of paper that proves a payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voucher {
    /// Id.
    pub id: Id,
    /// Name.
    pub name: Words,
    /// What kind.
    pub kind: VoucherKind,
    /// For a list: the only natures of budget lines that it supports.
    pub natures: Vec<EnumMember>,
    /// Papers must be attached.
    pub attachments: bool,
    /// Citation.
    pub cite: Cite,
}

impl Voucher {
    /// Whether it supports a budget line of this nature (`""`: ordinary).
    pub fn supports(&self, nature: &str) -> bool {
        self.kind != VoucherKind::List || self.natures.iter().any(|member| member.id == nature)
    }
}

/// A paper that must be on file before money moves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demand {
    /// Id.
    pub id: Id,
    /// Name.
    pub name: Words,
    /// What it is filed for.
    pub of: DemandOf,
    /// Before what.
    pub before: Gate,
    /// The funds that it holds for; empty: every booked fund.
    pub funds: Vec<Id>,
    /// Citation.
    pub cite: Cite,
}

impl Demand {
    /// Whether money of this fund needs it.
    pub fn holds_for(&self, fund: &str) -> bool {
        self.funds.is_empty() || self.funds.iter().any(|id| id == fund)
    }
}

/// One factor of an allocation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Factor {
    /// Id.
    pub id: Id,
    /// Name.
    pub name: Words,
    /// Its weight.
    pub weight: Ratio,
}

/// A grade of last year's evaluation, which multiplies the result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grade {
    /// Id.
    pub id: Id,
    /// Name.
    pub name: Words,
    /// By what the result is multiplied.
    pub factor: Ratio,
}

/// A way to compute an allocation. The weights of its factors sum to one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Distribution {
    /// Id.
    pub id: Id,
    /// Name.
    pub name: Words,
    /// How.
    pub method: Method,
    /// The factors; at least one for a formula.
    pub factors: Vec<Factor>,
    /// Grades of last year's evaluation.
    pub evaluation: Vec<Grade>,
    /// Where it is noted that a body's part of the next year is cut.
    pub deducts: Option<NotedShare>,
    /// Citation.
    pub cite: Cite,
}

/// A share that is noted in a step of cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotedShare {
    /// The step.
    pub step: Id,
    /// The outcome with which it counts; any passing one when `None`.
    pub outcome: Option<Id>,
    /// Its note, of the type `ratio`.
    pub note: Id,
}

impl Pack {
    /// Whether a use is an overhead: the money of its projects stands apart from that of projects in every report.
    pub fn is_overhead(&self, spending: &str) -> bool {
        self.spendings.get(spending).is_some_and(|spending| spending.kind == SpendingKind::Overhead)
    }

    /// Above which percentage of a year's money the overheads of a fund are warned of, with the setting that says so.
    pub fn overhead_warn(&self, fund: &Fund) -> Option<(i64, &Setting)> {
        let setting = self.settings.get(fund.overhead_warn.as_deref()?)?;
        match setting.value {
            SettingValue::Number(percent) => Some((percent, setting)),
            _ => None,
        }
    }

    /// The split of a fund.
    pub fn split_of(&self, fund: &Fund) -> Option<&Split> {
        self.splits.get(fund.split.as_deref()?)
    }

    /// The fund whose years are opened: the first with a ceiling that no money of sources is booked into. The ceiling of a
    /// booked fund limits its budgets, not years.
    pub fn capped_fund(&self) -> Option<(&Fund, Money)> {
        let mut unbooked = self.funds.iter().filter(|fund| !fund.booked());
        unbooked.find_map(|fund| fund.ceiling.map(|ceiling| (fund, ceiling)))
    }

    /// The procedure carried out on this subject; the money subjects have at most one.
    pub fn procedure_on(&self, subject: Subject) -> Option<&Procedure> {
        self.procedures.iter().find(|procedure| procedure.subject == subject)
    }

    /// The first step on this subject with this act.
    pub fn step_on(&self, subject: Subject, act: Act) -> Option<&Step> {
        self.steps.iter().find(|step| step.on == subject && step.act == act)
    }

    /// The first step on this subject with this act that holds for a fund.
    pub fn step_for(&self, subject: Subject, act: Act, fund: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.on == subject && step.act == act && step.holds_for(fund))
    }
}
