//! The desk of a step that posts a notice on a case: what it says, where it hangs, its days; then, while it runs, the days left,
//! the objections, and its end.

use app::view::case::{CaseNotice, ObjectionShown};
use app::view::desk::{DeskPage, NoticeAsked};
use app::view::state::{Paper, Posting, Reason};
use app::{Command, Failure};
use axum::response::{IntoResponse, Response};
use kernel::date::parse_date;
use maud::{Markup, html};
use std::collections::BTreeMap;

use super::do_page::{step_card, titled};
use super::sheet::Sheet;
use super::table::{self, Held};
use super::work::{self, Work};
use super::{filed, parse};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::flash::Flash;
use crate::page::go_with;
use crate::pages::filing::render::filed_form;
use crate::pages::shared::{article, say};
use crate::state::{Seat, fresh_key, refusal_of, web_error};
use crate::submitted::{Submitted, SubmittedWithFiles};
use crate::ui::{
    Badge, Field, Findings, SummaryList, actions, badge, button, details, empty_state, error_summary, panel,
};
use crate::words::word;

/// The content of a notice longer than this is typed in several lines.
const LINE: usize = 40;

/// Posts the notice, or ends it.
pub async fn act(seat: &Seat, desk: &DeskPage, sent: SubmittedWithFiles) -> Result<Response, WebError> {
    let mut findings = Findings::none();
    let mut work = Work::take(seat, desk, &sent, &mut findings)?;
    let mut form = sent.fields;
    let doing = work.doing(desk, &form);
    work.tried = seat.app().step_tried(&seat.viewer, desk, &doing).map_err(|e| web_error(&seat.ctx, e))?;
    let pressed = form.act().to_owned();
    let ends = parse::outcome(desk, &pressed).filter(|_| desk.running.is_some());
    if seat.ctx.live.is_live() || work.looks || (pressed != "post" && ends.is_none()) {
        return render(seat, desk, &form, work, &findings);
    }
    let command = match ends {
        Some(outcome) => {
            if outcome.needs_reason && form.get("opinion").is_empty() {
                findings.add("opinion", seat.ctx.t("desk-reason-missing"));
            }
            let to = Some(form.get("to").to_owned()).filter(|to| outcome.returns && !to.is_empty());
            let (case, step) = (desk.page.case.id, desk.step.id.clone());
            Some(Command::EndOnCase {
                case,
                step,
                outcome: outcome.id,
                to,
                opinion: form.get("opinion").into(),
            })
        }
        None => {
            let rows = match Held::of(seat, &work)? {
                Some(held) => held.rows(seat, &form, &mut findings)?,
                None => None,
            };
            posting(seat, desk, &form, &work, rows, &mut findings)
        }
    };
    let Some(command) = command.filter(|_| findings.is_empty()) else {
        return render(seat, desk, &form, work, &findings);
    };
    match seat.submit(form.get("key"), command).await {
        Ok(_) => {
            let name = say(&seat.ctx, &desk.step.name).to_owned();
            let done = if desk.running.is_some() { word("desk-done") } else { word("hung-posted") };
            Ok(go_with(&format!("/cases/{}", desk.page.case.id), &Flash::done(done).with("step", name)))
        }
        Err(Failure::Refused(refusal)) => {
            let shown = refusal_of(&seat.ctx, &refusal);
            let article = shown.article.map_or_else(String::new, |a| format!("（{a}）"));
            findings.add(place(desk, &refusal.reason), format!("{}{article}", shown.text));
            form.set("key", fresh_key(seat.app()));
            render(seat, desk, &form, work, &findings)
        }
        Err(fault) => Err(web_error(&seat.ctx, fault)),
    }
}

