//! Files: sent once, answered with a ticket that acts take. A ticket is good for the organisation that sent the file, so that nobody
//! attaches what they never had.

use app::command::money::Paper as PaperKept;
use app::view::mask_digits;
use axum::Json;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use kernel::Money;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::auth::Caller;
use super::body::{FilePart, FileSaid, Said, Sent};
use super::problem::Failed;
use super::wire::Paper;
use super::wire::claims::{PayeeList, SendList};
use crate::state::AppState;

/// No list may have more rows than this.
const ROWS_MAX: usize = 5_000;
/// A file of the largest size that is taken, in base64 with its frame.
const SENT_MAX: usize = app::papers::FILE_MAX / 3 * 4 + 64 * 1024;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    let papers = OpenApiRouter::new().routes(routes!(keep)).layer(DefaultBodyLimit::max(SENT_MAX));
    papers.routes(routes!(list))
}

/// A kept file and its ticket.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct KeptPaper {
    /// The ticket: acts take it under `papers`.
    ticket: String,
    /// The file.
    paper: Paper,
}

/// A kept list and its ticket.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct KeptList {
    /// The ticket: bills take it under `list`.
    ticket: String,
    /// The list.
    list: PayeeList,
}

#[utoipa::path(post, path = "/papers", tag = "papers", summary = "上传文件，得到凭条 / Send a file and get its ticket",
    request_body(content((FileSaid = "application/json"), (FilePart = "multipart/form-data"))),
    responses((status = 201, body = KeptPaper)))]
async fn keep(caller: Caller, sent: Sent) -> Result<(StatusCode, Json<KeptPaper>), Failed> {
    let kept = caller.ask(move |app, viewer| {
        let kept = app.keep_file(viewer, "", (&sent.name, &sent.bytes))?;
        Ok(match kept {
            Ok(paper) => Ok((app.paper_ticket(viewer, &paper)?, paper)),
            Err(fault) => Err(fault),
        })
    });
    let (ticket, paper) = kept.await?.map_err(|fault| {
        let words = fault.words();
        Failed::file(&words.zh, &words.en)
    })?;
    Ok((StatusCode::CREATED, Json(KeptPaper { ticket, paper: (&paper).into() })))
}

#[utoipa::path(post, path = "/lists", tag = "papers", summary = "上传花名册，得到凭条 / Send a list of payees and get its ticket",
    request_body = SendList, responses((status = 201, body = KeptList)))]
async fn list(caller: Caller, Said(said): Said<SendList>) -> Result<(StatusCode, Json<KeptList>), Failed> {
    let (bytes, rows, total) = roster(&said)?;
    let kept = caller.ask(move |app, viewer| {
        let list = app.keep_list(viewer, &bytes, rows, total)?;
        Ok((app.list_ticket(viewer, &list)?, list))
    });
    let (ticket, list) = kept.await?;
    Ok((StatusCode::CREATED, Json(KeptList { ticket, list: (&list).into() })))
}

/// The list as it is kept, in the form of an uploaded one: the same rows give the same bytes.
fn roster(said: &SendList) -> Result<(Vec<u8>, i64, Money), Failed> {
    if said.rows.is_empty() || said.rows.len() > ROWS_MAX {
        return Err(Failed::unreadable("rows", "between 1 and 5000 rows are wanted"));
    }
    let mut text = String::from("\u{feff}姓名,证件号码（已遮蔽）,金额（元）\r\n");
    let cell = |text: &str| {
        format!("\"{}\"", text.chars().filter(|c| *c != '"' && !c.is_control()).collect::<String>())
    };
    for (no, row) in said.rows.iter().enumerate() {
        if row.name.trim().is_empty() {
            return Err(Failed::unreadable(&format!("rows[{no}].name"), "a name is wanted"));
        }
        if row.amount.0 <= Money::ZERO {
            return Err(Failed::unreadable(&format!("rows[{no}].amount"), "an amount above zero is wanted"));
        }
        let identity = mask_digits(row.identity.as_deref().unwrap_or_default());
        let line = [cell(row.name.trim()), cell(&identity), row.amount.0.to_string()].join(",");
        text.push_str(&line);
        text.push_str("\r\n");
    }
    let total = Money::sum(said.rows.iter().map(|row| row.amount.0));
    let total = total.ok_or_else(|| Failed::unreadable("rows", "the sum is too large"))?;
    let rows = i64::try_from(said.rows.len()).unwrap_or(i64::MAX);
    Ok((text.into_bytes(), rows, total))
}

/// The file of a ticket. `of` is what it is: the demand or the paper of the regime, where it meets one.
pub(super) fn redeem_paper(
    caller: &Caller,
    place: &str,
    ticket: &str,
    of: Option<&str>,
) -> Result<PaperKept, Failed> {
    let kept = caller.app.ticket_paper(&caller.viewer, ticket);
    let kept = kept.ok_or_else(|| Failed::unreadable(place, "no ticket that this organisation was given"))?;
    let paper = of.map_or_else(|| kept.paper.clone(), str::to_owned);
    Ok(PaperKept { paper, ..kept })
}

/// The files of several tickets, all of one kind.
pub(super) fn redeem_papers(
    caller: &Caller,
    place: &str,
    tickets: &[String],
    of: Option<&str>,
) -> Result<Vec<PaperKept>, Failed> {
    let redeem = |(no, ticket): (usize, &String)| redeem_paper(caller, &format!("{place}[{no}]"), ticket, of);
    tickets.iter().enumerate().map(redeem).collect()
}
