//! `/projects`: the projects within the viewer's scope, filters in the address, sums at the foot.

use app::view::money::{ProjectLine, ProjectList, ProjectQuery, booked_funds};
use app::view::pack::{Act, SpendingKind, Subject};
use axum::extract;
use axum::response::{IntoResponse, Response};
use kernel::Money;
use maud::{Markup, html};

use super::parts::{LOOK, project_badge};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::{Page, Width};
use crate::pages::shared::{
    Filters, Listing, Query, amount, asked, doer, fund_side, require, say, shown, total, years,
};
use crate::pages::tables;
use crate::state::Seat;
use crate::ui::{DataTable, Head, Opt, button, empty_state};

const FILTERS: [&str; 6] = ["fund", "side", "spending", "year", "standing", "q"];

/// The list.
pub(super) async fn show(seat: Seat, query: extract::Query<Query>) -> Result<Response, WebError> {
    require(&seat, &LOOK)?;
    let query = query.0;
    let wanted = ProjectQuery {
        fund: asked(&query, "fund"),
        side: asked(&query, "side"),
        spending: asked(&query, "spending"),
        year: asked(&query, "year").and_then(|year| year.parse().ok()),
        standing: asked(&query, "standing"),
        text: asked(&query, "q"),
        after: asked(&query, "after"),
    };
    if let Some(format) = tables::asked(query.get("format").map(String::as_str)) {
        return tables::export::projects(&seat, &wanted, format);
    }
    let list = shown(&seat.ctx, seat.app().project_list(&seat.viewer, &wanted))?;
    let ctx = &seat.ctx;
    let mut page = Page::new(ctx, &ctx.t("pj-projects")).width(Width::Wide).body(body(&seat, &list, &query));
    if list.may_open {
        page = page.beside_title(button::link_primary("/projects/new", &ctx.t("pj-open")));
    }
    Ok(page.into_response())
}

fn body(seat: &Seat, list: &ProjectList, query: &Query) -> Markup {
    let ctx = &seat.ctx;
    let at = Listing::new("/projects", &FILTERS, query);
    html! {
        (filters(seat, at).html(ctx))
        @if list.lines.is_empty() { (at.empty(ctx, nothing(seat, list))) }
        @else {
            div.card {
                (table(ctx, &list.lines).html()) (at.pager(ctx, list.next.as_deref(), (list.lines.len(), list.total)))
                (tables::links(ctx, &at.here()))
            }
        }
    }
}

fn nothing(seat: &Seat, list: &ProjectList) -> Markup {
    let ctx = &seat.ctx;
    let who =
        doer(ctx, &seat.viewer.pack, Subject::Project, Act::Declare).map_or_else(String::new, |(who, _)| who);
    let action = html! { @if list.may_open { (button::link_primary("/projects/new", &ctx.t("pj-open"))) } };
    empty_state(
        &ctx.t("pj-projects-none"),
        &ctx.t_args("pj-projects-none-about", &[("who", who.into())]),
        action,
    )
}

fn filters<'q>(seat: &Seat, at: Listing<'q>) -> Filters<'q> {
    let (ctx, pack) = (&seat.ctx, &seat.viewer.pack);
    let funds = booked_funds(pack, ctx.today.year());
    let mut sides: Vec<Opt> = Vec::new();
    let mut used: Vec<i16> = Vec::new();
    for fund in &funds {
        used.extend(fund.years.iter().copied());
        for (id, name) in fund.sides.iter().filter(|(_, name)| !name.zh.is_empty()) {
            if sides.iter().all(|side| side.value != *id) {
                sides.push(Opt::new(id, say(ctx, name)));
            }
        }
    }
    used.sort_unstable();
    used.dedup();
    let uses = pack.spendings.iter().filter(|spending| spending.kind != SpendingKind::Prohibited);
    let standings = [
        ("open", ctx.t("pj-standing-open")),
        ("doubt", ctx.t("pj-standing-doubt")),
        ("closed", ctx.t("pj-standing-closed")),
    ];
    Filters::of(at)
        .choice(
            "fund",
            ctx.t("pj-fund"),
            funds.iter().map(|fund| Opt::new(&fund.id, say(ctx, &fund.name))).collect(),
        )
        .choice("side", ctx.t("pj-side"), sides)
        .choice(
            "spending",
            ctx.t("pj-spending"),
            uses.map(|one| Opt::new(&one.id, say(ctx, &one.name))).collect(),
        )
        .choice("year", ctx.t("pj-year"), years(&used))
        .choice("standing", ctx.t("pj-standing"), standings.map(|(id, name)| Opt::new(id, name)).into())
        .words("q", ctx.t("pj-words"))
}

/// The table, with the sums of the page at its foot.
pub(super) fn table(ctx: &Ctx, lines: &[ProjectLine]) -> DataTable {
    let heads = vec![
        Head::text(ctx.t("pj-project")),
        Head::text(ctx.t("pj-money")),
        Head::text(ctx.t("pj-unit")),
        Head::text(ctx.t("pj-standing")),
        Head::amount(ctx.t("pj-planned-yuan")),
        Head::amount(ctx.t("pj-allotted-yuan")),
        Head::amount(ctx.t("pj-held-yuan")),
        Head::amount(ctx.t("pj-spent-yuan")),
        Head::amount(ctx.t("pj-left-yuan")),
    ];
    let table = lines.iter().fold(
        DataTable::new("projects", ctx.t("pj-projects"), heads).quiet_caption(),
        |table, line| {
            let row = &line.row;
            table.row(vec![
                html! {
                    a href={ "/projects/" (row.project) } { (ctx.zh(&row.name)) }
                    p.hint { (row.number) " · " (say(ctx, &line.spending)) }
                },
                html! { (fund_side(ctx, &line.fund, &line.side)) p.hint { (ctx.t_args("pj-year-of", &[("year", row.year.to_string().into())])) } },
                html! { (ctx.zh(&row.unit_name)) p.hint { (ctx.zh(&line.place)) } },
                project_badge(ctx, &row.standing),
                amount(row.planned),
                amount(row.allotted),
                amount(row.held),
                amount(row.spent),
                amount(row.left()),
            ])
        },
    );
    let sum = |of: fn(&ProjectLine) -> Money| amount(total(lines.iter().map(of)));
    table.totals(vec![
        html! { (ctx.t("pj-total-page")) },
        html! {},
        html! {},
        html! {},
        sum(|line| line.row.planned),
        sum(|line| line.row.allotted),
        sum(|line| line.row.held),
        sum(|line| line.row.spent),
        sum(|line| line.row.left()),
    ])
}
