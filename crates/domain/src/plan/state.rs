//! The state of one plan.

use super::event::{Event, Letter, Minutes, NoticeRow, Posting};
use crate::case::{Meta, performs};
use crate::ids::{ProcedureId, StepId};
use kernel::calendar::Calendar;
use kernel::deadline::{Due, Window, due};
use kernel::id::{CaseId, ObjectionId, PlanId};
use kernel::{Date, Money};
use policy::pack::{EventDate, Pack};
use policy::procedure::{Act, Step, Subject};
use std::collections::{BTreeMap, BTreeSet};

/// One item: a case with its amount, and how far it has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The amount planned.
    pub amount: Money,
    /// A remark.
    pub note: String,
    /// The day of each step done.
    pub done: BTreeMap<StepId, Date>,
    /// Granted or not, once determined, and how much.
    pub verdict: Option<(bool, Money)>,
}

/// One objection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    /// The receipt.
    pub receipt: String,
    /// On which item.
    pub case: Option<CaseId>,
    /// What was said.
    pub text: String,
    /// Who: a reference into the vault.
    pub from: Option<String>,
    /// When it came.
    pub on: Date,
    /// The answer, once given: upheld, text, day.
    pub answer: Option<(bool, String, Date)>,
}

/// One notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    /// Its number.
    pub number: String,
    /// The notice of the pack.
    pub notice: String,
    /// The step.
    pub step: StepId,
    /// The day of posting.
    pub on: Date,
    /// Where.
    pub postings: Vec<Posting>,
    /// What stands around the rows.
    pub fields: BTreeMap<String, String>,
    /// The rows.
    pub rows: Vec<NoticeRow>,
    /// From when until when.
    pub window: Window,
}

/// One plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Its id.
    pub id: PlanId,
    /// Its number.
    pub number: String,
    /// The procedure of its cases.
    pub procedure: ProcedureId,
    /// The year.
    pub year: i16,
    /// The pack.
    pub pack: String,
    /// Its edition.
    pub edition: String,
    /// Its items.
    pub items: BTreeMap<CaseId, Item>,
    /// Items taken out, with the reason.
    pub dropped: Vec<(CaseId, String)>,
    /// Minutes of its meetings.
    pub minutes: Vec<Minutes>,
    /// Notices posted.
    pub notices: Vec<Posted>,
    /// Objections.
    pub objections: BTreeMap<ObjectionId, Objection>,
    /// Stamp date and document of each determination.
    pub determined: Vec<(Date, String)>,
    /// Letters sent.
    pub letters: Vec<(Date, Letter)>,
    /// Remittances: day, voucher, sum.
    pub remitted: Vec<(Date, String, Money)>,
    /// Who acted, step by step.
    pub trail: Vec<(StepId, Meta)>,
}

/// A step of the plan that can be done now, with the items it can be done for.
#[derive(Debug, Clone)]
pub struct OpenPlanStep<'p> {
    /// The step.
    pub step: &'p Step,
    /// The items that are ready for it.
    pub items: Vec<CaseId>,
    /// Since when.
    pub since: Date,
    /// Until when.
    pub due: Option<Due>,
}

impl Plan {
    /// Folds one event; `None` before the draft.
    pub fn apply(state: Option<Plan>, event: &Event, meta: &Meta) -> Option<Plan> {
        if let Event::Drafted { plan, number, procedure, year, pack, edition } = event {
            return Some(Plan {
                id: *plan,
                number: number.clone(),
                procedure: procedure.clone(),
                year: *year,
                pack: pack.clone(),
                edition: edition.clone(),
                items: BTreeMap::new(),
                dropped: Vec::new(),
                minutes: Vec::new(),
                notices: Vec::new(),
                objections: BTreeMap::new(),
                determined: Vec::new(),
                letters: Vec::new(),
                remitted: Vec::new(),
                trail: Vec::new(),
            });
        }
        let mut plan = state?;
        plan.fold(event, meta);
        Some(plan)
    }

