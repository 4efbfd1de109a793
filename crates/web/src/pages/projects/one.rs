//! `/projects/{id}`: the account of a project, in tabs. What stands in its way is always on top.

use app::view::money::ProjectPage;
use app::view::pack::{Act, Step, Subject};
use axum::extract::{self, Path};
use axum::response::{IntoResponse, Response};
use kernel::id::ProjectId;
use maud::{Markup, html};

use super::health::hindrances;
use super::parts::{LOOK, project_badge};
use super::{tabs, ties};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::{Page, Width};
use crate::pages::shared::{
    Query, fund_side, id, notice, overhead_table, overhead_warnings, require, say, shown, stat_yuan, yuan,
};
use crate::pages::tables;
use crate::state::Seat;
use crate::ui::{Badge, Stat, Tab, button, cite, stats};

const TABS: [&str; 5] = ["overview", "money", "papers", "claims", "ledger"];

/// The page.
pub(super) async fn show(
    seat: Seat,
    Path(of): Path<String>,
    query: extract::Query<Query>,
) -> Result<Response, WebError> {
    let view = load(&seat, &of)?;
    if let Some(format) = tables::asked(query.get("format").map(String::as_str)) {
        return tables::export::project_ledger(&seat, &view, format);
    }
    let current = query.get("tab").and_then(|tab| TABS.iter().position(|one| one == tab)).unwrap_or(0);
    let ctx = &seat.ctx;
    let row = &view.line.row;
    let caption =
        format!("{} · {} · {}", row.number, fund_side(ctx, &view.line.fund, &view.line.side), row.year);
    Ok(Page::new(ctx, &row.name)
        .width(Width::Wide)
        .crumb("/projects", ctx.t("pj-projects"))
        .caption(caption)
        .beside_title(project_badge(ctx, &row.standing))
        .body(html! {
            (stands(ctx, &view))
            (stats(&figures(ctx, &view)))
            (acts(ctx, &view))
            (crate::ui::tabs(&ctx.t("pj-tabs"), &tabs_of(ctx, &view), current))
            (content(ctx, &view, current))
        })
        .into_response())
}

/// The project, for those who have to do with projects.
pub(super) fn load(seat: &Seat, of: &str) -> Result<ProjectPage, WebError> {
    require(seat, &LOOK)?;
    let id: ProjectId = id(of)?;
    let mut view = shown(&seat.ctx, seat.app().project_page(&seat.viewer, id))?;
    // Those who check claims have the same right; only who files them is led to the form.
    let files =
        |step: &Step| step.on == Subject::Claim && step.act == Act::Claim && step.by == seat.viewer.role;
    view.may.claim &= seat.viewer.pack.steps.iter().any(files);
    Ok(view)
}

/// The name of a page about a project, with the way back to it.
pub(super) fn under<'c>(ctx: &'c Ctx, view: &ProjectPage, title: &str) -> Page<'c> {
    let row = &view.line.row;
    Page::new(ctx, title)
        .crumb("/projects", ctx.t("pj-projects"))
        .crumb(format!("/projects/{}", row.project), row.name.clone())
        .caption(format!("{} {}", row.number, row.name))
}

/// Doubts and missing papers, and whether it was closed.
fn stands(ctx: &Ctx, view: &ProjectPage) -> Markup {
    html! {
        @if let Some((on, back)) = view.closed {
            (notice(Badge::Blue, html! {
                p { (ctx.t_args("pj-closed-on", &[("date", ctx.date(on).into()), ("amount", yuan(ctx, back).into())])) }
            }))
        } @else if !view.health.is_well() {
            (notice(Badge::Amber, html! {
                p { strong { (ctx.t("pj-hindered")) } }
                (hindrances(ctx, &view.health))
            }))
        }
        @if let Some(shares) = &view.overheads { (overhead_warnings(ctx, shares)) }
    }
}

