//! Each refusal of booked money and of a project's life, met as an office meets it: somebody signs in, opens the page, fills the form
//! in and sends it. The page says the sentence with its figures and its article in the language of the screen, marks the field
//! that is meant, and keeps what was typed. Which page that is stands in the reference of refusals.

#[path = "refused/form.rs"]
mod form;
#[path = "refused/life.rs"]
mod life;
#[path = "refused/money.rs"]
mod money;
#[path = "../refusals/pages.rs"]
mod pages;

use std::cell::RefCell;
use std::collections::BTreeMap;

use app::App;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use domain::refusal::REFERENCE;

use crate::http::Http;
use form::{Control, controls, plain};
use pages::{PAGES, Place};

const BETWEEN: &str = "the-end-of-a-part";

/// People at their screens. What was refused where is remembered.
struct Desk {
    http: Http,
    app: App,
    password: &'static str,
    cookies: RefCell<BTreeMap<String, String>>,
    seen: RefCell<Vec<Seen>>,
}

/// One refusal: who meets it where, what was typed, which field is meant, which figures are said.
struct Row {
    code: &'static str,
    login: String,
    path: String,
    typed: Vec<(String, String)>,
    files: Vec<(String, String, Vec<u8>)>,
    at: String,
    says: Vec<String>,
    /// Choices that the page no longer offers, so that they cannot stand there again.
    gone: Vec<String>,
}

impl Row {
    fn new(code: &'static str, login: &str, path: impl Into<String>) -> Row {
        Row {
            code,
            login: login.into(),
            path: path.into(),
            typed: Vec::new(),
            files: Vec::new(),
            at: String::new(),
            says: Vec::new(),
            gone: Vec::new(),
        }
    }

    fn types(mut self, typed: &[(&str, &str)]) -> Row {
        self.typed.extend(typed.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())));
        self
    }

    fn file(mut self, field: &str, name: &str, bytes: &[u8]) -> Row {
        self.files.push((field.to_owned(), name.to_owned(), bytes.to_vec()));
        self
    }

    fn pdf(self, field: &str) -> Row {
        self.file(field, "附件.pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n")
    }

    /// The field that is marked; without it the refusal stands above the form alone.
    fn at(mut self, field: &str) -> Row {
        field.clone_into(&mut self.at);
        self
    }

    fn says(mut self, words: &[&str]) -> Row {
        self.says.extend(words.iter().map(|word| (*word).to_owned()));
        self
    }

    fn gone(mut self, field: &str) -> Row {
        self.gone.push(field.to_owned());
        self
    }
}

/// The pieces of a sentence between its facts.
fn pieces(sentence: &str) -> Vec<&str> {
    sentence.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest)).collect()
}

/// Whether a text holds these pieces in their order.
fn holds<'t>(text: &'t str, pieces: &[&str]) -> Option<&'t str> {
    pieces.iter().try_fold(text, |rest, piece| rest.split_once(piece).map(|(_, rest)| rest))
}

/// An address as the reference names it.
fn pattern(path: &str) -> String {
    let mut before = "";
    let mut parts = Vec::new();
    for part in path.split('?').next().unwrap().split('/') {
        let known = match before {
            "do" => "{step}",
            "begin" => "{procedure}",
            "drafts" => "{key}",
            _ if !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()) => "{id}",
            _ => part,
        };
        parts.push(known);
        before = part;
    }
    parts.join("/")
}

impl Desk {
    fn over(app: &App, password: &'static str) -> Desk {
        Desk {
            http: Http::over(app, password),
            app: app.clone(),
            password,
            cookies: RefCell::default(),
            seen: RefCell::default(),
        }
    }

