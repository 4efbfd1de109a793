//! People at browsers: each signs in, opens a page, sends back what the page holds with what they typed.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use std::collections::BTreeMap;
use std::sync::Mutex;

use crate::http::Http;

/// The browsers of everybody in a book.
pub struct Clerks<'a> {
    pub http: &'a Http,
    book: &'static str,
    password: &'static str,
    sessions: Mutex<BTreeMap<String, String>>,
}

/// A page as it came.
pub struct Seen {
    pub status: StatusCode,
    /// Where it leads, when it leads somewhere.
    pub to: String,
    pub html: String,
}

impl Seen {
    /// The value of a hidden field of the page.
    pub fn hidden(&self, name: &str) -> String {
        let start = format!("<input type=\"hidden\" name=\"{name}\" value=\"");
        let rest = self.html.split(&start).nth(1);
        let value = rest.and_then(|rest| rest.split('"').next());
        value.unwrap_or_else(|| panic!("no {name} in {}", self.words())).to_owned()
    }

    /// Whether the page offers a hidden field.
    fn has(&self, name: &str) -> bool {
        self.html.contains(&format!("<input type=\"hidden\" name=\"{name}\" value=\""))
    }

    /// The words of the page, without its marks.
    pub fn words(&self) -> String {
        let mut words = String::new();
        for piece in self.html.split('<') {
            words.push_str(piece.split_once('>').map_or(piece, |(_, text)| text));
        }
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// It shows this text.
    pub fn shows(&self, text: &str) -> &Seen {
        assert!(self.words().contains(text), "no “{text}” in {}", self.words());
        self
    }
}

fn encoded(fields: &[(&str, &str)]) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let text = |text: &str| -> String {
        text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
    };
    let pairs = fields.iter().map(|(name, value)| format!("{}={}", text(name), text(value)));
    pairs.collect::<Vec<_>>().join("&")
}

impl<'a> Clerks<'a> {
    pub fn of(http: &'a Http, book: &'static str, password: &'static str) -> Clerks<'a> {
        Clerks { http, book, password, sessions: Mutex::default() }
    }

    /// Another day: everybody signs in again.
    pub fn another_day(&self) {
        self.sessions.lock().unwrap().clear();
        self.http.restart();
    }

    async fn answered(&self, login: &str, request: axum::http::request::Builder, body: Body) -> Seen {
        let session = if login.is_empty() { String::new() } else { self.session(login).await };
        let got = self.http.send(request.header(header::COOKIE, session).body(body).unwrap()).await;
        let to = got.headers.get(header::LOCATION).map_or("", |to| to.to_str().unwrap()).to_owned();
        Seen { status: got.status, to, html: String::from_utf8_lossy(&got.bytes).into_owned() }
    }

    /// The cookie of a person, who signs in if need be.
    async fn session(&self, login: &str) -> String {
        if let Some(session) = self.sessions.lock().unwrap().get(login) {
            return session.clone();
        }
        let body = encoded(&[("login", login), ("password", self.password), ("act", "enter")]);
        let request = Request::post("/sign-in").header(header::CONTENT_TYPE, FORM);
        let got = self.http.send(request.body(Body::from(body)).unwrap()).await;
        let name = format!("qq_session_{}=", self.book);
        let set = got.headers.get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
        let own = set.filter_map(|value| value.split(';').next()).find(|value| value.starts_with(&name));
        let own = own.unwrap_or_else(|| panic!("{login} is not let in")).to_owned();
        self.sessions.lock().unwrap().insert(login.to_owned(), own.clone());
        own
    }

    /// Opens a page; nobody in particular when there is no name.
    pub async fn opens(&self, login: &str, path: &str) -> Seen {
        let seen = self.answered(login, Request::get(path), Body::empty()).await;
        assert!(seen.status == StatusCode::OK, "{login} {path}: {} {}", seen.status, seen.words());
        seen
    }

    /// Sends a form whose page was opened: its hidden fields go with it.
    pub async fn sends(&self, login: &str, path: &str, page: &Seen, typed: &[(&str, &str)]) -> Seen {
        let kept = ["key", "mark", "seen", "version", "case", "step", "parent", "number"];
        let kept: Vec<(&str, String)> = kept
            .into_iter()
            .filter(|name| page.has(name) && !typed.iter().any(|(other, _)| other == name))
            .map(|name| (name, page.hidden(name)))
            .collect();
        let kept = kept.iter().map(|(name, value)| (*name, value.as_str()));
        let fields: Vec<(&str, &str)> = kept.chain(typed.iter().copied()).collect();
        let request = Request::post(path).header(header::CONTENT_TYPE, FORM);
        self.answered(login, request, Body::from(encoded(&fields))).await
    }

    /// Opens a page and sends its form; answers where that leads.
    pub async fn does(&self, login: &str, path: &str, typed: &[(&str, &str)]) -> String {
        let page = self.opens(login, path).await;
        let action = path.split('?').next().unwrap_or(path);
        let done = self.sends(login, action, &page, typed).await;
        assert!(!done.to.is_empty(), "{login} {path}: {} {}", done.status, done.words());
        done.to
    }

    /// Opens a page and sends its form, which is refused with these words.
    pub async fn refused(&self, login: &str, path: &str, typed: &[(&str, &str)], words: &[&str]) {
        let page = self.opens(login, path).await;
        let done = self.sends(login, path.split('?').next().unwrap_or(path), &page, typed).await;
        assert!(done.to.is_empty(), "{login} {path}: was done and leads to {}", done.to);
        for text in words {
            done.shows(text);
        }
    }

    /// Adds a small PDF to a page that takes files.
    pub async fn uploads(&self, login: &str, path: &str, field: &str) {
        const EDGE: &str = "edge-of-a-part";
        let body = format!(
            "--{EDGE}\r\nContent-Disposition: form-data; name=\"act\"\r\n\r\nupload\r\n--{EDGE}\r\n\
             Content-Disposition: form-data; name=\"{field}\"; filename=\"记录.pdf\"\r\nContent-Type: application/pdf\r\n\r\n\
             %PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n\r\n--{EDGE}--\r\n"
        );
        let kind = format!("multipart/form-data; boundary={EDGE}");
        let request = Request::post(path).header(header::CONTENT_TYPE, kind);
        let done = self.answered(login, request, Body::from(body)).await;
        assert!(!done.to.is_empty(), "{login} {path}: {} {}", done.status, done.words());
    }
}

const FORM: &str = "application/x-www-form-urlencoded";
