//! `/rosters`: the lists of the regime, what is loaded of them for which region, and what changed with the last loading.

use app::view::rosters::{RosterPlace, RosterShown};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::{Page, Width};
use crate::pages::shared::{article, say};
use crate::state::{Seat, web_error};
use crate::ui::{Badge, DataTable, Head, badge, button};

/// The page.
pub(super) async fn show(seat: Seat) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let lists = seat.app().rosters(&seat.viewer).map_err(|e| web_error(ctx, e))?;
    let body = html! {
        p { (ctx.t("rosters-about")) }
        @for list in &lists { (one(ctx, list)) }
    };
    Ok(Page::new(ctx, &ctx.t("rosters-title")).width(Width::Wide).body(body).into_response())
}

/// A list.
pub(super) fn one(ctx: &Ctx, list: &RosterShown) -> Markup {
    html! {
        section.card {
            header.card-head {
                h2 { (say(ctx, &list.name)) " " (article(&list.cite)) }
                p.card-aside { (ctx.t_args("rosters-keeper", &[("who", say(ctx, &list.keeper).to_owned().into())])) }
            }
            @if list.places.is_empty() { p { (ctx.t("rosters-none")) } } @else { (places(ctx, list)) }
            @if list.mine {
                div.actions { (button::link_primary(&format!("/rosters/{}/load", list.id), &ctx.t("rosters-load"))) }
            }
        }
    }
}

fn places(ctx: &Ctx, list: &RosterShown) -> Markup {
    let heads = vec![
        Head::text(ctx.t("rosters-place")),
        Head::text(ctx.t("rosters-on")),
        Head::amount(ctx.t("rosters-rows")),
        Head::amount(ctx.t("rosters-removed")),
        Head::text(ctx.t("rosters-change")),
        Head::text(ctx.t("rosters-file")),
    ];
    let mut table = DataTable::new("places", say(ctx, &list.name), heads).quiet_caption();
    for place in &list.places {
        table = table.row(line(ctx, place));
    }
    table.html()
}

fn line(ctx: &Ctx, place: &RosterPlace) -> Vec<Markup> {
    let row = &place.row;
    vec![
        html! {
            (ctx.zh(&place.place))
            @if !place.at_hand { p { (badge(Badge::Amber, &ctx.t("rosters-not-at-hand"))) } }
        },
        html! { (ctx.date(row.on)) p.hint { (ctx.zh(&place.person)) " · " (ctx.t_args("rosters-times", &[("n", row.times.into())])) } },
        html! { (row.rows) },
        html! { (row.removed) },
        html! {
            @if row.times > 1 {
                (ctx.t_args("rosters-changed", &[
                    ("came", row.came.into()), ("left", row.left.into()), ("changed", row.changed.into()),
                ]))
            } @else { (ctx.t("rosters-first")) }
        },
        html! { details.hash { summary { (ctx.t("paper-hash")) } code { (row.file) } } },
    ]
}
