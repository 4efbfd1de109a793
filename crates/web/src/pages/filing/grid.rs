//! A table of the pack to fill in: growing, or fixed rows by twelve months. The same markup as `ui::FormTable`, with columns
//! known only when the program runs, sums from the form's check, and pasting for both.

use app::view::filing::{cell_text, unit_of};
use app::view::pack::{Column, FieldType, FormCheck, FormData, MoneyUnit, MonthsDef, Pack, Part, TableDef};
use kernel::Money;
use maud::{Markup, html};

use super::fields::{Drawing, members};
use super::typed::{cell_name, keep_key};
use crate::ctx::Ctx;
use crate::ui::{Opt, icon, id_of};

/// A growing table.
pub fn growing(ctx: &Ctx, drawing: Drawing<'_>, check: &FormCheck, def: &TableDef) -> Markup {
    let part = drawing.part;
    // There is always a row to type into.
    let rows = drawing.data.rows(&part.id).len().max(1);
    let totals = def.columns.iter().any(|column| column.total);
    let id = id_of(&part.id);
    html! {
        div.form-table id=(id) data-part=(part.id) data-table=(part.id) {
            (about(ctx, part, None))
            @if let Some(error) = drawing.findings.at(&part.id) { p.field-error id={ (id) "-error" } { (error) } }
            div.scroll role="region" tabindex="0" aria-labelledby={ (id) "-caption" } {
                table.fill {
                    caption.sr-only id={ (id) "-caption" } { (ctx.pick(&part.name.zh, &part.name.en)) }
                    thead { tr {
                        th.row-number scope="col" { (ctx.t("row-number")) }
                        @for column in &def.columns {
                            th scope="col" .broad[column.field.ty == FieldType::LongText] .usual[is_text(column)] .amount[is_number(column)] { (heading(ctx, drawing.pack, column)) }
                        }
                        th.row-tools scope="col" { (ctx.t("row-tools")) }
                    } }
                    tbody { @for row in 0..rows { (line(ctx, drawing, check, def, row)) } }
                    @if totals { tfoot { tr {
                        th.row-number scope="row" { (ctx.t("total")) }
                        @for column in &def.columns { (total(ctx, drawing.pack, part, check, column)) }
                        td.row-tools.empty {}
                    } } }
                }
            }
            (tools(ctx, part, &id, rows, true))
        }
    }
}

/// A line above the table: its unit, what is meant, the clause.
fn about(ctx: &Ctx, part: &Part, unit: Option<&app::view::pack::Words>) -> Markup {
    html! {
        p.hint.table-about {
            @if let Some(unit) = unit { (ctx.t("filed-unit")) (ctx.pick(&unit.zh, &unit.en)) " · " }
            @if let Some(hint) = &part.hint { (ctx.pick(&hint.zh, &hint.en)) " · " }
            (crate::ui::cite(&part.cite.to_string()))
        }
    }
}

fn is_text(column: &Column) -> bool {
    matches!(column.field.ty, FieldType::Text | FieldType::Enum(_))
}

fn is_number(column: &Column) -> bool {
    matches!(
        column.field.ty,
        FieldType::Money(_) | FieldType::Ratio | FieldType::Count(_) | FieldType::Quantity
    )
}

/// The heading as printed, with its unit: 总金额（元）.
fn heading(ctx: &Ctx, pack: &Pack, column: &Column) -> String {
    let name = ctx.pick(&column.field.name.zh, &column.field.name.en);
    let unit = match &column.field.ty {
        FieldType::Ratio => Some("%".to_owned()),
        ty => unit_of(pack, ty).map(|unit| ctx.pick(&unit.zh, &unit.en).to_owned()),
    };
    unit.map_or_else(|| name.to_owned(), |unit| format!("{name}（{unit}）"))
}

fn line(ctx: &Ctx, drawing: Drawing<'_>, check: &FormCheck, def: &TableDef, row: usize) -> Markup {
    let label = ctx.t_args("row-label", &[("number", (row + 1).into())]);
    html! {
        tr {
            th.row-number scope="row" { (row + 1) }
            @for column in &def.columns { (cell(ctx, drawing, check, column, row, &label)) }
            td.row-tools {
                button.button.quiet type="submit" name="act" value={ "delete:" (drawing.part.id) ":" (row) } {
                    (icon::BIN) span { (ctx.t("row-delete")) } span.sr-only { (label) }
                }
            }
        }
    }
}

