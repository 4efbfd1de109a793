//! Procedures and steps as the pack writes them. Whether the steps make sense together is `flow`'s question.

use std::collections::BTreeMap;
use std::ops::Range;

use super::context::Context;
use super::diag::Diagnostic;
use super::draft::{Raw, near};
use super::fields::field_type;
use super::model::*;
use super::params::node_value;
use super::reader::{Reader, unknown_key};
use super::symbols::each;
use super::things::{event, small};
use super::tree::{Text, Tree};
use crate::lang::Env;
use crate::procedure::*;

/// Procedures; their steps are filled in by `steps`.
pub(super) fn procedures(cx: &Context<'_>, forms: &Catalog<Form>) -> Catalog<Procedure> {
    let mut catalog = each(cx, ElementKind::Procedure, |raw, reader| {
        let subject = cx.need_word(reader, "subject", Subject::ALL);
        let form = cx.refer_key(ElementKind::Form, reader, "form");
        let shape = match form.as_deref().and_then(|id| forms.get(id)) {
            Some(form) => Shape::Known(form),
            None if reader.node("form").is_some() => Shape::Faulty,
            None => Shape::None,
        };
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
            parent_after: cx.refer_key(ElementKind::Step, reader, "parent_after"),
            parent_optional: reader.flag("parent_optional").unwrap_or(false),
            once: reader.texts("once").into_iter().filter_map(|text| field(cx, text, shape)).collect(),
            library: reader.flag("library").unwrap_or(false),
            stops_money: reader.flag("stops_money").unwrap_or(false),
            bars: bars(cx, reader),
            thresholds: cx.refer_all(ElementKind::Param, &reader.texts("thresholds")),
            listed: listed(cx, reader, shape),
            bound: super::bound::bound(cx, raw, reader),
            needs_intake: reader.flag("intake").unwrap_or(false),
            form,
            steps: Vec::new(),
            cite: cx.cite(raw, reader),
        };
        subject.map(|_| procedure)
    });
    catalog.each_mut(|procedure| {
        let mine = |raw: &&Raw| match raw.entry("procedure").map(|entry| &entry.node.value) {
            Some(Tree::Text(text)) => text.text == procedure.id,
            _ => false,
        };
        procedure.steps = cx.draft.of(ElementKind::Step).filter(mine).map(|raw| raw.id.clone()).collect();
    });
    catalog
}

/// The form of a procedure, as far as it is known.
#[derive(Clone, Copy)]
enum Shape<'f> {
    Known(&'f Form),
    /// Written, and reported where it stands.
    Faulty,
    None,
}

/// A field of the procedure's form.
fn field(cx: &Context<'_>, text: &Text, shape: Shape<'_>) -> Option<Id> {
    let form = match shape {
        Shape::Known(form) => form,
        Shape::Faulty => return None,
        Shape::None => {
            cx.sink.add(
                Diagnostic::new(
                    "E085",
                    text.whole(),
                    format!("程序没有表格，谈不上栏目 `{}`", text.text),
                    format!("the procedure has no form, so there is no field `{}`", text.text),
                )
                .label("没有表格", "no form")
                .hint("在程序里写 form = \"表格\"", "write form = \"FORM\" in the procedure"),
            );
            return None;
        }
    };
    if form.field(&text.text).is_some() {
        return Some(text.text.clone());
    }
    let near = crate::lang::nearest(&text.text, form.fields().map(|field| field.id.as_str()));
    cx.unlisted(text, "栏目", "field", near);
    None
}

/// `listed = { amount = "total", place = "village_code", … }`
fn listed(cx: &Context<'_>, reader: &Reader<'_>, form: Shape<'_>) -> Listed {
    let Some(inner) = reader.table("listed") else { return Listed::default() };
    let of = |key: &'static str| inner.text(key).and_then(|text| field(cx, text, form));
    let listed = Listed {
        amount: of("amount"),
        place: of("place"),
        village: of("village"),
        class: of("class"),
        year: of("year"),
        late: of("late"),
    };
    inner.finish();
    listed
}

/// `bars = { from = "found", filing = ["entry"], years = 1 }`
fn bars(cx: &Context<'_>, reader: &Reader<'_>) -> Option<Bars> {
    let inner = reader.table("bars")?;
    let from = cx.need_ref(ElementKind::Step, &inner, "from");
    if inner.node("filing").is_none() {
        inner.missing("filing");
    }
    let filing = cx.refer_all(ElementKind::Procedure, &inner.texts("filing"));
    let years = small(cx, &inner, "years", 20).and_then(|n| i16::try_from(n).ok()).unwrap_or(0);
    inner.finish();
    Some(Bars { from, filing, years })
}