/// The field that a refusal belongs to.
fn place(desk: &DeskPage, reason: &Reason) -> String {
    match reason {
        Reason::PostingMissing { .. } => "posting.0".to_owned(),
        Reason::ReasonMissing { .. } => "opinion".to_owned(),
        Reason::PapersMissing { .. } => {
            desk.step.papers.first().map_or_else(|| "outcome".to_owned(), |paper| format!("file.{paper}"))
        }
        // A colleague posted it meanwhile: nothing that was typed is wrong.
        Reason::NoticeRunning { .. } => String::new(),
        _ if desk.running.is_some() => "outcome".to_owned(),
        _ => "on".to_owned(),
    }
}

fn posting(
    seat: &Seat,
    desk: &DeskPage,
    form: &Submitted,
    work: &Work,
    rows: Option<Paper>,
    findings: &mut Findings,
) -> Option<Command> {
    let ctx = &seat.ctx;
    let day = parse_date(form.get("on")).ok();
    if day.is_none() {
        findings.add("on", ctx.t("desk-date-unreadable"));
    }
    let asked = seat.app().notice_asked(desk, day.unwrap_or(ctx.today))?;
    let mut fields = BTreeMap::new();
    for (key, name, _) in &asked.content {
        let field = format!("field.{key}");
        let text = form.get(&field).to_owned();
        if text.is_empty() {
            findings
                .add(field, ctx.t_args("desk-fact-missing", &[("fact", say(ctx, name).to_owned().into())]));
        }
        fields.insert(key.clone(), text);
    }
    let mut postings = Vec::new();
    for (index, place) in asked.notice.places.iter().enumerate() {
        let name = format!("posting.{index}");
        let address = form.get(&name).to_owned();
        if address.is_empty() {
            let what = say(ctx, place).to_owned();
            findings.add(name, ctx.t_args("hung-place-missing", &[("place", what.into())]));
        }
        postings.push(Posting { place: place.zh.clone(), address });
    }
    work.lacking(ctx, findings);
    let (case, step) = (desk.page.case.id, desk.step.id.clone());
    let mut papers = work.papers();
    papers.extend(rows);
    Some(Command::PostOnCase { case, step, on: day?, postings, fields, papers })
}

/// The desk.
pub fn render(
    seat: &Seat,
    desk: &DeskPage,
    form: &Submitted,
    mut work: Work,
    findings: &Findings,
) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let doing = work.doing(desk, form);
    work.tried = seat.app().step_tried(&seat.viewer, desk, &doing).map_err(|e| web_error(ctx, e))?;
    let on = parse_date(form.get("on")).unwrap_or(ctx.today);
    let asked = seat.app().notice_asked(desk, on).ok_or(WebError::NotFound)?;
    let sheet = Sheet { ctx, desk, form, findings, trial: None, offer: None, work: &work };
    let content = match (&desk.running, &desk.open) {
        (Some(notice), _) => running(&sheet, notice),
        (None, Some(_)) => post(&sheet, &asked, Held::of(seat, sheet.work)?.as_ref()),
        (None, None) => panel(
            &ctx.t("desk-not-open"),
            html! { (button::link(&format!("/cases/{}", desk.page.case.id), &ctx.t("case-back"))) },
        ),
    };
    let body = html! { (error_summary(ctx, findings)) (step_card(ctx, desk)) (content) };
    Ok(titled(ctx, desk).findings(findings.count()).body(body).into_response())
}

