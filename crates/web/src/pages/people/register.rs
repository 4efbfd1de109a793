//! An enterprise registers itself, with its first person and the password that person chose.

use app::accounts::{NewEnterprise, PasswordError};
use app::password::LENGTH_MIN;
use app::signin::Secret;
use app::view::people::desk_regions;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use kernel::credit::CreditCode;
use kernel::region::RegionCode;
use maud::{Markup, html};

use super::beside;
use super::parts::{Fields, raw, refused, said, with_session};
use crate::ctx::Ctx;
use crate::error::{Fault, WebError};
use crate::flash::Flash;
use crate::guard::throttle::Peer;
use crate::page::{Page, Width, go_with};
use crate::pages::shared::{explained, key_of_act};
use crate::session::{SIGN_IN_PATH, Token};
use crate::state::{AppState, web_error};
use crate::submitted::Submitted;
use crate::ui::{Choice, Field, Findings, Form, Opt, Size, actions, button, error_summary};
use crate::words::word;

const FIELDS: Fields<'static> =
    Fields { name: "name", code: "code", login: "login", why: "name", otherwise: "region" };

/// The page.
pub(super) async fn show(State(state): State<AppState>, ctx: Ctx) -> Result<Response, WebError> {
    page(&state, &ctx, &Submitted::default(), &Findings::none())
}

/// The registration.
pub(super) async fn register(
    State(state): State<AppState>,
    ctx: Ctx,
    peer: Peer,
    form: Submitted,
) -> Result<Response, WebError> {
    let mut findings = Findings::none();
    let read = read(&ctx, &form, &mut findings);
    let (Some((credit_code, region)), false) = (read, ctx.live.is_live()) else {
        return page(&state, &ctx, &form, &findings);
    };
    state.shell.throttle().try_now(form.get("login"), peer.0)?;
    let (app, token) = (state.app.clone(), Token::fresh()?);
    let (sent, session, key) = (form.clone(), token.clone(), key_of_act(&state, &form, form.act()));
    let done = beside(move || {
        app.register_enterprise(NewEnterprise {
            name: sent.get("name").to_owned(),
            credit_code,
            region,
            person: sent.get("person").to_owned(),
            login: sent.get("login").to_owned(),
            password: Secret(raw(&sent, "password")),
            key: &key,
            token: session.expose(),
        })
    });
    match done.await? {
        Ok(Some(_)) => {
            let response =
                go_with("/file", &Flash::done(word("people-registered")).with("name", form.get("name")));
            Ok(with_session(response, &token, state.shell.transport()))
        }
        Ok(None) => Ok(go_with(SIGN_IN_PATH, &Flash::note(word("people-registered-before")))),
        Err(error) => {
            match error {
                PasswordError::Weak(weak) => findings.add("password", said(&ctx, weak.say())),
                PasswordError::Denied(denied) => findings.add("password", said(&ctx, denied.say())),
                PasswordError::Failure(app::Failure::Fault(fault)) => return Err(Fault::of(&fault).into()),
                PasswordError::Failure(failure) => refused(&ctx, &mut findings, failure, FIELDS)?,
            }
            page(&state, &ctx, &form, &findings)
        }
    }
}

/// What the form says, or findings in the order of its fields.
fn read(ctx: &Ctx, form: &Submitted, findings: &mut Findings) -> Option<(CreditCode, RegionCode)> {
    if form.get("name").is_empty() {
        findings.add("name", ctx.t("people-name-missing"));
    }
    let code = CreditCode::parse(form.get("code"));
    if let Err(error) = &code {
        findings.add("code", explained(ctx, error));
    }
    let region = form.get("region").parse::<RegionCode>();
    if region.is_err() {
        findings.add("region", ctx.t("people-region-missing"));
    }
    for (field, missing) in [("person", "people-contact-missing"), ("login", "people-login-missing")] {
        if form.get(field).is_empty() {
            findings.add(field, ctx.t(missing));
        }
    }
    if raw(form, "password").is_empty() {
        findings.add("password", ctx.t("people-password-missing"));
    } else if raw(form, "password") != raw(form, "again") {
        findings.add("again", ctx.t("people-again-differs"));
    }
    if findings.is_empty() { code.ok().zip(region.ok()) } else { None }
}

fn page(state: &AppState, ctx: &Ctx, form: &Submitted, findings: &Findings) -> Result<Response, WebError> {
    let pack = state.app.pack().map_err(|failure| web_error(ctx, failure))?;
    let desks = desk_regions(&pack);
    let regions: Vec<Opt> = desks
        .iter()
        .map(|desk| Opt::new(desk.region.to_string(), format!("{}（{}）", desk.name, desk.unit)))
        .collect();
    let key = key_of_act(state, form, form.act());
    let body = Form::post("/register", "register")
        .guarded()
        .key(&key)
        .html(ctx, fields(ctx, form, findings, &regions));
    Ok(Page::new(ctx, &ctx.t("people-register"))
        .width(Width::Narrow)
        .caption(ctx.t("people-register-about"))
        .findings(findings.count())
        .body(html! {
            (error_summary(ctx, findings))
            section.card { (body) }
            section.card { p { (ctx.t("people-register-known")) " " a href=(SIGN_IN_PATH) { (ctx.t("sign-in")) } } }
        })
        .into_response())
}

fn fields(ctx: &Ctx, form: &Submitted, findings: &Findings, regions: &[Opt]) -> Markup {
    let t = |id: &str| ctx.t(id);
    let rule = ctx.t_args("people-password-rule", &[("least", LENGTH_MIN.into())]);
    let text = |name: &'static str, label: &str, hint: &str| {
        let field = Field::text(name, label).size(Size::Full).value(form.get(name)).error(findings.at(name));
        if hint.is_empty() { field.html(ctx) } else { field.hint(hint).html(ctx) }
    };
    html! {
        (text("name", &t("people-enterprise-name"), &t("people-enterprise-name-hint")))
        (text("code", &t("people-code"), &t("people-code-hint")))
        (Choice::select("region", &t("people-register-region"), regions).hint(&t("people-register-region-hint"))
            .chosen(form.get("region")).error(findings.at("region")).html(ctx))
        (text("person", &t("people-contact"), ""))
        (Field::login("login", &t("people-login")).hint(&t("people-login-hint")).value(form.get("login"))
            .error(findings.at("login")).html(ctx))
        (Field::new_password("password", &t("people-password")).hint(&rule).error(findings.at("password")).html(ctx))
        (Field::new_password("again", &t("people-password-again")).error(findings.at("again")).html(ctx))
        (actions(button::primary(&t("people-register"), "register")))
    }
}
