//! The layers around every page: request number, security headers, compression, error pages, panics, body limit,
//! protection against forged requests.
//!
//! No layer decides anything of the domain.

pub mod faces;
pub mod headers;
pub mod own;
pub mod throttle;

use std::any::Any;
use std::fmt;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::HeaderValue;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::limit::RequestBodyLimitLayer;

use crate::error::WebError;
use crate::shell::Shell;
use crate::{assets, prefs};

/// No request may be larger, uploads included.
pub const BODY_BYTES_MAX: usize = 64 * 1024 * 1024;
/// A form without files may be this large; routes that take files set their own `DefaultBodyLimit`.
pub const FORM_BYTES_MAX: usize = 2 * 1024 * 1024;

/// The number under which the operator finds a request in the log; shown on error pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reference(u32);

impl Reference {
    /// A number of one's own choice, for tests.
    pub const fn of(number: u32) -> Self {
        Self(number)
    }

    fn fresh() -> Self {
        let mut bytes = [0_u8; 4];
        // Without randomness the request still gets a number, only not an own one.
        let _ = getrandom::fill(&mut bytes);
        Self(u32::from_le_bytes(bytes))
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04X}-{:04X}", self.0 >> 16, self.0 & 0xffff)
    }
}

/// Puts the assets, the settings address and every layer around `routes`.
pub fn dress<S>(routes: Router<S>, shell: &Shell) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    routes
        .merge(assets::routes())
        .merge(prefs::routes())
        .fallback(|| async { WebError::NotFound })
        .layer(DefaultBodyLimit::max(FORM_BYTES_MAX))
        .layer(CsrfLayer::new())
        .layer(RequestBodyLimitLayer::new(BODY_BYTES_MAX))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn_with_state(shell.clone(), faces::faces))
        .layer(CompressionLayer::new().gzip(true))
        .layer(middleware::map_response(headers::secure))
        .layer(middleware::from_fn(numbered))
}

/// Gives the request its number and writes one line about the answer.
async fn numbered(mut request: Request, next: Next) -> Response {
    let reference = Reference::fresh();
    request.extensions_mut().insert(reference);
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let mut response = next.run(request).await;
    tracing::info!(%reference, %method, path, status = response.status().as_u16(), "answered");
    if let Ok(value) = HeaderValue::from_str(&reference.to_string()) {
        response.headers_mut().insert("x-request-id", value);
    }
    response
}

fn panicked(payload: Box<dyn Any + Send>) -> Response {
    let operator = payload
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| payload.downcast_ref::<&str>().map(|text| (*text).to_owned()))
        .unwrap_or_else(|| "panic without a text".to_owned());
    WebError::Bug { operator: format!("panic: {operator}") }.into_response()
}

#[cfg(test)]
mod tests;
