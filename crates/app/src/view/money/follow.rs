//! Follow this fen: from a source to everybody who was paid out of it, and from a payment back to its sources.

use super::batches::{PAYMENTS_MAX, PaymentNow};
use super::claims::ClaimQuery;
use super::funds::sees_money;
use super::projects::ProjectQuery;
use super::sources::{SourceLine, Whereabouts, line as source_line};
use crate::command::Failure;
use crate::rows::{PaymentFilter, SourceFilter};
use crate::view::Viewer;
use crate::view::money::add;
use crate::writer::App;
use domain::Reason;
use kernel::Money;
use kernel::id::{BatchId, ClaimId, ProjectId, SourceId};
use policy::pack::Words;
use std::collections::BTreeMap;

/// The most sources and projects that a number finds.
const FOUND_MAX: usize = 20;

/// One payee of a project with what came out of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayeeBranch {
    /// The payee within the project.
    pub payee: String,
    /// The payee's name, from the last payment.
    pub name: String,
    /// What this payee has of the source now: paid less recovered.
    pub amount: Money,
    /// The payments that a part of the source went into, with the part.
    pub payments: Vec<(PaymentNow, Money)>,
}

/// One project with its part of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectBranch {
    /// The project.
    pub project: ProjectId,
    /// Its number.
    pub number: String,
    /// Its name.
    pub name: String,
    /// States and amounts: free, held, with the bank, spent.
    pub states: Vec<(Words, Money)>,
    /// Permission in all: free, held and spent.
    pub amount: Money,
    /// The payees.
    pub payees: Vec<PayeeBranch>,
}

/// Where a source's money went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forward {
    /// The source.
    pub source: SourceLine,
    /// Given to no project.
    pub unallotted: Money,
    /// Cash in the pool.
    pub pool: Money,
    /// The projects.
    pub projects: Vec<ProjectBranch>,
}

impl Forward {
    /// Whether every fen of the budget is found in a branch.
    pub fn complete(&self) -> bool {
        let branches = self.projects.iter().map(|project| project.amount);
        Money::sum(branches.chain([self.unallotted])) == Some(self.source.row.stands())
    }
}

/// Where a payment came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backward {
    /// The payment.
    pub payment: PaymentNow,
    /// The sources with their documents and what each gave.
    pub sources: Vec<(SourceLine, Money)>,
}

/// What a number leads to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The payment of this number: batch and line.
    pub payment: Option<(BatchId, i64)>,
    /// Sources whose document, purpose or note says it.
    pub sources: Vec<SourceLine>,
    /// Projects whose number or name says it.
    pub projects: Vec<(ProjectId, String, String)>,
    /// Claims whose number says it, with the name of the project.
    pub claims: Vec<(ClaimId, String, String)>,
}

impl App {
    /// What a number, as people have it on paper, leads to: a payment, sources, projects, claims.
    pub fn trace_find(&self, viewer: &Viewer, text: &str) -> Result<Found, Failure> {
        sees_money(viewer)?;
        let pack = &viewer.pack.id;
        let mut found = Found::default();
        if let Some(batch) = self.reads.batch_of_payment(text)? {
            let payments = PaymentFilter {
                pack: pack.clone(),
                batch: Some(batch),
                limit: PAYMENTS_MAX,
                ..PaymentFilter::default()
            };
            let own = self.reads.payments(&payments)?.into_iter().find(|row| row.end_to_end == text);
            found.payment = own.map(|row| (row.batch, row.line));
        }
        let asked = Some(text.to_owned());
        let sources = SourceFilter {
            pack: pack.clone(),
            text: asked.clone(),
            limit: FOUND_MAX,
            ..SourceFilter::default()
        };
        let rows = self.reads.sources(&sources)?.rows;
        found.sources = rows.into_iter().map(|row| source_line(&viewer.pack, row)).collect();
        let projects = ProjectQuery { text: asked, ..ProjectQuery::default() };
        let lines = self.project_list(viewer, &projects).map(|list| list.lines).unwrap_or_default();
        let rows = lines.into_iter().take(FOUND_MAX).map(|line| line.row);
        found.projects = rows.map(|row| (row.project, row.number, row.name)).collect();
        let claims = ClaimQuery { text: Some(text.to_owned()), ..ClaimQuery::default() };
        let lines = self.claim_list(viewer, &claims)?.lines.into_iter().map(|line| line.row);
        let numbered = lines.filter(|row| row.number.contains(text)).take(FOUND_MAX);
        found.claims = numbered.map(|row| (row.claim, row.number, row.title)).collect();
        Ok(found)
    }

