//! The papers of a case: what was handed in with the latest version, and what the verifier found.

use crate::command::Failure;
use crate::view::Viewer;
use crate::writer::App;
use domain::case::{Case, Paper};
use kernel::Date;
use kernel::id::{CaseId, PaperHash};
use policy::pack::{Pack, Words};

/// A file that was handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperShown {
    /// The pack's paper.
    pub paper: String,
    /// Its name.
    pub name: Words,
    /// The article.
    pub cite: String,
    /// The file's name.
    pub file: String,
    /// Its media type.
    pub media: String,
    /// Its size in bytes.
    pub size: i64,
    /// Its digest.
    pub hash: PaperHash,
    /// The versions that carry this file; none for what a step added.
    pub versions: Vec<u32>,
    /// The step that added it, and the day.
    pub added: Option<(Words, Date)>,
    /// It belongs to the latest version.
    pub current: bool,
    /// What the verifier found: agrees, and the note.
    pub found: Option<(bool, String)>,
}

impl App {
    /// Every file of a case: those of the latest version first, in the order of the form.
    pub fn case_papers(&self, viewer: &Viewer, id: CaseId) -> Result<Vec<PaperShown>, Failure> {
        let case = self.case_read(viewer, id)?;
        let pack = self.edition(&case.pack, &case.edition)?;
        let latest = case.current().map_or(0, |d| d.version);
        let mut shown: Vec<PaperShown> = Vec::new();
        for declared in case.declared.iter().rev() {
            for paper in &declared.papers {
                if let Some(same) = shown.iter_mut().find(|s| s.paper == paper.paper && s.hash == paper.hash)
                {
                    same.versions.push(declared.version);
                    continue;
                }
                let of = pack.papers.get(&paper.paper);
                let current = declared.version == latest;
                let found =
                    case.inspection.as_ref().and_then(|i| i.papers.iter().find(|f| f.paper == paper.paper));
                shown.push(PaperShown {
                    paper: paper.paper.clone(),
                    name: of.map_or_else(
                        || Words::new(paper.paper.clone(), paper.paper.clone()),
                        |p| p.name.clone(),
                    ),
                    cite: of.map_or_else(String::new, |p| p.cite.to_string()),
                    file: paper.name.clone(),
                    media: paper.media.clone(),
                    size: paper.size,
                    hash: paper.hash,
                    versions: vec![declared.version],
                    added: None,
                    current,
                    found: found.filter(|_| current).map(|f| (f.agrees, f.note.clone())),
                });
            }
        }
        shown.extend(added(&pack, &case));
        Ok(shown)
    }
}

/// What steps and notices added, newest first.
fn added(pack: &Pack, case: &Case) -> Vec<PaperShown> {
    let steps = case.trail.iter().map(|done| (&done.step, done.on, !done.void, &done.papers));
    let notices = case.notices.iter().map(|notice| (&notice.step, notice.on, true, &notice.papers));
    let shown = |(step, on, current, paper): (&String, Date, bool, &Paper)| {
        let of = pack.papers.get(&paper.paper);
        let name = pack.steps.get(step).map_or_else(|| Words::new(step, step), |s| s.name.clone());
        PaperShown {
            paper: paper.paper.clone(),
            name: of.map_or_else(|| Words::new(&paper.paper, &paper.paper), |p| p.name.clone()),
            cite: of.map_or_else(String::new, |p| p.cite.to_string()),
            file: paper.name.clone(),
            media: paper.media.clone(),
            size: paper.size,
            hash: paper.hash,
            versions: Vec::new(),
            added: Some((name, on)),
            current,
            found: None,
        }
    };
    let all = steps.chain(notices);
    let mut added: Vec<PaperShown> = all
        .flat_map(|(step, on, current, papers)| papers.iter().map(move |p| (step, on, current, p)))
        .map(shown)
        .collect();
    added.reverse();
    added
}
