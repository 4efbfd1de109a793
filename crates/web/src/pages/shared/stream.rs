//! Files that are sent while they are written: what is in memory is a piece of them, however long they are.

use app::Failure;
use axum::body::{Body, Bytes};
use axum::http::header;
use axum::response::Response;
use futures_core::Stream;
use std::io::{self, Write};
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::download;
use crate::error::WebError;
use crate::state::{Seat, web_error};

/// How many bytes are sent at once.
const PIECE: usize = 64 * 1024;
/// How many pieces wait for a slow reader.
const PIECES: usize = 8;

type Piece = Result<Bytes, io::Error>;

/// A file of which `write` makes the bytes, away from the threads that answer. Where it fails the file is cut off, so that nobody
/// takes it for whole.
pub fn poured(
    name: &str,
    media: &str,
    write: impl FnOnce(&mut dyn Write) -> Result<(), app::ports::Fault> + Send + 'static,
) -> Result<Response, WebError> {
    let (to, waiting) = channel(PIECES);
    tokio::task::spawn_blocking(move || {
        let mut out = Pour { buffer: Vec::with_capacity(PIECE), to };
        let written = write(&mut out).and_then(|()| {
            out.flush().map_err(|error| app::ports::Fault::passing(format!("the reader is gone: {error}")))
        });
        if let Err(fault) = written {
            tracing::error!(operator = %fault.operator, "a file was not written to its end");
            // When nobody reads there is nobody to tell.
            let _unread = out.to.blocking_send(Err(io::Error::other("the file is not whole")));
        }
    });
    sent(name, media, waiting)
}

/// A CSV file out of the pages of a list: `part` gives the bytes of the page after a key, and the key to go on after. What fails
/// at once is an answer of its own; what fails later is said in the last line of the file.
pub fn paged(
    seat: &Seat,
    name: &str,
    mut part: impl FnMut(&Seat, Option<String>) -> Result<(Vec<u8>, Option<String>), Failure> + Send + 'static,
) -> Result<Response, WebError> {
    let media = app::tables::Format::Csv.media();
    let (first, next) = part(seat, None).map_err(|failure| web_error(&seat.ctx, failure))?;
    let Some(next) = next else { return download(name, media, first) };
    let (to, waiting) = channel(PIECES);
    let (seat, broken) = (seat.clone(), seat.ctx.t("export-broken"));
    tokio::task::spawn_blocking(move || {
        rest((first, next), |after| part(&seat, Some(after)), &broken, &to);
    });
    sent(name, media, waiting)
}

/// Sends the first page and all that follow, until the end or until nobody reads any longer.
fn rest(
    (mut page, mut next): (Vec<u8>, String),
    mut part: impl FnMut(String) -> Result<(Vec<u8>, Option<String>), Failure>,
    broken: &str,
    to: &Sender<Piece>,
) {
    loop {
        if to.blocking_send(Ok(Bytes::from(page))).is_err() {
            return;
        }
        let last = match part(next) {
            Ok((more, Some(after))) => {
                (page, next) = (more, after);
                continue;
            }
            Ok((last, None)) => last,
            Err(failure) => {
                tracing::error!("a list was not exported to its end: {failure:?}");
                format!("{broken}\r\n").into_bytes()
            }
        };
        // When nobody reads there is nobody to tell.
        let _unread = to.blocking_send(Ok(Bytes::from(last)));
        return;
    }
}

fn sent(name: &str, media: &str, waiting: Receiver<Piece>) -> Result<Response, WebError> {
    let mut response = download(name, media, Vec::new())?;
    response.headers_mut().remove(header::CONTENT_LENGTH);
    *response.body_mut() = Body::from_stream(Pieces(waiting));
    Ok(response)
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

#[cfg(test)]
mod tests {
    use super::*;

    /// What a reader gets of a list with so many pages, of which one fails.
    fn got(pages: usize, fails: Option<usize>) -> Vec<String> {
        let (to, mut waiting) = channel(pages + 1);
        let part = |after: String| {
            let at: usize = after.parse().unwrap_or_default();
            if Some(at) == fails {
                return Err(app::ports::Fault::passing("the disk").into());
            }
            Ok((format!("row {at}\r\n").into_bytes(), (at + 1 < pages).then(|| (at + 1).to_string())))
        };
        rest((b"row 0\r\n".to_vec(), "1".to_owned()), part, "not whole", &to);
        drop(to);
        let mut pieces = Vec::new();
        while let Some(piece) = waiting.blocking_recv() {
            pieces.push(String::from_utf8(piece.unwrap().to_vec()).unwrap());
        }
        pieces
    }

    #[test]
    fn pages_follow_each_other_to_the_end() {
        assert_eq!(got(4, None), ["row 0\r\n", "row 1\r\n", "row 2\r\n", "row 3\r\n"]);
    }

    #[test]
    fn what_fails_half_way_is_said_in_the_last_line() {
        assert_eq!(got(4, Some(2)), ["row 0\r\n", "row 1\r\n", "not whole\r\n"]);
    }

    #[test]
    fn nobody_reads_and_nothing_more_is_read() {
        let (to, waiting) = channel(1);
        drop(waiting);
        let mut asked = 0;
        let part = |_| {
            asked += 1;
            Ok((Vec::new(), Some("1".to_owned())))
        };
        rest((Vec::new(), "1".to_owned()), part, "", &to);
        assert_eq!(asked, 0);
    }
}
