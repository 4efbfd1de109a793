//! `/together/{procedure}/{step}`: the cases that wait at a step, ticked or not, and what is done of all that are: one outcome, one
//! opinion, one paper. What would stop a case stands in its row before anything is sent.

use app::view::desk::DeskPage;
use app::view::state::{DoStep, Reason, Refusal};
use app::view::together::{TogetherPage, TogetherQuery, TogetherRow, TogetherTried};
use app::{Command, Failure};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use kernel::id::CaseId;
use maud::{Markup, html};
use std::collections::BTreeSet;

use super::{address, amount, summed};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::flash::Flash;
use crate::page::{Page, Width, go_with};
use crate::pages::desk::parts::due_cell;
use crate::pages::desk::sheet::Sheet;
use crate::pages::desk::work::{self, Work};
use crate::pages::desk::{parse, place, rules};
use crate::pages::shared::{self, Filters, Listing, article, say, years};
use crate::state::{Seat, fresh_key, refusal_of, web_error};
use crate::submitted::{Submitted, SubmittedWithFiles};
use crate::ui::{
    Badge, DataTable, Findings, Form, Head, badge, button, cite, empty_state, error_summary, id_of,
    panel_with,
};
use crate::words::word;

const FILTERS: [&str; 2] = ["year", "q"];

/// Where the page is asked for, with what is filtered.
struct At {
    path: String,
    query: shared::Query,
}

impl At {
    fn listing(&self) -> Listing<'_> {
        Listing::new(&self.path, &FILTERS, &self.query)
    }
}

/// The page: every case that nothing stops is ticked.
pub async fn show(
    seat: Seat,
    Path((procedure, step)): Path<(String, String)>,
    Query(query): Query<shared::Query>,
) -> Result<Response, WebError> {
    let (at, page) = load(&seat, (&procedure, &step), query)?;
    let Some(desk) = &page.desk else { return Ok(nothing(&seat, &at, &page)) };
    let mut form = Submitted::default();
    form.set("key", fresh_key(seat.app()));
    form.set("on", seat.ctx.today.to_string());
    let all = page.rows.iter().map(|row| row.case).collect();
    let work = Work::fresh(desk);
    let found = tried(&seat, &page, &all, &work.doing(desk, &form))?;
    for row in page.rows.iter().filter(|row| !found.stopped.contains_key(&row.case)) {
        form.set(pick(row.case), "yes");
    }
    render(&seat, (&at, &page, desk), form, work, &Findings::none())
}

