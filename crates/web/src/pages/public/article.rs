//! One article: item by item our words on the left, on the right what each became, in words and as the pack writes it.

use app::view::pack::ElementKind;
use app::view::{ArticlePage, CaseLine, Entry, Side};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::clauses;
use super::law::{article_href, plain, words};
use super::try_case::{case_link, expect_badge};
use crate::ctx::Ctx;
use crate::error::{OrNotFound, WebError};
use crate::page::Page;
use crate::state::{AppState, web_error};
use crate::ui::{Badge, badge, details};
use crate::words::Lang;

/// The page.
pub(super) async fn show(
    State(state): State<AppState>,
    ctx: Ctx,
    Path(key): Path<String>,
) -> Result<Response, WebError> {
    let found = state.app.policy_article(&key).map_err(|failure| web_error(&ctx, failure))?;
    Ok(page(&ctx, &found.or_not_found()?).into_response())
}

/// The page of an article.
pub(super) fn page<'c>(ctx: &'c Ctx, of: &ArticlePage) -> Page<'c> {
    let cite = ctx.pick(&of.article.id.to_string(), &of.article.id.en()).to_owned();
    let title = format!("{cite} {}", of.article.heading);
    Page::new(ctx, &title).crumb("/policy", ctx.t("policy-title")).caption(plain(ctx, &of.pack.title)).body(
        html! {
            section.card.law aria-label=(title) {
                @for side in &of.sides { (row(ctx, of, side)) }
            }
            @if !of.clauses.is_empty() { section.card { (clauses::list(ctx, &of.clauses)) } }
            (cases(ctx, of))
            (neighbours(ctx, of))
        },
    )
}

fn row(ctx: &Ctx, of: &ArticlePage, side: &Side) -> Markup {
    let whole = side.item.is_none();
    let empty = side.words.is_empty() && side.entries.is_empty() && side.mentions.is_empty();
    html! {
        @if !(whole && empty && of.article.declares.is_none()) {
            div.law-row id=[side.item.map(|item| format!("item-{item}"))] {
                div.law-text {
                    h2 { (ctx.pick(&side.cite.to_string(), &side.cite.en())) }
                    div.prose lang=[(ctx.lang != Lang::Zh).then_some("zh-CN")] {
                        @for text in &side.words { p { (text) } }
                        @if whole && side.words.is_empty() { p.hint { (ctx.t("policy-items-below")) } }
                    }
                }
                div.law-rule {
                    @if whole && let Some(reason) = &of.article.declares {
                        p { (badge(Badge::Grey, &ctx.t("policy-computes-nothing"))) }
                        p { (ctx.zh(reason)) }
                    }
                    (entries(ctx, &side.entries))
                    @if !side.mentions.is_empty() {
                        (details(&ctx.t_args("policy-mentions", &[("count", side.mentions.len().into())]), html! {
                            ul.bare { @for (kind, what) in &side.mentions { li { span.hint { (words(ctx, kind)) } " " (words(ctx, what)) } } }
                        }))
                    }
                    @if side.entries.is_empty() && side.mentions.is_empty() && of.article.declares.is_none() {
                        p.hint { (ctx.t("policy-nothing-here")) }
                    }
                }
            }
        }
    }
}

/// What an article became. Long runs of one small kind (named offices, facts) are drawn as one list.
fn entries(ctx: &Ctx, all: &[Entry]) -> Markup {
    let small = |entry: &&Entry| {
        matches!(entry.kind, ElementKind::Fact | ElementKind::Org | ElementKind::Role | ElementKind::Unit)
    };
    let (short, long): (Vec<&Entry>, Vec<&Entry>) = all.iter().partition(small);
    let mut kinds: Vec<ElementKind> = Vec::new();
    for entry in &short {
        if !kinds.contains(&entry.kind) {
            kinds.push(entry.kind);
        }
    }
    html! {
        @for entry in long { (one(ctx, entry)) }
        @for kind in kinds {
            @let of_kind: Vec<&&Entry> = short.iter().filter(|entry| entry.kind == kind).collect();
            div.entry {
                p.entry-kind { (badge(Badge::Blue, plain(ctx, &kind.words()))) }
                ul.bare {
                    @for entry in of_kind {
                        li {
                            (words(ctx, &entry.name)) " " code.hint { (entry.id) }
                            @for text in lines(ctx, entry) { " " span.hint { (text) } }
                        }
                    }
                }
            }
        }
    }
}

fn one(ctx: &Ctx, entry: &Entry) -> Markup {
    let colour = match entry.kind {
        ElementKind::Rule | ElementKind::Grant => Badge::Green,
        ElementKind::Interpretation => Badge::Amber,
        _ => Badge::Blue,
    };
    html! {
        div.entry id={ "e-" (entry.kind as u8) "-" (entry.id) } {
            p.entry-kind { (badge(colour, plain(ctx, &entry.kind_name))) " " strong { (words(ctx, &entry.name)) } }
            ul.says { @for text in lines(ctx, entry) { li { (text) } } }
            (details(&ctx.t_args("policy-source", &[("line", entry.line.into())]), html! { pre.source tabindex="0" { code { (entry.source) } } }))
        }
    }
}

fn lines<'a>(ctx: &Ctx, entry: &'a Entry) -> &'a [String] {
    match ctx.lang {
        Lang::Zh => &entry.zh,
        Lang::En => &entry.en,
    }
}

/// The cases that travel with the article.
fn cases(ctx: &Ctx, of: &ArticlePage) -> Markup {
    let all: Vec<&CaseLine> = of.sides.iter().flat_map(|side| &side.cases).collect();
    html! {
        @if !all.is_empty() {
            section.card aria-labelledby="cases-title" {
                header.card-head {
                    h2 #cases-title { (ctx.t("policy-article-cases")) }
                    p.card-aside { (ctx.t("policy-article-cases-about")) }
                }
                ul.case-list {
                    @for case in all {
                        li {
                            (expect_badge(ctx, case)) span { (case_link(ctx, case)) }
                            span.hint {
                                (ctx.date(case.as_of))
                                @if let Some(amount) = case.amount { " · " (amount.grouped()) (ctx.t("unit-yuan")) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn neighbours(ctx: &Ctx, of: &ArticlePage) -> Markup {
    let link = |to: &Option<(String, app::view::pack::Words, String)>, label: String| {
        html! {
            @if let Some((key, cite, heading)) = to {
                a.neighbour href=(article_href(key)) { span.hint { (label) } span { (words(ctx, cite)) " " (ctx.zh(heading)) } }
            }
        }
    };
    html! {
        nav.neighbours aria-label=(ctx.t("policy-neighbours")) {
            (link(&of.before, ctx.t("policy-before")))
            (link(&of.after, ctx.t("policy-after")))
        }
    }
}
