//! `/rosters/{roster}/load`: the template, the upload, the preview with every fault by cell, the confirmation. Only the confirmation
//! writes; the file lies under seal until then.

use app::Failure;
use app::tables::{Format, HouseholdsPreview, PeopleCounts};
use app::view::rosters::RosterShown;
use app::view::state::Reason;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::flash::{Flash, Tone};
use crate::page::{Page, Width, go_with};
use crate::pages::shared::{article, download, say};
use crate::pages::tables::{FILE, TICKET, beside, found, upload_form};
use crate::state::{Seat, fresh_key, refusal_of, web_error};
use crate::submitted::SubmittedWithFiles;
use crate::ui::{
    DataTable, Findings, Form, Head, Stat, actions, button, details, error_summary, flash, panel, stats,
};
use crate::words::word;

/// The list, when the viewer keeps it.
fn own(seat: &Seat, roster: &str) -> Result<RosterShown, WebError> {
    let lists = seat.app().rosters(&seat.viewer).map_err(|e| web_error(&seat.ctx, e))?;
    lists.into_iter().find(|list| list.id == roster && list.mine).ok_or(WebError::NotFound)
}

fn here(list: &RosterShown) -> String {
    format!("/rosters/{}/load", list.id)
}

/// The empty sheet.
pub(super) async fn template(seat: Seat, Path(roster): Path<String>) -> Result<Response, WebError> {
    let (ctx, list) = (&seat.ctx, own(&seat, &roster)?);
    let done = seat.app().households_template(&seat.viewer, &roster, ctx.printed());
    let bytes = done.map_err(|e| web_error(ctx, e))?;
    download(&format!("{}.xlsx", say(ctx, &list.name)), Format::Xlsx.media(), bytes)
}

/// The page that takes a file.
pub(super) async fn show(seat: Seat, Path(roster): Path<String>) -> Result<Response, WebError> {
    Ok(upload(&seat, &own(&seat, &roster)?, &Findings::none()))
}

/// A file, the marked file, or the confirmation.
pub(super) async fn act(
    seat: Seat,
    Path(roster): Path<String>,
    form: SubmittedWithFiles,
) -> Result<Response, WebError> {
    let (ctx, list) = (&seat.ctx, own(&seat, &roster)?);
    let (app, viewer) = (seat.app().clone(), seat.viewer.clone());
    let (ticket, key) = (form.fields.get(TICKET).to_owned(), form.fields.get("key").to_owned());
    let (pressed, id) = (form.fields.act().to_owned(), roster.clone());
    if let Some(file) = form.files.into_iter().find(|file| file.field == FILE) {
        let seen = beside(ctx, move || app.households_preview(&viewer, &id, (&file.name, &file.bytes)));
        return shown(&seat, &list, &seen.await?, &Findings::none());
    }
    if ticket.is_empty() {
        let mut findings = Findings::none();
        findings.add(FILE, ctx.t("tables-no-file"));
        return Ok(upload(&seat, &list, &findings));
    }
    match pressed.as_str() {
        "marked" => {
            let (name, bytes) = beside(ctx, move || app.households_marked(&viewer, &id, &ticket)).await?;
            download(&name, Format::Xlsx.media(), bytes)
        }
        "load" => confirm(&seat, &list, (&ticket, &key)).await,
        _ => {
            let seen = beside(ctx, move || app.households_again(&viewer, &id, &ticket)).await?;
            shown(&seat, &list, &seen, &Findings::none())
        }
    }
}

/// Loads the list, whole or not at all.
async fn confirm(seat: &Seat, list: &RosterShown, (ticket, key): (&str, &str)) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let (app, viewer, id) = (seat.app().clone(), seat.viewer.clone(), list.id.clone());
    let (sent, once) = (ticket.to_owned(), key.to_owned());
    let done = tokio::task::spawn_blocking(move || app.households_load(&viewer, &id, (&sent, &once))).await;
    let done = done.map_err(|error| WebError::Bug { operator: format!("loading a list: {error}") })?;
    let mut findings = Findings::none();
    match done {
        Ok(Some(answer)) => {
            let said = Flash::done(word("rosters-done")).with("count", answer.number);
            return Ok(go_with("/rosters", &said));
        }
        Ok(None) => findings.add("", ctx.t("tables-mend-first")),
        // What was loaded is erased: the button was pressed twice, and the list is there.
        Err(Failure::Refused(refusal)) if matches!(refusal.reason, Reason::NotFound { .. }) => {
            return Ok(Redirect::to("/rosters").into_response());
        }
        Err(Failure::Refused(refusal)) => {
            let said = refusal_of(ctx, &refusal);
            let article = said.article.map_or_else(String::new, |article| format!("（{article}）"));
            findings.add("", format!("{}{article}", said.text));
        }
        Err(failure) => return Err(web_error(ctx, failure)),
    }
    let (app, viewer, id, ticket) =
        (seat.app().clone(), seat.viewer.clone(), list.id.clone(), ticket.to_owned());
    let seen = beside(ctx, move || app.households_again(&viewer, &id, &ticket)).await?;
    shown(seat, list, &seen, &findings)
}

fn page<'c>(ctx: &'c Ctx, list: &RosterShown, findings: usize) -> Page<'c> {
    let title = ctx.t_args("rosters-load-title", &[("list", say(ctx, &list.name).to_owned().into())]);
    Page::new(ctx, &title)
        .crumb("/rosters", ctx.t("rosters-title"))
        .findings(findings)
        .beside_title(article(&list.cite))
}

