//! Reading and writing of the few cookies this program uses. Values are plain ASCII; other text is percent-coded.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};

/// The cookies that came with a request.
#[derive(Clone, Debug, Default)]
pub struct Cookies(Vec<(String, String)>);

impl Cookies {
    /// Reads every `Cookie` header; what cannot be read is left out.
    pub fn of(headers: &HeaderMap) -> Self {
        let pairs = headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        Self(pairs)
    }

    /// Every cookie, in the order of the request.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The first value under `name`.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// How long a cookie lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lifetime {
    /// Until the browser closes.
    Session,
    /// A year, for settings of the screen.
    Year,
    /// It is removed now.
    Gone,
}

/// Whether the cookie is sent over `https` only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Transport {
    /// An office network without certificates.
    #[default]
    Any,
    /// Marked `Secure`.
    HttpsOnly,
}

/// The value of a `Set-Cookie` header: `HttpOnly`, `SameSite=Lax`, whole site. `None` when the value has
/// characters that a header cannot carry.
pub fn set_cookie(name: &str, value: &str, lifetime: Lifetime, transport: Transport) -> Option<HeaderValue> {
    let life = match lifetime {
        Lifetime::Session => "",
        Lifetime::Year => "; Max-Age=31536000",
        Lifetime::Gone => "; Max-Age=0",
    };
    let secure = if transport == Transport::HttpsOnly { "; Secure" } else { "" };
    HeaderValue::from_str(&format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{life}{secure}")).ok()
}

/// Percent-codes everything but ASCII letters, digits, `-`, `_` and `.`.
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// Undoes [`encode`]; `None` when the coding or the text is broken.
pub fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if *first == b'%' {
            let digits = after.get(..2).and_then(|pair| std::str::from_utf8(pair).ok())?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_are_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, HeaderValue::from_static("a=1; qq_lang=en;b=2"));
        assert_eq!(Cookies::of(&headers).get("qq_lang"), Some("en"));
        assert_eq!(Cookies::of(&headers).get("lang"), None);
    }

    #[test]
    fn coding_goes_there_and_back() {
        for text in ["", "plain", "甲 乙=1; \"x\"\n", "100%"] {
            assert_eq!(decode(&encode(text)).as_deref(), Some(text));
        }
        assert_eq!(decode("%4"), None);
        assert_eq!(decode("%FF"), None);
    }

    #[test]
    fn a_cookie_is_guarded() {
        let value = set_cookie("x", "1", Lifetime::Gone, Transport::HttpsOnly).unwrap();
        assert_eq!(value, "x=1; Path=/; HttpOnly; SameSite=Lax; Max-Age=0; Secure");
        assert!(set_cookie("x", "a\nb", Lifetime::Session, Transport::Any).is_none());
    }
}
