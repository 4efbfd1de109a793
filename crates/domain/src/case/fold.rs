//! How events change a case.

use super::event::{Event, Record};
use super::state::{
    Award, Case, Declaration, Done, Inspection, Meta, Objection, OutcomeKind, Proposal, Remark, Shown,
    Signature,
};
use crate::actor::Hands;
use crate::ids::{OutcomeId, RoleId, StepId};
use kernel::{Date, Money};
use std::collections::{BTreeMap, BTreeSet};

impl Case {
    /// Folds one event; `None` before the opening.
    pub fn apply(state: Option<Case>, event: Event, meta: &Meta) -> Option<Case> {
        if let Event::Opened { case, procedure, number, year, pack, edition, applicant, desk, parent } = event
        {
            return Some(Case {
                id: case,
                procedure,
                number,
                year,
                pack,
                edition,
                applicant,
                desk,
                parent,
                title: String::new(),
                parties: BTreeMap::new(),
                declared: Vec::new(),
                trail: Vec::new(),
                records: BTreeMap::new(),
                firm: None,
                inspection: None,
                proposal: None,
                plan: None,
                planners: BTreeSet::new(),
                holds: BTreeSet::new(),
                award: None,
                paid: Money::ZERO,
                duties: Vec::new(),
                withdrawn: None,
                signing: BTreeMap::new(),
                notices: Vec::new(),
                objections: BTreeMap::new(),
                recused: BTreeMap::new(),
                alike: BTreeMap::new(),
                remarks: Vec::new(),
            });
        }
        let mut case = state?;
        match event {
            // A filing is most of what a case holds: it is kept, not copied.
            Event::Declared { step, version, of, form, papers, title, parties, voids } => {
                if of.is_empty() {
                    (case.title, case.parties) = (title, parties);
                }
                case.void(&voids);
                case.enter_filing(Declaration { step, version, on: meta.on, of, form, papers }, meta);
            }
            event => case.fold(&event, meta),
        }
        Some(case)
    }

    fn fold(&mut self, event: &Event, meta: &Meta) {
        match event {
            Event::Opened { .. } | Event::Declared { .. } | Event::Unmasked { .. } => {}
            Event::Named { title, parties } => {
                self.title.clone_from(title);
                self.parties.clone_from(parties);
            }
            Event::Stepped { .. } => self.stepped(event, meta),
            Event::Signed { step, opinion, on } => {
                let signature = Signature { opinion: opinion.clone(), on: *on, meta: meta.clone() };
                self.signing.entry(step.clone()).or_default().push(signature);
            }
            Event::Posted { step, notice, number, on, postings, shown, papers, window } => {
                self.notices.push(Shown {
                    step: step.clone(),
                    notice: notice.clone(),
                    number: number.clone(),
                    on: *on,
                    postings: postings.clone(),
                    shown: shown.clone(),
                    papers: papers.clone(),
                    window: *window,
                    version: self.current().map_or(0, |d| d.version),
                    ended: false,
                    meta: meta.clone(),
                });
            }
            Event::Objected { objection, notice, receipt, text, from } => {
                let said = Objection {
                    notice: notice.clone(),
                    receipt: receipt.clone(),
                    text: text.clone(),
                    from: from.clone(),
                    on: meta.on,
                    answer: None,
                };
                self.objections.insert(*objection, said);
            }
            Event::Answered { objection, upheld, answer } => {
                if let Some(said) = self.objections.get_mut(objection) {
                    said.answer = Some((*upheld, answer.clone(), meta.on));
                }
            }
            Event::Commented { text } => self.remark(None, None, text, meta),
            Event::Copied { role, text } => self.remark(Some(role.clone()), None, text, meta),
            Event::Urged { step, text } => self.remark(None, Some(step.clone()), text, meta),
            Event::Recused { why } => {
                self.recused.extend(meta.person.map(|person| (person, why.clone())));
            }
            Event::Resembled { others } => {
                for other in others {
                    self.alike.entry(*other).or_insert(None);
                }
            }
            Event::Compared { other, same, why } => {
                self.alike.insert(*other, Some((*same, why.clone())));
            }
            Event::Assigned { firm } => self.firm = Some(*firm),
            Event::Inspected {
                step,
                on,
                opinion,
                checks,
                records,
                lines,
                papers,
                ratio,
                amount,
                judgement,
            } => {
                self.record(records);
                self.inspection = Some(Inspection {
                    on: *on,
                    lines: lines.clone(),
                    papers: papers.clone(),
                    ratio: *ratio,
                    amount: *amount,
                    judgement: judgement.clone(),
                });
                self.enter(step, None, OutcomeKind::Pass, meta.on, opinion, meta);
                if let Some(done) = self.trail.last_mut() {
                    done.checks.clone_from(checks);
                }
            }
            Event::Proposed { step, ratio, amount, opinion, judgement } => {
                self.proposal =
                    Some(Proposal { ratio: *ratio, amount: *amount, judgement: judgement.clone() });
                self.enter(step, None, OutcomeKind::Pass, meta.on, opinion, meta);
            }
            Event::Planned { plan, amount } => {
                self.plan = Some((*plan, *amount));
                self.planners.extend(meta.hands().into_iter().flat_map(Hands::persons));
            }
            Event::Unplanned { .. } => {
                self.plan = None;
                self.planners.clear();
                for done in self.trail.iter_mut().filter(|d| d.by_plan) {
                    done.void = true;
                }
            }
            Event::PlanStepped { step, on, .. } => {
                self.enter(step, None, OutcomeKind::Pass, *on, "", meta);
                if let Some(done) = self.trail.last_mut() {
                    done.by_plan = true;
                }
            }
            Event::Held { objection } => {
                self.holds.insert(*objection);
            }
            Event::Released { objection, .. } => {
                self.holds.remove(objection);
            }
            Event::Determined { step, plan, granted, amount, stamp, why, exceeded, judgement } => {
                self.award = Some(Award {
                    plan: *plan,
                    granted: *granted,
                    amount: *amount,
                    stamp: *stamp,
                    why: why.clone(),
                    exceeded: exceeded.clone(),
                    judgement: judgement.clone(),
                });
                let kind = if *granted { OutcomeKind::Pass } else { OutcomeKind::End };
                self.enter(step, None, kind, meta.on, why, meta);
            }
            Event::DutyBegan(duty) => {
                // A step that is passed again begins its duty again.
                self.duties.retain(|before| before.duty != duty.duty);
                self.duties.push(duty.clone());
            }
            Event::Paid { step, amount, on, complete, .. } => {
                self.paid = self.paid.checked_add(*amount).unwrap_or(self.paid);
                if *complete {
                    self.enter(step, None, OutcomeKind::Pass, *on, "", meta);
                }
            }
            Event::Withdrawn { why } => self.withdrawn = Some(why.clone()),
        }
    }

