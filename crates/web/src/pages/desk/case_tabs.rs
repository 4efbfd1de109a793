//! Tabs of the case page: papers, money, verification, duties.

use app::view::case::{CaseMoney, CasePage, CaseReview, PaperShown};
use app::view::pack::Words;
use kernel::Money;
use kernel::id::CaseId;
use maud::{Markup, html};

use super::parts::{stage, yes_no};
use crate::ctx::Ctx;
use crate::pages::filing::render::{kind_word, size};
use crate::pages::shared::{article, say, yuan};
use crate::ui::{Badge, DataTable, Head, Stat, badge, empty_state, panel, stats};

/// Every file with its digest and what the verifier found.
pub fn papers(ctx: &Ctx, case: CaseId, papers: &[PaperShown]) -> Markup {
    if papers.is_empty() {
        return empty_state(&ctx.t("case-papers-none"), &ctx.t("case-papers-none-about"), html! {});
    }
    let heads = vec![
        Head::text(ctx.t("case-paper")),
        Head::text(ctx.t("case-file")),
        Head::text(ctx.t("case-paper-versions")),
        Head::text(ctx.t("case-paper-found")),
    ];
    let table = papers.iter().fold(DataTable::new("papers", ctx.t("case-tab-papers"), heads).quiet_caption(), |table, paper| {
        table.row(vec![
            html! { (say(ctx, &paper.name)) p.hint { (article(&paper.cite)) } },
            html! {
                a href={ "/papers/" (paper.hash) "?case=" (case) } { (ctx.zh(&paper.file)) }
                p.hint { (kind_word(&paper.media)) " · " (size(u64::try_from(paper.size).unwrap_or(0))) }
                details.hash { summary { (ctx.t("paper-hash")) } code { (paper.hash) } }
            },
            html! {
                @if let Some((step, on)) = &paper.added { (say(ctx, step)) p.hint { (ctx.date(*on)) } }
                @else { (versions(ctx, &paper.versions)) }
                @if !paper.current { " " (badge(Badge::Grey, &ctx.t("case-paper-former"))) }
            },
            html! {
                @match &paper.found {
                    Some((agrees, note)) => { (agreement(ctx, *agrees)) @if !note.is_empty() { p.hint { (ctx.zh(note)) } } }
                    None => span.hint { (ctx.t("case-paper-not-found")) },
                }
            },
        ])
    });
    html! { div.card { (table.html()) } }
}

fn versions(ctx: &Ctx, versions: &[u32]) -> String {
    let all: Vec<String> = versions.iter().rev().map(ToString::to_string).collect();
    ctx.t_args("case-paper-in", &[("versions", all.join("、").into())])
}

/// Whether a paper agrees with what was seen.
pub fn agreement(ctx: &Ctx, agrees: bool) -> Markup {
    if agrees {
        badge(Badge::Green, &ctx.t("case-agrees"))
    } else {
        badge(Badge::Red, &ctx.t("case-agrees-not"))
    }
}

/// Amounts, balances and postings.
pub fn money(ctx: &Ctx, money: &CaseMoney) -> Markup {
    if money.amounts.is_empty() {
        return empty_state(&ctx.t("case-money-none"), &ctx.t("case-money-none-about"), html! {});
    }
    let figure = |label: String, amount: Money, about: String| Stat {
        label,
        value: amount.grouped(),
        unit: ctx.t("unit-yuan"),
        about,
        href: None,
    };
    let mut figures: Vec<Stat> =
        money.amounts.iter().map(|(of, amount)| figure(stage(ctx, *of), *amount, String::new())).collect();
    if let Some(unpaid) = money.unpaid {
        figures.push(figure(ctx.t("case-unpaid"), unpaid, ctx.t("case-unpaid-about")));
    }
    html! {
        (stats(&figures))
        @if money.postings.is_empty() {
            (empty_state(&ctx.t("case-postings-none"), &ctx.t("case-postings-none-about"), html! {}))
        } @else {
            (panel(&ctx.t("case-postings"), postings(ctx, money)))
        }
    }
}

