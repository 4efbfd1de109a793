//! `/library/{case}`: one project of the library: the entry, where it stands, money, notices, acceptance, and who answers for it.

use app::view::library::{AlikeNow, KinNow, LibraryPage, sees_library};
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::list::state;
use super::stands;
use super::words::standing;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::{Page, Width};
use crate::pages::filing::render::filed_form;
use crate::pages::projects::parts::LOOK;
use crate::pages::shared::{id, say, shown, wan};
use crate::state::Seat;
use crate::ui::{Badge, DataTable, Head, SummaryList, badge, button, details, panel, panel_with};

/// The page.
pub(super) async fn show(seat: Seat, Path(of): Path<String>) -> Result<Response, WebError> {
    if !sees_library(&seat.viewer) {
        return Err(WebError::Forbidden);
    }
    let view = shown(&seat.ctx, seat.app().library_page(&seat.viewer, id(&of)?))?;
    let ctx = &seat.ctx;
    let row = &view.line.row;
    Ok(Page::new(ctx, &row.title)
        .width(Width::Wide)
        .crumb("/library", ctx.t("lib-title"))
        .caption(format!("{} · {}", row.number, say(ctx, &view.procedure)))
        .beside_title(html! {
            (button::link(&format!("/cases/{}", row.case), &ctx.t("lib-open-case"))) " "
            (button::link(&format!("/library/{}/archive.zip", row.case), &ctx.t("life-archive")))
        })
        .body(body(ctx, &view, LOOK.iter().any(|right| seat.viewer.may(*right))))
        .into_response())
}

/// The page under its title; `purse`: its project of money may be opened.
pub(super) fn body(ctx: &Ctx, view: &LibraryPage, purse: bool) -> Markup {
    html! {
        (summary(ctx, view))
        (stands::courses(ctx, &view.courses))
        (stands::money(ctx, &view.money, purse))
        @if !view.alike.is_empty() { (alike(ctx, view)) }
        @if !view.kin.is_empty() { (kin(ctx, &view.kin)) }
        (stands::notices(ctx, &view.notices))
        @if !view.acceptance.is_empty() {
            (stands::hands(ctx, ("acceptance", &ctx.t("lib-acceptance")), &view.acceptance))
        }
        (stands::hands(ctx, ("hands", &ctx.t("lib-hands")), &view.hands))
        @if let Some(form) = &view.form {
            (details(&ctx.t("lib-form"), filed_form(ctx, form)))
        }
    }
}

fn summary(ctx: &Ctx, view: &LibraryPage) -> Markup {
    let (line, row) = (&view.line, &view.line.row);
    let list = SummaryList::new()
        .row(ctx.t("lib-standing"), state(ctx, line))
        .row(ctx.t("lib-class"), say(ctx, &line.class))
        .row(
            ctx.t("lib-place"),
            html! { (ctx.zh(&line.place)) @if !row.village.is_empty() { " · " (ctx.zh(&row.village)) } },
        )
        .row(ctx.t("lib-unit"), ctx.zh(&row.applicant_name))
        .row(ctx.t("lib-year"), html! { (row.year) })
        .row(ctx.t("lib-since-word"), ctx.date(row.filed_on))
        .row(ctx.t("lib-amount-wan"), wan(row.amount));
    panel(&ctx.t("lib-entry"), list.html(ctx))
}

/// Entries that look like this one, with what was decided about each.
fn alike(ctx: &Ctx, view: &LibraryPage) -> Markup {
    let heads = vec![
        Head::text(ctx.t("lib-project")),
        Head::text(ctx.t("lib-unit")),
        Head::text(ctx.t("lib-year")),
        Head::text(ctx.t("lib-alike-decided")),
        Head::amount(ctx.t("lib-amount-wan")),
    ];
    let table = view.alike.iter().fold(
        DataTable::new("alike", ctx.t("lib-alike"), heads).quiet_caption(),
        |table, AlikeNow { row, decided }| {
            table.row(vec![
                html! { a href={ "/library/" (row.case) } { (ctx.zh(&row.title)) } p.hint { (row.number) " · " (ctx.zh(&row.village)) } },
                ctx.zh(&row.applicant_name),
                html! { (row.year) },
                html! {
                    @match decided {
                        None => (badge(Badge::Amber, &ctx.t("lib-alike-open"))),
                        Some((true, why)) => { (badge(Badge::Red, &ctx.t("lib-alike-same"))) p.hint { (ctx.zh(why)) } },
                        Some((false, why)) => { (badge(Badge::Green, &ctx.t("lib-alike-different"))) p.hint { (ctx.zh(why)) } },
                    }
                },
                html! { (wan(row.amount)) },
            ])
        },
    );
    panel_with(&ctx.t("lib-alike"), html! { span.hint { (ctx.t("lib-alike-about")) } }, table.html())
}

/// What it builds on and what builds on it.
fn kin(ctx: &Ctx, kin: &[KinNow]) -> Markup {
    let heads = vec![
        Head::text(ctx.t("lib-kin-case")),
        Head::text(ctx.t("lib-standing")),
        Head::text(ctx.t("lib-stage")),
        Head::text(ctx.t("lib-since-word")),
        Head::amount(ctx.t("lib-amount-wan")),
    ];
    let table = kin.iter().fold(
        DataTable::new("kin", ctx.t("lib-kin"), heads).quiet_caption(),
        |table, KinNow { row, procedure }| {
            table.row(vec![
                html! { a href={ "/cases/" (row.case) } { (say(ctx, procedure)) } p.hint { (row.number) " " (ctx.zh(&row.title)) } },
                html! { (standing(ctx, &row.standing)) },
                html! { (ctx.pick(&row.stage, &row.stage_en)) },
                html! { (ctx.date(row.filed_on)) },
                html! { (wan(row.amount)) },
            ])
        },
    );
    panel(&ctx.t("lib-kin"), table.html())
}
