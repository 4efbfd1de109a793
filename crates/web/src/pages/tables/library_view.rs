//! What the import into the library looks like: how to begin; then the columns with what they are taken for, what does not agree in
//! the table, and what becomes of each row.

use app::tables::{
    Agrees, Fate, LibraryPreview, Matching, RowPlan, TableCheck, TableColumn, Target, library_procedure,
};
use axum::response::{IntoResponse, Response};
use kernel::amount::AmountUnit;
use maud::{Markup, html};

use super::import::{LOOKED, TICKET};
use super::library::HERE;
use super::preview::{found, size_words, upload_form};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::{Page, Width};
use crate::pages::shared::say;
use crate::state::{Seat, web_error};
use crate::ui::{
    Badge, Choice, DataTable, Field, Findings, Form, Head, Opt, Size, SummaryList, actions, badge, button,
    cite, details, error_summary, icon, id_of, panel,
};

/// The fields of columns: what they are taken for.
pub(super) const COLUMN: &str = "col.";
/// The fields of the units of columns.
pub(super) const UNIT: &str = "unit.";
/// The fields of what holds for every row.
pub(super) const WHOLE: &str = "whole.";
/// The boxes of rows that are left out.
pub(super) const WITHOUT: &str = "without";
/// What the preview promised.
pub(super) const PROMISE: &str = "promise";
/// The most comparisons that a page shows.
const CHECKS_SHOWN: usize = 200;

/// The page that takes a file.
pub(super) fn upload<'s>(seat: &'s Seat, findings: &Findings) -> Page<'s> {
    let ctx = &seat.ctx;
    let body = html! {
        (error_summary(ctx, findings))
        p { (ctx.t("tables-intro-library")) }
        (panel(&ctx.t("tables-step-template"), html! {
            p { (ctx.t("tables-library-template-says")) }
            p { (button::link(&format!("{HERE}/template.xlsx"), &ctx.t("tables-template"))) }
        }))
        (panel(&ctx.t("tables-step-upload"), upload_form(ctx, (HERE, "/library"), findings)))
    };
    page(seat, findings.count(), Width::Normal).body(body)
}

fn page(seat: &Seat, faults: usize, width: Width) -> Page<'_> {
    let ctx = &seat.ctx;
    let page = Page::new(ctx, &ctx.t("tables-import-library"))
        .width(width)
        .crumb("/library", ctx.t("lib-title"))
        .findings(faults);
    let pack = &seat.viewer.pack;
    let first = library_procedure(&seat.viewer).and_then(|of| pack.start_steps(of).into_iter().next());
    match first {
        Some(step) => page.beside_title(cite(&step.cite.to_string())),
        None => page,
    }
}

/// The page of a file that was read.
pub(super) fn shown(
    seat: &Seat,
    seen: &LibraryPreview,
    (key, findings): (&str, &Findings),
) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let ticket = seat.app().paper_ticket(&seat.viewer, &seen.paper).map_err(|f| web_error(ctx, f))?;
    let body = html! {
        (error_summary(ctx, findings))
        (verdict(ctx, seen))
        (Form::post(HERE, "again").with_files().key(key).html(ctx, html! {
            input type="hidden" name=(TICKET) value=(ticket);
            input type="hidden" id=(id_of(PROMISE)) name=(PROMISE) value=(seen.promise());
            (panel(&ctx.t("tables-what"), about(ctx, seen)))
            @if !seen.table.columns.is_empty() {
                (panel(&ctx.t("tables-library-columns"), columns(seat, seen)))
            }
            @if !seen.findings.is_empty() {
                (panel(&ctx.t("tables-library-findings"), found(ctx, &seen.findings)))
            }
            @if !seen.table.checks.is_empty() {
                (panel(&ctx.t("tables-library-checks"), checks(ctx, &seen.table.checks)))
            }
            @if !seen.rows.is_empty() { (panel(&ctx.t("tables-library-rows"), rows(ctx, seen))) }
            (panel(&ctx.t("tables-next"), next(ctx, seen, findings)))
        }))
        (details(&ctx.t("tables-other-file"), upload_form(ctx, (HERE, "/library"), &Findings::none())))
    };
    Ok(page(seat, seen.errors() + findings.count(), Width::Wide).body(body).into_response())
}

