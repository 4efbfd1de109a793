//! What the administrator does on an organisation's page: rename, add a person, declare a relation.

use app::accounts::NewPerson;
use app::view::people::OrgCard;
use app::{Answer, Command, Failure};
use axum::extract::Path;
use axum::response::Response;

use super::parts::{Fields, refused};
use super::{beside, first, org};
use crate::error::{OrFault, WebError};
use crate::flash::Flash;
use crate::page::go_with;
use crate::state::Seat;
use crate::submitted::Submitted;
use crate::ui::Findings;
use crate::words::{Word, word};

/// Does what the button says.
pub(super) async fn act(seat: Seat, Path(id): Path<String>, form: Submitted) -> Result<Response, WebError> {
    let card = org::load(&seat, &id)?;
    if seat.ctx.live.is_live() {
        return Ok(org::page(&seat, &card, &form, &Findings::none()));
    }
    match form.act() {
        "rename" => rename(seat, card, form).await,
        "person" => person(seat, card, form).await,
        "relate" => relate(seat, card, form).await,
        _ => Err(WebError::Unreadable { operator: "no act of an organisation's page".to_owned() }),
    }
}

async fn rename(seat: Seat, card: OrgCard, form: Submitted) -> Result<Response, WebError> {
    let command = Command::RenameOrg { org: card.row.org, name: form.get("name").to_owned() };
    let done = seat.submit(form.get("key"), command).await;
    answered(&seat, &card, &form, done, Fields::only("name"), word("people-renamed"))
}

async fn relate(seat: Seat, card: OrgCard, form: Submitted) -> Result<Response, WebError> {
    let mut findings = Findings::none();
    let ctx = &seat.ctx;
    let other = match form.get("other") {
        "" => {
            findings.add("other", ctx.t("people-other-missing"));
            None
        }
        text => match seat.app().org_meant(text).or_fault()? {
            Ok(row) if row.org == card.row.org => {
                findings.add("other", ctx.t("people-other-same"));
                None
            }
            Ok(row) => Some(row.org),
            Err(0) => {
                findings.add("other", ctx.t("people-other-unknown"));
                None
            }
            Err(_) => {
                findings.add("other", ctx.t("people-other-many"));
                None
            }
        },
    };
    let Some(other) = other else { return Ok(org::page(&seat, &card, &form, &findings)) };
    let command = Command::DeclareRelation { org: card.row.org, other, basis: form.get("basis").to_owned() };
    let done = seat.submit(form.get("key"), command).await;
    answered(&seat, &card, &form, done, Fields::only("basis"), word("people-related"))
}

async fn person(seat: Seat, card: OrgCard, form: Submitted) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let mut findings = Findings::none();
    for (field, missing) in [
        ("person", "people-name-missing"),
        ("login", "people-login-missing"),
        ("role", "people-role-missing"),
    ] {
        if form.get(field).is_empty() {
            findings.add(field, ctx.t(missing));
        }
    }
    if !findings.is_empty() {
        return Ok(org::page(&seat, &card, &form, &findings));
    }
    let (name, login) = (form.get("person").to_owned(), form.get("login").to_lowercase());
    let new = NewPerson {
        name: name.clone(),
        login: login.clone(),
        org: card.row.org,
        role: form.get("role").to_owned(),
    };
    let (app, who, key) = (seat.app().clone(), seat.viewer.who(), form.get("key").to_owned());
    match beside(move || app.add_person(&who, &key, new)).await? {
        Ok((_, handed)) => {
            let back = format!("/admin/orgs/{}", card.row.org);
            let handed = first::Handed { name: &name, login: &login, first: handed.as_deref(), back: &back };
            Ok(first::page(ctx, &handed))
        }
        Err(failure) => {
            let fields =
                Fields { name: "person", code: "role", login: "login", why: "role", otherwise: "role" };
            refused(ctx, &mut findings, failure, fields)?;
            Ok(org::page(&seat, &card, &form, &findings))
        }
    }
}

/// Back to the page with a message, or the form again with its finding.
fn answered(
    seat: &Seat,
    card: &OrgCard,
    form: &Submitted,
    done: Result<Answer, Failure>,
    fields: Fields<'_>,
    saying: Word,
) -> Result<Response, WebError> {
    match done {
        Ok(_) => Ok(go_with(&format!("/admin/orgs/{}", card.row.org), &Flash::done(saying))),
        Err(failure) => {
            let mut findings = Findings::none();
            refused(&seat.ctx, &mut findings, failure, fields)?;
            Ok(org::page(seat, card, form, &findings))
        }
    }
}
