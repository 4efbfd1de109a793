//! `/allocations/new`: first which money, which year and how amounts come about; then the plan itself.

use app::view::money::AllocationForm;
use app::view::pack::{Act, Method, Subject};
use axum::extract;
use axum::response::{IntoResponse, Response};
use maud::html;

use super::allocation_form::{Sheet, page as sheet_page};
use super::choices::{chosen_money, monies};

use crate::error::WebError;
use crate::page::Page;
use crate::pages::shared::{Query, require, rule_line, say, shown, years};
use crate::state::Seat;
use crate::submitted::Submitted;
use crate::ui::{Choice, Findings, Opt, cite};
use app::access::Right;

/// The page: the choice, or the plan once it is made.
pub(super) async fn show(seat: Seat, query: extract::Query<Query>) -> Result<Response, WebError> {
    let view = load(&seat)?;
    let form: Submitted = query.0.into_iter().collect();
    if form.has("money")
        && let Ok(sheet) = Sheet::of(&seat, &view, &form)
    {
        let form = sheet.begin(&form);
        return Ok(sheet_page(&seat, &sheet, &form, &Findings::none()));
    }
    Ok(choose(&seat, &view, &form))
}

/// Only the role that drafts comes in.
pub(super) fn load(seat: &Seat) -> Result<AllocationForm, WebError> {
    require(seat, &[Right::Allocate])?;
    let plans = |step: &app::view::pack::Step| {
        step.on == Subject::Allocation && step.act == Act::Plan && step.by == seat.viewer.role
    };
    if !seat.viewer.pack.steps.iter().any(plans) {
        return Err(WebError::Forbidden);
    }
    shown(&seat.ctx, seat.app().allocation_form(&seat.viewer))
}

/// The first page. It asks with GET: nothing is written, and the address can be sent to a colleague.
fn choose(seat: &Seat, view: &AllocationForm, form: &Submitted) -> Response {
    let ctx = &seat.ctx;
    let mut all: Vec<i16> = view.funds.iter().flat_map(|fund| fund.years.iter().copied()).collect();
    all.sort_unstable();
    all.dedup();
    let now = ctx.today.year().to_string();
    let mut methods =
        vec![Opt::new("direct", ctx.t("pj-method-direct")).with_hint(ctx.t("pj-method-direct-hint"))];
    methods.extend(view.methods.iter().map(|by| {
        let about = match by.method {
            Method::Formula => ctx.t("pj-formula-about"),
            Method::Competition => ctx.t("pj-competition-about"),
        };
        Opt::new(&by.id, say(ctx, &by.name)).with_hint(format!("{about} {}", by.cite))
    }));
    let chosen = if form.has("method") { form.get("method") } else { "direct" };
    let year = if form.has("year") { form.get("year") } else { now.as_str() };
    let missing = form.has("money") && chosen_money(&view.funds, form.get("money")).is_none();
    let error = missing.then(|| ctx.t("pj-choose-money"));
    Page::new(ctx, &ctx.t("pj-draft"))
        .crumb("/allocations", ctx.t("pj-allocations"))
        .beside_title(cite(&view.step.cite.to_string()))
        .body(html! {
            (rule_line(ctx, &seat.viewer.pack, Subject::Allocation, Act::Plan))
            section.card {
                form.form method="get" action="/allocations/new" {
                    (Choice::select("money", &ctx.t("pj-money"), &monies(ctx, &view.funds)).chosen(form.get("money"))
                        .hint(&ctx.t("pj-allocation-money-hint")).error(error.as_deref()).html(ctx))
                    (Choice::select("year", &ctx.t("pj-year"), &years(&all)).chosen(year).hint(&ctx.t("pj-allocation-year-hint")).html(ctx))
                    (Choice::radios("method", &ctx.t("pj-method"), &methods).chosen(chosen).html(ctx))
                    div.actions {
                        button.button.primary type="submit" { (ctx.t("pj-go-on")) }
                        a.button href="/allocations" { (ctx.t("cancel")) }
                    }
                }
            }
        })
        .into_response()
}
