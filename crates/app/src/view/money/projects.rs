//! Projects: the list, and the account of one: budget lines, contracts, papers, lots, ledger.

use super::batches::PAYMENTS_MAX;
use super::funds::{fund_name, kind_name, side_name, spending_name};
use super::health::Health;
use super::overheads::OverheadShare;
use super::sources::{MOVEMENTS_MAX, Whereabouts};
use super::ties::TieSum;
use crate::access;
use crate::command::Failure;
use crate::rows::{ClaimFilter, ClaimRow, MovementRow, PaymentFilter, PaymentRow, ProjectFilter, ProjectRow};
use crate::vault::shown;
use crate::view::money::add;
use crate::view::{Viewer, place_name};
use crate::writer::App;
use domain::claim::{LIST, UNIT};
use domain::project::{BudgetLine, Contract, Doubted, FiledPaper, Project};
use domain::{Reason, Stream};
use kernel::id::{ProjectId, SourceId};
use kernel::{Date, Money};
use policy::pack::{DemandOf, Gate, Pack, Words};
use policy::procedure::Act;
use std::collections::BTreeMap;
use std::sync::Arc;

const PAGE: usize = 50;

/// What the list is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProjectQuery {
    /// Fund.
    pub fund: Option<String>,
    /// Side.
    pub side: Option<String>,
    /// Use.
    pub spending: Option<String>,
    /// Year.
    pub year: Option<i16>,
    /// `open`, `doubt`, `closed`.
    pub standing: Option<String>,
    /// Words in number, name, village or unit.
    pub text: Option<String>,
    /// Continue after this key.
    pub after: Option<String>,
}

/// One project in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectLine {
    /// The row.
    pub row: ProjectRow,
    /// The fund's name.
    pub fund: Words,
    /// The side's name; empty where the fund is not split.
    pub side: Words,
    /// The use's name.
    pub spending: Words,
    /// The place's name.
    pub place: String,
}

/// The list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectList {
    /// The projects, newest first.
    pub lines: Vec<ProjectLine>,
    /// The key to continue after, when there are more.
    pub next: Option<String>,
    /// How many there are in all.
    pub total: i64,
    /// Whether the viewer may open projects.
    pub may_open: bool,
}

/// A budget line with what is left of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineNow {
    /// Its key.
    pub key: String,
    /// What is bought or paid.
    pub name: String,
    /// Its nature; empty for ordinary lines.
    pub nature: Words,
    /// Planned.
    pub amount: Money,
    /// Approved on it.
    pub approved: Money,
    /// Left.
    pub left: Money,
}

/// A contract with what is left of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContractNow {
    /// The payee: `c1`.
    pub payee: String,
    /// The contract; its account is a reference into the vault.
    pub contract: Contract,
    /// The account as it may be shown.
    pub account: String,
    /// Approved for this party.
    pub approved: Money,
    /// Paid to it and not recovered.
    pub paid: Money,
    /// Left of the contract.
    pub left: Money,
}

/// A demanded paper, on file or missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemandNow {
    /// The demand.
    pub demand: String,
    /// Its name.
    pub name: Words,
    /// The article.
    pub cite: String,
    /// What it is filed for.
    pub of: DemandOf,
    /// Before what.
    pub before: Gate,
    /// For which place or unit; empty for the project itself.
    pub place: String,
    /// What is on file.
    pub filed: Option<FiledPaper>,
}

/// The project's money of one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LotNow {
    /// The source.
    pub source: SourceId,
    /// Its document.
    pub document: String,
    /// Its kind.
    pub kind: Words,
    /// Free.
    pub allotted: Money,
    /// Held by claims.
    pub held: Money,
    /// With the bank.
    pub clearing: Money,
    /// Spent.
    pub spent: Money,
}

/// One line of the project's ledger, with the balances after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectLedgerLine {
    /// The movement.
    pub row: MovementRow,
    /// From where, in words.
    pub from: Words,
    /// To where, in words.
    pub to: Words,
    /// Free after it.
    pub allotted: Money,
    /// Held after it.
    pub held: Money,
    /// Spent after it.
    pub spent: Money,
}

