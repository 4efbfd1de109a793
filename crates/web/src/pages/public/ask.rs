//! The questions of “do I qualify?” as fields, a card an article. Each field is a live part, so that its message appears while
//! the person types elsewhere.

use std::collections::BTreeMap;

use app::view::pack::{FactSource, Pack, Words};
use app::view::{Asked, AskedGroup, AskedKind, Places, Qualified, Typed};
use maud::{Markup, html};

use super::law::{article_href, list, plain, words};
use crate::ctx::Ctx;
use crate::submitted::Submitted;
use crate::ui::{Choice, Field, Findings, MoneyUnit, Opt, RegionLevel, RegionPicker, Size, id_of};

/// What was typed for the facts of a pack, under the names of their fields.
pub(super) fn typed(pack: &Pack, form: &Submitted) -> Typed {
    let mut typed = BTreeMap::new();
    for fact in pack.facts.ids() {
        for name in
            [fact.to_owned(), format!("{fact}.province"), format!("{fact}.city"), format!("{fact}.county")]
        {
            if form.has(&name) {
                typed.insert(name.clone(), form.get(&name).to_owned());
            }
        }
    }
    typed.insert("as_of".to_owned(), form.get("as_of").to_owned());
    typed
}

/// What could not be read, at its fields.
pub(super) fn findings(ctx: &Ctx, qualified: &Qualified) -> Findings {
    let named = |(name, error): (&str, Words)| (name.to_owned(), plain(ctx, &error).to_owned());
    qualified.errors().into_iter().map(named).collect()
}

/// All questions, and the day to judge by.
pub(super) fn questions(ctx: &Ctx, qualified: &Qualified) -> Markup {
    html! {
        (day(ctx, qualified))
        @for group in &qualified.asked { (card(ctx, group)) }
    }
}

fn day(ctx: &Ctx, qualified: &Qualified) -> Markup {
    let of = &qualified.as_of;
    let hint = match of.until {
        Some(until) => {
            let (from, until) = (ctx.date(of.from), ctx.date(until));
            ctx.t_args("qualify-day-hint", &[("from", from.into()), ("until", until.into())])
        }
        None => ctx.t_args("qualify-day-hint-open", &[("from", ctx.date(of.from).into())]),
    };
    let shown = if of.typed.is_empty() { of.day.to_string() } else { of.typed.clone() };
    let label = ctx.t("qualify-day");
    let field = Field::date("as_of", &label).value(&shown).hint(&hint);
    let error = of.error.as_ref().map(|error| plain(ctx, error));
    html! {
        section.card {
            @if !of.today_in_force {
                p.note { (ctx.t_args("qualify-not-in-force", &[
                    ("today", ctx.date(of.today).into()), ("day", ctx.date(of.day).into()),
                ])) }
            }
            div data-part="ask-as_of" { (field.error(error).html(ctx)) }
        }
    }
}

fn card(ctx: &Ctx, group: &AskedGroup) -> Markup {
    html! {
        section.card.questions aria-labelledby={ "ask-of-" (group.key) } {
            header.card-head {
                h2 id={ "ask-of-" (group.key) } { (words(ctx, &group.article)) " " (ctx.zh(&group.heading)) }
                a.card-aside href=(article_href(&group.key)) {
                    (ctx.t("qualify-read-article")) span.sr-only { " " (plain(ctx, &group.article)) }
                }
            }
            div.question-grid {
                @for asked in &group.facts {
                    div.question.whole[matches!(asked.kind, AskedKind::Place(_))] data-part={ "ask-" (asked.id) } {
                        (question(ctx, asked))
                    }
                }
            }
        }
    }
}

fn question(ctx: &Ctx, asked: &Asked) -> Markup {
    let label = plain(ctx, &asked.name);
    let hint = hint(ctx, asked);
    let hint = hint.as_deref();
    let error = asked.error.as_ref().map(|error| plain(ctx, error));
    let field = |field: Field<'_>| {
        let field = field.value(&asked.typed).error(error);
        match hint {
            Some(hint) => field.hint(hint).html(ctx),
            None => field.html(ctx),
        }
    };
    match &asked.kind {
        AskedKind::YesNo => radios(ctx, asked, yes_no(ctx), yes_no_of(&asked.typed), hint, error),
        AskedKind::Choice(members) => {
            let mut options: Vec<Opt> =
                members.iter().map(|(id, name)| Opt::new(id.clone(), plain(ctx, name))).collect();
            options.push(Opt::new("", ctx.t("qualify-undecided")));
            radios(ctx, asked, options, &asked.typed, hint, error)
        }
        AskedKind::Place(places) => place(ctx, asked, places, hint, error),
        AskedKind::Money => field(Field::money(&asked.id, label, MoneyUnit::Yuan)),
        AskedKind::Ratio => field(Field::percent(&asked.id, label)),
        AskedKind::Count(unit) => field(Field::count(&asked.id, label, plain(ctx, unit))),
        AskedKind::Date => field(Field::date(&asked.id, label)),
        AskedKind::Text => field(Field::text(&asked.id, label).size(Size::Medium)),
    }
}

