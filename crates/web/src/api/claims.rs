//! Claims: listed, read, filed again, checked, approved, turned down, withdrawn. They are filed on their project.

use app::command::money::{ClaimText, MoneyCommand};
use axum::Json;
use axum::response::Response;
use kernel::id::ClaimId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::auth::Caller;
use super::body::{Asked, At, Said, file};
use super::papers::redeem_papers;
use super::problem::Failed;
use super::wire::Done;
use super::wire::claims::{
    CheckBills, ClaimAsk, ClaimDetail, ClaimSays, Claims, GrantClaim, TurnDownClaim, WithdrawClaim,
};
use crate::state::AppState;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(one, refile))
        .routes(routes!(check))
        .routes(routes!(approve))
        .routes(routes!(turn_down))
        .routes(routes!(withdraw))
        .routes(routes!(paper_file))
        .routes(routes!(list_file))
}

/// The text of a claim with its tickets redeemed.
pub(super) fn redeem(caller: &Caller, said: ClaimSays) -> Result<ClaimText, Failed> {
    let papers = |place: &str, tickets: &[String]| redeem_papers(caller, place, tickets, None);
    let list = |place: &str, ticket: &str| {
        let kept = caller.app.ticket_list(&caller.viewer, ticket);
        kept.ok_or_else(|| Failed::unreadable(place, "no ticket that this organisation was given"))
    };
    said.text(papers, list)
}

#[utoipa::path(get, path = "/claims", tag = "claims", summary = "报账清单 / Claims within one's scope, newest first",
    params(ClaimAsk), responses((status = 200, body = Claims)))]
async fn list(caller: Caller, Asked(ask): Asked<ClaimAsk>) -> Result<Json<Claims>, Failed> {
    let ask = ask.into();
    Ok(Json((&caller.ask(move |app, viewer| app.claim_list(viewer, &ask)).await?).into()))
}

#[utoipa::path(get, path = "/claims/{id}", tag = "claims", summary = "一笔报账 / One claim",
    params(("id" = i64, Path, description = "The claim")), responses((status = 200, body = ClaimDetail)))]
async fn one(caller: Caller, At(id): At<i64>) -> Result<Json<ClaimDetail>, Failed> {
    Ok(Json((&caller.ask(move |app, viewer| app.claim_page(viewer, ClaimId(id))).await?).into()))
}

#[utoipa::path(put, path = "/claims/{id}", tag = "claims", summary = "退回后重新报账 / File it again after a return",
    params(("id" = i64, Path, description = "The claim")), request_body = ClaimSays, responses((status = 200, body = Done)))]
async fn refile(caller: Caller, At(id): At<i64>, Said(said): Said<ClaimSays>) -> Result<Json<Done>, Failed> {
    let text = redeem(&caller, said)?;
    Ok(Json(caller.act(MoneyCommand::RefileClaim { claim: ClaimId(id), text }).await?.into()))
}

#[utoipa::path(post, path = "/claims/{id}/check", tag = "claims", summary = "逐张核票 / Check its bills",
    params(("id" = i64, Path, description = "The claim")), request_body = CheckBills, responses((status = 200, body = Done)))]
async fn check(caller: Caller, At(id): At<i64>, Said(said): Said<CheckBills>) -> Result<Json<Done>, Failed> {
    Ok(Json(caller.act(said.command(id)).await?.into()))
}

#[utoipa::path(post, path = "/claims/{id}/approval", tag = "claims", summary = "复核同意，锁定项目资金 / Approve: the project's money is held for it",
    params(("id" = i64, Path, description = "The claim")), request_body = GrantClaim, responses((status = 200, body = Done)))]
async fn approve(
    caller: Caller,
    At(id): At<i64>,
    Said(said): Said<GrantClaim>,
) -> Result<Json<Done>, Failed> {
    Ok(Json(caller.act(said.command(id)).await?.into()))
}

#[utoipa::path(post, path = "/claims/{id}/turn-down", tag = "claims", summary = "退回补正或不予支付 / Return or refuse it",
    params(("id" = i64, Path, description = "The claim")), request_body = TurnDownClaim, responses((status = 200, body = Done)))]
async fn turn_down(
    caller: Caller,
    At(id): At<i64>,
    Said(said): Said<TurnDownClaim>,
) -> Result<Json<Done>, Failed> {
    Ok(Json(caller.act(said.command(id)).await?.into()))
}

#[utoipa::path(post, path = "/claims/{id}/withdrawal", tag = "claims", summary = "撤回报账 / Withdraw it",
    params(("id" = i64, Path, description = "The claim")), request_body = WithdrawClaim, responses((status = 200, body = Done)))]
async fn withdraw(
    caller: Caller,
    At(id): At<i64>,
    Said(said): Said<WithdrawClaim>,
) -> Result<Json<Done>, Failed> {
    let command = MoneyCommand::WithdrawClaim { claim: ClaimId(id), why: said.why };
    Ok(Json(caller.act(command).await?.into()))
}

#[utoipa::path(get, path = "/claims/{id}/papers/{hash}", tag = "claims", summary = "下载票据附件 / The file of a bill",
    params(("id" = i64, Path, description = "The claim"), ("hash" = String, Path, description = "Digest of the file")),
    responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn paper_file(caller: Caller, At((id, hash)): At<(i64, String)>) -> Result<Response, Failed> {
    let hash = hash.parse().map_err(|_| Failed::nothing_here())?;
    let found = caller.ask(move |app, viewer| app.claim_paper(viewer, ClaimId(id), &hash)).await?;
    Ok(file(&found.name, &found.media, found.bytes))
}

#[utoipa::path(get, path = "/claims/{id}/lists/{no}", tag = "claims", summary = "下载花名册 / The list behind a bill",
    params(("id" = i64, Path, description = "The claim"), ("no" = i64, Path, description = "The bill, from 1")),
    responses((status = 200, content_type = "text/csv", body = String)))]
async fn list_file(caller: Caller, At((id, no)): At<(i64, i64)>) -> Result<Response, Failed> {
    let found = caller.ask(move |app, viewer| app.claim_list_file(viewer, ClaimId(id), no)).await?;
    Ok(file(&found.name, &found.media, found.bytes))
}
