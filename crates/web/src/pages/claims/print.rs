//! `/claims/{id}/print`: the claim as a sheet of paper (报账单), for the browser's own printing on A4.

use app::view::money::{BillNow, ClaimPage, TieSaid};
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use kernel::id::ClaimId;
use maud::{Markup, html};

use super::parts::sees_claims;
use crate::error::WebError;
use crate::page::Page;
use crate::pages::shared::{id, shown, total};
use crate::state::Seat;

/// The page.
pub(super) async fn show(seat: Seat, Path(claim): Path<String>) -> Result<Response, WebError> {
    sees_claims(&seat)?;
    let ctx = &seat.ctx;
    let claim: ClaimId = id(&claim)?;
    let view = shown(ctx, seat.app().claim_page(&seat.viewer, claim))?;
    Ok(Page::new(ctx, &ctx.t("claim-print"))
        .crumb("/claims", ctx.t("claim-title"))
        .crumb(format!("/claims/{claim}"), view.line.row.number.clone())
        .caption(ctx.t("claim-print-hint"))
        .body(sheet(&view))
        .into_response())
}

/// The sheet. What is printed is Chinese, in whatever language the screen is.
pub(super) fn sheet(view: &ClaimPage) -> Markup {
    let row = &view.line.row;
    html! {
        article.print-form lang="zh-CN" {
            h2.print-title { "报账单" }
            p.print-number {
                "编号：" (row.number) "　　第" (view.version) "次提交　　" (kernel::date::zh(row.filed_on))
                @if !view.line.standing.zh.is_empty() { "　　状态：" (view.line.standing.zh) }
            }
            section.print-part role="region" tabindex="0" aria-label="报账事项" {
                table.print-fields { tbody {
                    tr { th scope="row" { "报账单位" } td { (view.line.unit) } th scope="row" { "资金" } td { (view.project.fund.zh) (side(view)) } }
                    tr { th scope="row" { "项目" } td colspan="3" { (view.project.row.number) "　" (view.project.row.name) } }
                    tr { th scope="row" { "用途" } td { (view.line.purpose.zh) } th scope="row" { "支出方向" } td { (view.project.spending.zh) } }
                } }
            }
            (bills(view))
            @if !view.shares.is_empty() { (payees(view)) }
            (opinions(view))
            section.print-part role="region" tabindex="0" aria-label="签字" {
                table.print-fields { tbody {
                    tr { th scope="row" { "经办人" } td {} th scope="row" { "报账单位负责人" } td {} }
                    tr { th scope="row" { "审核人" } td {} th scope="row" { "审批人" } td {} }
                } }
                p.print-seal { "（盖章）　　　　年　　月　　日" }
            }
        }
    }
}

fn side(view: &ClaimPage) -> Markup {
    html! { @if !view.project.side.zh.is_empty() { "（" (view.project.side.zh) "）" } }
}

fn bills(view: &ClaimPage) -> Markup {
    let papers = |bill: &BillNow| bill.bill.papers.len() + usize::from(bill.bill.list.is_some());
    let approved = view.bills.iter().filter_map(|bill| bill.verdict.as_ref()).map(|v| v.approved);
    let asked = total(view.bills.iter().map(|bill| bill.bill.amount));
    let checked = view.bills.iter().any(|bill| bill.verdict.is_some());
    html! {
        section.print-part role="region" tabindex="0" aria-label="票据明细" {
            h3 { "票据明细" }
            table.print-table {
                thead { tr {
                    th scope="col" { "序号" } th scope="col" { "预算项" } th scope="col" { "凭证及号码" } th scope="col" { "日期" }
                    th scope="col" { "收款人" } th scope="col" { "报账金额（元）" } th scope="col" { "核定金额（元）" } th scope="col" { "附件" }
                } }
                tbody {
                    @for bill in &view.bills {
                        tr {
                            th scope="row" { (bill.bill.no) }
                            td {
                                (bill.line.as_ref().map_or("", |line| line.name.as_str()))
                                @if let Some(tie) = &bill.tie { br; "挂钩：" (tied(tie)) }
                            }
                            td { (bill.voucher.zh) " " (bill.bill.code) " " (bill.bill.number) }
                            td.print-day { (bill.bill.dated) }
                            td { (bill.payee) }
                            td.amount { (bill.bill.amount.grouped()) }
                            td.amount {
                                @if let Some(verdict) = &bill.verdict {
                                    (verdict.approved.grouped())
                                    @if verdict.approved < bill.bill.amount { br; (verdict.reason) }
                                }
                            }
                            td.amount { (papers(bill)) }
                        }
                    }
                }
                tfoot { tr {
                    th scope="row" colspan="2" { "合计" }
                    td colspan="3" {}
                    td.amount { (asked.grouped()) }
                    td.amount { @if checked { (total(approved.clone()).grouped()) } }
                    td.amount { (view.bills.iter().map(papers).sum::<usize>()) }
                }
                tr {
                    th scope="row" colspan="2" { @if checked { "核定金额（大写）" } @else { "报账金额（大写）" } }
                    td colspan="6" { "人民币" (if checked { total(approved.clone()) } else { asked }.capitals()) }
                } }
            }
        }
    }
}

/// How a bill is tied to households.
fn tied(tie: &TieSaid) -> String {
    match &tie.kind {
        Some(kind) => format!("{}{}户", kind.zh, tie.households),
        None => "按项目的挂钩".to_owned(),
    }
}

fn payees(view: &ClaimPage) -> Markup {
    let document = |id| view.sources.iter().find(|(source, _)| *source == id).map_or("", |(_, d)| d.as_str());
    html! {
        section.print-part role="region" tabindex="0" aria-label="应付款项" {
            h3 { "应付款项及资金来源" }
            table.print-table {
                thead { tr { th scope="col" { "收款人" } th scope="col" { "金额（元）" } th scope="col" { "资金来源文号" } } }
                tbody { @for share in &view.shares { tr {
                    th scope="row" { (share.name) }
                    td.amount { (share.amount.grouped()) }
                    td { @for (source, amount) in &share.lots { div { (document(*source)) "　" (amount.grouped()) } } }
                } } }
            }
        }
    }
}

/// What was said in each step that still counts.
fn opinions(view: &ClaimPage) -> Markup {
    let said: Vec<_> = view.trail.iter().filter(|line| !line.void).collect();
    html! {
        section.print-part role="region" tabindex="0" aria-label="办理意见" {
            h3 { "办理意见" }
            @for line in said {
                p.print-opinion {
                    "【" (line.step.zh) @if !line.done.outcome.zh.is_empty() { "·" (line.done.outcome.zh) } "】" (line.done.opinion)
                }
                p.print-sign { (line.done.person) "　　" (kernel::date::zh(line.done.on)) }
            }
        }
    }
}
