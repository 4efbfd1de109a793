//! The lines of an allocation: project, use, village, amount, what stands in their way, which sources pay; the factor table;
//! what the side of the fund has left.

use app::view::money::{AllocationPage, AllotLine, LotsPreview};
use app::view::pack::Method;
use kernel::Money;
use kernel::id::SourceId;
use maud::{Markup, html};

use super::health::{hindrances, word};

use crate::ctx::Ctx;
use crate::pages::shared::{amount, notice, say, yuan};
use crate::ui::{Badge, DataTable, Head, badge, cite, panel, panel_with};

/// The lines.
pub(super) fn lines(ctx: &Ctx, view: &AllocationPage) -> Markup {
    let open = view.line.row.standing == "open";
    let places = view.pooled || view.lines.iter().any(|line| !line.place_name.is_empty());
    let mut heads = vec![Head::text(ctx.t("pj-project")), Head::text(ctx.t("pj-spending"))];
    if places {
        heads.push(Head::text(ctx.t("pj-whose-money")));
    }
    heads.push(Head::text(if open { ctx.t("pj-line-state") } else { ctx.t("pj-line-sources") }));
    heads.push(Head::text(ctx.t("pj-note")));
    heads.push(Head::amount(ctx.t("pj-amount-yuan")));
    let columns = heads.len();
    let table = view.lines.iter().fold(
        DataTable::new("alloc-lines", ctx.t("pj-allocation-lines"), heads).quiet_caption(),
        |table, line| {
            let mut cells = vec![project(ctx, line), use_of(ctx, line)];
            if places {
                cells.push(html! { @if line.place_name.is_empty() { (line.place) } @else { (ctx.zh(&line.place_name)) } });
            }
            cells.push(html! {
                @if open { (word(ctx, &line.health)) (hindrances(ctx, &line.health)) } @else { (lots(ctx, &line.lots)) }
            });
            cells.push(ctx.zh(&line.note));
            cells.push(amount(line.amount));
            if open && !line.health.is_well() { table.marked_row(cells) } else { table.row(cells) }
        },
    );
    let mut foot = vec![html! {}; columns];
    if let Some(first) = foot.first_mut() {
        *first = html! { (ctx.t("total")) };
    }
    if let Some(last) = foot.last_mut() {
        *last = amount(view.total);
    }
    panel(&ctx.t("pj-allocation-lines"), table.totals(foot).html())
}

fn project(ctx: &Ctx, line: &AllotLine) -> Markup {
    html! {
        @match &line.project {
            Some(project) => {
                a href={ "/projects/" (project.row.project) } { (ctx.zh(&project.row.name)) }
                p.hint { (project.row.number) " · " (ctx.zh(&project.row.unit_name)) }
            },
            None => (ctx.t("pj-project-gone")),
        }
    }
}

fn use_of(ctx: &Ctx, line: &AllotLine) -> Markup {
    html! { @if let Some(project) = &line.project { (say(ctx, &project.spending)) p.hint { (ctx.zh(&project.place)) } } }
}

fn lots(ctx: &Ctx, lots: &[(SourceId, String, Money)]) -> Markup {
    html! {
        @for (source, document, part) in lots {
            div { a href={ "/sources/" (source) } { (ctx.zh(document)) } " " span.hint { (yuan(ctx, *part)) } }
        }
    }
}

/// Which source pays which line, if it were approved now.
pub(super) fn sources(ctx: &Ctx, view: &AllocationPage, preview: &LotsPreview) -> Markup {
    let heads = vec![
        Head::text(ctx.t("pj-project")),
        Head::text(ctx.t("pj-line-sources")),
        Head::amount(ctx.t("pj-amount-yuan")),
    ];
    let table = view.lines.iter().enumerate().fold(
        DataTable::new("preview", ctx.t("pj-preview"), heads).quiet_caption(),
        |table, (at, line)| {
            let name = line.project.as_ref().map_or("", |project| project.row.name.as_str());
            let found = preview.lines.get(at);
            let cells = vec![
                html! { (ctx.zh(name)) @if !line.place_name.is_empty() { p.hint { (ctx.zh(&line.place_name)) } } },
                html! { @match found { Some(found) => (lots(ctx, found)), None => (badge(Badge::Red, &ctx.t("pj-preview-short"))) } },
                amount(line.amount),
            ];
            if found.is_some() { table.row(cells) } else { table.marked_row(cells) }
        },
    );
    let aside =
        html! { (ctx.t_args("pj-order", &[("order", say(ctx, &preview.order.words()).to_owned().into())])) };
    panel_with(
        &ctx.t("pj-preview"),
        aside,
        html! {
            p.hint { (ctx.t("pj-preview-about")) }
            @if let Some((at, wanted, left)) = preview.short {
                (notice(Badge::Red, html! { p { (ctx.t_args("pj-preview-short-at", &[
                    ("line", (at + 1).into()), ("wanted", yuan(ctx, wanted).into()), ("left", yuan(ctx, left).into())])) } }))
            }
            (table.totals(vec![html! { (ctx.t("total")) }, html! {}, amount(view.total)]).html())
        },
    )
}

