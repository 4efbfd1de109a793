//! `/consents/new`: putting a paper of a place or a unit on file; a village that is new here gets its key.

use app::command::money::{FileConsent, MoneyCommand, Paper};
use app::view::money::PlaceFiles;
use app::view::pack::{Act, DemandOf, Subject};
use axum::extract;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::region::RegionCode;
use maud::{Markup, html};

use super::choices::{place, place_code};
use super::paper::field;
use super::parts::LOOK;
use crate::cookies::encode;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::flash::Flash;
use crate::page::{Page, go_with};
use crate::pages::shared::{
    ACCEPT, Query, date, held_files, keep_files, kept_before, key_of, money_command, needed, refused,
    require, rule_line, say, shown, value,
};
use crate::state::Seat;
use crate::submitted::{Submitted, SubmittedWithFiles};
use crate::ui::{Choice, Field, FileField, Findings, Form, Opt, Size, actions, button, error_summary, panel};
use crate::words::word;

/// The page.
pub(super) async fn show(seat: Seat, query: extract::Query<Query>) -> Result<Response, WebError> {
    require(&seat, &LOOK)?;
    // What is missing is named to everybody; who does not file papers reads on the list who does.
    if !shown(&seat.ctx, seat.app().place_files(&seat.viewer))?.may_sign {
        return Ok(Redirect::to("/consents").into_response());
    }
    let list = load(&seat)?;
    let mut form = Submitted::default();
    for (from, to) in [("place", "where"), ("demand", "demand")] {
        if let Some(text) = query.get(from) {
            form.set(to, text.clone());
        }
    }
    page(&seat, &list, &form, &[], &Findings::none())
}

/// Puts it on file.
pub(super) async fn file(seat: Seat, sent: SubmittedWithFiles) -> Result<Response, WebError> {
    let list = load(&seat)?;
    let (ctx, form) = (&seat.ctx, &sent.fields);
    if ctx.live.is_live() || form.act() != "file" {
        let papers = kept_before(&seat, form, "files");
        return page(&seat, &list, form, &papers, &Findings::none());
    }
    let mut findings = Findings::none();
    let demand = needed(ctx, form, &mut findings, ("demand", &ctx.t("pj-paper")));
    let found = place_and_name(&seat, &list, form, &mut findings)?;
    let document = needed(ctx, form, &mut findings, ("document", &ctx.t("pj-document")));
    let on = date(ctx, form, &mut findings, ("on", &ctx.t("pj-document-on")));
    let mut papers = kept_before(&seat, form, "files");
    papers.extend(keep_files(&seat, &sent.files, ("files", &demand), &mut findings)?);
    if papers.is_empty() && findings.at("files").is_none() {
        findings.add("files", ctx.t("pj-files-needed"));
    }
    let (Some((place, name)), Some(on), true) = (found, on, findings.is_empty()) else {
        return page(&seat, &list, form, &papers, &findings);
    };
    let consent = FileConsent { place: place.clone(), name, demand, document, on, papers: papers.clone() };
    let money = MoneyCommand::FileConsent { pack: seat.viewer.pack.id.clone(), consent };
    match seat.submit(form.get("key"), money_command(money)).await {
        Ok(_) => Ok(go_with(&format!("/consents/{}", encode(&place)), &Flash::done(word("pj-paper-filed")))),
        Err(failure) => {
            refused(ctx, &mut findings, failure, |reason| match reason {
                app::view::state::Reason::PaperNotDemanded { .. } => "demand".to_owned(),
                app::view::state::Reason::NameMissing {} => "name".to_owned(),
                other => field(other).to_owned(),
            })?;
            page(&seat, &list, form, &papers, &findings)
        }
    }
}

fn load(seat: &Seat) -> Result<PlaceFiles, WebError> {
    require(seat, &LOOK)?;
    let list = shown(&seat.ctx, seat.app().place_files(&seat.viewer))?;
    match (list.demands.is_empty(), list.may_sign) {
        (true, _) => Err(WebError::NotFound),
        (false, true) => Ok(list),
        (false, false) => Err(WebError::Forbidden),
    }
}

