//! The list of cases: filtered, page by page, within what the viewer may see; what the filters offer obeys the same scope.

use super::Viewer;
use super::desk::{DueShown, due_shown};
use crate::command::Failure;
use crate::ports::Fault;
use crate::rows::{CaseFilter, CaseRow, Scope};
use crate::usecase::desk_name;
use crate::writer::App;
use kernel::region::{Gazetteer, RegionCode};
use policy::pack::Words;
use policy::procedure::Subject;
use std::collections::{BTreeMap, BTreeSet};

/// Rows on one page of the list.
pub const PAGE: usize = 50;
/// Rows that an export reads at a time.
const EXPORT_PAGE: usize = 500;
/// The most rows that are looked through for what the filters offer.
const FACETS_MAX: usize = 5_000;

/// What is filtered by, as it came from the address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CaseQuery {
    /// Procedure.
    pub procedure: Option<String>,
    /// Year.
    pub year: Option<i16>,
    /// Standing.
    pub standing: Option<String>,
    /// Desk.
    pub desk: Option<RegionCode>,
    /// County.
    pub county: Option<RegionCode>,
    /// Words.
    pub text: Option<String>,
    /// Continue after this key.
    pub after: Option<String>,
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseLineShown {
    /// The row as kept.
    pub row: CaseRow,
    /// The procedure's name.
    pub procedure: Words,
    /// The desk's name.
    pub desk: String,
    /// The county's full name.
    pub county: String,
    /// The nearest deadline.
    pub due: Option<DueShown>,
}

/// What the filters offer: value and name, with how many cases there are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// Procedures.
    pub procedures: Vec<(String, Words, usize)>,
    /// Years, newest first.
    pub years: Vec<(i16, usize)>,
    /// Standings that occur.
    pub standings: Vec<(String, usize)>,
    /// Desks.
    pub desks: Vec<(RegionCode, String, usize)>,
    /// Counties.
    pub counties: Vec<(RegionCode, String, usize)>,
    /// There were more cases than were looked through, so the numbers are least numbers.
    pub cut: bool,
}

/// One page of the list.
#[derive(Debug, Clone)]
pub struct CaseList {
    /// The rows.
    pub rows: Vec<CaseLineShown>,
    /// The key of the next page.
    pub next: Option<String>,
    /// How many there are in all.
    pub total: usize,
    /// What the filters offer.
    pub facets: Facets,
}

/// Everything of a scope.
pub(super) fn everything(scope: Scope, limit: usize) -> CaseFilter {
    CaseFilter::within(scope, limit)
}

/// Everything that a viewer sees.
pub(super) fn all_cases(viewer: &Viewer, limit: usize) -> CaseFilter {
    everything(viewer.scope.clone(), limit)
}

impl App {
    /// One page of the cases that the viewer sees.
    pub fn cases(&self, viewer: &Viewer, query: &CaseQuery) -> Result<CaseList, Failure> {
        let page = self.reads.cases(&filter(viewer, query, PAGE))?;
        Ok(CaseList {
            total: usize::try_from(page.total).unwrap_or(page.rows.len()),
            rows: page.rows.into_iter().map(|row| self.line(viewer, row)).collect(),
            next: page.next,
            facets: self.facets(viewer)?,
        })
    }

    /// The part of a selection that follows a key, for exports: its lines, and the key to go on after.
    pub fn cases_part(
        &self,
        viewer: &Viewer,
        query: &CaseQuery,
    ) -> Result<(Vec<CaseLineShown>, Option<String>), Failure> {
        let page = self.reads.cases(&filter(viewer, query, EXPORT_PAGE))?;
        Ok((page.rows.into_iter().map(|row| self.line(viewer, row)).collect(), page.next))
    }

