//! Payment batches: made, released as a file, their results previewed and booked, what is unclear settled by a person.

use app::App;
use app::bank::BankFileError;
use app::command::money::{MoneyCommand, PayeeAccount, Pick};
use app::payout::FileForm;
use axum::Json;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use kernel::id::{BatchId, ClaimId};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::auth::Caller;
use super::body::{Asked, At, FilePart, FileSaid, Said, Sent, file};
use super::problem::Failed;
use super::wire::batches::{
    BatchAsk, BatchDetail, Batches, BookResults, MakeBatch, ReleaseFile, ResultsPreview, SettleLine, TakeOut,
    ToLookAt,
};
use super::wire::funds::TraceBackward;
use super::wire::{Done, one_of};
use crate::state::AppState;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, make))
        .routes(routes!(exceptions))
        .routes(routes!(one))
        .routes(routes!(release))
        .routes(routes!(preview))
        .routes(routes!(book))
        .routes(routes!(settle))
        .routes(routes!(take_out))
        .routes(routes!(trace))
}

#[utoipa::path(get, path = "/batches", tag = "batches", summary = "支付批次清单 / Batches, newest first",
    params(BatchAsk), responses((status = 200, body = Batches)))]
async fn list(caller: Caller, Asked(ask): Asked<BatchAsk>) -> Result<Json<Batches>, Failed> {
    let ask = ask.into();
    Ok(Json((&caller.ask(move |app, viewer| app.batch_list(viewer, &ask)).await?).into()))
}

#[utoipa::path(post, path = "/batches", tag = "batches", summary = "编制支付批次 / Make a batch of approved payments",
    request_body = MakeBatch, responses((status = 201, body = Done)))]
async fn make(caller: Caller, Said(said): Said<MakeBatch>) -> Result<(StatusCode, Json<Done>), Failed> {
    let (fund, picks) = (said.fund, said.picks);
    let picks = caller.ask(move |app, viewer| {
        // Nothing is sealed for those who may not see the fund.
        app.batch_form(viewer, &fund)?;
        let mut sealed = Vec::with_capacity(picks.len());
        for pick in picks {
            let account = pick.account.map(|of| {
                let account = app.seal_account(&of.number)?;
                Ok::<_, app::Failure>(PayeeAccount { name: of.name, account, bank: of.bank })
            });
            sealed.push(Pick {
                claim: ClaimId(pick.claim),
                payee: pick.payee,
                account: account.transpose()?,
            });
        }
        Ok((fund, sealed))
    });
    let (fund, picks) = picks.await?;
    let command = MoneyCommand::MakeBatch { pack: caller.viewer.pack.id.clone(), fund, picks };
    Ok((StatusCode::CREATED, Json(caller.act(command).await?.into())))
}

#[utoipa::path(get, path = "/batches/exceptions", tag = "batches", summary = "对账异常 / What needs a person",
    responses((status = 200, body = ToLookAt)))]
async fn exceptions(caller: Caller) -> Result<Json<ToLookAt>, Failed> {
    Ok(Json((&caller.ask(|app, viewer| app.exceptions(viewer)).await?).into()))
}

#[utoipa::path(get, path = "/batches/{id}", tag = "batches", summary = "一个支付批次 / One batch",
    params(("id" = i64, Path, description = "The batch")), responses((status = 200, body = BatchDetail)))]
async fn one(caller: Caller, At(id): At<i64>) -> Result<Json<BatchDetail>, Failed> {
    Ok(Json((&caller.ask(move |app, viewer| app.batch_page(viewer, BatchId(id))).await?).into()))
}

#[utoipa::path(post, path = "/batches/{id}/release", tag = "batches", summary = "发送银行文件；再次请求得到同一文件 / Release the bank's file; asked again, the same bytes",
    params(("id" = i64, Path, description = "The batch")), request_body = ReleaseFile,
    responses((status = 200, content_type = "application/xml", body = String, headers(("x-file-digest" = String, description = "Form and SM3 of the bytes")))))]
async fn release(caller: Caller, At(id): At<i64>, Said(said): Said<ReleaseFile>) -> Result<Response, Failed> {
    let forms = [("pain.001", FileForm::Pain001), ("csv", FileForm::Csv)];
    let (form, key) = (one_of("form", &said.form, &forms)?, caller.key.clone());
    let made = caller.ask(move |app, viewer| app.release_batch(viewer, BatchId(id), form, &key)).await?;
    let media = match made.form {
        FileForm::Pain001 => "application/xml",
        FileForm::Csv => "text/csv; charset=utf-8",
    };
    let digest = HeaderValue::from_str(&format!("{}:{}", made.form.id(), made.digest));
    let mut response = file(&made.name, media, made.bytes);
    if let Ok(digest) = digest {
        response.headers_mut().insert(HeaderName::from_static("x-file-digest"), digest);
    }
    Ok(response)
}