/// What each source of the side has left.
pub(super) fn quota(ctx: &Ctx, view: &AllocationPage) -> Markup {
    let heads = vec![
        Head::text(ctx.t("pj-source")),
        Head::text(ctx.t("pj-year")),
        Head::amount(ctx.t("pj-quota-yuan")),
    ];
    let table = view.quota.iter().fold(
        DataTable::new("quota", ctx.t("pj-quota"), heads).quiet_caption(),
        |table, one| {
            table.row(vec![
                html! { a href={ "/sources/" (one.source) } { (ctx.zh(&one.document)) } },
                html! { (one.year) },
                amount(one.left),
            ])
        },
    );
    panel(
        &ctx.t("pj-quota"),
        html! {
            @if view.quota.is_empty() { p { (ctx.t("pj-quota-none")) } }
            @else { (table.totals(vec![html! { (ctx.t("total")) }, html! {}, amount(view.quota_left)]).html()) }
        },
    )
}

/// How the amounts were computed: weights, and for every line its factors, grade and rank as they went into the plan.
pub(super) fn method(ctx: &Ctx, view: &AllocationPage) -> Markup {
    let Some(by) = &view.method else { return html! {} };
    let mut columns: Vec<&str> = Vec::new();
    for why in view.lines.iter().flat_map(|line| &line.why) {
        if !columns.contains(&why.what.as_str()) {
            columns.push(&why.what);
        }
    }
    let mut heads = vec![Head::text(ctx.t("pj-project"))];
    heads.extend(columns.iter().map(|what| Head::text(*what)));
    heads.push(Head::amount(ctx.t("pj-amount-yuan")));
    let width = heads.len();
    let table = view.lines.iter().fold(
        DataTable::new("method", ctx.t("pj-method"), heads).quiet_caption().scrolling(),
        |table, line| {
            let name = line.project.as_ref().map_or("", |project| project.row.name.as_str());
            let mut cells = vec![ctx.zh(name)];
            cells.extend(columns.iter().map(|what| {
                let says: Vec<&str> =
                    line.why.iter().filter(|why| why.what == *what).map(|why| why.says.as_str()).collect();
                ctx.zh(&says.join("；"))
            }));
            cells.push(amount(line.amount));
            table.row(cells)
        },
    );
    let mut foot = vec![html! {}; width];
    foot[0] = html! { (ctx.t("total")) };
    foot[width - 1] = amount(view.total);
    panel_with(
        &ctx.t("pj-method"),
        cite(&by.cite.to_string()),
        html! { (weights(ctx, by)) (table.totals(foot).html()) },
    )
}

/// The way of a distribution in words: its factors with weights, its grades with what they do.
pub(super) fn weights(ctx: &Ctx, by: &app::view::pack::Distribution) -> Markup {
    html! {
        p {
            strong { (say(ctx, &by.name)) } " "
            @match by.method { Method::Formula => (ctx.t("pj-formula-about")), Method::Competition => (ctx.t("pj-competition-about")) }
        }
        @if !by.factors.is_empty() {
            p.hint { (ctx.t("pj-weights")) " "
                @for (at, factor) in by.factors.iter().enumerate() { @if at > 0 { "、" } (say(ctx, &factor.name)) " " (factor.weight.percent_truncated(2)) } }
        }
        @if !by.evaluation.is_empty() {
            p.hint { (ctx.t("pj-grades")) " "
                @for (at, grade) in by.evaluation.iter().enumerate() { @if at > 0 { "、" } (say(ctx, &grade.name)) " × " (grade.factor.percent_truncated(2)) } }
        }
    }
}