/// What the viewer may do on a project.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "one for each act that a page offers")]
pub struct ProjectMay {
    /// Set budget lines, record contracts.
    pub declare: bool,
    /// Put papers on file.
    pub sign: bool,
    /// Decide doubts.
    pub decide: bool,
    /// Recover money.
    pub recover: bool,
    /// Close it.
    pub close: bool,
    /// File claims.
    pub claim: bool,
}

/// One project.
#[derive(Debug, Clone)]
pub struct ProjectPage {
    /// The row with names.
    pub line: ProjectLine,
    /// The article of its use.
    pub cite: String,
    /// How it is tied to poor households.
    pub link: String,
    /// How it works.
    pub mechanism: String,
    /// Other money that it draws in.
    pub levered: Money,
    /// Doubts with what was decided, in the order they arose.
    pub doubts: Vec<Doubted>,
    /// Budget lines.
    pub lines: Vec<LineNow>,
    /// Contracts.
    pub contracts: Vec<ContractNow>,
    /// Demanded papers.
    pub demands: Vec<DemandNow>,
    /// Money by source.
    pub lots: Vec<LotNow>,
    /// Its claims, newest first.
    pub claims: Vec<ClaimRow>,
    /// Its payments, oldest first, at most [`PAYMENTS_MAX`]; those that came back included.
    pub payments: Vec<PaymentRow>,
    /// Its ledger, oldest first, at most [`MOVEMENTS_MAX`].
    pub ledger: Vec<ProjectLedgerLine>,
    /// Recovered in all.
    pub recovered: Money,
    /// Closed on this day, with what went back.
    pub closed: Option<(Date, Money)>,
    /// What the viewer may do.
    pub may: ProjectMay,
    /// The edition that it runs under.
    pub pack: Arc<Pack>,
    /// The name of its village; empty for none.
    pub village: String,
    /// Budget lines as they were set.
    pub budget: Vec<BudgetLine>,
    /// Who was paid and how much they have, not recovered: id, name, amount.
    pub payees: Vec<(String, String, Money)>,
    /// What stands in the way of its money now.
    pub health: Health,
    /// For an overhead: what overheads take of each year's money of its fund.
    pub overheads: Option<Vec<OverheadShare>>,
    /// Its bills by how they are tied to households, where the pack asks for it.
    pub ties: Option<Vec<TieSum>>,
}

/// The name of a payee of a project.
pub fn payee_name(project: &Project, payee: &str, unit: &str) -> String {
    match payee {
        LIST => "花名册发放".to_owned(),
        UNIT => unit.to_owned(),
        _ => {
            let no = payee.strip_prefix('c').and_then(|no| no.parse::<i64>().ok());
            let contract = no.and_then(|no| project.contracts.get(&no));
            contract.map_or_else(|| payee.to_owned(), |contract| contract.party.clone())
        }
    }
}

impl App {
    /// The list of projects in the viewer's scope.
    pub fn project_list(&self, viewer: &Viewer, query: &ProjectQuery) -> Result<ProjectList, Failure> {
        let pack = &viewer.pack;
        let page = self.reads.projects(&ProjectFilter {
            scope: viewer.scope.clone(),
            pack: pack.id.clone(),
            fund: query.fund.clone(),
            side: query.side.clone(),
            spending: query.spending.clone(),
            year: query.year,
            standing: query.standing.clone(),
            text: query.text.clone(),
            after: query.after.clone(),
            limit: PAGE,
        })?;
        Ok(ProjectList {
            lines: page.rows.into_iter().map(|row| line(pack, row)).collect(),
            next: page.next,
            total: page.total,
            may_open: does(pack, &viewer.role, Act::Declare),
        })
    }

    /// The state of a project in the viewer's scope.
    pub(super) fn project_state(&self, viewer: &Viewer, id: ProjectId) -> Result<Project, Failure> {
        let state = crate::history::project(&self.reads.stream(&Stream::Project(id).key())?)?;
        state
            .filter(|p| access::sees(&viewer.scope, p.unit, p.place, None))
            .ok_or_else(|| Reason::NotFound { what: "项目".into() }.into())
    }

