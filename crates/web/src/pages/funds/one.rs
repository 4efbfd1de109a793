//! `/sources/{id}`: one source: where its money is now, its cash, its cuts, its movements.

use app::access::Right;
use app::rows::MovementRow;
use app::view::money::{MOVEMENTS_MAX, SourcePage, WhereNow, Whereabouts, kind_name, side_name};
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use kernel::Money;
use kernel::id::SourceId;
use maud::{Markup, html};

use super::parts::LOOK;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::{Page, Width};
use crate::pages::shared::{article, id, require, say, shown, stat_yuan, yuan};
use crate::state::Seat;
use crate::ui::{
    Badge, DataTable, Head, SummaryList, badge, button, cite, empty_state, panel, panel_with, stats,
};

/// The page.
pub(super) async fn show(seat: Seat, Path(source): Path<String>) -> Result<Response, WebError> {
    require(&seat, &LOOK)?;
    let ctx = &seat.ctx;
    let view = shown(ctx, seat.app().source_page(&seat.viewer, id::<SourceId>(&source)?))?;
    let row = &view.line.row;
    let body = html! {
        (figures(ctx, &view))
        (panel(&ctx.t("funds-source-about"), about(ctx, &view)))
        (whereabouts(ctx, &view))
        (panel(&ctx.t("funds-receipts"), receipts(&seat, &view)))
        @if !view.cuts.is_empty() { (panel(&ctx.t("funds-cuts"), cuts(ctx, &view))) }
        (panel(&ctx.t("funds-movements"), movements(&seat, &view)))
    };
    let here = format!("/sources/{}", row.source);
    Ok(Page::new(ctx, &row.document)
        .crumb("/funds", ctx.t("funds-title"))
        .crumb("/sources", ctx.t("funds-sources"))
        .caption(format!("{} · {} · {}", say(ctx, &view.line.fund), say(ctx, &view.line.kind), row.purpose))
        .beside_title(html! {
            (button::link(&format!("/trace/source/{}", row.source), &ctx.t("funds-follow"))) " "
            @if view.may_book {
                (button::link_primary(&format!("{here}/cash"), &ctx.t("funds-cash"))) " "
                (button::link(&format!("{here}/cut"), &ctx.t("funds-cut")))
            }
        })
        .width(Width::Wide)
        .body(body)
        .into_response())
}

fn sum(rows: &[WhereNow], of: impl Fn(&Whereabouts) -> bool) -> Money {
    let found = rows.iter().filter(|now| of(&now.place)).map(|now| now.amount);
    Money::sum(found).unwrap_or(Money::MAX)
}

fn figures(ctx: &Ctx, view: &SourcePage) -> Markup {
    let row = &view.line.row;
    let cut = if row.cut.is_zero() {
        ctx.t("funds-budget-formula")
    } else {
        ctx.t_args(
            "funds-budget-after-cut",
            &[("budget", yuan(ctx, row.budget).into()), ("cut", yuan(ctx, row.cut).into())],
        )
    };
    let awaited = row.stands().checked_sub(row.received).unwrap_or(Money::ZERO);
    let committed = sum(&view.permission, |p| matches!(p, Whereabouts::Allotted(_) | Whereabouts::Held(_)));
    stats(&[
        stat_yuan(ctx, "funds-budget", row.stands(), cut),
        stat_yuan(
            ctx,
            "funds-received",
            row.received,
            ctx.t_args("funds-awaited-is", &[("amount", yuan(ctx, awaited).into())]),
        ),
        stat_yuan(ctx, "funds-committed", committed, ctx.t("funds-committed-formula")),
        stat_yuan(
            ctx,
            "funds-spent",
            sum(&view.permission, |p| matches!(p, Whereabouts::Spent(_))),
            ctx.t("funds-spent-formula"),
        ),
    ])
}

fn about(ctx: &Ctx, view: &SourcePage) -> Markup {
    let row = &view.line.row;
    let list = SummaryList::new()
        .row(ctx.t("funds-document"), ctx.zh(&row.document))
        .row(ctx.t("funds-kind"), html! { (say(ctx, &view.line.kind)) " · " (say(ctx, &view.line.level)) " · " (article(&view.cite)) })
        .row(ctx.t("funds-purpose"), ctx.zh(&row.purpose))
        .row(ctx.t("funds-code"), row.code.as_str())
        .row(ctx.t("funds-year"), row.year.to_string())
        .row(ctx.t("funds-on"), ctx.date(row.on))
        .row(ctx.t("funds-note"), ctx.zh(&row.note));
    html! {
        (list.html(ctx))
        @if view.parts.len() > 1 { (sides(ctx, view)) }
    }
}

