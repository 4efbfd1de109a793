//! The state of one project, with its money by source.

use super::event::{BudgetLine, Doubt, Event, Use};
use crate::actor::Hands;
use crate::case::{Meta, Paper};
use crate::lot::{self, BySource, Lot};
use kernel::id::{BatchId, CaseId, ClaimId, OrgId, ProjectId};
use kernel::region::RegionCode;
use kernel::{Date, Money};
use policy::pack::Id;
use std::collections::BTreeMap;

/// A doubt with what was decided about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubted {
    /// The doubt.
    pub doubt: Doubt,
    /// Allowed or not, the opinion, by whom, when; `None` while it is open.
    pub decided: Option<Ruling>,
}

/// The decision on a doubt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruling {
    /// Whether the use is allowed.
    pub allowed: bool,
    /// The opinion.
    pub opinion: String,
    /// Who decided.
    pub by: Option<Hands>,
    /// When.
    pub on: Date,
}

/// A contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contract {
    /// Its number as printed.
    pub number: String,
    /// The other party.
    pub party: String,
    /// Its account: a reference into the vault.
    pub account: Option<String>,
    /// Its bank.
    pub bank: String,
    /// The contract amount.
    pub amount: Money,
    /// What is held back of it until the end.
    pub retention: Money,
    /// The day it was signed.
    pub on: Date,
}

/// A demanded paper on file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiledPaper {
    /// The number or title of the paper.
    pub document: String,
    /// The day of the paper.
    pub on: Date,
    /// The files.
    pub papers: Vec<Paper>,
}

/// What an approved claim still holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hold {
    /// The money.
    pub lots: BySource,
    /// What it is for; kept while the claim lives, so that a freed claim gives its lines back.
    pub uses: Vec<Use>,
}

/// A payment on its way through the bank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnTheWay {
    /// The claim.
    pub claim: ClaimId,
    /// The payee.
    pub payee: String,
    /// The money.
    pub lots: Vec<Lot>,
}

/// The money of a project by source, as the ledger has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Purse {
    /// Given and free.
    pub allotted: BySource,
    /// Held by approved claims.
    pub held: BySource,
    /// Cash at the bank, not confirmed.
    pub clearing: BySource,
    /// Paid and not recovered.
    pub spent: BySource,
}

/// One project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// Its id.
    pub id: ProjectId,
    /// Its number.
    pub number: String,
    /// The pack.
    pub pack: String,
    /// Its edition.
    pub edition: String,
    /// The fund of the pack.
    pub fund: Id,
    /// The side of the split, or `all`.
    pub side: Id,
    /// The permitted use.
    pub spending: Id,
    /// Its name.
    pub name: String,
    /// Where it is.
    pub place: RegionCode,
    /// The village; empty when it is not one's.
    pub village: String,
    /// The unit that carries it out.
    pub unit: OrgId,
    /// The year of the plan.
    pub year: i16,
    /// How it is tied to poor households.
    pub link: String,
    /// How it works.
    pub mechanism: String,
    /// The case of the library that it comes from.
    pub case: Option<CaseId>,
    /// Other money that it draws in.
    pub levered: Money,
    /// Doubts in the order they arose.
    pub doubts: Vec<Doubted>,
    /// Budget lines.
    pub lines: Vec<BudgetLine>,
    /// Contracts.
    pub contracts: BTreeMap<i64, Contract>,
    /// Demanded papers on file.
    pub filed: BTreeMap<Id, FiledPaper>,
    /// Its money now.
    pub purse: Purse,
    /// Everything ever allotted, by the place whose money it is (empty where money is not pooled).
    pub allotted_by_place: BTreeMap<String, Money>,
    /// Approved on each budget line.
    pub used: BTreeMap<String, Money>,
    /// Approved for each payee.
    pub granted: BTreeMap<String, Money>,
    /// Claims that hold money.
    pub holds: BTreeMap<ClaimId, Hold>,
    /// Payments at the bank.
    pub on_the_way: BTreeMap<(BatchId, i64), OnTheWay>,
    /// Paid to each payee and not recovered, by source.
    pub paid: BTreeMap<String, BySource>,
    /// Recovered in all.
    pub recovered: Money,
    /// Given back when it was closed, and the day.
    pub closed: Option<(Date, Vec<Lot>)>,
    /// Who opened it.
    pub by: Option<Hands>,
}

impl Project {
    /// Folds one event; `None` before the opening.
    pub fn apply(state: Option<Project>, event: &Event, meta: &Meta) -> Option<Project> {
        if let Some(project) = opened(event, meta) {
            return Some(project);
        }
        let mut project = state?;
        project.fold_plan(event, meta);
        project.fold_money(event);
        Some(project)
    }