    async fn cookie(&self, login: &str) -> String {
        if let Some(known) = self.cookies.borrow().get(login) {
            return known.clone();
        }
        let form = format!("login={login}&password={}", web::cookies::encode(self.password));
        let request = Request::builder()
            .method("POST")
            .uri("/sign-in")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let got = self.http.send(request.body(Body::from(form)).unwrap()).await;
        assert_eq!(got.status, StatusCode::SEE_OTHER, "{login}: {}", String::from_utf8_lossy(&got.bytes));
        let cookie = got.headers[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
        self.cookies.borrow_mut().insert(login.to_owned(), cookie.clone());
        cookie
    }

    /// Days pass: sessions end.
    fn restart(&self) {
        self.cookies.borrow_mut().clear();
        self.http.restart();
    }

    async fn ask(
        &self,
        login: &str,
        language: &str,
        request: axum::http::request::Builder,
        body: Body,
    ) -> (StatusCode, String) {
        let cookie = format!("{}; qq_lang={language}", self.cookie(login).await);
        let got = self.http.send(request.header(header::COOKIE, cookie).body(body).unwrap()).await;
        (got.status, String::from_utf8(got.bytes).unwrap())
    }

    /// The form of a page as the browser would send it.
    async fn form(&self, login: &str, path: &str) -> Vec<Control> {
        let (status, html) = self.ask(login, "zh-CN", Request::builder().uri(path), Body::empty()).await;
        assert_eq!(status, StatusCode::OK, "{login} {path}: {}", plain(&html));
        controls(&html, path)
    }

    async fn send(&self, language: &str, form: &[Control], row: &Row) -> (StatusCode, String) {
        let mut fields: Vec<(String, String)> = Vec::new();
        for control in form.iter().filter(|control| control.sent) {
            if !row.typed.iter().any(|(name, _)| *name == control.name) {
                fields.push((control.name.clone(), control.value.clone()));
            }
        }
        fields.extend(row.typed.iter().cloned());
        let request = Request::builder().method("POST").uri(&row.path);
        if row.files.is_empty() {
            let pair = |(name, text): &(String, String)| {
                format!("{}={}", web::cookies::encode(name), web::cookies::encode(text))
            };
            let body = fields.iter().map(pair).collect::<Vec<_>>().join("&");
            let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            return self.ask(&row.login, language, request, Body::from(body)).await;
        }
        let mut body = Vec::new();
        let head = |name: &str| format!("--{BETWEEN}\r\ncontent-disposition: form-data; name=\"{name}\"");
        for (name, text) in &fields {
            body.extend(format!("{}\r\n\r\n{text}\r\n", head(name)).into_bytes());
        }
        for (name, file, bytes) in &row.files {
            body.extend(format!("{}; filename=\"{file}\"\r\n\r\n", head(name)).into_bytes());
            body.extend(bytes);
            body.extend(b"\r\n");
        }
        body.extend(format!("--{BETWEEN}--\r\n").into_bytes());
        let request =
            request.header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={BETWEEN}"));
        self.ask(&row.login, language, request, Body::from(body)).await
    }

    /// The page is opened, filled in and sent.
    async fn refuses(&self, row: Row) {
        let form = self.form(&row.login, &row.path).await;
        self.refuses_on(&form, row).await;
    }

    /// The same on a page that was opened before.
    async fn refuses_on(&self, form: &[Control], row: Row) {
        let entry = REFERENCE.iter().find(|entry| entry.code == row.code).unwrap();
        let before = self.app.reads.head().unwrap();
        for (language, said) in [("zh-CN", [entry.zh, entry.next_zh]), ("en", [entry.en, entry.next_en])] {
            let (status, html) = self.send(language, form, &row).await;
            let found = if status == StatusCode::UNPROCESSABLE_ENTITY {
                row.judge(&html, said)
            } else {
                Err(format!("{status}: {}", plain(&html)))
            };
            self.found(&row, language, found);
        }
        if self.app.reads.head().unwrap() != before {
            self.found(&row, "", Err("a refused form wrote".to_owned()));
        }
    }

    /// What is shown before anything is booked, beside the cell that it is about.
    async fn shows(&self, row: Row) {
        let entry = REFERENCE.iter().find(|entry| entry.code == row.code).unwrap();
        let form = self.form(&row.login, &row.path).await;
        let before = self.app.reads.head().unwrap();
        for (language, sentence) in [("zh-CN", entry.zh), ("en", entry.en)] {
            let (_, html) = self.send(language, &form, &row).await;
            let text = plain(&html);
            let good = holds(&text.to_lowercase(), &pieces(&sentence.to_lowercase())).is_some()
                && row.says.iter().all(|word| text.contains(word));
            self.found(&row, language, if good { Ok(()) } else { Err(text) });
        }
        assert_eq!(self.app.reads.head().unwrap(), before, "{}: a preview wrote", row.code);
    }

    /// A page that says so when it is opened: there is nothing to type into.
    async fn tells(&self, row: Row) {
        let entry = REFERENCE.iter().find(|entry| entry.code == row.code).unwrap();
        for (language, sentence) in [("zh-CN", entry.zh), ("en", entry.en)] {
            let request = Request::builder().uri(&row.path);
            let (_, html) = self.ask(&row.login, language, request, Body::empty()).await;
            let text = plain(&html);
            let good = holds(&text.to_lowercase(), &pieces(&sentence.to_lowercase())).is_some()
                && row.says.iter().all(|word| text.contains(word));
            self.found(&row, language, if good { Ok(()) } else { Err(text) });
        }
    }

    fn found(&self, row: &Row, language: &str, found: Result<(), String>) {
        match found {
            Ok(()) => self.seen.borrow_mut().push((row.code, Ok(pattern(&row.path)))),
            Err(fault) => {
                let told = format!("{} {} {} {language}: {fault}", row.code, row.login, row.path);
                self.seen.borrow_mut().push((row.code, Err(told)));
            }
        }
    }
}

impl Row {
    /// What is wrong with the page that came back.
    fn judge(&self, html: &str, [sentence, next]: [&str; 2]) -> Result<(), String> {
        let told = form::told(html);
        // A sentence begins with a capital letter.
        let (sentence_low, next_low) = (sentence.to_lowercase(), next.to_lowercase());
        let whole: Vec<&str> = pieces(&sentence_low).into_iter().chain(pieces(&next_low)).collect();
        let said = told.iter().find(|said| holds(&said.to_lowercase(), &whole).is_some());
        let said = said.ok_or_else(|| format!("must say “{sentence}”, says {told:?}"))?;
        let chinese = sentence.contains(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c));
        if let Some(word) =
            self.says.iter().find(|word| (chinese || word.starts_with('（')) && !said.contains(*word))
        {
            return Err(format!("must say “{word}”, says {said:?}"));
        }
        let marked = form::marked(html);
        let id = web::ui::id_of(&self.at);
        let field =
            marked.iter().find(|(_, error)| error.contains(said.as_str())).map(|(field, _)| field.as_str());
        let meant = (!self.at.is_empty()).then(|| format!("{id}-error"));
        if field != meant.as_deref() {
            return Err(format!("must mark {meant:?}, marks {marked:?}"));
        }
        if meant.is_some() && !html.contains(&format!("id=\"{id}\"")) {
            return Err(format!("the summary leads to {id}, which is not there"));
        }
        let stands = controls(html, &self.path);
        for (name, text) in self.typed.iter().filter(|(name, _)| *name != "act" && !self.gone.contains(name))
        {
            if !stands.iter().any(|control| control.name == *name && control.value == *text && control.sent) {
                let now: Vec<&Control> = stands.iter().filter(|control| control.name == *name).collect();
                return Err(format!("{name} = “{text}” was lost: {now:?}"));
            }
        }
        match self.files.iter().find(|(_, name, _)| !html.contains(name.as_str())) {
            Some((field, name, _)) => Err(format!("the file {name} of {field} was lost")),
            None => Ok(()),
        }
    }
}

