//! The timeline: every act of the journal in words, with who did it in which role, what was said, and whether a return made it void.

use super::letter::letter_of;
use super::next::role_words;
use crate::command::Failure;
use crate::history;
use crate::time::{clock_of, day_of};
use crate::view::desk::Names;
use crate::view::{Viewer, role_name, value_words};
use crate::writer::App;
use domain::case::{Case, Check, Event, OutcomeKind, Paper, Record, Signature};
use domain::ids::StepId;
use domain::{Event as AnyEvent, Stream};
use journal::ActEnvelope;
use kernel::id::{CaseId, PaperHash};
use kernel::ratio::Ratio;
use kernel::{Date, Money};
use policy::pack::{Pack, Words};
use policy::procedure::Step;
use policy::ruleset::Raw;

/// One item of a checklist as it was judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckShown {
    /// The question.
    pub say: Words,
    /// Whether it holds.
    pub holds: bool,
    /// The note.
    pub note: String,
    /// The article.
    pub cite: String,
}

/// A fact that was established.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordShown {
    /// The fact.
    pub name: Words,
    /// Its value.
    pub value: Words,
    /// Where it was learnt.
    pub basis: String,
}

/// One act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActShown {
    /// Its place in the journal.
    pub seq: u64,
    /// The day of recording.
    pub on: Date,
    /// The time of day.
    pub clock: String,
    /// The day that counts, when it differs.
    pub counts_from: Option<Date>,
    /// What happened.
    pub title: Words,
    /// With which outcome.
    pub outcome: Option<Words>,
    /// What the outcome does.
    pub kind: Option<OutcomeKind>,
    /// Who.
    pub person: String,
    /// For whom.
    pub org: String,
    /// In which role.
    pub role: Words,
    /// Under which article.
    pub cite: String,
    /// What was said.
    pub opinion: String,
    /// The paper issued: what it is, its number.
    pub document: Option<(Words, String)>,
    /// Notes.
    pub notes: Vec<(Words, Words)>,
    /// The checklist.
    pub checks: Vec<CheckShown>,
    /// Facts established.
    pub records: Vec<RecordShown>,
    /// An amount.
    pub amount: Option<Money>,
    /// A ratio.
    pub ratio: Option<Ratio>,
    /// The version filed, when it was a filing.
    pub version: Option<u32>,
    /// The form of that version when it is not the procedure's own: its id and name.
    pub of: Option<(String, Words)>,
    /// The form that the step brought with it: its place in the trail.
    pub form_at: Option<usize>,
    /// The official letter that it wrote: its place in the trail, and what it is called.
    pub letter: Option<(usize, Words)>,
    /// Papers added: the pack's name, the file's name, its address.
    pub papers: Vec<(Words, String, PaperHash)>,
    /// The steps that it undid.
    pub undid: Vec<Words>,
    /// It was done together with so many other cases: the step, when its list can be read under the case's address.
    pub together: Option<(StepId, u32)>,
    /// Who agreed before, where each of several roles must: role, and what was said.
    pub signed: Vec<(Words, String)>,
    /// A later act made it void.
    pub void: bool,
}

impl App {
    /// Every act on a case, newest first.
    pub fn case_acts(&self, viewer: &Viewer, id: CaseId) -> Result<Vec<ActShown>, Failure> {
        let case = self.case_read(viewer, id)?;
        let pack = self.edition(&case.pack, &case.edition)?;
        let mut names = Names::of(self);
        let mut shown = Vec::new();
        let mut at = 0;
        for act in self.reads.stream(&Stream::Case(id).key())? {
            let AnyEvent::Case(event) = history::event(&act)? else { continue };
            let enters = enters_trail(&event);
            let done = case.trail.get(at).filter(|_| enters);
            let mut act = base(&pack, &act, &mut names, done.is_some_and(|done| done.void))?;
            tell(&pack, &case, &event, &mut act, &mut names)?;
            brought(&pack, &event, &mut act);
            if let Some(done) = done {
                act.form_at = done.form.is_some().then_some(at);
                // The list of an act is that of the step's last one.
                let last = case.trail.iter().rposition(|other| other.step == done.step) == Some(at);
                let several = done.together.as_ref().filter(|act| act.count > 1 && last);
                act.together = several.map(|act| (done.step.clone(), act.count - 1));
                act.letter = letter_of(&pack, done).map(|letter| (at, letter.name.clone()));
                let role = |s: &Signature| s.meta.role.as_deref().map(|role| role_words(&pack, role));
                act.signed =
                    done.signed.iter().map(|s| (role(s).unwrap_or_default(), s.opinion.clone())).collect();
            }
            at += usize::from(enters);
            shown.push(act);
        }
        shown.reverse();
        Ok(shown)
    }
}