    /// One project.
    pub fn project_page(&self, viewer: &Viewer, id: ProjectId) -> Result<ProjectPage, Failure> {
        let state = self.project_state(viewer, id)?;
        let missing = || Failure::from(Reason::NotFound { what: "项目".into() });
        let row = self.reads.project(id)?.ok_or_else(missing)?;
        let pack = self.edition(&state.pack, &state.edition)?;
        let claims = self.reads.claims(&ClaimFilter {
            scope: viewer.scope.clone(),
            pack: pack.id.clone(),
            fund: None,
            project: Some(id),
            standing: None,
            text: None,
            after: None,
            limit: PAGE,
        })?;
        let role = viewer.role.as_str();
        let on_file = self.all_on_file(&pack.id)?;
        let village = match state.village.as_str() {
            "" => String::new(),
            key => self.key_name(&on_file, key)?,
        };
        let paid = state.paid.keys().map(|payee| (payee, state.paid_to(payee)));
        let paid = paid.filter(|(_, amount)| !amount.is_zero());
        Ok(ProjectPage {
            ties: self.tie_sums(&pack, &state)?,
            overheads: if pack.is_overhead(&state.spending) {
                Some(self.overhead_shares(&pack, &state.fund, &BTreeMap::new())?)
            } else {
                None
            },
            village,
            payees: paid
                .map(|(payee, amount)| (payee.clone(), payee_name(&state, payee, &row.unit_name), amount))
                .collect(),
            health: self.health(&pack, &state, (Gate::Allot, &state.places()), &on_file)?,
            budget: state.lines.clone(),
            cite: pack.spendings.get(&state.spending).map_or_else(String::new, |s| s.cite.to_string()),
            lines: lines_now(&pack, &state),
            contracts: contracts_now(&state),
            demands: self.demands_now(&pack, &state)?,
            lots: self.lots_now(&pack, &state)?,
            claims: claims.rows,
            payments: self.reads.payments(&PaymentFilter {
                pack: pack.id.clone(),
                project: Some(id),
                limit: PAYMENTS_MAX,
                ..PaymentFilter::default()
            })?,
            ledger: self.project_ledger(id)?,
            recovered: state.recovered,
            closed: state.closed.as_ref().map(|(on, lots)| (*on, domain::lot::sum(lots))),
            may: ProjectMay {
                declare: does(&pack, role, Act::Declare),
                sign: does(&pack, role, Act::Sign),
                decide: does(&pack, role, Act::Decide),
                recover: does(&pack, role, Act::Recover),
                close: does(&pack, role, Act::Close),
                claim: viewer.may(access::Right::Claim),
            },
            line: line(&pack, row),
            pack,
            link: state.link,
            mechanism: state.mechanism,
            levered: state.levered,
            doubts: state.doubts,
        })
    }

    fn demands_now(&self, pack: &Pack, state: &Project) -> Result<Vec<DemandNow>, Failure> {
        let mut demands = Vec::new();
        for demand in pack.demands.iter().filter(|demand| demand.holds_for(&state.fund)) {
            let mut one = |place: String, filed: Option<FiledPaper>| {
                demands.push(DemandNow {
                    demand: demand.id.clone(),
                    name: demand.name.clone(),
                    cite: demand.cite.to_string(),
                    of: demand.of,
                    before: demand.before,
                    place,
                    filed,
                });
            };
            match demand.of {
                DemandOf::Project => one(String::new(), state.filed.get(&demand.id).cloned()),
                DemandOf::Unit => {
                    let unit = format!("o{}", state.unit);
                    let filed = self.on_file(&pack.id, &unit, &demand.id)?;
                    one(unit, filed);
                }
                DemandOf::Place => {
                    for place in state.allotted_by_place.keys().filter(|place| !place.is_empty()) {
                        one(place.clone(), self.on_file(&pack.id, place, &demand.id)?);
                    }
                }
            }
        }
        Ok(demands)
    }