/// Does the step of all that are ticked; or only looks.
pub async fn act(
    seat: Seat,
    Path((procedure, step)): Path<(String, String)>,
    Query(query): Query<shared::Query>,
    sent: SubmittedWithFiles,
) -> Result<Response, WebError> {
    let (at, page) = load(&seat, (&procedure, &step), query)?;
    let Some(desk) = &page.desk else { return Ok(nothing(&seat, &at, &page)) };
    let mut findings = Findings::none();
    let mut work = Work::take(&seat, desk, &sent, &mut findings)?;
    let mut form = sent.fields;
    let pressed = form.act().to_owned();
    if let "all" | "none" = pressed.as_str() {
        let tick = if pressed == "all" { "yes" } else { "" };
        page.rows.iter().for_each(|row| form.set(pick(row.case), tick));
    }
    let still = seat.ctx.live.is_live() || work.looks;
    let Some(outcome) = parse::outcome(desk, &pressed).filter(|_| !still) else {
        return render(&seat, (&at, &page, desk), form, work, &findings);
    };
    work.tried = seat
        .app()
        .step_tried(&seat.viewer, desk, &work.doing(desk, &form))
        .map_err(|e| web_error(&seat.ctx, e))?;
    let commands = parse::commands(&seat.ctx, desk, &form, &work, &outcome, &mut findings);
    let cases = ticked(&form);
    if cases.is_empty() {
        findings.add("picks", seat.ctx.t("together-none-ticked"));
    }
    for row in page.rows.iter().filter(|row| cases.contains(&row.case) && moved(row, &form)) {
        findings
            .add(pick(row.case), seat.ctx.t_args("together-moved", &[("number", row.number.clone().into())]));
    }
    let Some(act) = commands.into_iter().find_map(step_of).filter(|_| findings.is_empty()) else {
        return render(&seat, (&at, &page, desk), form, work, &findings);
    };
    let count = cases.len();
    let command = Command::StepTogether { cases: cases.iter().copied().collect(), act: Box::new(act) };
    match seat.submit(form.get("key"), command).await {
        Ok(answer) => {
            let lead = CaseId(answer.id.unwrap_or_default());
            let ended = desk.step.outcomes.iter().find(|of| Some(&of.id) == outcome.id.as_ref());
            let ended = ended.map(|of| format!(" · {}", say(&seat.ctx, &of.name))).unwrap_or_default();
            let name = format!("{}{ended}", say(&seat.ctx, &desk.step.name));
            let listed = seat.app().together_done(&seat.viewer, lead, &step).ok().filter(|done| !done.void);
            let sum = listed.as_ref().map(|done| done.sum()).unwrap_or_default();
            let flash = Flash::done(word("together-done"))
                .with("step", name)
                .with("count", count.to_string())
                .with("sum", summed(&seat.ctx, sum));
            let next = match listed {
                Some(_) => format!("/cases/{lead}/together/{step}"),
                None => "/inbox".to_owned(),
            };
            Ok(go_with(&next, &flash))
        }
        Err(Failure::Refused(refusal)) => {
            refused(&seat.ctx, (desk, &form), &refusal, &mut findings);
            form.set("key", fresh_key(seat.app()));
            let (at, page) = load(&seat, (&procedure, &step), at.query)?;
            match &page.desk {
                Some(desk) => render(&seat, (&at, &page, desk), form, work, &findings),
                None => Ok(nothing(&seat, &at, &page)),
            }
        }
        Err(fault) => Err(web_error(&seat.ctx, fault)),
    }
}

/// The name of the box of a case.
fn pick(case: CaseId) -> String {
    format!("pick.{case}")
}

/// The cases that are ticked, those too that no longer wait: the act says what became of them.
fn ticked(form: &Submitted) -> BTreeSet<CaseId> {
    let names = form.names("pick.").filter(|name| form.get(name) == "yes");
    names.filter_map(|name| name.strip_prefix("pick.")?.parse().ok()).collect()
}

/// Whether a case asks for another amount than when the page was opened.
fn moved(row: &TogetherRow, form: &Submitted) -> bool {
    let was = form.get(&format!("was.{}", row.case));
    !was.is_empty() && row.amount.is_some_and(|amount| amount.to_string() != was)
}

/// The step that a desk would do of one case, as an act about several takes it.
fn step_of(command: Command) -> Option<DoStep> {
    let Command::Step {
        step, outcome, to, opinion, checks, records, notes, papers, form, document, on, ..
    } = command
    else {
        return None;
    };
    Some(DoStep { step, outcome, to, opinion, checks, records, notes, papers, form, document, on })
}

/// A refusal at the rows that it is about, or at the field that its reason speaks of.
fn refused(ctx: &Ctx, (desk, form): (&DeskPage, &Submitted), refusal: &Refusal, findings: &mut Findings) {
    if let Reason::TogetherRefused { cases, .. } = &refusal.reason {
        let count = [("count", cases.len().into())];
        findings.add("outcome", ctx.t_args("together-refused", &count));
        for one in cases {
            findings.add(pick(one.case), format!("{} {}", one.number, told(ctx, &one.refusal)));
        }
        return;
    }
    let at = match refusal.reason {
        Reason::TogetherUnnamed {} | Reason::TogetherTooMany { .. } | Reason::NotAtStep { .. } => {
            "picks".to_owned()
        }
        _ => place::field_of(desk, form, &refusal.reason),
    };
    findings.add(at, told(ctx, refusal));
}

