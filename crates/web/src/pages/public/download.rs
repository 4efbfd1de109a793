//! A notice as data: CSV that a spreadsheet opens, JSON for programs. The same cells as the page, the same masks.

use app::rows::NoticeOf;
use app::tables::NoticeTable;
use app::view::{NoticeCell, NoticeColumn, NoticePage, ObjectionSaid};
use axum::extract::{Path, Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use super::notice::load;
use crate::cookies::encode;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::state::AppState;
use crate::submitted::Submitted;

/// The rows as CSV, with a byte order mark, so that Chinese opens rightly in a spreadsheet.
pub(super) async fn csv(
    State(state): State<AppState>,
    ctx: Ctx,
    Path(of): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let query: Submitted = pairs.into_iter().collect();
    let notice = load(&state, &ctx, &of, query.get("number"))?;
    Ok(file(&notice, "csv", "text/csv; charset=utf-8", csv_text(&notice)))
}

/// The whole notice as JSON.
pub(super) async fn json(
    State(state): State<AppState>,
    ctx: Ctx,
    Path(of): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let query: Submitted = pairs.into_iter().collect();
    let notice = load(&state, &ctx, &of, query.get("number"))?;
    Ok(file(&notice, "json", "application/json", format!("{:#}\n", json_value(&notice))))
}

fn file(notice: &NoticePage, extension: &str, kind: &'static str, text: String) -> Response {
    let plain = format!("notice-{}.{extension}", notice.address());
    attached(kind, &plain, &format!("{}.{extension}", notice.number), text)
}

/// A file to be kept: its plain name, the name in any characters, what is in it.
pub(super) fn attached(
    kind: &'static str,
    plain: &str,
    name: &str,
    body: impl Into<axum::body::Body>,
) -> Response {
    let mut response = ([(CONTENT_TYPE, HeaderValue::from_static(kind))], body.into()).into_response();
    let name = encode(name);
    if let Ok(value) =
        HeaderValue::from_str(&format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{name}"))
    {
        response.headers_mut().insert(CONTENT_DISPOSITION, value);
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

pub(super) fn csv_text(notice: &NoticePage) -> String {
    let mut text = String::from("\u{feff}");
    if let NoticeOf::Case(_) = notice.about {
        let days = [notice.posted, notice.first, notice.last].map(|day| day.to_string());
        let heads = ["公示编号", "发布日期", "起算日期", "截止日期"].map(str::to_owned);
        let names = notice.fields.iter().map(|(column, _)| column.name.zh.clone());
        push_line(&mut text, heads.into_iter().chain(names));
        let cells = notice.fields.iter().map(|(_, cell)| data(cell));
        push_line(&mut text, std::iter::once(notice.number.clone()).chain(days).chain(cells));
        if let Some(table) = &notice.table {
            push_line(&mut text, std::iter::empty());
            push_line(&mut text, table.heads.iter().cloned());
            table.rows.iter().for_each(|row| push_line(&mut text, row.cells.iter().cloned()));
        }
        return text;
    }
    let heads =
        std::iter::once("序号".to_owned()).chain(notice.columns.iter().map(|column| column.name.zh.clone()));
    push_line(&mut text, heads);
    for (at, item) in notice.items.iter().enumerate() {
        let cells = item.cells.iter().map(data);
        push_line(&mut text, std::iter::once((at + 1).to_string()).chain(cells));
    }
    text
}

/// A cell as data: an amount in yuan without grouping.
fn data(cell: &NoticeCell) -> String {
    cell.money.map_or_else(|| cell.text.zh.clone(), |money| money.to_string())
}

pub(super) fn push_line(text: &mut String, cells: impl Iterator<Item = String>) {
    let cells: Vec<String> = cells.map(|cell| quoted(&cell)).collect();
    text.push_str(&cells.join(","));
    text.push_str("\r\n");
}

/// A cell in quotes where it must be; one that a spreadsheet would take for a formula begins with an apostrophe.
pub(super) fn quoted(cell: &str) -> String {
    let safe =
        if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() };
    if safe.contains([',', '"', '\n', '\r']) { format!("\"{}\"", safe.replace('"', "\"\"")) } else { safe }
}

pub(super) fn json_value(notice: &NoticePage) -> Value {
    let rows: Vec<Value> = notice
        .items
        .iter()
        .map(|item| {
            let cells = notice
                .columns
                .iter()
                .zip(&item.cells)
                .map(|(column, cell)| (column.key.clone(), Value::String(data(cell))));
            Value::Object(cells.collect::<Map<String, Value>>())
        })
        .collect();
    let columns: Map<String, Value> = notice
        .columns
        .iter()
        .map(|column| (column.key.clone(), Value::String(column.name.zh.clone())))
        .collect();
    let pair = |(name, text): &(String, String)| json!({ "place": name, "address": text });
    let field = |(column, cell): &(NoticeColumn, NoticeCell)| json!({ "key": column.key, "name": column.name.zh, "text": data(cell) });
    let of_items = notice
        .items
        .iter()
        .enumerate()
        .flat_map(|(at, item)| item.objections.iter().map(move |one| (at + 1, one)));
    let objections = notice
        .objections
        .iter()
        .map(|one| objection(None, one))
        .chain(of_items.map(|(row, one)| objection(Some(row), one)));
    json!({
        "about": notice.about.key(),
        "number": notice.number,
        "title": notice.title.zh,
        "year": notice.year,
        "policy": { "id": notice.pack.id, "edition": notice.pack.edition, "hash": notice.pack.hash },
        "article": notice.cite.as_ref().map(ToString::to_string),
        "posted": notice.posted.to_string(),
        "first_day": notice.first.to_string(),
        "last_day": notice.last.to_string(),
        "last_day_loose": notice.loose_last.map(|day| day.to_string()),
        "provisional": notice.provisional,
        "postings": notice.postings.iter().map(pair).collect::<Vec<_>>(),
        "fields": notice.fields.iter().map(field).collect::<Vec<_>>(),
        "columns": columns,
        "rows": rows,
        "total": notice.total.map(|money| money.to_string()),
        "table": notice.table.as_ref().map(posted_table),
        "photographs": notice.photographs,
        "objections": objections.collect::<Vec<_>>(),
    })
}

/// The table that was posted beside a notice of a case: its headings, its rows as printed, the file it came from.
fn posted_table(table: &NoticeTable) -> Value {
    let rows = table.rows.iter().map(|row| json!({ "total": row.total, "cells": row.cells }));
    json!({ "file": table.file, "digest": table.digest, "heads": table.heads, "rows": rows.collect::<Vec<_>>() })
}

/// An objection: to which row or to all, when it came, the answer.
fn objection(row: Option<usize>, one: &ObjectionSaid) -> Value {
    let answer = one.answer.as_ref();
    json!({
        "row": row,
        "received": one.on.to_string(),
        "upheld": answer.map(|(upheld, ..)| upheld),
        "answer": answer.map(|(_, text, _)| text),
        "answered": answer.map(|(.., on)| on.to_string()),
    })
}