fn post(sheet: &Sheet<'_>, asked: &NoticeAsked, held: Option<&Held>) -> Markup {
    let (ctx, form, findings) = (sheet.ctx, sheet.form, sheet.findings);
    let content = html! {
        section.card {
            header.card-head { h2 { (say(ctx, &asked.notice.name)) } p.card-aside { (article(&asked.notice.cite.to_string())) } }
            p.hint { (ctx.t("hung-content-about")) }
            @for (key, name, known) in &asked.content { (content_field(sheet, key, say(ctx, name), known)) }
        }
        section.card {
            header.card-head { h2 { (ctx.t("hung-where")) } }
            p.hint { (ctx.t("hung-where-about")) }
            @for (index, place) in asked.notice.places.iter().enumerate() {
                @let name = format!("posting.{index}");
                (Field::text(&name, say(ctx, place)).size(crate::ui::Size::Full).value(form.get(&name)).error(findings.at(&name)).html(ctx))
            }
        }
        (table::card(sheet, held))
        (work::papers(ctx, sheet.work, findings))
        section.card {
            header.card-head { h2 { (ctx.t("hung-when")) } }
            (Field::date("on", &ctx.t("hung-posted-on")).value(form.get("on")).error(findings.at("on")).html(ctx))
            div data-part="window" { (window(ctx, asked)) }
            (actions(button::primary(&ctx.t("hung-post"), "post")))
        }
    };
    html! {
        div.desk.even {
            div {
                @if let Some(filed) = &sheet.desk.form { (filed_form(ctx, filed)) (filed::sealed(ctx, sheet.desk.page.case.id, &sheet.desk.sealed())) }
            }
            div.sticky { (sheet.form(true, content)) }
        }
    }
}

fn content_field(sheet: &Sheet<'_>, key: &str, label: &str, known: &str) -> Markup {
    let ctx = sheet.ctx;
    let name = format!("field.{key}");
    let value = if sheet.form.has(&name) { sheet.form.get(&name) } else { known };
    let long = value.chars().count() > LINE || value.contains('\n');
    let field = if long {
        Field::long_text(&name, label, 3)
    } else {
        Field::text(&name, label).size(crate::ui::Size::Full)
    };
    let hint = if known.is_empty() { ctx.t("hung-typed") } else { ctx.t("hung-known") };
    field.hint(&hint).value(value).error(sheet.findings.at(&name)).html(ctx)
}

fn window(ctx: &Ctx, asked: &NoticeAsked) -> Markup {
    let window = &asked.window;
    html! {
        @if !asked.has_workday {
            div.flash.amber role="note" { (crate::ui::icon::WARNING) p { (ctx.t("hung-no-workday")) } }
        }
        (SummaryList::new()
            .row(ctx.t("hung-days"), html! {
                (ctx.date(window.first)) " – " (ctx.date(window.last))
                @if window.provisional { " " span.provisional { (ctx.t("provisional")) } }
            })
            .row(ctx.t("hung-term"), html! { (ctx.pick(&asked.notice.term.to_string(), &asked.notice.term.en())) })
            .row(ctx.t("due-calendar"), html! { (asked.revision.clone().unwrap_or_default()) })
            .html(ctx))
    }
}

fn running(sheet: &Sheet<'_>, notice: &CaseNotice) -> Markup {
    let (ctx, desk) = (sheet.ctx, sheet.desk);
    let open = notice.objections.iter().filter(|said| said.answer.is_none()).count();
    let end = html! {
        section.card {
            header.card-head { h2 { (ctx.t("hung-end")) } }
            @if !notice.over {
                p { (badge(Badge::Blue, &left(ctx, notice))) }
                p.hint { (ctx.t_args("hung-end-after", &[("date", ctx.date(notice.window.last).into())])) }
            } @else {
                @if open > 0 { p { (badge(Badge::Amber, &ctx.t_args("hung-objections-open", &[("count", open.into())]))) } }
                @let (label, hint) = (ctx.t("desk-opinion"), ctx.t("desk-opinion-hint"));
                (Field::long_text("opinion", &label, 4).hint(&hint).value(sheet.form.get("opinion")).error(sheet.findings.at("opinion")).html(ctx))
                (sheet.return_to())
            }
            @if notice.over { (sheet.outcomes()) }
        }
    };
    html! {
        div.desk.even {
            div { (shown(ctx, desk.page.case.id.get(), notice)) }
            div.sticky {
                (objections(ctx, desk.page.case.id.get(), notice))
                (sheet.form(false, end))
            }
        }
    }
}

