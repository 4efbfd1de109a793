//! The regulation at a glance: our words on the left, what each article became on the right, coverage above.

use app::view::{ArticleLine, EditionLine, PolicyPage, Prose};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::clauses;
use super::law::{article_href, comma, plain, words};
use super::try_case::{PATH as TRY_PATH, chooser};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::Page;
use crate::state::{AppState, web_error};
use crate::ui::{Badge, Stat, badge, details, panel, stats};

/// So many names of a kind are shown in the list; the rest stand on the article's page.
const NAMES_SHOWN: usize = 6;

/// The page.
pub(super) async fn show(State(state): State<AppState>, ctx: Ctx) -> Result<Response, WebError> {
    let policy = state.app.policy().map_err(|failure| web_error(&ctx, failure))?;
    Ok(page(&ctx, &policy).into_response())
}

/// The page of a pack.
pub(super) fn page<'c>(ctx: &'c Ctx, policy: &PolicyPage) -> Page<'c> {
    Page::new(ctx, &ctx.t("policy-title")).caption(plain(ctx, &policy.pack.title)).body(html! {
        p.lead { (ctx.t("policy-about")) }
        (figures(ctx, policy))
        (panel(&ctx.t("policy-try"), html! {
            p.hint { (ctx.t("policy-try-about")) }
            (chooser(ctx, &policy.cases, ""))
            p { a href=(TRY_PATH) { (ctx.t("policy-try-empty")) } }
        }))
        section.card.law aria-labelledby="law-title" {
            header.card-head {
                h2 #law-title { (ctx.t("policy-articles")) }
                p.card-aside { (ctx.t("policy-sides")) }
            }
            @for article in &policy.articles { (line(ctx, article)) }
        }
        (editions(ctx, policy))
    })
}

fn figures(ctx: &Ctx, policy: &PolicyPage) -> Markup {
    let figure = |id: &str, value: usize, about: String| Stat {
        label: ctx.t(id),
        value: value.to_string(),
        about,
        ..Stat::default()
    };
    let all = policy.articles.len();
    let silent = policy.articles.iter().filter(|article| article.declares.is_some()).count();
    let elements: usize = policy.counts.iter().map(|(_, count)| count).sum();
    let kinds: Vec<String> =
        policy.counts.iter().map(|(kind, count)| format!("{} {count}", plain(ctx, kind))).collect();
    html! {
        (stats(&[
            figure("policy-covered", policy.covered, ctx.t_args("policy-covered-about", &[("all", all.into())])),
            figure("policy-silent", silent, ctx.t("policy-silent-about")),
            figure("policy-elements", elements, ctx.t("policy-elements-about")),
            figure("policy-cases", policy.cases.len(), ctx.t("policy-cases-about")),
        ]))
        (details(&ctx.t("policy-kinds"), html! { p { (kinds.join(comma(ctx))) } }))
        @if !policy.open.is_empty() {
            p.note.amber {
                (ctx.t("policy-open")) " "
                (policy.open.iter().map(|cite| ctx.pick(&cite.to_string(), &cite.en()).to_owned()).collect::<Vec<_>>().join(comma(ctx)))
            }
        }
    }
}

fn line(ctx: &Ctx, article: &ArticleLine) -> Markup {
    html! {
        @if let Some(chapter) = &article.chapter { p.chapter { (ctx.zh(chapter)) } }
        article.law-row {
            div.law-text {
                h3 {
                    a href=(article_href(&article.key)) { (words(ctx, &article.cite)) " " (ctx.zh(&article.heading)) }
                }
                (prose(ctx, &article.prose))
            }
            div.law-rule {
                @if let Some(reason) = &article.declares {
                    p { (badge(Badge::Grey, &ctx.t("policy-computes-nothing"))) }
                    p.hint { (ctx.zh(reason)) }
                }
                @if !article.became.is_empty() {
                    dl.became {
                        @for (kind, names) in &article.became {
                            div {
                                dt { (words(ctx, kind)) " " span.count { (names.len()) } }
                                dd {
                                    (names.iter().take(NAMES_SHOWN).map(|name| plain(ctx, name)).collect::<Vec<_>>().join(comma(ctx)))
                                    @if names.len() > NAMES_SHOWN { (ctx.t("policy-and-more")) }
                                }
                            }
                        }
                    }
                }
                (clauses::list(ctx, &article.clauses))
                @if !article.covered { p { (badge(Badge::Amber, &ctx.t("policy-not-covered"))) } }
            }
        }
    }
}

/// The words of an article: paragraphs, and a list where it has items.
fn prose(ctx: &Ctx, pieces: &[Prose]) -> Markup {
    html! {
        div.prose lang=[(ctx.lang != crate::words::Lang::Zh).then_some("zh-CN")] {
            @for piece in pieces {
                @match piece {
                    Prose::Paragraph(text) => p { (text) },
                    Prose::Item(number, text) => p.law-item { span.law-number { (number) } span { (text) } },
                }
            }
        }
    }
}

fn editions(ctx: &Ctx, policy: &PolicyPage) -> Markup {
    panel(
        &ctx.t("policy-editions"),
        html! {
            @for edition in &policy.editions { (one_edition(ctx, edition)) }
            p.hint { (ctx.t("policy-edition-about")) }
        },
    )
}

fn one_edition(ctx: &Ctx, edition: &EditionLine) -> Markup {
    html! {
        dl.summary {
            div {
                dt { (ctx.t("policy-edition")) }
                dd { (edition.edition) " " @if edition.current { (badge(Badge::Green, &ctx.t("policy-in-force"))) } }
            }
            div {
                dt { (ctx.t("policy-time")) }
                dd { (ctx.date(edition.from)) " – " @if let Some(until) = edition.until { (ctx.date(until)) } }
            }
            div { dt { (ctx.t("policy-hash")) } dd { code { (edition.hash) } } }
        }
    }
}