/// The papers that came with an act, and the steps that it undid.
fn brought(pack: &Pack, event: &Event, act: &mut ActShown) {
    let none: &[StepId] = &[];
    let (papers, voids) = match event {
        Event::Declared { papers, voids, .. } | Event::Stepped { papers, voids, .. } => {
            (papers.as_slice(), voids.as_slice())
        }
        Event::Posted { papers, .. } => (papers.as_slice(), none),
        _ => return,
    };
    let named = |paper: &Paper| {
        let of = pack.papers.get(&paper.paper).map(|p| p.name.clone());
        let name = of.unwrap_or_else(|| Words::new(paper.paper.clone(), paper.paper.clone()));
        (name, paper.name.clone(), paper.hash)
    };
    act.papers = papers.iter().map(named).collect();
    act.undid = voids.iter().filter_map(|id| Some(pack.steps.get(id)?.name.clone())).collect();
}

/// Whether folding the event adds an entry to the trail.
pub(super) fn enters_trail(event: &Event) -> bool {
    match event {
        Event::Declared { .. }
        | Event::Stepped { .. }
        | Event::Inspected { .. }
        | Event::Proposed { .. }
        | Event::PlanStepped { .. }
        | Event::Determined { .. } => true,
        Event::Paid { complete, .. } => *complete,
        _ => false,
    }
}

fn base(pack: &Pack, act: &ActEnvelope, names: &mut Names<'_>, void: bool) -> Result<ActShown, Failure> {
    let (title, title_en) = journal::forms::kind(&act.kind).map_or((act.kind.as_str(), ""), |k| (k.zh, k.en));
    let role = act.role.as_deref().map(|role| role_name(pack, role));
    Ok(ActShown {
        seq: act.seq,
        on: day_of(act.at),
        clock: clock_of(act.at),
        counts_from: None,
        title: Words::new(title, title_en),
        outcome: None,
        kind: None,
        person: names.hands(history::meta(act).hands())?,
        org: names.org(act.org)?,
        role: role.map_or_else(Words::default, |(zh, en)| Words::new(zh, en)),
        cite: act.article.clone().unwrap_or_default(),
        opinion: String::new(),
        document: None,
        notes: Vec::new(),
        checks: Vec::new(),
        records: Vec::new(),
        amount: None,
        ratio: None,
        version: None,
        of: None,
        form_at: None,
        letter: None,
        papers: Vec::new(),
        undid: Vec::new(),
        together: None,
        signed: Vec::new(),
        void,
    })
}

