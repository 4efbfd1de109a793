//! Drafts of filings: what an applicant typed and has not filed. Kept in the house, outside the journal, with a version: a write
//! on an old version is refused and says so, and the caller still holds what was typed. Sensitive cells are sealed before they
//! are kept. Nothing here decides whether something may be filed; the use case does when it is declared.

mod many;
mod start;

pub(crate) use start::{builds_on, no_parent};

use crate::access::{self, Right};
use crate::command::{Command, Failure};
use crate::ports::Fault;
use crate::rows::Draft;
use crate::view::Viewer;
use crate::writer::App;
use domain::Reason;
use domain::case::{Paper, files, open_steps};
use journal::HashKind;
use kernel::id::{CaseId, PaperHash};
use policy::form::FormData;
use policy::pack::{Form, Pack, Part, PartKind, Prefill};
use policy::procedure::{Procedure, Step, Subject};
use serde::{Deserialize, Serialize};
use start::{asks_parent, papers_before, take_equal};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The letters of a draft's key: no vowels, nothing that looks like something else.
const LETTERS: &[u8; 28] = b"23456789bcdfghjkmnpqrstvwxyz";
/// How many letters.
const KEY_LEN: usize = 12;

/// A draft as its owner works on it. Sensitive cells of `data` are references into the vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilingDraft {
    /// Its key in addresses.
    pub key: String,
    /// Counts up with each write; what a page was opened with.
    pub version: i64,
    /// Written last, milliseconds.
    pub updated: i64,
    /// The procedure.
    pub procedure: String,
    /// The case it builds on.
    pub parent: Option<CaseId>,
    /// The case being corrected, or filed on again.
    pub case: Option<CaseId>,
    /// The step at which it is filed; the first of the procedure when absent.
    pub step: Option<String>,
    /// What was typed.
    pub data: FormData,
    /// The papers so far.
    pub papers: Vec<Paper>,
    /// The case that it became, once filed: then only this is left of it.
    pub filed: Option<CaseId>,
}

/// What came of writing a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    /// Written; this is the version now.
    Done(i64),
    /// Somebody wrote it after the page was opened. Nothing was written; this is what stands there now.
    Stale(Box<FilingDraft>),
}

#[derive(Serialize, Deserialize)]
struct Wire {
    procedure: String,
    parent: Option<i64>,
    case: Option<i64>,
    /// The filing step; drafts kept before there were several have none.
    #[serde(default)]
    step: Option<String>,
    fields: BTreeMap<String, String>,
    tables: BTreeMap<String, Vec<BTreeMap<String, String>>>,
    papers: Vec<WirePaper>,
    /// The case that it became; what was typed is gone then.
    #[serde(default)]
    filed: Option<i64>,
}

#[derive(Serialize, Deserialize)]
struct WirePaper {
    paper: String,
    name: String,
    hash: String,
    size: i64,
    media: String,
}

impl FilingDraft {
    fn read(row: &Draft) -> Result<Self, Fault> {
        let broken = |what: &str| Fault::lasting(format!("draft {} cannot be read: {what}", row.key));
        let wire: Wire = serde_json::from_str(&row.body).map_err(|e| broken(&e.to_string()))?;
        let paper = |p: WirePaper| -> Result<Paper, Fault> {
            let hash: PaperHash = p.hash.parse().map_err(|_| broken("hash of a paper"))?;
            Ok(Paper { paper: p.paper, name: p.name, hash, size: p.size, media: p.media })
        };
        Ok(Self {
            key: row.key.clone(),
            version: row.version,
            updated: row.updated,
            procedure: wire.procedure,
            parent: wire.parent.map(CaseId),
            case: wire.case.map(CaseId),
            step: wire.step,
            data: FormData { fields: wire.fields, tables: wire.tables },
            papers: wire.papers.into_iter().map(paper).collect::<Result<_, _>>()?,
            filed: wire.filed.map(CaseId),
        })
    }