fn sides(ctx: &Ctx, view: &SourcePage) -> Markup {
    let heads = vec![
        Head::text(ctx.t("funds-side")),
        Head::amount(ctx.t("funds-budget-yuan")),
        Head::amount(ctx.t("funds-received-yuan")),
    ];
    let mut table = DataTable::new("sides", ctx.t("funds-sides"), heads);
    for (side, budget, received) in &view.parts {
        table = table.row(vec![
            html! { (say(ctx, side)) },
            html! { (budget.grouped()) },
            html! { (received.grouped()) },
        ]);
    }
    let total = |of: fn(&(app::view::pack::Words, Money, Money)) -> Money| {
        let total = Money::sum(view.parts.iter().map(of)).unwrap_or(Money::MAX);
        html! { (total.grouped()) }
    };
    table.totals(vec![html! { (ctx.t("total")) }, total(|part| part.1), total(|part| part.2)]).html()
}

/// Where the permission to spend is, and beside it where the cash is; each sums to its own total.
fn whereabouts(ctx: &Ctx, view: &SourcePage) -> Markup {
    let row = &view.line.row;
    html! {
        div.columns {
            (panel_with(&ctx.t("funds-where-permission"), agrees(ctx, &view.permission, row.stands()), html! {
                p.hint { (ctx.t("funds-where-permission-about")) }
                (places(ctx, "permission", &ctx.t("funds-where-permission"), &view.permission))
            }))
            (panel_with(&ctx.t("funds-where-cash"), agrees(ctx, &view.cash, row.received), html! {
                p.hint { (ctx.t("funds-where-cash-about")) }
                @if view.cash.is_empty() { (empty_state(&ctx.t("funds-cash-none"), &ctx.t("funds-cash-none-about"), html! {})) }
                @else { (places(ctx, "cash", &ctx.t("funds-where-cash"), &view.cash)) }
            }))
        }
    }
}

/// Whether the places add up to the total, said in words.
pub(super) fn agrees(ctx: &Ctx, places: &[WhereNow], total: Money) -> Markup {
    let found = Money::sum(places.iter().map(|now| now.amount));
    if found == Some(total) {
        badge(Badge::Green, &ctx.t_args("funds-adds-up", &[("amount", yuan(ctx, total).into())]))
    } else {
        badge(Badge::Red, &ctx.t("funds-not-balanced"))
    }
}

fn places(ctx: &Ctx, id: &str, caption: &str, places: &[WhereNow]) -> Markup {
    let heads = vec![
        Head::text(ctx.t("funds-state")),
        Head::text(ctx.t("funds-place")),
        Head::amount(ctx.t("funds-amount-yuan")),
    ];
    let mut table = DataTable::new(id, caption, heads).quiet_caption();
    for now in places {
        let words = now.place.words();
        table = table.row(vec![
            html! { (say(ctx, &words)) },
            html! {
                @match &now.project {
                    Some((project, number, name)) => a href={ "/projects/" (project) } { (number) " " (ctx.zh(name)) },
                    None => (say(ctx, &now.side)),
                }
            },
            html! { (now.amount.grouped()) },
        ]);
    }
    let total = Money::sum(places.iter().map(|now| now.amount)).unwrap_or(Money::MAX);
    table.totals(vec![html! { (ctx.t("total")) }, html! {}, html! { (total.grouped()) }]).html()
}

fn receipts(seat: &Seat, view: &SourcePage) -> Markup {
    let ctx = &seat.ctx;
    if view.receipts.is_empty() {
        return empty_state(&ctx.t("funds-cash-none"), &ctx.t("funds-cash-none-about"), html! {});
    }
    let heads = vec![
        Head::text(ctx.t("funds-cash-on")),
        Head::text(ctx.t("funds-cash-voucher")),
        Head::text(ctx.t("funds-sides")),
        Head::amount(ctx.t("funds-amount-yuan")),
    ];
    let mut table = DataTable::new("receipts", ctx.t("funds-receipts"), heads).quiet_caption();
    let named = |side: &str| say(ctx, &side_name(&seat.viewer.pack, &view.line.row.fund, side)).to_owned();
    for receipt in &view.receipts {
        let parts = receipt.parts.iter().filter(|_| receipt.parts.len() > 1);
        let parts: Vec<String> =
            parts.map(|part| format!("{} {}", named(&part.side), part.amount.grouped())).collect();
        table = table.row(vec![
            html! { (ctx.date(receipt.on)) },
            html! { (ctx.zh(&receipt.voucher)) },
            html! { (parts.join("；")) },
            html! { (receipt.amount.grouped()) },
        ]);
    }
    let total = view.line.row.received;
    table.totals(vec![html! { (ctx.t("total")) }, html! {}, html! {}, html! { (total.grouped()) }]).html()
}

