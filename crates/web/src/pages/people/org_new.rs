//! Entering an organisation: offices and firms, which do not register themselves.

use app::Command;
use app::view::people::kind_of;
use axum::response::{IntoResponse, Response};
use kernel::credit::CreditCode;
use kernel::region::{Gazetteer, RegionCode};
use maud::html;

use super::parts::{Fields, KINDS, administrator, refused};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::flash::Flash;
use crate::page::{Page, Width, go_with};
use crate::pages::shared::{explained, key_of_act};
use crate::state::Seat;
use crate::submitted::Submitted;
use crate::ui::{Choice, Field, Findings, Form, Opt, Size, actions, button, error_summary};
use crate::words::word;

const FIELDS: Fields<'static> =
    Fields { name: "name", code: "code", login: "name", why: "name", otherwise: "name" };

/// The page.
pub(super) async fn show(seat: Seat) -> Result<Response, WebError> {
    administrator(&seat)?;
    Ok(page(&seat, &Submitted::default(), &Findings::none()))
}

/// Enters it.
pub(super) async fn add(seat: Seat, form: Submitted) -> Result<Response, WebError> {
    administrator(&seat)?;
    let mut findings = Findings::none();
    let read = read(&seat.ctx, &form, &mut findings);
    let (Some(command), false) = (read, seat.ctx.live.is_live()) else {
        return Ok(page(&seat, &form, &findings));
    };
    match seat.submit(form.get("key"), command).await {
        Ok(answer) => {
            let href = format!("/admin/orgs/{}", answer.id.unwrap_or_default());
            Ok(go_with(&href, &Flash::done(word("people-org-added"))))
        }
        Err(failure) => {
            refused(&seat.ctx, &mut findings, failure, FIELDS)?;
            Ok(page(&seat, &form, &findings))
        }
    }
}

fn read(ctx: &Ctx, form: &Submitted, findings: &mut Findings) -> Option<Command> {
    if form.get("name").is_empty() {
        findings.add("name", ctx.t("people-name-missing"));
    }
    let kind = kind_of(form.get("kind"));
    if kind.is_none() {
        findings.add("kind", ctx.t("people-kind-missing"));
    }
    let region = region(ctx, form.get("region"), findings);
    let credit_code = match form.get("code") {
        "" => None,
        text => CreditCode::parse(text).map_err(|error| findings.add("code", explained(ctx, &error))).ok(),
    };
    let kind = kind.filter(|_| findings.is_empty())?;
    Some(Command::RegisterOrg { name: form.get("name").to_owned(), kind, region, credit_code })
}

/// A region by its code or its full name; none when nothing was typed.
fn region(ctx: &Ctx, text: &str, findings: &mut Findings) -> Option<RegionCode> {
    if text.is_empty() {
        return None;
    }
    if let Some(known) = text.parse::<RegionCode>().ok().and_then(|code| Gazetteer::get().region(code)) {
        return Some(known.code);
    }
    match Gazetteer::get().resolve(text, Some(ctx.today)) {
        Ok(code) => Some(code),
        Err(error) => {
            findings.add("region", explained(ctx, &error));
            None
        }
    }
}

fn page(seat: &Seat, form: &Submitted, findings: &Findings) -> Response {
    let ctx = &seat.ctx;
    let t = |id: &str| ctx.t(id);
    let kinds: Vec<Opt> = KINDS.iter().map(|(kind, name)| Opt::new(*kind, ctx.word(*name))).collect();
    let key = key_of_act(&seat.state, form, "add");
    let fields = html! {
        (Field::text("name", &t("people-org-name")).size(Size::Full).value(form.get("name"))
            .error(findings.at("name")).html(ctx))
        (Choice::radios("kind", &t("people-kind"), &kinds).inline().chosen(form.get("kind"))
            .error(findings.at("kind")).html(ctx))
        (Field::text("region", &t("people-region")).size(Size::Full).hint(&t("people-region-hint")).optional()
            .value(form.get("region")).error(findings.at("region")).html(ctx))
        (Field::text("code", &t("people-code")).size(Size::Full).hint(&t("people-code-when")).optional()
            .value(form.get("code")).error(findings.at("code")).html(ctx))
        (actions(html! {
            (button::primary(&t("people-org-add"), "add"))
            (button::link("/admin/orgs", &t("cancel")))
        }))
    };
    Page::new(ctx, &t("people-org-add"))
        .width(Width::Narrow)
        .crumb("/admin", t("people-nav-admin"))
        .crumb("/admin/orgs", t("people-orgs"))
        .findings(findings.count())
        .body(html! {
            (error_summary(ctx, findings))
            section.card { (Form::post("/admin/orgs/new", "add").guarded().key(&key).html(ctx, fields)) }
        })
        .into_response()
}
