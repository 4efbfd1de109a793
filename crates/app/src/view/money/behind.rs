//! The rows behind a figure of the table of funds: which source and which project hold how much of it.

use super::funds::sees_money;
use super::sources::{SourceLine, Whereabouts, line as source_line};
use crate::command::Failure;
use crate::rows::{ProjectRow, SourceFilter, SourceRow};
use crate::view::Viewer;
use crate::view::money::add;
use crate::writer::App;
use kernel::Money;
use kernel::id::ProjectId;
use std::collections::BTreeMap;

const PAGE: usize = 200;

/// A figure of the table that is held by accounts of sources and projects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// Given to no project.
    Quota,
    /// Promised and not paid: given to projects and free, or held by approved claims.
    Committed,
    /// Paid and not recovered.
    Spent,
    /// Given to overheads and not paid.
    OverheadOpen,
    /// Paid for overheads and not recovered.
    OverheadSpent,
    /// Cash in the pool.
    Pool,
    /// With the bank.
    Clearing,
}

impl Figure {
    /// All, in the order of the table.
    pub const ALL: [Figure; 7] = [
        Figure::Quota,
        Figure::Committed,
        Figure::Spent,
        Figure::OverheadOpen,
        Figure::OverheadSpent,
        Figure::Pool,
        Figure::Clearing,
    ];

    /// Its word in addresses.
    pub fn id(self) -> &'static str {
        match self {
            Figure::Quota => "quota",
            Figure::Committed => "committed",
            Figure::Spent => "spent",
            Figure::OverheadOpen => "overhead_open",
            Figure::OverheadSpent => "overhead_spent",
            Figure::Pool => "pool",
            Figure::Clearing => "clearing",
        }
    }

    fn holds(self, place: &Whereabouts) -> bool {
        match self {
            Figure::Quota => matches!(place, Whereabouts::Quota(_)),
            Figure::Committed | Figure::OverheadOpen => {
                matches!(place, Whereabouts::Allotted(_) | Whereabouts::Held(_))
            }
            Figure::Spent | Figure::OverheadSpent => matches!(place, Whereabouts::Spent(_)),
            Figure::Pool => matches!(place, Whereabouts::Pool(_)),
            Figure::Clearing => matches!(place, Whereabouts::Clearing(_)),
        }
    }

    /// Whether it is of overheads, or of what is none; `None` where both are counted.
    fn overheads(self) -> Option<bool> {
        match self {
            Figure::OverheadOpen | Figure::OverheadSpent => Some(true),
            Figure::Committed | Figure::Spent => Some(false),
            Figure::Quota | Figure::Pool | Figure::Clearing => None,
        }
    }
}

/// Of which part of the money; nothing asked for means all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Behind {
    /// Fund.
    pub fund: Option<String>,
    /// Side.
    pub side: Option<String>,
    /// Budget year of the source.
    pub year: Option<i16>,
    /// Budget years before this one only.
    pub before: Option<i16>,
    /// Budget years from this one on only.
    pub since: Option<i16>,
}

impl Behind {
    fn has_year(&self, year: i16) -> bool {
        self.before.is_none_or(|end| year < end) && self.since.is_none_or(|first| year >= first)
    }
}

/// One row behind a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureRow {
    /// The source.
    pub source: SourceLine,
    /// The project's id, number and name, where a project holds it.
    pub project: Option<(ProjectId, String, String)>,
    /// How much.
    pub amount: Money,
}

impl App {
    /// The rows behind a figure; their sum is the figure.
    pub fn figure_rows(
        &self,
        viewer: &Viewer,
        figure: Figure,
        of: &Behind,
    ) -> Result<Vec<FigureRow>, Failure> {
        sees_money(viewer)?;
        let mut projects: BTreeMap<ProjectId, Option<ProjectRow>> = BTreeMap::new();
        let mut rows = Vec::new();
        let mut filter = SourceFilter {
            pack: viewer.pack.id.clone(),
            fund: of.fund.clone(),
            year: of.year,
            limit: PAGE,
            ..SourceFilter::default()
        };
        loop {
            let page = self.reads.sources(&filter)?;
            for source in page.rows.into_iter().filter(|row| of.has_year(row.year)) {
                self.rows_of(viewer, figure, of, source, &mut projects, &mut rows)?;
            }
            filter.after = page.next;
            if filter.after.is_none() {
                return Ok(rows);
            }
        }
    }

    fn rows_of(
        &self,
        viewer: &Viewer,
        figure: Figure,
        of: &Behind,
        source: SourceRow,
        projects: &mut BTreeMap<ProjectId, Option<ProjectRow>>,
        rows: &mut Vec<FigureRow>,
    ) -> Result<(), Failure> {
        let mut held: BTreeMap<Option<ProjectId>, Money> = BTreeMap::new();
        for (account, amount) in self.reads.source_accounts(source.source)? {
            let Some(place) = Whereabouts::of(&account).filter(|place| figure.holds(place)) else { continue };
            let project = match place.project() {
                Some(id) => self.known(projects, id)?,
                None => None,
            };
            let side = match &place {
                Whereabouts::Quota(side) | Whereabouts::Pool(side) => Some(side.clone()),
                _ => project.map(|project| project.side.clone()),
            };
            let is_overhead = project.is_some_and(|project| viewer.pack.is_overhead(&project.spending));
            let counted = figure.overheads().is_none_or(|wanted| wanted == is_overhead);
            if counted && (of.side.is_none() || side == of.side) {
                let sum = held.entry(place.project()).or_default();
                *sum = add(*sum, amount);
            }
        }
        let line = source_line(&viewer.pack, source);
        for (id, amount) in held {
            let project = match id {
                Some(id) => self.known(projects, id)?.map(|p| (id, p.number.clone(), p.name.clone())),
                None => None,
            };
            rows.push(FigureRow { source: line.clone(), project, amount });
        }
        Ok(())
    }

    fn known<'p>(
        &self,
        projects: &'p mut BTreeMap<ProjectId, Option<ProjectRow>>,
        id: ProjectId,
    ) -> Result<Option<&'p ProjectRow>, Failure> {
        if let std::collections::btree_map::Entry::Vacant(entry) = projects.entry(id) {
            entry.insert(self.reads.project(id)?);
        }
        Ok(projects.get(&id).and_then(Option::as_ref))
    }
}
