//! The layers as a whole, around a few routes made up for the purpose.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use kernel::Date;
use tower::ServiceExt;

use super::dress;
use crate::cookies::Transport;
use crate::ctx::{Ctx, Signed, Viewer};
use crate::error::{Fault, WebError};
use crate::page::Page;
use crate::session::{Answer, Sessions, Token};
use crate::shell::{Clock, Shell};
use crate::submitted::Submitted;

struct Nobody;

impl Sessions for Nobody {
    fn viewer<'a>(&'a self, token: &'a Token) -> Answer<'a, Option<Viewer>> {
        Box::pin(async move {
            match token.expose() {
                known if known.starts_with("aa") => {
                    Ok(Some(Viewer { name: "李明".into(), ..Viewer::default() }))
                }
                first if first.starts_with("bb") => {
                    Ok(Some(Viewer { password_expired: true, ..Viewer::default() }))
                }
                broken if broken.starts_with("ff") => Err(Fault::new("store is closed")),
                _ => Ok(None),
            }
        })
    }
}

struct Fixed;

impl Clock for Fixed {
    fn today(&self) -> Date {
        Date::constant(2019, 10, 25)
    }
}

fn app() -> Router {
    let shell = Shell::new(Arc::new(Nobody), Arc::new(Fixed), Vec::new(), Transport::Any);
    let routes = Router::new()
        .route("/", get(|ctx: Ctx| async move { Page::new(&ctx, "首页").into_response() }))
        .route("/mine", get(|me: Signed| async move { Page::new(&me.ctx, "我的").into_response() }))
        .route("/form", post(|form: Submitted| async move { form.get("name").to_owned() }))
        .route("/forbidden", get(|| async { WebError::Forbidden }))
        .route("/fault", get(|| async { WebError::Fault(Fault::new("disk full on 磁盘")) }))
        .route("/panic", get(panics));
    dress(routes, &shell).with_state(shell)
}

async fn panics() -> StatusCode {
    assert!(std::hint::black_box(false), "index out of range");
    StatusCode::OK
}

async fn ask(request: Request<Body>) -> (StatusCode, header::HeaderMap, String) {
    let response: Response<Body> = app().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap();
    (parts.status, parts.headers, String::from_utf8(bytes.to_vec()).unwrap())
}

fn get_with_token(path: &str, token: &str) -> Request<Body> {
    let cookie = format!("qq_session={}", token.repeat(32));
    Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap()
}

fn plain(path: &str) -> Request<Body> {
    Request::get(path).body(Body::empty()).unwrap()
}

#[tokio::test]
async fn every_answer_has_the_security_headers() {
    for path in ["/", "/nowhere", "/panic", crate::assets::STYLE.path()] {
        let (_, headers, _) = ask(plain(path)).await;
        assert_eq!(
            headers[header::CONTENT_SECURITY_POLICY],
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
             connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            "{path}"
        );
        assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert!(headers.contains_key("x-request-id"));
    }
}

#[tokio::test]
async fn pages_are_not_kept_and_assets_are() {
    let (_, headers, _) = ask(plain("/")).await;
    assert_eq!(headers[header::CACHE_CONTROL], "no-store");
    let (status, headers, _) = ask(plain(crate::assets::SCRIPT.path())).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(headers[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
}

#[tokio::test]
async fn errors_are_pages_with_a_way_back() {
    for (path, status, words) in [
        ("/nowhere", 404, "找不到这个页面"),
        ("/forbidden", 403, "无权进行此操作"),
        ("/fault", 503, "系统暂时无法办理"),
        ("/panic", 500, "程序出错"),
        ("/form", 405, "无法读取提交的内容"),
    ] {
        let (got, headers, html) = ask(plain(path)).await;
        assert!(html.contains(words) && html.contains("href=\"/\""), "{path}: {html}");
        assert_eq!(headers[header::CONTENT_TYPE], "text/html; charset=utf-8");
        assert_eq!(got.as_u16(), status, "{path}");
        assert!(!html.contains("disk full") && !html.contains("index out of range"), "{html}");
    }
}

#[tokio::test]
async fn the_number_on_the_page_is_that_of_the_answer() {
    let (_, headers, html) = ask(plain("/fault")).await;
    assert!(html.contains(headers["x-request-id"].to_str().unwrap()), "{html}");
}

#[tokio::test]
async fn an_error_page_speaks_the_language_and_works_without_the_store() {
    let cookie = format!("qq_lang=en; qq_session={}", "ff".repeat(32));
    let request = Request::get("/mine").header(header::COOKIE, cookie).body(Body::empty()).unwrap();
    let (status, _, html) = ask(request).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(
        html.contains("This cannot be done at the moment") && !html.contains("store is closed"),
        "{html}"
    );
}

#[tokio::test]
async fn own_pages_are_for_signed_in_people() {
    let (status, headers, _) = ask(plain("/mine?a=1")).await;
    assert_eq!(
        (status.as_u16(), headers[header::LOCATION].as_bytes()),
        (303, &b"/sign-in?next=%2Fmine%3Fa%3D1"[..])
    );
    let (status, _, html) = ask(get_with_token("/mine", "aa")).await;
    assert!(status == StatusCode::OK && html.contains("李明"), "{html}");
    let (status, headers, _) = ask(get_with_token("/mine", "bb")).await;
    assert_eq!((status.as_u16(), headers[header::LOCATION].as_bytes()), (303, &b"/password"[..]));
}

fn posted(site: &str, body: String) -> Request<Body> {
    Request::post("/form")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", site)
        .body(Body::from(body))
        .unwrap()
}

#[tokio::test]
async fn a_form_of_another_site_is_refused() {
    let (status, _, text) = ask(posted("same-origin", "name=%E7%94%B2".into())).await;
    assert_eq!((status, text.as_str()), (StatusCode::OK, "甲"));
    let (status, _, html) = ask(posted("cross-site", "name=x".into())).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(html.contains("无权进行此操作"), "{html}");
}

#[tokio::test]
async fn a_form_too_large_is_refused_and_one_at_the_limit_is_not() {
    let name = "name=";
    let (status, ..) =
        ask(posted("same-origin", name.to_owned() + &"x".repeat(super::FORM_BYTES_MAX - name.len()))).await;
    assert_eq!(status, StatusCode::OK);
    let (status, _, html) =
        ask(posted("same-origin", name.to_owned() + &"x".repeat(super::FORM_BYTES_MAX))).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(html.contains("提交的内容过大"), "{html}");
}

#[tokio::test]
async fn a_switch_keeps_its_choice_and_goes_back() {
    let body = "set=contrast%3Dhigh&back=%2Fcases%3Fq%3D1";
    let request = Request::post(crate::prefs::PATH)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body))
        .unwrap();
    let (status, headers, _) = ask(request).await;
    assert_eq!((status.as_u16(), headers[header::LOCATION].as_bytes()), (303, &b"/cases?q=1"[..]));
    assert!(headers[header::SET_COOKIE].to_str().unwrap().starts_with("qq_contrast=high; Path=/; HttpOnly"));
}

#[tokio::test]
async fn answers_are_compressed_when_the_browser_can() {
    let request = Request::get(crate::assets::STYLE.path()).header(header::ACCEPT_ENCODING, "gzip");
    let response = app().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(response.headers()[header::CONTENT_ENCODING], "gzip");
}
