//! `/projects/{id}/doubt/{n}`: a word that looks like a prohibited use. The page says which word, where it stands, which
//! article, who decides; the role named decides with an opinion.

use app::command::money::{Clear, MoneyCommand};
use app::view::money::ProjectPage;
use app::view::pack::{Act, Subject};
use app::view::state::Reason;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::one::{load, under};

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::flash::Flash;
use crate::page::go_with;
use crate::pages::shared::{
    article, doer, id, key_of, money_command, needed, notice, refused, rule_line, say,
};
use crate::state::Seat;
use crate::submitted::Submitted;
use crate::ui::{
    Badge, Choice, Field, Findings, Form, Opt, SummaryList, actions, badge, button, error_summary, panel,
};
use crate::words::word;

/// The page.
pub(super) async fn show(seat: Seat, Path((of, n)): Path<(String, String)>) -> Result<Response, WebError> {
    let view = load(&seat, &of)?;
    page(&seat, &view, id(&n)?, &Submitted::default(), &Findings::none())
}

/// Decides it.
pub(super) async fn decide(
    seat: Seat,
    Path((of, n)): Path<(String, String)>,
    form: Submitted,
) -> Result<Response, WebError> {
    let view = load(&seat, &of)?;
    let (ctx, doubt) = (&seat.ctx, id::<u32>(&n)?);
    let mut findings = Findings::none();
    let allowed = match form.get("verdict") {
        "allow" => Some(true),
        "refuse" => Some(false),
        _ => {
            findings.add("verdict", ctx.t("pj-doubt-choose"));
            None
        }
    };
    let opinion = needed(ctx, &form, &mut findings, ("opinion", &ctx.t("pj-opinion")));
    let (Some(allowed), true) = (allowed, findings.is_empty() && !ctx.live.is_live()) else {
        return page(&seat, &view, doubt, &form, &findings);
    };
    let project = view.line.row.project;
    let clear = Clear { doubt, allowed, opinion };
    match seat.submit(form.get("key"), money_command(MoneyCommand::ClearDoubt { project, clear })).await {
        Ok(_) => Ok(go_with(&format!("/projects/{project}"), &Flash::done(word("pj-doubt-done")))),
        Err(failure) => {
            refused(ctx, &mut findings, failure, |reason| match reason {
                Reason::ReasonMissing { .. } => "opinion",
                _ => "",
            })?;
            page(&seat, &view, doubt, &form, &findings)
        }
    }
}

fn page(
    seat: &Seat,
    view: &ProjectPage,
    number: u32,
    form: &Submitted,
    findings: &Findings,
) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let doubted = view.doubts.get(number as usize).ok_or(WebError::NotFound)?;
    let of = view.pack.spendings.get(&doubted.doubt.spending);
    let text = text_at(view, &doubted.doubt.at);
    let place =
        if doubted.doubt.at == "name" { ctx.t("pj-doubt-in-name") } else { ctx.t("pj-doubt-in-line") };
    let facts = SummaryList::new()
        .row(ctx.t("pj-doubt-word"), html! { strong { (ctx.zh(&doubted.doubt.word)) } })
        .row(
            place,
            html! { @if text.is_empty() { span.hint { (ctx.t("pj-doubt-gone")) } } @else { (marked(&text, &doubted.doubt.word)) } },
        )
        .row(
            ctx.t("pj-doubt-use"),
            html! { @if let Some(of) = of { (say(ctx, &of.name)) " " (article(&of.cite.to_string())) } },
        )
        .row(ctx.t("pj-spending"), html! { (say(ctx, &view.line.spending)) " " (article(&view.cite)) })
        .row(ctx.t("pj-doubt-decides"), decides(ctx, view));
    let title = ctx.t_args("pj-doubt-title", &[("word", doubted.doubt.word.clone().into())]);
    Ok(under(ctx, view, &title)
        .findings(findings.count())
        .body(html! {
            (error_summary(ctx, findings))
            p { (ctx.t("pj-doubt-about")) }
            (panel(&ctx.t("pj-doubt-facts"), facts.html(ctx)))
            // Decided by somebody else meanwhile: what was typed stands beside what was decided.
            @if doubted.decided.is_some() && !findings.is_empty() && view.may.decide {
                (panel(&ctx.t("pj-doubt-decide"), decide_form(seat, view, number, form, findings)))
            }
            @match &doubted.decided {
                Some(ruling) => (panel(&ctx.t("pj-doubt-decided"), html! {
                    p {
                        @if ruling.allowed { (badge(Badge::Green, &ctx.t("pj-doubt-allowed"))) }
                        @else { (badge(Badge::Red, &ctx.t("pj-doubt-refused"))) }
                        " " (ctx.date(ruling.on))
                    }
                    p { (ctx.zh(&ruling.opinion)) }
                    @if !ruling.allowed { p.hint { (ctx.t("pj-doubt-refused-next"))
                        @if view.may.declare && view.closed.is_none() {
                            " " a href={ "/projects/" (view.line.row.project) "/lines" } { (ctx.t("pj-lines-change")) }
                        } } }
                })),
                None if text.is_empty() => (notice(Badge::Blue, html! { p { (ctx.t("pj-doubt-gone")) } })),
                None if view.may.decide => (panel(&ctx.t("pj-doubt-decide"), decide_form(seat, view, number, form, findings))),
                None => (notice(Badge::Blue, html! { p { (ctx.t("pj-doubt-waits")) " " (decides(ctx, view)) } })),
            }
        })
        .into_response())
}

