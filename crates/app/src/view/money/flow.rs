//! The flow of money as nodes and links, from channels through funds to uses and states; and what was paid a month.

use super::funds::{fund_name, kind_name, sees_money, side_name, spending_name};
use crate::command::Failure;
use crate::rows::HeldRow;
use crate::view::Viewer;
use crate::view::money::add;
use crate::writer::App;
use kernel::Money;
use policy::pack::{Pack, SpendingKind, Words};
use std::collections::BTreeMap;

/// What a node stands for; its rows are found by this.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum NodeKey {
    /// A kind of money: its sources.
    Channel(String),
    /// A fund: its sources and projects.
    Fund(String),
    /// One side of a split fund: fund and side.
    Side(String, String),
    /// A use: its projects.
    Spending(String),
    /// An overhead: what is paid for as it arises, and no project.
    Overhead(String),
    /// Given to no project, of the present budget year.
    Unallotted,
    /// Given to no project, of earlier budget years.
    UnallottedBefore,
    /// Given to projects, not paid, of the present budget year.
    Committed,
    /// Given to projects, not paid, of earlier budget years.
    CommittedBefore,
    /// Paid.
    Paid,
    /// Given to overheads, not paid.
    OverheadOpen,
    /// Paid for overheads.
    OverheadPaid,
}

/// One node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlowNode {
    /// What it stands for.
    pub key: NodeKey,
    /// Its name.
    pub name: Words,
    /// Its column, from 0: channels, funds, uses, states.
    pub column: usize,
    /// How much flows through it.
    pub amount: Money,
}

/// One link, by the places of its nodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlowLink {
    /// From which node.
    pub from: usize,
    /// To which node.
    pub to: usize,
    /// How much.
    pub amount: Money,
}

/// The picture. Amounts are budget: what may be spent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flow {
    /// The nodes, column by column.
    pub nodes: Vec<FlowNode>,
    /// The links.
    pub links: Vec<FlowLink>,
}

/// What was paid in one month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaidMonth {
    /// Year and month.
    pub month: (i16, i8),
    /// By fund, in the order of the pack; overheads are not among it.
    pub funds: Vec<(String, Words, Money)>,
    /// For overheads.
    pub overheads: Money,
    /// In all.
    pub total: Money,
    /// How many payments.
    pub payments: i64,
}

type Links = BTreeMap<(NodeKey, NodeKey), Money>;

fn link(links: &mut Links, from: NodeKey, to: NodeKey, amount: Money) {
    let sum = links.entry((from, to)).or_default();
    *sum = add(*sum, amount);
}

impl App {
    /// The flow of a fund and a budget year, or of all.
    pub fn money_flow(
        &self,
        viewer: &Viewer,
        fund: Option<&str>,
        year: Option<i16>,
    ) -> Result<Flow, Failure> {
        sees_money(viewer)?;
        let pack = &viewer.pack;
        let wanted = |row: &HeldRow| {
            fund.is_none_or(|fund| fund == row.fund) && year.is_none_or(|year| year == row.year)
        };
        let now = self.today().year();
        let mut links = Links::new();
        for row in self.reads.held_by_lots(&pack.id, "quota")?.into_iter().filter(&wanted) {
            let of = holder(pack, &row);
            let state = if row.year < now { NodeKey::UnallottedBefore } else { NodeKey::Unallotted };
            link(&mut links, NodeKey::Channel(row.kind), of.clone(), row.amount);
            link(&mut links, of, state, row.amount);
        }
        for kind in ["allotted", "held", "spent"] {
            for row in self.reads.held_by_projects(&pack.id, kind)?.into_iter().filter(&wanted) {
                let of = holder(pack, &row);
                let overhead = pack.is_overhead(&row.spending);
                let state = match kind {
                    "spent" if overhead => NodeKey::OverheadPaid,
                    _ if overhead => NodeKey::OverheadOpen,
                    "spent" => NodeKey::Paid,
                    _ if row.year < now => NodeKey::CommittedBefore,
                    _ => NodeKey::Committed,
                };
                let spending =
                    if overhead { NodeKey::Overhead(row.spending) } else { NodeKey::Spending(row.spending) };
                link(&mut links, NodeKey::Channel(row.kind), of.clone(), row.amount);
                link(&mut links, of, spending.clone(), row.amount);
                link(&mut links, spending, state, row.amount);
            }
        }
        Ok(drawn(pack, &links))
    }

    /// What was paid a month, oldest first, months without payment included.
    pub fn paid_months(&self, viewer: &Viewer, fund: Option<&str>) -> Result<Vec<PaidMonth>, Failure> {
        sees_money(viewer)?;
        let pack = &viewer.pack;
        let overheads = self.overheads_paid(pack)?;
        let mut months: BTreeMap<(i16, i8), PaidMonth> = BTreeMap::new();
        for row in self.reads.paid_months(&pack.id)? {
            let Some(month) = month_of(&row.month) else { continue };
            if fund.is_some_and(|fund| fund != row.fund) {
                continue;
            }
            let of = months.entry(month).or_insert_with(|| empty(month));
            of.total = add(of.total, row.amount);
            of.payments += row.payments;
            let of_overheads = overheads.get(&(row.month, row.fund.clone())).copied().unwrap_or_default();
            of.overheads = add(of.overheads, of_overheads);
            let rest = row.amount.checked_sub(of_overheads).unwrap_or(Money::ZERO);
            if !rest.is_zero() || of_overheads.is_zero() {
                of.funds.push((row.fund.clone(), fund_name(pack, &row.fund), rest));
            }
        }
        let (Some(first), Some(last)) = (months.keys().next().copied(), months.keys().last().copied()) else {
            return Ok(Vec::new());
        };
        let mut all = Vec::new();
        let mut month = first;
        while month <= last {
            let mut of = months.remove(&month).unwrap_or_else(|| empty(month));
            of.funds.sort_by_key(|(fund, ..)| pack.funds.position(fund));
            all.push(of);
            month = if month.1 == 12 { (month.0 + 1, 1) } else { (month.0, month.1 + 1) };
        }
        Ok(all)
    }

