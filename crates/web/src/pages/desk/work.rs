//! What a step is given besides words: files, and its own form typed in place. A page that is shown again gives back what it
//! holds in tickets, so that nothing typed or chosen is lost.

use app::view::case::ActShown;
use app::view::desk::{DeskPage, StepTried, canonical_fact};
use app::view::filing::{ACCEPT, NeedState, PaperLine};
use app::view::pack::{FindingKind, Form as PackForm, FormData, Level, PartKind};
use app::view::rosters::Households;
use app::view::state::{DoStep, Paper, Record};
use maud::{Markup, html};

use super::table;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::pages::filing::fields::{Drawing, field};
use crate::pages::filing::grid;
use crate::pages::filing::render::{kind_word, size};
use crate::pages::filing::typed::{cell_name, change_rows, field_name, read_part};
use crate::pages::shared::say;
use crate::state::{Seat, web_error};
use crate::submitted::{Submitted, SubmittedWithFiles, Upload};
use crate::ui::{Badge, FileField, Findings, badge, cite, icon};

/// What a step holds so far.
#[derive(Default)]
pub struct Work {
    /// Files, with the tickets that give them back.
    pub held: Vec<(Paper, String)>,
    /// The step's own form.
    pub data: FormData,
    /// A button of a table or of a file was pressed: the page is shown again and nothing is done.
    pub looks: bool,
    /// What it all comes to.
    pub tried: StepTried,
    /// What happened before, newest first.
    pub before: Vec<ActShown>,
    /// The households that the case names, beside the list.
    pub households: Vec<Households>,
}

impl Work {
    /// A fresh one.
    pub fn fresh(desk: &DeskPage) -> Self {
        Self { data: desk.form_before(), ..Self::default() }
    }

    /// What was sent: files kept before, files that come now, the form.
    pub fn take(
        seat: &Seat,
        desk: &DeskPage,
        sent: &SubmittedWithFiles,
        findings: &mut Findings,
    ) -> Result<Self, WebError> {
        let (ctx, app, viewer) = (&seat.ctx, seat.app(), &seat.viewer);
        let mut work = Self::default();
        let form = &sent.fields;
        let mut act = form.act().splitn(2, ':');
        let dropped = if act.next() == Some("drop") { act.next().unwrap_or("") } else { "" };
        work.looks = !dropped.is_empty();
        for ticket in form.all("kept") {
            if let Some(paper) = app.ticket_paper(viewer, ticket).filter(|p| p.hash.to_string() != dropped) {
                work.held.push((paper, ticket.to_owned()));
            }
        }
        for file in &sent.files {
            if desk.step.publish.is_some() && file.field == table::FIELD {
                work.takes_table(seat, file)?;
                continue;
            }
            let asked = file.field.strip_prefix("file.");
            let Some(id) = asked.filter(|id| desk.step.papers.iter().any(|paper| paper == id)) else {
                continue;
            };
            match app.keep_file(viewer, id, (&file.name, &file.bytes)).map_err(|e| web_error(ctx, e))? {
                Ok(paper)
                    if work.held.iter().any(|(h, _)| h.paper == paper.paper && h.hash == paper.hash) => {}
                Ok(paper) => {
                    let ticket = app.paper_ticket(viewer, &paper).map_err(|e| web_error(ctx, e))?;
                    work.held.push((paper, ticket));
                }
                Err(fault) => {
                    let why = fault.words();
                    findings.add(file.field.clone(), format!("{}：{}", file.name, say(ctx, &why)));
                }
            }
        }
        work.data = desk.form_before();
        if let Some(of) = desk.own_form() {
            for part in &of.parts {
                work.data = read_part(&desk.page.pack, part, form, &work.data, ctx.today);
                work.looks |= change_rows(&desk.page.pack, part, &mut work.data, form);
            }
            work.looks |= form.act().starts_with("region:");
        }
        Ok(work)
    }

    /// Keeps a table of the notice in the place of an earlier one; it is shown before anything is posted.
    fn takes_table(&mut self, seat: &Seat, file: &Upload) -> Result<(), WebError> {
        let (ctx, app, viewer) = (&seat.ctx, seat.app(), &seat.viewer);
        let paper =
            app.keep_notice_table(viewer, (&file.name, &file.bytes)).map_err(|e| web_error(ctx, e))?;
        let ticket = app.paper_ticket(viewer, &paper).map_err(|e| web_error(ctx, e))?;
        self.held.retain(|(held, _)| held.paper != paper.paper);
        self.held.push((paper, ticket));
        self.looks = true;
        Ok(())
    }

    /// The papers alone.
    pub fn papers(&self) -> Vec<Paper> {
        self.held.iter().map(|(paper, _)| paper.clone()).collect()
    }

    /// The form as it is sent: without the empty rows that tables keep for typing.
    pub fn form(&self, desk: &DeskPage) -> Option<FormData> {
        desk.own_form()?;
        let mut data = self.data.clone();
        for rows in data.tables.values_mut() {
            rows.retain(|cells| cells.iter().any(|(id, text)| id != "row" && !text.trim().is_empty()));
        }
        Some(data)
    }