    fn body(&self) -> Result<String, Fault> {
        let paper = |p: &Paper| WirePaper {
            paper: p.paper.clone(),
            name: p.name.clone(),
            hash: p.hash.to_string(),
            size: p.size,
            media: p.media.clone(),
        };
        let wire = Wire {
            procedure: self.procedure.clone(),
            parent: self.parent.map(CaseId::get),
            case: self.case.map(CaseId::get),
            step: self.step.clone(),
            fields: self.data.fields.clone(),
            tables: self.data.tables.clone(),
            papers: self.papers.iter().map(paper).collect(),
            filed: self.filed.map(CaseId::get),
        };
        serde_json::to_string(&wire).map_err(|e| Fault::lasting(format!("draft {}: {e}", self.key)))
    }

    /// Where it is filed: procedure, step and form.
    pub fn place<'p>(&self, pack: &'p Pack) -> Option<(&'p Procedure, &'p Step, &'p Form)> {
        filing_step(pack, &self.procedure, self.step.as_deref())
    }

    /// A short mark of what stands in one part: it changes when the part does, so that two windows on different parts do not
    /// get into each other's way.
    pub fn part_mark(&self, part: &Part) -> String {
        let mut text = String::new();
        match &part.kind {
            PartKind::Fields(fields) => {
                for field in fields {
                    text.push_str(self.data.get("", None, &field.id));
                    text.push('\u{1}');
                }
            }
            PartKind::Table(_) | PartKind::Months(_) => {
                for row in self.data.rows(&part.id) {
                    for (id, cell) in row.iter().filter(|(_, cell)| !cell.is_empty()) {
                        text.push_str(&format!("{id}\u{2}{cell}\u{1}"));
                    }
                    text.push('\u{3}');
                }
            }
        }
        HashKind::Sm3.plain(text.as_bytes()).to_string().chars().take(16).collect()
    }
}

/// A step that files a form, with its procedure and the form: the one asked for, else the first of the procedure.
pub fn filing_step<'p>(
    pack: &'p Pack,
    procedure: &str,
    step: Option<&str>,
) -> Option<(&'p Procedure, &'p Step, &'p Form)> {
    let procedure = pack.procedures.get(procedure).filter(|p| p.subject == Subject::Case)?;
    let step = match step {
        Some(step) => pack.steps.get(step).filter(|s| s.procedure == procedure.id),
        None => pack.start_steps(procedure).into_iter().find(|step| files(step.act)),
    };
    let step = step.filter(|step| files(step.act))?;
    let form = step.form.as_deref().or(procedure.form.as_deref())?;
    Some((procedure, step, pack.forms.get(form)?))
}

/// The id under which a step's form is kept on a case: empty for the procedure's own.
pub(crate) fn filed_under(procedure: &Procedure, step: &Step) -> String {
    step.form.clone().filter(|form| Some(form) != procedure.form.as_ref()).unwrap_or_default()
}

fn unknown() -> Failure {
    Reason::NotFound { what: "草稿".into() }.into()
}

/// A key that the same seed always gives: a form sent twice begins one draft.
fn key_of(viewer: &Viewer, seed: &str) -> String {
    let digest = HashKind::Sm3.plain(format!("draft\0{}\0{seed}", viewer.org).as_bytes());
    let letter = |byte: &u8| char::from(LETTERS[usize::from(*byte) % LETTERS.len()]);
    digest.as_bytes().iter().take(KEY_LEN).map(letter).collect()
}

impl App {
    /// The drafts of the viewer's organisation, the one written last first.
    pub fn drafts(&self, viewer: &Viewer) -> Result<Vec<FilingDraft>, Failure> {
        if !viewer.may(Right::Declare) {
            return Ok(Vec::new());
        }
        let rows = self.house.drafts(viewer.org)?;
        let mut drafts = rows.iter().map(FilingDraft::read).collect::<Result<Vec<_>, _>>()?;
        drafts.retain(|draft| draft.filed.is_none());
        drafts.sort_by(|a, b| b.updated.cmp(&a.updated).then_with(|| a.key.cmp(&b.key)));
        Ok(drafts)
    }

