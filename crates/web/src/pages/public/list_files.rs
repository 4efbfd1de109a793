//! The list of notices as data, with the filters of its page: CSV that a spreadsheet opens, JSON for programs. It is read page by
//! page, up to [`NOTICES_MAX`] notices; the JSON says whether that was all.

use app::rows::NoticeOf;
use app::view::{NOTICES_MAX, NoticeLine, NoticeQuery, Running, place_name};
use app::{App, Failure};
use axum::extract::{Query, State};
use axum::response::Response;
use serde_json::{Value, json};

use super::download::{attached, push_line};
use super::notices::{asked, notice_href};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::guard::throttle::Peer;
use crate::state::{AppState, web_error};
use crate::submitted::Submitted;

/// `/notices.csv`
pub(super) async fn csv(
    State(state): State<AppState>,
    ctx: Ctx,
    peer: Peer,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let (lines, _) = read(&state, &ctx, &peer, pairs).await?;
    Ok(attached("text/csv; charset=utf-8", "notices.csv", "公示.csv", csv_text(&lines)))
}

/// `/notices.json`
pub(super) async fn json(
    State(state): State<AppState>,
    ctx: Ctx,
    peer: Peer,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let (lines, complete) = read(&state, &ctx, &peer, pairs).await?;
    let text = format!("{:#}\n", json_value(&lines, complete));
    Ok(attached("application/json", "notices.json", "公示.json", text))
}

/// The lines of an address, read away from the threads that answer, and whether these are all.
async fn read(
    state: &AppState,
    ctx: &Ctx,
    peer: &Peer,
    pairs: Vec<(String, String)>,
) -> Result<(Vec<NoticeLine>, bool), WebError> {
    state.shell.throttle().try_now(&format!("notices:{}", peer.0), peer.0)?;
    let filter: Submitted = pairs.into_iter().collect();
    let (app, query) = (state.app.clone(), asked(&filter));
    match tokio::task::spawn_blocking(move || every(&app, query)).await {
        Ok(read) => read.map_err(|failure| web_error(ctx, failure)),
        Err(ended) => Err(WebError::Bug { operator: format!("the reading of notices ended: {ended}") }),
    }
}

fn every(app: &App, mut query: NoticeQuery) -> Result<(Vec<NoticeLine>, bool), Failure> {
    let mut lines = Vec::new();
    while lines.len() < NOTICES_MAX {
        let (more, next) = app.notices_of_file(&query)?;
        lines.extend(more);
        query.after = next;
        if query.after.is_none() {
            return Ok((lines, true));
        }
    }
    Ok((lines, false))
}

/// The lines as CSV, with a byte order mark.
pub(super) fn csv_text(lines: &[NoticeLine]) -> String {
    let mut text = String::from("\u{feff}");
    let heads = [
        "公示编号",
        "公示",
        "年度",
        "地区代码",
        "地区",
        "发布日期",
        "起算日期",
        "截止日期",
        "项目数",
        "金额（元）",
        "状态",
        "剩余工作日",
    ];
    push_line(&mut text, heads.into_iter().map(str::to_owned));
    for line in lines {
        let row = &line.row;
        let place = |text: fn(kernel::region::RegionCode) -> String| row.place.map_or_else(String::new, text);
        let (state, _, left) = state_words(line.running);
        let cells = [
            row.number.clone(),
            row.title.clone(),
            row.year.to_string(),
            place(|code| code.to_string()),
            place(place_name),
            row.posted.to_string(),
            row.first.to_string(),
            row.last.to_string(),
            row.items.to_string(),
            row.total.to_string(),
            state.to_owned(),
            left.map_or_else(String::new, |days| days.to_string()),
        ];
        push_line(&mut text, cells.into_iter());
    }
    text
}

/// The lines as JSON; `complete` is false when there are more than the file holds.
pub(super) fn json_value(lines: &[NoticeLine], complete: bool) -> Value {
    let line = |line: &NoticeLine| {
        let row = &line.row;
        let (_, state, left) = state_words(line.running);
        let kind = match row.about {
            NoticeOf::Plan(_) => "plan",
            NoticeOf::Case(_) => "case",
        };
        json!({
            "kind": kind,
            "number": row.number,
            "title": row.title,
            "address": notice_href(row),
            "policy": row.pack,
            "year": row.year,
            "place": row.place.map(|code| code.to_string()),
            "place_name": row.place.map(place_name),
            "posted": row.posted.to_string(),
            "first_day": row.first.to_string(),
            "last_day": row.last.to_string(),
            "items": row.items,
            "total": row.total.to_string(),
            "state": state,
            "working_days_left": left,
        })
    };
    json!({ "complete": complete, "notices": lines.iter().map(line).collect::<Vec<_>>() })
}

/// How a notice stands: in Chinese, for programs, and the working days left after today.
fn state_words(running: Running) -> (&'static str, &'static str, Option<i64>) {
    match running {
        Running::Open(days) => ("正在公示", "running", Some(days.n)),
        Running::Ended => ("已结束", "ended", None),
        Running::Stopped => ("已撤下", "stopped", None),
    }
}
