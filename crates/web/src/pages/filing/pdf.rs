//! `/cases/{id}/form.pdf`: a form as it was filed, as a PDF to print and to sign; and a form as blocks, for the documents that
//! hold one.

use app::print::{Block, Cell, Column, Document, Grid, Look, Row, Signature, Table, Width};
use app::view::filing::{FieldShown, FiledForm, FiledPart, FormWanted, OpinionShown, PartBody, TableShown};
use app::view::pack::PartState;
use axum::extract::{Path, Query};
use axum::response::Response;
use kernel::id::CaseId;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::pages::pdf;
use crate::pages::shared::{id, say, shown};
use crate::state::Seat;
use crate::submitted::Submitted;

/// A table with more columns lies across the sheet.
const COLUMNS_MAX: usize = 8;
/// A text of more characters than this takes the whole width.
const HALF_CHARS_MAX: usize = 20;
/// A label of more characters than this takes the whole width.
const LABEL_CHARS_MAX: usize = 16;
/// Room for an opinion that is still to be written, in millimetres.
const OPINION_MM: u16 = 42;

/// A filed form: the latest version, `?version=2`, another form of the case `&of=plan`, or the form of a step `?step=3`.
pub async fn send(
    seat: Seat,
    Path(case): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let query: Submitted = pairs.into_iter().collect();
    let case: CaseId = id(&case)?;
    let form = if query.get("step").is_empty() {
        let version = match query.get("version") {
            "" => None,
            text => Some(id(text)?),
        };
        let wanted = FormWanted { of: query.get("of").to_owned(), version, with: None };
        shown(ctx, seat.app().filed_as_wanted(&seat.viewer, case, &wanted))?
    } else {
        shown(ctx, seat.app().form_of_step(&seat.viewer, case, id(query.get("step"))?))?
    };
    let number = shown(ctx, seat.app().case_page(&seat.viewer, case))?.case.number;
    pdf(&seat.state, ctx, &format!("{number}-{}", say(ctx, &form.name)), document(ctx, &form)).await
}

/// The form as a document of its own, with the list of its papers.
pub fn document(ctx: &Ctx, form: &FiledForm) -> Document {
    let mut document =
        Document::new(Look::Form, say(ctx, &form.name), form.on).language(ctx.printed()).header(&*form.title);
    if let Some(print) = &form.print {
        document = document.number(say(ctx, print));
    }
    if !form.number.is_empty() {
        document = document.fact(ctx.t("case-number"), &*form.number);
    }
    if form.version > 0 {
        let version = ctx.t_args("case-version-n", &[("n", i64::from(form.version).into())]);
        document = document.fact(ctx.t("case-version"), version);
    }
    document = document.fact(ctx.t("case-filed-on"), ctx.date(form.on));
    blocks(ctx, form).into_iter().chain(papers(ctx, form)).fold(document, Document::push)
}

/// The parts of a form in printed order; what does not apply is left out.
pub fn blocks(ctx: &Ctx, form: &FiledForm) -> Vec<Block> {
    let parts = form.parts.iter().filter(|part| part.state != PartState::NotApplicable);
    parts.flat_map(|part| of_part(ctx, part)).collect()
}

fn of_part(ctx: &Ctx, part: &FiledPart) -> Vec<Block> {
    let name = say(ctx, &part.name);
    let mut blocks = match &part.body {
        PartBody::Table(table) if table.columns.len() > COLUMNS_MAX => {
            vec![of_table(ctx, table).caption(name).across().into()]
        }
        PartBody::Table(table) => vec![Block::heading(3, name), of_table(ctx, table).into()],
        // What an office said stands for the fields that it would fill by hand.
        PartBody::Fields(_) if part.by.is_some() && !part.opinions.is_empty() => {
            vec![Block::heading(3, name)]
        }
        PartBody::Fields(fields) => vec![Block::heading(3, name), of_fields(ctx, fields).into()],
    };
    if part.by.is_some() {
        blocks.push(opinions(ctx, part).into());
    }
    blocks
}