fn postings(ctx: &Ctx, money: &CaseMoney) -> Markup {
    let heads = vec![
        Head::text(ctx.t("case-posting-day")),
        Head::text(ctx.t("case-posting-account")),
        Head::text(ctx.t("case-posting-memo")),
        Head::amount(ctx.t("case-posting-amount")),
        Head::amount(ctx.t("case-posting-balance")),
        Head::text(ctx.t("inbox-journal")),
    ];
    let rows = money.postings.iter();
    let table = rows.fold(
        DataTable::new("postings", ctx.t("case-postings"), heads).quiet_caption(),
        |table, (of, row)| {
            table.row(vec![
            html! { (ctx.date(row.day)) },
            html! { (stage(ctx, *of)) },
            html! { (ctx.zh(&row.memo)) @if !row.article.is_empty() { p.hint { (article(&row.article)) } } },
            html! { (row.amount.grouped()) },
            html! { (row.balance.grouped()) },
            html! { span.hint { "#" (row.seq) } },
        ])
        },
    );
    html! {
        (table.html())
        p.hint {
            @for (of, balance) in &money.balances { (stage(ctx, *of)) " " (yuan(ctx, *balance)) "　" }
        }
    }
}

/// What the verifier confirmed.
pub fn review(ctx: &Ctx, review: Option<&CaseReview>) -> Markup {
    let Some(review) = review else {
        return empty_state(&ctx.t("case-review-none"), &ctx.t("case-review-none-about"), html! {});
    };
    html! { (review_summary(ctx, review)) (review_lines(ctx, review)) (review_papers(ctx, review)) }
}

/// The figures of a verification.
pub fn review_summary(ctx: &Ctx, review: &CaseReview) -> Markup {
    let line = |words: &Words| say(ctx, words).to_owned();
    html! {
        section.card {
            header.card-head { h2 { (ctx.t("case-review-summary")) } p.card-aside { (ctx.date(review.on)) } }
            dl.summary {
                @if let (Some(declared), Some(confirmed)) = (review.declared(), review.confirmed()) {
                    div { dt { (ctx.t("case-review-declared")) } dd { (yuan(ctx, declared)) } }
                    div { dt { (ctx.t("case-review-confirmed")) } dd {
                        (yuan(ctx, confirmed))
                        @if review.cut() > 0 { " " (badge(Badge::Amber, &ctx.t_args("case-review-cut", &[("count", review.cut().into())]))) }
                    } }
                }
                @for (name, total) in &review.totals { div { dt { (line(name)) } dd { (yuan(ctx, *total)) } } }
                div { dt { (ctx.t("desk-ratio")) } dd { (review.ratio) } }
                div { dt { (ctx.t("case-stage-verified")) } dd { strong { (yuan(ctx, review.amount)) } } }
                @if let Some(allowed) = review.allowed { div { dt { (ctx.t("case-review-allowed")) } dd { (yuan(ctx, allowed)) } } }
                @if let Some((ratio, amount)) = review.proposal {
                    div { dt { (ctx.t("case-stage-proposed")) } dd { (yuan(ctx, amount)) "（" (ratio) "）" } }
                }
            }
        }
    }
}

