//! The board for the site: what a notice states, in type that is read from two metres, on one sheet to be hung up.

use app::print::{Block, Cell, Document, Grid, Look, Row};
use app::view::NoticePage;
use axum::extract::{Path, Query, State};
use axum::response::Response;

use super::law::plain;
use super::notice::load;
use super::pdf::{title, window};
use crate::ctx::Ctx;
use crate::error::{OrNotFound, WebError};
use crate::pages::pdf;
use crate::state::AppState;
use crate::submitted::Submitted;

/// A text of more characters than this takes a row of its own.
const HALF_CHARS_MAX: usize = 14;
/// How high a row is at least, in millimetres.
const ROW_MM: u16 = 15;

/// The board of an address as PDF. The list of a plan is too long for a board: it has none.
pub(super) async fn send(
    State(state): State<AppState>,
    ctx: Ctx,
    Path(of): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let query: Submitted = pairs.into_iter().collect();
    let notice = load(&state, &ctx, &of, query.get("number"))?;
    let document = document(&ctx, &notice).or_not_found()?;
    pdf(&state, &ctx, &format!("{}-board", notice.number), document).await
}

/// The board of a notice; none of one with items.
pub(super) fn document(ctx: &Ctx, notice: &NoticePage) -> Option<Document> {
    if !notice.items.is_empty() {
        return None;
    }
    let issuers: Vec<&str> = notice.issuers.iter().map(|issuer| plain(ctx, issuer)).collect();
    let issuers = issuers.join("、");
    let document = Document::new(Look::Board, title(ctx, notice), notice.posted)
        .language(ctx.printed())
        .number(notice.number.as_str())
        .issuer(issuers.as_str())
        .fact(ctx.t("notice-board-by"), issuers)
        .fact(ctx.t("notices-head-posted"), ctx.date(notice.posted))
        .push(grid(ctx, notice))
        .push(Block::Note(window(ctx, notice)));
    let last = ctx.date(notice.last);
    Some(document.push(Block::Note(ctx.t_args("notice-how-to-object", &[("last", last.into())]))))
}

/// What it states: short texts two by two, long ones over the sheet.
fn grid(ctx: &Ctx, notice: &NoticePage) -> Grid {
    let mut grid = Grid::new([5, 8, 5, 8]);
    let mut waiting: Option<(&str, &str)> = None;
    let whole =
        |(name, text): (&str, &str)| Row::of([Cell::label(name), Cell::value(text).over(3)]).at_least(ROW_MM);
    for (column, cell) in &notice.fields {
        let one = (plain(ctx, &column.name), plain(ctx, &cell.text));
        let short = one.1.chars().count() <= HALF_CHARS_MAX;
        match (waiting.take(), short) {
            (None, true) => waiting = Some(one),
            (Some(before), true) => {
                let cells =
                    [Cell::label(before.0), Cell::value(before.1), Cell::label(one.0), Cell::value(one.1)];
                grid = grid.row(Row::of(cells).at_least(ROW_MM));
            }
            (before, false) => {
                for row in before.into_iter().chain([one]) {
                    grid = grid.row(whole(row));
                }
            }
        }
    }
    match waiting {
        Some(last) => grid.row(whole(last)),
        None => grid,
    }
}
