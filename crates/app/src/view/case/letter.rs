//! The official letter of a step: its texts filled in with what the journal held when the step was done. What came later, a new
//! name of an office or another version of the form, changes no letter; what was not known then stays a blank.

use super::acts::{enters_trail, note_words};
use super::role_words;
use crate::command::Failure;
use crate::history;
use crate::usecase::desk_name;
use crate::view::{LetterPage, Viewer};
use crate::writer::App;
use domain::case::{Case, Done, OutcomeKind, filed_text, known_text, open_steps};
use domain::{Event, Reason, Stream};
use kernel::amount::{AmountUnit, parse_amount};
use kernel::id::{CaseId, OrgId};
use policy::pack::{FieldType, MoneyUnit, Pack};
use policy::procedure::{DUE, Letter, Of, Procedure, Slot};

/// The letter that an entry of the trail wrote, as long as the entry stands.
pub(super) fn letter_of<'p>(pack: &'p Pack, done: &Done) -> Option<&'p Letter> {
    let passed = matches!(done.kind, OutcomeKind::Pass | OutcomeKind::Complete);
    let step = pack.steps.get(&done.step).filter(|_| passed && !done.void && !done.by_plan)?;
    pack.letters.get(step.letter.as_deref()?)
}

impl App {
    /// The letter of an entry of a case's trail.
    pub fn letter(&self, viewer: &Viewer, id: CaseId, at: usize) -> Result<LetterPage, Failure> {
        let case = self.case_read(viewer, id)?;
        let pack = self.edition(&case.pack, &case.edition)?;
        let gone = || Failure::from(Reason::NotFound { what: "这一份公文".into() });
        let letter = case.trail.get(at).and_then(|done| letter_of(&pack, done)).ok_or_else(gone)?;
        let acts = self.reads.stream(&Stream::Case(id).key())?;
        let mut entered = 0;
        let mut until = None;
        for (place, act) in acts.iter().enumerate() {
            let Event::Case(event) = history::event(act)? else { continue };
            if enters_trail(&event) {
                entered += 1;
                if entered == at + 1 {
                    until = Some(place);
                    break;
                }
            }
        }
        let (Some(place), Some(seq)) = (until, until.map(|place| acts[place].seq)) else {
            return Err(gone());
        };
        let then = history::case(&acts[..=place])?.ok_or_else(gone)?;
        let done = then.trail.get(at).ok_or_else(gone)?;
        let parent = then.parent.map(|parent| self.case_then(parent, seq)).transpose()?.flatten();
        let then = Then { app: self, pack: &pack, case: &then, parent: parent.as_ref(), done, seq };
        LetterPage::of(letter, done.on, |slot| then.value(slot))
    }

    pub(in crate::view) fn case_then(&self, id: CaseId, seq: u64) -> Result<Option<Case>, Failure> {
        let mut acts = self.reads.stream(&Stream::Case(id).key())?;
        acts.retain(|act| act.seq <= seq);
        Ok(history::case(&acts)?)
    }

    /// The name that an organisation had at a place of the journal.
    pub(in crate::view) fn org_then(&self, id: OrgId, seq: u64) -> Result<Option<String>, Failure> {
        let mut acts = self.reads.stream(&Stream::Org(id).key())?;
        acts.retain(|act| act.seq <= seq);
        Ok(history::org(&acts)?.map(|org| org.name))
    }
}

/// What was known when a step was done.
struct Then<'t> {
    app: &'t App,
    pack: &'t Pack,
    case: &'t Case,
    parent: Option<&'t Case>,
    done: &'t Done,
    seq: u64,
}