/// A code and the page on which it was met, or what was wrong there.
type Seen = (&'static str, Result<String, String>);

/// Every code of money and of a project's life was met on its page, or it is said why no page can show it.
#[tokio::test]
async fn every_refusal_of_money_is_met_on_its_page() {
    let mut seen = money::rows().await;
    seen.extend(life::rows().await);
    let mut met: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (code, found) in &seen {
        match found {
            Ok(page) => {
                let pages = met.entry(code).or_default();
                if !pages.contains(&page.as_str()) {
                    pages.push(page);
                }
            }
            Err(fault) => wrong.push(fault.clone()),
        }
    }
    for entry in REFERENCE.iter().filter(|entry| entry.code >= "R801") {
        let said = PAGES.iter().find(|(code, _)| *code == entry.code).map(|(_, place)| place);
        let met = met.get(entry.code).map_or(&[][..], Vec::as_slice);
        match said {
            Some(Place::On(pages)) if met == *pages => {}
            Some(Place::Nowhere { zh, en }) if met.is_empty() && !zh.is_empty() && !en.is_empty() => {}
            other => wrong.push(format!("{} {}: met on {met:?}, said {other:?}", entry.code, entry.name)),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let codes: Vec<&str> = PAGES.iter().map(|(code, _)| *code).collect();
    assert!(codes.windows(2).all(|pair| pair[0] < pair[1]), "{codes:?}");
    assert!(codes.iter().all(|code| REFERENCE.iter().any(|entry| entry.code == *code)), "{codes:?}");
}
