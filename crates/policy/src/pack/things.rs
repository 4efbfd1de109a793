//! Papers, uses, notices, duties, interpretations and settings.

use super::context::Context;
use super::diag::Diagnostic;
use super::model::*;
use super::reader::Reader;
use super::symbols::{each, members};
use super::tree::{Text, Tree};
use crate::lang::Env;
use crate::procedure::OutcomeKind;

/// Papers.
pub(super) fn papers(cx: &Context<'_>, env: &Env) -> Catalog<Paper> {
    const SEALS: &[(&str, Seal)] = &[
        ("company", Seal::Company),
        ("bank", Seal::Bank),
        ("authority", Seal::Authority),
        ("none", Seal::None),
    ];
    each(cx, ElementKind::Paper, |raw, reader| {
        let seals = reader.texts("seals").into_iter().filter_map(|text| cx.word(text, SEALS)).collect();
        Some(Paper {
            id: raw.id.clone(),
            name: reader.words(),
            when: cx.condition(reader, "when", env),
            seals,
            optional: reader.flag("optional").unwrap_or(false),
            note: reader.inner_words("note"),
            cite: cx.cite(raw, reader),
        })
    })
}

/// Uses.
pub(super) fn uses(cx: &Context<'_>, env: &Env) -> Catalog<Use> {
    let plain = |texts: Vec<&Text>| texts.into_iter().map(|text| text.text.clone()).collect();
    each(cx, ElementKind::Use, |raw, reader| {
        Some(Use {
            id: raw.id.clone(),
            name: reader.words(),
            when: cx.condition(reader, "when", env),
            allow: plain(reader.texts("allow")),
            forbid: plain(reader.texts("forbid")),
            cite: cx.cite(raw, reader),
        })
    })
}

/// Years of a fund.
pub(super) fn years(cx: &Context<'_>, reader: &Reader<'_>) -> Vec<i16> {
    let mut years = Vec::new();
    for node in reader.list("years") {
        match &node.value {
            Tree::Number(year) => match i16::try_from(*year).ok().filter(|year| (1949..=2999).contains(year))
            {
                Some(year) => years.push(year),
                None => cx.sink.add(out_of_range(&node.at, *year, "1949 至 2999")),
            },
            other => cx.sink.add(super::reader::wrong_type(&node.at, other, ("整数", "an integer"))),
        }
    }
    years
}

/// A number that its place cannot hold.
pub(super) fn out_of_range(at: &std::ops::Range<usize>, number: i64, range: &str) -> Diagnostic {
    Diagnostic::new("E065", at.clone(), format!("{number} 超出范围"), format!("{number} is out of range"))
        .label("数太大或太小", "too large or too small")
        .hint(format!("应在 {range} 之间"), format!("must be within {}", range.replace('至', "to")))
}

/// A count that must be small and not negative.
pub(super) fn small(cx: &Context<'_>, reader: &Reader<'_>, key: &'static str, most: i64) -> Option<usize> {
    let number = reader.number(key)?;
    if (0..=most).contains(&number) {
        return usize::try_from(number).ok();
    }
    let at = reader.node(key).map_or(reader.at.clone(), |node| node.at.clone());
    cx.sink.add(out_of_range(&at, number, &format!("0 至 {most}")));
    None
}

/// Notices.
pub(super) fn notices(cx: &Context<'_>) -> Catalog<Notice> {
    each(cx, ElementKind::Notice, |raw, reader| {
        let places = reader.tables("where").iter().map(|inner| named(inner)).collect();
        let term = reader.need_text("for").and_then(|text| cx.term(text));
        let content = reader.tables("content").iter().map(|inner| content(inner)).collect();
        let objection = reader.table("objection").and_then(|inner| objection(cx, &inner));
        let (name, cite) = (reader.words(), cx.cite(raw, reader));
        Some(Notice { id: raw.id.clone(), name, places, term: term?, content, objection, cite })
    })
}

/// Named ways through the procedures.
pub(super) fn courses(cx: &Context<'_>) -> Catalog<Course> {
    each(cx, ElementKind::Course, |raw, reader| {
        let stages = reader.tables("stages").iter().filter_map(|inner| stage(cx, inner)).collect();
        if reader.node("stages").is_none() {
            reader.missing("stages");
        }
        let (name, cite) = (reader.words(), cx.cite(raw, reader));
        Some(Course { id: raw.id.clone(), name, stages, cite })
    })
}

fn stage(cx: &Context<'_>, inner: &Reader<'_>) -> Option<Stage> {
    let id = inner.need_text("id").map(|text| text.text.clone());
    let steps = cx.refer_all(ElementKind::Step, &inner.texts("steps"));
    let name = inner.words();
    inner.finish();
    Some(Stage { id: id?, name, steps })
}

fn named(inner: &Reader<'_>) -> Words {
    let words = inner.words();
    inner.finish();
    words
}

fn content(inner: &Reader<'_>) -> Content {
    let key = inner.need_text("id").map(|text| text.text.clone()).unwrap_or_default();
    let content = Content { key, name: inner.words() };
    inner.finish();
    content
}