    fn fold_plan(&mut self, event: &Event, meta: &Meta) {
        match event {
            Event::Planned { lines, doubts } => {
                self.lines.clone_from(lines);
                self.doubts.extend(doubts.iter().map(undecided));
            }
            Event::Cleared { doubt, allowed, opinion } => {
                if let Some(doubted) = self.doubts.get_mut(*doubt as usize) {
                    doubted.decided = Some(Ruling {
                        allowed: *allowed,
                        opinion: opinion.clone(),
                        by: meta.hands(),
                        on: meta.on,
                    });
                }
            }
            Event::Contracted { contract, number, party, account, bank, amount, retention, on } => {
                let signed = Contract {
                    number: number.clone(),
                    party: party.clone(),
                    account: account.clone(),
                    bank: bank.clone(),
                    amount: *amount,
                    retention: *retention,
                    on: *on,
                };
                self.contracts.insert(*contract, signed);
            }
            Event::Filed { demand, document, on, papers } => {
                let paper = FiledPaper { document: document.clone(), on: *on, papers: papers.clone() };
                self.filed.insert(demand.clone(), paper);
            }
            _ => {}
        }
    }

    fn fold_money(&mut self, event: &Event) {
        match event {
            Event::Allotted { place, lots, .. } => {
                lot::add(&mut self.purse.allotted, lots);
                plus(&mut self.allotted_by_place, place, lot::sum(lots));
            }
            Event::Held { claim, lots, uses } => self.hold(*claim, lots, uses),
            Event::Freed { claim, lots, .. } => self.free(*claim, lots),
            Event::Issued { batch, line, claim, payee, lots } => {
                lot::add(&mut self.purse.clearing, lots);
                let on_the_way = OnTheWay { claim: *claim, payee: payee.clone(), lots: lots.clone() };
                self.on_the_way.insert((*batch, *line), on_the_way);
            }
            Event::Bounced { batch, line, lots, .. } => {
                lot::remove(&mut self.purse.clearing, lots);
                self.on_the_way.remove(&(*batch, *line));
            }
            Event::Paid { batch, line, claim, payee, lots, .. } => {
                lot::remove(&mut self.purse.clearing, lots);
                lot::remove(&mut self.purse.held, lots);
                lot::add(&mut self.purse.spent, lots);
                lot::add(self.paid.entry(payee.clone()).or_default(), lots);
                self.on_the_way.remove(&(*batch, *line));
                if let Some(hold) = self.holds.get_mut(claim) {
                    lot::remove(&mut hold.lots, lots);
                }
                self.holds.retain(|_, hold| !hold.lots.is_empty());
            }
            Event::Recovered { payee, lots, .. } => {
                lot::remove(&mut self.purse.spent, lots);
                if let Some(paid) = self.paid.get_mut(payee) {
                    lot::remove(paid, lots);
                }
                self.recovered = self.recovered.checked_add(lot::sum(lots)).unwrap_or(Money::MAX);
            }
            Event::Closed { lots, on, .. } => {
                lot::remove(&mut self.purse.allotted, lots);
                self.closed = Some((*on, lots.clone()));
            }
            _ => {}
        }
    }

    fn hold(&mut self, claim: ClaimId, lots: &[Lot], uses: &[Use]) {
        lot::remove(&mut self.purse.allotted, lots);
        lot::add(&mut self.purse.held, lots);
        for used in uses {
            plus(&mut self.used, &used.line, used.amount);
            plus(&mut self.granted, &used.payee, used.amount);
        }
        let hold = self.holds.entry(claim).or_default();
        lot::add(&mut hold.lots, lots);
        hold.uses.extend_from_slice(uses);
    }

    fn free(&mut self, claim: ClaimId, lots: &[Lot]) {
        lot::remove(&mut self.purse.held, lots);
        lot::add(&mut self.purse.allotted, lots);
        let Some(hold) = self.holds.remove(&claim) else { return };
        for used in &hold.uses {
            minus(&mut self.used, &used.line, used.amount);
            minus(&mut self.granted, &used.payee, used.amount);
        }
    }

    /// The doubts that still concern what the project says: the last one of each use and place, while its word stands there.
    fn standing_doubts(&self) -> Vec<(u32, &Doubted)> {
        let mut last: BTreeMap<(&str, &str), (u32, &Doubted)> = BTreeMap::new();
        for (number, doubted) in (0..).zip(&self.doubts) {
            let Doubt { spending, at, word } = &doubted.doubt;
            if self.text_at(at).contains(word) {
                last.insert((spending, at), (number, doubted));
            } else {
                last.remove(&(spending.as_str(), at.as_str()));
            }
        }
        last.into_values().collect()
    }

