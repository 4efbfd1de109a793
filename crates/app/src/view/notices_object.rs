//! An objection to a notice, from a form that anybody may fill in, and its receipt. A contact is given freely and goes into the
//! vault; acts hold only a reference.

use super::notices::NoticePage;
use super::notices_mask::mask_digits;
use crate::command::{Command, Failure};
use crate::ports::Fault;
use crate::rows::{NoticeOf, ObjectionRow};
use crate::secret::{derive, keyed};
use crate::vault::Kind;
use crate::writer::App;
use domain::Reason;
use kernel::Date;
use kernel::calendar::Calendar;
use kernel::deadline::due;
use kernel::id::{CaseId, PlanId};
use policy::pack::{Pack, Words};

/// Letters and digits that nobody takes for one another.
const SIGNS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// How a receipt begins: 异议.
const PREFIX: &str = "YY";
/// The most characters of an objection.
pub const OBJECTION_CHARS_MAX: usize = 2_000;
/// The most characters of a name or contact.
pub const CONTACT_CHARS_MAX: usize = 100;

/// What was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Objecting {
    /// The item; all when `None`.
    pub case: Option<CaseId>,
    /// What is said.
    pub text: String,
    /// A name, or empty.
    pub name: String,
    /// How to reach the person, or empty.
    pub contact: String,
}

/// An objection as the person who holds its receipt sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The receipt's number.
    pub number: String,
    /// What the notice is about.
    pub about: NoticeOf,
    /// The notice's number, when the item stands in one.
    pub notice: Option<String>,
    /// The day it came.
    pub on: Date,
    /// The item as the notice shows it: its first cells, or the title of a case's notice. `None` for the notice as a whole.
    pub item: Option<String>,
    /// What was said, with long numbers masked.
    pub text: String,
    /// Upheld, answer, day.
    pub answer: Option<(bool, String, Date)>,
    /// Who answers.
    pub answered_by: Option<Words>,
    /// The day by which the answer is owed, while there is none.
    pub due: Option<Date>,
}

impl App {
    /// The command that hands in an objection. `key` is the form's hidden key: sent twice, it is the same objection with the
    /// same receipt.
    pub fn objection(
        &self,
        notice: &NoticePage,
        key: &str,
        objecting: &Objecting,
    ) -> Result<Command, Failure> {
        let text = objecting.text.trim().to_owned();
        let (from, receipt) = (self.seal_contact(objecting)?, self.receipt_for(key));
        Ok(match notice.about {
            NoticeOf::Plan(plan) => Command::Object { plan, case: objecting.case, text, from, receipt },
            NoticeOf::Case(case) => {
                Command::ObjectToCase { case, notice: notice.number.clone(), text, from, receipt }
            }
        })
    }

    /// A reference to name and contact in the vault, when either was given.
    fn seal_contact(&self, objecting: &Objecting) -> Result<Option<String>, Fault> {
        let given: Vec<&str> =
            [objecting.name.trim(), objecting.contact.trim()].into_iter().filter(|t| !t.is_empty()).collect();
        if given.is_empty() {
            return Ok(None);
        }
        self.seal(Kind::Other, &given.join(" · ")).map(|sealed| Some(sealed.to_string()))
    }

    /// The receipt of a form: as hard to guess as the installation's secret, and the same for the same form.
    fn receipt_for(&self, key: &str) -> String {
        let bytes = keyed(&derive(&self.secret, "objection receipt"), &[key.as_bytes()]);
        spell(&bytes)
    }

    /// The objection of a receipt, however its number was typed.
    pub fn receipt(&self, typed: &str) -> Result<Receipt, Failure> {
        let unknown = || Failure::from(Reason::NotFound { what: "这个回执编号".into() });
        let number = normal(typed).ok_or_else(unknown)?;
        let row = self.reads.objection_by_receipt(&number)?.ok_or_else(unknown)?;
        let found = match row.about {
            NoticeOf::Plan(plan) => self.plan_receipt(plan, row)?,
            NoticeOf::Case(case) => self.case_receipt(case, row)?,
        };
        found.ok_or_else(unknown)
    }

