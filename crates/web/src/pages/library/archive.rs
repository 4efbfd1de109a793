//! `/library/{case}/archive.zip`: everything about a project as one archive that is checked without this program's database. It is
//! packed while it is sent: one file at a time is in memory.

use app::App;
use app::archive::{Entry, Plan};
use axum::body::{Body, Bytes};
use axum::extract::Path;
use axum::response::Response;
use futures_core::Stream;
use std::io::{self, Write};
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::life;
use crate::error::WebError;
use crate::pages::printed;
use crate::pages::shared::{download, id, shown};
use crate::state::Seat;
use app::view::library::sees_library;

/// How many bytes are sent at once.
const PIECE: usize = 64 * 1024;
/// How many pieces wait for a slow reader.
const PIECES: usize = 8;

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
    let documents = vec![Entry { path: "项目全过程.pdf".to_owned(), bytes }];
    let name = format!("{}.zip", plan.number());
    let (pieces, waiting) = channel(PIECES);
    let app = app.clone();
    tokio::task::spawn_blocking(move || pack(&app, plan, documents, pieces));
    let mut response = download(&name, "application/zip", Vec::new())?;
    response.headers_mut().remove(axum::http::header::CONTENT_LENGTH);
    *response.body_mut() = Body::from_stream(Pieces(waiting));
    Ok(response)
}

type Piece = Result<Bytes, io::Error>;

/// Packs until the end, or until nobody reads any longer. A failure cuts the file off, so that nobody takes it for whole.
fn pack(app: &App, plan: Plan, documents: Vec<Entry>, to: Sender<Piece>) {
    let mut out = Pour { buffer: Vec::with_capacity(PIECE), to };
    if let Err(fault) = app.write_archive(plan, documents, &mut out) {
        tracing::error!(operator = %fault.operator, "an archive was not packed to its end");
        // When nobody reads there is nobody to tell.
        let _unread = out.to.blocking_send(Err(io::Error::other("the archive is not whole")));
    }
}

/// A writer whose bytes go to a reader elsewhere.
struct Pour {
    buffer: Vec<u8>,
    to: Sender<Piece>,
}

impl Write for Pour {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        let piece = Bytes::from(std::mem::take(&mut self.buffer));
        self.to.blocking_send(Ok(piece)).map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))
    }
}

struct Pieces(Receiver<Piece>);

impl Stream for Pieces {
    type Item = Piece;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Piece>> {
        self.0.poll_recv(context)
    }
}
