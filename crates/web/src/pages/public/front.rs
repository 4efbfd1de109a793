//! The start page: what this place is, the ways in, the year now, the newest notices.

use std::sync::Arc;

use app::view::{Front, Intake, WayStep, YearNow};
use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::law::{cite_link, list, plain, words};
use super::notices::{notice_href, running};
use super::signs::{books, sign_ins};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::Page;
use crate::pages::demo::DemoStage;
use crate::session::SIGN_IN_PATH;
use crate::state::{AppState, web_error};
use crate::ui::{Badge, badge, empty_state, panel, panel_with};

/// The page.
pub(super) async fn show(
    State(state): State<AppState>,
    ctx: Ctx,
    demo: Option<Extension<Arc<dyn DemoStage>>>,
) -> Result<Response, WebError> {
    let front = state.app.front().map_err(|failure| web_error(&ctx, failure))?;
    let stage = demo.as_ref().map(|Extension(stage)| &**stage).filter(|_| ctx.demo.is_some());
    Ok(page(&ctx, &front, stage).into_response())
}

/// The page of what was loaded.
pub(super) fn page<'c>(ctx: &'c Ctx, front: &Front, stage: Option<&dyn DemoStage>) -> Page<'c> {
    let title = plain(ctx, &front.pack.title);
    Page::new(ctx, title).caption(issued(ctx, front)).body(html! {
        @if let Some(stage) = stage { (books(ctx, stage)) }
        (doors(ctx, front))
        @if let Some(stage) = stage { (sign_ins(ctx, stage)) }
        div.columns {
            (fund(ctx, front))
            div.stack {
                @if front.cases {
                    (year(ctx, front.year.as_ref()))
                    (notices(ctx, front))
                }
                @if !front.funds.is_empty() { (funds(ctx, front)) }
            }
        }
        (way(ctx, front))
    })
}

fn issued(ctx: &Ctx, front: &Front) -> String {
    let from = ctx.date(front.pack.in_force.from);
    let by = plain(ctx, &front.pack.issued_by).to_owned();
    match front.pack.in_force.until {
        Some(until) => ctx.t_args(
            "front-issued-until",
            &[("by", by.into()), ("from", from.into()), ("until", ctx.date(until).into())],
        ),
        None => ctx.t_args("front-issued", &[("by", by.into()), ("from", from.into())]),
    }
}

/// The funds that the regime books.
fn funds(ctx: &Ctx, front: &Front) -> Markup {
    panel(
        &ctx.t("front-funds"),
        html! {
            ul.bare {
                @for (name, cite) in &front.funds {
                    li { (words(ctx, name)) " " span.hint { (cite_link(ctx, cite)) } }
                }
            }
        },
    )
}

/// The ways in: where nobody applies, there is nothing to qualify for and nothing to object to.
fn doors(ctx: &Ctx, front: &Front) -> Markup {
    let (second, href) = match &ctx.viewer {
        Some(_) => ("front-door-work", "/inbox"),
        None => ("front-door-sign-in", SIGN_IN_PATH),
    };
    html! {
        nav aria-label=(ctx.t("front-doors")) {
            ul.doors {
                @if front.cases {
                    li.door.first {
                        a href="/qualify" { (ctx.t("front-door-qualify")) }
                        p { (ctx.t("front-door-qualify-about")) }
                    }
                }
                li class=(if front.cases { "door" } else { "door first" }) {
                    a href=(href) { (ctx.t(second)) }
                    @if ctx.viewer.is_some() {
                        p { (ctx.t("front-door-work-about")) }
                    } @else if front.cases {
                        p { (ctx.t("front-door-sign-in-about")) }
                        p { a.plain href="/register" { (ctx.t("front-door-register")) } }
                    } @else {
                        p { (ctx.t("front-door-money-about")) }
                    }
                }
                @if front.cases {
                    li.door {
                        a href="/notices" { (ctx.t("front-door-notices")) }
                        p { (ctx.t("front-door-notices-about")) }
                        p { a.plain href="/receipt" { (ctx.t("front-door-receipt")) } }
                    }
                } @else {
                    li.door {
                        a href="/policy" { (ctx.t("front-door-policy")) }
                        p { (ctx.t("front-door-policy-about")) }
                    }
                }
            }
        }
    }
}

