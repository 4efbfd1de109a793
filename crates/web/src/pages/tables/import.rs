//! `/sources/import`, `/projects/{id}/lines/import`, `/allocations/{id}/import`: the template, the upload, the preview, the
//! confirmation. Only the confirmation books anything.

use app::tables::{Agrees, Format, Import, ImportPreview};
use app::view::pack::{Act, Subject};
use app::{Command, Failure};
use axum::extract::Path;
use axum::response::Response;

use super::preview;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::flash::Flash;
use crate::page::go_with;
use crate::pages::shared::download;
use crate::state::{Seat, fresh_key, refusal_of, web_error};
use crate::submitted::SubmittedWithFiles;
use crate::ui::Findings;
use crate::words::{Lang, Word, word};

/// The field of the file.
pub const FILE: &str = "file";
/// The field of the ticket of a file that is kept.
pub const TICKET: &str = "ticket";
/// The box that says that totals which differ were looked at.
pub(super) const LOOKED: &str = "looked";

/// Where an import stands on the site.
pub(super) struct Desk {
    pub import: Import,
    /// Its own address.
    pub here: String,
    /// Where it leads back to: address and words.
    pub back: (String, Word),
    pub title: Word,
    pub intro: Word,
    pub done: Word,
    /// The act that it is.
    pub act: (Subject, Act),
}

pub(super) fn of_sources() -> Desk {
    Desk {
        import: Import::Sources,
        here: "/sources/import".into(),
        back: ("/sources".into(), word("tables-sources")),
        title: word("tables-import-sources"),
        intro: word("tables-intro-sources"),
        done: word("tables-done-sources"),
        act: (Subject::Source, Act::Receive),
    }
}

fn of_project(id: &str) -> Result<Desk, WebError> {
    let project = id.parse().map_err(|_| WebError::NotFound)?;
    Ok(Desk {
        import: Import::ProjectLines(project),
        here: format!("/projects/{project}/lines/import"),
        back: (format!("/projects/{project}/lines"), word("tables-project-lines")),
        title: word("tables-import-project"),
        intro: word("tables-intro-project"),
        done: word("tables-done-project"),
        act: (Subject::Project, Act::Declare),
    })
}

fn of_allocation(id: &str) -> Result<Desk, WebError> {
    let allocation = id.parse().map_err(|_| WebError::NotFound)?;
    Ok(Desk {
        import: Import::AllocationLines(allocation),
        here: format!("/allocations/{allocation}/import"),
        back: (format!("/allocations/{allocation}"), word("tables-allocation")),
        title: word("tables-import-allocation"),
        intro: word("tables-intro-allocation"),
        done: word("tables-done-allocation"),
        act: (Subject::Allocation, Act::Plan),
    })
}

/// Sources: the page.
pub(super) async fn sources(seat: Seat) -> Result<Response, WebError> {
    show(&seat, &of_sources())
}

/// Sources: a file, or its confirmation.
pub(super) async fn act_sources(seat: Seat, form: SubmittedWithFiles) -> Result<Response, WebError> {
    act(&seat, &of_sources(), form).await
}

/// Budget lines: the page.
pub(super) async fn project(seat: Seat, Path(id): Path<String>) -> Result<Response, WebError> {
    show(&seat, &of_project(&id)?)
}

/// Budget lines: a file, or its confirmation.
pub(super) async fn act_project(
    seat: Seat,
    Path(id): Path<String>,
    form: SubmittedWithFiles,
) -> Result<Response, WebError> {
    act(&seat, &of_project(&id)?, form).await
}

/// Allocation lines: the page.
pub(super) async fn allocation(seat: Seat, Path(id): Path<String>) -> Result<Response, WebError> {
    show(&seat, &of_allocation(&id)?)
}

/// Allocation lines: a file, or its confirmation.
pub(super) async fn act_allocation(
    seat: Seat,
    Path(id): Path<String>,
    form: SubmittedWithFiles,
) -> Result<Response, WebError> {
    act(&seat, &of_allocation(&id)?, form).await
}

/// The empty table of sources.
pub(super) async fn template_sources(seat: Seat) -> Result<Response, WebError> {
    template(&seat, &of_sources())
}

/// The empty table of budget lines.
pub(super) async fn template_project(seat: Seat, Path(id): Path<String>) -> Result<Response, WebError> {
    template(&seat, &of_project(&id)?)
}

/// The empty table of allocation lines.
pub(super) async fn template_allocation(seat: Seat, Path(id): Path<String>) -> Result<Response, WebError> {
    template(&seat, &of_allocation(&id)?)
}

/// The empty list of payees.
pub(super) async fn template_roster(seat: Seat) -> Result<Response, WebError> {
    let done = seat.app().roster_template(seat.ctx.lang == Lang::En);
    let bytes = done.map_err(|fault| web_error(&seat.ctx, fault.into()))?;
    let name = format!("{}.xlsx", seat.ctx.t("tables-roster"));
    download(&name, Format::Xlsx.media(), bytes)
}