fn upload(seat: &Seat, list: &RosterShown, findings: &Findings) -> Response {
    let ctx = &seat.ctx;
    let body = html! {
        (error_summary(ctx, findings))
        p { (ctx.t_args("rosters-load-about", &[("place", seat.viewer.org_name.clone().into())])) }
        (panel(&ctx.t("tables-step-template"), html! {
            p { (ctx.t("rosters-template-says")) }
            p { (button::link(&format!("/rosters/{}/template.xlsx", list.id), &ctx.t("tables-template"))) }
        }))
        (panel(&ctx.t("tables-step-upload"), upload_form(ctx, (&here(list), "/rosters"), findings)))
    };
    page(ctx, list, findings.count()).body(body).into_response()
}

fn shown(
    seat: &Seat,
    list: &RosterShown,
    seen: &HouseholdsPreview,
    findings: &Findings,
) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let ticket = seat.app().paper_ticket(&seat.viewer, &seen.paper).map_err(|e| web_error(ctx, e))?;
    let key = fresh_key(seat.app());
    let body = preview(ctx, list, seen, (&ticket, &key, findings));
    let faults = seen.errors() + findings.count();
    Ok(page(ctx, list, faults).width(Width::Wide).body(body).into_response())
}

/// What a file says, and what can be done with it.
pub(super) fn preview(
    ctx: &Ctx,
    list: &RosterShown,
    seen: &HouseholdsPreview,
    (ticket, key, findings): (&str, &str, &Findings),
) -> Markup {
    let errors = seen.errors();
    html! {
        (error_summary(ctx, findings))
        @if errors > 0 { (flash(Tone::Warning, &ctx.t_args("tables-has-errors", &[("count", errors.into())]))) }
        @else { (flash(Tone::Done, &ctx.t("rosters-clean"))) }
        @if seen.is_ready() { (stats(&figures(ctx, &seen.counts))) }
        @if !seen.findings.is_empty() { (panel(&ctx.t("tables-findings"), found(ctx, &seen.findings))) }
        @if !seen.first.is_empty() { (panel(&ctx.t("rosters-first-rows"), people(ctx, seen))) }
        (panel(&ctx.t("tables-next"), Form::post(&here(list), "again").with_files().key(key).html(ctx, html! {
            input type="hidden" name=(TICKET) value=(ticket);
            @if seen.is_ready() { p { (ctx.t_args("rosters-confirm-says", &[("count", seen.counts.rows.into())])) } }
            @else { p { (ctx.t("tables-mend-first")) } }
            (actions(html! {
                @if seen.is_ready() { (button::primary(&ctx.t("rosters-confirm"), "load")) }
                @if !seen.findings.is_empty() { (button::secondary(&ctx.t("tables-marked"), "marked")) }
                (button::link(&here(list), &ctx.t("tables-start-again")))
            }))
        })))
        (details(&ctx.t("tables-other-file"), upload_form(ctx, (&here(list), "/rosters"), &Findings::none())))
    }
}

fn figures(ctx: &Ctx, counts: &PeopleCounts) -> Vec<Stat> {
    let unit = ctx.t("rosters-unit");
    let figure = |label: &str, count: usize, about: String| Stat {
        label: ctx.t(label),
        value: count.to_string(),
        unit: unit.clone(),
        about,
        href: None,
    };
    let made = ctx.t_args(
        "rosters-made-of",
        &[("registered", counts.registered.into()), ("supported", counts.supported.into())],
    );
    vec![
        figure("rosters-rows", counts.rows, made),
        figure("rosters-removed", counts.removed, ctx.t("rosters-removed-about")),
        figure("rosters-came", counts.came, ctx.t("rosters-came-about")),
        figure("rosters-left", counts.left, ctx.t("rosters-left-about")),
        figure("rosters-differs", counts.changed, ctx.t("rosters-differs-about")),
    ]
}

fn people(ctx: &Ctx, seen: &HouseholdsPreview) -> Markup {
    let heads = vec![
        Head::text(ctx.t("rosters-head")),
        Head::text(ctx.t("rosters-number")),
        Head::text(ctx.t("rosters-village")),
        Head::amount(ctx.t("rosters-persons")),
        Head::text(ctx.t("rosters-since")),
        Head::text(ctx.t("rosters-status")),
    ];
    let mut table = DataTable::new("people", ctx.t("rosters-first-rows"), heads).quiet_caption();
    for member in &seen.first {
        let status = match member.status.word() {
            "supported" => ctx.t("rosters-status-supported"),
            "removed" => ctx.t("rosters-status-removed"),
            _ => ctx.t("rosters-status-registered"),
        };
        table = table.row(vec![
            html! { (ctx.zh(&member.head_shown)) },
            html! { (member.number_shown) },
            html! { (ctx.zh(&member.village)) " " (ctx.zh(&member.group)) },
            html! { (member.persons) },
            html! { (member.since) },
            html! { (status) },
        ]);
    }
    let more = seen.counts.rows.saturating_sub(seen.first.len());
    html! {
        (table.html())
        @if more > 0 { p.hint { (ctx.t_args("rosters-more-rows", &[("count", more.into())])) } }
    }
}
