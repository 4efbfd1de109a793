//! Booked funds as a table: what may be spent, what has arrived, what is promised, what was paid; by fund, side and year.

use super::overheads::OverheadShare;
use crate::command::Failure;
use crate::view::Viewer;
use crate::view::money::add;
use crate::writer::App;
use domain::Reason;
use domain::source::WHOLE;
use kernel::Money;
use policy::pack::{Pack, SpendingKind, Words};
use std::collections::BTreeMap;

/// Money in its states. Budget = quota + allotted + held + spent + overheads; cash received = pool + clearing + what payees
/// have. The money of overheads stands apart: what is given to projects is that of projects only.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// May be spent: registered less cut.
    pub budget: Money,
    /// Cash that arrived.
    pub received: Money,
    /// Of the cash: still in the pool.
    pub pool: Money,
    /// Of the cash: with the bank on its way.
    pub clearing: Money,
    /// Of the budget: given to no project.
    pub quota: Money,
    /// Of the budget: given to projects and free.
    pub allotted: Money,
    /// Of the budget: held by approved claims.
    pub held: Money,
    /// Of the budget: paid and not recovered.
    pub spent: Money,
    /// Of the budget: given to overheads and not paid.
    pub overhead_open: Money,
    /// Of the budget: paid for overheads and not recovered.
    pub overhead_spent: Money,
}

impl Figures {
    /// What is promised and not paid.
    pub fn committed(&self) -> Money {
        add(self.allotted, self.held)
    }

    /// What overheads take, paid or not.
    pub fn overheads(&self) -> Money {
        add(self.overhead_open, self.overhead_spent)
    }

    /// Budget whose cash has not arrived.
    pub fn awaited(&self) -> Money {
        self.budget.checked_sub(self.received).unwrap_or(Money::ZERO)
    }

    /// Whether the states add up to the budget.
    pub fn balances(&self) -> bool {
        Money::sum([self.quota, self.allotted, self.held, self.spent, self.overheads()]) == Some(self.budget)
    }

    fn plus(&mut self, other: &Figures) {
        let sum = |a: &mut Money, b: Money| *a = add(*a, b);
        sum(&mut self.budget, other.budget);
        sum(&mut self.received, other.received);
        sum(&mut self.pool, other.pool);
        sum(&mut self.clearing, other.clearing);
        sum(&mut self.quota, other.quota);
        sum(&mut self.allotted, other.allotted);
        sum(&mut self.held, other.held);
        sum(&mut self.spent, other.spent);
        sum(&mut self.overhead_open, other.overhead_open);
        sum(&mut self.overhead_spent, other.overhead_spent);
    }
}

/// One fund, side and budget year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FundLine {
    /// The fund.
    pub fund: String,
    /// Its name.
    pub fund_name: Words,
    /// The side; `all` where the fund is not split.
    pub side: String,
    /// Its name; empty where the fund is not split.
    pub side_name: Words,
    /// The budget year of the sources.
    pub year: i16,
    /// The figures.
    pub figures: Figures,
}

/// A booked fund in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FundSaid {
    /// Id.
    pub fund: String,
    /// Its name.
    pub name: Words,
    /// The article.
    pub cite: String,
    /// Its sides with their names; empty where it is not split.
    pub sides: Vec<(String, Words)>,
    /// Money of places: allocation lines name the place.
    pub pooled: bool,
    /// All its years and sides together.
    pub figures: Figures,
}

/// The table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FundTable {
    /// The booked funds, in the order of the pack, also those without money.
    pub funds: Vec<FundSaid>,
    /// By fund, side, year.
    pub lines: Vec<FundLine>,
    /// The sum of each year, oldest first.
    pub years: Vec<(i16, Figures)>,
    /// The sum of all.
    pub all: Figures,
    /// What overheads take of each year's money, where there are any.
    pub overheads: Vec<OverheadShare>,
    /// Whether the pack knows overheads at all.
    pub has_overheads: bool,
}

/// The name of a fund.
pub fn fund_name(pack: &Pack, fund: &str) -> Words {
    pack.funds.get(fund).map_or_else(|| Words::new(fund, fund), |fund| fund.name.clone())
}

/// The name of a side of a fund; empty where the fund is not split.
pub fn side_name(pack: &Pack, fund: &str, side: &str) -> Words {
    if side == WHOLE {
        return Words::default();
    }
    let split = pack.funds.get(fund).and_then(|fund| pack.split_of(fund));
    split.and_then(|split| split.side(side)).map_or_else(|| Words::new(side, side), |side| side.name.clone())
}

/// The name of a kind of money.
pub fn kind_name(pack: &Pack, kind: &str) -> Words {
    pack.sources.get(kind).map_or_else(|| Words::new(kind, kind), |kind| kind.name.clone())
}

