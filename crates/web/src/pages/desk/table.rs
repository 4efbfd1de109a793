//! A table beside a notice of a case: the office's own file, read and shown with what does not agree in it before it is posted.

use app::tables::{NOTICE_TABLE, Severity, TABLE_ACCEPT, TableRowKind, TableSurvey};
use app::view::state::Paper;
use maud::{Markup, html};

use super::sheet::Sheet;
use super::work::Work;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::pages::filing::render::size;
use crate::pages::tables::{checks, found};
use crate::state::{Seat, web_error};
use crate::submitted::Submitted;
use crate::ui::{Choice, DataTable, FileField, Findings, Head, Opt, actions, button, details, icon};

/// The field of the file.
pub const FIELD: &str = "file.notice_table";
/// The box that says that figures which differ were looked at.
const LOOKED: &str = "looked";

/// A table that is held, with what it says.
pub struct Held {
    paper: Paper,
    ticket: String,
    survey: TableSurvey,
}

impl Held {
    /// The table that a desk holds so far.
    pub fn of(seat: &Seat, work: &Work) -> Result<Option<Held>, WebError> {
        let Some((paper, ticket)) = work.held.iter().find(|(paper, _)| paper.paper == NOTICE_TABLE) else {
            return Ok(None);
        };
        let survey = seat.app().notice_table_read(paper).map_err(|e| web_error(&seat.ctx, e))?;
        Ok(Some(Held { paper: paper.clone(), ticket: ticket.clone(), survey }))
    }

    fn unreadable(&self) -> bool {
        self.survey.rows.is_empty() || self.survey.findings.iter().any(|f| f.severity == Severity::Error)
    }

    /// The rows to be posted beside the file; what stands in the way goes to `findings`.
    pub fn rows(
        &self,
        seat: &Seat,
        form: &Submitted,
        findings: &mut Findings,
    ) -> Result<Option<Paper>, WebError> {
        if self.unreadable() {
            findings.add(FIELD, seat.ctx.t("hung-table-unreadable"));
            return Ok(None);
        }
        if self.survey.differs() && !form.has(LOOKED) {
            findings.add(LOOKED, seat.ctx.t("tables-library-look-first"));
            return Ok(None);
        }
        let rows = seat.app().notice_rows(&self.paper, &self.survey).map_err(|e| web_error(&seat.ctx, e))?;
        Ok(Some(rows))
    }
}

/// The card of the table: what is held, what it says, where another one goes.
pub fn card(sheet: &Sheet<'_>, held: Option<&Held>) -> Markup {
    let (ctx, findings) = (sheet.ctx, sheet.findings);
    let (label, hint) = (ctx.t("hung-table-file"), ctx.t("tables-file-hint"));
    html! {
        section.card {
            header.card-head { h2 { (ctx.t("hung-table")) } }
            p.hint { (ctx.t("hung-table-about")) }
            @if let Some(held) = held { (shown(sheet, held)) }
            (FileField { name: FIELD, label: &label, accept: TABLE_ACCEPT, hint: Some(&hint), error: findings.at(FIELD) }.html(ctx))
            (actions(button::secondary(&ctx.t("hung-table-read"), "table")))
        }
    }
}

fn shown(sheet: &Sheet<'_>, held: &Held) -> Markup {
    let (ctx, survey) = (sheet.ctx, &held.survey);
    let question = ctx.t("tables-library-differs");
    let boxes = [Opt::new("yes", ctx.t("hung-table-looked"))];
    let box_ = Choice::checkboxes(LOOKED, &question, &boxes).error(sheet.findings.at(LOOKED));
    let box_ = if sheet.form.has(LOOKED) { box_.chosen("yes") } else { box_ };
    html! {
        div.paper-file.held {
            input type="hidden" name="kept" value=(held.ticket);
            span { (ctx.zh(&held.paper.name)) }
            span.hint { (size(u64::try_from(held.paper.size).unwrap_or(0))) }
            button.button.quiet type="submit" name="act" value={ "drop:" (held.paper.hash) } {
                (icon::BIN) span { (ctx.t("row-delete")) } span.sr-only { (held.paper.name) }
            }
        }
        @if !survey.findings.is_empty() { (found(ctx, &survey.findings)) }
        @if !survey.checks.is_empty() { (checks(ctx, &survey.checks)) }
        @if !survey.rows.is_empty() {
            (details(&ctx.t_args("hung-table-rows", &[("count", survey.rows.len().into())]), rows(ctx, survey)))
        }
        @if survey.differs() && !held.unreadable() { (box_.html(ctx)) }
    }
}

fn rows(ctx: &Ctx, survey: &TableSurvey) -> Markup {
    let heads = survey
        .columns
        .iter()
        .map(|column| if column.amounts { Head::amount(&column.name) } else { Head::text(&column.name) });
    let table =
        DataTable::new("table-rows", ctx.t("hung-table"), heads.collect()).quiet_caption().scrolling();
    let table = survey.rows.iter().fold(table, |table, row| {
        let text = |at: u32| row.cells.get(&at).map_or("", |cell| cell.text.as_str());
        let total = row.kind == TableRowKind::Sum;
        let cell =
            |at: u32| html! { @if total { strong { (ctx.zh(text(at))) } } @else { (ctx.zh(text(at))) } };
        table.row(survey.columns.iter().map(|column| cell(column.at)).collect())
    });
    table.html()
}
