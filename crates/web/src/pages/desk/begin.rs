//! `/begin/{procedure}`: an office begins something without a form: first what it is about, then the desk of its first step.

use app::Failure;
use app::view::desk::BeginChoice;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use kernel::id::CaseId;
use maud::{Markup, html};
use std::collections::BTreeMap;

use super::do_page;
use crate::cookies::encode;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::Page;
use crate::pages::shared::{article, say};
use crate::state::{Seat, refusal_of, web_error};
use crate::submitted::SubmittedWithFiles;
use crate::ui::{Field, FilterBar, button, empty_state, panel};

/// What it is about, or the desk.
pub async fn show(
    seat: Seat,
    Path(procedure): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let text = query.get("q").map_or("", String::as_str);
    let choice =
        seat.app().begin_choice(&seat.viewer, &procedure, text).map_err(|failure| web_error(ctx, failure))?;
    let parent = query.get("parent").and_then(|id| id.parse::<CaseId>().ok());
    let alone = choice.parent.is_none() || (choice.optional && query.contains_key("alone"));
    if parent.is_none() && !alone {
        return Ok(choose(ctx, &procedure, &choice, text));
    }
    match seat.app().begin_desk(&seat.viewer, &procedure, parent) {
        Ok(desk) => do_page::fresh(&seat, &desk),
        Err(Failure::Refused(refusal)) => {
            let said = refusal_of(ctx, &refusal);
            let body = html! {
                div.flash.amber role="note" { (crate::ui::icon::WARNING) p { (said.text) " " (article(&said.article.unwrap_or_default())) } }
                (button::link(&format!("/begin/{procedure}"), &ctx.t("begin-choose-other")))
            };
            Ok(titled(ctx, &choice).body(body).into_response())
        }
        Err(failure) => Err(web_error(ctx, failure)),
    }
}

/// Begins it.
pub async fn act(
    seat: Seat,
    Path(procedure): Path<String>,
    sent: SubmittedWithFiles,
) -> Result<Response, WebError> {
    let parent = sent.fields.get("parent").parse::<CaseId>().ok();
    let desk = seat
        .app()
        .begin_desk(&seat.viewer, &procedure, parent)
        .map_err(|failure| web_error(&seat.ctx, failure))?;
    do_page::done(&seat, &desk, sent).await
}

fn titled<'c>(ctx: &'c Ctx, choice: &BeginChoice) -> Page<'c> {
    Page::new(ctx, say(ctx, &choice.name)).crumb("/file", ctx.t("filing-may-begin"))
}

fn choose(ctx: &Ctx, procedure: &str, choice: &BeginChoice, text: &str) -> Response {
    titled(ctx, choice).body(choice_html(ctx, procedure, choice, text)).into_response()
}

/// The picker of what something is about.
pub fn choice_html(ctx: &Ctx, procedure: &str, choice: &BeginChoice, text: &str) -> Markup {
    let action = format!("/begin/{procedure}");
    let of = choice.parent.as_ref().map(|words| say(ctx, words).to_owned()).unwrap_or_default();
    let label = ctx.t("begin-search");
    html! {
        p.lead { (say(ctx, &choice.step)) " " (article(&choice.cite)) }
        (FilterBar::new(&action).field(Field::text("q", &label).value(text).html(ctx)).html(ctx))
        (panel(&ctx.t_args("begin-which", &[("parent", of.into())]), html! {
            @if choice.parents.is_empty() {
                (empty_state(&ctx.t("begin-none"), &ctx.t("begin-none-about"), html! {}))
            }
            ul.plain-list.pick {
                @for parent in &choice.parents {
                    li { a href={ (action) "?parent=" (encode(&parent.case.to_string())) } { (parent.number) " " (ctx.zh(&parent.title)) } }
                }
            }
            @if choice.parents.len() >= app::view::filing::PARENTS_MAX { p.hint { (ctx.t("begin-more")) } }
            @if choice.optional { (button::link(&format!("{action}?alone=1"), &ctx.t("begin-alone"))) }
        }))
    }
}