    fn fold(&mut self, event: &Event, meta: &Meta) {
        match event {
            Event::Drafted { .. } => {}
            Event::ItemSet { case, amount, note } => {
                let item = self.items.entry(*case).or_insert_with(|| Item {
                    amount: *amount,
                    note: String::new(),
                    done: BTreeMap::new(),
                    verdict: None,
                });
                item.amount = *amount;
                item.note.clone_from(note);
            }
            Event::ItemDropped { case, why } => {
                self.items.remove(case);
                self.dropped.push((*case, why.clone()));
            }
            Event::Deliberated { step, planned, minutes, items } => {
                self.mark(items, planned, minutes.held_on);
                self.mark(items, step, minutes.held_on);
                self.minutes.push(minutes.clone());
                self.trail.push((step.clone(), meta.clone()));
            }
            Event::Posted { step, number, notice, on, postings, fields, rows, window } => {
                self.notices.push(Posted {
                    number: number.clone(),
                    notice: notice.clone(),
                    step: step.clone(),
                    on: *on,
                    postings: postings.clone(),
                    fields: fields.clone(),
                    rows: rows.clone(),
                    window: *window,
                });
                self.trail.push((step.clone(), meta.clone()));
            }
            Event::Objected { objection, receipt, case, text, from } => {
                self.objections.insert(
                    *objection,
                    Objection {
                        receipt: receipt.clone(),
                        case: *case,
                        text: text.clone(),
                        from: from.clone(),
                        on: meta.on,
                        answer: None,
                    },
                );
            }
            Event::Answered { objection, upheld, answer } => {
                if let Some(found) = self.objections.get_mut(objection) {
                    found.answer = Some((*upheld, answer.clone(), meta.on));
                }
            }
            Event::NoticeEnded { step, items, on } => self.mark(items, step, *on),
            Event::Determined { step, stamp, document, items } => {
                for verdict in items {
                    if let Some(item) = self.items.get_mut(&verdict.case) {
                        item.done.insert(step.clone(), meta.on);
                        item.verdict = Some((verdict.granted, verdict.amount));
                    }
                }
                self.determined.push((*stamp, document.clone()));
                self.trail.push((step.clone(), meta.clone()));
            }
            Event::Informed { step, on, letters, items } => {
                self.mark(items, step, *on);
                self.letters.extend(letters.iter().map(|l| (*on, l.clone())));
                self.trail.push((step.clone(), meta.clone()));
            }
            Event::Remitted { step, on, voucher, items } => {
                let cases: Vec<CaseId> = items.iter().map(|(case, _)| *case).collect();
                self.mark(&cases, step, *on);
                let sum = Money::sum(items.iter().map(|(_, amount)| *amount)).unwrap_or(Money::MAX);
                self.remitted.push((*on, voucher.clone(), sum));
                self.trail.push((step.clone(), meta.clone()));
            }
        }
    }

    fn mark(&mut self, cases: &[CaseId], step: &StepId, on: Date) {
        for case in cases {
            if let Some(item) = self.items.get_mut(case) {
                item.done.insert(step.clone(), on);
            }
        }
    }

    /// The sum of what the items would receive: the verdict where there is one, else the amount planned.
    pub fn total(&self) -> Option<Money> {
        Money::sum(self.items.values().map(|item| match item.verdict {
            Some((true, amount)) => amount,
            Some((false, _)) => Money::ZERO,
            None => item.amount,
        }))
    }

    /// The steps of the plan, in the order of the pack.
    pub fn steps<'p>(&self, pack: &'p Pack) -> Vec<&'p Step> {
        pack.steps
            .iter()
            .filter(|s| s.procedure == self.procedure && s.on == Subject::Plan && performs(s.act))
            .collect()
    }

    /// Whether any meeting, notice or determination fixed the items.
    pub fn fixed(&self) -> bool {
        !self.minutes.is_empty()
    }

    /// The notice running or ended last.
    pub fn notice(&self) -> Option<&Posted> {
        self.notices.last()
    }

    /// Objections to an item, or to all, that nobody answered.
    pub fn open_objections(&self, case: CaseId) -> BTreeSet<ObjectionId> {
        let open =
            self.objections.iter().filter(|(_, o)| o.answer.is_none() && o.case.is_none_or(|c| c == case));
        open.map(|(id, _)| *id).collect()
    }

    /// The steps that can be done now, each with the items ready for it.
    pub fn open_steps<'p>(&self, pack: &'p Pack) -> Vec<OpenPlanStep<'p>> {
        let steps = self.steps(pack);
        steps.iter().filter_map(|step| self.open_step(pack, step)).collect()
    }

    fn open_step<'p>(&self, pack: &Pack, step: &'p Step) -> Option<OpenPlanStep<'p>> {
        let ready: Vec<CaseId> =
            self.items.iter().filter(|(_, item)| ready(pack, step, item)).map(|(id, _)| *id).collect();
        if ready.is_empty() && !(self.items.is_empty() && step.act == Act::Plan) {
            return None;
        }
        let since = ready
            .iter()
            .filter_map(|id| self.items.get(id))
            .filter_map(|item| step.after.iter().filter_map(|a| item.done.get(&a.step)).max())
            .min()
            .copied();
        let since = since.or_else(|| self.trail.first().map(|(_, m)| m.on)).unwrap_or_default();
        let due = step.within.as_ref().and_then(|within| {
            let start = match within.from.date {
                EventDate::Stamp => self.determined.last().map(|(stamp, _)| *stamp),
                _ => ready
                    .iter()
                    .filter_map(|id| self.items.get(id)?.done.get(&within.from.step))
                    .min()
                    .copied(),
            }?;
            Some(due(start, within.term, &Calendar::known_on(start)))
        });
        Some(OpenPlanStep { step, items: ready, since, due })
    }
}

/// Whether an item is ready for a step: not done yet, and what must come before is done.
fn ready(pack: &Pack, step: &Step, item: &Item) -> bool {
    let refused = item.verdict.is_some_and(|(granted, _)| !granted);
    if item.done.contains_key(&step.id) || (refused && step.act == Act::Pay) {
        return false;
    }
    step.after.iter().all(|after| {
        let on_plan = pack.steps.get(&after.step).is_some_and(|s| s.on == Subject::Plan);
        !on_plan || item.done.contains_key(&after.step)
    })
}
