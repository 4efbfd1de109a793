//! Projects: opened, planned, contracted, their papers, doubts, recoveries and end; claims are filed on them.

use app::command::money::{MoneyCommand, RecordContract};
use app::view::money::HeldBy;
use axum::Json;
use axum::http::StatusCode;
use axum::response::Response;
use kernel::Money;
use kernel::id::ProjectId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::auth::Caller;
use super::body::{Asked, At, Said, file};
use super::claims::redeem;
use super::papers::redeem_papers;
use super::problem::Failed;
use super::wire::Done;
use super::wire::claims::{ClaimChoices, ClaimSays};
use super::wire::projects::{
    CloseProject, Contract, DecideDoubt, OpenProject, PaperOnFile, PlanLines, ProjectAsk, ProjectDetail,
    Projects, RecoverMoney,
};
use crate::state::AppState;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, open))
        .routes(routes!(one))
        .routes(routes!(lines))
        .routes(routes!(contract))
        .routes(routes!(paper))
        .routes(routes!(paper_file))
        .routes(routes!(doubt))
        .routes(routes!(recover))
        .routes(routes!(close))
        .routes(routes!(choices))
        .routes(routes!(claim))
}

#[utoipa::path(get, path = "/projects", tag = "projects", summary = "项目清单 / Projects within one's scope, newest first",
    params(ProjectAsk), responses((status = 200, body = Projects)))]
async fn list(caller: Caller, Asked(ask): Asked<ProjectAsk>) -> Result<Json<Projects>, Failed> {
    let ask = ask.into();
    Ok(Json((&caller.ask(move |app, viewer| app.project_list(viewer, &ask)).await?).into()))
}

#[utoipa::path(post, path = "/projects", tag = "projects", summary = "立项 / Open a project",
    request_body = OpenProject, responses((status = 201, body = Done)))]
async fn open(caller: Caller, Said(said): Said<OpenProject>) -> Result<(StatusCode, Json<Done>), Failed> {
    let command = said.command(caller.viewer.pack.id.clone())?;
    Ok((StatusCode::CREATED, Json(caller.act(command).await?.into())))
}

#[utoipa::path(get, path = "/projects/{id}", tag = "projects", summary = "项目账 / The account of a project",
    params(("id" = i64, Path, description = "The project")), responses((status = 200, body = ProjectDetail)))]
async fn one(caller: Caller, At(id): At<i64>) -> Result<Json<ProjectDetail>, Failed> {
    Ok(Json((&caller.ask(move |app, viewer| app.project_page(viewer, ProjectId(id))).await?).into()))
}

#[utoipa::path(put, path = "/projects/{id}/lines", tag = "projects", summary = "设定预算项 / Set all budget lines",
    params(("id" = i64, Path, description = "The project")), request_body = PlanLines, responses((status = 200, body = Done)))]
async fn lines(caller: Caller, At(id): At<i64>, Said(said): Said<PlanLines>) -> Result<Json<Done>, Failed> {
    Ok(Json(caller.act(said.command(id)).await?.into()))
}

#[utoipa::path(put, path = "/projects/{id}/contracts/{contract}", tag = "projects", summary = "登记合同 / Record a contract",
    params(("id" = i64, Path, description = "The project"), ("contract" = i64, Path, description = "Its number within the project, from 1")),
    request_body = Contract, responses((status = 200, body = Done)))]
async fn contract(
    caller: Caller,
    At((id, contract)): At<(i64, i64)>,
    Said(said): Said<Contract>,
) -> Result<Json<Done>, Failed> {
    let typed = said.account;
    let account = caller.ask(move |app, viewer| {
        // The page is asked in any case: nothing is sealed for a project outside the scope.
        let page = app.project_page(viewer, ProjectId(id))?;
        let before = page.contracts.into_iter().find(|one| one.payee == format!("c{contract}"));
        match typed {
            Some(number) => app.seal_account(&number).map(Some),
            None => Ok(before.and_then(|one| one.contract.account)),
        }
    });
    let contract = RecordContract {
        contract,
        number: said.number,
        party: said.party,
        account: account.await?,
        bank: said.bank,
        amount: said.amount.0,
        retention: said.retention.map_or(Money::ZERO, |retention| retention.0),
        on: said.on.0,
    };
    Ok(Json(caller.act(MoneyCommand::RecordContract { project: ProjectId(id), contract }).await?.into()))
}

