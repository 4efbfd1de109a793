//! The register of duties that outlive a case: what is due from whom, the nearest first.

use super::Viewer;
use super::desk::{DueShown, due_shown};
use crate::command::Failure;
use crate::rows::DutyRow;
use crate::writer::App;
use kernel::Date;
use kernel::id::CaseId;
use policy::pack::Words;

/// The most rows that the register shows.
pub const DUTIES_MAX: usize = 1_000;

/// A duty of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyShown {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// What it is called.
    pub name: Words,
    /// What must be done.
    pub must: Words,
    /// On whom.
    pub on: Words,
    /// The article.
    pub cite: String,
    /// From.
    pub from: Date,
    /// Until, or due on.
    pub due: DueShown,
    /// Looks on the way.
    pub checks: Vec<Date>,
    /// What the text excepts.
    pub except: Option<Words>,
    /// What follows on breach.
    pub breach: Option<Words>,
}

impl App {
    /// The duties within the viewer's scope, the nearest first.
    pub fn duties(&self, viewer: &Viewer) -> Result<Vec<DutyShown>, Failure> {
        let today = self.today();
        let rows = self.reads.duties(&viewer.scope, DUTIES_MAX)?;
        Ok(rows.iter().map(|row| shown(viewer, row, today)).collect())
    }
}

/// A duty row in the words of the pack.
fn shown(viewer: &Viewer, row: &DutyRow, today: Date) -> DutyShown {
    let pack = &viewer.pack;
    let duty = pack.duties.get(&row.duty);
    let must = Words::new(row.name.clone(), row.name_en.clone());
    let same = |text: &str| Words::new(text, text);
    DutyShown {
        case: row.case,
        number: row.number.clone(),
        title: row.title.clone(),
        name: duty.map_or_else(|| must.clone(), |d| d.name.clone()),
        on: pack.roles.get(&row.on_role).map_or_else(|| same(&row.on_role), |r| r.name.clone()),
        cite: row.cite.clone(),
        from: row.from,
        due: due_shown(today, row.due, "", row.provisional, false),
        checks: row.checks.split(',').filter_map(|d| d.parse().ok()).collect(),
        except: duty.and_then(|d| d.except.clone()),
        breach: duty.and_then(|d| d.breach.clone()),
        must,
    }
}