fn template(seat: &Seat, desk: &Desk) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let language = ctx.printed();
    let done = seat.app().import_template(&seat.viewer, desk.import, language);
    let bytes = done.map_err(|failure| web_error(ctx, failure))?;
    download(&format!("{}.xlsx", ctx.word(desk.title)), Format::Xlsx.media(), bytes)
}

fn show(seat: &Seat, desk: &Desk) -> Result<Response, WebError> {
    let done = seat.app().import_form(&seat.viewer, desk.import);
    done.map_err(|failure| web_error(&seat.ctx, failure))?;
    preview::upload(seat, desk, &Findings::none())
}

async fn act(seat: &Seat, desk: &Desk, form: SubmittedWithFiles) -> Result<Response, WebError> {
    let ticket = form.fields.get(TICKET).to_owned();
    match form.fields.act() {
        "import" => confirm(seat, desk, &form, &ticket).await,
        "marked" => {
            let (app, viewer, import) = (seat.app().clone(), seat.viewer.clone(), desk.import);
            let (name, bytes) =
                beside(&seat.ctx, move || app.import_marked(&viewer, import, &ticket)).await?;
            download(&name, Format::Xlsx.media(), bytes)
        }
        _ => read(seat, desk, form).await,
    }
}

/// Reads an uploaded file, or shows the kept one again.
async fn read(seat: &Seat, desk: &Desk, form: SubmittedWithFiles) -> Result<Response, WebError> {
    let ctx = &seat.ctx;
    let (app, viewer, import) = (seat.app().clone(), seat.viewer.clone(), desk.import);
    let ticket = form.fields.get(TICKET).to_owned();
    let Some(file) = form.files.into_iter().find(|file| file.field == FILE) else {
        if ticket.is_empty() {
            let mut findings = Findings::none();
            findings.add(FILE, ctx.t("tables-no-file"));
            return preview::upload(seat, desk, &findings);
        }
        let seen = beside(ctx, move || app.import_preview_again(&viewer, import, &ticket)).await?;
        return preview::shown(seat, desk, &seen, (&fresh_key(seat.app()), &Findings::none()));
    };
    let seen = beside(ctx, move || app.import_preview(&viewer, import, (&file.name, &file.bytes))).await?;
    preview::shown(seat, desk, &seen, (&fresh_key(seat.app()), &Findings::none()))
}

/// Books all rows of the kept file, or none.
async fn confirm(
    seat: &Seat,
    desk: &Desk,
    form: &SubmittedWithFiles,
    ticket: &str,
) -> Result<Response, WebError> {
    let (ctx, key) = (&seat.ctx, form.fields.get("key"));
    let again = || {
        let (app, viewer, import, ticket) =
            (seat.app().clone(), seat.viewer.clone(), desk.import, ticket.to_owned());
        beside(ctx, move || app.import_preview_again(&viewer, import, &ticket))
    };
    let (app, viewer, import, kept) =
        (seat.app().clone(), seat.viewer.clone(), desk.import, ticket.to_owned());
    let command = beside(ctx, move || app.import_command(&viewer, import, &kept)).await?;
    let Some(command) = command else {
        return preview::shown(seat, desk, &again().await?, (key, &Findings::none()));
    };
    let mut findings = Findings::none();
    if !form.fields.has(LOOKED) {
        let seen = again().await?;
        if differs(&seen) {
            findings.add(LOOKED, ctx.t("tables-look-first"));
            return preview::shown(seat, desk, &seen, (key, &findings));
        }
    }
    match seat.submit(key, Command::Money(Box::new(command))).await {
        Ok(_) => Ok(go_with(&desk.back.0, &Flash::done(desk.done))),
        Err(Failure::Refused(refusal)) => {
            let said = refusal_of(ctx, &refusal);
            let article = said.article.map_or_else(String::new, |article| format!("（{article}）"));
            // The file is not chosen here any more: it is of the table as a whole.
            findings.add("", format!("{}{article}", said.text));
            preview::shown(seat, desk, &again().await?, (key, &findings))
        }
        Err(failure) => Err(web_error(ctx, failure)),
    }
}

/// Whether a printed total is not what its rows give.
pub(super) fn differs(seen: &ImportPreview) -> bool {
    seen.reading.totals.iter().any(|total| total.agrees == Agrees::No)
}

/// Reading a large table takes a while: it is done beside the other requests.
pub async fn beside<T: Send + 'static>(
    ctx: &Ctx,
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, WebError> {
    let done = tokio::task::spawn_blocking(work).await;
    let done = done.map_err(|error| WebError::Bug { operator: format!("reading a table: {error}") })?;
    done.map_err(|failure| web_error(ctx, failure))
}