    fn enter_filing(&mut self, filed: Declaration, meta: &Meta) {
        let step = filed.step.clone();
        self.declared.push(filed);
        self.enter(&step, None, OutcomeKind::Pass, meta.on, "", meta);
    }

    fn record(&mut self, records: &[Record]) {
        for record in records {
            self.records.insert(record.fact.clone(), record.clone());
        }
    }

    fn enter(
        &mut self,
        step: &StepId,
        outcome: Option<OutcomeId>,
        kind: OutcomeKind,
        on: Date,
        opinion: &str,
        meta: &Meta,
    ) {
        let version = self.current().map_or(0, |d| d.version);
        self.trail.push(Done {
            step: step.clone(),
            outcome,
            kind,
            on,
            opinion: opinion.to_owned(),
            checks: Vec::new(),
            notes: BTreeMap::new(),
            document: None,
            version,
            void: false,
            by_plan: false,
            papers: Vec::new(),
            form: None,
            judgement: None,
            together: None,
            signed: Vec::new(),
            meta: meta.clone(),
        });
    }

    fn stepped(&mut self, event: &Event, meta: &Meta) {
        let Event::Stepped {
            step,
            outcome,
            kind,
            to,
            opinion,
            checks,
            records,
            notes,
            document,
            on,
            papers,
            form,
            voids,
            judgement,
            together,
        } = event
        else {
            return;
        };
        self.record(records);
        let outcome = Some(outcome.clone()).filter(|o| !o.is_empty());
        self.enter(step, outcome, *kind, *on, opinion, meta);
        let signed = self.signing.remove(step).unwrap_or_default();
        if let Some(done) = self.trail.last_mut() {
            done.checks.clone_from(checks);
            done.notes.clone_from(notes);
            done.document.clone_from(document);
            done.papers.clone_from(papers);
            done.form.clone_from(form);
            done.judgement.clone_from(judgement);
            done.together.clone_from(together);
            done.signed = signed;
        }
        for notice in self.notices.iter_mut().filter(|notice| notice.step == *step) {
            notice.ended = true;
        }
        match (*kind, to) {
            // Acts stored before returns named what they undo.
            (OutcomeKind::Return, Some(to)) if voids.is_empty() => self.void_from(to),
            _ => self.void(voids),
        }
    }

    fn remark(&mut self, role: Option<RoleId>, step: Option<StepId>, text: &str, meta: &Meta) {
        self.remarks.push(Remark { role, step, text: text.to_owned(), meta: meta.clone() });
    }

    /// What these steps did is undone, with the agreements collected on them and the notices that they run.
    fn void(&mut self, steps: &[StepId]) {
        if steps.is_empty() {
            return;
        }
        for done in self.trail.iter_mut().filter(|done| steps.contains(&done.step)) {
            done.void = true;
        }
        self.signing.retain(|step, _| !steps.contains(step));
        for notice in self.notices.iter_mut().filter(|notice| steps.contains(&notice.step)) {
            notice.ended = true;
        }
    }

    /// A return voids everything since the step returned to, that step included.
    fn void_from(&mut self, step: &StepId) {
        let Some(first) = self.trail.iter().position(|d| d.step == *step && !d.void) else { return };
        for done in &mut self.trail[first..] {
            done.void = true;
        }
    }
}