fn fund(ctx: &Ctx, front: &Front) -> Markup {
    panel(
        &ctx.t("front-fund"),
        html! {
            dl.summary {
                @if !front.offices.is_empty() {
                    div { dt { (ctx.t("front-offices")) } dd { (list(ctx, &front.offices)) } }
                }
                @if !front.applicants.is_empty() {
                    div { dt { (ctx.t("front-applicants")) } dd { (list(ctx, &front.applicants)) } }
                }
                @if !front.conditions.is_empty() { div {
                    dt { (ctx.t("front-conditions")) }
                    dd {
                        ul.bare {
                            @for (name, cite) in &front.conditions {
                                li { (words(ctx, name)) " " span.hint { (cite_link(ctx, cite)) } }
                            }
                        }
                    }
                } }
            }
            p { a href="/policy" { (ctx.t("front-policy")) } }
        },
    )
}

fn year(ctx: &Ctx, year: Option<&YearNow>) -> Markup {
    let Some(year) = year else {
        return panel(
            &ctx.t("front-year"),
            empty_state(&ctx.t("front-year-none"), &ctx.t("front-year-none-about"), html! {}),
        );
    };
    let (colour, state, left) = match year.intake {
        Intake::Before(_, days) => {
            (Badge::Blue, "front-intake-before", Some(("front-intake-opens-in", days)))
        }
        Intake::Open(_, days) => (Badge::Green, "front-intake-open", Some(("front-intake-left", days))),
        Intake::Closed(_) => (Badge::Grey, "front-intake-closed", None),
    };
    let title = ctx.t_args("front-year-of", &[("year", year.year.to_string().into())]);
    panel_with(
        &title,
        badge(colour, &ctx.t(state)),
        html! {
            @if let Some((id, days)) = left {
                p.days {
                    strong { @if days.n == 0 { (ctx.t("front-intake-last-day")) } @else { (ctx.t_args(id, &[("days", days.n.into())])) } }
                    @if days.provisional { " " span.provisional { (ctx.t("front-provisional")) } }
                }
            }
            dl.summary {
                div { dt { (ctx.t("front-intake")) } dd { (ctx.date(year.opens)) " – " (ctx.date(year.closes)) } }
                div { dt { (ctx.t("front-budget")) } dd { (words(ctx, &year.budget)) } }
            }
            @if matches!(year.intake, Intake::Open(..)) && ctx.viewer.as_ref().is_none_or(|v| v.may("Declare")) {
                p { a.button.primary href="/file" { (ctx.t("front-apply")) } }
            }
        },
    )
}

fn notices(ctx: &Ctx, front: &Front) -> Markup {
    let body = if front.notices.is_empty() {
        empty_state(&ctx.t("notices-none"), &ctx.t("notices-none-about"), html! {})
    } else {
        html! {
            ul.newest {
                @for line in &front.notices {
                    li {
                        a href=(notice_href(&line.row)) { (ctx.zh(&line.row.title)) " " (ctx.zh(&line.row.number)) }
                        (running(ctx, line.running))
                        span.hint {
                            (ctx.t_args("front-notice-about", &[
                                ("posted", ctx.date(line.row.posted).into()),
                                ("last", ctx.date(line.row.last).into()),
                                ("items", line.row.items.into()),
                            ]))
                        }
                    }
                }
            }
        }
    };
    panel_with(&ctx.t("front-notices"), html! { a href="/notices" { (ctx.t("front-notices-all")) } }, body)
}

fn way(ctx: &Ctx, front: &Front) -> Markup {
    panel(
        &ctx.t("front-way"),
        html! {
            @for (procedure, steps) in &front.way {
                h3.way-title { (words(ctx, procedure)) }
                ol.way { @for step in steps { (way_step(ctx, step)) } }
            }
            p.hint { (ctx.t("front-way-about")) }
        },
    )
}

fn way_step(ctx: &Ctx, step: &WayStep) -> Markup {
    html! {
        li {
            p.way-step { (words(ctx, &step.name)) }
            p.hint {
                (words(ctx, &step.by))
                @if let Some(within) = &step.within { " · " strong { (words(ctx, within)) } }
                " · " (cite_link(ctx, &step.cite))
            }
        }
    }
}