#[utoipa::path(post, path = "/batches/{id}/results/preview", tag = "batches", summary = "预览银行回单（CSV 或 camt.053），不入账 / What a bank's file would do; nothing is booked",
    params(("id" = i64, Path, description = "The batch")),
    request_body(content((FileSaid = "application/json"), (FilePart = "multipart/form-data"), (String = "text/csv"), (String = "application/xml"))),
    responses((status = 200, body = ResultsPreview)))]
async fn preview(caller: Caller, At(id): At<i64>, sent: Sent) -> Result<Json<ResultsPreview>, Failed> {
    let lines = App::read_bank_file(&sent.bytes).map_err(|error| unreadable(&error))?;
    let seen = caller.ask(move |app, viewer| {
        let preview = app.preview_results(viewer, BatchId(id), &lines)?;
        Ok((preview, app.bank_ticket(viewer, &lines)?))
    });
    let (preview, ticket) = seen.await?;
    Ok(Json((&preview, ticket).into()))
}

fn unreadable(error: &BankFileError) -> Failed {
    let zh = match error {
        BankFileError::Encoding => "文件不是 UTF-8 编码".to_owned(),
        BankFileError::Xml { what } => format!("不是 camt.053 对账单：{what}"),
        BankFileError::Column { column } => format!("缺少列“{column}”"),
        BankFileError::Empty => "文件没有内容".to_owned(),
    };
    Failed::file(&zh, &error.to_string())
}

#[utoipa::path(post, path = "/batches/{id}/results", tag = "batches", summary = "银行结果入账 / Book what the bank said",
    params(("id" = i64, Path, description = "The batch")), request_body = BookResults, responses((status = 200, body = Done)))]
async fn book(caller: Caller, At(id): At<i64>, Said(said): Said<BookResults>) -> Result<Json<Done>, Failed> {
    match (said.ticket, said.lines) {
        (Some(ticket), None) => {
            let lines = caller.app.ticket_bank(&caller.viewer, &ticket);
            let lines = lines
                .ok_or_else(|| Failed::unreadable("ticket", "no ticket that this organisation was given"))?;
            let key = caller.key.clone();
            let booked =
                caller.ask(move |app, viewer| app.book_bank_lines(viewer, BatchId(id), &lines, &key));
            Ok(Json(booked.await?.into()))
        }
        (None, Some(lines)) => {
            let lines = lines.into_iter().enumerate().map(|(no, line)| line.line(no));
            let lines = lines.collect::<Result<Vec<_>, _>>()?;
            let command = MoneyCommand::BookResults { batch: BatchId(id), lines };
            Ok(Json(caller.act(command).await?.into()))
        }
        _ => Err(Failed::unreadable("", "one of `ticket` and `lines` is wanted")),
    }
}

#[utoipa::path(post, path = "/batches/{id}/unclear/{number}", tag = "batches", summary = "处理不明款项 / Settle an unclear line",
    params(("id" = i64, Path, description = "The batch"), ("number" = i64, Path, description = "Its number among those of the batch, from 1")),
    request_body = SettleLine, responses((status = 200, body = Done)))]
async fn settle(
    caller: Caller,
    At((id, number)): At<(i64, u32)>,
    Said(said): Said<SettleLine>,
) -> Result<Json<Done>, Failed> {
    let unclear = number.checked_sub(1).ok_or_else(Failed::nothing_here)?;
    Ok(Json(caller.act(said.command(id, unclear)?).await?.into()))
}

#[utoipa::path(post, path = "/batches/{id}/payments/{line}/removal", tag = "batches", summary = "从批次中撤出一笔 / Take a payment without result out of its batch",
    params(("id" = i64, Path, description = "The batch"), ("line" = i64, Path, description = "The payment, from 1")),
    request_body = TakeOut, responses((status = 200, body = Done)))]
async fn take_out(
    caller: Caller,
    At((id, line)): At<(i64, i64)>,
    Said(said): Said<TakeOut>,
) -> Result<Json<Done>, Failed> {
    let command = MoneyCommand::TakeOut { batch: BatchId(id), line, why: said.why };
    Ok(Json(caller.act(command).await?.into()))
}

#[utoipa::path(get, path = "/batches/{id}/payments/{line}/trace", tag = "batches", summary = "从付款追到来源 / From a payment to its sources",
    params(("id" = i64, Path, description = "The batch"), ("line" = i64, Path, description = "The payment, from 1")),
    responses((status = 200, body = TraceBackward)))]
async fn trace(caller: Caller, At((id, line)): At<(i64, i64)>) -> Result<Json<TraceBackward>, Failed> {
    let seen = caller.ask(move |app, viewer| app.follow_backward(viewer, BatchId(id), line)).await?;
    Ok(Json((&seen).into()))
}
