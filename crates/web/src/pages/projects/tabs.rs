//! Tabs of a project: budget lines, money by source, contracts and papers, claims, ledger.

use app::view::money::{ProjectPage, claim_standing, payment_state};
use app::view::pack::{DemandOf, Gate};
use kernel::Money;
use maud::{Markup, html};

use crate::cookies::encode;
use crate::ctx::Ctx;
use crate::pages::links;
use crate::pages::shared::{amount, article, file_line, say};
use crate::ui::{
    Badge, DataTable, Head, Paper, PaperState, badge, button, empty_state, panel, panel_with, paper_list,
};

/// Budget lines with what is left of each.
pub(super) fn lines(ctx: &Ctx, view: &ProjectPage) -> Markup {
    let href = format!("/projects/{}/lines", view.line.row.project);
    let change = view.may.declare && view.closed.is_none();
    if view.lines.is_empty() {
        let action = html! { @if change { (button::link_primary(&href, &ctx.t("pj-lines-set"))) } };
        return empty_state(&ctx.t("pj-lines-none"), &ctx.t("pj-lines-none-about"), action);
    }
    let heads = vec![
        Head::text(ctx.t("pj-line")),
        Head::text(ctx.t("pj-nature")),
        Head::amount(ctx.t("pj-planned-yuan")),
        Head::amount(ctx.t("pj-approved-yuan")),
        Head::amount(ctx.t("pj-left-yuan")),
    ];
    let table = view.lines.iter().fold(
        DataTable::new("lines", ctx.t("pj-lines"), heads).quiet_caption(),
        |table, line| {
            table.row(vec![
                ctx.zh(&line.name),
                html! { @if line.nature.zh.is_empty() { (ctx.t("pj-nature-plain")) } @else { (say(ctx, &line.nature)) } },
                amount(line.amount),
                amount(line.approved),
                amount(line.left),
            ])
        },
    );
    let sum = |of: fn(&app::view::money::LineNow) -> Money| {
        amount(Money::sum(view.lines.iter().map(of)).unwrap_or(Money::MAX))
    };
    let table = table.totals(vec![
        html! { (ctx.t("total")) },
        html! {},
        sum(|line| line.amount),
        sum(|line| line.approved),
        sum(|line| line.left),
    ]);
    let aside = html! { @if change { a href=(href) { (ctx.t("change")) } } };
    panel_with(&ctx.t("pj-lines"), aside, table.html())
}

/// Words that look like a prohibited use, with what was decided.
pub(super) fn doubts(ctx: &Ctx, view: &ProjectPage) -> Markup {
    if view.doubts.is_empty() {
        return html! {};
    }
    let heads = vec![
        Head::text(ctx.t("pj-doubt-word")),
        Head::text(ctx.t("pj-doubt-use")),
        Head::text(ctx.t("pj-doubt-decided")),
        Head::text(ctx.t("pj-opinion")),
    ];
    let table = view.doubts.iter().enumerate().fold(
        DataTable::new("doubts", ctx.t("pj-doubts"), heads).quiet_caption(),
        |table, (number, doubted)| {
            let of = view.pack.spendings.get(&doubted.doubt.spending);
            table.row(vec![
                html! { a href={ "/projects/" (view.line.row.project) "/doubt/" (number) } { (ctx.zh(&doubted.doubt.word)) } },
                html! { @if let Some(of) = of { (say(ctx, &of.name)) " " (article(&of.cite.to_string())) } },
                html! {
                    @match &doubted.decided {
                        None => (badge(Badge::Amber, &ctx.t("pj-doubt-open"))),
                        Some(ruling) if ruling.allowed => { (badge(Badge::Green, &ctx.t("pj-doubt-allowed"))) p.hint { (ctx.date(ruling.on)) } },
                        Some(ruling) => { (badge(Badge::Red, &ctx.t("pj-doubt-refused"))) p.hint { (ctx.date(ruling.on)) } },
                    }
                },
                html! { @if let Some(ruling) = &doubted.decided { (ctx.zh(&ruling.opinion)) } },
            ])
        },
    );
    panel(&ctx.t("pj-doubts"), table.html())
}

/// The project's money by source.
pub(super) fn money(ctx: &Ctx, view: &ProjectPage) -> Markup {
    if view.lots.is_empty() {
        return empty_state(&ctx.t("pj-lots-none"), &ctx.t("pj-lots-none-about"), html! {});
    }
    let heads = vec![
        Head::text(ctx.t("pj-source")),
        Head::text(ctx.t("pj-kind")),
        Head::amount(ctx.t("pj-left-yuan")),
        Head::amount(ctx.t("pj-held-yuan")),
        Head::amount(ctx.t("pj-clearing-yuan")),
        Head::amount(ctx.t("pj-spent-yuan")),
    ];
    let table = view.lots.iter().fold(
        DataTable::new("lots", ctx.t("pj-lots"), heads).quiet_caption(),
        |table, lot| {
            table.row(vec![
                links::source(ctx, lot.source, ctx.zh(&lot.document)),
                html! { (say(ctx, &lot.kind)) },
                amount(lot.allotted),
                amount(lot.held),
                amount(lot.clearing),
                amount(lot.spent),
            ])
        },
    );
    let sum = |of: fn(&app::view::money::LotNow) -> Money| {
        amount(Money::sum(view.lots.iter().map(of)).unwrap_or(Money::MAX))
    };
    let table = table.totals(vec![
        html! { (ctx.t("total")) },
        html! {},
        sum(|lot| lot.allotted),
        sum(|lot| lot.held),
        sum(|lot| lot.clearing),
        sum(|lot| lot.spent),
    ]);
    html! {
        (panel(&ctx.t("pj-lots"), html! { p.hint { (ctx.t("pj-lots-about")) } (table.html()) }))
        @if !view.payments.is_empty() { (panel(&ctx.t("pj-payments"), payments(ctx, view))) }
        @if !view.recovered.is_zero() {
            p { (ctx.t_args("pj-recovered", &[("amount", crate::pages::shared::yuan(ctx, view.recovered).into())])) }
        }
    }
}

