//! `/library/{case}/archive.zip`: everything about a project as one archive that is checked without this program's database. It is
//! packed while it is sent: one file at a time is in memory.

use app::archive::{Entry, NOTICES, archived};
use axum::extract::Path;
use axum::response::Response;

use super::life;
use crate::error::WebError;
use crate::pages::printed;
use crate::pages::public::notice_paper;
use crate::pages::shared::{id, poured, shown};
use crate::state::Seat;
use app::view::library::sees_library;

/// Sends the archive.
pub(super) async fn send(seat: Seat, Path(of): Path<String>) -> Result<Response, WebError> {
    if !sees_library(&seat.viewer) {
        return Err(WebError::Forbidden);
    }
    let (ctx, app, viewer) = (&seat.ctx, seat.app(), &seat.viewer);
    let case = id(&of)?;
    let plan = shown(ctx, app.archive_plan(viewer, case))?;
    let whole = life::document(&seat, case, &plan)?;
    let bytes = printed(&seat.state, ctx, whole).await?;
    let mut documents = vec![Entry { path: "项目全过程.pdf".to_owned(), bytes }];
    for posted in shown(ctx, app.library_page(viewer, case))?.notices {
        let Some(notice) = shown(ctx, app.notice(posted.about, Some(&posted.number)))? else { continue };
        let bytes = printed(&seat.state, ctx, notice_paper(ctx, &notice)).await?;
        documents.push(Entry { path: archived(NOTICES, &format!("{}.pdf", posted.number)), bytes });
    }
    let name = format!("{}.zip", plan.number());
    let app = app.clone();
    poured(&name, "application/zip", move |out| app.write_archive(plan, documents, out))
}