fn decides(ctx: &Ctx, view: &ProjectPage) -> Markup {
    html! {
        @match doer(ctx, &view.pack, Subject::Project, Act::Decide) {
            Some((who, cite)) => { (who) " " (article(&cite)) },
            None => (ctx.t("pj-held-nobody")),
        }
    }
}

fn decide_form(
    seat: &Seat,
    view: &ProjectPage,
    number: u32,
    form: &Submitted,
    findings: &Findings,
) -> Markup {
    let ctx = &seat.ctx;
    let key = key_of(seat, form);
    let options = [
        Opt::new("allow", ctx.t("pj-doubt-allow")).with_hint(ctx.t("pj-doubt-allow-hint")),
        Opt::new("refuse", ctx.t("pj-doubt-refuse")).with_hint(ctx.t("pj-doubt-refuse-hint")),
    ];
    let action = format!("/projects/{}/doubt/{number}", view.line.row.project);
    let fields = html! {
        (rule_line(ctx, &view.pack, Subject::Project, Act::Decide))
        (Choice::radios("verdict", &ctx.t("pj-doubt-verdict"), &options).chosen(form.get("verdict"))
            .error(findings.at("verdict")).html(ctx))
        (Field::long_text("opinion", &ctx.t("pj-opinion"), 3).hint(&ctx.t("pj-opinion-hint")).value(form.get("opinion"))
            .error(findings.at("opinion")).html(ctx))
        (actions(html! {
            (button::primary(&ctx.t("pj-doubt-decide"), "decide"))
            (button::link(&format!("/projects/{}", view.line.row.project), &ctx.t("cancel")))
        }))
    };
    Form::post(&action, "decide").key(&key).guarded().html(ctx, fields)
}

/// The text that a doubt points at.
fn text_at(view: &ProjectPage, at: &str) -> String {
    match at.strip_prefix("line:") {
        Some(key) => {
            view.budget.iter().find(|line| line.key == key).map_or_else(String::new, |line| line.name.clone())
        }
        None => view.line.row.name.clone(),
    }
}

/// A text with a word marked.
fn marked(text: &str, word: &str) -> Markup {
    html! {
        span lang="zh-CN" {
            @match text.split_once(word) {
                Some((before, after)) if !word.is_empty() => { (before) mark { (word) } (after) },
                _ => (text),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_is_marked_in_its_text() {
        assert_eq!(
            marked("购置办公车辆一台", "车辆").into_string(),
            "<span lang=\"zh-CN\">购置办公<mark>车辆</mark>一台</span>"
        );
        assert_eq!(marked("冷库", "车辆").into_string(), "<span lang=\"zh-CN\">冷库</span>");
    }
}
