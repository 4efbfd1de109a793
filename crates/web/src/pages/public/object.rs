//! The form of an objection. Anybody may send it while the notice runs; a contact is free and sealed; the receipt is the only
//! way to ask for the answer, so nobody needs an account.

use app::rows::NoticeOf;
use app::view::state::Reason;
use app::view::{CONTACT_CHARS_MAX, NoticePage, OBJECTION_CHARS_MAX, Objecting};
use app::{Failure, Who};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use kernel::id::CaseId;
use maud::{Markup, html};

use super::law::{list, plain};
use super::notice::load;
use super::notices::running;
use crate::cookies::encode;
use crate::ctx::Ctx;
use crate::error::{OrNotFound, WebError};
use crate::guard::throttle::Peer;
use crate::page::{Page, Width};
use crate::state::{AppState, fresh_key, refusal_of, web_error};
use crate::submitted::Submitted;
use crate::ui::{Choice, Field, Findings, Form, Opt, actions, button, error_summary};

/// The empty form.
pub(super) async fn show(
    State(state): State<AppState>,
    ctx: Ctx,
    Path(of): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let query: Submitted = pairs.into_iter().collect();
    let notice = load(&state, &ctx, &of, query.get("number"))?;
    let mut form = Submitted::default();
    form.set("number", query.get("number"));
    form.set("key", fresh_key(&state.app));
    form.set("case", if query.has("case") { query.get("case") } else { ALL });
    Ok(page(&ctx, &notice, &form, &Findings::none()).into_response())
}

/// The value that means the notice as a whole.
const ALL: &str = "all";

/// An objection.
pub(super) async fn send(
    State(state): State<AppState>,
    ctx: Ctx,
    peer: Peer,
    Path(of): Path<String>,
    form: Submitted,
) -> Result<Response, WebError> {
    let notice = load(&state, &ctx, &of, form.get("number"))?;
    let (objecting, mut findings) = read(&ctx, &notice, &form);
    if ctx.live.is_live() || !findings.is_empty() {
        return Ok(page(&ctx, &notice, &form, &findings).into_response());
    }
    state.shell.throttle().try_now(&format!("objection:{}", peer.0), peer.0)?;
    let key = Some(form.get("key")).filter(|key| !key.is_empty()).or_not_found()?;
    let command =
        state.app.objection(&notice, key, &objecting).map_err(|failure| web_error(&ctx, failure))?;
    match state.submit(Who::Public, key, command).await {
        Ok(answer) => {
            let to = format!("/receipt?number={}&new=1", encode(&answer.number));
            Ok(axum::response::Redirect::to(&to).into_response())
        }
        Err(Failure::Refused(refusal)) => {
            let field = match refusal.reason {
                Reason::NotFound { .. } if !notice.items.is_empty() => "case",
                _ => "text",
            };
            findings.add(field, refusal_of(&ctx, &refusal).text);
            Ok(page(&ctx, &notice, &form, &findings).into_response())
        }
        Err(failure) => Err(web_error(&ctx, failure)),
    }
}

/// What was typed, and what of it cannot be taken.
fn read(ctx: &Ctx, notice: &NoticePage, form: &Submitted) -> (Objecting, Findings) {
    let mut findings = Findings::none();
    let chosen = form.get("case");
    let case: Option<CaseId> = chosen.parse().ok();
    let of_items = !notice.items.is_empty();
    if of_items
        && chosen != ALL
        && !case.is_some_and(|case| notice.items.iter().any(|item| item.case == case))
    {
        findings.add("case", ctx.t("object-case-missing"));
    }
    let length = form.get("text").chars().count();
    if length == 0 {
        findings.add("text", ctx.t("object-text-missing"));
    } else if length > OBJECTION_CHARS_MAX {
        findings.add("text", ctx.t_args("object-text-long", &[("most", OBJECTION_CHARS_MAX.into())]));
    }
    for name in ["name", "contact"] {
        if form.get(name).chars().count() > CONTACT_CHARS_MAX {
            findings.add(name, ctx.t_args("object-contact-long", &[("most", CONTACT_CHARS_MAX.into())]));
        }
    }
    let text = |name: &str| form.get(name).to_owned();
    (Objecting { case, text: text("text"), name: text("name"), contact: text("contact") }, findings)
}

/// The page of a form.
pub(super) fn page<'c>(ctx: &'c Ctx, notice: &NoticePage, form: &Submitted, findings: &Findings) -> Page<'c> {
    let back = back(notice);
    let action = format!("/notices/{}/object", notice.address());
    let page = Page::new(ctx, &ctx.t("object-title"))
        .crumb("/notices", ctx.t("notices-title"))
        .crumb(back.clone(), plain(ctx, &notice.title))
        .caption(format!("{} · {}", plain(ctx, &notice.title), notice.number))
        .beside_title(running(ctx, notice.running))
        .width(Width::Narrow)
        .findings(findings.count());
    if !notice.running.is_open() {
        return page.body(html! {
            p.note { (ctx.t("object-closed")) }
            p { a.button href=(back) { (ctx.t("object-back")) } }
        });
    }
    page.body(html! {
        (error_summary(ctx, findings))
        p { (ctx.t_args("object-about", &[("last", ctx.date(notice.last).into())])) }
        (Form::post(&action, "send").guarded().html(ctx, fields(ctx, notice, form, findings)))
    })
}

/// The page of the notice.
fn back(notice: &NoticePage) -> String {
    match notice.about {
        NoticeOf::Plan(plan) => format!("/notices/{plan}"),
        NoticeOf::Case(_) => format!("/notices/{}?number={}", notice.address(), encode(&notice.number)),
    }
}

fn fields(ctx: &Ctx, notice: &NoticePage, form: &Submitted, findings: &Findings) -> Markup {
    let mut options = vec![Opt::new(ALL, ctx.t("object-all"))];
    options.extend(notice.items.iter().enumerate().map(|(at, item)| {
        let cells = item.cells.iter().filter(|cell| cell.money.is_none()).take(3).map(|cell| &cell.text);
        Opt::new(item.case.to_string(), format!("{}. {}", at + 1, list(ctx, cells)))
    }));
    let (case, text) = (ctx.t("object-case"), ctx.t("object-text"));
    let (name, contact) = (ctx.t("object-name"), ctx.t("object-contact"));
    let (text_hint, contact_hint) = (ctx.t("object-text-hint"), ctx.t("object-contact-hint"));
    html! {
        input type="hidden" name="key" value=(form.get("key"));
        input type="hidden" name="number" value=(form.get("number"));
        @if !notice.items.is_empty() { (Choice::select("case", &case, &options).chosen(form.get("case")).error(findings.at("case")).html(ctx)) }
        (Field::long_text("text", &text, 8).hint(&text_hint).value(form.get("text")).error(findings.at("text")).html(ctx))
        (Field::text("name", &name).optional().value(form.get("name")).error(findings.at("name")).html(ctx))
        (Field::text("contact", &contact).optional().hint(&contact_hint).value(form.get("contact")).error(findings.at("contact")).html(ctx))
        (actions(html! {
            (button::primary(&ctx.t("object-send"), "send"))
            (button::link(&back(notice), &ctx.t("cancel")))
        }))
    }
}