    /// One draft of the viewer's organisation, for a role that may file it.
    pub fn filing_draft(&self, viewer: &Viewer, key: &str) -> Result<FilingDraft, Failure> {
        let row =
            self.house.draft(viewer.org, key)?.filter(|_| viewer.may(Right::Declare)).ok_or_else(unknown)?;
        let draft = FilingDraft::read(&row)?;
        let pack = self.draft_pack(viewer, &draft)?;
        let (_, step, _) = draft.place(&pack).ok_or_else(unknown)?;
        if step.done_by(&viewer.role) && draft.filed.is_none() { Ok(draft) } else { Err(unknown()) }
    }

    /// The case that a draft of the viewer's organisation became.
    pub fn filed_as(&self, viewer: &Viewer, key: &str) -> Result<Option<CaseId>, Failure> {
        let row = self.house.draft(viewer.org, key)?.filter(|_| viewer.may(Right::Declare));
        Ok(row.as_ref().map(FilingDraft::read).transpose()?.and_then(|draft| draft.filed))
    }

    /// Leaves of a filed draft only which case it became, so that its form sent twice leads to the same case.
    pub fn mark_filed(&self, viewer: &Viewer, draft: &FilingDraft, case: CaseId) -> Result<(), Failure> {
        let empty =
            FilingDraft { data: FormData::default(), papers: Vec::new(), filed: Some(case), ..draft.clone() };
        self.write_draft(viewer, &empty, &FormData::default()).map(drop)
    }

    /// The edition that a draft is filed under: that of the case being corrected, else the one in force.
    pub fn draft_pack(&self, viewer: &Viewer, draft: &FilingDraft) -> Result<Arc<Pack>, Failure> {
        match draft.case {
            Some(case) => {
                let case = self.case(viewer, case)?;
                self.edition(&case.pack, &case.edition)
            }
            None => Ok(Arc::clone(&viewer.pack)),
        }
    }

    /// Begins a draft, filled in as far as the pack says; answers its key. The same seed begins one draft.
    pub fn begin_draft(
        &self,
        viewer: &Viewer,
        procedure: &str,
        parent: Option<CaseId>,
        seed: &str,
    ) -> Result<String, Failure> {
        let pack = Arc::clone(&viewer.pack);
        let (of, step, form) = filing_step(&pack, procedure, None).ok_or_else(unknown)?;
        may_file(viewer, step)?;
        let parent = match (&of.parent, parent) {
            (None, _) | (_, None) => None,
            (Some(_), Some(id)) => Some(self.case(viewer, id)?).filter(|case| builds_on(of, case, viewer)),
        };
        if of.parent.is_some() && parent.is_none() && !of.parent_optional {
            return Err(domain::Refusal::under(step.cite.to_string(), no_parent(&pack, of)).into());
        }
        let from_parent = parent.as_ref().and_then(|case| case.current()).map(|declared| &declared.form);
        let mut data = self.prefilled(viewer, &pack, step, form, from_parent)?;
        if let Some(from) = from_parent.filter(|_| !asks_parent(form)) {
            take_equal(form, from, &mut data);
        }
        let draft = FilingDraft {
            key: key_of(viewer, seed),
            version: 0,
            updated: 0,
            procedure: procedure.to_owned(),
            parent: parent.map(|case| case.id),
            case: None,
            step: None,
            data,
            papers: Vec::new(),
            filed: None,
        };
        self.write_draft(viewer, &draft, &draft.data)?;
        Ok(draft.key)
    }

