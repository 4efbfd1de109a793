//! A letter with the results of a plan, as an official paper: to one of those whom the step wrote down, with the cases that
//! concern it, as the journal held them when the letters went out.

use super::{LetterPage, LetterTable, Viewer};
use crate::command::Failure;
use crate::history;
use crate::usecase::desk_name;
use crate::writer::App;
use domain::plan::{Event as PlanEvent, Letter, Plan};
use domain::{Event, Reason, Stream};
use kernel::id::{CaseId, OrgId, PlanId};
use kernel::{Date, Money};
use policy::pack::Pack;
use policy::procedure::{Of, Slot};

/// The act that sent a letter, and what was known then.
struct Sent {
    plan: Plan,
    step: String,
    on: Date,
    letter: Letter,
    items: Vec<CaseId>,
    issuer: Option<OrgId>,
    seq: u64,
}

impl App {
    /// The letter at a place among those of a plan.
    pub fn plan_letter(&self, viewer: &Viewer, id: PlanId, at: usize) -> Result<LetterPage, Failure> {
        let plan = self.plan(viewer, id)?;
        let pack = self.edition(&plan.pack, &plan.edition)?;
        let gone = || Failure::from(Reason::NotFound { what: "这一份公文".into() });
        let sent = self.sent(id, at)?.ok_or_else(gone)?;
        let written = pack.steps.get(&sent.step).and_then(|step| pack.letters.get(step.letter.as_deref()?));
        let written = written.ok_or_else(gone)?;
        let mut page = LetterPage::of(written, sent.on, |slot| self.of_plan(&pack, &sent, slot))?;
        page.copies.retain(|name| *name != sent.letter.to);
        page.table = Some(self.letter_table(&pack, &sent)?);
        page.to = vec![sent.letter.to];
        Ok(page)
    }

    fn sent(&self, id: PlanId, at: usize) -> Result<Option<Sent>, Failure> {
        let acts = self.reads.stream(&Stream::Plan(id).key())?;
        let mut before = 0;
        for (place, act) in acts.iter().enumerate() {
            let Event::Plan(PlanEvent::Informed { step, on, letters, items }) = history::event(act)? else {
                continue;
            };
            if let Some(letter) = letters.get(at - before) {
                let plan = history::plan(&acts[..=place])?;
                let (letter, issuer, seq) = (letter.clone(), act.org, act.seq);
                return Ok(plan.map(|plan| Sent { plan, step, on, letter, items, issuer, seq }));
            }
            before += letters.len();
        }
        Ok(None)
    }

    fn of_plan(&self, pack: &Pack, sent: &Sent, slot: &Slot) -> Result<Option<String>, Failure> {
        let plan = &sent.plan;
        Ok(match (&slot.of, slot.key.as_str()) {
            (Of::Own, "number") => Some(plan.number.clone()),
            (Of::Own, "year") => Some(plan.year.to_string()),
            (Of::Own, "amount") => plan.total().map(|total| format!("{}元", total.grouped())),
            (Of::Own, "day") => Some(kernel::date::zh(sent.on)),
            (Of::Own, "document") => Some(sent.letter.number.clone()),
            (Of::Own, "issuer") => match sent.issuer {
                Some(org) => self.org_then(org, sent.seq)?,
                None => None,
            },
            (Of::Step(step), "document") if determines(pack, step) => {
                plan.determined.last().map(|(_, document)| document.clone())
            }
            (Of::Step(step), "day") if determines(pack, step) => {
                plan.determined.last().map(|(stamp, _)| kernel::date::zh(*stamp))
            }
            (Of::Step(step), "day") => {
                let days = sent.items.iter().filter_map(|case| plan.items.get(case)?.done.get(step));
                days.max().map(|day| kernel::date::zh(*day))
            }
            (Of::Role, role) => pack.roles.get(role).map(|role| role.name.zh.clone()),
            _ => None,
        })
    }

    /// The cases of the office that the letter goes to; all of them for whoever is no office of a case.
    fn letter_table(&self, pack: &Pack, sent: &Sent) -> Result<LetterTable, Failure> {
        let mut all = Vec::new();
        for id in &sent.items {
            all.extend(self.case_then(*id, sent.seq)?);
        }
        let own = |case: &domain::case::Case| desk_name(pack, case.desk) == sent.letter.to;
        if all.iter().any(own) {
            all.retain(own);
        }
        let (mut rows, mut granted) = (Vec::new(), Vec::new());
        for case in all {
            let verdict = sent.plan.items.get(&case.id).and_then(|item| item.verdict);
            let (result, amount) = match verdict {
                Some((true, amount)) => ("同意资助", amount),
                _ => ("不予资助", Money::ZERO),
            };
            granted.push(amount);
            let unit = self.org_then(case.applicant, sent.seq)?.unwrap_or_default();
            rows.push([case.number, case.title, unit, result.to_owned(), amount.grouped()]);
        }
        Ok(LetterTable { rows, total: Money::sum(granted).map_or_else(String::new, Money::grouped) })
    }
}

/// Whether a step determines the plan: its day is that of the seal.
fn determines(pack: &Pack, step: &str) -> bool {
    pack.steps.get(step).is_some_and(|step| step.act == policy::procedure::Act::Decide)
}