    /// From a source to its payees.
    pub fn follow_forward(&self, viewer: &Viewer, source: SourceId) -> Result<Forward, Failure> {
        sees_money(viewer)?;
        let missing = || Failure::from(Reason::NotFound { what: "资金来源".into() });
        let row = self.reads.source(source)?.filter(|row| row.pack == viewer.pack.id).ok_or_else(missing)?;
        let (mut unallotted, mut pool) = (Money::ZERO, Money::ZERO);
        let mut projects: BTreeMap<ProjectId, ProjectBranch> = BTreeMap::new();
        for (account, amount) in self.reads.source_accounts(source)? {
            match Whereabouts::of(&account) {
                Some(Whereabouts::Quota(_)) => unallotted = add(unallotted, amount),
                Some(Whereabouts::Pool(_)) => pool = add(pool, amount),
                Some(place) => {
                    let Some(id) = place.project() else { continue };
                    let branch = self.branch(&mut projects, id)?;
                    grow(branch, place, amount);
                }
                None => {}
            }
        }
        for payment in self.payments_now(self.reads.payments_of_source(source, PAYMENTS_MAX)?)? {
            let part = payment.row.lots.iter().filter(|(of, _)| *of == source).map(|(_, amount)| *amount);
            let part = Money::sum(part).unwrap_or(Money::MAX);
            let branch = self.branch(&mut projects, payment.row.project)?;
            let payee = payee_of(branch, &payment.row.payee);
            payee.name.clone_from(&payment.row.payee_name);
            payee.payments.push((payment, part));
        }
        let projects = projects.into_values().collect();
        Ok(Forward { source: source_line(&viewer.pack, row), unallotted, pool, projects })
    }

    fn branch<'b>(
        &self,
        projects: &'b mut BTreeMap<ProjectId, ProjectBranch>,
        id: ProjectId,
    ) -> Result<&'b mut ProjectBranch, Failure> {
        if let std::collections::btree_map::Entry::Vacant(entry) = projects.entry(id) {
            let (number, name) =
                self.reads.project(id)?.map_or_else(Default::default, |p| (p.number, p.name));
            let states = Vec::new();
            let (amount, payees) = (Money::ZERO, Vec::new());
            entry.insert(ProjectBranch { project: id, number, name, states, amount, payees });
        }
        projects.get_mut(&id).ok_or_else(|| Reason::NotFound { what: "项目".into() }.into())
    }

    /// From a payment to its sources.
    pub fn follow_backward(&self, viewer: &Viewer, batch: BatchId, line: i64) -> Result<Backward, Failure> {
        self.batch_state(viewer, batch)?;
        let filter = PaymentFilter {
            pack: viewer.pack.id.clone(),
            batch: Some(batch),
            limit: usize::MAX,
            ..PaymentFilter::default()
        };
        let rows = self.reads.payments(&filter)?.into_iter().filter(|row| row.line == line).collect();
        let payment = self.payments_now(rows)?.pop();
        let payment = payment.ok_or_else(|| Failure::from(Reason::NotFound { what: "付款".into() }))?;
        let mut sources = Vec::new();
        for (source, amount) in &payment.row.lots {
            if let Some(row) = self.reads.source(*source)? {
                sources.push((source_line(&viewer.pack, row), *amount));
            }
        }
        Ok(Backward { payment, sources })
    }
}

fn payee_of<'b>(branch: &'b mut ProjectBranch, payee: &str) -> &'b mut PayeeBranch {
    let place = branch.payees.iter().position(|known| known.payee == payee).unwrap_or_else(|| {
        let (name, payments) = (payee.to_owned(), Vec::new());
        branch.payees.push(PayeeBranch { payee: payee.to_owned(), name, amount: Money::ZERO, payments });
        branch.payees.len() - 1
    });
    &mut branch.payees[place]
}

fn grow(branch: &mut ProjectBranch, place: Whereabouts, amount: Money) {
    if let Whereabouts::Payee(_, payee) = &place {
        let payee = payee_of(branch, payee);
        payee.amount = add(payee.amount, amount);
        return;
    }
    if !place.is_cash() {
        branch.amount = add(branch.amount, amount);
    }
    branch.states.push((place.words(), amount));
}