    /// What was paid for overheads, by month and fund.
    fn overheads_paid(&self, pack: &Pack) -> Result<BTreeMap<(String, String), Money>, Failure> {
        let mut paid = BTreeMap::new();
        for spending in pack.spendings.iter().filter(|spending| spending.kind == SpendingKind::Overhead) {
            for row in self.reads.paid_months_for(&pack.id, &spending.id)? {
                let sum = paid.entry((row.month, row.fund)).or_insert(Money::ZERO);
                *sum = add(*sum, row.amount);
            }
        }
        Ok(paid)
    }
}

/// Who holds money of a row: the fund, or its side where it is split.
fn holder(pack: &Pack, row: &HeldRow) -> NodeKey {
    let split = pack.funds.get(&row.fund).and_then(|fund| pack.split_of(fund));
    match split {
        Some(_) => NodeKey::Side(row.fund.clone(), row.side.clone()),
        None => NodeKey::Fund(row.fund.clone()),
    }
}

fn empty(month: (i16, i8)) -> PaidMonth {
    PaidMonth { month, funds: Vec::new(), overheads: Money::ZERO, total: Money::ZERO, payments: 0 }
}

fn month_of(text: &str) -> Option<(i16, i8)> {
    let (year, month) = text.split_once('-')?;
    Some((year.parse().ok()?, month.parse().ok()?))
}

fn drawn(pack: &Pack, links: &Links) -> Flow {
    let mut through: BTreeMap<NodeKey, (Money, Money)> = BTreeMap::new();
    for ((from, to), amount) in links {
        let out = &mut through.entry(from.clone()).or_default().1;
        *out = add(*out, *amount);
        let into = &mut through.entry(to.clone()).or_default().0;
        *into = add(*into, *amount);
    }
    let mut nodes: Vec<FlowNode> = through
        .into_iter()
        .map(|(key, (into, out))| FlowNode {
            name: name(pack, &key),
            column: column(&key),
            amount: into.max(out),
            key,
        })
        .collect();
    nodes.sort_by_key(|node| (node.column, order(pack, &node.key)));
    let place = |key: &NodeKey| nodes.iter().position(|node| node.key == *key);
    let links = links
        .iter()
        .filter_map(|((from, to), amount)| {
            Some(FlowLink { from: place(from)?, to: place(to)?, amount: *amount })
        })
        .collect();
    Flow { nodes, links }
}

fn column(key: &NodeKey) -> usize {
    match key {
        NodeKey::Channel(_) => 0,
        NodeKey::Fund(_) | NodeKey::Side(..) => 1,
        NodeKey::Spending(_) | NodeKey::Overhead(_) => 2,
        NodeKey::Unallotted
        | NodeKey::UnallottedBefore
        | NodeKey::Committed
        | NodeKey::CommittedBefore
        | NodeKey::Paid
        | NodeKey::OverheadOpen
        | NodeKey::OverheadPaid => 3,
    }
}

fn order(pack: &Pack, key: &NodeKey) -> (usize, usize) {
    let place = match key {
        NodeKey::Channel(kind) => pack.sources.position(kind),
        NodeKey::Fund(fund) | NodeKey::Side(fund, _) => pack.funds.position(fund),
        NodeKey::Spending(spending) => pack.spendings.position(spending),
        // After all projects.
        NodeKey::Overhead(spending) => {
            pack.spendings.position(spending).map(|at| pack.spendings.iter().count() + at)
        }
        NodeKey::Paid => Some(0),
        NodeKey::Committed => Some(1),
        NodeKey::CommittedBefore => Some(2),
        NodeKey::OverheadPaid => Some(3),
        NodeKey::OverheadOpen => Some(4),
        NodeKey::Unallotted => Some(5),
        NodeKey::UnallottedBefore => Some(6),
    };
    let side = match key {
        NodeKey::Side(fund, side) => {
            let split = pack.funds.get(fund).and_then(|fund| pack.split_of(fund));
            split.and_then(|split| split.sides.iter().position(|one| one.id == *side))
        }
        _ => None,
    };
    (place.unwrap_or(usize::MAX), side.unwrap_or(0))
}

fn name(pack: &Pack, key: &NodeKey) -> Words {
    match key {
        NodeKey::Channel(kind) => kind_name(pack, kind),
        NodeKey::Fund(fund) => fund_name(pack, fund),
        NodeKey::Side(fund, side) => {
            let (fund, side) = (fund_name(pack, fund), side_name(pack, fund, side));
            Words::new(format!("{} · {}", fund.zh, side.zh), format!("{} · {}", fund.en, side.en))
        }
        NodeKey::Spending(spending) | NodeKey::Overhead(spending) => spending_name(pack, spending),
        NodeKey::Unallotted => Words::new("待分配", "not allotted"),
        NodeKey::UnallottedBefore => Words::new("以前年度待分配", "not allotted, of earlier years"),
        NodeKey::Committed => Words::new("已分配未支付", "allotted, not paid"),
        NodeKey::CommittedBefore => Words::new("以前年度未支付", "allotted, not paid, of earlier years"),
        NodeKey::Paid => Words::new("已支付", "paid"),
        NodeKey::OverheadOpen => Words::new("工作经费未支付", "overheads, not paid"),
        NodeKey::OverheadPaid => Words::new("工作经费已支付", "overheads, paid"),
    }
}
