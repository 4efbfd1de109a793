//! Funds: the table of budget, cash, commitment and use, the flow, the months, who pays, what is due.

use app::payout::Payer as PayerSet;
use axum::Json;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::auth::Caller;
use super::body::{Asked, At, Said};
use super::problem::Failed;
use super::wire::each;
use super::wire::funds::{DueOfFund, FlowAsk, FundAsk, Funds, MoneyFlow, Month, Payer, SetPayer, YearAsk};
use crate::state::AppState;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(table))
        .routes(routes!(flow))
        .routes(routes!(months))
        .routes(routes!(payer, set_payer))
        .routes(routes!(due))
}

#[utoipa::path(get, path = "/funds", tag = "funds", summary = "预算、到账、承诺、使用一览 / Budget, cash, commitment and use",
    params(YearAsk), responses((status = 200, body = Funds)))]
async fn table(caller: Caller, Asked(ask): Asked<YearAsk>) -> Result<Json<Funds>, Failed> {
    Ok(Json((&caller.ask(move |app, viewer| app.fund_table(viewer, ask.year)).await?).into()))
}

#[utoipa::path(get, path = "/funds/flow", tag = "funds", summary = "资金流向 / The flow from channels to states",
    params(FlowAsk), responses((status = 200, body = MoneyFlow)))]
async fn flow(caller: Caller, Asked(ask): Asked<FlowAsk>) -> Result<Json<MoneyFlow>, Failed> {
    let seen = caller.ask(move |app, viewer| app.money_flow(viewer, ask.fund.as_deref(), ask.year));
    Ok(Json((&seen.await?).into()))
}

#[utoipa::path(get, path = "/funds/months", tag = "funds", summary = "逐月支付 / What was paid a month",
    params(FundAsk), responses((status = 200, body = Vec<Month>)))]
async fn months(caller: Caller, Asked(ask): Asked<FundAsk>) -> Result<Json<Vec<Month>>, Failed> {
    let seen = caller.ask(move |app, viewer| app.paid_months(viewer, ask.fund.as_deref()));
    Ok(Json(each(&seen.await?)))
}

#[utoipa::path(get, path = "/funds/{fund}/payer", tag = "funds", summary = "付款账户 / Who pays out of a fund",
    params(("fund" = String, Path, description = "The fund")), responses((status = 200, body = Payer)))]
async fn payer(caller: Caller, At(fund): At<String>) -> Result<Json<Payer>, Failed> {
    let seen = caller.ask(move |app, viewer| app.payer_now(viewer, &fund)).await?;
    Ok(Json((&seen.ok_or_else(Failed::nothing_here)?).into()))
}

#[utoipa::path(put, path = "/funds/{fund}/payer", tag = "funds", summary = "设置付款账户 / Set who pays out of a fund",
    params(("fund" = String, Path, description = "The fund")), request_body = SetPayer, responses((status = 200, body = Payer)))]
async fn set_payer(
    caller: Caller,
    At(fund): At<String>,
    Said(said): Said<SetPayer>,
) -> Result<Json<Payer>, Failed> {
    let set = caller.ask(move |app, viewer| {
        // Nothing is sealed for a fund that there is not.
        app.batch_form(viewer, &fund)?;
        let account = app.seal_account(&said.account)?;
        app.set_payer(viewer, &fund, &PayerSet { name: said.name, account, bank: said.bank })?;
        app.payer_now(viewer, &fund)
    });
    Ok(Json((&set.await?.ok_or_else(Failed::nothing_here)?).into()))
}

#[utoipa::path(get, path = "/funds/{fund}/due", tag = "funds", summary = "待支付与可用现金 / What waits for a batch, and the cash there is",
    params(("fund" = String, Path, description = "The fund")), responses((status = 200, body = DueOfFund)))]
async fn due(caller: Caller, At(fund): At<String>) -> Result<Json<DueOfFund>, Failed> {
    Ok(Json((&caller.ask(move |app, viewer| app.batch_form(viewer, &fund)).await?).into()))
}