    fn line(&self, viewer: &Viewer, row: CaseRow) -> CaseLineShown {
        let procedure = viewer.pack.procedures.get(&row.procedure);
        CaseLineShown {
            procedure: procedure
                .map_or_else(|| Words::new(row.procedure.clone(), row.procedure.clone()), |p| p.name.clone()),
            desk: desk_name(&viewer.pack, row.desk),
            county: row.county.map_or_else(String::new, super::place_name),
            due: row.due.map(|day| due_shown(self.today(), day, "", false, only_reminds(viewer, &row))),
            row,
        }
    }

    /// What the filters offer, from the cases that the viewer sees and from nothing else.
    fn facets(&self, viewer: &Viewer) -> Result<Facets, Fault> {
        let mut counted = Counted::default();
        let (mut after, mut seen, mut cut) = (None, 0, false);
        loop {
            let page = self.reads.cases(&CaseFilter { after, ..all_cases(viewer, 500) })?;
            seen += page.rows.len();
            page.rows.iter().for_each(|row| counted.add(row));
            match page.next {
                Some(_) if seen >= FACETS_MAX => cut = true,
                Some(next) => {
                    after = Some(next);
                    continue;
                }
                None => {}
            }
            return Ok(counted.facets(viewer, cut));
        }
    }
}

/// Whether the open step of a row is only reminded of: its deadline is no breach.
fn only_reminds(viewer: &Viewer, row: &CaseRow) -> bool {
    let mut steps =
        viewer.pack.steps.iter().filter(|s| s.procedure == row.procedure && s.name.zh == row.stage);
    steps.any(|s| s.within.as_ref().is_some_and(|w| w.warn_only))
}

fn filter(viewer: &Viewer, query: &CaseQuery, limit: usize) -> CaseFilter {
    CaseFilter {
        procedure: query.procedure.clone(),
        year: query.year,
        standing: query.standing.clone(),
        desk: query.desk,
        county: query.county,
        text: query.text.clone(),
        after: query.after.clone(),
        ..all_cases(viewer, limit)
    }
}

#[derive(Default)]
struct Counted {
    procedures: BTreeMap<String, usize>,
    years: BTreeMap<i16, usize>,
    standings: BTreeMap<String, usize>,
    desks: BTreeMap<RegionCode, usize>,
    counties: BTreeMap<RegionCode, usize>,
}

impl Counted {
    fn add(&mut self, row: &CaseRow) {
        *self.procedures.entry(row.procedure.clone()).or_default() += 1;
        *self.years.entry(row.year).or_default() += 1;
        *self.standings.entry(row.standing.clone()).or_default() += 1;
        *self.desks.entry(row.desk).or_default() += 1;
        if let Some(county) = row.county {
            *self.counties.entry(county).or_default() += 1;
        }
    }

    fn facets(self, viewer: &Viewer, cut: bool) -> Facets {
        let of_case = viewer.pack.procedures.iter().filter(|p| p.subject == Subject::Case);
        let named =
            of_case.filter_map(|p| Some((p.id.clone(), p.name.clone(), *self.procedures.get(&p.id)?)));
        Facets {
            procedures: named.collect(),
            years: self.years.into_iter().rev().collect(),
            standings: self.standings.into_iter().collect(),
            desks: self.desks.into_iter().map(|(code, n)| (code, desk_name(&viewer.pack, code), n)).collect(),
            counties: counties(self.counties),
            cut,
        }
    }
}

/// Counties with their full names; a place that changed its code stands under each code that cases carry.
fn counties(counted: BTreeMap<RegionCode, usize>) -> Vec<(RegionCode, String, usize)> {
    let known: BTreeSet<RegionCode> = counted.keys().copied().collect();
    let gazetteer = Gazetteer::get();
    counted
        .into_iter()
        .map(|(code, n)| {
            let kin = gazetteer.codes_of(code).iter().any(|other| *other != code && known.contains(other));
            let name = super::place_name(code);
            (code, if kin { format!("{name}（{code}）") } else { name }, n)
        })
        .collect()
}
