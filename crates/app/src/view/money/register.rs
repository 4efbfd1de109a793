//! What a new source may be: the kinds of money that a fund takes, those that it does not take and why, and how an amount is
//! divided between the sides before it is booked.

use super::funds::{fund_name, sees_money};
use super::opening::booked_funds;
use crate::access::Right;
use crate::command::Failure;
use crate::view::Viewer;
use crate::writer::App;
use domain::posting::booked::ceiling_account;
use domain::source::divide;
use domain::{Reason, Stream};
use kernel::Money;
use kernel::id::SourceId;
use policy::pack::{Fund, GovLevel, Pack, SourceKind, Words};
use policy::procedure::{Act, Subject};
use std::collections::BTreeMap;

/// A kind of money that a fund takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindChoice {
    /// Id.
    pub id: String,
    /// Name.
    pub name: Words,
    /// The article.
    pub cite: String,
    /// The levels of government that give it; empty: any.
    pub levels: Vec<GovLevel>,
}

/// A kind of money that a fund does not take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindRefused {
    /// Name.
    pub name: Words,
    /// The article.
    pub cite: String,
    /// Why no fund takes it; empty: only this fund does not.
    pub why: Words,
}

/// What may be registered into one fund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FundTakes {
    /// The fund.
    pub fund: String,
    /// Its name.
    pub name: Words,
    /// The article.
    pub cite: String,
    /// The years of which it has money; those around now where the pack names none.
    pub years: Vec<i16>,
    /// Its ceiling and what that leaves.
    pub ceiling: Option<(Money, Money)>,
    /// How it is divided: the name of the split and its article.
    pub split: Option<(Words, String)>,
    /// What it takes.
    pub takes: Vec<KindChoice>,
    /// What it does not take.
    pub refuses: Vec<KindRefused>,
}

/// A part of an amount for one side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SidePart {
    /// The side's name.
    pub side: Words,
    /// How much.
    pub amount: Money,
    /// It gets the fen that do not divide.
    pub odd: bool,
}

impl App {
    /// The booked funds into which the viewer books, with what each takes, in the order of the pack.
    pub fn registrable(&self, viewer: &Viewer) -> Result<Vec<FundTakes>, Failure> {
        sees_money(viewer)?;
        let pack = &viewer.pack;
        let booked = pack.funds.iter().filter(|fund| fund.booked() && books(viewer, &fund.id));
        booked.map(|fund| self.takes(pack, fund)).collect()
    }

    fn takes(&self, pack: &Pack, fund: &Fund) -> Result<FundTakes, Failure> {
        let ceiling = match fund.ceiling {
            Some(ceiling) => {
                let path = ceiling_account(&pack.id, &fund.id);
                let found = self.reads.balances(&path)?.into_iter().find(|(account, _)| *account == path);
                Some((ceiling, found.map_or(ceiling, |(_, left)| left)))
            }
            None => None,
        };
        let choice_of = booked_funds(pack, self.today().year()).into_iter().find(|one| one.id == fund.id);
        let taken = |kind: &&SourceKind| kind.refused.is_none() && fund.sources.contains(&kind.id);
        let (takes, refuses): (Vec<&SourceKind>, Vec<&SourceKind>) = pack.sources.iter().partition(taken);
        Ok(FundTakes {
            fund: fund.id.clone(),
            name: fund_name(pack, &fund.id),
            cite: fund.cite.to_string(),
            years: choice_of.map_or_else(Vec::new, |choice| choice.years),
            ceiling,
            split: pack.split_of(fund).map(|split| (split.name.clone(), split.cite.to_string())),
            takes: takes.into_iter().map(choice).collect(),
            refuses: refuses.into_iter().map(|kind| refused(fund, kind)).collect(),
        })
    }

    /// How a budget of this fund would be divided; empty where the fund is not split.
    pub fn budget_parts(&self, viewer: &Viewer, fund: &str, amount: Money) -> Vec<SidePart> {
        parts(&viewer.pack, fund, amount, amount, &BTreeMap::new())
    }

    /// How the next arrival of cash of a source would be divided, with all that arrived before; empty where its fund is not
    /// split.
    pub fn cash_parts(&self, viewer: &Viewer, id: SourceId, amount: Money) -> Result<Vec<SidePart>, Failure> {
        sees_money(viewer)?;
        let acts = self.reads.stream(&Stream::Source(id).key())?;
        let found = crate::history::source(&acts)?.filter(|source| source.pack == viewer.pack.id);
        let source = found.ok_or_else(|| Failure::from(Reason::NotFound { what: "资金来源".into() }))?;
        let whole = source.received.checked_add(amount).unwrap_or(Money::MAX);
        Ok(parts(&viewer.pack, &source.fund, whole, amount, &source.received_parts))
    }
}

/// Whether the viewer's role books what a fund gets.
pub(super) fn books(viewer: &Viewer, fund: &str) -> bool {
    let mut steps =
        viewer.pack.steps.iter().filter(|step| (step.on, step.act) == (Subject::Source, Act::Receive));
    viewer.may(Right::ManageMoney) && steps.any(|step| step.by == viewer.role && step.holds_for(fund))
}

fn choice(kind: &SourceKind) -> KindChoice {
    KindChoice {
        id: kind.id.clone(),
        name: kind.name.clone(),
        cite: kind.cite.to_string(),
        levels: kind.levels.clone(),
    }
}

/// A kind that no fund takes stands under its own article, one that only this fund does not take under the fund's.
fn refused(fund: &Fund, kind: &SourceKind) -> KindRefused {
    let cite = if kind.refused.is_some() { &kind.cite } else { &fund.cite };
    KindRefused {
        name: kind.name.clone(),
        cite: cite.to_string(),
        why: kind.refused.clone().unwrap_or_default(),
    }
}

fn parts(
    pack: &Pack,
    fund: &str,
    whole: Money,
    amount: Money,
    before: &BTreeMap<String, Money>,
) -> Vec<SidePart> {
    let Some(split) = pack.funds.get(fund).and_then(|fund| pack.split_of(fund)) else { return Vec::new() };
    let divided = divide(Some(split), whole, amount, before);
    let part = |id: &str| divided.iter().find(|part| part.side == id).map_or(Money::ZERO, |part| part.amount);
    let sides = split.sides.iter();
    sides.map(|side| SidePart { side: side.name.clone(), amount: part(&side.id), odd: side.odd }).collect()
}