fn cell(
    ctx: &Ctx,
    drawing: Drawing<'_>,
    check: &FormCheck,
    column: &Column,
    row: usize,
    label: &str,
) -> Markup {
    let (part, field) = (drawing.part, &column.field);
    let name = cell_name(&part.id, row, &field.id);
    let text = drawing.data.get(&part.id, Some(row + 1), &field.id);
    let heading = heading(ctx, drawing.pack, column);
    let about = format!("{heading}, {label}");
    let error = drawing.findings.at(&name);
    let warning = drawing.warnings.at(&name);
    let computed = column.computed.as_ref().and_then(|_| {
        let canonical = check.computed.get(&format!("{}:{}.{}", part.id, row + 1, field.id));
        Some(shown_amount(&field.ty, canonical?))
    });
    html! {
        td data-label=(heading) .amount[is_number(column)] .has-error[error.is_some()] {
            @if column.computed.is_some() && error.is_none() && (text.is_empty() || computed.is_some()) {
                output.computed id=(id_of(&name)) data-part=(name) aria-label=(about) { (computed.unwrap_or_default()) }
            } @else {
                (input(ctx, drawing, field, &name, text, &about, error.is_some()))
            }
            @if let Some(error) = error { p.field-error id={ (id_of(&name)) "-error" } { (error) } }
            @if let Some(warning) = warning { p.hint { (warning) } }
        }
    }
}

fn input(
    ctx: &Ctx,
    drawing: Drawing<'_>,
    field: &app::view::pack::Field,
    name: &str,
    text: &str,
    about: &str,
    wrong: bool,
) -> Markup {
    let id = id_of(name);
    let described = wrong.then(|| format!("{id}-error"));
    let invalid = wrong.then_some("true");
    let shown = cell_text(drawing.pack, field, text);
    let kept = shown.sealed && shown.text.zh != "******";
    let options: Option<Vec<Opt>> = match &field.ty {
        FieldType::Enum(list) => Some(members(ctx, drawing.pack, list)),
        FieldType::Bool => {
            Some(vec![Opt::new("true", ctx.t("filing-yes")), Opt::new("false", ctx.t("filing-no"))])
        }
        _ => None,
    };
    html! {
        @if let Some(options) = options {
            select id=(id) name=(name) aria-label=(about) aria-invalid=[invalid] aria-describedby=[described] {
                option value="" { (ctx.t("please-choose")) }
                @for option in &options {
                    option value=(option.value) selected[option.value == text] { (option.label) }
                }
                @if !text.is_empty() && options.iter().all(|option| option.value != text) {
                    option value=(text) selected { (text) }
                }
            }
        } @else {
            input.number[mode(&field.ty) != "text"] id=(id) name=(name) type=(kind(&field.ty, text)) inputmode=(mode(&field.ty))
                value=(if kept { "" } else { text }) placeholder=[kept.then_some(shown.text.zh.as_str())] aria-label=(about)
                autocomplete="off" aria-invalid=[invalid] aria-describedby=[described];
            @if kept {
                @let (start, _) = name.rsplit_once('.').unwrap_or((name, ""));
                input type="hidden" name={ (start) "." (keep_key(&field.id)) } value=(text);
            }
        }
    }
}

fn kind(ty: &FieldType, text: &str) -> &'static str {
    let iso = text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() });
    if *ty == FieldType::Date && (text.is_empty() || iso) { "date" } else { "text" }
}

fn mode(ty: &FieldType) -> &'static str {
    match ty {
        FieldType::Money(_) | FieldType::Ratio | FieldType::Quantity => "decimal",
        FieldType::Count(_) | FieldType::Year => "numeric",
        FieldType::Phone => "tel",
        _ => "text",
    }
}

/// A computed value in the unit of its heading; money comes in yuan.
fn shown_amount(ty: &FieldType, canonical: &str) -> String {
    match (ty, Money::parse_yuan(canonical)) {
        (FieldType::Money(MoneyUnit::Yuan), Ok(money)) => money.grouped(),
        (FieldType::Money(MoneyUnit::Wan), Ok(money)) => money.wan(),
        _ => canonical.to_owned(),
    }
}

