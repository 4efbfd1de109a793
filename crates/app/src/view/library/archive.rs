//! What the archive of a project will hold: the acts of its streams with their proofs, and the files that these acts name.

use crate::access::Right;
use crate::archive::write::Attached;
use crate::archive::{Plan, plain};
use crate::command::Failure;
use crate::ports::Fault;
use crate::rows::{CaseRow, MovementRow, ProjectRow, Scope};
use crate::view::Viewer;
use crate::writer::App;
use domain::{Reason, Stream};
use journal::proof::{self, Inclusions, ProofError, TreeHead};
use journal::{ActEnvelope, Checkpoint, Digest, HashKind};
use kernel::id::{CaseId, PaperHash};
use policy::pack::Pack;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// What only those read who see everything: who objects is nobody's business who may be objected to.
const GUARDED: &str = "case.objected";
/// Whoever has one of these reads the acts of a project's money and of its claims.
const MONEY: [Right; 5] =
    [Right::ManageProject, Right::SeeMoney, Right::Allocate, Right::Claim, Right::Settle];
/// The most movements of money that are listed.
const MOVEMENTS_MAX: usize = 1_000;

impl App {
    /// What goes into the archive of a project, for those who see its page.
    pub fn archive_plan(&self, viewer: &Viewer, id: CaseId) -> Result<Plan, Failure> {
        let missing = || Failure::from(Reason::NotFound { what: "入库项目".into() });
        let case = self.case(viewer, id)?;
        let row = self.reads.case(id)?.filter(|row| row.library).ok_or_else(missing)?;
        let pack = self.edition(&case.pack, &case.edition)?;
        let family = self.family(viewer, row.clone())?;
        let folders = self.folders(viewer, &pack, &family)?;
        let mut acts: Vec<ActEnvelope> = Vec::new();
        for stream in folders.keys() {
            acts.extend(self.reads.stream(stream)?);
        }
        let left_out = guard(&viewer.scope, &mut acts);
        acts.sort_by_key(|act| act.seq);
        let (head, paths) = self.proofs(&acts)?;
        Ok(Plan {
            number: row.number,
            title: row.title,
            made: self.today(),
            attached: attached(&pack, &folders, &acts),
            acts,
            left_out,
            paths,
            head,
        })
    }

    /// How the project's money moved, oldest first, as far as the viewer sees it.
    pub fn archive_movements(&self, viewer: &Viewer, id: CaseId) -> Result<Vec<MovementRow>, Failure> {
        self.case(viewer, id)?;
        let missing = || Failure::from(Reason::NotFound { what: "入库项目".into() });
        let row = self.reads.case(id)?.filter(|row| row.library).ok_or_else(missing)?;
        let family = self.family(viewer, row)?;
        let mut all = Vec::new();
        for project in self.purses(viewer, &family)? {
            all.extend(self.reads.project_movements(project.project, MOVEMENTS_MAX)?);
        }
        Ok(all)
    }

    /// The streams of a project, each with the folder of its files: `01 项目申报 蓟申-2018-0001`.
    fn folders(
        &self,
        viewer: &Viewer,
        pack: &Pack,
        family: &[CaseRow],
    ) -> Result<BTreeMap<String, String>, Failure> {
        let mut named: Vec<(Stream, String)> = Vec::new();
        for row in family {
            let procedure = pack.procedures.get(&row.procedure);
            let name = procedure.map_or(row.procedure.as_str(), |procedure| procedure.name.zh.as_str());
            named.push((Stream::Case(row.case), format!("{name} {}", row.number)));
        }
        for project in self.purses(viewer, family)? {
            named.push((Stream::Project(project.project), format!("资金项目 {}", project.number)));
            for claim in self.purse(viewer, project.project)?.claims {
                named.push((Stream::Claim(claim.id), format!("报账 {}", claim.number)));
            }
        }
        let folder = |(at, (stream, name)): (usize, (Stream, String))| {
            (stream.key(), format!("{:02} {}", at + 1, plain(&name)))
        };
        Ok(named.into_iter().enumerate().map(folder).collect())
    }

    /// The projects of money, for those who have to do with money.
    fn purses(&self, viewer: &Viewer, family: &[CaseRow]) -> Result<Vec<ProjectRow>, Failure> {
        if !MONEY.iter().any(|right| viewer.may(*right)) {
            return Ok(Vec::new());
        }
        self.projects_seen(viewer, family)
    }

    /// A head of the log that is younger than the acts, and the path of each act to it. The book's hash function is the one whose
    /// root comes out as the head's.
    fn proofs(&self, acts: &[ActEnvelope]) -> Result<(Checkpoint, Vec<Vec<Digest>>), Failure> {
        let head = self.log_head()?;
        let wanted: Vec<u64> = acts.iter().map(|act| act.seq).collect();
        for kind in [HashKind::Sm3, HashKind::Sha256] {
            let leaves = crate::view::journal::Leaves { reads: &*self.reads, hash: kind };
            let made = proof::inclusions(kind, &leaves, &wanted, head.size);
            let Inclusions { paths, root } = made.map_err(|error| match error {
                ProofError::Source(fault) => fault,
                other => Fault::lasting(format!("proofs of an archive: {other:?}")),
            })?;
            if root == head.root {
                let book = acts.first().map_or_else(String::new, |act| act.book.clone());
                let head = TreeHead { size: head.size, root };
                return Ok((Checkpoint { book, head, kind, at: self.clock.now() }, paths));
            }
        }
        Err(Fault::lasting("the log's root is not that of its acts").into())
    }
}