/// The pack's own question, who will check it in a real case, the papers that prove it.
fn hint(ctx: &Ctx, asked: &Asked) -> Option<String> {
    let mut parts: Vec<String> = asked.hint.iter().map(|hint| plain(ctx, hint).to_owned()).collect();
    let how = match (asked.from, &asked.kind) {
        (FactSource::Ledger, _) => Some("qualify-from-ledger"),
        (FactSource::CreditRegistry, _) => Some("qualify-from-register"),
        (FactSource::Declaration, _) => Some("qualify-from-declaration"),
        (_, AskedKind::Money) => Some("qualify-money-hint"),
        (_, AskedKind::Ratio) => Some("qualify-ratio-hint"),
        (_, AskedKind::Place(_)) => Some("qualify-place-hint"),
        _ => None,
    };
    parts.extend(how.map(|id| ctx.t(id)));
    if !asked.proof.is_empty() {
        parts.push(ctx.t_args("qualify-proof", &[("papers", list(ctx, &asked.proof).into())]));
    }
    (!parts.is_empty()).then(|| parts.join(ctx.pick("；", "; ")))
}

fn yes_no(ctx: &Ctx) -> Vec<Opt> {
    vec![
        Opt::new("true", ctx.t("qualify-yes")),
        Opt::new("false", ctx.t("qualify-no")),
        Opt::new("", ctx.t("qualify-unknown")),
    ]
}

/// Addresses may spell it 是 or yes.
fn yes_no_of(typed: &str) -> &str {
    match typed {
        "true" | "是" | "yes" => "true",
        "false" | "否" | "no" => "false",
        other => other,
    }
}

fn radios(
    ctx: &Ctx,
    asked: &Asked,
    options: Vec<Opt>,
    chosen: &str,
    hint: Option<&str>,
    error: Option<&str>,
) -> Markup {
    let label = plain(ctx, &asked.name);
    let choice = Choice::radios(&asked.id, label, &options).chosen(chosen).inline().error(error);
    match hint {
        Some(hint) => choice.hint(hint).html(ctx),
        None => choice.html(ctx),
    }
}

fn place(ctx: &Ctx, asked: &Asked, places: &Places, hint: Option<&str>, error: Option<&str>) -> Markup {
    let label = |key: &str| match key {
        "province" => ctx.t("qualify-province"),
        "city" => ctx.t("qualify-city"),
        _ => ctx.t("qualify-county"),
    };
    let mark = ctx.t("qualify-listed");
    let name = |one: &app::view::PlaceOption| {
        if one.listed { format!("{}{mark}", one.name) } else { one.name.clone() }
    };
    let levels: Vec<RegionLevel> = places
        .levels
        .iter()
        .map(|level| RegionLevel {
            key: level.key,
            label: label(level.key),
            options: level.options.iter().map(|one| Opt::new(one.code.clone(), name(one))).collect(),
            chosen: level.chosen.clone(),
        })
        .collect();
    RegionPicker { name: &asked.id, label: plain(ctx, &asked.name), hint, error, levels: &levels }.html(ctx)
}

/// Where a missing fact is asked.
pub(super) fn question_href(fact: &str) -> String {
    format!("#{}", id_of(fact))
}

/// An address that opens `path` with the same answers.
pub(super) fn address(path: &str, qualified: &Qualified) -> String {
    let day = [("as_of".to_owned(), qualified.as_of.day.to_string())];
    let pairs = day.into_iter().chain(qualified.answers.clone());
    let query: Vec<String> =
        pairs.map(|(name, value)| format!("{name}={}", crate::cookies::encode(&value))).collect();
    format!("{path}?{}", query.join("&"))
}

/// The words of a source, for the trace.
pub(super) fn names(ctx: &Ctx, all: &[Words]) -> String {
    list(ctx, all)
}
