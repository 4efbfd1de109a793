//! `/consents/{place}`: the papers of one place or unit with their files; a paper that no longer counts is taken off the file.

use app::command::money::{MoneyCommand, RevokeConsent};
use app::view::money::{PlacePage, PlacePaper};
use app::view::state::Reason;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::tabs::gate;
use crate::cookies::encode;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::flash::Flash;
use crate::page::{Page, go_with};
use crate::pages::shared::{
    date, file_line, key_of, money_command, needed, refused, require, say, shown, value,
};
use crate::state::Seat;
use crate::submitted::Submitted;
use crate::ui::{
    Choice, Field, Findings, Form, Opt, Paper, PaperState, actions, button, cite, empty_state, error_summary,
    panel, paper_list,
};
use crate::words::word;

/// The page.
pub(super) async fn show(seat: Seat, Path(place): Path<String>) -> Result<Response, WebError> {
    let view = load(&seat, &place)?;
    Ok(page(&seat, &view, &Submitted::default(), &Findings::none()))
}

/// Takes a paper off the file.
pub(super) async fn revoke(
    seat: Seat,
    Path(place): Path<String>,
    form: Submitted,
) -> Result<Response, WebError> {
    let view = load(&seat, &place)?;
    if !view.may_sign {
        return Err(WebError::Forbidden);
    }
    let ctx = &seat.ctx;
    let mut findings = Findings::none();
    let demand = needed(ctx, &form, &mut findings, ("demand", &ctx.t("pj-paper")));
    let on = date(ctx, &form, &mut findings, ("on", &ctx.t("pj-revoke-on")));
    let why = needed(ctx, &form, &mut findings, ("why", &ctx.t("pj-why")));
    let (Some(on), true) = (on, findings.is_empty() && !ctx.live.is_live()) else {
        return Ok(page(&seat, &view, &form, &findings));
    };
    let revoke = RevokeConsent { demand, why, on };
    let pack = seat.viewer.pack.id.clone();
    let money = MoneyCommand::RevokeConsent { pack, place: place.clone(), revoke };
    match seat.submit(form.get("key"), money_command(money)).await {
        Ok(_) => Ok(go_with(&format!("/consents/{}", encode(&place)), &Flash::done(word("pj-revoked")))),
        Err(failure) => {
            refused(ctx, &mut findings, failure, |reason| match reason {
                Reason::DateInFuture { .. } => "on".to_owned(),
                Reason::ReasonMissing { .. } => "why".to_owned(),
                _ => "demand".to_owned(),
            })?;
            Ok(page(&seat, &view, &form, &findings))
        }
    }
}

fn load(seat: &Seat, place: &str) -> Result<PlacePage, WebError> {
    require(seat, &super::parts::LOOK)?;
    shown(&seat.ctx, seat.app().place_page(&seat.viewer, place))
}

fn page(seat: &Seat, view: &PlacePage, form: &Submitted, findings: &Findings) -> Response {
    let ctx = &seat.ctx;
    let base = format!("/consents/{}", encode(&view.file.place));
    let papers: Vec<Paper> = view.file.papers.iter().map(|paper| line(ctx, view, &base, paper)).collect();
    let body = html! {
        (error_summary(ctx, findings))
        @if papers.is_empty() { (empty_state(&ctx.t("pj-consents-none"), &ctx.t("pj-consents-about"), html! {})) }
        @else { (panel(&ctx.t("pj-consents-papers"), paper_list(ctx, &papers))) }
        @if !view.file.projects.is_empty() {
            (panel(&ctx.t("pj-consents-projects"), html! {
                ul.papers { @for (id, number, name) in &view.file.projects {
                    li { a href={ "/projects/" (id) } { (ctx.zh(name)) } " " span.hint { (number) } } } }
            }))
        }
        @if !view.revoked.is_empty() {
            (panel(&ctx.t("pj-revoked-list"), html! {
                ul.papers { @for (name, why, on) in &view.revoked {
                    li { (say(ctx, name)) p.hint { (ctx.date(*on)) " · " (ctx.zh(why)) } } }
                }
            }))
        }
        @if view.may_sign && view.file.papers.iter().any(|paper| paper.filed.is_some()) {
            (panel(&ctx.t("pj-revoke"), revoke_form(seat, view, &base, form, findings)))
        }
    };
    Page::new(ctx, &view.file.name)
        .crumb("/consents", ctx.t("pj-consents"))
        .caption(if view.file.unit { ctx.t("pj-of-unit") } else { ctx.t("pj-of-place") })
        .findings(findings.count())
        .body(body)
        .into_response()
}

fn line(ctx: &Ctx, view: &PlacePage, base: &str, paper: &PlacePaper) -> Paper {
    let before = gate(ctx, paper.demand.before);
    let files = view.files.get(&paper.demand.id).map_or(&[][..], Vec::as_slice);
    let href =
        format!("/consents/new?place={}&demand={}", encode(&view.file.place), encode(&paper.demand.id));
    let label = if paper.filed.is_some() { ctx.t("pj-paper-again") } else { ctx.t("pj-paper-file") };
    let about = say(ctx, &paper.demand.name).to_owned();
    Paper {
        title: about.clone(),
        article: paper.demand.cite.clone(),
        hint: Some(match &paper.filed {
            Some((document, on)) => format!("{before} · {document} · {}", ctx.date(*on)),
            None => before,
        }),
        state: if paper.filed.is_some() { PaperState::Given } else { PaperState::Missing },
        files: files.iter().map(|file| file_line(base, file)).collect(),
        action: view.may_sign.then(|| html! { a.button href=(href) { (label) span.sr-only { (about) } } }),
    }
}

fn revoke_form(seat: &Seat, view: &PlacePage, base: &str, form: &Submitted, findings: &Findings) -> Markup {
    let ctx = &seat.ctx;
    let (key, today) = (key_of(seat, form), ctx.today.to_string());
    let filed = view.file.papers.iter().filter(|paper| paper.filed.is_some());
    let options: Vec<Opt> =
        filed.map(|paper| Opt::new(&paper.demand.id, say(ctx, &paper.demand.name))).collect();
    let fields = html! {
        p.hint { (ctx.t("pj-revoke-about")) @if let Some(step) = &view.step { " " (cite(&step.cite.to_string())) } }
        (Choice::select("demand", &ctx.t("pj-paper"), &options).chosen(form.get("demand")).error(findings.at("demand")).html(ctx))
        (Field::date("on", &ctx.t("pj-revoke-on")).value(value(form, "on", &today)).error(findings.at("on")).html(ctx))
        (Field::long_text("why", &ctx.t("pj-why"), 2).value(form.get("why")).error(findings.at("why")).html(ctx))
        (actions(button::danger(&ctx.t("pj-revoke"), "revoke")))
    };
    Form::post(base, "revoke").key(&key).guarded().html(ctx, fields)
}
