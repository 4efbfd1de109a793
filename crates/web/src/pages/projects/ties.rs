//! The bills of a project by how they are tied to households.

use app::view::money::{ProjectPage, TieSum};
use maud::{Markup, html};

use crate::ctx::Ctx;
use crate::pages::shared::{say, total};
use crate::ui::{DataTable, Head, empty_state, panel};

/// The panel; nothing where the pack asks no bill how it is tied.
pub(super) fn sums(ctx: &Ctx, view: &ProjectPage) -> Markup {
    let Some(sums) = &view.ties else { return html! {} };
    let heads = vec![
        Head::text(ctx.t("pj-tie-kind")),
        Head::amount(ctx.t("pj-tie-declared")),
        Head::amount(ctx.t("pj-tie-bills")),
        Head::amount(ctx.t("pj-amount-yuan")),
        Head::amount(ctx.t("pj-tie-households")),
    ];
    let mut table = DataTable::new("ties", ctx.t("pj-ties"), heads).quiet_caption();
    for sum in sums {
        table = table.row(vec![
            html! { (sum.kind.as_ref().map_or_else(|| ctx.t("claim-tie-project"), |kind| say(ctx, kind).to_owned())) },
            count(sum.declared),
            html! { (sum.bills) },
            html! { (sum.amount.grouped()) },
            count(sum.households),
        ]);
    }
    let table = table.totals(vec![
        html! { (ctx.t("total")) },
        html! {},
        html! { (sums.iter().map(|sum| sum.bills).sum::<usize>()) },
        html! { (total(sums.iter().map(|sum: &TieSum| sum.amount)).grouped()) },
        html! {},
    ]);
    let body = html! {
        @if sums.is_empty() { (empty_state(&ctx.t("pj-ties-none"), &ctx.t("pj-ties-none-about"), html! {})) }
        @else { p.hint { (ctx.t("pj-ties-about")) } (table.html()) }
    };
    panel(&ctx.t("pj-ties"), body)
}

/// A number of households; none where it does not apply.
fn count(households: i64) -> Markup {
    html! { @if households > 0 { (households) } @else { "—" } }
}
