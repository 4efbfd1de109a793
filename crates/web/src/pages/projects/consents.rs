//! `/consents`: places and units with the papers that must be on file before their money moves.

use app::view::money::{PlaceFile, PlaceFiles};
use app::view::pack::DemandOf;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::parts::LOOK;
use super::tabs::gate;
use crate::cookies::encode;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::{Page, Width};
use crate::pages::shared::{article, notice, require, say, shown};
use crate::state::Seat;
use crate::ui::{Badge, DataTable, Head, badge, button, cite, empty_state, panel};

/// The list.
pub(super) async fn show(seat: Seat) -> Result<Response, WebError> {
    require(&seat, &LOOK)?;
    let ctx = &seat.ctx;
    let list = shown(ctx, seat.app().place_files(&seat.viewer))?;
    let mut page = Page::new(ctx, &ctx.t("pj-consents")).width(Width::Wide).body(body(&seat, &list));
    if list.may_sign && !list.demands.is_empty() {
        page = page.beside_title(button::link_primary("/consents/new", &ctx.t("pj-consent-file")));
    }
    Ok(page.into_response())
}

fn body(seat: &Seat, list: &PlaceFiles) -> Markup {
    let ctx = &seat.ctx;
    if list.demands.is_empty() {
        return empty_state(&ctx.t("pj-consents-no-demand"), &ctx.t("pj-consents-no-demand-about"), html! {});
    }
    let (zh, en) = app::view::role_name(&seat.viewer.pack, &list.by);
    let who = ctx.pick(&zh, &en).to_owned();
    let missing: usize = list.places.iter().map(PlaceFile::missing).sum();
    html! {
        (panel(&ctx.t("pj-consents-demanded"), html! {
            p.hint { (ctx.t("pj-consents-about")) " " (ctx.t_args("done-by", &[("who", who.clone().into())])) }
            ul.papers {
                @for demand in &list.demands {
                    li { (say(ctx, &demand.name)) " " (cite(&demand.cite))
                        p.hint { (gate(ctx, demand.before)) " · " @if demand.of == DemandOf::Unit { (ctx.t("pj-of-unit")) } @else { (ctx.t("pj-of-place")) } } }
                }
            }
        }))
        @if missing > 0 { (notice(Badge::Amber, html! { p { (ctx.t_args("pj-consents-missing", &[("count", missing.into())])) } })) }
        @if list.places.is_empty() {
            (empty_state(&ctx.t("pj-consents-none"), &ctx.t_args("pj-consents-none-about", &[("who", who.into())]), html! {}))
        } @else { div.card { (table(ctx, list).html()) } }
    }
}

fn table(ctx: &Ctx, list: &PlaceFiles) -> DataTable {
    let heads = vec![
        Head::text(ctx.t("pj-place-or-unit")),
        Head::text(ctx.t("pj-consents-papers")),
        Head::text(ctx.t("pj-consents-projects")),
        Head::text(ctx.t("pj-standing")),
    ];
    list.places.iter().fold(
        DataTable::new("places", ctx.t("pj-consents"), heads).quiet_caption(),
        |table, place| {
            let cells = vec![
                html! {
                    a href={ "/consents/" (encode(&place.place)) } { (ctx.zh(&place.name)) }
                    p.hint { @if place.unit { (ctx.t("pj-of-unit")) } @else { (ctx.t("pj-of-place")) } }
                },
                papers(ctx, list, place),
                html! {
                    @for (id, number, name) in &place.projects { div { a href={ "/projects/" (id) } { (ctx.zh(name)) } " " span.hint { (number) } } }
                    @if place.projects.is_empty() { span.hint { (ctx.t("pj-consents-no-project")) } }
                },
                html! {
                    @if place.missing() == 0 { (badge(Badge::Green, &ctx.t("pj-consents-complete"))) }
                    @else { (badge(Badge::Amber, &ctx.t_args("pj-consents-lacks", &[("count", place.missing().into())]))) }
                },
            ];
            if place.missing() == 0 { table.row(cells) } else { table.marked_row(cells) }
        },
    )
}

fn papers(ctx: &Ctx, list: &PlaceFiles, place: &PlaceFile) -> Markup {
    html! {
        @for paper in &place.papers {
            div {
                @match &paper.filed {
                    Some((document, on)) => {
                        (badge(Badge::Green, &ctx.t("pj-on-file"))) " " (say(ctx, &paper.demand.name))
                        p.hint { (ctx.zh(document)) " · " (ctx.date(*on)) }
                    },
                    None => {
                        (badge(Badge::Amber, &ctx.t("pj-paper-missing"))) " "
                        @if list.may_sign {
                            a href={ "/consents/new?place=" (encode(&place.place)) "&demand=" (encode(&paper.demand.id)) } { (say(ctx, &paper.demand.name)) }
                        } @else { (say(ctx, &paper.demand.name)) }
                        p.hint { (article(&paper.demand.cite)) @if let Some(on) = paper.revoked { " · " (ctx.t_args("pj-revoked-on", &[("date", ctx.date(on).into())])) } }
                    },
                }
            }
        }
    }
}
