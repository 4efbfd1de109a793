//! The list of organisations, by kind and by words.

use app::rows::OrgFilter;
use app::view::people::{ORGS_A_PAGE, OrgLine};
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::parts::{KINDS, administrator, kind_name};
use crate::cookies::encode;
use crate::ctx::Ctx;
use crate::error::{OrFault, WebError};
use crate::page::Page;
use crate::state::Seat;
use crate::submitted::Submitted;
use crate::ui::{
    Chip, Choice, DataTable, Field, FilterBar, Head, Opt, Pager, Size, button, chips, empty_state, pager,
};

/// The page.
pub(super) async fn show(
    seat: Seat,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    administrator(&seat)?;
    let ctx = &seat.ctx;
    let asked: Submitted = asked.into_iter().collect();
    let given = |name: &str| Some(asked.get(name).to_owned()).filter(|text| !text.is_empty());
    let filter =
        OrgFilter { kind: given("kind"), text: given("q"), after: given("after"), limit: ORGS_A_PAGE };
    let page = seat.app().org_page(&filter).or_fault()?;
    let add = button::link_primary("/admin/orgs/new", &ctx.t("people-org-add"));
    let list = if page.rows.is_empty() {
        empty_state(&ctx.t("people-orgs-none"), &ctx.t("people-orgs-what"), html! {})
    } else {
        table(ctx, &page.rows)
    };
    let paging = Pager {
        first: filter.after.is_some().then(|| address(&asked, None, "")),
        next: page.next.map(|next| address(&asked, Some(&next), "")),
        shown: page.rows.len(),
        all: usize::try_from(page.total).ok(),
    };
    let body = html! {
        (bar(ctx, &asked))
        (chips(ctx, &used(ctx, &asked)))
        section.card { (list) (pager(ctx, &paging)) }
    };
    let title = ctx.t("people-orgs");
    Ok(Page::new(ctx, &title)
        .crumb("/admin", ctx.t("people-nav-admin"))
        .beside_title(add)
        .body(body)
        .into_response())
}

fn bar(ctx: &Ctx, asked: &Submitted) -> Markup {
    let kinds: Vec<Opt> = KINDS.iter().map(|(kind, name)| Opt::new(*kind, ctx.word(*name))).collect();
    FilterBar::new("/admin/orgs")
        .field(Choice::select("kind", &ctx.t("people-kind"), &kinds).chosen(asked.get("kind")).html(ctx))
        .field(
            Field::text("q", &ctx.t("people-org-words")).size(Size::Medium).value(asked.get("q")).html(ctx),
        )
        .html(ctx)
}

fn used(ctx: &Ctx, asked: &Submitted) -> Vec<Chip> {
    let shown = [("kind", kind_name(ctx, asked.get("kind"))), ("q", asked.get("q").to_owned())];
    let used = shown.into_iter().filter(|(_, text)| !text.is_empty());
    used.map(|(name, label)| Chip { label, without: address(asked, None, name) }).collect()
}

/// The address of the list with its filters, without one of them, after a key.
fn address(asked: &Submitted, after: Option<&str>, without: &str) -> String {
    let kept = ["kind", "q"].into_iter().filter(|name| *name != without && !asked.get(name).is_empty());
    let mut pairs: Vec<String> = kept.map(|name| format!("{name}={}", encode(asked.get(name)))).collect();
    pairs.extend(after.map(|after| format!("after={}", encode(after))));
    if pairs.is_empty() { "/admin/orgs".to_owned() } else { format!("/admin/orgs?{}", pairs.join("&")) }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_live_in_the_address() {
        let asked: Submitted = [("kind", "firm"), ("q", "咨询"), ("after", "9")]
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
            .into_iter()
            .collect();
        assert_eq!(address(&asked, None, ""), "/admin/orgs?kind=firm&q=%E5%92%A8%E8%AF%A2");
        assert_eq!(address(&asked, Some("12"), "q"), "/admin/orgs?kind=firm&after=12");
        assert_eq!(address(&Submitted::default(), None, ""), "/admin/orgs");
    }
}