/// Takes out what not everybody reads; answers how many acts that were.
fn guard(scope: &Scope, acts: &mut Vec<ActEnvelope>) -> u64 {
    let all = acts.len();
    acts.retain(|act| *scope == Scope::All || act.kind != GUARDED);
    u64::try_from(all - acts.len()).unwrap_or(u64::MAX)
}

/// A file as any stored act names it.
#[derive(Deserialize)]
struct Named {
    paper: String,
    name: String,
    hash: String,
    size: u64,
    media: String,
}

/// The files that acts name, each once a folder, under names that people can read.
fn attached(pack: &Pack, folders: &BTreeMap<String, String>, acts: &[ActEnvelope]) -> Vec<Attached> {
    let mut files: Vec<Attached> = Vec::new();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut seen: BTreeSet<(String, PaperHash)> = BTreeSet::new();
    for act in acts {
        let (Some(folder), Ok(body)) = (folders.get(&act.stream), serde_json::from_str(&act.body)) else {
            continue;
        };
        let mut named = Vec::new();
        papers(&body, &mut named);
        for paper in named {
            let Ok(hash) = paper.hash.parse::<PaperHash>() else { continue };
            if !seen.insert((act.stream.clone(), hash)) {
                continue;
            }
            let kind = pack.papers.get(&paper.paper).map(|of| of.name.zh.as_str());
            let name = match kind {
                Some(kind) if !paper.name.starts_with(kind) => format!("{kind}-{}", paper.name),
                _ => paper.name,
            };
            let base = format!("{}/{folder}", crate::archive::ATTACHMENTS);
            let path = free(&format!("{base}/{}", plain(&name)), &taken);
            taken.insert(path.to_lowercase());
            files.push(Attached { path, hash, size: paper.size, act: act.seq });
        }
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files
}

/// Everything in a body that is a file, wherever it stands in it.
fn papers(value: &serde_json::Value, found: &mut Vec<Named>) {
    match value {
        serde_json::Value::Object(map) => match Named::deserialize(value) {
            Ok(paper) if !paper.media.is_empty() => found.push(paper),
            _ => {
                for inner in map.values() {
                    papers(inner, found);
                }
            }
        },
        serde_json::Value::Array(list) => {
            for inner in list {
                papers(inner, found);
            }
        }
        _ => {}
    }
}

/// The path, or one like it that is not taken: `a (2).pdf`.
fn free(path: &str, taken: &BTreeSet<String>) -> String {
    let (stem, ending) = match path.rsplit_once('.') {
        Some((stem, ending)) if !ending.contains('/') => (stem, format!(".{ending}")),
        _ => (path, String::new()),
    };
    let more = (2_u32..).map(|at| format!("{stem} ({at}){ending}"));
    let mut candidates = std::iter::once(path.to_owned()).chain(more);
    candidates.find(|one| !taken.contains(&one.to_lowercase())).unwrap_or_else(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_part_of_a_path_and_no_two_are_the_same() {
        assert_eq!(plain("../..\\a:b*?.pdf"), "_.._a_b__.pdf");
        assert_eq!(plain(" . "), "_");
        assert!(plain(&format!("{}.pdf", "长".repeat(200))).ends_with("长.pdf"));
        let taken = BTreeSet::from(["附件/a.pdf".to_owned(), "附件/a (2).pdf".to_owned()]);
        assert_eq!(free("附件/A.pdf", &taken), "附件/A (3).pdf");
        assert_eq!(free("附件/b", &taken), "附件/b");
    }

    #[test]
    fn who_objected_is_read_by_those_only_who_see_everything() {
        let act = |seq: u64, kind: &str| ActEnvelope {
            book: "b".into(),
            seq,
            stream: "case:1".into(),
            kind: kind.into(),
            form: 1,
            at: 0,
            actor: None,
            behalf: None,
            role: None,
            org: None,
            article: None,
            pack: None,
            body: "{}".into(),
        };
        let acts = vec![act(0, "case.declared"), act(1, "case.objected"), act(2, "case.answered")];
        let region = Scope::Region("120119".parse().unwrap());
        for (scope, left_out) in [(Scope::All, 0), (region, 1), (Scope::Own(kernel::id::OrgId(1)), 1)] {
            let mut read = acts.clone();
            assert_eq!(guard(&scope, &mut read), left_out);
            assert_eq!(read.iter().any(|act| act.kind == "case.objected"), left_out == 0);
        }
    }

    #[test]
    fn files_are_found_wherever_they_stand_in_a_body() {
        let paper = r#"{"paper":"plan","name":"方案.pdf","hash":"00","size":3,"media":"application/pdf"}"#;
        let body = format!(r#"{{"papers":[{paper}],"lines":[{{"no":1,"papers":[{paper}]}}],"hash":"11"}}"#);
        let mut found = Vec::new();
        papers(&serde_json::from_str(&body).unwrap(), &mut found);
        assert_eq!(found.len(), 2);
        assert!(found.iter().all(|paper| paper.name == "方案.pdf" && paper.size == 3));
    }
}