    fn on_file(&self, pack: &str, place: &str, demand: &str) -> Result<Option<FiledPaper>, Failure> {
        let acts = self.reads.stream(&Stream::Consent(pack.to_owned(), place.to_owned()).key())?;
        let state = crate::history::consent(&acts)?;
        let filed = state.and_then(|mut state| state.filed.remove(demand));
        Ok(filed.map(|f| FiledPaper { document: f.document, on: f.on, papers: f.papers }))
    }

    fn lots_now(&self, pack: &Pack, state: &Project) -> Result<Vec<LotNow>, Failure> {
        let purse = &state.purse;
        let mut ids: Vec<SourceId> = [&purse.allotted, &purse.held, &purse.clearing, &purse.spent]
            .into_iter()
            .flat_map(|by| by.keys().copied())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        let mut lots = Vec::new();
        for source in ids {
            let row = self.reads.source(source)?;
            let of = |by: &BTreeMap<SourceId, Money>| by.get(&source).copied().unwrap_or(Money::ZERO);
            lots.push(LotNow {
                source,
                document: row.as_ref().map_or_else(String::new, |row| row.document.clone()),
                kind: row.map_or_else(Words::default, |row| kind_name(pack, &row.kind)),
                allotted: of(&purse.allotted),
                held: of(&purse.held),
                clearing: of(&purse.clearing),
                spent: of(&purse.spent),
            });
        }
        Ok(lots)
    }

    fn project_ledger(&self, id: ProjectId) -> Result<Vec<ProjectLedgerLine>, Failure> {
        let (mut allotted, mut held, mut spent) = (Money::ZERO, Money::ZERO, Money::ZERO);
        let mut lines = Vec::new();
        for row in self.reads.project_movements(id, MOVEMENTS_MAX)? {
            let (from, to) = (Whereabouts::of(&row.from), Whereabouts::of(&row.to));
            for (place, comes) in [(&from, false), (&to, true)] {
                let held_there = match place {
                    Some(Whereabouts::Allotted(_)) => &mut allotted,
                    Some(Whereabouts::Held(_)) => &mut held,
                    Some(Whereabouts::Spent(_)) => &mut spent,
                    _ => continue,
                };
                *held_there = if comes {
                    add(*held_there, row.amount)
                } else {
                    held_there.checked_sub(row.amount).unwrap_or(Money::ZERO)
                };
            }
            let said = |place: Option<Whereabouts>| place.map_or_else(Words::default, |place| place.words());
            lines.push(ProjectLedgerLine { row, from: said(from), to: said(to), allotted, held, spent });
        }
        Ok(lines)
    }
}

fn does(pack: &Pack, role: &str, act: Act) -> bool {
    use policy::procedure::Subject;
    pack.steps.iter().any(|step| step.on == Subject::Project && step.act == act && step.by == role)
}

/// A row with the names of its things.
pub(crate) fn line(pack: &Pack, row: ProjectRow) -> ProjectLine {
    ProjectLine {
        fund: fund_name(pack, &row.fund),
        side: side_name(pack, &row.fund, &row.side),
        spending: spending_name(pack, &row.spending),
        place: place_name(row.place),
        row,
    }
}

pub(super) fn lines_now(pack: &Pack, state: &Project) -> Vec<LineNow> {
    let natures = || pack.vouchers.iter().flat_map(|voucher| voucher.natures.iter());
    let lines = state.lines.iter().map(|line| {
        let approved = state.used_on(&line.key);
        LineNow {
            key: line.key.clone(),
            name: line.name.clone(),
            nature: natures()
                .find(|nature| nature.id == line.nature)
                .map_or_else(Words::default, |nature| nature.name.clone()),
            amount: line.amount,
            approved,
            left: line.amount.checked_sub(approved).unwrap_or(Money::ZERO),
        }
    });
    lines.collect()
}

fn contracts_now(state: &Project) -> Vec<ContractNow> {
    let contracts = state.contracts.iter().map(|(no, contract)| {
        let payee = format!("c{no}");
        let approved = state.granted_to(&payee);
        ContractNow {
            account: contract.account.as_deref().map_or_else(String::new, shown),
            approved,
            paid: state.paid_to(&payee),
            left: contract.amount.checked_sub(approved).unwrap_or(Money::ZERO),
            contract: contract.clone(),
            payee,
        }
    });
    contracts.collect()
}