/// A refusal in one line: its code, what it says, its article.
fn told(ctx: &Ctx, refusal: &Refusal) -> String {
    let shown = refusal_of(ctx, refusal);
    let article = shown.article.map_or_else(String::new, |article| format!("（{article}）"));
    format!("{} {}{article}", shown.code, shown.text)
}

fn load(seat: &Seat, of: (&str, &str), query: shared::Query) -> Result<(At, TogetherPage), WebError> {
    let asked = TogetherQuery {
        year: shared::asked(&query, "year").and_then(|year| year.parse().ok()),
        text: shared::asked(&query, "q").unwrap_or_default(),
    };
    let page = seat.app().together(&seat.viewer, of, &asked).map_err(|e| web_error(&seat.ctx, e))?;
    Ok((At { path: address(of.0, of.1), query }, page))
}

fn tried(
    seat: &Seat,
    page: &TogetherPage,
    cases: &BTreeSet<CaseId>,
    doing: &DoStep,
) -> Result<TogetherTried, WebError> {
    seat.app().together_tried(&seat.viewer, page, cases, doing).map_err(|e| web_error(&seat.ctx, e))
}

fn head<'c>(ctx: &'c Ctx, page: &TogetherPage) -> Page<'c> {
    Page::new(ctx, &ctx.t_args("together-title", &[("step", say(ctx, &page.step.name).to_owned().into())]))
        .width(Width::Wide)
        .crumb("/inbox", ctx.t("inbox-title"))
        .caption(say(ctx, &page.procedure))
        .beside_title(html! { (cite(&page.step.cite.to_string())) })
}

fn nothing(seat: &Seat, at: &At, page: &TogetherPage) -> Response {
    let ctx = &seat.ctx;
    let action = html! { (button::link("/inbox", &ctx.t("inbox-title"))) };
    let body = html! {
        (filters(ctx, at, page))
        (empty_state(&ctx.t("together-nothing"), &ctx.t("together-nothing-about"), action))
    };
    head(ctx, page).body(body).into_response()
}

fn filters(ctx: &Ctx, at: &At, page: &TogetherPage) -> Markup {
    html! {
        @if page.years.len() > 1 || page.rows.len() > 10 || !at.query.is_empty() {
            (Filters::of(at.listing())
                .choice("year", ctx.t("cases-year"), years(&page.years))
                .words("q", ctx.t("cases-words"))
                .html(ctx))
        }
    }
}

fn render(
    seat: &Seat,
    (at, page, desk): (&At, &TogetherPage, &DeskPage),
    mut form: Submitted,
    mut work: Work,
    findings: &Findings,
) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let doing = work.doing(desk, &form);
    work.tried = seat.app().step_tried(&seat.viewer, desk, &doing).map_err(|e| web_error(ctx, e))?;
    let found = tried(seat, page, &ticked(&form), &doing)?;
    for row in &page.rows {
        let now = row.amount.map(|amount| amount.to_string()).unwrap_or_default();
        form.set(format!("was.{}", row.case), now);
    }
    let sheet = Sheet { ctx, desk, form: &form, findings, trial: None, offer: None, work: &work };
    let action = at.listing().here();
    let posted = Form::post(&action, "look").guarded().live().key(form.get("key"));
    let posted = if desk.step.papers.is_empty() { posted } else { posted.with_files() };
    let body = html! {
        (error_summary(ctx, findings))
        (filters(ctx, at, page))
        p.hint { (ctx.t("together-about")) }
        (posted.html(ctx, html! {
            (waiting(ctx, page, &form, &found, findings))
            @if let Some(said) = &found.rules { (rules::of_all(ctx, &page.step, said)) }
            (sheet.checklist())
            (sheet.facts())
            (work::papers(ctx, &work, findings))
            section.card {
                header.card-head { h2 { (say(ctx, &desk.step.name)) } }
                (sheet.notes())
                (sheet.common(&ctx.t("desk-done-on"), &ctx.t("desk-opinion")))
                (sheet.outcomes())
            }
        }))
    };
    Ok(head(ctx, page).findings(findings.count()).body(body).into_response())
}

