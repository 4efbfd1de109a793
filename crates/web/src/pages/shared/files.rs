//! Files taken with a form, held while it is shown again, and given to be kept.

use app::command::money::Paper;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::{say, shown};
use crate::cookies::encode;
use crate::error::WebError;
use crate::pages::filing::render::{kind_word, size};
use crate::state::Seat;
use crate::submitted::{Submitted, Upload};
use crate::ui::{Findings, PaperFile};

/// The kinds of file that are taken.
pub use app::view::filing::ACCEPT;

/// Bytes to be kept by the browser as a file, never shown within the site.
pub fn download(name: &str, media: &str, bytes: Vec<u8>) -> Result<Response, WebError> {
    let disposition = format!("attachment; filename*=UTF-8''{}", encode(name));
    let mut response = bytes.into_response();
    for (head, value) in [
        (header::CONTENT_TYPE, media),
        (header::CONTENT_DISPOSITION, disposition.as_str()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "private, no-store"),
    ] {
        response.headers_mut().insert(head, HeaderValue::from_str(value).map_err(|_| WebError::NotFound)?);
    }
    Ok(response)
}

/// Keeps the files sent under `field` as papers of the kind `paper`; what is no good becomes a finding there.
pub fn keep_files(
    seat: &Seat,
    files: &[Upload],
    (field, paper): (&str, &str),
    findings: &mut Findings,
) -> Result<Vec<Paper>, WebError> {
    let ctx = &seat.ctx;
    let mut kept: Vec<Paper> = Vec::new();
    for file in files.iter().filter(|file| file.field == field) {
        match shown(ctx, seat.app().keep_file(&seat.viewer, paper, (&file.name, &file.bytes)))? {
            Ok(paper) if kept.iter().any(|held| held.hash == paper.hash) => {}
            Ok(paper) => kept.push(paper),
            Err(fault) => {
                let why = fault.words();
                findings.add(field, format!("{}：{}", file.name, say(ctx, &why)));
            }
        }
    }
    Ok(kept)
}

/// Files already kept by an earlier sending of the form, by their tickets.
pub fn kept_before(seat: &Seat, form: &Submitted, field: &str) -> Vec<Paper> {
    let name = format!("kept.{field}");
    form.all(&name).filter_map(|ticket| seat.app().ticket_paper(&seat.viewer, ticket)).collect()
}

/// Files that a form holds while it is shown again, with the tickets that [`kept_before`] reads.
pub fn held_files(seat: &Seat, field: &str, papers: &[Paper]) -> Result<Markup, WebError> {
    let ctx = &seat.ctx;
    let mut tickets = Vec::new();
    for paper in papers {
        tickets.push((paper, shown(ctx, seat.app().paper_ticket(&seat.viewer, paper))?));
    }
    Ok(html! {
        @for (paper, ticket) in &tickets {
            div.paper-file.held {
                input type="hidden" name={ "kept." (field) } value=(ticket);
                span { (ctx.zh(&paper.name)) }
                span.hint { (kind_word(&paper.media)) " · " (size(u64::try_from(paper.size).unwrap_or(0))) " · " (ctx.t("file-kept")) }
            }
        }
    })
}

/// A file as a list of papers shows it; `base` is the address of what holds it, and `{base}/files/{hash}` its own.
pub fn file_line(base: &str, paper: &Paper) -> PaperFile {
    PaperFile {
        name: paper.name.clone(),
        href: format!("{base}/files/{}", paper.hash),
        kind: kind_word(&paper.media).to_owned(),
        bytes: u64::try_from(paper.size).unwrap_or(0),
        hash: paper.hash.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_kept_and_never_shown_within_the_site() {
        let response = download("名册.csv", "text/csv", b"1".to_vec()).unwrap();
        let head = |name| response.headers().get(name).and_then(|value| value.to_str().ok());
        assert_eq!(
            head(header::CONTENT_DISPOSITION),
            Some("attachment; filename*=UTF-8''%E5%90%8D%E5%86%8C.csv")
        );
        assert_eq!(head(header::X_CONTENT_TYPE_OPTIONS), Some("nosniff"));
        assert!(matches!(download("a", "text/\ncsv", Vec::new()), Err(WebError::NotFound)));
    }
}
