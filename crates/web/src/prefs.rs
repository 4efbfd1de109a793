//! The address behind the switches for language, print and contrast: keeps the choice in a cookie and goes back.

use axum::Router;
use axum::extract::Form;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use serde::Deserialize;

use crate::cookies::{Lifetime, Transport, set_cookie};

/// Where the switches send their form.
pub const PATH: &str = "/settings/screen";

#[derive(Deserialize)]
struct Switch {
    set: String,
    back: String,
}

/// The routes of this module.
pub(crate) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route(PATH, post(switch))
}

async fn switch(Form(form): Form<Switch>) -> Response {
    let mut response = Redirect::to(&local(&form.back)).into_response();
    let choice = match form.set.as_str() {
        "lang=zh-CN" => ("qq_lang", "zh-CN"),
        "lang=en" => ("qq_lang", "en"),
        "text=large" => ("qq_text", "large"),
        "text=normal" => ("qq_text", "normal"),
        "contrast=high" => ("qq_contrast", "high"),
        "contrast=normal" => ("qq_contrast", "normal"),
        _ => return response,
    };
    if let Some(cookie) = set_cookie(choice.0, choice.1, Lifetime::Year, Transport::Any) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// A path of this site to go back to; the start page when `path` leads elsewhere.
pub fn local(path: &str) -> String {
    let elsewhere =
        !path.starts_with('/') || path.starts_with("//") || path.contains(['\\', '\n', '\r', '\t']);
    if elsewhere { "/".to_owned() } else { path.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn the_way_back_stays_on_this_site() {
        for (path, back) in [
            ("/cases/7?tab=money", "/cases/7?tab=money"),
            ("//evil.example", "/"),
            ("https://evil.example", "/"),
            ("/\\evil.example", "/"),
            ("", "/"),
        ] {
            assert_eq!(local(path), back);
        }
    }
}