/// The name of a use.
pub fn spending_name(pack: &Pack, spending: &str) -> Words {
    pack.spendings.get(spending).map_or_else(|| Words::new(spending, spending), |s| s.name.clone())
}

pub(crate) fn sees_money(viewer: &Viewer) -> Result<(), Failure> {
    use crate::access::Right;
    let rights = [Right::SeeMoney, Right::ManageMoney, Right::Allocate, Right::Settle];
    if rights.into_iter().any(|right| viewer.may(right)) {
        return Ok(());
    }
    Err(Reason::NotFound { what: "资金".into() }.into())
}

/// Fund, side, budget year of the source.
pub(super) type Key = (String, String, i16);

impl App {
    /// The table of booked funds; of one budget year or all.
    pub fn fund_table(&self, viewer: &Viewer, year: Option<i16>) -> Result<FundTable, Failure> {
        sees_money(viewer)?;
        let pack = &viewer.pack;
        let mut sums = self.fund_sums(pack)?;
        sums.retain(|(_, _, of), _| year.is_none_or(|wanted| wanted == *of));
        Ok(table(pack, sums))
    }

    /// The figures of every fund, side and budget year.
    pub(super) fn fund_sums(&self, pack: &Pack) -> Result<BTreeMap<Key, Figures>, Failure> {
        let mut sums: BTreeMap<Key, Figures> = BTreeMap::new();
        for row in self.reads.source_sums(&pack.id)? {
            let figures = sums.entry((row.fund, row.side, row.year)).or_default();
            figures.budget = add(figures.budget, row.budget);
            figures.received = add(figures.received, row.received);
        }
        for (kind, project, pick) in STATES {
            let rows = if *project {
                self.reads.held_by_projects(&pack.id, kind)?
            } else {
                self.reads.held_by_lots(&pack.id, kind)?
            };
            for row in rows {
                let pick = if pack.is_overhead(&row.spending) { overhead(kind, *pick) } else { *pick };
                let amount = pick(sums.entry((row.fund, row.side, row.year)).or_default());
                *amount = add(*amount, row.amount);
            }
        }
        Ok(sums)
    }
}

type Pick = fn(&mut Figures) -> &mut Money;

/// The kinds of account, whether projects hold them, and the figure that they are.
const STATES: &[(&str, bool, Pick)] = &[
    ("quota", false, |f| &mut f.quota),
    ("pool", false, |f| &mut f.pool),
    ("allotted", true, |f| &mut f.allotted),
    ("held", true, |f| &mut f.held),
    ("clearing", true, |f| &mut f.clearing),
    ("spent", true, |f| &mut f.spent),
];

/// The figure that an account of an overhead is: its permission stands apart, its cash is on its way as any other.
fn overhead(kind: &str, pick: Pick) -> Pick {
    match kind {
        "allotted" | "held" => |f| &mut f.overhead_open,
        "spent" => |f| &mut f.overhead_spent,
        _ => pick,
    }
}

fn table(pack: &Pack, sums: BTreeMap<Key, Figures>) -> FundTable {
    let mut all = Figures::default();
    let mut years: BTreeMap<i16, Figures> = BTreeMap::new();
    let mut by_fund: BTreeMap<String, Figures> = BTreeMap::new();
    for ((fund, _, year), figures) in &sums {
        all.plus(figures);
        years.entry(*year).or_default().plus(figures);
        by_fund.entry(fund.clone()).or_default().plus(figures);
    }
    let overheads = super::overheads::shares(pack, &sums, &BTreeMap::new());
    let booked = pack.funds.iter().filter(|fund| fund.booked());
    let funds = booked.map(|fund| FundSaid {
        fund: fund.id.clone(),
        name: fund.name.clone(),
        cite: fund.cite.to_string(),
        sides: pack.split_of(fund).map_or_else(Vec::new, |split| {
            split.sides.iter().map(|side| (side.id.clone(), side.name.clone())).collect()
        }),
        pooled: fund.pooled,
        figures: by_fund.get(&fund.id).copied().unwrap_or_default(),
    });
    let mut lines: Vec<FundLine> = sums
        .into_iter()
        .map(|((fund, side, year), figures)| FundLine {
            fund_name: fund_name(pack, &fund),
            side_name: side_name(pack, &fund, &side),
            fund,
            side,
            year,
            figures,
        })
        .collect();
    lines.sort_by_key(|line| (pack.funds.position(&line.fund), line.year, side_place(pack, line)));
    FundTable {
        funds: funds.collect(),
        lines,
        years: years.into_iter().collect(),
        all,
        overheads,
        has_overheads: pack.spendings.iter().any(|spending| spending.kind == SpendingKind::Overhead),
    }
}

/// The place of a line's side in the order of the split.
fn side_place(pack: &Pack, line: &FundLine) -> Option<usize> {
    let split = pack.funds.get(&line.fund).and_then(|fund| pack.split_of(fund))?;
    split.sides.iter().position(|side| side.id == line.side)
}