    /// Doubts that nobody decided, by their number.
    pub fn open_doubts(&self) -> Vec<(u32, &Doubt)> {
        let standing = self.standing_doubts().into_iter();
        let open = standing.filter(|(_, doubted)| doubted.decided.is_none());
        open.map(|(number, doubted)| (number, &doubted.doubt)).collect()
    }

    /// Doubts that were decided against the use.
    pub fn refused_doubts(&self) -> Vec<&Doubt> {
        let refused = |doubted: &Doubted| doubted.decided.as_ref().is_some_and(|ruling| !ruling.allowed);
        let standing = self.standing_doubts().into_iter();
        standing.filter(|(_, doubted)| refused(doubted)).map(|(_, doubted)| &doubted.doubt).collect()
    }

    /// The place under which its papers are on file, where no other is named: the village, else the region.
    pub fn home(&self) -> String {
        if self.village.is_empty() { self.place.to_string() } else { self.village.clone() }
    }

    /// The places whose money it was given.
    pub fn places(&self) -> Vec<String> {
        self.allotted_by_place.keys().filter(|place| !place.is_empty()).cloned().collect()
    }

    /// The text that a doubt points at; empty when the line is gone.
    pub fn text_at(&self, at: &str) -> &str {
        match at.strip_prefix("line:") {
            Some(key) => self.line(key).map_or("", |line| line.name.as_str()),
            None => &self.name,
        }
    }

    /// The budget line of this key.
    pub fn line(&self, key: &str) -> Option<&BudgetLine> {
        self.lines.iter().find(|line| line.key == key)
    }

    /// What is approved on a budget line.
    pub fn used_on(&self, line: &str) -> Money {
        self.used.get(line).copied().unwrap_or(Money::ZERO)
    }

    /// What is approved for a payee.
    pub fn granted_to(&self, payee: &str) -> Money {
        self.granted.get(payee).copied().unwrap_or(Money::ZERO)
    }

    /// What is free of the money given.
    pub fn allotted(&self) -> Money {
        total(&self.purse.allotted)
    }

    /// What was paid to a payee and not recovered.
    pub fn paid_to(&self, payee: &str) -> Money {
        self.paid.get(payee).map_or(Money::ZERO, total)
    }

    /// What was paid and not recovered.
    pub fn spent(&self) -> Money {
        total(&self.purse.spent)
    }
}

/// The sum over all sources.
pub fn total(by: &BySource) -> Money {
    Money::sum(by.values().copied()).unwrap_or(Money::MAX)
}

fn plus(to: &mut BTreeMap<String, Money>, key: &str, amount: Money) {
    let held = to.entry(key.to_owned()).or_default();
    *held = held.checked_add(amount).unwrap_or(Money::MAX);
}

fn minus(from: &mut BTreeMap<String, Money>, key: &str, amount: Money) {
    if let Some(held) = from.get_mut(key) {
        *held = held.checked_sub(amount).unwrap_or(Money::ZERO);
    }
}

fn undecided(doubt: &Doubt) -> Doubted {
    Doubted { doubt: doubt.clone(), decided: None }
}

fn opened(event: &Event, meta: &Meta) -> Option<Project> {
    let Event::Opened {
        project,
        number,
        pack,
        edition,
        fund,
        side,
        spending,
        name,
        place,
        village,
        unit,
        year,
        link,
        mechanism,
        levered,
        doubts,
        case,
    } = event
    else {
        return None;
    };
    Some(Project {
        id: *project,
        number: number.clone(),
        pack: pack.clone(),
        edition: edition.clone(),
        fund: fund.clone(),
        side: side.clone(),
        spending: spending.clone(),
        name: name.clone(),
        place: *place,
        village: village.clone(),
        unit: *unit,
        year: *year,
        link: link.clone(),
        mechanism: mechanism.clone(),
        levered: *levered,
        case: *case,
        doubts: doubts.iter().map(undecided).collect(),
        lines: Vec::new(),
        contracts: BTreeMap::new(),
        filed: BTreeMap::new(),
        purse: Purse::default(),
        allotted_by_place: BTreeMap::new(),
        used: BTreeMap::new(),
        granted: BTreeMap::new(),
        holds: BTreeMap::new(),
        on_the_way: BTreeMap::new(),
        paid: BTreeMap::new(),
        recovered: Money::ZERO,
        closed: None,
        by: meta.hands(),
    })
}
