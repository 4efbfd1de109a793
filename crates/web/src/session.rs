//! The session cookie and the port behind which sessions are kept.
//!
//! This crate makes the random token and carries it in the cookie `qq_session` (with the book's name, see `guard::own`); who it belongs to, how long it
//! lives and when it is revoked is the affair of the implementation of [`Sessions`] (which stores a hash of it).

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use axum::http::HeaderValue;

use crate::cookies::{self, Cookies, Lifetime, Transport};
use crate::ctx::Viewer;
use crate::error::Fault;

/// The page on which people sign in; it takes `?next=`.
pub const SIGN_IN_PATH: &str = "/sign-in";
/// The address that ends a session (POST).
pub const SIGN_OUT_PATH: &str = "/sign-out";
/// The page on which one's own password is changed.
pub const PASSWORD_PATH: &str = "/password";

/// An answer that may take a moment and may fail.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, Fault>> + Send + 'a>>;

/// Where sessions are kept.
pub trait Sessions: Send + Sync {
    /// Who `token` belongs to now; `None` when it is unknown, expired or revoked. Prolongs the idle time.
    fn viewer<'a>(&'a self, token: &'a Token) -> Answer<'a, Option<Viewer>>;
}

/// The secret of a session: 256 random bits in hexadecimal. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// The name of the cookie.
    pub const COOKIE: &'static str = "qq_session";

    /// A new random token.
    pub fn fresh() -> Result<Self, Fault> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes).map_err(|error| Fault::new(format!("no randomness: {error}")))?;
        let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half)]);
        Ok(Self(bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()))
    }

    /// Reads the session cookie; `None` when there is none or it has another form.
    pub fn of(cookies: &Cookies) -> Option<Self> {
        let value = cookies.get(Self::COOKIE)?;
        let well_formed = value.len() == 64 && value.bytes().all(|byte| byte.is_ascii_hexdigit());
        well_formed.then(|| Self(value.to_owned()))
    }

    /// The secret itself, to be hashed and looked up.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The `Set-Cookie` that begins a session.
    pub fn to_cookie(&self, transport: Transport) -> Option<HeaderValue> {
        cookies::set_cookie(Self::COOKIE, &self.0, Lifetime::Session, transport)
    }

    /// The `Set-Cookie` that ends it.
    pub fn gone() -> Option<HeaderValue> {
        cookies::set_cookie(Self::COOKIE, "", Lifetime::Gone, Transport::Any)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(redacted)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderMap, header};

    #[test]
    fn a_token_goes_through_its_cookie_and_stays_hidden() {
        let token = Token::fresh().unwrap();
        assert_ne!(token, Token::fresh().unwrap());
        assert_eq!(format!("{token:?}"), "Token(redacted)");
        let line = token.to_cookie(Transport::HttpsOnly).unwrap();
        let line = line.to_str().unwrap();
        assert!(line.contains("HttpOnly; SameSite=Lax; Secure"), "{line}");
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_str(line.split(';').next().unwrap()).unwrap());
        assert_eq!(Token::of(&Cookies::of(&headers)), Some(token));
    }

    #[test]
    fn another_form_is_no_token() {
        for value in ["", "abc", &"g".repeat(64), &"a".repeat(63)] {
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, HeaderValue::from_str(&format!("qq_session={value}")).unwrap());
            assert_eq!(Token::of(&Cookies::of(&headers)), None, "{value}");
        }
    }
}