fn cuts(ctx: &Ctx, view: &SourcePage) -> Markup {
    let heads = vec![
        Head::text(ctx.t("funds-document")),
        Head::text(ctx.t("funds-day")),
        Head::text(ctx.t("funds-cut-why")),
        Head::amount(ctx.t("funds-amount-yuan")),
    ];
    let mut table = DataTable::new("cuts", ctx.t("funds-cuts"), heads).quiet_caption();
    for cut in &view.cuts {
        table = table.row(vec![
            html! { (ctx.zh(&cut.document)) },
            html! { (ctx.date(cut.on)) },
            html! { (ctx.zh(&cut.why)) },
            html! { (cut.amount.grouped()) },
        ]);
    }
    let total = view.line.row.cut;
    table.totals(vec![html! { (ctx.t("total")) }, html! {}, html! {}, html! { (total.grouped()) }]).html()
}

fn movements(seat: &Seat, view: &SourcePage) -> Markup {
    let ctx = &seat.ctx;
    let heads = vec![
        Head::text(ctx.t("funds-day")),
        Head::text(ctx.t("funds-flow-from")),
        Head::text(ctx.t("funds-flow-to")),
        Head::amount(ctx.t("funds-amount-yuan")),
        Head::text(ctx.t("funds-memo")),
        Head::text(ctx.t("funds-article")),
    ];
    let mut table = DataTable::new("movements", ctx.t("funds-movements"), heads).quiet_caption();
    for movement in &view.movements {
        table = table.row(line(seat, &view.line.row.fund, movement));
    }
    html! {
        p.hint { (ctx.t("funds-movements-about")) }
        (table.html())
        @if view.movements.len() == MOVEMENTS_MAX { p.hint { (ctx.t_args("funds-movements-first", &[("count", MOVEMENTS_MAX.into())])) } }
    }
}

fn line(seat: &Seat, fund: &str, movement: &MovementRow) -> Vec<Markup> {
    let ctx = &seat.ctx;
    vec![
        html! {
            @if seat.viewer.may(Right::SeeJournal) { a href={ "/journal/" (movement.seq) } { (ctx.date(movement.day)) } }
            @else { (ctx.date(movement.day)) }
        },
        html! { (account(seat, fund, &movement.from)) },
        html! { (account(seat, fund, &movement.to)) },
        html! { (movement.amount.grouped()) },
        html! { (ctx.zh(&movement.memo)) },
        html! { @if movement.article.is_empty() {} @else { (cite(&movement.article)) } },
    ]
}

/// An account in words.
fn account(seat: &Seat, fund: &str, path: &str) -> Markup {
    let (ctx, pack) = (&seat.ctx, &seat.viewer.pack);
    let last = path.rsplit(':').next().unwrap_or(path);
    match Whereabouts::of(path) {
        Some(place) => {
            let words = place.words();
            let side = match &place {
                Whereabouts::Quota(side) | Whereabouts::Pool(side) => side_name(pack, fund, side),
                _ => app::view::pack::Words::default(),
            };
            html! {
                span {
                    (say(ctx, &words))
                    @if !side.zh.is_empty() { " · " (say(ctx, &side)) }
                    @if let Some(project) = place.project() { " · " a href={ "/projects/" (project) } { (ctx.t_args("funds-project-no", &[("id", project.to_string().into())])) } }
                }
            }
        }
        None if path.starts_with("outside:") => {
            html! { (ctx.t("funds-outside")) " · " (say(ctx, &kind_name(pack, last))) }
        }
        None if path.starts_with("fund:") => html! { (ctx.t("funds-ceiling-account")) },
        None => html! { (ctx.t("funds-authority")) },
    }
}
