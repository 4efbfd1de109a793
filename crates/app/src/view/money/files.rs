//! Files of booked money, handed out to those who may see what holds them.

use crate::command::Failure;
use crate::papers::PaperBytes;
use crate::view::Viewer;
use crate::writer::App;
use domain::case::Paper;
use domain::{Reason, Stream};
use kernel::id::{AllocationId, PaperHash, ProjectId};

/// What holds a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeldBy {
    /// A paper of a project.
    Project(ProjectId),
    /// A paper of a place or unit.
    Place(String),
    /// A paper of an allocation.
    Allocation(AllocationId),
}

impl App {
    /// The bytes of a file, for those who may see what holds it.
    pub fn held_file(&self, viewer: &Viewer, held: &HeldBy, hash: &PaperHash) -> Result<PaperBytes, Failure> {
        let missing = || Failure::from(Reason::NotFound { what: "该材料".into() });
        let papers: Vec<Paper> = match held {
            HeldBy::Project(id) => {
                self.project_state(viewer, *id)?.filed.into_values().flat_map(|filed| filed.papers).collect()
            }
            HeldBy::Place(place) => self.place_page(viewer, place)?.files.into_values().flatten().collect(),
            HeldBy::Allocation(id) => {
                super::funds::sees_money(viewer)?;
                let acts = self.reads.stream(&Stream::Allocation(*id).key())?;
                let state = crate::history::allocation(&acts)?.filter(|state| state.pack == viewer.pack.id);
                state
                    .map(|state| state.trail.0)
                    .unwrap_or_default()
                    .into_iter()
                    .flat_map(|t| t.papers)
                    .collect()
            }
        };
        let paper = papers.into_iter().find(|paper| paper.hash == *hash).ok_or_else(missing)?;
        let bytes = self.house.paper(hash)?.ok_or_else(missing)?;
        Ok(PaperBytes { name: paper.name, media: paper.media, bytes })
    }
}