/// Fills in what the event says.
fn tell(
    pack: &Pack,
    case: &Case,
    event: &Event,
    act: &mut ActShown,
    names: &mut Names<'_>,
) -> Result<(), Failure> {
    let step_of = |id: &str| pack.steps.get(id);
    let titled = |act: &mut ActShown, id: &str| {
        if let Some(step) = step_of(id) {
            act.title = step.name.clone();
        }
    };
    match event {
        Event::Named { title, .. } => act.opinion.clone_from(title),
        Event::Signed { step, opinion, on } => {
            titled(act, step);
            act.kind = Some(OutcomeKind::Pass);
            act.outcome = Some(Words::new("会签同意", "agreed"));
            act.opinion.clone_from(opinion);
            act.counts_from = Some(*on).filter(|day| *day != act.on);
        }
        Event::Posted { step, number, on, window, .. } => {
            titled(act, step);
            act.document = Some((Words::new("公示编号", "notice"), number.clone()));
            act.opinion = format!("{}至{}", kernel::date::zh(window.first), kernel::date::zh(window.last));
            act.counts_from = Some(*on).filter(|day| *day != act.on);
        }
        Event::Objected { receipt, .. } => act.opinion.clone_from(receipt),
        Event::Answered { upheld, answer, .. } => {
            let (zh, en) = if *upheld { ("成立", "upheld") } else { ("不成立", "not upheld") };
            act.outcome = Some(Words::new(zh, en));
            act.opinion.clone_from(answer);
        }
        Event::Commented { text } => act.opinion.clone_from(text),
        Event::Copied { role, text } => {
            act.outcome = pack.roles.get(role).map(|role| role.name.clone());
            act.opinion.clone_from(text);
        }
        Event::Urged { step, text } => {
            act.outcome = step_of(step).map(|step| step.name.clone());
            act.opinion.clone_from(text);
        }
        Event::Recused { why } => act.opinion.clone_from(why),
        Event::Resembled { others } => act.opinion = format!("{}个", others.len()),
        Event::Compared { same, why, .. } => {
            let (zh, en) = if *same { ("同一项目", "the same") } else { ("不同项目", "different") };
            act.outcome = Some(Words::new(zh, en));
            act.opinion.clone_from(why);
        }
        Event::Opened { .. } => act.opinion.clone_from(&case.number),
        Event::Declared { step, version, of, .. } => {
            titled(act, step);
            act.version = Some(*version);
            let form = pack.forms.get(of).map(|form| form.name.clone());
            act.of = form.map(|name| (of.clone(), name));
        }
        Event::Stepped { step, outcome, kind, opinion, checks, records, notes, document, on, .. } => {
            titled(act, step);
            let of = step_of(step);
            act.outcome =
                of.and_then(|s| s.outcomes.iter().find(|o| o.id == *outcome)).map(|o| o.name.clone());
            act.kind = Some(*kind);
            act.opinion.clone_from(opinion);
            act.checks = of.map_or_else(Vec::new, |s| checks_shown(s, checks));
            act.records = records_shown(pack, records);
            act.notes = of.map_or_else(Vec::new, |s| notes_shown(pack, s, notes));
            act.document = document.clone().filter(|d| !d.is_empty()).map(|d| {
                (of.and_then(|s| s.writes.clone()).unwrap_or_else(|| Words::new("文号", "document")), d)
            });
            act.counts_from = Some(*on).filter(|day| *day != act.on);
        }
        Event::Assigned { firm } => act.opinion = names.org(Some(*firm))?,
        Event::Inspected { step, on, opinion, checks, records, ratio, amount, .. } => {
            titled(act, step);
            act.kind = Some(OutcomeKind::Pass);
            act.opinion.clone_from(opinion);
            act.checks = step_of(step).map_or_else(Vec::new, |s| checks_shown(s, checks));
            act.records = records_shown(pack, records);
            act.ratio = Some(*ratio);
            act.amount = Some(*amount);
            act.counts_from = Some(*on).filter(|day| *day != act.on);
        }
        Event::Proposed { step, ratio, amount, opinion, .. } => {
            titled(act, step);
            act.kind = Some(OutcomeKind::Pass);
            act.opinion.clone_from(opinion);
            act.ratio = Some(*ratio);
            act.amount = Some(*amount);
        }
        Event::Planned { amount, .. } => act.amount = Some(*amount),
        Event::Unplanned { why, .. } | Event::Withdrawn { why } => act.opinion.clone_from(why),
        Event::PlanStepped { step, on, .. } => {
            titled(act, step);
            act.kind = Some(OutcomeKind::Pass);
            act.counts_from = Some(*on).filter(|day| *day != act.on);
        }
        Event::Held { .. } | Event::Released { .. } => {}
        Event::Determined { step, granted, amount, stamp, why, .. } => {
            titled(act, step);
            act.kind = Some(if *granted { OutcomeKind::Pass } else { OutcomeKind::End });
            act.outcome = Some(if *granted {
                Words::new("同意资助", "granted")
            } else {
                Words::new("不予资助", "not granted")
            });
            act.amount = Some(*amount);
            act.opinion.clone_from(why);
            act.counts_from = Some(*stamp).filter(|day| *day != act.on);
        }
        Event::DutyBegan(duty) => {
            let of = pack.duties.get(&duty.duty);
            act.opinion = of.map_or_else(|| duty.duty.clone(), |d| d.name.zh.clone());
        }
        Event::Paid { step, amount, on, voucher, .. } => {
            titled(act, step);
            act.amount = Some(*amount);
            act.document = Some((Words::new("凭证", "voucher"), voucher.clone()));
            act.counts_from = Some(*on).filter(|day| *day != act.on);
        }
        Event::Unmasked { field, why } => {
            let form = pack
                .procedures
                .get(&case.procedure)
                .and_then(|p| p.form.as_deref())
                .and_then(|id| pack.forms.get(id));
            let name = form.and_then(|f| f.field(field)).map_or_else(|| field.clone(), |f| f.name.zh.clone());
            act.opinion = format!("{name}：{why}");
        }
    }
    Ok(())
}