fn objection(cx: &Context<'_>, inner: &Reader<'_>) -> Option<Objection> {
    let by = cx.need_ref(ElementKind::Role, inner, "by");
    let within = inner.text("within").and_then(|text| cx.term(text));
    let blocks = cx.need_word(inner, "blocks", &[("item", Blocks::Item), ("all", Blocks::All)]);
    inner.finish();
    Some(Objection { by, within, blocks: blocks? })
}

/// Duties.
pub(super) fn duties(cx: &Context<'_>) -> Catalog<Duty> {
    each(cx, ElementKind::Duty, |raw, reader| {
        let from = reader.text("from").and_then(|text| event(cx, text));
        let term = reader.text("for").and_then(|text| cx.term(text));
        if term.is_some() && reader.node("from").is_none() {
            let at = reader.text("for").map_or(raw.at.clone(), Text::whole);
            cx.sink.add(no_start(at));
        }
        Some(Duty {
            id: raw.id.clone(),
            name: reader.words(),
            on: cx.need_ref(ElementKind::Role, reader, "on"),
            must: reader.need_words("must"),
            from,
            term,
            checks: reader.text("checks").and_then(|text| cx.term(text)),
            done_by: cx.refer_key(ElementKind::Step, reader, "done_by"),
            except: reader.inner_words("except"),
            breach: reader.inner_words("breach"),
            cite: cx.cite(raw, reader),
        })
    })
}

/// A term without the event that starts it.
pub(super) fn no_start(at: std::ops::Range<usize>) -> Diagnostic {
    Diagnostic::new("E052", at, "有期限，却不知道从什么时候起算", "a term without the event that starts it")
        .label("没有起算的事件", "nothing starts this clock")
        .hint("写 from = \"步骤\" 或 from = \"步骤.stamp\"", "write from = \"step\" or from = \"step.stamp\"")
}

/// `decide`, `decide.stamp`, `publicity.ended`.
pub(super) fn event(cx: &Context<'_>, text: &Text) -> Option<Event> {
    const DATES: &[(&str, EventDate)] = &[
        ("done", EventDate::Done),
        ("stamp", EventDate::Stamp),
        ("posted", EventDate::Posted),
        ("ended", EventDate::Ended),
    ];
    let (step, date) = text.text.split_once('.').unwrap_or((&text.text, "done"));
    let Some((_, date)) = DATES.iter().find(|(word, _)| *word == date) else {
        let _ = cx.word(text, &[("done", ()), ("stamp", ()), ("posted", ()), ("ended", ())]);
        return None;
    };
    if cx.draft.of(ElementKind::Step).any(|raw| raw.id == step) {
        return Some(Event { step: step.to_owned(), date: *date });
    }
    cx.unlisted(text, "步骤", "step", super::draft::near(cx.draft, ElementKind::Step, step));
    None
}

/// Interpretations.
pub(super) fn interpretations(cx: &Context<'_>) -> Catalog<Interpretation> {
    each(cx, ElementKind::Interpretation, |raw, reader| {
        Some(Interpretation {
            id: raw.id.clone(),
            about: reader.need_words("about"),
            between: reader.texts("between").into_iter().map(|text| text.text.clone()).collect(),
            reading: reader.need_words("reading"),
            effect: reader.need_words("effect"),
            conflict: reader.flag("conflict").unwrap_or(false),
            rules: cx.refer_all(ElementKind::Rule, &reader.texts("rules")),
            setting: cx.refer_key(ElementKind::Setting, reader, "setting"),
            cite: cx.cite(raw, reader),
        })
    })
}

/// Settings.
pub(super) fn settings(cx: &Context<'_>) -> Catalog<Setting> {
    each(cx, ElementKind::Setting, |raw, reader| {
        let choices = members(reader, "choices");
        let value = setting_value(cx, reader, &choices);
        let (name, source, cite) = (reader.words(), reader.need_words("source"), cx.cite(raw, reader));
        Some(Setting { id: raw.id.clone(), name, value: value?, choices, source, cite })
    })
}

fn setting_value(cx: &Context<'_>, reader: &Reader<'_>, choices: &[EnumMember]) -> Option<SettingValue> {
    let Some(node) = reader.node("value") else {
        reader.missing("value");
        return None;
    };
    match &node.value {
        Tree::Bool(flag) => Some(SettingValue::Bool(*flag)),
        Tree::Number(n) => Some(SettingValue::Number(*n)),
        Tree::Text(text) if choices.is_empty() => cx.term(text).map(SettingValue::Term),
        Tree::Text(text) => match choices.iter().find(|choice| choice.id == text.text) {
            Some(choice) => Some(SettingValue::Choice(choice.id.clone())),
            None => {
                cx.unlisted(text, "选项", "choice", None);
                None
            }
        },
        other => {
            cx.sink.add(super::reader::wrong_type(
                &node.at,
                other,
                ("是否、整数或期限", "true, false, a number or a term"),
            ));
            None
        }
    }
}

/// Whether a step's outcome lets the case go on.
pub(super) fn passes(kind: OutcomeKind) -> bool {
    kind == OutcomeKind::Pass
}
