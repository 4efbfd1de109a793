//! Procedures and steps as the pack writes them. Whether the steps make sense together is `flow`'s question.

use std::ops::Range;

use super::context::Context;
use super::draft::{Raw, near};
use super::fields::field_type;
use super::model::*;
use super::reader::Reader;
use super::symbols::each;
use super::things::event;
use super::tree::{Text, Tree};
use crate::lang::Env;
use crate::procedure::*;

/// Procedures; their steps are filled in by `steps`.
pub(super) fn procedures(cx: &Context<'_>, forms: &Catalog<Form>) -> Catalog<Procedure> {
    let mut catalog = each(cx, ElementKind::Procedure, |raw, reader| {
        let subject = cx.need_word(reader, "subject", Subject::ALL);
        let form = cx.refer_key(ElementKind::Form, reader, "form");
        let shape = form.as_deref().and_then(|id| forms.get(id));
        let procedure = Procedure {
            id: raw.id.clone(),
            name: reader.words(),
            subject: subject.unwrap_or(Subject::Case),
            number: reader.string("number"),
            applicant: cx.refer_key(ElementKind::Role, reader, "applicant"),
            title_field: reader.text("title_field").and_then(|text| field(cx, text, shape)),
            parties: parties(cx, reader, shape),
            desk: reader.text("desk").and_then(|text| desk(cx, text, shape)),
            parent: cx.refer_key(ElementKind::Procedure, reader, "parent"),
            needs_intake: reader.flag("intake").unwrap_or(false),
            form,
            steps: Vec::new(),
            cite: cx.cite(raw, reader),
        };
        subject.map(|_| procedure)
    });
    catalog.each_mut(|procedure| {
        let mine = |raw: &&Raw| written(raw, "procedure") == Some(procedure.id.as_str());
        procedure.steps = cx.draft.of(ElementKind::Step).filter(mine).map(|raw| raw.id.clone()).collect();
    });
    catalog
}

fn written<'r>(raw: &'r Raw, key: &str) -> Option<&'r str> {
    let Tree::Table(entries) = &raw.node.value else { return None };
    match &entries.iter().find(|entry| entry.key == key)?.node.value {
        Tree::Text(text) => Some(&text.text),
        _ => None,
    }
}

/// A field of the procedure's form.
fn field(cx: &Context<'_>, text: &Text, form: Option<&Form>) -> Option<Id> {
    let form = form?;
    if form.field(&text.text).is_some() {
        return Some(text.text.clone());
    }
    let near = crate::lang::nearest(&text.text, form.fields().map(|field| field.id.as_str()));
    cx.unlisted(text, "栏目", "field", near);
    None
}

fn parties(cx: &Context<'_>, reader: &Reader<'_>, form: Option<&Form>) -> Vec<Party> {
    const KEYS: [(&str, PartyKey); 4] = [
        ("investor", PartyKey::Investor),
        ("company", PartyKey::Company),
        ("company_name", PartyKey::CompanyName),
        ("county", PartyKey::County),
    ];
    let Some(inner) = reader.table("parties") else { return Vec::new() };
    let mut parties = Vec::new();
    for (word, key) in KEYS {
        let Some(text) = inner.text(word) else { continue };
        let from = match text.text.as_str() {
            "applicant" => Some(PartySource::Applicant),
            _ => field(cx, text, form).map(PartySource::Field),
        };
        parties.extend(from.map(|from| Party { key, from }));
    }
    inner.finish();
    parties
}

fn desk(cx: &Context<'_>, text: &Text, form: Option<&Form>) -> Option<Desk> {
    match text.text.as_str() {
        "applicant.region" => Some(Desk::ApplicantRegion),
        _ => field(cx, text, form).map(Desk::FieldRegion),
    }
}

/// A step with the places that later checks point at.
pub(super) struct Placed {
    pub(super) step: Step,
    pub(super) at: Range<usize>,
    pub(super) after_at: Vec<Range<usize>>,
    pub(super) within_at: Option<Range<usize>>,
    pub(super) to_at: Vec<Range<usize>>,
}

impl Identified for Placed {
    fn id(&self) -> &str {
        &self.step.id
    }
}