    fn plan_receipt(&self, plan: PlanId, row: ObjectionRow) -> Result<Option<Receipt>, Failure> {
        let Some(state) = self.public_plan(plan)? else { return Ok(None) };
        let pack = self.edition(&state.pack, &state.edition)?;
        let posted = state.notices.iter().rev().find(|posted| {
            posted.on <= row.on
                && row.case.is_none_or(|case| posted.rows.iter().any(|item| item.case == case))
        });
        let page = posted.map(|posted| super::notices::notice_page(&pack, &state, posted, self.today()));
        let item = row.case.and_then(|case| {
            let item = page.as_ref()?.items.iter().find(|item| item.case == case)?;
            let cells = item.cells.iter().filter(|cell| cell.money.is_none()).take(3);
            Some(cells.map(|cell| cell.text.zh.clone()).collect::<Vec<_>>().join(" · "))
        });
        let receipt = said(row, posted.map(|posted| posted.number.clone()), item);
        Ok(Some(answering(&pack, posted.map(|posted| posted.notice.as_str()), receipt)))
    }

    fn case_receipt(&self, case: CaseId, row: ObjectionRow) -> Result<Option<Receipt>, Failure> {
        let Some(state) = self.public_case(case)? else { return Ok(None) };
        let Some(objection) = state.objections.get(&row.objection) else { return Ok(None) };
        let posted = state.notices.iter().rev().find(|shown| shown.number == objection.notice);
        let pack = self.edition(&state.pack, &state.edition)?;
        let title = posted
            .map(|posted| super::notices_case::case_notice_page(&pack, &state, posted, None, self.today()))
            .map(|page| page.title.zh);
        let receipt = said(row, Some(objection.notice.clone()), title);
        Ok(Some(answering(&pack, posted.map(|posted| posted.notice.as_str()), receipt)))
    }
}

/// What the row of an objection says, with long numbers masked.
fn said(row: ObjectionRow, notice: Option<String>, item: Option<String>) -> Receipt {
    Receipt {
        number: row.receipt,
        about: row.about,
        notice,
        on: row.on,
        item,
        text: mask_digits(&row.text),
        answer: row.answered.map(|on| (row.upheld.unwrap_or(false), mask_digits(&row.answer), on)),
        answered_by: None,
        due: None,
    }
}

/// Who answers, and until when while nobody did, as the notice of the pack says.
fn answering(pack: &Pack, notice: Option<&str>, receipt: Receipt) -> Receipt {
    let Some(rule) = notice.and_then(|id| pack.notices.get(id)?.objection.as_ref()) else { return receipt };
    let term = rule.within.filter(|_| receipt.answer.is_none());
    Receipt {
        answered_by: pack.roles.get(&rule.by).map(|role| role.name.clone()),
        due: term.map(|term| due(receipt.on, term, &Calendar::known_on(receipt.on)).date),
        ..receipt
    }
}

/// Eight signs in two groups: `YY-7F3K-29MP`.
fn spell(bytes: &[u8; 32]) -> String {
    let signs: Vec<char> =
        bytes.iter().take(8).map(|byte| char::from(SIGNS[usize::from(byte % 32)])).collect();
    let (first, second): (String, String) = (signs[..4].iter().collect(), signs[4..].iter().collect());
    format!("{PREFIX}-{first}-{second}")
}

/// The spelling that is kept: capital letters, the strokes in their places. `None` when it cannot be a receipt.
fn normal(typed: &str) -> Option<String> {
    let narrow = |c: char| match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    };
    let plain: String = typed
        .chars()
        .map(narrow)
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let signs = plain.strip_prefix(PREFIX).unwrap_or(&plain);
    let known = signs.len() == 8 && signs.bytes().all(|b| SIGNS.contains(&b));
    known.then(|| format!("{PREFIX}-{}-{}", &signs[..4], &signs[4..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_is_spelt_in_signs_that_are_not_taken_for_others() {
        let receipt = spell(&[
            0, 31, 32, 63, 5, 6, 7, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            0,
        ]);
        assert_eq!(receipt, "YY-2Z2Z-789Z");
        assert_eq!(normal(&receipt).as_deref(), Some(receipt.as_str()));
        assert!(!SIGNS.iter().any(|sign| b"01IO".contains(sign)));
    }

    #[test]
    fn a_receipt_is_found_however_it_is_typed() {
        for typed in ["YY-7F3K-29MP", "yy7f3k29mp", " 7f3k 29mp ", "ＹＹ－７Ｆ３Ｋ－２９ＭＰ", "YY—7F3K—29MP"]
        {
            assert_eq!(normal(typed).as_deref(), Some("YY-7F3K-29MP"), "{typed}");
        }
        for typed in ["", "YY", "YY-7F3K-29M", "YY-7F3K-29M1", "YY-7F3K-29MPQ", "公示2019-001"] {
            assert_eq!(normal(typed), None, "{typed}");
        }
    }
}
