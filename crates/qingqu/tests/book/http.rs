//! The whole site as it is served, asked as another program would ask it.

use app::App;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kernel::Date;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use tower::ServiceExt;

/// The site of a book whose people all have one password.
pub struct Http {
    app: App,
    site: Mutex<Router>,
    password: &'static str,
}

/// What came back.
pub struct Got {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

struct Today(App);

impl web::Clock for Today {
    fn today(&self) -> Date {
        self.0.today()
    }
}

impl Got {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes)
            .unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&self.bytes)))
    }

    /// A problem with this status and code.
    pub fn problem(&self, status: u16, code: &str) -> Value {
        let body = self.json();
        assert_eq!((self.status.as_u16(), body["code"].as_str()), (status, Some(code)), "{body}");
        assert_eq!(self.headers[header::CONTENT_TYPE], "application/problem+json");
        assert_eq!(body["status"], status);
        for text in ["title", "title_en", "detail", "detail_en", "next", "next_en", "type"] {
            assert!(body[text].as_str().is_some_and(|text| !text.is_empty()), "{text}: {body}");
        }
        body
    }
}

/// The header of a name and a password.
pub fn basic(login: &str, password: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{login}:{password}")))
}

fn served(app: &App) -> Router {
    let clock = Arc::new(Today(app.clone()));
    web::site(app.clone(), clock, web::cookies::Transport::Any, Router::new())
}

impl Http {
    pub fn over(app: &App, password: &'static str) -> Http {
        Http { app: app.clone(), site: Mutex::new(served(app)), password }
    }

    /// The site as if it had been started again. Sessions end with the day and the brake on sign-ins counts real seconds: where
    /// a test lets days pass at once, everybody signs in again without having guessed.
    pub fn restart(&self) {
        *self.site.lock().unwrap() = served(&self.app);
    }

    pub async fn send(&self, request: Request<Body>) -> Got {
        let site = self.site.lock().unwrap().clone();
        let response = site.oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec();
        Got { status, headers, bytes }
    }

    /// `line` is method and path below `/api/v1`: `POST /sources`.
    pub async fn call(&self, login: &str, line: &str, more: &[(&str, &str)], body: Body) -> Got {
        let (method, path) = line.split_once(' ').unwrap();
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/api/v1{path}"))
            .header(header::AUTHORIZATION, basic(login, self.password));
        for (name, value) in more {
            request = request.header(*name, *value);
        }
        self.send(request.body(body).unwrap()).await
    }

    pub async fn json(&self, login: &str, line: &str, body: &Value, more: &[(&str, &str)]) -> Got {
        let mut headers = vec![("content-type", "application/json")];
        headers.extend(more);
        self.call(login, line, &headers, Body::from(body.to_string())).await
    }

    /// Reads; the answer is taken for granted.
    pub async fn get(&self, login: &str, path: &str) -> Value {
        let got = self.call(login, &format!("GET {path}"), &[], Body::empty()).await;
        assert_eq!(got.status, StatusCode::OK, "{login} {path}: {}", String::from_utf8_lossy(&got.bytes));
        got.json()
    }

    /// Acts; answers the id.
    pub async fn does(&self, login: &str, line: &str, body: Value) -> i64 {
        let got = self.json(login, line, &body, &[]).await;
        assert!(got.status.is_success(), "{login} {line}: {}", String::from_utf8_lossy(&got.bytes));
        let done = got.json();
        assert!(done["seq"].is_u64(), "{line}: {done}");
        done["id"].as_i64().unwrap_or_default()
    }

    /// Is refused; nothing is written.
    pub async fn refused(&self, login: &str, line: &str, body: Value, status: u16, code: &str) -> Value {
        let head = self.app.reads.head().unwrap();
        let problem = self.json(login, line, &body, &[]).await.problem(status, code);
        assert_eq!(self.app.reads.head().unwrap(), head, "a refused request wrote: {line}");
        problem
    }

    /// Sends a small PDF; answers its ticket.
    pub async fn ticket(&self, login: &str, name: &str) -> String {
        let content = STANDARD.encode(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n");
        let got = self.json(login, "POST /papers", &json!({"name": name, "content": content}), &[]).await;
        assert_eq!(got.status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&got.bytes));
        let kept = got.json();
        assert_eq!(kept["paper"]["media"], "application/pdf");
        kept["ticket"].as_str().unwrap().to_owned()
    }
}
