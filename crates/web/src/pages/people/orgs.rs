//! The list of organisations, by kind and by words.

use app::rows::OrgFilter;
use app::view::people::{ORGS_A_PAGE, OrgLine};
use axum::extract;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::parts::{KINDS, administrator, kind_name};
use crate::ctx::Ctx;
use crate::error::{OrFault, WebError};
use crate::page::Page;
use crate::pages::shared::{Listing, Query, asked};
use crate::state::Seat;
use crate::ui::{Chip, Choice, DataTable, Field, FilterBar, Head, Opt, Size, button, chips, empty_state};

const FILTERS: [&str; 2] = ["kind", "q"];

/// The page.
pub(super) async fn show(seat: Seat, query: extract::Query<Query>) -> Result<Response, WebError> {
    administrator(&seat)?;
    let ctx = &seat.ctx;
    let query = query.0;
    let at = Listing::new("/admin/orgs", &FILTERS, &query);
    let filter = OrgFilter {
        kind: asked(&query, "kind"),
        text: asked(&query, "q"),
        after: asked(&query, "after"),
        limit: ORGS_A_PAGE,
    };
    let page = seat.app().org_page(&filter).or_fault()?;
    let add = button::link_primary("/admin/orgs/new", &ctx.t("people-org-add"));
    let list = if page.rows.is_empty() {
        empty_state(&ctx.t("people-orgs-none"), &ctx.t("people-orgs-what"), html! {})
    } else {
        table(ctx, &page.rows)
    };
    let paging = at.pager(ctx, page.next.as_deref(), (page.rows.len(), page.total));
    let body = html! {
        (bar(ctx, at))
        (chips(ctx, &used(ctx, at)))
        section.card { (list) (paging) }
    };
    let title = ctx.t("people-orgs");
    Ok(Page::new(ctx, &title)
        .crumb("/admin", ctx.t("people-nav-admin"))
        .beside_title(add)
        .body(body)
        .into_response())
}

fn bar(ctx: &Ctx, at: Listing<'_>) -> Markup {
    let kinds: Vec<Opt> = KINDS.iter().map(|(kind, name)| Opt::new(*kind, ctx.word(*name))).collect();
    FilterBar::new("/admin/orgs")
        .field(Choice::select("kind", &ctx.t("people-kind"), &kinds).chosen(at.now("kind")).html(ctx))
        .field(Field::text("q", &ctx.t("people-org-words")).size(Size::Medium).value(at.now("q")).html(ctx))
        .html(ctx)
}

fn used(ctx: &Ctx, at: Listing<'_>) -> Vec<Chip> {
    let shown = [("kind", kind_name(ctx, at.now("kind"))), ("q", at.now("q").to_owned())];
    let used = shown.into_iter().filter(|(_, text)| !text.is_empty());
    used.map(|(name, label)| Chip { label, without: at.without(name) }).collect()
}

fn table(ctx: &Ctx, lines: &[OrgLine]) -> Markup {
    let mut heads: Vec<Head> = ["people-org", "people-kind", "people-region", "people-code"]
        .iter()
        .map(|head| Head::text(ctx.t(head)))
        .collect();
    heads.push(Head::amount(ctx.t("people-count")));
    let mut table = DataTable::new("orgs", ctx.t("people-orgs"), heads).quiet_caption();
    for line in lines {
        let row = &line.row;
        table = table.row(vec![
            html! { a href={ "/admin/orgs/" (row.org) } { (ctx.zh(&row.name)) } },
            html! { (kind_name(ctx, &row.kind)) },
            html! { @if let Some(place) = &line.place { (ctx.zh(place)) } },
            html! { @if let Some(code) = &row.credit_code { code { (code) } } },
            html! { (line.people) },
        ]);
    }
    table.html()
}