/// Every payment, to be followed back to its documents; the sum is of what the bank paid.
fn payments(ctx: &Ctx, view: &ProjectPage) -> Markup {
    let heads = vec![
        Head::text(ctx.t("pj-payment")),
        Head::text(ctx.t("pj-payee")),
        Head::text(ctx.t("pj-standing")),
        Head::text(ctx.t("pj-day")),
        Head::amount(ctx.t("pj-amount-yuan")),
    ];
    let mut table = DataTable::new("payments", ctx.t("pj-payments"), heads).quiet_caption();
    for row in &view.payments {
        table = table.row(vec![
            links::payment(ctx, row.batch, row.line, html! { (row.end_to_end) }),
            ctx.zh(&row.payee_name),
            html! { (say(ctx, &payment_state(&row.state))) },
            html! { @if let Some(on) = row.on { (ctx.date(on)) } },
            amount(row.amount),
        ]);
    }
    let paid = view.payments.iter().filter(|row| row.state == "paid").map(|row| row.amount);
    let paid = Money::sum(paid).unwrap_or(Money::MAX);
    table
        .totals(vec![html! { (ctx.t("pj-payments-paid")) }, html! {}, html! {}, html! {}, amount(paid)])
        .html()
}

/// Contracts and demanded papers.
pub(super) fn papers(ctx: &Ctx, view: &ProjectPage) -> Markup {
    html! {
        (contracts(ctx, view))
        @if view.demands.is_empty() {
            (empty_state(&ctx.t("pj-demands-none"), &ctx.t("pj-demands-none-about"), html! {}))
        } @else {
            (panel(&ctx.t("pj-demands"), paper_list(ctx, &demands(ctx, view))))
        }
    }
}

fn demands(ctx: &Ctx, view: &ProjectPage) -> Vec<Paper> {
    let base = format!("/projects/{}", view.line.row.project);
    let one = |demand: &app::view::money::DemandNow| {
        let href = match demand.of {
            DemandOf::Project => format!("{base}/paper/{}", demand.demand),
            DemandOf::Place | DemandOf::Unit => {
                format!("/consents/new?place={}&demand={}", encode(&demand.place), encode(&demand.demand))
            }
        };
        let files_at = match demand.of {
            DemandOf::Project => base.clone(),
            DemandOf::Place | DemandOf::Unit => format!("/consents/{}", encode(&demand.place)),
        };
        let before = gate(ctx, demand.before);
        let hint = match &demand.filed {
            Some(filed) => format!("{before} · {} · {}", filed.document, ctx.date(filed.on)),
            None => before,
        };
        let files = demand.filed.as_ref().map_or(&[][..], |filed| filed.papers.as_slice());
        let label = if demand.filed.is_some() { ctx.t("pj-paper-again") } else { ctx.t("pj-paper-file") };
        let about = say(ctx, &demand.name).to_owned();
        Paper {
            title: about.clone(),
            article: demand.cite.clone(),
            hint: Some(hint),
            state: if demand.filed.is_some() { PaperState::Given } else { PaperState::Missing },
            files: files.iter().map(|paper| file_line(&files_at, paper)).collect(),
            action: (view.may.sign && view.closed.is_none()).then(|| {
                html! { a.button href=(href) { (label) span.sr-only { (about) } } }
            }),
        }
    };
    view.demands.iter().map(one).collect()
}

/// Before what a paper must be on file.
pub(super) fn gate(ctx: &Ctx, gate: Gate) -> String {
    match gate {
        Gate::Allot => ctx.t("pj-gate-allot"),
        Gate::Claim => ctx.t("pj-gate-claim"),
        Gate::Pay => ctx.t("pj-gate-pay"),
    }
}

