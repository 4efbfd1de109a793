//! What the administrator does on a person's page: roles, the account, a new first password.

use app::accounts::Withdrawal;
use app::rows::RoleRow;
use app::view::people::PersonCard;
use app::{Command, Failure};
use axum::extract::Path;
use axum::response::Response;

use super::parts::{Fields, refused};
use super::{beside, first, lend, person};
use crate::error::WebError;
use crate::flash::Flash;
use crate::page::go_with;
use crate::state::Seat;
use crate::submitted::Submitted;
use crate::ui::Findings;
use crate::words::{Word, word};

/// Does what the button says.
pub(super) async fn act(seat: Seat, Path(id): Path<String>, form: Submitted) -> Result<Response, WebError> {
    let card = person::load(&seat, &id)?;
    if seat.ctx.live.is_live() {
        return Ok(person::page(&seat, &card, &form, &Findings::none()));
    }
    match form.act() {
        "grant" => grant(&seat, &card, &form).await,
        "withdraw" => withdraw(&seat, &card, &form).await,
        "disable" => disable(&seat, &card, &form).await,
        "enable" => enable(&seat, &card, &form).await,
        act if act.starts_with("end:") => {
            let done = seat.submit(form.get("key"), lend::ended(act)?).await.map(drop);
            answered(&seat, &card, &form, done, Fields::only("lines"), word("lend-ended"))
        }
        "reset" => reset(&seat, &card, &form).await,
        _ => Err(WebError::Unreadable { operator: "no act of a person's page".to_owned() }),
    }
}

async fn grant(seat: &Seat, card: &PersonCard, form: &Submitted) -> Result<Response, WebError> {
    let Some(RoleRow { org, role }) = chosen(form.get("grant")) else {
        return Ok(no_role(seat, card, form, "grant"));
    };
    let command = Command::GrantRole { person: card.line.row.person, org, role };
    let done = seat.submit(form.get("key"), command).await.map(drop);
    answered(seat, card, form, done, Fields::only("grant"), word("people-granted"))
}

async fn withdraw(seat: &Seat, card: &PersonCard, form: &Submitted) -> Result<Response, WebError> {
    let Some(held) = chosen(form.get("withdraw")) else { return Ok(no_role(seat, card, form, "withdraw")) };
    if form.get("withdraw_why").is_empty() {
        let mut findings = Findings::none();
        findings.add("withdraw_why", seat.ctx.t("people-why-missing"));
        return Ok(person::page(seat, card, form, &findings));
    }
    let asked = Withdrawal { person: card.line.row.person, held, why: form.get("withdraw_why").to_owned() };
    let (app, who, key) = (seat.app().clone(), seat.viewer.who(), form.get("key").to_owned());
    let done = beside(move || app.withdraw_role(&who, &key, asked)).await?;
    answered(seat, card, form, done, Fields::only("withdraw"), word("people-withdrawn"))
}

async fn disable(seat: &Seat, card: &PersonCard, form: &Submitted) -> Result<Response, WebError> {
    let (app, who, key) = (seat.app().clone(), seat.viewer.who(), form.get("key").to_owned());
    let (id, why) = (card.line.row.person, form.get("disable_why").to_owned());
    let done = beside(move || app.disable_person(&who, &key, id, &why)).await?;
    answered(seat, card, form, done, Fields::only("disable_why"), word("people-disabled"))
}

async fn enable(seat: &Seat, card: &PersonCard, form: &Submitted) -> Result<Response, WebError> {
    let command = Command::EnablePerson { person: card.line.row.person };
    let done = seat.submit(form.get("key"), command).await.map(drop);
    answered(seat, card, form, done, Fields::only("grant"), word("people-enabled-again"))
}

async fn reset(seat: &Seat, card: &PersonCard, form: &Submitted) -> Result<Response, WebError> {
    let (app, who, key) = (seat.app().clone(), seat.viewer.who(), form.get("key").to_owned());
    let row = &card.line.row;
    let id = row.person;
    match beside(move || app.reset_password(&who, &key, id)).await? {
        Ok(handed) => {
            let back = format!("/admin/people/{id}");
            let handed =
                first::Handed { name: &row.name, login: &row.login, first: handed.as_deref(), back: &back };
            Ok(first::page(&seat.ctx, &handed))
        }
        Err(failure) => answered(seat, card, form, Err(failure), Fields::only("grant"), word("people-reset")),
    }
}

fn chosen(value: &str) -> Option<RoleRow> {
    let (org, role) = value.split_once(':')?;
    Some(RoleRow { org: org.parse().ok()?, role: role.to_owned() })
}

fn no_role(seat: &Seat, card: &PersonCard, form: &Submitted, field: &str) -> Response {
    let mut findings = Findings::none();
    findings.add(field, seat.ctx.t("people-role-missing"));
    person::page(seat, card, form, &findings)
}

/// Back to the page with a message, or the form again with its finding.
fn answered(
    seat: &Seat,
    card: &PersonCard,
    form: &Submitted,
    done: Result<(), Failure>,
    fields: Fields<'_>,
    saying: Word,
) -> Result<Response, WebError> {
    match done {
        Ok(()) => Ok(go_with(&format!("/admin/people/{}", card.line.row.person), &Flash::done(saying))),
        Err(failure) => {
            let mut findings = Findings::none();
            refused(&seat.ctx, &mut findings, failure, fields)?;
            Ok(person::page(seat, card, form, &findings))
        }
    }
}