/// Steps.
pub(super) fn steps(
    cx: &Context<'_>,
    settings: &Catalog<Setting>,
    env: &Env,
    procedures: &Catalog<Procedure>,
) -> Catalog<Placed> {
    each(cx, ElementKind::Step, |raw, reader| {
        let acts: Vec<(&'static str, Act)> = Act::ALL.iter().map(|act| (act.id(), *act)).collect();
        let procedure = cx.need_ref(ElementKind::Procedure, reader, "procedure");
        let act = cx.need_word(reader, "act", &acts);
        let subject = procedures.get(&procedure).map_or(Subject::Case, |p| p.subject);
        let on = reader.text("on").and_then(|text| cx.word(text, Subject::ALL)).unwrap_or(subject);
        let (after, after_at) = afters(cx, reader);
        let (within, within_at) = within(cx, reader, settings, &after);
        let (outcomes, to_at) = outcomes(cx, reader);
        let cite = cx.cite(raw, reader);
        let step = Step {
            id: raw.id.clone(),
            procedure,
            name: reader.words(),
            act: act.unwrap_or(Act::Check),
            by: cx.need_ref(ElementKind::Role, reader, "by"),
            on,
            after,
            within,
            not_before: not_before(cx, reader),
            every: every(cx, reader, settings),
            form: cx.refer_key(ElementKind::Form, reader, "form"),
            papers: cx.refer_all(ElementKind::Paper, &reader.texts("papers")),
            checklist: reader.tables("checklist").iter().map(|inner| checklist(cx, inner, &cite)).collect(),
            records: cx.refer_all(ElementKind::Fact, &reader.texts("records")),
            notes: reader.tables("notes").iter().filter_map(|inner| note(cx, inner, env)).collect(),
            outcomes,
            judge: reader.flag("judge").unwrap_or(false),
            writes: reader.inner_words("writes"),
            publish: cx.refer_key(ElementKind::Notice, reader, "publish"),
            sets: cx.refer_all(ElementKind::Param, &reader.texts("sets")),
            money: reader.table("money").and_then(|inner| leg(cx, &inner)),
            copies: cx.refer_all(ElementKind::Role, &reader.texts("copies")),
            cite,
        };
        act.map(|_| Placed { step, at: raw.at.clone(), after_at, within_at, to_at })
    })
}

fn afters(cx: &Context<'_>, reader: &Reader<'_>) -> (Vec<After>, Vec<Range<usize>>) {
    let mut afters = Vec::new();
    let mut places = Vec::new();
    for text in reader.texts("after") {
        let (step, outcome) = match text.text.split_once(':') {
            Some((step, outcome)) => (step, Some(outcome.to_owned())),
            None => (text.text.as_str(), None),
        };
        if cx.draft.of(ElementKind::Step).any(|raw| raw.id == step) {
            afters.push(After { step: step.to_owned(), outcome });
            places.push(text.whole());
        } else {
            cx.unlisted(text, "步骤", "step", near(cx.draft, ElementKind::Step, step));
        }
    }
    (afters, places)
}

/// A term, or the setting that holds it.
fn term_or_setting(
    cx: &Context<'_>,
    text: &Text,
    settings: &Catalog<Setting>,
) -> Option<(kernel::term::Term, Option<Id>)> {
    let Some(id) = text.text.strip_prefix("setting.") else { return cx.term(text).map(|term| (term, None)) };
    match settings.get(id).map(|setting| &setting.value) {
        Some(SettingValue::Term(term)) => Some((*term, Some(id.to_owned()))),
        Some(_) => {
            cx.term(text);
            None
        }
        None => {
            // A setting that is there but has faults was reported where it stands.
            if !cx.draft.of(ElementKind::Setting).any(|raw| raw.id == id) {
                cx.unlisted(text, "设置", "setting", near(cx.draft, ElementKind::Setting, id));
            }
            None
        }
    }
}

fn within(
    cx: &Context<'_>,
    reader: &Reader<'_>,
    settings: &Catalog<Setting>,
    after: &[After],
) -> (Option<Within>, Option<Range<usize>>) {
    let from = reader.text("from");
    let warn_only = reader.flag("warn_only").unwrap_or(false);
    let Some(text) = reader.text("within") else { return (None, None) };
    let started = match from {
        Some(from) => event(cx, from),
        None => after.first().map(|after| Event { step: after.step.clone(), date: EventDate::Done }),
    };
    if started.is_none() && from.is_none() && reader.node("after").is_none() {
        cx.sink.add(super::things::no_start(text.whole()));
    }
    let read = term_or_setting(cx, text, settings);
    let within = read.zip(started).map(|((term, setting), from)| Within { term, from, warn_only, setting });
    (within, Some(text.whole()))
}

fn not_before(cx: &Context<'_>, reader: &Reader<'_>) -> Option<Within> {
    let inner = reader.table("not_before")?;
    let term = inner.need_text("term").and_then(|text| cx.term(text));
    let from = inner.text("from").and_then(|text| event(cx, text));
    if inner.node("from").is_none() {
        cx.sink.add(super::things::no_start(inner.at.clone()));
    }
    inner.finish();
    Some(Within { term: term?, from: from?, warn_only: false, setting: None })
}

fn every(cx: &Context<'_>, reader: &Reader<'_>, settings: &Catalog<Setting>) -> Option<Every> {
    const PERIODS: &[(&str, Period)] =
        &[("month", Period::Month), ("quarter", Period::Quarter), ("year", Period::Year)];
    let inner = reader.table("every")?;
    let period = cx.need_word(&inner, "period", PERIODS);
    let due = inner.need_text("due").and_then(|text| term_or_setting(cx, text, settings));
    inner.finish();
    let (due, setting) = due?;
    Some(Every { period: period?, due, setting })
}

fn checklist(cx: &Context<'_>, inner: &Reader<'_>, step: &Cite) -> ChecklistItem {
    let id = inner.need_text("id").map(|text| text.text.clone()).unwrap_or_default();
    let zh = inner.need_text("say").map(|text| text.text.clone()).unwrap_or_default();
    let article = inner.text("article").and_then(|text| cx.written_cite(text));
    let base = article.unwrap_or_else(|| Cite { article: step.article.clone(), item: step.item });
    let cite = cx.item(base, inner);
    let item = ChecklistItem {
        id,
        say: Words { en: inner.string("en").unwrap_or_else(|| zh.clone()), zh },
        cite,
        gates: inner.flag("gates").unwrap_or(true),
    };
    inner.finish();
    item
}

fn note(cx: &Context<'_>, inner: &Reader<'_>, env: &Env) -> Option<Note> {
    let id = inner.need_text("id").map(|text| text.text.clone());
    let ty = field_type(cx, inner, env);
    let note = (inner.words(), inner.flag("required").unwrap_or(false));
    inner.finish();
    Some(Note { id: id?, name: note.0, ty: ty?, required: note.1 })
}

fn outcomes(cx: &Context<'_>, reader: &Reader<'_>) -> (Vec<StepOutcome>, Vec<Range<usize>>) {
    const KINDS: &[(&str, OutcomeKind)] =
        &[("pass", OutcomeKind::Pass), ("return", OutcomeKind::Return), ("end", OutcomeKind::End)];
    let mut outcomes = Vec::new();
    let mut places = Vec::new();
    for inner in reader.tables("outcomes") {
        let id = inner.need_text("id").map(|text| text.text.clone());
        let kind = cx.need_word(&inner, "kind", KINDS);
        let to = cx.refer_key(ElementKind::Step, &inner, "to");
        if kind == Some(OutcomeKind::Return) && inner.node("to").is_none() {
            inner.missing("to");
        }
        let name = inner.words();
        let reason = inner.flag("reason");
        inner.finish();
        if let (Some(id), Some(kind)) = (id, kind) {
            places.push(inner.text("to").map_or(inner.at.clone(), Text::whole));
            let needs_reason = reason.unwrap_or(!super::things::passes(kind));
            outcomes.push(StepOutcome { id, name, kind, to, needs_reason });
        }
    }
    (outcomes, places)
}

fn leg(cx: &Context<'_>, inner: &Reader<'_>) -> Option<Leg> {
    let (from, to) =
        (cx.need_ref(ElementKind::Role, inner, "from"), cx.need_ref(ElementKind::Role, inner, "to"));
    let spend = cx.need_word(inner, "spend", &[("grants", Spend::Grants), ("fees", Spend::Fees)]);
    inner.finish();
    Some(Leg { from, to, spend: spend? })
}
