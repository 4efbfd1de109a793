//! `/claims`: the claims in the viewer's scope, with filters in the address.

use app::view::money::{ClaimList, ClaimListLine, ClaimQuery, claim_standing};
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use kernel::id::ProjectId;
use maud::{Markup, html};
use std::collections::BTreeMap;

use super::parts::{address, claim_badge, has_desk, say, sees_claims, shown, total};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::{Page, Width};
use crate::pages::tables;
use crate::state::Seat;
use crate::ui::{
    Choice, DataTable, Field, FilterBar, Head, Opt, Pager, Size, button, empty_state, pager, panel,
};

const STANDINGS: [&str; 8] =
    ["filed", "returned", "checked", "approved", "batched", "paid", "refused", "withdrawn"];

/// The list.
pub(super) async fn show(
    seat: Seat,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Response, WebError> {
    sees_claims(&seat)?;
    let ctx = &seat.ctx;
    let text = |name: &str| asked.get(name).map(|text| text.trim()).filter(|text| !text.is_empty());
    let query = ClaimQuery {
        fund: text("fund").map(str::to_owned),
        project: text("project").and_then(|id| id.parse::<ProjectId>().ok()),
        standing: text("standing").map(str::to_owned),
        text: text("q").map(str::to_owned),
        after: text("after").map(str::to_owned),
    };
    if let Some(format) = tables::asked(text("format")) {
        return tables::export::claims(&seat, &query, format);
    }
    let view = shown(ctx, seat.app().claim_list(&seat.viewer, &query))?;
    let body = html! {
        (filters(&seat, &asked))
        @if view.lines.is_empty() {
            (empty_state(&ctx.t("claim-none"), &ctx.t("claim-none-about"), html! {
                @if view.may_file { (button::link_primary("/claims/new", &ctx.t("claim-new"))) }
            }))
        } @else {
            (panel(&ctx.t("claim-list"), html! { (table(ctx, &view.lines)) (foot(ctx, &view, &asked)) }))
        }
    };
    Ok(Page::new(ctx, &ctx.t("claim-title"))
        .width(Width::Wide)
        .caption(ctx.t("claim-list-about"))
        .beside_title(html! {
            @if view.may_file && has_desk(&seat) { (button::link_primary("/claims/new", &ctx.t("claim-new"))) }
        })
        .body(body)
        .into_response())
}

fn filters(seat: &Seat, asked: &BTreeMap<String, String>) -> Markup {
    let ctx = &seat.ctx;
    let value = |name: &str| asked.get(name).map_or("", String::as_str);
    let funds = seat.viewer.pack.funds.iter().filter(|fund| fund.booked());
    let funds: Vec<Opt> = funds.map(|fund| Opt::new(fund.id.clone(), say(ctx, &fund.name))).collect();
    let standings = STANDINGS.map(|word| Opt::new(word, say(ctx, &claim_standing(word))));
    FilterBar::new("/claims")
        .field(
            Field::text("q", &ctx.t("claim-filter-text"))
                .value(value("q"))
                .size(Size::Medium)
                .optional()
                .html(ctx),
        )
        .field(Choice::select("fund", &ctx.t("claim-fund"), &funds).chosen(value("fund")).html(ctx))
        .field(
            Choice::select("standing", &ctx.t("claim-standing"), &standings)
                .chosen(value("standing"))
                .html(ctx),
        )
        .html(ctx)
}

/// The table of claims, with the sums of what it shows.
pub(super) fn table(ctx: &Ctx, lines: &[ClaimListLine]) -> Markup {
    let heads = vec![
        Head::text(ctx.t("claim-number")),
        Head::text(ctx.t("claim-project")),
        Head::text(ctx.t("claim-purpose")),
        Head::amount(ctx.t("claim-bills")),
        Head::amount(ctx.t("claim-asked-yuan")),
        Head::amount(ctx.t("claim-approved-yuan")),
        Head::text(ctx.t("claim-standing")),
        Head::text(ctx.t("claim-filed-on")),
    ];
    let mut table = DataTable::new("claims", ctx.t("claim-list"), heads).quiet_caption();
    for line in lines {
        let row = &line.row;
        let checked = !matches!(row.standing.as_str(), "filed" | "returned");
        table = table.row(vec![
            html! { a href={ "/claims/" (row.claim) } { (ctx.zh(&row.number)) } },
            html! { a href={ "/projects/" (row.project) } { (ctx.zh(&row.title)) } p.hint { (ctx.zh(&line.unit)) } },
            html! { (say(ctx, &line.purpose)) },
            html! { (row.lines) },
            html! { (row.asked.grouped()) },
            html! { @if checked { (row.approved.grouped()) } },
            claim_badge(ctx, &row.standing, &line.standing),
            html! { (ctx.date(row.filed_on)) },
        ]);
    }
    let asked = total(lines.iter().map(|line| line.row.asked));
    let approved = total(lines.iter().map(|line| line.row.approved));
    table
        .totals(vec![
            html! { (ctx.t("claim-sum-here")) },
            html! {},
            html! {},
            html! {},
            html! { (asked.grouped()) },
            html! { (approved.grouped()) },
            html! {},
            html! {},
        ])
        .html()
}

fn foot(ctx: &Ctx, view: &ClaimList, asked: &BTreeMap<String, String>) -> Markup {
    let value = |name: &str| asked.get(name).map_or("", String::as_str);
    let with = |after: &str| {
        let parts = ["q", "fund", "standing", "project"].map(|name| (name, value(name)));
        let parts: Vec<(&str, &str)> = parts.into_iter().chain([("after", after)]).collect();
        address("/claims", &parts)
    };
    let seen = Pager {
        first: (!value("after").is_empty()).then(|| with("")),
        next: view.next.as_deref().map(with),
        shown: view.lines.len(),
        all: usize::try_from(view.total).ok(),
    };
    html! { (pager(ctx, &seen)) (tables::links(ctx, &with(""))) }
}