/// Every line, those that were cut marked.
pub fn review_lines(ctx: &Ctx, review: &CaseReview) -> Markup {
    if review.lines.is_empty() {
        return html! {};
    }
    let heads = vec![
        Head::text(ctx.t("desk-line")),
        Head::text(ctx.t("desk-line-date")),
        Head::amount(ctx.t("desk-line-declared")),
        Head::amount(ctx.t("desk-line-confirmed")),
        Head::text(ctx.t("desk-line-cut")),
        Head::text(ctx.t("desk-line-counted")),
    ];
    let rows = review.lines.iter();
    let table = rows.fold(DataTable::new("lines", ctx.t("case-review-lines"), heads).quiet_caption(), |table, line| {
        let cells = vec![
            html! { (ctx.zh(&line.label)) p.hint { (say(ctx, &line.place)) " · " (say(ctx, &line.class)) } },
            html! { @if let Some(date) = line.date { (date) } },
            html! { (line.declared.grouped()) },
            html! { (line.confirmed.grouped()) },
            html! { (ctx.zh(&line.reason)) },
            counted(ctx, line.counted, line.out.as_ref()),
        ];
        if line.confirmed == line.declared { table.row(cells) } else { table.marked_row(cells) }
    });
    panel(&ctx.t("case-review-lines"), table.html())
}

/// Whether a line counts, or why not with the article.
pub fn counted(ctx: &Ctx, counted: bool, out: Option<&(Words, String)>) -> Markup {
    html! {
        @if counted { (badge(Badge::Green, &ctx.t("desk-counts"))) }
        @else {
            (badge(Badge::Amber, &ctx.t("desk-counts-not")))
            @if let Some((why, cite)) = out { p.hint { (say(ctx, why)) " " (article(cite)) } }
        }
    }
}

/// Every paper with what was found.
pub fn review_papers(ctx: &Ctx, review: &CaseReview) -> Markup {
    if review.papers.is_empty() {
        return html! {};
    }
    let heads = vec![
        Head::text(ctx.t("case-paper")),
        Head::text(ctx.t("desk-paper-agrees")),
        Head::text(ctx.t("desk-note")),
    ];
    let rows = review.papers.iter();
    let table = rows.fold(
        DataTable::new("found", ctx.t("case-review-papers"), heads).quiet_caption(),
        |table, paper| {
            table.row(vec![
                html! { (say(ctx, &paper.name)) },
                yes_no(ctx, paper.agrees),
                html! { (ctx.zh(&paper.note)) },
            ])
        },
    );
    panel(&ctx.t("case-review-papers"), table.html())
}

/// The duties of a case.
pub fn duties(ctx: &Ctx, page: &CasePage) -> Markup {
    let mut standing = page.case.duties_standing(&page.pack).peekable();
    if standing.peek().is_none() {
        return empty_state(&ctx.t("case-duties-none"), &ctx.t("case-duties-none-about"), html! {});
    }
    html! {
        div.columns {
            @for due in standing {
                @let duty = page.pack.duties.get(&due.duty);
                section.card {
                    header.card-head {
                        h2 { @match duty { Some(d) => (say(ctx, &d.name)), None => (due.duty) } }
                        @if let Some(d) = duty { p.card-aside { (article(&d.cite.to_string())) } }
                    }
                    @if let Some(d) = duty { p { (say(ctx, &d.must)) } }
                    dl.summary {
                        div { dt { (ctx.t("duty-on")) } dd { @match page.pack.roles.get(&due.on) { Some(r) => (say(ctx, &r.name)), None => (due.on) } } }
                        div { dt { (ctx.t("duty-from")) } dd { (ctx.date(due.from)) } }
                        div { dt { (ctx.t("duty-until")) } dd {
                            (ctx.date(due.due))
                            @if due.provisional { " " span.provisional { (ctx.t("provisional")) } }
                        } }
                        @if !due.checks.is_empty() {
                            div { dt { (ctx.t("duty-checks")) } dd { (due.checks.iter().map(|d| ctx.date(*d)).collect::<Vec<_>>().join("、")) } }
                        }
                        @if let Some(except) = duty.and_then(|d| d.except.as_ref()) { div { dt { (ctx.t("duty-except")) } dd { (say(ctx, except)) } } }
                        @if let Some(breach) = duty.and_then(|d| d.breach.as_ref()) { div { dt { (ctx.t("duty-breach")) } dd { (say(ctx, breach)) } } }
                    }
                }
            }
        }
    }
}
