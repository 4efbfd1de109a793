//! How bills are tied to households: what a claim may choose from, what a bill says, and the sums of a project by kind of link.

use crate::command::Failure;
use crate::rows::{ClaimFilter, Scope};
use crate::usecase::money::links_along;
use crate::view::money::add;
use crate::writer::App;
use domain::Stream;
use domain::claim::{Links, Standing, Tie};
use domain::project::Project;
use kernel::Money;
use policy::pack::{Pack, Words};
use policy::procedure::{Act, Subject, Ties};
use std::collections::BTreeMap;

/// How many claims one look into the book reads.
const PAGE: usize = 200;

/// A kind of link that a project lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TieKind {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Words,
    /// The households that were declared for it.
    pub households: i64,
}

/// What the bills of a claim may be tied by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TieChoices {
    /// The article.
    pub cite: String,
    /// The kinds of link that the project lists.
    pub kinds: Vec<TieKind>,
}

/// How a bill is tied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TieSaid {
    /// The kind of link; `None`: as the project is.
    pub kind: Option<Words>,
    /// How many households; zero when it is as the project is.
    pub households: i64,
}

/// The bills of a project that are tied by one kind of link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TieSum {
    /// The kind of link; `None`: as the project is.
    pub kind: Option<Words>,
    /// The households that the project declared for it; zero for the project as a whole.
    pub declared: i64,
    /// How many bills.
    pub bills: usize,
    /// Their sum: what was allowed, or asked before it was checked.
    pub amount: Money,
    /// The most households that one of them names: the same household may stand in several bills.
    pub households: i64,
}

/// The ties that claims on a project must state; `None` where the pack asks for none, or of an overhead.
pub(super) fn asked<'p>(pack: &'p Pack, project: &Project) -> Option<&'p Ties> {
    let step = pack.step_for(Subject::Claim, Act::Claim, &project.fund)?;
    step.ties.as_ref().filter(|_| !pack.is_overhead(&project.spending))
}

fn kind_name(pack: &Pack, ties: &Ties, kind: &str) -> Words {
    let member = pack.enums.get(&ties.of).and_then(|of| of.members.iter().find(|one| one.id == kind));
    member.map_or_else(|| Words::new(kind, kind), |one| one.name.clone())
}

/// What a bill says, in words.
pub(super) fn said(pack: &Pack, project: &Project, tie: Option<&Tie>) -> Option<TieSaid> {
    let (ties, tie) = (asked(pack, project)?, tie?);
    let kind = (!tie.kind.is_empty()).then(|| kind_name(pack, ties, &tie.kind));
    Some(TieSaid { kind, households: tie.households })
}

impl App {
    fn links_of(&self, ties: &Ties, project: &Project) -> Result<Links, Failure> {
        links_along(ties, project.case, |id| {
            Ok(crate::history::case(&self.reads.stream(&Stream::Case(id).key())?)?)
        })
    }

    /// What the bills of a claim on a project may be tied by, where the pack asks for it.
    pub(super) fn tie_choices(&self, pack: &Pack, project: &Project) -> Result<Option<TieChoices>, Failure> {
        let Some(ties) = asked(pack, project) else { return Ok(None) };
        let links = self.links_of(ties, project)?;
        let kind =
            |(id, households): (String, i64)| TieKind { name: kind_name(pack, ties, &id), id, households };
        Ok(Some(TieChoices { cite: ties.cite.to_string(), kinds: links.into_iter().map(kind).collect() }))
    }

    /// The bills of a project by kind of link, of all claims that stand; every kind that the project lists has a line.
    pub(super) fn tie_sums(&self, pack: &Pack, project: &Project) -> Result<Option<Vec<TieSum>>, Failure> {
        let Some(ties) = asked(pack, project) else { return Ok(None) };
        let blank = |kind: Option<Words>, declared: i64| TieSum {
            kind,
            declared,
            bills: 0,
            amount: Money::ZERO,
            households: 0,
        };
        let links = self.links_of(ties, project)?.into_iter();
        let mut sums: BTreeMap<String, TieSum> =
            links.map(|(id, most)| (id.clone(), blank(Some(kind_name(pack, ties, &id)), most))).collect();
        let mut filter = ClaimFilter {
            scope: Scope::All,
            pack: pack.id.clone(),
            fund: None,
            project: Some(project.id),
            standing: None,
            text: None,
            after: None,
            limit: PAGE,
        };
        loop {
            let page = self.reads.claims(&filter)?;
            for row in page.rows {
                let claim = crate::history::claim(&self.reads.stream(&Stream::Claim(row.claim).key())?)?;
                let Some(claim) = claim.filter(|claim| claim.is_live() || claim.standing() == Standing::Paid)
                else {
                    continue;
                };
                for line in &claim.lines {
                    let Some(tie) = &line.tie else { continue };
                    let kind = (!tie.kind.is_empty()).then(|| kind_name(pack, ties, &tie.kind));
                    let sum = sums.entry(tie.kind.clone()).or_insert_with(|| blank(kind, 0));
                    let verdict = claim.verdicts.iter().find(|verdict| verdict.line == line.no);
                    sum.bills += 1;
                    sum.amount = add(sum.amount, verdict.map_or(line.amount, |verdict| verdict.approved));
                    sum.households = sum.households.max(tie.households);
                }
            }
            filter.after = page.next;
            if filter.after.is_none() {
                return Ok(Some(sums.into_values().collect()));
            }
        }
    }
}