fn verdict(ctx: &Ctx, seen: &LibraryPreview) -> Markup {
    let errors = seen.errors();
    let (filed, drafts, left) = seen.counts();
    let (class, sign) = match (errors, seen.findings.is_empty()) {
        (0, true) => ("flash green", icon::CHECK),
        (0, false) => ("flash amber", icon::WARNING),
        _ => ("flash red", icon::WARNING),
    };
    html! {
        div class=(class) { (sign) div {
            @if errors > 0 { p { (ctx.t_args("tables-has-errors", &[("count", errors.into())])) } }
            @else {
                p { (ctx.t_args("tables-library-verdict", &[
                    ("filed", filed.into()), ("drafts", drafts.into()), ("left", left.into()),
                ])) }
            }
        } }
    }
}

fn about(ctx: &Ctx, seen: &LibraryPreview) -> Markup {
    html! {
        (SummaryList::new()
            .row(ctx.t("tables-file-name"), html! { (ctx.zh(&seen.paper.name)) " " span.hint { (size_words(&seen.paper)) } })
            .row(ctx.t("tables-sheet"), html! { (ctx.zh(&seen.table.sheet)) })
            .row(ctx.t("tables-row-count"), html! { (seen.table.rows.len()) })
            .html(ctx))
        details.hash { summary { (ctx.t("paper-hash")) } code { (seen.paper.hash) } }
    }
}

/// Each column with an example and what it is taken for; then what holds for every row.
fn columns(seat: &Seat, seen: &LibraryPreview) -> Markup {
    let ctx = &seat.ctx;
    let heads = vec![
        Head::text(ctx.t("tables-library-column")),
        Head::text(ctx.t("tables-library-example")),
        Head::text(ctx.t("tables-library-field")),
    ];
    let mut table = DataTable::new("columns", ctx.t("tables-library-columns"), heads).quiet_caption();
    for column in &seen.table.columns {
        let example = seen.table.rows.iter().find_map(|row| row.cells.get(&column.at));
        table = table.row(vec![
            html! { (column.letters) " " strong { (ctx.zh(&column.name)) } },
            html! { (ctx.zh(example.map_or("—", |cell| cell.text.as_str()))) },
            html! { (field_of(ctx, seen, column)) },
        ]);
    }
    html! {
        p.hint { (ctx.t("tables-library-columns-about")) }
        (table.html())
        @if !seen.whole.is_empty() {
            h3 { (ctx.t("tables-library-whole")) }
            p.hint { (ctx.t("tables-library-whole-about")) }
            @for target in &seen.whole { (whole(seat, &seen.matching, target)) }
        }
        (actions(button::secondary(&ctx.t("tables-library-again"), "again")))
    }
}

fn field_of(ctx: &Ctx, seen: &LibraryPreview, column: &TableColumn) -> Markup {
    let name = format!("{COLUMN}{}", column.at);
    let chosen = seen.matching.columns.get(&column.at);
    let unit = format!("{UNIT}{}", column.at);
    let wan = seen.matching.units.get(&column.at) == Some(&AmountUnit::Wan);
    let said = format!("{} {}", column.letters, column.name);
    html! {
        select name=(name) aria-label=(ctx.t_args("tables-library-field-of", &[("column", said.as_str().into())])) {
            option value="" { (ctx.t("tables-library-nowhere")) }
            @for target in &seen.targets {
                option value=(target.key) selected[chosen == Some(&target.key)] {
                    (say(ctx, &target.name)) @if target.required { " *" }
                }
            }
        }
        @if column.unit_unsaid {
            " "
            select name=(unit) aria-label=(ctx.t_args("tables-library-unit-of", &[("column", said.as_str().into())])) {
                option value="yuan" selected[!wan] { (ctx.t("unit-yuan")) }
                option value="wan" selected[wan] { (ctx.t("unit-wan")) }
            }
        }
    }
}

fn whole(seat: &Seat, matching: &Matching, target: &Target) -> Markup {
    let ctx = &seat.ctx;
    let name = format!("{WHOLE}{}", target.key);
    let value = matching.whole.get(&target.key).map_or("", String::as_str);
    let members = target.members(&seat.viewer.pack);
    let label = say(ctx, &target.name);
    if members.is_empty() {
        return Field::text(&name, label).size(Size::Long).value(value).html(ctx);
    }
    let options: Vec<Opt> = members.iter().map(|(id, name)| Opt::new(id, say(ctx, name))).collect();
    Choice::select(&name, label, &options).chosen(value).html(ctx)
}

