//! The households of a case beside the list: a tab of the case, a panel on the desks, and those not on the list as a file.

use app::tables::Format;
use app::view::rosters::{Household, HouseholdCounts, Households, Mark, mark_words};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use kernel::id::CaseId;
use maud::{Markup, html};
use std::collections::BTreeMap;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::pages::shared::say;
use crate::pages::tables::{asked, links, table as send};
use crate::state::{Seat, web_error};
use crate::ui::{Badge, DataTable, Head, badge, details};

/// `/cases/{id}/households`: the tab of the case; with a format, the households that are not on the list, as a file.
pub(super) async fn show(
    seat: Seat,
    Path(id): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, WebError> {
    let id: CaseId = id.parse().map_err(|_| WebError::NotFound)?;
    let Some(format): Option<Format> = asked(query.get("format").map(String::as_str)) else {
        return Ok(Redirect::to(&format!("/cases/{id}?tab=households")).into_response());
    };
    let table = seat.app().households_missing(&seat.viewer, id).map_err(|e| web_error(&seat.ctx, e))?;
    send(&seat, &table, format)
}

/// The tab of a case.
pub fn tab(ctx: &Ctx, case: CaseId, tables: &[Households]) -> Markup {
    html! {
        @for table in tables {
            section.card {
                (head(ctx, table))
                @if let Some(rows) = &table.rows { (listed(ctx, table, rows)) (file(ctx, case, table)) }
                @else { p.hint { (ctx.t("households-counts-only")) } }
            }
        }
    }
}

/// The panel of a desk: the figures, and row by row behind them.
pub fn panel(ctx: &Ctx, case: CaseId, tables: &[Households]) -> Markup {
    html! {
        @for table in tables {
            section.card {
                (head(ctx, table))
                @if let Some(rows) = &table.rows {
                    (details(&ctx.t("households-each"), listed(ctx, table, rows)))
                    (file(ctx, case, table))
                }
            }
        }
    }
}

fn head(ctx: &Ctx, table: &Households) -> Markup {
    html! {
        header.card-head {
            h2 { (ctx.t("households-title")) }
            p.card-aside { (say(ctx, &table.roster)) }
        }
        @match &table.loaded {
            Some((place, on)) => p.hint { (ctx.t_args("households-loaded", &[("place", place.clone().into()), ("date", ctx.date(*on).into())])) },
            None => p { (badge(Badge::Grey, &ctx.t("households-not-loaded"))) " " (ctx.t("households-not-loaded-about")) },
        }
        (figures(ctx, &table.counts, table.loaded.is_some()))
    }
}

fn figures(ctx: &Ctx, counts: &HouseholdCounts, loaded: bool) -> Markup {
    let figure = |colour: Badge, id: &str, count: usize| {
        let said = ctx.t_args(id, &[("count", count.into())]);
        html! { " " (badge(colour, &said)) }
    };
    html! {
        p.counted {
            (ctx.t_args("households-rows", &[("count", counts.rows.into())]))
            @if loaded {
                @if counts.listed > 0 { (figure(Badge::Green, "households-listed", counts.listed)) }
                @if counts.differs > 0 { (figure(Badge::Amber, "households-differs", counts.differs)) }
                @if counts.unlisted > 0 { (figure(Badge::Red, "households-unlisted", counts.unlisted)) }
                @if counts.removed > 0 { (figure(Badge::Red, "households-removed", counts.removed)) }
            }
            @if counts.also > 0 { (figure(Badge::Amber, "households-also", counts.also)) }
        }
    }
}

fn listed(ctx: &Ctx, of: &Households, rows: &[Household]) -> Markup {
    let heads = vec![
        Head::amount(ctx.t("households-no")),
        Head::text(ctx.t("rosters-head")),
        Head::text(ctx.t("rosters-number")),
        Head::text(ctx.t("rosters-village")),
        Head::text(ctx.t("households-mark")),
        Head::text(ctx.t("households-others")),
    ];
    let mut table = DataTable::new("households", say(ctx, &of.part), heads).quiet_caption();
    for row in rows {
        let cells = vec![
            html! { (row.no) },
            html! { (ctx.zh(&row.head)) },
            html! { (row.number) },
            html! { (ctx.zh(&row.village)) },
            html! {
                @for mark in &row.marks { (badge(colour(*mark), say(ctx, &mark_words(*mark)))) " " }
                @if row.marks.is_empty() { "—" }
            },
            html! {
                @if row.also.is_empty() { "—" } @else {
                    ul.plain-list { @for other in &row.also {
                        li { a href={ "/cases/" (other.case) } { (other.number) } " " (ctx.zh(&other.title)) }
                    } }
                }
            },
        ];
        let off = row.marks.iter().any(|mark| matches!(mark, Mark::Unlisted | Mark::Removed));
        table = if off { table.marked_row(cells) } else { table.row(cells) };
    }
    html! {
        (table.html())
        @if of.more { p.hint { (ctx.t("households-more")) } }
    }
}

/// Those not on the list, or listed otherwise, as a file.
fn file(ctx: &Ctx, case: CaseId, table: &Households) -> Markup {
    let counts = &table.counts;
    html! {
        @if table.loaded.is_some() && counts.listed < counts.rows {
            p.hint { (ctx.t("households-file")) }
            (links(ctx, &format!("/cases/{case}/households")))
        }
    }
}

fn colour(mark: Mark) -> Badge {
    match mark {
        Mark::Listed => Badge::Green,
        Mark::Unlisted | Mark::Removed => Badge::Red,
        Mark::OtherHead | Mark::OtherVillage | Mark::OtherPersons => Badge::Amber,
    }
}