/// `closes = { until = "10-31", years_before = 1, set = [{ year = 2018, until = 2018-08-31 }] }`
fn closes(cx: &Context<'_>, reader: &Reader<'_>) -> Option<Closing> {
    let inner = reader.table("closes")?;
    let until = inner.need_text("until").and_then(|text| month_day(cx, text));
    let years_before = small(cx, &inner, "years_before", 10).and_then(|n| i16::try_from(n).ok()).unwrap_or(0);
    let mut set = Vec::new();
    for own in inner.tables("set") {
        for key in ["year", "until"] {
            if own.node(key).is_none() {
                own.missing(key);
            }
        }
        let year = small(cx, &own, "year", 2999).and_then(|n| i16::try_from(n).ok());
        let day = own.day("until");
        own.finish();
        set.extend(year.zip(day));
    }
    inner.finish();
    Some(Closing { until: until?, years_before, set })
}

fn month_day(cx: &Context<'_>, text: &Text) -> Option<(i8, i8)> {
    let read = text.text.split_once('-').and_then(|(m, d)| Some((m.parse().ok()?, d.parse().ok()?)));
    // A year without 29 February: a last day must exist in every year.
    let found = read.filter(|(month, day)| kernel::Date::new(2019, *month, *day).is_ok());
    if found.is_none() {
        cx.sink.add(
            Diagnostic::new(
                "E082",
                text.whole(),
                format!("`{}` 不是每年都有的月日", text.text),
                format!("`{}` is no month and day of every year", text.text),
            )
            .label("须写成“月-日”", "write it as month-day")
            .hint("例如 until = \"10-31\"", "for example until = \"10-31\""),
        );
    }
    found
}

/// `judge = true`, or `judge = { matter = "declare" }` with facts for this step's decision, each written as its type reads;
/// `together` is written in the same way.
fn judge(
    cx: &Context<'_>,
    reader: &Reader<'_>,
    key: &'static str,
    env: &Env,
) -> (bool, BTreeMap<Id, String>) {
    let mut given = BTreeMap::new();
    let Some(Tree::Table(entries)) = reader.node(key).map(|node| &node.value) else {
        return (reader.flag(key).unwrap_or(false), given);
    };
    for entry in entries {
        let Some(fact) = env.fact_named(&entry.key) else {
            // A fact that is there but has faults of its own was reported where it stands.
            if !cx.draft.of(ElementKind::Fact).any(|raw| raw.id == entry.key) {
                cx.sink.add(unknown_key(entry, cx.draft.of(ElementKind::Fact).map(|raw| raw.id.as_str())));
            }
            continue;
        };
        if node_value(cx, &entry.node, &env.facts()[fact.index()].ty, env).is_some() {
            given.insert(entry.key.clone(), as_written(&entry.node.value));
        }
    }
    (true, given)
}

fn as_written(value: &Tree) -> String {
    match value {
        Tree::Text(text) => text.text.clone(),
        Tree::Bool(flag) => flag.to_string(),
        Tree::Day(day) => day.to_string(),
        Tree::Number(_) | Tree::List(_) | Tree::Table(_) | Tree::Other(_) => String::new(),
    }
}

