//! A box to try a case: the cases that travel with the pack as beginnings, every fact to be changed, the decision with its trace.

use app::view::pack::Expect;
use app::view::{CaseLine, PolicyPage, Qualified, preset};
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::ask::{findings, questions, typed};
use super::law::{list, plain, words};
use super::said::{panel_of, trace};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::Page;
use crate::state::{AppState, web_error};
use crate::submitted::Submitted;
use crate::ui::{Badge, Choice, Form, Opt, actions, badge, button, error_summary};

/// Where it stands.
pub(super) const PATH: &str = "/policy/try";

/// A case of the pack, or an empty one.
pub(super) async fn show(
    State(state): State<AppState>,
    ctx: Ctx,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let form: Submitted = pairs.into_iter().collect();
    let case = form.get("case").to_owned();
    let policy = state.app.policy().map_err(|failure| web_error(&ctx, failure))?;
    let chosen = preset(&policy.pack, &case);
    if chosen.is_none() && !case.is_empty() {
        return Err(WebError::NotFound);
    }
    let typed = chosen.unwrap_or_else(|| typed(&policy.pack, &form));
    let qualified = state.app.qualify(&typed).map_err(|failure| web_error(&ctx, failure))?;
    Ok(page(&ctx, &policy, &case, &qualified).into_response())
}

/// The same with the facts of the form.
pub(super) async fn look(
    State(state): State<AppState>,
    ctx: Ctx,
    form: Submitted,
) -> Result<Response, WebError> {
    let policy = state.app.policy().map_err(|failure| web_error(&ctx, failure))?;
    let typed = typed(&policy.pack, &form);
    let qualified = state.app.qualify(&typed).map_err(|failure| web_error(&ctx, failure))?;
    Ok(page(&ctx, &policy, form.get("case"), &qualified).into_response())
}

/// The bar that chooses a case.
pub(super) fn chooser(ctx: &Ctx, cases: &[CaseLine], case: &str) -> Markup {
    let options: Vec<Opt> = cases.iter().map(|one| Opt::new(one.id.clone(), plain(ctx, &one.name))).collect();
    let label = ctx.t("policy-try-case");
    html! {
        form.filter-bar method="get" action=(PATH) aria-label=(label) {
            (Choice::select("case", &label, &options).chosen(case).html(ctx))
            div.filter-buttons { button.button.primary type="submit" { (ctx.t("policy-try-open")) } }
        }
    }
}

fn page<'c>(ctx: &'c Ctx, policy: &PolicyPage, case: &str, qualified: &Qualified) -> Page<'c> {
    let found = findings(ctx, qualified);
    let chosen = policy.cases.iter().find(|one| one.id == case);
    let fields = html! {
        input type="hidden" name="case" value=(case);
        div.desk {
            div {
                (questions(ctx, qualified))
                (actions(button::primary(&ctx.t("policy-try-do"), "show")))
            }
            aside.sticky aria-label=(ctx.t("qualify-panel")) tabindex="0" {
                (panel_of(ctx, qualified))
            }
        }
    };
    Page::new(ctx, &ctx.t("policy-try")).crumb("/policy", ctx.t("policy-title")).findings(found.count()).body(
        html! {
            p.lead { (ctx.t("policy-try-about")) }
            (chooser(ctx, &policy.cases, case))
            @if let Some(chosen) = chosen { (expected(ctx, chosen)) }
            div data-part="findings" { @if !ctx.live.is_live() { (error_summary(ctx, &found)) } }
            (Form::post(PATH, "show").live().html(ctx, fields))
            div data-part="trace" { (trace(ctx, qualified)) }
        },
    )
}

/// What the pack expects of the case as it stands there.
pub(super) fn expected(ctx: &Ctx, case: &CaseLine) -> Markup {
    html! {
        p.note {
            (ctx.t("policy-case-expects")) " " (expect_badge(ctx, case))
            @if let Some(amount) = case.amount { " " strong { (amount.grouped()) } " " (ctx.t("unit-yuan")) }
            @if !case.fails.is_empty() { " " (list(ctx, &case.fails)) }
        }
    }
}

/// Granted, refused, cannot be told.
pub(super) fn expect_badge(ctx: &Ctx, case: &CaseLine) -> Markup {
    match case.expect {
        Expect::Grant => badge(Badge::Green, &ctx.t("policy-grant")),
        Expect::Refuse => badge(Badge::Red, &ctx.t("policy-refuse")),
        Expect::Pending => badge(Badge::Blue, &ctx.t("policy-pending")),
    }
}

/// The name of a case as a link that opens it here.
pub(super) fn case_link(ctx: &Ctx, case: &CaseLine) -> Markup {
    html! { a href={ (PATH) "?case=" (case.id) } { (words(ctx, &case.name)) } }
}
