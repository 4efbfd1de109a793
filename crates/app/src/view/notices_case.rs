//! A notice on one case as the public sees it: the required content by the names of the pack, nothing else of the case.

use super::notices::{NoticeColumn, NoticePage, Running, issuers, objection_said};
use super::notices_mask::{mask_digits, shown_content};
use crate::command::Failure;
use crate::history;
use crate::ports::Fault;
use crate::rows::NoticeOf;
use crate::tables::{NOTICE_ROWS, NOTICE_TABLE};
use crate::writer::App;
use domain::Stream;
use domain::case::{Case, Shown, Standing};
use kernel::Date;
use kernel::id::CaseId;
use policy::pack::{Pack, Words};
use std::sync::Arc;

impl App {
    /// The notice of a case: the newest, or the one of this number. `None` when nothing was posted.
    pub(super) fn case_notice(
        &self,
        id: CaseId,
        number: Option<&str>,
    ) -> Result<Option<NoticePage>, Failure> {
        let Some(case) = self.public_case(id)? else { return Ok(None) };
        let chosen =
            case.notices.iter().rev().find(|shown| number.is_none_or(|number| shown.number == number));
        let Some(shown) = chosen else { return Ok(None) };
        let pack = self.edition(&case.pack, &case.edition)?;
        let by = shown.meta.org.map(|org| self.reads.org(org)).transpose()?.flatten();
        let page = case_notice_page(&pack, &case, shown, by.map(|org| org.name), self.today());
        Ok(Some(NoticePage { table: self.notice_table(&shown.papers)?, ..page }))
    }

    /// A case of which something was posted; nothing else of cases is public.
    pub(super) fn public_case(&self, id: CaseId) -> Result<Option<Case>, Fault> {
        let state = history::case(&self.reads.stream(&Stream::Case(id).key())?)?;
        Ok(state.filter(|case| !case.notices.is_empty()))
    }
}

/// How a notice of a case stands on a day.
pub(super) fn running(case: &Case, shown: &Shown, today: Date) -> Running {
    let over = matches!(case.standing(), Standing::Withdrawn | Standing::Refused);
    match Running::on(today, shown.window.last) {
        Running::Open(_) if shown.ended || over => Running::Stopped,
        other => other,
    }
}

/// A notice of a case as the public sees it on a day; `by` is the name of the office that posted it.
pub fn case_notice_page(
    pack: &Arc<Pack>,
    case: &Case,
    shown: &Shown,
    by: Option<String>,
    today: Date,
) -> NoticePage {
    let of = pack.notices.get(&shown.notice);
    let content = of.map(|notice| notice.content.as_slice()).unwrap_or_default();
    let form = pack.procedures.get(&case.procedure).and_then(|procedure| procedure.form.as_ref());
    let form = form.and_then(|form| pack.forms.get(form));
    let fields = content.iter().filter_map(|one| {
        let text = shown.shown.get(&one.key)?;
        let column = NoticeColumn { key: one.key.clone(), name: one.name.clone() };
        Some((column, shown_content(pack, form, &one.key, text)))
    });
    let window = &shown.window;
    let said = case.objections.values().filter(|said| said.notice == shown.number);
    let step = pack.steps.get(&shown.step);
    NoticePage {
        about: NoticeOf::Case(case.id),
        year: case.year,
        number: shown.number.clone(),
        title: title(of.map_or_else(Words::default, |notice| notice.name.clone()), shown),
        cite: of.map(|notice| notice.cite.clone()),
        issuers: by.map_or_else(
            || step.map_or_else(Vec::new, |step| issuers(pack, &step.by)),
            |name| vec![Words::new(name.clone(), name)],
        ),
        term: of.map(|notice| notice.term),
        posted: shown.on,
        first: window.first,
        last: window.last,
        loose_last: Some(window.loose_last).filter(|loose| *loose != window.last),
        provisional: window.provisional,
        running: running(case, shown, today),
        postings: shown.postings.iter().map(|p| (p.place.clone(), p.address.clone())).collect(),
        fields: fields.collect(),
        photographs: photographs(shown),
        columns: Vec::new(),
        items: Vec::new(),
        total: None,
        table: None,
        objections: said.map(|said| objection_said(said.on, said.answer.as_ref())).collect(),
        others: case
            .notices
            .iter()
            .rev()
            .filter(|one| one.number != shown.number)
            .map(|one| (one.number.clone(), one.on))
            .collect(),
        pack: Arc::clone(pack),
    }
}

/// The names of the photographs: every paper but a table.
fn photographs(shown: &Shown) -> Vec<String> {
    let tables = [NOTICE_TABLE, NOTICE_ROWS];
    let papers = shown.papers.iter().filter(|paper| !tables.contains(&paper.paper.as_str()));
    papers.map(|paper| mask_digits(&paper.name)).collect()
}

/// The name of the notice and of the project, when the notice states it.
fn title(notice: Words, shown: &Shown) -> Words {
    match shown.name() {
        Some(name) => {
            let name = mask_digits(name);
            Words::new(format!("{}：{name}", notice.zh), format!("{}: {name}", notice.en))
        }
        None => notice,
    }
}
