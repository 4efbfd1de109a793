//! What was said beside the steps lately: copies to roles and urgings, read from the end of the journal.

use super::CopyRow;
use crate::command::Failure;
use crate::history;
use crate::time::day_of;
use crate::view::Viewer;
use crate::view::desk::Names;
use crate::writer::App;
use domain::Event as AnyEvent;
use domain::case::Event;
use journal::ActEnvelope;
use kernel::Date;
use kernel::id::CaseId;

/// As many of the last acts are looked through: a copy is news, and what is older stands on its case.
const LATELY: usize = 1_000;

/// What was said lately, oldest first.
#[derive(Default)]
pub(super) struct Said {
    /// Copies: the case, the role, the words, the act.
    copied: Vec<(CaseId, String, String, ActEnvelope)>,
    /// Urgings: the case, the step, the day.
    pub(super) urged: Vec<(CaseId, String, Date)>,
}

impl App {
    /// What was said lately.
    pub(super) fn said_lately(&self) -> Result<Said, Failure> {
        let (size, _) = self.reads.head()?;
        let from = size.saturating_sub(LATELY as u64);
        let mut said = Said::default();
        for act in self.reads.acts(from, LATELY)? {
            let case = act.stream.strip_prefix("case:").and_then(|id| id.parse().ok()).map(CaseId);
            let beside = matches!(act.kind.as_str(), "case.copied" | "case.urged");
            let Some(case) = case.filter(|_| beside) else { continue };
            match history::event(&act)? {
                AnyEvent::Case(Event::Copied { role, text }) => said.copied.push((case, role, text, act)),
                AnyEvent::Case(Event::Urged { step, .. }) => said.urged.push((case, step, day_of(act.at))),
                _ => {}
            }
        }
        Ok(said)
    }

    /// The copies to a viewer's role of cases in its scope, newest first.
    pub(super) fn copies(&self, viewer: &Viewer, said: &Said) -> Result<Vec<CopyRow>, Failure> {
        let mut names = Names::of(self);
        let mut rows = Vec::new();
        for (id, _, text, act) in said.copied.iter().rev().filter(|(_, role, ..)| *role == viewer.role) {
            let row = self
                .reads
                .case(*id)?
                .filter(|row| crate::access::sees(&viewer.scope, row.applicant, row.desk, row.firm));
            let Some(row) = row else { continue };
            rows.push(CopyRow {
                case: *id,
                number: row.number,
                title: row.title,
                person: names.hands(history::meta(act).hands())?,
                org: names.org(act.org)?,
                text: text.clone(),
                on: day_of(act.at),
            });
        }
        Ok(rows)
    }
}
