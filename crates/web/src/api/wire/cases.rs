//! Cases over the wire: in lists, and one with its form, what is open, what was done, papers and notices.

use std::collections::BTreeMap;

use app::view::case::{CaseNotice, CasePage, NextAct, ObjectionShown, PaperShown};
use app::view::cases::{CaseLineShown, CaseList, CaseQuery};
use app::view::pack::FormData;

use super::{Day, Named, Text, Yuan, each, query, shape};

query! {
    /// Which cases.
    CaseAsk {
        /// Procedure.
        procedure: String,
        /// Year.
        year: i16,
        /// `open`, `returned`, `accepted`, `granted`, `paid`, `refused` or `withdrawn`.
        standing: String,
        /// Words in number, title or applicant.
        text: String,
        /// The `next` of the page before.
        after: String,
    }
}

impl From<CaseAsk> for CaseQuery {
    fn from(ask: CaseAsk) -> Self {
        let CaseAsk { procedure, year, standing, text, after } = ask;
        Self { procedure, year, standing, text, after, ..Self::default() }
    }
}

shape! {
    /// A case in a list.
    CaseLine of &CaseLineShown as line => {
        /// Id.
        id: i64 = line.row.case.0,
        /// Number.
        number: String = line.row.number.clone(),
        /// Title.
        title: String = line.row.title.clone(),
        /// Procedure.
        procedure: Named = Named { id: line.row.procedure.clone(), name: (&line.procedure).into() },
        /// Year.
        year: i16 = line.row.year,
        /// The organisation that filed it.
        applicant: i64 = line.row.applicant.0,
        /// Its name.
        applicant_name: String = line.row.applicant_name.clone(),
        /// The case it builds on.
        parent: Option<i64> = line.row.parent.map(|parent| parent.0),
        /// `open`, `returned`, `accepted`, `granted`, `paid`, `refused` or `withdrawn`.
        standing: String = line.row.standing.clone(),
        /// The step that is open; empty when none is.
        stage: Text = Text { zh: line.row.stage.clone(), en: line.row.stage_en.clone() },
        /// The nearest deadline.
        due: Option<Day> = line.row.due.map(Day),
        /// Proposed, planned or granted, whichever is latest.
        amount: Yuan = Yuan(line.row.amount),
        /// Paid so far.
        paid: Yuan = Yuan(line.row.paid),
        /// The day of the first filing.
        filed_on: Day = Day(line.row.filed_on),
    }

    /// A page of cases, newest first.
    Cases of &CaseList as list => {
        /// The cases.
        items: Vec<CaseLine> = each(&list.rows),
        /// Ask again with `after` set to this for the next page; absent on the last.
        next: Option<String> = list.next.clone(),
        /// How many there are in all.
        total: usize = list.total,
    }

    /// A step that is open on a case.
    CaseStep of &NextAct as act => {
        /// The step of the regime.
        step: Named = Named { id: act.step.clone(), name: (&act.name).into() },
        /// Who does it.
        by: Text = (&act.by).into(),
        /// The article.
        article: String = act.cite.clone(),
        /// Since when.
        since: Day = Day(act.since),
        /// The last day.
        due: Option<Day> = act.due.as_ref().map(|due| Day(due.date)),
        /// Whether the caller's role does it.
        mine: bool = act.mine.is_some(),
        /// Only offered: nobody waits for it.
        offered: bool = act.offered,
        /// Where several roles must agree: who did.
        signed: Vec<Text> = each(&act.signed),
        /// The last day of a notice that runs.
        runs_until: Option<Day> = act.runs_until.map(Day),
    }

    /// A paper on a case.
    CasePaper of &PaperShown as paper => {
        /// The paper of the regime.
        paper: Named = Named { id: paper.paper.clone(), name: (&paper.name).into() },
        /// The article.
        article: String = paper.cite.clone(),
        /// The file's name.
        file: String = paper.file.clone(),
        /// The digest of its bytes.
        hash: String = paper.hash.to_string(),
        /// Its size in bytes.
        size: i64 = paper.size,
        /// It belongs to the latest version.
        current: bool = paper.current,
    }

    /// An objection.
    CaseObjection of &ObjectionShown as said => {
        /// Id.
        id: i64 = said.id.0,
        /// The receipt.
        receipt: String = said.receipt.clone(),
        /// What was said.
        text: String = said.text.clone(),
        /// The day it came.
        on: Day = Day(said.on),
        /// Whether it was upheld; absent while nobody answered.
        upheld: Option<bool> = said.answer.as_ref().map(|answer| answer.0),
        /// The answer.
        answer: Option<String> = said.answer.as_ref().map(|answer| answer.1.clone()),
    }

    /// A notice on a case.
    Notice of &CaseNotice as notice => {
        /// The step that posted it.
        step: Named = Named { id: notice.step.clone(), name: (&notice.name).into() },
        /// Its number.
        number: String = notice.number.clone(),
        /// The day of posting.
        on: Day = Day(notice.on),
        /// Its first day.
        first: Day = Day(notice.window.first),
        /// Its last day.
        last: Day = Day(notice.window.last),
        /// It was ended by somebody.
        ended: bool = notice.left.is_none(),
        /// Objections, newest first.
        objections: Vec<CaseObjection> = each(&notice.objections),
    }
}