impl Then<'_> {
    fn value(&self, slot: &Slot) -> Result<Option<String>, Failure> {
        let key = slot.key.as_str();
        match &slot.of {
            Of::Own => match self.of_step(self.done, key).or_else(|| self.of_act(key)) {
                Some(text) => Ok(Some(text)),
                None if key == "issuer" => self.org(self.done.meta.org),
                None => self.of_case(self.case, key),
            },
            Of::Parent => self.parent.map_or(Ok(None), |parent| self.of_case(parent, key)),
            Of::Step(id) => {
                let done = self.case.done(id);
                let said = done.and_then(|done| self.of_step(done, key).or_else(|| of_done(done, key)));
                Ok(said.or_else(|| self.due(id).filter(|_| key == DUE)))
            }
            Of::Role => self.in_role(key).map(Some),
        }
    }

    /// What was noted in a step.
    fn of_step(&self, done: &Done, key: &str) -> Option<String> {
        let note = self.pack.steps.get(&done.step)?.notes.iter().find(|note| note.id == key)?;
        done.notes.get(key).map(|text| said(self.pack, &note.ty, text))
    }

    fn of_act(&self, key: &str) -> Option<String> {
        // A field of the form may have the name of a word of the act.
        let own = self.procedure(self.case).and_then(|of| self.pack.forms.get(of.form.as_deref()?));
        if own.is_some_and(|form| form.field(key).is_some()) { None } else { of_done(self.done, key) }
    }

    fn procedure(&self, case: &Case) -> Option<&Procedure> {
        self.pack.procedures.get(&case.procedure)
    }

    /// A field of the form, or what every case knows.
    fn of_case(&self, case: &Case, key: &str) -> Result<Option<String>, Failure> {
        let form = self.procedure(case).and_then(|of| self.pack.forms.get(of.form.as_deref()?));
        if let Some(field) = form.and_then(|form| form.field(key)).filter(|_| key != "place") {
            return Ok(filed_text(case, Some(&field.id)).map(|text| said(self.pack, &field.ty, text)));
        }
        if key == "desk" {
            return Ok(Some(desk_name(self.pack, case.desk)));
        }
        let applicant = self.org(Some(case.applicant))?.unwrap_or_default();
        Ok(known_text(self.pack, case, key, &applicant))
    }

    /// Until when a step is to be done that waits now.
    fn due(&self, id: &str) -> Option<String> {
        let open = open_steps(self.pack, self.case).into_iter().find(|open| open.step.id == id)?;
        open.due.map(|due| kernel::date::zh(due.date))
    }

    /// The organisation that acted in a role on the case or on the one that it builds on, else the one that the pack names, else the role.
    fn in_role(&self, role: &str) -> Result<String, Failure> {
        let trails = std::iter::once(self.case).chain(self.parent).flat_map(|case| case.trail.iter().rev());
        let mut acted =
            trails.filter(|done| done.meta.role.as_deref() == Some(role)).filter_map(|done| done.meta.org);
        if let Some(name) = self.org(acted.next())? {
            return Ok(name);
        }
        let mut named = self.pack.orgs.iter().filter(|org| org.role == role);
        Ok(match (named.next(), named.next()) {
            (Some(org), None) => org.name.zh.clone(),
            _ => role_words(self.pack, role).zh,
        })
    }

    fn org(&self, id: Option<OrgId>) -> Result<Option<String>, Failure> {
        id.map_or(Ok(None), |id| self.app.org_then(id, self.seq))
    }
}

fn of_done(done: &Done, key: &str) -> Option<String> {
    match key {
        "day" => Some(kernel::date::zh(done.on)),
        "document" => done.document.clone(),
        "opinion" => Some(done.opinion.clone()),
        _ => None,
    }
}

/// What was typed under a type, as a letter says it.
fn said(pack: &Pack, ty: &FieldType, text: &str) -> String {
    let amount = |unit| parse_amount(text, unit).map(|read| format!("{}元", read.money.grouped()));
    match ty {
        FieldType::Money(MoneyUnit::Wan) => amount(AmountUnit::Wan).unwrap_or_else(|_| text.to_owned()),
        FieldType::Money(_) => amount(AmountUnit::Yuan).unwrap_or_else(|_| text.to_owned()),
        FieldType::Count(unit) => format!("{text}{unit}"),
        FieldType::Region => text.parse().map_or_else(|_| text.to_owned(), crate::view::place_name),
        _ => note_words(pack, ty, text).zh,
    }
}