    /// Begins to file on a case again: a correction, the next version, a form of its own. It starts from the version filed
    /// last, or from what the case says already. Goes on with the draft of this case and step that was begun before.
    pub fn begin_version(
        &self,
        viewer: &Viewer,
        id: CaseId,
        asked: Option<&str>,
        seed: &str,
    ) -> Result<String, Failure> {
        let case = self.case(viewer, id)?;
        let pack = self.edition(&case.pack, &case.edition)?;
        let open: Vec<&Step> = open_steps(&pack, &case).into_iter().map(|open| open.step).collect();
        let mine = |step: &&&Step| {
            files(step.act) && step.done_by(&viewer.role) && asked.is_none_or(|asked| asked == step.id)
        };
        let found = open.iter().find(mine).filter(|_| case.applicant == viewer.org);
        let Some((procedure, step, form)) =
            found.and_then(|step| filing_step(&pack, &case.procedure, Some(&step.id)))
        else {
            let step = asked.and_then(|id| pack.steps.get(id));
            let step = step.or_else(|| filing_step(&pack, &case.procedure, None).map(|(_, step, _)| step));
            let step = step.map_or_else(|| "申报".to_owned(), |s| s.name.zh.clone());
            let names: Vec<&str> = open.iter().map(|s| s.name.zh.as_str()).collect();
            let open = if names.is_empty() { "无".to_owned() } else { names.join("、") };
            return Err(Reason::StepNotOpen { step, open }.into());
        };
        let begun = self.drafts(viewer)?.into_iter().find(|draft| {
            draft.case == Some(id) && draft.place(&pack).is_some_and(|(_, of, _)| of.id == step.id)
        });
        if let Some(begun) = begun {
            return Ok(begun.key);
        }
        let data = match case.filed(&filed_under(procedure, step)) {
            Some(last) => last.form.clone(),
            None => {
                let mut data = self.prefilled(viewer, &pack, step, form, None)?;
                if let Some(from) = case.current() {
                    take_equal(form, &from.form, &mut data);
                }
                data
            }
        };
        let draft = FilingDraft {
            key: key_of(viewer, seed),
            version: 0,
            updated: 0,
            procedure: case.procedure.clone(),
            parent: case.parent,
            case: Some(id),
            step: Some(step.id.clone()),
            data,
            papers: papers_before(&case, step),
            filed: None,
        };
        self.write_draft(viewer, &draft, &draft.data)?;
        Ok(draft.key)
    }

    /// Writes a draft when nobody wrote it after `draft.version`; sensitive cells are sealed first.
    pub fn save_draft(&self, viewer: &Viewer, draft: &FilingDraft) -> Result<Saved, Failure> {
        let held = self.house.draft(viewer.org, &draft.key)?.ok_or_else(unknown)?;
        self.write_draft(viewer, draft, &FilingDraft::read(&held)?.data)
    }

    /// Writes a draft; `kept` is what is under seal already.
    fn write_draft(&self, viewer: &Viewer, draft: &FilingDraft, kept: &FormData) -> Result<Saved, Failure> {
        if !viewer.may(Right::Declare) {
            return Err(unknown());
        }
        let pack = self.draft_pack(viewer, draft)?;
        let (_, _, form) = draft.place(&pack).ok_or_else(unknown)?;
        let sealed = FilingDraft { data: self.seal_form(form, &draft.data, kept)?, ..draft.clone() };
        let row = Draft {
            owner: viewer.org,
            key: draft.key.clone(),
            version: draft.version,
            body: sealed.body()?,
            updated: self.clock.now(),
        };
        if self.house.put_draft(&row, draft.version)? {
            return Ok(Saved::Done(draft.version.saturating_add(1)));
        }
        let now = self.house.draft(viewer.org, &draft.key)?.ok_or_else(unknown)?;
        Ok(Saved::Stale(Box::new(FilingDraft::read(&now)?)))
    }

    /// Throws a draft of the viewer's organisation away. The papers' bytes stay: another draft or case may hold them.
    pub fn delete_draft(&self, viewer: &Viewer, key: &str) -> Result<(), Failure> {
        self.filing_draft(viewer, key)?;
        Ok(self.house.drop_draft(viewer.org, key)?)
    }

    /// The command that files a draft, as it was read from the store.
    pub fn declaration(&self, viewer: &Viewer, draft: &FilingDraft) -> Result<Command, Failure> {
        let pack = self.draft_pack(viewer, draft)?;
        let (_, _, form) = draft.place(&pack).ok_or_else(unknown)?;
        Ok(Command::Declare {
            case: draft.case,
            pack: pack.id.clone(),
            procedure: draft.procedure.clone(),
            step: draft.step.clone(),
            parent: draft.parent,
            form: self.seal_form(form, &without_blank_rows(form, &draft.data), &draft.data)?,
            papers: draft.papers.clone(),
        })
    }