fn parties(cx: &Context<'_>, reader: &Reader<'_>, form: Shape<'_>) -> Vec<Party> {
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

fn desk(cx: &Context<'_>, text: &Text, form: Shape<'_>) -> Option<Desk> {
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
    /// For each need, the place of each of its steps.
    pub(super) needs_at: Vec<Vec<Range<usize>>>,
    pub(super) within_at: Option<Range<usize>>,
    pub(super) to_at: Vec<Range<usize>>,
    pub(super) figures: Vec<super::figures::Written>,
}

impl Placed {
    /// Every step that it needs, with its place.
    pub(super) fn needed(&self) -> impl Iterator<Item = (&After, &Range<usize>)> {
        let needs = self.step.needs.iter().zip(&self.needs_at);
        needs.flat_map(|(need, places)| need.any.iter().zip(places))
    }
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
    forms: &Catalog<Form>,
) -> Catalog<Placed> {
    each(cx, ElementKind::Step, |raw, reader| {
        let acts: Vec<(&'static str, Act)> = Act::ALL.iter().map(|act| (act.id(), *act)).collect();
        let procedure = cx.need_ref(ElementKind::Procedure, reader, "procedure");
        let act = cx.need_word(reader, "act", &acts);
        let subject = procedures.get(&procedure).map_or(Subject::Case, |p| p.subject);
        let on = reader.text("on").and_then(|text| cx.word(text, Subject::ALL)).unwrap_or(subject);
        let (after, after_at) = afters(cx, reader, "after");
        let (within, within_at) = within(cx, reader, settings, &after);
        let (outcomes, to_at) = outcomes(cx, reader);
        let cite = cx.cite(raw, reader);
        let judged = judge(cx, reader, "judge", env);
        let together = judge(cx, reader, "together", env);
        let (needs, needs_at) = needs(cx, reader);
        let shape = procedures.get(&procedure).map_or(Shape::Faulty, |of| match of.form.as_deref() {
            Some(id) => forms.get(id).map_or(Shape::Faulty, Shape::Known),
            None if cx.entry(ElementKind::Procedure, &of.id, "form").is_some() => Shape::Faulty,
            None => Shape::None,
        });
        let step = Step {
            id: raw.id.clone(),
            procedure,
            name: reader.words(),
            act: act.unwrap_or(Act::Check),
            by: cx.need_ref(ElementKind::Role, reader, "by"),
            with: cx.refer_all(ElementKind::Role, &reader.texts("with")),
            each: reader.flag("each").unwrap_or(false),
            on,
            needs,
            funds: cx.refer_all(ElementKind::Fund, &reader.texts("funds")),
            closes: closes(cx, reader),
            completes: reader.flag("completes").unwrap_or(false),
            repeats: reader.flag("repeats").unwrap_or(false),
            optional: reader.flag("optional").unwrap_or(false),
            late_stops: reader.flag("late_stops").unwrap_or(false),
            stands_on: reader
                .texts("stands_on")
                .into_iter()
                .filter_map(|text| field(cx, text, shape))
                .collect(),
            after,
            within,
            due_on: reader.text("due_on").and_then(|text| super::life::noted_day(cx, text)),
            not_before: not_before(cx, reader),
            every: every(cx, reader, settings),
            figures: Vec::new(),
            sums: cx.refer_key(ElementKind::Step, reader, "sums"),
            form: cx.refer_key(ElementKind::Form, reader, "form"),
            papers: cx.refer_all(ElementKind::Paper, &reader.texts("papers")),
            checklist: reader.tables("checklist").iter().map(|inner| checklist(cx, inner, &cite)).collect(),
            records: cx.refer_all(ElementKind::Fact, &reader.texts("records")),
            notes: reader.tables("notes").iter().filter_map(|inner| note(cx, inner, env)).collect(),
            outcomes,
            judge: judged.0,
            given: judged.1,
            together: together.0.then_some(together.1),
            writes: reader.inner_words("writes"),
            letter: cx.refer_key(ElementKind::Letter, reader, "letter"),
            publish: cx.refer_key(ElementKind::Notice, reader, "publish"),
            sets: cx.refer_all(ElementKind::Param, &reader.texts("sets")),
            money: reader.table("money").and_then(|inner| leg(cx, &inner)),
            copies: cx.refer_all(ElementKind::Role, &reader.texts("copies")),
            ties: super::ties::ties(cx, raw, reader, (act, &cite), forms),
            cite,
        };
        let figures = super::figures::written(cx, reader);
        act.map(|_| Placed { step, at: raw.at.clone(), after_at, needs_at, within_at, to_at, figures })
    })
}

fn afters(cx: &Context<'_>, reader: &Reader<'_>, key: &'static str) -> (Vec<After>, Vec<Range<usize>>) {
    let texts = reader.texts(key);
    texts.into_iter().filter_map(|text| after(cx, text, 0..text.text.len())).unzip()
}

/// `needs = ["start", "approve:yes | adopt:yes"]`: all of them, of each any step that `|` stands between.
fn needs(cx: &Context<'_>, reader: &Reader<'_>) -> (Vec<Need>, Vec<Vec<Range<usize>>>) {
    let (mut needs, mut places) = (Vec::new(), Vec::new());
    for text in reader.texts("needs") {
        let mut at = 0;
        let pieces = text.text.split('|').map(|piece| {
            let start = at + (piece.len() - piece.trim_start().len());
            at += piece.len() + 1;
            start..start + piece.trim().len()
        });
        let (any, own): (Vec<After>, Vec<_>) = pieces.filter_map(|span| after(cx, text, span)).unzip();
        if !any.is_empty() {
            needs.push(Need { any });
            places.push(own);
        }
    }
    (needs, places)
}

/// `step` or `step:outcome`, written in a part of a text.
fn after(cx: &Context<'_>, text: &Text, span: Range<usize>) -> Option<(After, Range<usize>)> {
    let written = &text.text[span.clone()];
    let (step, outcome) = match written.split_once(':') {
        Some((step, outcome)) => (step, Some(outcome.to_owned())),
        None => (written, None),
    };
    if cx.draft.of(ElementKind::Step).any(|raw| raw.id == step) {
        return Some((After { step: step.to_owned(), outcome }, text.place(&span)));
    }
    cx.unlisted_at(text.place(&span), written, "步骤", "step", near(cx.draft, ElementKind::Step, step));
    None
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
    let until = cx.refer_key(ElementKind::Step, &inner, "until");
    inner.finish();
    let (due, setting) = due?;
    Some(Every { period: period?, due, setting, until })
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
