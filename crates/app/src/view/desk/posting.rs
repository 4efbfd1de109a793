//! A notice to be posted on a case: what it must say, as far as the case knows it, where, and its days if it were posted on a day.

use super::DeskPage;
use crate::writer::App;
use domain::case::{known_content, notice_of};
use kernel::Date;
use kernel::calendar::Calendar;
use kernel::deadline::{Window, window};
use policy::pack::{Notice, Words};

/// A notice to be posted on a case.
#[derive(Debug, Clone)]
pub struct NoticeAsked {
    /// The notice of the pack.
    pub notice: Notice,
    /// What it must say: key, name, and what the case knows of it.
    pub content: Vec<(String, Words, String)>,
    /// Its days, if it were posted on the day asked for.
    pub window: Window,
    /// There is a working day in them.
    pub has_workday: bool,
    /// The notice of working days that they rest on.
    pub revision: Option<String>,
}

impl App {
    /// The notice of a desk's step; `None` when the step posts none.
    pub fn notice_asked(&self, desk: &DeskPage, on: Date) -> Option<NoticeAsked> {
        let pack = &desk.page.pack;
        let notice = notice_of(pack, &desk.step)?;
        let known = known_content(pack, &desk.page.case, notice, &desk.page.applicant);
        let calendar = Calendar::known_on(self.today());
        let window = window(on, notice.term, &calendar);
        let known_text = |key: &str| known.get(key).cloned().unwrap_or_default();
        let revisions = Calendar::all();
        let found = window.revision.and_then(|id| revisions.revisions().iter().find(|r| r.id == id));
        Some(NoticeAsked {
            content: notice
                .content
                .iter()
                .map(|content| (content.key.clone(), content.name.clone(), known_text(&content.key)))
                .collect(),
            has_workday: calendar.on_or_after(window.first) <= window.last,
            revision: found.map(|revision| revision.title.to_owned()),
            notice: notice.clone(),
            window,
        })
    }
}
