//! A notice as an official paper: the same words, masks and rows as the page, typeset.

use app::print::{Block, Column, Document, Look, Table, Width};
use app::tables::NoticeTable;
use app::view::pack::Words;
use app::view::{NoticePage, ObjectionSaid};
use axum::extract::{Path, Query, State};
use axum::response::Response;

use super::law::plain;
use super::notice::{in_yuan, load, opening_rest};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::pages::pdf;
use crate::state::AppState;
use crate::submitted::Submitted;

/// So many characters of a title fit into a line, on a paper as on a board.
const LINE: usize = 18;

/// The notice of an address as PDF.
pub(super) async fn send(
    State(state): State<AppState>,
    ctx: Ctx,
    Path(of): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let query: Submitted = pairs.into_iter().collect();
    let notice = load(&state, &ctx, &of, query.get("number"))?;
    pdf(&state, &ctx, &notice.number, document(&ctx, &notice)).await
}

/// The title on paper: the name of the project has a line of its own where both do not fit into one.
pub(super) fn title(ctx: &Ctx, notice: &NoticePage) -> String {
    let title = plain(ctx, &notice.title);
    match title.split_once('：') {
        Some((kind, name)) if title.chars().count() > LINE => format!("{kind}：\n{name}"),
        _ => title.to_owned(),
    }
}

/// The paper of a notice.
pub(in crate::pages) fn document(ctx: &Ctx, notice: &NoticePage) -> Document {
    let issuers: Vec<&str> = notice.issuers.iter().map(|issuer| plain(ctx, issuer)).collect();
    let mut document = Document::new(Look::Official, title(ctx, notice), notice.posted)
        .language(ctx.printed())
        .number(notice.number.as_str())
        .issuer(issuers.join("、"))
        .push(Block::paragraph(opening(ctx, notice)))
        .push(Block::paragraph(window(ctx, notice)));
    if notice.running.is_open() {
        let last = ctx.date(notice.last);
        document =
            document.push(Block::paragraph(ctx.t_args("notice-how-to-object", &[("last", last.into())])));
    }
    let said = |text: &Words| plain(ctx, text).to_owned();
    let facts = notice.fields.iter().map(|(column, cell)| (said(&column.name), said(&cell.text)));
    let places = notice.postings.iter().map(|(place, address)| {
        (ctx.t("notice-posted-at"), format!("{place} {address}").trim_end().to_owned())
    });
    let photographs = notice.photographs.iter().map(|name| (ctx.t("notice-photograph"), name.clone()));
    for (name, text) in facts.chain(places).chain(photographs) {
        document = document.push(Block::paragraph(
            ctx.t_args("label-and-text", &[("label", name.into()), ("text", text.into())]),
        ));
    }
    if !notice.items.is_empty() {
        document = document.push(table(ctx, notice));
    }
    if let Some(posted) = &notice.table {
        document = document.push(posted_table(ctx, posted));
    }
    let answers = answers(ctx, notice);
    if !answers.is_empty() {
        document = document.push(Block::heading(1, ctx.t("notice-answers"))).push(Block::counted(answers));
    }
    document.push(Block::closing(issuers, notice.posted))
}

fn opening(ctx: &Ctx, notice: &NoticePage) -> String {
    let title = plain(ctx, &notice.pack.title);
    let cite = notice.cite.as_ref().map(|cite| ctx.pick(&cite.to_string(), &cite.en()).to_owned());
    [
        ctx.t_args("notice-opening", &[("title", title.into())]),
        cite.unwrap_or_default(),
        opening_rest(ctx, notice),
    ]
    .concat()
}

pub(super) fn window(ctx: &Ctx, notice: &NoticePage) -> String {
    let term = notice.term.map(|term| ctx.pick(&term.to_string(), &term.en()).to_owned()).unwrap_or_default();
    let (posted, first, last) = (ctx.date(notice.posted), ctx.date(notice.first), ctx.date(notice.last));
    ctx.t_args(
        "notice-window",
        &[("posted", posted.into()), ("first", first.into()), ("last", last.into()), ("term", term.into())],
    )
}

fn table(ctx: &Ctx, notice: &NoticePage) -> Table {
    let is_amount = |at: usize| {
        notice.items.iter().any(|item| item.cells.get(at).is_some_and(|cell| cell.money.is_some()))
    };
    let named = notice.columns.iter().enumerate().map(|(at, column)| {
        let name = plain(ctx, &column.name);
        if is_amount(at) { Column::amount(name) } else { Column::text(name) }
    });
    let number = Column::short(ctx.t("row-number")).width(Width::Fit);
    let mut table = Table::new(std::iter::once(number).chain(named)).caption(ctx.t("notice-items"));
    for (at, item) in notice.items.iter().enumerate() {
        let cells = item.cells.iter().map(|cell| plain(ctx, &cell.text).to_owned());
        table = table.row(std::iter::once((at + 1).to_string()).chain(cells));
    }
    match notice.total.filter(|_| notice.items.len() > 1) {
        None => table,
        Some(total) => {
            let sum = |at| {
                if is_amount(at) { in_yuan(ctx, total) } else { String::new() }
            };
            table.totals(std::iter::once(ctx.t("total")).chain((0..notice.columns.len()).map(sum)))
        }
    }
}

/// The table that was posted beside the notice, as the office printed it.
fn posted_table(ctx: &Ctx, posted: &NoticeTable) -> Table {
    let columns = posted.heads.iter().enumerate().map(|(at, head)| {
        if posted.amounts.contains(&at) { Column::amount(head) } else { Column::text(head) }
    });
    let caption = ctx.t_args("notice-table", &[("file", posted.file.as_str().into())]);
    let table = Table::new(columns).caption(caption);
    posted.rows.iter().fold(table, |table, row| table.row(row.cells.iter().cloned()))
}

/// Objections with their answers; who objected is never said.
fn answers(ctx: &Ctx, notice: &NoticePage) -> Vec<String> {
    let of_all = notice.objections.iter().map(|one| (ctx.t("notice-objection-to-all"), one));
    let of_items = notice.items.iter().enumerate().flat_map(|(at, item)| {
        let to = ctx.t_args("notice-objection-to", &[("number", (at + 1).into())]);
        item.objections.iter().map(move |one| (to.clone(), one))
    });
    of_all.chain(of_items).map(|(to, one)| said(ctx, &to, one)).collect()
}

fn said(ctx: &Ctx, to: &str, one: &ObjectionSaid) -> String {
    let came = ctx.t_args("notice-objection-on", &[("date", ctx.date(one.on).into())]);
    let result = match &one.answer {
        None => ctx.t("notice-being-answered"),
        Some((upheld, text, on)) => {
            let outcome = if *upheld { "notice-upheld" } else { "notice-not-upheld" };
            format!("{} {text} {}", ctx.t(outcome), ctx.date(*on))
        }
    };
    format!("{to} {came} {result}")
}
