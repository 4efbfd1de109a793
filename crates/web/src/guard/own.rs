//! Cookies of one book: a browser keeps cookies by host, not by port, so that two books on one host would overwrite each other's
//! session. Outside, session and message carry the book's name; inside, every page uses the plain names.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

use crate::cookies::Cookies;
use crate::flash::Flash;
use crate::session::Token;

/// The cookies that belong to one book; those for the screen belong to the browser.
const OWN: [&str; 2] = [Token::COOKIE, Flash::COOKIE];

/// The name of a book as cookie names carry it: letters, digits, `-` and `_` only.
#[derive(Clone, Debug)]
pub struct BookName(Arc<str>);

impl BookName {
    /// From the book's name.
    pub fn of(book: &str) -> Self {
        let plain = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' };
        Self(book.chars().map(plain).collect::<String>().into())
    }

    /// How a cookie is called outside.
    fn outside(&self, name: &str) -> String {
        format!("{name}_{}", self.0)
    }
}

/// Lets the pages see this book's cookies only, under their plain names.
pub async fn own(State(book): State<BookName>, mut request: Request, next: Next) -> Response {
    inward(&book, request.headers_mut());
    let mut response = next.run(request).await;
    outward(&book, response.headers_mut());
    response
}

fn inward(book: &BookName, headers: &mut HeaderMap) {
    let cookies = Cookies::of(headers);
    let mut line = String::new();
    for (name, value) in cookies.iter() {
        let plain = OWN.into_iter().find(|own| book.outside(own) == name);
        if plain.is_none() && OWN.contains(&name) {
            continue;
        }
        let gap = if line.is_empty() { "" } else { "; " };
        line.push_str(&format!("{gap}{}={value}", plain.unwrap_or(name)));
    }
    headers.remove(COOKIE);
    if let Ok(value) = HeaderValue::from_str(&line)
        && !line.is_empty()
    {
        headers.insert(COOKIE, value);
    }
}

fn outward(book: &BookName, headers: &mut HeaderMap) {
    let set: Vec<HeaderValue> = headers.get_all(SET_COOKIE).iter().map(|value| named(book, value)).collect();
    headers.remove(SET_COOKIE);
    for value in set {
        headers.append(SET_COOKIE, value);
    }
}

fn named(book: &BookName, value: &HeaderValue) -> HeaderValue {
    let split = value.to_str().ok().and_then(|line| line.split_once('='));
    let own = split.filter(|(name, _)| OWN.contains(name));
    let renamed =
        own.and_then(|(name, rest)| HeaderValue::from_str(&format!("{}={rest}", book.outside(name))).ok());
    renamed.unwrap_or_else(|| value.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(book: &str, line: &str) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, HeaderValue::from_str(line).unwrap());
        inward(&BookName::of(book), &mut headers);
        headers.get(COOKIE).map(|value| value.to_str().unwrap().to_owned())
    }

    #[test]
    fn a_book_sees_its_own_session_only() {
        let line = "qq_lang=en; qq_session_jizhou=a; qq_session_hunan=b; qq_session=c; qq_flash_hunan=d";
        assert_eq!(
            seen("hunan", line).as_deref(),
            Some("qq_lang=en; qq_session_jizhou=a; qq_session=b; qq_flash=d")
        );
        assert_eq!(seen("tianjin", "qq_session=c"), None, "a session without a name is nobody's");
    }

    #[test]
    fn what_is_set_carries_the_books_name_and_the_screen_stays_common() {
        let mut headers = HeaderMap::new();
        for line in ["qq_session=a; Path=/; HttpOnly", "qq_lang=en; Path=/", "qq_flash=; Max-Age=0"] {
            headers.append(SET_COOKIE, HeaderValue::from_static(line));
        }
        outward(&BookName::of("a b"), &mut headers);
        let set: Vec<_> = headers.get_all(SET_COOKIE).iter().map(|v| v.to_str().unwrap()).collect();
        assert_eq!(
            set,
            ["qq_session_a_b=a; Path=/; HttpOnly", "qq_lang=en; Path=/", "qq_flash_a_b=; Max-Age=0"]
        );
    }
}
