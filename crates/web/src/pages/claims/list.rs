//! `/claims`: the claims in the viewer's scope, with filters in the address.

use app::view::money::{ClaimListLine, ClaimQuery, claim_standing};
use axum::extract;
use axum::response::{IntoResponse, Response};
use kernel::id::ProjectId;
use maud::{Markup, html};

use super::parts::{claim_badge, has_desk, sees_claims};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::{Page, Width};
use crate::pages::shared::{Filters, Listing, Query, asked, say, shown, total};
use crate::pages::tables;
use crate::state::Seat;
use crate::ui::{DataTable, Head, Opt, button, empty_state, panel};

const STANDINGS: [&str; 8] =
    ["filed", "returned", "checked", "approved", "batched", "paid", "refused", "withdrawn"];

const FILTERS: [&str; 4] = ["q", "fund", "standing", "project"];

/// The list.
pub(super) async fn show(seat: Seat, query: extract::Query<Query>) -> Result<Response, WebError> {
    sees_claims(&seat)?;
    let ctx = &seat.ctx;
    let query = query.0;
    let wanted = ClaimQuery {
        fund: asked(&query, "fund"),
        project: asked(&query, "project").and_then(|id| id.parse::<ProjectId>().ok()),
        standing: asked(&query, "standing"),
        text: asked(&query, "q"),
        after: asked(&query, "after"),
    };
    if let Some(format) = tables::asked(query.get("format").map(String::as_str)) {
        return tables::export::claims(&seat, &wanted, format);
    }
    let view = shown(ctx, seat.app().claim_list(&seat.viewer, &wanted))?;
    let at = Listing::new("/claims", &FILTERS, &query);
    let body = html! {
        (filters(&seat, at)?.html(ctx))
        @if view.lines.is_empty() {
            (at.empty(ctx, empty_state(&ctx.t("claim-none"), &ctx.t("claim-none-about"), html! {
                @if view.may_file { (button::link_primary("/claims/new", &ctx.t("claim-new"))) }
            })))
        } @else {
            (panel(&ctx.t("claim-list"), html! { (table(ctx, &view.lines)) (at.pager(ctx, view.next.as_deref(), (view.lines.len(), view.total))) (tables::links(ctx, &at.here())) }))
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

fn filters<'q>(seat: &Seat, at: Listing<'q>) -> Result<Filters<'q>, WebError> {
    let ctx = &seat.ctx;
    let funds = seat.viewer.pack.funds.iter().filter(|fund| fund.booked());
    let funds: Vec<Opt> = funds.map(|fund| Opt::new(fund.id.clone(), say(ctx, &fund.name))).collect();
    let standings = STANDINGS.map(|word| Opt::new(word, say(ctx, &claim_standing(word))));
    // A project is chosen by the page that leads here; it stays until it is dropped.
    let project = match at.now("project").parse::<ProjectId>() {
        Ok(id) => {
            let page = shown(ctx, seat.app().project_page(&seat.viewer, id))?;
            let row = page.line.row;
            vec![Opt::new(id.to_string(), format!("{} {}", row.number, row.name))]
        }
        Err(_) => Vec::new(),
    };
    Ok(Filters::of(at)
        .words("q", ctx.t("claim-filter-text"))
        .choice("fund", ctx.t("claim-fund"), funds)
        .choice("standing", ctx.t("claim-standing"), standings.into())
        .choice("project", ctx.t("claim-project"), project))
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