/// What happened on a case.
#[derive(Debug, Clone, serde::Serialize, utoipa::ToSchema)]
pub struct CaseDone {
    /// The step of the regime.
    pub step: String,
    /// With which outcome.
    pub outcome: Option<String>,
    /// The day that counts.
    pub on: Day,
    /// What was said.
    pub opinion: String,
}

/// A declared line that is verified: an amount of a table.
#[derive(Debug, Clone, serde::Serialize, utoipa::ToSchema)]
pub struct DeclaredLine {
    /// `assets:3` is the third row of the table `assets`.
    pub line: String,
    /// The amount declared.
    pub amount: Yuan,
}

/// A case.
#[derive(Debug, Clone, serde::Serialize, utoipa::ToSchema)]
pub struct CaseDetail {
    /// Id.
    pub id: i64,
    /// Number.
    pub number: String,
    /// Title.
    pub title: String,
    /// Procedure.
    pub procedure: Named,
    /// The edition of the regime that it runs under.
    pub edition: String,
    /// Year.
    pub year: i16,
    /// `open`, `returned`, `accepted`, `granted`, `paid`, `refused` or `withdrawn`.
    pub standing: String,
    /// The organisation that filed it.
    pub applicant: i64,
    /// Its name.
    pub applicant_name: String,
    /// The firm that verifies it.
    pub firm: Option<i64>,
    /// The case it builds on.
    pub parent: Option<i64>,
    /// The plan it is in.
    pub plan: Option<i64>,
    /// The latest version of its own form; sealed cells are masked.
    pub form: FormSays,
    /// Amounts that a verifier confirms line by line.
    pub lines: Vec<DeclaredLine>,
    /// Steps that are open, those of the caller first.
    pub open: Vec<CaseStep>,
    /// What was done, oldest first.
    pub done: Vec<CaseDone>,
    /// Papers.
    pub papers: Vec<CasePaper>,
    /// Notices, newest first.
    pub notices: Vec<Notice>,
    /// Similar cases that nobody compared yet.
    pub uncompared: Vec<i64>,
    /// What was granted and is not paid.
    pub unpaid: Yuan,
    /// The amount proposed.
    pub proposed: Option<Yuan>,
}

impl CaseDetail {
    /// Of the views.
    pub fn of(page: &CasePage, papers: &[PaperShown], notices: &[CaseNotice]) -> Self {
        let (case, pack) = (&page.case, &page.pack);
        let lines = app::view::state::declared_lines(pack, case);
        let done = case.trail.iter().map(|done| CaseDone {
            step: done.step.clone(),
            outcome: done.outcome.clone(),
            on: Day(done.on),
            opinion: done.opinion.clone(),
        });
        Self {
            id: case.id.0,
            number: case.number.clone(),
            title: case.title.clone(),
            procedure: Named { id: case.procedure.clone(), name: (&page.procedure).into() },
            edition: case.edition.clone(),
            year: case.year,
            standing: app::view::case::standing_word(page.standing).to_owned(),
            applicant: case.applicant.0,
            applicant_name: page.applicant.clone(),
            firm: case.firm.map(|firm| firm.0),
            parent: case.parent.map(|parent| parent.0),
            plan: case.plan.as_ref().map(|(plan, _)| plan.0),
            form: case.current().map(|declared| FormSays::shown(&declared.form)).unwrap_or_default(),
            lines: lines
                .into_iter()
                .map(|(line, amount)| DeclaredLine { line, amount: Yuan(amount) })
                .collect(),
            open: each(&page.next),
            done: done.collect(),
            papers: each(papers),
            notices: each(notices),
            uncompared: case.uncompared().map(|other| other.0).collect(),
            unpaid: Yuan(case.unpaid()),
            proposed: case.proposal.as_ref().map(|proposal| Yuan(proposal.amount)),
        }
    }
}

/// A form as typed: texts by the ids of the regime.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FormSays {
    /// Single fields.
    #[serde(default)]
    pub fields: BTreeMap<String, String>,
    /// Rows of tables, by the id of the part.
    #[serde(default)]
    pub tables: BTreeMap<String, Vec<BTreeMap<String, String>>>,
}

impl FormSays {
    fn shown(form: &FormData) -> Self {
        let texts = |cells: &BTreeMap<String, String>| -> BTreeMap<String, String> {
            cells.iter().map(|(id, text)| (id.clone(), app::vault::shown(text))).collect()
        };
        let tables = form.tables.iter().map(|(part, rows)| (part.clone(), rows.iter().map(texts).collect()));
        Self { fields: texts(&form.fields), tables: tables.collect() }
    }

    /// As the rules read it.
    pub fn data(self) -> FormData {
        FormData { fields: self.fields, tables: self.tables }
    }
}
