//! Reading requests: JSON with the place of each fault, addresses, questions, files. Unknown fields are refused.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Multipart, Path, Query, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use utoipa::ToSchema;

use super::problem::Failed;

/// A JSON body.
pub struct Said<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Said<T> {
    type Rejection = Failed;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failed> {
        if media(request.headers()) != "application/json" {
            return Err(Failed::kind("application/json"));
        }
        read(&bytes_of(request, state).await?).map(Self)
    }
}

/// The media type without its parameters, in small letters.
fn media(headers: &HeaderMap) -> String {
    let line = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    line.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

async fn bytes_of<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Failed> {
    Bytes::from_request(request, state).await.map_err(|rejection| Failed::of_status(rejection.status()))
}

/// Reads JSON, with the place of the first fault.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Failed> {
    let mut source = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut source).map_err(|error| {
        let path = error.path().to_string();
        let place = if path == "." || path == "?" { "" } else { path.as_str() };
        Failed::unreadable(place, &error.inner().to_string())
    })?;
    source.end().map_err(|error| Failed::unreadable("", &error.to_string()))?;
    Ok(value)
}

/// The question behind `?`.
pub struct Asked<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Asked<T> {
    type Rejection = Failed;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Failed> {
        let read = Query::<T>::try_from_uri(&parts.uri);
        read.map(|Query(asked)| Self(asked))
            .map_err(|rejection| Failed::unreadable("?", &rejection.body_text()))
    }
}

/// The changing parts of the address. What cannot be read names nothing that exists.
pub struct At<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for At<T> {
    type Rejection = Failed;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failed> {
        let read = Path::<T>::from_request_parts(parts, state).await;
        read.map(|Path(value)| Self(value)).map_err(|_| Failed::nothing_here())
    }
}

/// A file in JSON.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FileSaid {
    /// Its name.
    pub name: String,
    /// Its content in base64.
    pub content: String,
}

/// A file as multipart: one part `file`.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "only described in the document")]
pub struct FilePart {
    /// The file.
    #[schema(value_type = String, format = Binary)]
    pub file: String,
}

/// A file: multipart, JSON with base64, or its bytes as they are.
pub struct Sent {
    /// Its name; empty when none was given.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl<S: Send + Sync> FromRequest<S> for Sent {
    type Rejection = Failed;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failed> {
        match media(request.headers()).as_str() {
            "multipart/form-data" => {
                let form = Multipart::from_request(request, state).await;
                part(form.map_err(|rejection| Failed::of_status(rejection.status()))?).await
            }
            "application/json" => {
                let said: FileSaid = read(&bytes_of(request, state).await?)?;
                let bytes = base64::engine::general_purpose::STANDARD.decode(said.content.trim());
                let bytes = bytes.map_err(|error| Failed::unreadable("content", &error.to_string()))?;
                Ok(Self { name: said.name, bytes })
            }
            "text/csv" | "application/xml" | "text/xml" | "application/octet-stream" => {
                Ok(Self { name: String::new(), bytes: bytes_of(request, state).await?.to_vec() })
            }
            _ => Err(Failed::kind("multipart/form-data, application/json, text/csv, application/xml")),
        }
    }
}

async fn part(mut form: Multipart) -> Result<Sent, Failed> {
    let broken = |error: axum::extract::multipart::MultipartError| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Failed::of_status(StatusCode::PAYLOAD_TOO_LARGE),
        _ => Failed::unreadable("", &error.body_text()),
    };
    let field = form.next_field().await.map_err(broken)?;
    let field = field.ok_or_else(|| Failed::unreadable("file", "the part is missing"))?;
    if field.name() != Some("file") {
        let place = field.name().unwrap_or_default().to_owned();
        return Err(Failed::unreadable(&place, "only one part `file` is taken"));
    }
    let name = field.file_name().unwrap_or_default().to_owned();
    let bytes = field.bytes().await.map_err(broken)?.to_vec();
    Ok(Sent { name, bytes })
}

/// Hands out a file.
pub fn file(name: &str, media: &str, bytes: Vec<u8>) -> Response {
    let shown = format!("attachment; filename*=UTF-8''{}", crate::cookies::encode(name));
    let headers = [(CONTENT_TYPE, media.to_owned()), (axum::http::header::CONTENT_DISPOSITION, shown)];
    (headers, bytes).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Outer {
        #[expect(dead_code, reason = "only read")]
        lines: Vec<Inner>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Inner {
        #[expect(dead_code, reason = "only read")]
        amount: crate::api::wire::Yuan,
    }

    #[test]
    fn faults_name_their_place() {
        for (text, place) in [
            (r#"{"lines":[{"amount":"1.00"},{"amount":1.0}]}"#, Some("lines[1].amount")),
            (r#"{"lines":[{"amount":"1"}]}"#, Some("lines[0].amount")),
            (r#"{"lines":[{"amount":"1.00","amuont":"1.00"}]}"#, Some("lines[0].amuont")),
            (r#"{"lines":[{}]}"#, Some("lines[0]")),
            (r#"{"lines":[]} x"#, None),
            ("[", None),
        ] {
            let failed = read::<Outer>(text.as_bytes()).expect_err(text);
            assert_eq!(failed.0.place.as_deref(), place, "{text}: {failed:?}");
            assert_eq!(failed.0.status, 400);
        }
        assert!(read::<Outer>(br#"{"lines":[{"amount":"18605.00"}]}"#).is_ok());
    }
}