/// The cases with their boxes, and what those that are ticked come to.
fn waiting(
    ctx: &Ctx,
    page: &TogetherPage,
    form: &Submitted,
    found: &TogetherTried,
    findings: &Findings,
) -> Markup {
    let heads = vec![
        Head::text(ctx.t("together-pick")),
        Head::text(ctx.t("cases-name")),
        Head::text(ctx.t("cases-applicant")),
        Head::text(ctx.t("together-place")),
        Head::amount(ctx.t("together-amount")),
        Head::text(ctx.t("inbox-due")),
        Head::text(ctx.t("together-state")),
    ];
    let mut table = DataTable::new("waiting", ctx.t("together-waiting"), heads).quiet_caption();
    for row in &page.rows {
        let (name, stopped) = (pick(row.case), found.stopped.get(&row.case));
        let cells = cells(ctx, row, form, stopped, findings);
        let marked = stopped.is_some() || findings.at(&name).is_some();
        table = if marked { table.marked_row(cells) } else { table.row(cells) };
    }
    let error = findings.at("picks");
    let waits = ctx.t_args("together-waits", &[("count", page.rows.len().into())]);
    panel_with(
        &ctx.t("together-waiting"),
        waits,
        html! {
            div id=(id_of("picks")) tabindex="-1" {
                @if let Some(error) = error { p.field-error id={ (id_of("picks")) "-error" } { span.sr-only { (ctx.t("error-word")) } (error) } }
            }
            div.actions {
                (button::secondary(&ctx.t("together-all"), "all"))
                (button::secondary(&ctx.t("together-none"), "none"))
                (button::secondary(&ctx.t("together-look"), "look"))
            }
            (table.html())
            @if page.more > 0 { p.hint { (ctx.t_args("together-more", &[("count", page.more.into())])) } }
            p role="status" data-part="ticked" {
                strong {
                    (ctx.t_args("together-ticked", &[("count", found.count.into()), ("units", found.units.into()), ("sum", summed(ctx, found.sum).into())]))
                }
            }
        },
    )
}

fn cells(
    ctx: &Ctx,
    row: &TogetherRow,
    form: &Submitted,
    stopped: Option<&Refusal>,
    findings: &Findings,
) -> Vec<Markup> {
    let name = pick(row.case);
    let (id, error, was) = (id_of(&name), findings.at(&name), format!("was.{}", row.case));
    vec![
        html! {
            div.option {
                input id=(id) type="checkbox" name=(name) value="yes" checked[form.get(&name) == "yes"] data-live-now
                    aria-describedby=[error.map(|_| format!("{id}-error"))];
                label for=(id) { (row.number) span.sr-only { " " (row.title) } }
            }
            input type="hidden" name=(was) value=(form.get(&was));
        },
        html! {
            a href={ "/cases/" (row.case) } { (ctx.zh(&row.title)) }
            @if let Some(error) = error { p.field-error id={ (id) "-error" } { span.sr-only { (ctx.t("error-word")) } (error) } }
        },
        html! { (ctx.zh(&row.unit)) },
        html! { (ctx.zh(&row.place)) },
        amount(row.amount),
        due_cell(ctx, row.due.as_ref()),
        match stopped {
            None => badge(Badge::Green, &ctx.t("together-clear")),
            Some(refusal) => {
                let said = refusal.reason.say();
                html! {
                    (badge(Badge::Red, &ctx.t("together-stopped"))) " " (ctx.pick(&said.zh, &said.en))
                    p.hint { (article(&refusal.cite)) }
                }
            }
        },
    ]
}
