//! The plans of the fund, what waits for one, and beginning a new one.

use app::Command;
use app::access::Right;
use app::view::{PlanList, Waiting};
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use std::collections::BTreeMap;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::flash::Flash;
use crate::page::{Page, Width, go_with};
use crate::pages::shared::{article, key_of_act, refused, require, say, shown};
use crate::state::Seat;
use crate::submitted::Submitted;
use crate::ui::{
    Badge, Choice, DataTable, Findings, Form, Head, Opt, actions, badge, button, empty_state, error_summary,
    panel,
};
use crate::words::word;

/// The list.
pub(super) async fn show(seat: Seat) -> Result<Response, WebError> {
    let view = list(&seat)?;
    let ctx = &seat.ctx;
    let body = html! {
        @if view.waiting.iter().any(|w| w.cases > 0) { (panel(&ctx.t("commission-waiting"), waiting(&seat, &view))) }
        @if view.plans.is_empty() {
            (empty_state(&ctx.t("commission-plans-none"), &ctx.t("commission-plans-none-about"), html! {}))
        } @else { (panel(&ctx.t("commission-plans"), table(ctx, &view))) }
    };
    Ok(Page::new(ctx, &ctx.t("commission-plans"))
        .beside_title(html! { @if plans(&seat, &view) { (button::link_primary("/plans/new", &ctx.t("commission-plan-new"))) } })
        .body(body)
        .into_response())
}

fn list(seat: &Seat) -> Result<PlanList, WebError> {
    require(seat, &[Right::Plan, Right::SeeMoney])?;
    shown(&seat.ctx, seat.app().plan_list(&seat.viewer))
}

/// Whether this role begins plans.
fn plans(seat: &Seat, view: &PlanList) -> bool {
    view.waiting.iter().any(|w| w.by == seat.viewer.role)
}

fn waiting(seat: &Seat, view: &PlanList) -> Markup {
    let ctx = &seat.ctx;
    let heads = vec![
        Head::text(ctx.t("commission-procedure")),
        Head::text(ctx.t("commission-year")),
        Head::amount(ctx.t("commission-cases")),
        Head::amount(ctx.t("commission-proposed-yuan")),
        Head::text(ctx.t("commission-article")),
    ];
    let mut table = DataTable::new("waiting", ctx.t("commission-waiting"), heads).quiet_caption();
    for line in view.waiting.iter().filter(|w| w.cases > 0) {
        let name = say(ctx, &line.name);
        let href = format!("/plans/new?year={}&procedure={}", line.year, line.procedure);
        table = table.row(vec![
            html! { @if line.by == seat.viewer.role { a href=(href) { (name) } } @else { (name) } },
            html! { (line.year) },
            html! { (line.cases) },
            html! { (line.proposed.grouped()) },
            article(&line.cite),
        ]);
    }
    html! { p.hint { (ctx.t("commission-waiting-about")) } (table.html()) }
}

fn table(ctx: &Ctx, view: &PlanList) -> Markup {
    let heads = vec![
        Head::text(ctx.t("commission-number")),
        Head::text(ctx.t("commission-year")),
        Head::amount(ctx.t("commission-items")),
        Head::amount(ctx.t("commission-total-yuan")),
        Head::text(ctx.t("commission-stage")),
        Head::text(ctx.t("commission-changed")),
    ];
    let mut table = DataTable::new("plans", ctx.t("commission-plans"), heads).quiet_caption();
    for row in &view.plans {
        let stage = ctx.pick(&row.stage, &row.stage_en);
        table = table.row(vec![
            html! { a href={ "/plans/" (row.plan) } { (ctx.zh(&row.number)) } },
            html! { (row.year) },
            html! { (row.items) },
            html! { (row.total.grouped()) },
            html! { @if stage.is_empty() { (badge(Badge::Green, &ctx.t("commission-plan-done"))) } @else { (badge(Badge::Blue, stage)) } },
            html! { (ctx.date(row.changed_on)) },
        ]);
    }
    table.html()
}

/// The page of a new plan.
pub(super) async fn new(
    seat: Seat,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Response, WebError> {
    let view = list(&seat)?;
    let of =
        asked.get("year").zip(asked.get("procedure")).map(|(year, procedure)| format!("{procedure}:{year}"));
    let mut form = Submitted::default();
    let usual = view.waiting.iter().find(|w| w.cases > 0).map(|w| format!("{}:{}", w.procedure, w.year));
    if let Some(of) = of.or(usual) {
        form.set("of", of);
    }
    new_page(&seat, &view, &form, &Findings::none())
}

/// Begins a plan.
pub(super) async fn draft(seat: Seat, form: Submitted) -> Result<Response, WebError> {
    let view = list(&seat)?;
    let ctx = &seat.ctx;
    let mut findings = Findings::none();
    let chosen =
        form.get("of").rsplit_once(':').and_then(|(p, year)| Some((p.to_owned(), year.parse::<i16>().ok()?)));
    let (Some((procedure, year)), false) = (chosen, ctx.live.is_live()) else {
        findings.add("of", ctx.t("commission-choose-plan"));
        return new_page(&seat, &view, &form, &findings);
    };
    let pack = seat.viewer.pack.id.clone();
    match seat.submit(form.get("key"), Command::DraftPlan { pack, procedure, year }).await {
        Ok(answer) => {
            let done = Flash::done(word("commission-plan-begun")).with("number", answer.number);
            Ok(go_with(&format!("/plans/{}", answer.id.unwrap_or_default()), &done))
        }
        Err(failure) => {
            refused(ctx, &mut findings, failure, |_| "of".to_owned())?;
            new_page(&seat, &view, &form, &findings)
        }
    }
}

fn new_page(
    seat: &Seat,
    view: &PlanList,
    form: &Submitted,
    findings: &Findings,
) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    if !plans(seat, view) && !view.waiting.is_empty() {
        return Err(WebError::Forbidden);
    }
    let option = |w: &Waiting| {
        let about = ctx.t_args(
            "commission-waiting-line",
            &[("cases", w.cases.into()), ("sum", w.proposed.grouped().into())],
        );
        Opt::new(format!("{}:{}", w.procedure, w.year), format!("{} {}", w.year, say(ctx, &w.name)))
            .with_hint(about)
    };
    let options: Vec<Opt> = view.waiting.iter().map(option).collect();
    let key = key_of_act(&seat.state, form, "draft");
    let body = html! {
        (error_summary(ctx, findings))
        @if options.is_empty() {
            (empty_state(&ctx.t("commission-years-none"), &ctx.t("commission-plan-needs-year"), html! {}))
        } @else {
            section.card {
                (Form::post("/plans/new", "draft").key(&key).html(ctx, html! {
                    (Choice::radios("of", &ctx.t("commission-plan-of"), &options).chosen(form.get("of"))
                        .hint(&ctx.t("commission-plan-of-hint")).error(findings.at("of")).html(ctx))
                    (actions(button::primary(&ctx.t("commission-plan-begin"), "draft")))
                }))
            }
        }
    };
    Ok(Page::new(ctx, &ctx.t("commission-plan-new"))
        .width(Width::Narrow)
        .crumb("/plans", ctx.t("commission-plans"))
        .findings(findings.count())
        .body(body)
        .into_response())
}
