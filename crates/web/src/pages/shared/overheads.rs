//! What overheads take of a year's money: the table, and the warning when it is more than the setting says. Nothing stops for it.

use app::view::money::OverheadShare;
use maud::{Markup, html};

use super::{article, notice, percent, say, yuan};
use crate::ctx::Ctx;
use crate::ui::{Badge, DataTable, Head, badge};

/// One warning for each year of a fund whose overheads are more than the share set.
pub fn overhead_warnings(ctx: &Ctx, shares: &[OverheadShare]) -> Markup {
    html! {
        @for share in shares.iter().filter(|share| share.is_over()) {
            @if let Some(limit) = &share.limit {
                (notice(Badge::Amber, html! {
                    p { strong { (ctx.t_args("funds-overhead-over", &[
                        ("fund", say(ctx, &share.fund_name).into()),
                        ("year", share.year.to_string().into()),
                        ("taken", yuan(ctx, share.taken()).into()),
                        ("money", yuan(ctx, share.money).into()),
                        ("share", percent(share.taken(), share.money).into()),
                        ("limit", format!("{}%", limit.percent).into()),
                    ])) } " " (article(&limit.cite)) }
                    @if !share.drafted.is_zero() {
                        p { (ctx.t_args("funds-overhead-drafted", &[("amount", yuan(ctx, share.drafted).into())])) }
                    }
                    p.hint { (ctx.t("funds-overhead-only-warns")) " " (say(ctx, &limit.source)) }
                }))
            }
        }
    }
}

/// The overheads by fund and year.
pub fn overhead_table(ctx: &Ctx, shares: &[OverheadShare]) -> Markup {
    let heads = vec![
        Head::text(ctx.t("funds-fund")),
        Head::text(ctx.t("funds-year")),
        Head::amount(ctx.t("funds-budget-yuan")),
        Head::amount(ctx.t("funds-overhead-open-yuan")),
        Head::amount(ctx.t("funds-overhead-spent-yuan")),
        Head::amount(ctx.t("funds-overhead-share")),
        Head::text(ctx.t("funds-overhead-limit")),
    ];
    let mut table = DataTable::new("overheads", ctx.t("funds-overheads"), heads).quiet_caption();
    for share in shares {
        let cells = vec![
            html! { (say(ctx, &share.fund_name)) },
            html! { (share.year) },
            html! { (share.money.grouped()) },
            html! { (share.open.grouped()) },
            html! { (share.spent.grouped()) },
            html! { (percent(share.taken(), share.money)) },
            html! {
                @if let Some(limit) = &share.limit {
                    @if share.is_over() { (badge(Badge::Amber, &ctx.t("funds-overhead-is-over"))) }
                    @else { (badge(Badge::Green, &ctx.t("funds-overhead-within"))) }
                    p.hint { (ctx.t_args("funds-overhead-limit-is", &[("limit", format!("{}%", limit.percent).into())])) " " (article(&limit.cite)) }
                } @else { (ctx.t("funds-overhead-no-limit")) }
            },
        ];
        table = if share.is_over() { table.marked_row(cells) } else { table.row(cells) };
    }
    table.html()
}