    fn prefilled(
        &self,
        viewer: &Viewer,
        pack: &Pack,
        step: &Step,
        form: &Form,
        parent: Option<&FormData>,
    ) -> Result<FormData, Failure> {
        let org = self.org(viewer.org)?;
        let mut data = form.blank();
        for field in form.fields() {
            let text = match &field.prefill {
                None => None,
                Some(Prefill::Org(what)) => match what.as_str() {
                    "name" => Some(viewer.org_name.clone()),
                    "credit_code" => {
                        org.as_ref().and_then(|o| o.credit_code.as_ref()).map(|code| code.expose().to_owned())
                    }
                    _ => None,
                },
                Some(Prefill::Parent(id)) => parent.and_then(|form| form.fields.get(id)).cloned(),
                Some(Prefill::Case(what)) => match what.as_str() {
                    "desk" => Some(self.desk_name(viewer, pack, step)).filter(|name| !name.is_empty()),
                    "date" => Some(self.today().to_string()),
                    _ => None,
                },
            };
            if let Some(text) = text {
                data.fields.insert(field.id.clone(), text);
            }
        }
        Ok(data)
    }

    /// The office that will receive what the viewer files: the body of the next step's role in the viewer's region.
    pub fn desk_name(&self, viewer: &Viewer, pack: &Pack, step: &Step) -> String {
        let next = pack.next_steps(step, None).into_iter().map(|entry| entry.step).next();
        let Some(next) = next else { return String::new() };
        let here = pack
            .orgs
            .iter()
            .find(|org| org.role == next.by && org.region.is_some() && org.region == viewer.region);
        let body = here.or_else(|| pack.orgs.iter().find(|org| org.role == next.by && org.region.is_none()));
        body.map_or_else(|| access_name(pack, &next.by), |org| org.name.zh.clone())
    }
}

fn access_name(pack: &Pack, role: &str) -> String {
    pack.roles.get(role).map_or_else(String::new, |role| role.name.zh.clone())
}

fn may_file(viewer: &Viewer, step: &Step) -> Result<(), Failure> {
    if step.done_by(&viewer.role) && access::may(&viewer.pack, &viewer.role, Right::Declare) {
        return Ok(());
    }
    let (what, what_en) = (step.name.zh.clone(), step.name.en.clone());
    Err(Reason::NotAllowed { what, what_en, who: access_name(&viewer.pack, &step.by) }.into())
}

/// The form without the empty rows that growing tables keep for typing.
pub(crate) fn without_blank_rows(form: &Form, data: &FormData) -> FormData {
    let mut out = data.clone();
    for part in form.parts.iter().filter(|part| matches!(part.kind, PartKind::Table(_))) {
        if let Some(rows) = out.tables.get_mut(&part.id) {
            rows.retain(|cells| cells.values().any(|text| !text.trim().is_empty()));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> FilingDraft {
        let mut data = FormData::default();
        data.set("", None, "name", "天津某某有限公司");
        data.set("assets", Some(1), "amount", "１２万");
        FilingDraft {
            key: "k2".into(),
            version: 3,
            updated: 7,
            procedure: "application".into(),
            parent: Some(CaseId(4)),
            case: None,
            step: Some("apply".into()),
            data,
            papers: vec![Paper {
                paper: "licence".into(),
                name: "执照.pdf".into(),
                hash: PaperHash([7; 32]),
                size: 12,
                media: "application/pdf".into(),
            }],
            filed: None,
        }
    }

    #[test]
    fn a_draft_survives_its_storage() {
        let draft = draft();
        let row = Draft {
            owner: kernel::id::OrgId(1),
            key: draft.key.clone(),
            version: draft.version,
            body: draft.body().unwrap(),
            updated: draft.updated,
        };
        assert_eq!(FilingDraft::read(&row).unwrap(), draft);
        let broken = Draft { body: "{".into(), ..row };
        assert!(FilingDraft::read(&broken).is_err());
    }
}