fn contracts(ctx: &Ctx, view: &ProjectPage) -> Markup {
    let href = format!("/projects/{}/contract", view.line.row.project);
    let may = view.may.declare && view.closed.is_none() && !view.lines.is_empty();
    if view.contracts.is_empty() {
        let action = html! { @if may { (button::link(&href, &ctx.t("pj-contract-add"))) } };
        return empty_state(&ctx.t("pj-contracts-none"), &ctx.t("pj-contracts-none-about"), action);
    }
    let heads = vec![
        Head::text(ctx.t("pj-party")),
        Head::text(ctx.t("pj-account")),
        Head::amount(ctx.t("pj-contract-yuan")),
        Head::amount(ctx.t("pj-retention-yuan")),
        Head::amount(ctx.t("pj-approved-yuan")),
        Head::amount(ctx.t("pj-spent-yuan")),
        Head::amount(ctx.t("pj-left-yuan")),
    ];
    let table = view.contracts.iter().fold(
        DataTable::new("contracts", ctx.t("pj-contracts"), heads).quiet_caption(),
        |table, now| {
            let number = now.payee.trim_start_matches('c');
            table.row(vec![
                html! {
                    (ctx.zh(&now.contract.party))
                    p.hint { (ctx.zh(&now.contract.number)) " · " (ctx.date(now.contract.on))
                        @if may { " · " a href={ (href) "?n=" (number) } { (ctx.t("change")) span.sr-only { (now.contract.number) } } } }
                },
                html! { @if now.account.is_empty() { span.hint { (ctx.t("pj-account-none")) } } @else { (now.account) } p.hint { (ctx.zh(&now.contract.bank)) } },
                amount(now.contract.amount),
                amount(now.contract.retention),
                amount(now.approved),
                amount(now.paid),
                amount(now.left),
            ])
        },
    );
    let sum = |of: fn(&app::view::money::ContractNow) -> Money| {
        amount(Money::sum(view.contracts.iter().map(of)).unwrap_or(Money::MAX))
    };
    let table = table.totals(vec![
        html! { (ctx.t("total")) },
        html! {},
        sum(|now| now.contract.amount),
        sum(|now| now.contract.retention),
        sum(|now| now.approved),
        sum(|now| now.paid),
        sum(|now| now.left),
    ]);
    panel(&ctx.t("pj-contracts"), table.html())
}

/// Its claims.
pub(super) fn claims(ctx: &Ctx, view: &ProjectPage) -> Markup {
    if view.claims.is_empty() {
        let href = format!("/claims/new?project={}", view.line.row.project);
        let may = view.may.claim && view.closed.is_none();
        let action = html! { @if may { (button::link(&href, &ctx.t("pj-claim"))) } };
        return empty_state(&ctx.t("pj-claims-none"), &ctx.t("pj-claims-none-about"), action);
    }
    let heads = vec![
        Head::text(ctx.t("pj-claim-number")),
        Head::text(ctx.t("pj-standing")),
        Head::text(ctx.t("pj-filed-on")),
        Head::amount(ctx.t("pj-asked-yuan")),
        Head::amount(ctx.t("pj-approved-yuan")),
    ];
    let table = view.claims.iter().fold(
        DataTable::new("claims", ctx.t("pj-tab-claims"), heads).quiet_caption(),
        |table, claim| {
            table.row(vec![
                links::claim(ctx, claim.claim, html! { (claim.number) }),
                html! { (say(ctx, &claim_standing(&claim.standing))) },
                html! { (ctx.date(claim.filed_on)) },
                amount(claim.asked),
                amount(claim.approved),
            ])
        },
    );
    let sum = |of: fn(&app::rows::ClaimRow) -> Money| {
        amount(Money::sum(view.claims.iter().map(of)).unwrap_or(Money::MAX))
    };
    let table = table.totals(vec![
        html! { (ctx.t("total")) },
        html! {},
        html! {},
        sum(|claim| claim.asked),
        sum(|claim| claim.approved),
    ]);
    panel(&ctx.t("pj-tab-claims"), table.html())
}

/// Every movement of its money, with the balances after it.
pub(super) fn ledger(ctx: &Ctx, view: &ProjectPage) -> Markup {
    if view.ledger.is_empty() {
        return empty_state(&ctx.t("pj-ledger-none"), &ctx.t("pj-ledger-none-about"), html! {});
    }
    let heads = vec![
        Head::text(ctx.t("pj-day")),
        Head::text(ctx.t("pj-movement")),
        Head::text(ctx.t("pj-memo")),
        Head::amount(ctx.t("pj-amount-yuan")),
        Head::amount(ctx.t("pj-left-yuan")),
        Head::amount(ctx.t("pj-held-yuan")),
        Head::amount(ctx.t("pj-spent-yuan")),
    ];
    let table = view.ledger.iter().fold(
        DataTable::new("ledger", ctx.t("pj-tab-ledger"), heads).quiet_caption().scrolling(),
        |table, line| {
            table.row(vec![
                html! { span.day { (line.row.day) } p.hint { "#" (line.row.seq) } },
                html! { (say(ctx, &line.from)) " → " (say(ctx, &line.to)) },
                html! { (ctx.zh(&line.row.memo)) @if !line.row.article.is_empty() { p.hint { (article(&line.row.article)) } } },
                amount(line.row.amount),
                amount(line.allotted),
                amount(line.held),
                amount(line.spent),
            ])
        },
    );
    let links = crate::pages::tables::links(ctx, &format!("/projects/{}", view.line.row.project));
    panel(&ctx.t("pj-tab-ledger"), html! { (table.html()) (links) })
}