/// The key of the place and its name: one of those known, or a new one within a region.
fn place_and_name(
    seat: &Seat,
    list: &PlaceFiles,
    form: &Submitted,
    findings: &mut Findings,
) -> Result<Option<(String, String)>, WebError> {
    let ctx = &seat.ctx;
    match form.get("where") {
        "" => {
            findings.add("where", ctx.t("pj-choose-place"));
            Ok(None)
        }
        "new" => {
            let name = needed(ctx, form, findings, ("name", &ctx.t("pj-place-name")));
            let Ok(region) = place_code(form, ctx.today).parse::<RegionCode>() else {
                findings.add("place", ctx.t("pj-choose-place"));
                return Ok(None);
            };
            let key = shown(ctx, seat.app().next_village(&seat.viewer, region))?;
            Ok((!name.is_empty()).then_some((key, name)))
        }
        key => {
            let known = list.places.iter().find(|place| place.place == key);
            Ok(Some((key.to_owned(), known.map_or_else(|| key.to_owned(), |place| place.name.clone()))))
        }
    }
}

fn page(
    seat: &Seat,
    list: &PlaceFiles,
    form: &Submitted,
    papers: &[Paper],
    findings: &Findings,
) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let (key, today) = (key_of(seat, form), ctx.today.to_string());
    let held = held_files(seat, "files", papers)?;
    let demands: Vec<Opt> = list
        .demands
        .iter()
        .map(|demand| Opt::new(&demand.id, say(ctx, &demand.name)).with_hint(&demand.cite))
        .collect();
    let only = if let [one] = demands.as_slice() { one.value.clone() } else { String::new() };
    let fields = html! {
        (error_summary(ctx, findings))
        (panel(&ctx.t("pj-place-or-unit"), whose(ctx, list, form, findings)))
        (panel(&ctx.t("pj-paper"), html! {
            (Choice::radios("demand", &ctx.t("pj-paper"), &demands).chosen(value(form, "demand", &only))
                .error(findings.at("demand")).html(ctx))
            (Field::text("document", &ctx.t("pj-document")).size(Size::Full).hint(&ctx.t("pj-document-hint"))
                .value(form.get("document")).error(findings.at("document")).html(ctx))
            (Field::date("on", &ctx.t("pj-document-on")).value(value(form, "on", &today)).error(findings.at("on")).html(ctx))
            (held)
            (FileField { name: "files", label: &ctx.t("pj-files"), accept: ACCEPT, hint: Some(&ctx.t("pj-files-hint")),
                error: findings.at("files") }.html(ctx))
        }))
        (actions(html! { (button::primary(&ctx.t("pj-paper-file"), "file")) (button::link("/consents", &ctx.t("cancel"))) }))
    };
    Ok(Page::new(ctx, &ctx.t("pj-consent-file"))
        .crumb("/consents", ctx.t("pj-consents"))
        .findings(findings.count())
        .body(html! {
            (rule_line(ctx, &seat.viewer.pack, Subject::Project, Act::Sign))
            (Form::post("/consents/new", "file").with_files().key(&key).guarded().html(ctx, fields))
        })
        .into_response())
}

/// One of the places and units known, or a new village.
fn whose(ctx: &Ctx, list: &PlaceFiles, form: &Submitted, findings: &Findings) -> Markup {
    let by_place = list.demands.iter().any(|demand| demand.of == DemandOf::Place);
    let mut options: Vec<Opt> = list.places.iter().map(|place| Opt::new(&place.place, &place.name)).collect();
    let asked = form.get("where");
    if !asked.is_empty() && asked != "new" && options.iter().all(|option| option.value != asked) {
        options.push(Opt::new(asked, asked));
    }
    if by_place {
        options.push(Opt::new("new", ctx.t("pj-place-new")));
    }
    let usual = if list.places.is_empty() && by_place { "new" } else { "" };
    html! {
        (Choice::select("where", &ctx.t("pj-place-or-unit"), &options).chosen(value(form, "where", usual))
            .error(findings.at("where")).html(ctx))
        @if by_place {
            fieldset.field {
                legend { (ctx.t("pj-place-new")) }
                p.hint { (ctx.t("pj-place-new-hint")) }
                (place(ctx, &place_code(form, ctx.today), (&ctx.t("pj-place-within-county"), &ctx.t("pj-place-hint")), findings.at("place")))
                (Field::text("name", &ctx.t("pj-place-name")).optional().value(form.get("name")).error(findings.at("name")).html(ctx))
            }
        }
    }
}
