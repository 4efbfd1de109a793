//! `/projects/{id}/contract`: recording a contract, or changing one (`?n=`). The account goes into the vault at once.

use app::command::money::{MoneyCommand, RecordContract};
use app::view::money::{ContractNow, ProjectPage};
use app::view::pack::{Act, Subject};
use app::view::state::Reason;
use axum::extract::{self, Path};
use axum::response::{IntoResponse, Response};
use kernel::Money;
use maud::{Markup, html};

use super::one::{load, under};

use crate::error::WebError;
use crate::flash::Flash;
use crate::page::go_with;
use crate::pages::shared::{
    Query, date, key_of, money, money_command, money_or_zero, needed, refused, rule_line, yuan,
};
use crate::state::Seat;
use crate::submitted::Submitted;
use crate::ui::{Field, Findings, Form, MoneyUnit, actions, button, error_summary};
use crate::words::word;

/// The page.
pub(super) async fn show(
    seat: Seat,
    Path(of): Path<String>,
    query: extract::Query<Query>,
) -> Result<Response, WebError> {
    let view = open_for(&seat, &of)?;
    let mut form = Submitted::default();
    if let Some(now) = query.get("n").and_then(|number| numbered(&view, number)) {
        form.set("n", now.payee.trim_start_matches('c'));
        form.set("number", now.contract.number.clone());
        form.set("party", now.contract.party.clone());
        form.set("bank", now.contract.bank.clone());
        form.set("amount", now.contract.amount.grouped());
        form.set("retention", now.contract.retention.grouped());
        form.set("on", now.contract.on.to_string());
    }
    Ok(page(&seat, &view, &form, &Findings::none()))
}

/// Records it.
pub(super) async fn save(seat: Seat, Path(of): Path<String>, form: Submitted) -> Result<Response, WebError> {
    let view = sent_to(&seat, &of)?;
    let ctx = &seat.ctx;
    let mut findings = Findings::none();
    let contract = read(&seat, &view, &form, &mut findings);
    let (Some(contract), true) = (contract, findings.is_empty() && !ctx.live.is_live()) else {
        return Ok(page(&seat, &view, &form, &findings));
    };
    let project = view.line.row.project;
    match seat
        .submit(form.get("key"), money_command(MoneyCommand::RecordContract { project, contract }))
        .await
    {
        Ok(_) => {
            let href = format!("/projects/{project}?tab=papers");
            Ok(go_with(&href, &Flash::done(word("pj-contract-saved"))))
        }
        Err(failure) => {
            refused(ctx, &mut findings, failure, |reason| field(reason).to_owned())?;
            Ok(page(&seat, &view, &form, &findings))
        }
    }
}

fn open_for(seat: &Seat, of: &str) -> Result<ProjectPage, WebError> {
    let view = sent_to(seat, of)?;
    if view.closed.is_none() { Ok(view) } else { Err(WebError::Forbidden) }
}

/// A form may be sent that was open when somebody closed the project: what was typed is not lost over it.
fn sent_to(seat: &Seat, of: &str) -> Result<ProjectPage, WebError> {
    let view = load(seat, of)?;
    if view.may.declare { Ok(view) } else { Err(WebError::Forbidden) }
}

fn numbered<'v>(view: &'v ProjectPage, number: &str) -> Option<&'v ContractNow> {
    view.contracts.iter().find(|now| now.payee.trim_start_matches('c') == number)
}

fn read(
    seat: &Seat,
    view: &ProjectPage,
    form: &Submitted,
    findings: &mut Findings,
) -> Option<RecordContract> {
    let ctx = &seat.ctx;
    let party = needed(ctx, form, findings, ("party", &ctx.t("pj-party")));
    let number = needed(ctx, form, findings, ("number", &ctx.t("pj-contract-number")));
    let on = date(ctx, form, findings, ("on", &ctx.t("pj-signed-on")));
    let amount = money(ctx, form, findings, ("amount", &ctx.t("pj-contract-amount")));
    let retention = money_or_zero(ctx, form, findings, "retention");
    let before = numbered(view, form.get("n"));
    let account = match form.get("account") {
        "" => before.and_then(|now| now.contract.account.clone()),
        text => match seat.app().seal_account(text) {
            Ok(sealed) => Some(sealed),
            Err(failure) => {
                let _ = refused(ctx, findings, failure, |_| "account".to_owned());
                None
            }
        },
    };
    if account.is_none() && findings.at("account").is_none() {
        needed(ctx, &Submitted::default(), findings, ("account", &ctx.t("pj-account")));
    }
    let own = before.and_then(|now| now.payee.trim_start_matches('c').parse::<i64>().ok());
    let last =
        view.contracts.iter().filter_map(|now| now.payee.trim_start_matches('c').parse::<i64>().ok()).max();
    Some(RecordContract {
        contract: own.unwrap_or(last.unwrap_or(0) + 1),
        number,
        party,
        account,
        bank: form.get("bank").to_owned(),
        amount: amount?,
        retention: retention?,
        on: on?,
    })
}