/// Every comparison; those that differ are marked.
pub fn checks(ctx: &Ctx, checks: &[TableCheck]) -> Markup {
    let heads = vec![
        Head::text(ctx.t("tables-cell")),
        Head::text(ctx.t("tables-total-kind")),
        Head::text(ctx.t("tables-library-comparison")),
        Head::text(ctx.t("tables-agrees")),
    ];
    let mut table = DataTable::new("checks", ctx.t("tables-library-checks"), heads).quiet_caption();
    for check in checks.iter().take(CHECKS_SHOWN) {
        let agrees = match check.agrees {
            Agrees::Yes => badge(Badge::Green, &ctx.t("tables-total-yes")),
            Agrees::No => badge(Badge::Red, &ctx.t("tables-total-no")),
            Agrees::Open => badge(Badge::Grey, &ctx.t("tables-total-open")),
        };
        let cells = vec![
            html! { (check.cell) },
            html! { (say(ctx, &check.kind)) },
            html! { (say(ctx, &check.says)) },
            agrees,
        ];
        table = if check.agrees == Agrees::No { table.marked_row(cells) } else { table.row(cells) };
    }
    html! { p.hint { (ctx.t("tables-library-checks-about")) } (table.html()) }
}

fn rows(ctx: &Ctx, seen: &LibraryPreview) -> Markup {
    let heads = vec![
        Head::text(ctx.t("tables-row")),
        Head::text(ctx.t("lib-project")),
        Head::text(ctx.t("tables-library-fate")),
        Head::text(ctx.t("tables-library-without")),
    ];
    let mut table = DataTable::new("rows", ctx.t("tables-library-rows"), heads).quiet_caption();
    for row in &seen.rows {
        table = table.row(vec![
            html! { span.day { (row.row) } },
            html! {
                (ctx.zh(&row.title))
                p.hint {
                    @for (at, (name, text)) in row.shown.iter().skip(1).enumerate() {
                        @if at > 0 { "；" }
                        (say(ctx, name)) " " (say(ctx, text))
                    }
                    @if !row.remarks.is_empty() { "（" (row.remarks.join("；")) "）" }
                }
            },
            fate(ctx, &row.fate),
            without(ctx, seen, row),
        ]);
    }
    table.html()
}

fn fate(ctx: &Ctx, fate: &Fate) -> Markup {
    match fate {
        Fate::Filed => badge(Badge::Green, &ctx.t("tables-library-filed")),
        Fate::Draft { lacks, why } => html! {
            (badge(Badge::Amber, &ctx.t("tables-library-draft")))
            @if let Some(why) = why { p.hint { (say(ctx, why)) } }
            @if !lacks.is_empty() {
                (details(&ctx.t_args("tables-library-lacks", &[("count", lacks.len().into())]), html! {
                    @for (at, name) in lacks.iter().enumerate() { @if at > 0 { "、" } (say(ctx, name)) }
                }))
            }
        },
        Fate::Left { why, .. } => html! {
            (badge(Badge::Grey, &ctx.t("tables-library-left")))
            p.hint { (say(ctx, why)) }
        },
    }
}

fn without(ctx: &Ctx, seen: &LibraryPreview, row: &RowPlan) -> Markup {
    let own = matches!(row.fate, Fate::Left { chosen: false, .. });
    let id = format!("{WITHOUT}-{}", row.row);
    html! {
        @if !own {
            div.option {
                input type="checkbox" id=(id) name=(WITHOUT) value=(row.row) checked[seen.matching.without.contains(&row.row)];
                label for=(id) { span.sr-only { (ctx.t("tables-library-without-word")) " " (row.title) } }
            }
        }
    }
}

/// Confirm, take the marked file, or give up.
fn next(ctx: &Ctx, seen: &LibraryPreview, findings: &Findings) -> Markup {
    let ready = seen.is_ready();
    let boxes = [Opt::new("yes", ctx.t("tables-library-looked"))];
    let question = ctx.t("tables-library-differs");
    let (filed, drafts, _) = seen.counts();
    html! {
        @if ready && seen.table.differs() {
            (Choice::checkboxes(LOOKED, &question, &boxes).error(findings.at(LOOKED)).html(ctx))
        }
        @if ready {
            p { (ctx.t_args("tables-library-says", &[("filed", filed.into()), ("drafts", drafts.into())])) }
        } @else { p { (ctx.t("tables-mend-first")) } }
        (actions(html! {
            @if ready { (button::primary(&ctx.t("tables-confirm"), "import")) }
            @if !seen.findings.is_empty() { (button::secondary(&ctx.t("tables-marked"), "marked")) }
            (button::link(HERE, &ctx.t("tables-start-again")))
        }))
    }
}