fn checks_shown(step: &Step, checks: &[Check]) -> Vec<CheckShown> {
    let shown = |check: &Check| {
        let item = step.checklist.iter().find(|i| i.id == check.item);
        CheckShown {
            say: item.map_or_else(|| Words::new(check.item.clone(), check.item.clone()), |i| i.say.clone()),
            holds: check.holds,
            note: check.note.clone(),
            cite: item.map_or_else(String::new, |i| i.cite.to_string()),
        }
    };
    checks.iter().map(shown).collect()
}

fn records_shown(pack: &Pack, records: &[Record]) -> Vec<RecordShown> {
    let shown = |record: &Record| RecordShown {
        name: pack
            .facts
            .get(&record.fact)
            .map_or_else(|| Words::new(record.fact.clone(), record.fact.clone()), |f| f.name.clone()),
        value: fact_words(pack, &record.fact, &record.value),
        basis: record.basis.clone(),
    };
    records.iter().map(shown).collect()
}

/// A fact's canonical text in words.
pub(in crate::view) fn fact_words(pack: &Pack, fact: &str, text: &str) -> Words {
    let read = pack.ruleset.parse_fact(fact, Raw::Text(text)).ok();
    let of = pack.facts.get(fact);
    match (read, of) {
        (Some((_, value)), Some(of)) => value_words(pack, &value, &of.ty),
        _ => Words::new(text, text),
    }
}

fn notes_shown(
    pack: &Pack,
    step: &Step,
    notes: &std::collections::BTreeMap<String, String>,
) -> Vec<(Words, Words)> {
    let shown = |note: &policy::procedure::Note| {
        let text = notes.get(&note.id).filter(|t| !t.trim().is_empty())?;
        Some((note.name.clone(), note_words(pack, &note.ty, text)))
    };
    step.notes.iter().filter_map(shown).collect()
}

pub(super) fn note_words(pack: &Pack, ty: &policy::pack::FieldType, text: &str) -> Words {
    use policy::pack::FieldType;
    match ty {
        FieldType::Date => kernel::date::parse_date(text)
            .map_or_else(|_| Words::new(text, text), |d| Words::new(kernel::date::zh(d), d.to_string())),
        FieldType::Bool if text == "true" => Words::new("是", "yes"),
        FieldType::Bool if text == "false" => Words::new("否", "no"),
        FieldType::Enum(of) => {
            let member = pack.enums.get(of).and_then(|list| list.members.iter().find(|m| m.id == text));
            member.map_or_else(|| Words::new(text, text), |m| m.name.clone())
        }
        _ => Words::new(text, text),
    }
}