/// How long a notice still runs, in words.
pub fn left(ctx: &Ctx, notice: &CaseNotice) -> String {
    match notice.left {
        None => ctx.t("hung-state-ended"),
        Some(_) if notice.over => ctx.t("hung-state-over"),
        Some(0) => ctx.t("hung-state-last"),
        Some(days) => ctx.t_args("hung-state-left", &[("days", days.into())]),
    }
}

/// A notice as it was posted.
pub fn shown(ctx: &Ctx, case: i64, notice: &CaseNotice) -> Markup {
    let colour = match notice.left {
        None => Badge::Grey,
        Some(_) if notice.over => Badge::Amber,
        Some(_) => Badge::Blue,
    };
    html! {
        section.card {
            header.card-head { h2 { (say(ctx, &notice.name)) " " (badge(colour, &left(ctx, notice))) } p.card-aside { (article(&notice.cite)) } }
            dl.summary {
                div { dt { (ctx.t("hung-number")) } dd {
                    a href={ "/notices/c" (case) "?number=" (crate::cookies::encode(&notice.number)) } { (notice.number) }
                } }
                div { dt { (ctx.t("hung-posted-on")) } dd { (ctx.date(notice.on)) } }
                div { dt { (ctx.t("hung-days")) } dd { (ctx.date(notice.window.first)) " – " (ctx.date(notice.window.last)) } }
                @for posting in &notice.postings { div { dt { (ctx.zh(&posting.place)) } dd { (ctx.zh(&posting.address)) } } }
            }
            (details(&ctx.t("hung-text"), html! {
                dl.summary { @for (name, text) in &notice.shown { div { dt { (say(ctx, name)) } dd { (ctx.zh(text)) } } } }
            }))
            @for paper in &notice.papers {
                p { a href={ "/papers/" (paper.hash) "?case=" (case) } { (ctx.zh(&paper.file)) } " " span.hint { (say(ctx, &paper.name)) } }
            }
        }
    }
}

/// The objections to a notice.
pub fn objections(ctx: &Ctx, case: i64, notice: &CaseNotice) -> Markup {
    html! {
        section.card {
            header.card-head { h2 { (ctx.t("hung-objections")) } }
            @if notice.objections.is_empty() {
                p.hint { (ctx.t("hung-objections-none")) }
            }
            ul.mend-list { @for one in &notice.objections { (objection(ctx, case, notice, one)) } }
            @if let Some(by) = &notice.answers { p.hint { (ctx.t_args("hung-answers", &[("who", say(ctx, by).to_owned().into())])) } }
        }
    }
}

fn objection(ctx: &Ctx, case: i64, notice: &CaseNotice, one: &ObjectionShown) -> Markup {
    html! {
        li {
            p {
                @match &one.answer {
                    Some((true, ..)) => (badge(Badge::Red, &ctx.t("objection-upheld"))),
                    Some((false, ..)) => (badge(Badge::Green, &ctx.t("objection-not-upheld"))),
                    None => (badge(Badge::Amber, &ctx.t("objection-open"))),
                }
                " " a href={ "/cases/" (case) "/objections/" (one.id) } { (one.receipt) } " " span.hint { (ctx.date(one.on)) }
            }
            p { (ctx.zh(&one.text)) }
            @if let Some((_, answer, on)) = &one.answer { p.hint { (ctx.t("objection-answer")) "：" (ctx.zh(answer)) " · " (ctx.date(*on)) } }
            @else if notice.mine { p { a href={ "/cases/" (case) "/objections/" (one.id) } { (ctx.t("objection-do-answer")) } } }
        }
    }
}

/// The tab of notices.
pub fn tab(ctx: &Ctx, case: i64, notices: &[CaseNotice]) -> Markup {
    if notices.is_empty() {
        return empty_state(&ctx.t("hung-none"), &ctx.t("hung-none-about"), html! {});
    }
    html! {
        @for notice in notices {
            div.columns { div { (shown(ctx, case, notice)) } div { (objections(ctx, case, notice)) } }
        }
    }
}