#[utoipa::path(post, path = "/projects/{id}/papers", tag = "projects", summary = "项目材料归档 / Put a demanded paper on file",
    params(("id" = i64, Path, description = "The project")), request_body = PaperOnFile, responses((status = 200, body = Done)))]
async fn paper(caller: Caller, At(id): At<i64>, Said(said): Said<PaperOnFile>) -> Result<Json<Done>, Failed> {
    let papers = redeem_papers(&caller, "papers", &said.papers, Some(&said.demand))?;
    Ok(Json(caller.act(said.command(id, papers)).await?.into()))
}

#[utoipa::path(get, path = "/projects/{id}/papers/{hash}", tag = "projects", summary = "下载项目材料 / The file of a paper",
    params(("id" = i64, Path, description = "The project"), ("hash" = String, Path, description = "Digest of the file")),
    responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn paper_file(caller: Caller, At((id, hash)): At<(i64, String)>) -> Result<Response, Failed> {
    let hash = hash.parse().map_err(|_| Failed::nothing_here())?;
    let held = HeldBy::Project(ProjectId(id));
    let found = caller.ask(move |app, viewer| app.held_file(viewer, &held, &hash)).await?;
    Ok(file(&found.name, &found.media, found.bytes))
}

#[utoipa::path(post, path = "/projects/{id}/doubts/{number}", tag = "projects", summary = "认定疑似禁止用途 / Decide a doubt",
    params(("id" = i64, Path, description = "The project"), ("number" = u32, Path, description = "The doubt, from 0")),
    request_body = DecideDoubt, responses((status = 200, body = Done)))]
async fn doubt(
    caller: Caller,
    At((id, number)): At<(i64, u32)>,
    Said(said): Said<DecideDoubt>,
) -> Result<Json<Done>, Failed> {
    Ok(Json(caller.act(said.command(id, number)).await?.into()))
}

#[utoipa::path(post, path = "/projects/{id}/recoveries", tag = "projects", summary = "追回资金 / Record money that came back",
    params(("id" = i64, Path, description = "The project")), request_body = RecoverMoney, responses((status = 200, body = Done)))]
async fn recover(
    caller: Caller,
    At(id): At<i64>,
    Said(said): Said<RecoverMoney>,
) -> Result<Json<Done>, Failed> {
    Ok(Json(caller.act(said.command(id)).await?.into()))
}

#[utoipa::path(post, path = "/projects/{id}/close", tag = "projects", summary = "清算，结余退回 / Close; what is left goes back",
    params(("id" = i64, Path, description = "The project")), request_body = CloseProject, responses((status = 200, body = Done)))]
async fn close(
    caller: Caller,
    At(id): At<i64>,
    Said(said): Said<CloseProject>,
) -> Result<Json<Done>, Failed> {
    Ok(Json(caller.act(said.command(id)).await?.into()))
}

#[utoipa::path(get, path = "/projects/{id}/claims", tag = "claims", summary = "报账可用的预算项和收款人 / What a new claim may draw on",
    params(("id" = i64, Path, description = "The project")), responses((status = 200, body = ClaimChoices)))]
async fn choices(caller: Caller, At(id): At<i64>) -> Result<Json<ClaimChoices>, Failed> {
    Ok(Json((&caller.ask(move |app, viewer| app.claim_form(viewer, ProjectId(id))).await?).into()))
}

#[utoipa::path(post, path = "/projects/{id}/claims", tag = "claims", summary = "申请报账 / File a claim",
    params(("id" = i64, Path, description = "The project")), request_body = ClaimSays, responses((status = 201, body = Done)))]
async fn claim(
    caller: Caller,
    At(id): At<i64>,
    Said(said): Said<ClaimSays>,
) -> Result<(StatusCode, Json<Done>), Failed> {
    let text = redeem(&caller, said)?;
    let command = MoneyCommand::FileClaim { project: ProjectId(id), text };
    Ok((StatusCode::CREATED, Json(caller.act(command).await?.into())))
}