fn total(ctx: &Ctx, pack: &Pack, part: &Part, check: &FormCheck, column: &Column) -> Markup {
    let sum = check.computed.get(&format!("{}.{}", part.id, column.field.id)).filter(|_| column.total);
    let sum = sum.map_or_else(String::new, |canonical| shown_amount(&column.field.ty, canonical));
    html! {
        td.total data-label=(heading(ctx, pack, column)) .amount[is_number(column)] .empty[sum.is_empty()]
            data-part={ (part.id) ".total." (column.field.id) } { (sum) }
    }
}

/// Fixed rows by twelve months.
pub fn months(ctx: &Ctx, drawing: Drawing<'_>, check: &FormCheck, def: &MonthsDef) -> Markup {
    let part = drawing.part;
    let id = id_of(&part.id);
    let ty = FieldType::Money(def.unit);
    let unit = unit_of(drawing.pack, &ty).unwrap_or_default();
    let sum = |key: String| check.computed.get(&key).map_or_else(String::new, |text| shown_amount(&ty, text));
    let month = |number: usize| ctx.t_args("month-number", &[("month", number.into())]);
    html! {
        div.form-table id=(id) data-part=(part.id) data-table=(part.id) {
            (about(ctx, part, Some(&unit)))
            div.scroll role="region" tabindex="0" aria-labelledby={ (id) "-caption" } {
                table.fill.fixed {
                    caption.sr-only id={ (id) "-caption" } { (ctx.pick(&part.name.zh, &part.name.en)) }
                    thead { tr {
                        th.row-number scope="col" { (ctx.t("filed-kind")) }
                        @for number in 1..=12 { th.narrow.amount scope="col" { (month(number)) } }
                        th.narrow.amount scope="col" { (ctx.t("total")) }
                    } }
                    tbody {
                        @for (row, fixed) in def.rows.iter().enumerate() {
                            @let label = ctx.pick(&fixed.name.zh, &fixed.name.en);
                            tr {
                                th.row-number scope="row" { (label) }
                                @for number in 1..=12 { (month_cell(ctx, drawing, row, number, &format!("{}, {label}", month(number)))) }
                                td.amount { output.computed data-part={ (part.id) ".sum." (fixed.id) } aria-label={ (ctx.t("total")) ", " (label) } { (sum(format!("{}.{}", part.id, fixed.id))) } }
                            }
                        }
                    }
                    tfoot { tr {
                        th.row-number scope="row" { (ctx.t("total")) }
                        @for number in 1..=12 { td.total.amount data-part={ (part.id) ".total.m" (number) } { (sum(format!("{}.m{number}", part.id))) } }
                        td.total.amount data-part={ (part.id) ".total" } { (sum(format!("{}.total", part.id))) }
                    } }
                }
            }
            (tools(ctx, part, &id, def.rows.len(), false))
        }
    }
}

fn month_cell(ctx: &Ctx, drawing: Drawing<'_>, row: usize, month: usize, about: &str) -> Markup {
    let column = format!("m{month}");
    let name = cell_name(&drawing.part.id, row, &column);
    let text = month_text(drawing.data, drawing.part, row, &column);
    let error = drawing.findings.at(&name);
    let id = id_of(&name);
    let number = ctx.t_args("month-number", &[("month", month.into())]);
    html! {
        td.amount data-label=(number) .has-error[error.is_some()] {
            input.number id=(id) name=(name) type="text" inputmode="decimal" value=(text) aria-label=(about) autocomplete="off"
                aria-invalid=[error.map(|_| "true")] aria-describedby=[error.map(|_| format!("{id}-error"))];
            @if let Some(error) = error { p.field-error id={ (id) "-error" } { (error) } }
        }
    }
}

fn month_text<'d>(data: &'d FormData, part: &Part, row: usize, column: &str) -> &'d str {
    data.get(&part.id, Some(row + 1), column)
}

fn tools(ctx: &Ctx, part: &Part, id: &str, rows: usize, grows: bool) -> Markup {
    html! {
        div.table-tools {
            @if grows {
                button.button type="submit" name="act" value={ "add:" (part.id) } { (icon::PLUS) (ctx.t("row-add")) }
            }
            details {
                summary { (ctx.t("paste-title")) }
                label for={ (id) "-paste" } { @if grows { (ctx.t("filing-paste-label")) } @else { (ctx.t("filing-paste-months")) } }
                textarea id={ (id) "-paste" } name={ "paste." (part.id) } rows="4" {}
                @let at = if grows { rows } else { 0 };
                button.button type="submit" name="act" value={ "paste:" (part.id) ":" (at) ":0" } { (ctx.t("paste-do")) }
            }
        }
    }
}
