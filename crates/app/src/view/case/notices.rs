//! Notices on one case: what they show, where and how long, who objected and what was answered.

use crate::command::Failure;
use crate::view::Viewer;
use crate::view::desk::days_left;
use crate::view::filing::{FiledPaper, paper_shown};
use crate::writer::App;
use domain::Reason;
use domain::case::{Case, Shown};
use domain::plan::Posting;
use kernel::Date;
use kernel::calendar::Calendar;
use kernel::deadline::{Due, Window, due};
use kernel::id::{CaseId, ObjectionId};
use policy::pack::{Pack, Words};

/// An objection to a notice on a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectionShown {
    /// Which.
    pub id: ObjectionId,
    /// The receipt.
    pub receipt: String,
    /// What was said.
    pub text: String,
    /// When.
    pub on: Date,
    /// Whether it was upheld, the answer, its day.
    pub answer: Option<(bool, String, Date)>,
    /// Until when it is to be answered.
    pub due: Option<Due>,
}

/// A notice on a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseNotice {
    /// The step.
    pub step: String,
    /// Its name.
    pub name: Words,
    /// Its number.
    pub number: String,
    /// The day of posting.
    pub on: Date,
    /// Its days.
    pub window: Window,
    /// Working days left while it runs; `None` once it ended.
    pub left: Option<i64>,
    /// The last day is over.
    pub over: bool,
    /// What it shows.
    pub shown: Vec<(Words, String)>,
    /// Where.
    pub postings: Vec<Posting>,
    /// Photographs.
    pub papers: Vec<FiledPaper>,
    /// The version of the form that it shows.
    pub version: u32,
    /// The role that answers.
    pub answers: Option<Words>,
    /// The viewer's role answers.
    pub mine: bool,
    /// Objections, newest first.
    pub objections: Vec<ObjectionShown>,
    /// The article.
    pub cite: String,
}

impl App {
    /// Every notice on a case, newest first.
    pub fn case_notices(&self, viewer: &Viewer, id: CaseId) -> Result<Vec<CaseNotice>, Failure> {
        let case = self.case_read(viewer, id)?;
        let pack = self.edition(&case.pack, &case.edition)?;
        let today = self.today();
        Ok(case.notices.iter().rev().map(|shown| notice(viewer, &pack, &case, shown, today)).collect())
    }

    /// An objection of a case with its notice, for the role that answers it.
    pub fn case_objection(
        &self,
        viewer: &Viewer,
        id: CaseId,
        objection: ObjectionId,
    ) -> Result<(CaseNotice, ObjectionShown), Failure> {
        let all = self.case_notices(viewer, id)?;
        let found = all.into_iter().find_map(|notice| {
            let said = notice.objections.iter().find(|said| said.id == objection).cloned()?;
            Some((notice, said))
        });
        found.ok_or_else(|| Reason::NotFound { what: "异议".into() }.into())
    }
}

/// A notice as its pages show it.
pub(in crate::view) fn notice(
    viewer: &Viewer,
    pack: &Pack,
    case: &Case,
    shown: &Shown,
    today: Date,
) -> CaseNotice {
    let of = pack.notices.get(&shown.notice);
    let rule = of.and_then(|notice| notice.objection.as_ref());
    let content = of.map(|notice| notice.content.as_slice()).unwrap_or_default();
    let text = |key: &str| shown.shown.get(key).cloned();
    let of_it = case.objections.iter().filter(|(_, said)| said.notice == shown.number);
    let mut objections: Vec<ObjectionShown> = of_it
        .map(|(id, said)| ObjectionShown {
            id: *id,
            receipt: said.receipt.clone(),
            text: said.text.clone(),
            on: said.on,
            answer: said.answer.clone(),
            due: rule
                .and_then(|rule| rule.within)
                .map(|term| due(said.on, term, &Calendar::known_on(said.on))),
        })
        .collect();
    objections.reverse();
    CaseNotice {
        step: shown.step.clone(),
        name: of.map_or_else(Words::default, |notice| notice.name.clone()),
        number: shown.number.clone(),
        on: shown.on,
        window: shown.window,
        left: (!shown.ended).then(|| days_left(today, shown.window.last)),
        over: today > shown.window.last,
        shown: content.iter().filter_map(|c| Some((c.name.clone(), text(&c.key)?))).collect(),
        postings: shown.postings.clone(),
        papers: shown.papers.iter().map(|paper| paper_shown(pack, paper, false)).collect(),
        version: shown.version,
        answers: rule.map(|rule| super::next::role_words(pack, &rule.by)),
        mine: rule.is_some_and(|rule| rule.by == viewer.role),
        objections,
        cite: of.map_or_else(String::new, |notice| notice.cite.to_string()),
    }
}