/// Labels and values in two pairs a line; long texts over the whole width.
fn of_fields(ctx: &Ctx, fields: &[FieldShown]) -> Grid {
    let mut grid = Grid::new([16, 27, 16, 27]);
    let mut waiting: Option<[Cell; 2]> = None;
    for field in fields {
        let text = value(ctx, field);
        let name = say(ctx, &field.name);
        let long =
            field.wide || text.chars().count() > HALF_CHARS_MAX || name.chars().count() > LABEL_CHARS_MAX;
        let pair = [Cell::label(name), Cell::value(text)];
        match (waiting.take(), long) {
            (None, false) => waiting = Some(pair),
            (Some(before), false) => grid = grid.row(Row::of(before.into_iter().chain(pair))),
            (before, true) => grid = before.into_iter().chain([pair]).fold(grid, whole),
        }
    }
    waiting.into_iter().fold(grid, whole)
}

fn whole(grid: Grid, [label, value]: [Cell; 2]) -> Grid {
    grid.row(Row::of([label, value.over(3)]))
}

fn value(ctx: &Ctx, field: &FieldShown) -> String {
    let text = say(ctx, &field.cell.text);
    match &field.unit {
        Some(unit) if !text.is_empty() => format!("{text} {}", say(ctx, unit)),
        _ => text.to_owned(),
    }
}

fn of_table(ctx: &Ctx, shown: &TableShown) -> Table {
    let first = if shown.months {
        Column::text(ctx.t("filed-kind")).width(Width::Fit)
    } else {
        Column::short(ctx.t("row-number"))
    };
    let wide = shown.columns.len() > COLUMNS_MAX;
    let columns = shown.columns.iter().map(|column| {
        let name = match column.unit.as_ref().filter(|_| !shown.months) {
            Some(unit) => format!("{}\n（{}）", say(ctx, &column.name), say(ctx, unit)),
            None => say(ctx, &column.name).to_owned(),
        };
        match (column.number, wide) {
            (true, false) => Column::amount(name),
            (true, true) => Column::amount(name).width(Width::Share(1)),
            (false, _) => Column::text(name),
        }
    });
    let mut table = Table::new(std::iter::once(first).chain(columns));
    for row in &shown.rows {
        let cells = row.cells.iter().map(|cell| say(ctx, &cell.text));
        table = table.row(std::iter::once(say(ctx, &row.label)).chain(cells));
    }
    if shown.rows.is_empty() {
        table = table.note(ctx.t("filed-no-rows"));
    }
    if !shown.totals.is_empty() {
        table = table.totals(std::iter::once(ctx.t("total")).chain(shown.totals.iter().cloned()));
    }
    match shown.columns.first().and_then(|column| column.unit.as_ref()).filter(|_| shown.months) {
        Some(unit) => table.unit(format!("{}{}", ctx.t("filed-unit"), say(ctx, unit))),
        None => table,
    }
}

/// What the office of a part said, or room for it.
fn opinions(ctx: &Ctx, part: &FiledPart) -> Grid {
    let by = part.by.as_ref().map_or("", |by| say(ctx, by));
    if part.opinions.is_empty() {
        let sign = Signature::default()
            .line(ctx.t_args("print-seal-of", &[("unit", by.into())]), "")
            .line(ctx.t("print-signed"), "");
        let cell = Cell::opinion(ctx.t_args("print-opinion-of", &[("unit", by.into())]), "", sign);
        return Grid::new([1]).row(Row::of([cell]).at_least(OPINION_MM));
    }
    part.opinions.iter().fold(Grid::new([1]), |grid, said| grid.row(Row::of([opinion(ctx, said)])))
}

fn opinion(ctx: &Ctx, said: &OpinionShown) -> Cell {
    let step = say(ctx, &said.step);
    let heading = match &said.outcome {
        Some(outcome) => format!("{step}（{}）", say(ctx, outcome)),
        None => step.to_owned(),
    };
    let sign = Signature::default().line(ctx.t("print-handled"), &*said.person).on(said.on);
    Cell::opinion(heading, &*said.text, sign)
}

/// The papers handed in with a form, with the digest that tells each file from any other.
fn papers(ctx: &Ctx, form: &FiledForm) -> Vec<Block> {
    if form.papers.is_empty() {
        return Vec::new();
    }
    let columns = [
        Column::short(ctx.t("row-number")),
        Column::text(ctx.t("case-paper")),
        Column::text(ctx.t("case-file")),
        Column::text(ctx.t("print-digest")).width(Width::Mm(62)),
    ];
    let table = form.papers.iter().enumerate().fold(Table::new(columns), |table, (at, paper)| {
        table.row([
            (at + 1).to_string(),
            say(ctx, &paper.name).to_owned(),
            paper.file.clone(),
            paper.hash.to_string(),
        ])
    });
    vec![Block::heading(3, ctx.t("filed-papers")), table.into()]
}