fn field(reason: &Reason) -> &'static str {
    match reason {
        Reason::NameMissing {} => "party",
        Reason::RetentionOverContract { .. } => "retention",
        Reason::DateInFuture { .. } => "on",
        Reason::ReasonMissing { .. } => "number",
        Reason::NotFound { .. } => "account",
        Reason::ProjectClosed { .. } => "",
        _ => "amount",
    }
}

/// What the budget leaves for this contract.
fn left(view: &ProjectPage, form: &Submitted) -> Money {
    let own = numbered(view, form.get("n")).map_or(Money::ZERO, |now| now.contract.amount);
    let all = Money::sum(view.contracts.iter().map(|now| now.contract.amount)).unwrap_or(Money::MAX);
    let rest = view.line.row.planned.checked_sub(all).unwrap_or(Money::ZERO);
    rest.checked_add(own).unwrap_or(rest)
}

fn page(seat: &Seat, view: &ProjectPage, form: &Submitted, findings: &Findings) -> Response {
    let ctx = &seat.ctx;
    let key = key_of(seat, form);
    let before = numbered(view, form.get("n"));
    let title = if before.is_some() { ctx.t("pj-contract-change") } else { ctx.t("pj-contract-add") };
    let action = format!("/projects/{}/contract", view.line.row.project);
    let fields = html! {
        (error_summary(ctx, findings))
        @if let Some(now) = before { input type="hidden" name="n" value=(now.payee.trim_start_matches('c')); }
        (names(seat, before, form, findings))
        (Field::money("amount", &ctx.t("pj-contract-amount"), MoneyUnit::Yuan).value(form.get("amount"))
            .hint(&ctx.t_args("pj-contract-left", &[("left", yuan(ctx, left(view, form)).into())]))
            .error(findings.at("amount")).html(ctx))
        (Field::money("retention", &ctx.t("pj-retention"), MoneyUnit::Yuan).optional().hint(&ctx.t("pj-retention-hint"))
            .value(form.get("retention")).error(findings.at("retention")).html(ctx))
        (Field::date("on", &ctx.t("pj-signed-on")).value(form.get("on")).error(findings.at("on")).html(ctx))
        (actions(html! {
            (button::primary(&ctx.t("pj-save"), "save"))
            (button::link(&format!("/projects/{}?tab=papers", view.line.row.project), &ctx.t("cancel")))
        }))
    };
    under(ctx, view, &title)
        .findings(findings.count())
        .body(html! {
            (rule_line(ctx, &view.pack, Subject::Project, Act::Declare))
            section.card { (Form::post(&action, "save").key(&key).guarded().html(ctx, fields)) }
        })
        .into_response()
}

fn names(seat: &Seat, before: Option<&ContractNow>, form: &Submitted, findings: &Findings) -> Markup {
    let ctx = &seat.ctx;
    let account_hint = match before {
        Some(now) if !now.account.is_empty() => {
            ctx.t_args("pj-account-kept", &[("account", now.account.clone().into())])
        }
        _ => ctx.t("pj-account-hint"),
    };
    html! {
        (Field::text("party", &ctx.t("pj-party")).hint(&ctx.t("pj-party-hint")).value(form.get("party"))
            .error(findings.at("party")).html(ctx))
        (Field::text("number", &ctx.t("pj-contract-number")).value(form.get("number")).error(findings.at("number")).html(ctx))
        (Field::text("account", &ctx.t("pj-account")).hint(&account_hint).value(form.get("account"))
            .error(findings.at("account")).html(ctx))
        (Field::text("bank", &ctx.t("pj-bank")).optional().value(form.get("bank")).html(ctx))
    }
}