fn figures(ctx: &Ctx, view: &ProjectPage) -> Vec<Stat> {
    let row = &view.line.row;
    let to = |tab: &str| Some(format!("/projects/{}?tab={tab}", row.project));
    vec![
        Stat { href: to("overview"), ..stat_yuan(ctx, "pj-planned", row.planned, ctx.t("pj-planned-about")) },
        Stat { href: to("money"), ..stat_yuan(ctx, "pj-allotted", row.allotted, ctx.t("pj-allotted-about")) },
        Stat { href: to("claims"), ..stat_yuan(ctx, "pj-held", row.held, ctx.t("pj-held-about")) },
        Stat { href: to("ledger"), ..stat_yuan(ctx, "pj-spent", row.spent, ctx.t("pj-spent-about")) },
        stat_yuan(ctx, "pj-left", row.left(), ctx.t("pj-left-about")),
    ]
}

/// What this person may do here.
fn acts(ctx: &Ctx, view: &ProjectPage) -> Markup {
    let (may, base) = (view.may, format!("/projects/{}", view.line.row.project));
    let open = view.closed.is_none();
    html! {
        @if open && (may.declare || may.claim || may.close) || (may.recover && !view.payees.is_empty()) {
            div.actions {
                @if open && may.declare {
                    (button::link(&format!("{base}/lines"), &ctx.t(if view.lines.is_empty() { "pj-lines-set" } else { "pj-lines-change" })))
                    @if !view.lines.is_empty() { (button::link(&format!("{base}/contract"), &ctx.t("pj-contract-add"))) }
                }
                @if open && may.claim { (button::link(&format!("/claims/new?project={}", view.line.row.project), &ctx.t("pj-claim"))) }
                @if may.recover && !view.payees.is_empty() { (button::link(&format!("{base}/recover"), &ctx.t("pj-recover"))) }
                @if open && may.close { (button::link(&format!("{base}/close"), &ctx.t("pj-close"))) }
            }
        }
    }
}

fn tabs_of(ctx: &Ctx, view: &ProjectPage) -> Vec<Tab> {
    let labels = [
        (ctx.t("pj-tab-overview"), None),
        (ctx.t("pj-tab-money"), None),
        (ctx.t("pj-tab-papers"), Some(view.contracts.len() + view.demands.len())),
        (ctx.t("pj-tab-claims"), Some(view.claims.len())),
        (ctx.t("pj-tab-ledger"), Some(view.ledger.len())),
    ];
    let base = format!("/projects/{}", view.line.row.project);
    TABS.iter()
        .zip(labels)
        .map(|(tab, (label, count))| Tab::new(format!("{base}?tab={tab}"), label, count))
        .collect()
}

fn content(ctx: &Ctx, view: &ProjectPage, current: usize) -> Markup {
    match current {
        1 => tabs::money(ctx, view),
        2 => tabs::papers(ctx, view),
        3 => tabs::claims(ctx, view),
        4 => html! { (ties::sums(ctx, view)) (tabs::ledger(ctx, view)) },
        _ => {
            html! { (overview(ctx, view)) (tabs::doubts(ctx, view)) (tabs::lines(ctx, view)) (ties::sums(ctx, view)) }
        }
    }
}

/// What the project is.
fn overview(ctx: &Ctx, view: &ProjectPage) -> Markup {
    let row = &view.line.row;
    let list = crate::ui::SummaryList::new()
        .row(ctx.t("pj-money"), html! { (fund_side(ctx, &view.line.fund, &view.line.side)) " · " (row.year) })
        .row(ctx.t("pj-spending"), html! { (say(ctx, &view.line.spending)) " " (cite(&view.cite)) })
        .row(ctx.t("pj-unit"), ctx.zh(&row.unit_name))
        .row(
            ctx.t("pj-place"),
            html! { (ctx.zh(&view.line.place)) @if !view.village.is_empty() { " · " (ctx.zh(&view.village)) } },
        )
        .row(ctx.t("pj-link"), ctx.zh(&view.link))
        .row(ctx.t("pj-mechanism"), ctx.zh(&view.mechanism))
        .row(ctx.t("pj-levered"), html! { (yuan(ctx, view.levered)) });
    html! {
        (crate::ui::panel(&ctx.t("pj-tab-overview"), list.html(ctx)))
        @if let Some(shares) = view.overheads.as_ref().filter(|shares| !shares.is_empty()) {
            (crate::ui::panel(&ctx.t("funds-overheads"), html! {
                p.hint { (ctx.t("funds-overheads-about")) }
                (overhead_table(ctx, shares))
            }))
        }
    }
}