    /// The step as far as it can be read, for what the rules say before it is done.
    pub fn doing(&self, desk: &DeskPage, form: &Submitted) -> DoStep {
        let records = desk.facts.iter().filter_map(|fact| {
            let text = form.get(&format!("fact.{}", fact.id));
            let value = canonical_fact(&desk.page.pack, &fact.id, text).ok().filter(|_| !text.is_empty())?;
            Some(Record { fact: fact.id.clone(), value, basis: String::new() })
        });
        let typed = |note: &str| form.get(&format!("note.{note}")).to_owned();
        DoStep {
            step: desk.step.id.clone(),
            records: records.collect(),
            papers: self.papers(),
            form: self.form(desk),
            notes: desk.step.notes.iter().map(|note| (note.id.clone(), typed(&note.id))).collect(),
            document: Some(form.get("document").to_owned()),
            ..DoStep::default()
        }
    }

    /// Faults of the form by the names of its fields; what is merely empty only when the step is `done` with it.
    pub fn faults(&self, ctx: &Ctx, desk: &DeskPage, done: bool, findings: &mut Findings) {
        let Some(form) = desk.own_form() else { return };
        for finding in self.tried.check.findings.iter().filter(|f| f.level == Level::Error) {
            if finding.kind == FindingKind::Missing && !done {
                continue;
            }
            let fields = form.part(&finding.part).is_some_and(|p| matches!(p.kind, PartKind::Fields(_)));
            let name = match (&finding.field, finding.row) {
                (Some(field), Some(row)) => cell_name(&finding.part, row.saturating_sub(1), field),
                (Some(field), None) if fields => field_name(field),
                _ => finding.part.clone(),
            };
            findings.add(name, say(ctx, &finding.message));
        }
    }

    /// Papers that must be there and are not.
    pub fn lacking(&self, ctx: &Ctx, findings: &mut Findings) {
        for paper in self.tried.papers.iter().filter(|p| p.state == NeedState::Missing) {
            let name = say(ctx, &paper.name).to_owned();
            findings.add(
                format!("file.{}", paper.id),
                ctx.t_args("desk-file-missing", &[("paper", name.into())]),
            );
        }
    }
}

/// The papers of the step: what the article asks for, what is there, where more go.
pub fn papers(ctx: &Ctx, work: &Work, findings: &Findings) -> Markup {
    let lines: Vec<&PaperLine> =
        work.tried.papers.iter().filter(|paper| paper.state != NeedState::NotNeeded).collect();
    html! {
        @if !lines.is_empty() {
            section.card {
                header.card-head { h2 { (ctx.t("desk-files")) } }
                @for line in lines { (paper(ctx, work, line, findings)) }
            }
        }
    }
}

fn paper(ctx: &Ctx, work: &Work, line: &PaperLine, findings: &Findings) -> Markup {
    let name = format!("file.{}", line.id);
    let label = say(ctx, &line.name).to_owned();
    html! {
        div.asked-paper {
            p.hint data-part={ "need." (line.id) } {
                (need(ctx, line.state)) " " (cite(&line.cite))
                @if !line.seals.zh.is_empty() { " · " (say(ctx, &line.seals)) }
                @if let Some(note) = &line.note { " · " (say(ctx, note)) }
            }
            @for (held, ticket) in work.held.iter().filter(|(held, _)| held.paper == line.id) {
                div.paper-file.held {
                    input type="hidden" name="kept" value=(ticket);
                    span { (ctx.zh(&held.name)) }
                    span.hint { (kind_word(&held.media)) " · " (size(u64::try_from(held.size).unwrap_or(0))) }
                    button.button.quiet type="submit" name="act" value={ "drop:" (held.hash) } {
                        (icon::BIN) span { (ctx.t("row-delete")) } span.sr-only { (held.name) }
                    }
                }
            }
            (FileField { name: &name, label: &label, accept: ACCEPT, hint: None, error: findings.at(&name) }.html(ctx))
        }
    }
}

fn need(ctx: &Ctx, state: NeedState) -> Markup {
    match state {
        NeedState::Given => badge(Badge::Green, &ctx.t("paper-given")),
        NeedState::Missing => badge(Badge::Amber, &ctx.t("desk-file-needed")),
        NeedState::Optional => badge(Badge::Grey, &ctx.t("filing-paper-optional")),
        NeedState::Unknown => badge(Badge::Grey, &ctx.t("filing-paper-unknown")),
        NeedState::NotNeeded => badge(Badge::Grey, &ctx.t("paper-not-needed")),
    }
}

/// The step's own form, part by part, to be typed in place.
pub fn own_form(ctx: &Ctx, desk: &DeskPage, work: &Work, findings: &Findings) -> Markup {
    html! {
        @if let Some(form) = desk.own_form() { (form_parts(ctx, desk, form, work, findings)) }
    }
}

fn form_parts(ctx: &Ctx, desk: &DeskPage, form: &PackForm, work: &Work, findings: &Findings) -> Markup {
    let none = Findings::none();
    html! {
        @for part in &form.parts {
            @let drawing = Drawing { pack: &desk.page.pack, part, data: &work.data, findings, warnings: &none, day: ctx.today };
            @match &part.kind {
                PartKind::Fields(fields) => section.card {
                    header.card-head { h2 { (say(ctx, &part.name)) } p.card-aside { (cite(&part.cite.to_string())) } }
                    @if let Some(hint) = &part.hint { p.hint { (say(ctx, hint)) } }
                    @for one in fields { (field(ctx, drawing, one)) }
                },
                PartKind::Table(def) => {
                    h2.table-head { (say(ctx, &part.name)) }
                    (grid::growing(ctx, drawing, &work.tried.check, def))
                }
                PartKind::Months(def) => {
                    h2.table-head { (say(ctx, &part.name)) }
                    (grid::months(ctx, drawing, &work.tried.check, def))
                }
            }
        }
    }
}
