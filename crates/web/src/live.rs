//! Requests of the page's own script, which shows a form afresh while it is being filled in.
//!
//! Such a request carries `X-Live: 1`. The handler answers with the page it would send without script and
//! **writes nothing**: no draft, no act, no session.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;

/// Whether the script asks for a fresh view only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Live {
    /// A view only: write nothing.
    Yes,
    /// An ordinary request.
    #[default]
    No,
}

impl Live {
    /// Reads the header.
    pub fn of(headers: &HeaderMap) -> Self {
        if headers.get("x-live").is_some_and(|value| value == "1") { Self::Yes } else { Self::No }
    }

    /// Whether this is a view only.
    pub fn is_live(self) -> bool {
        self == Self::Yes
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Live {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.headers))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn only_the_value_one_is_live() {
        let mut headers = HeaderMap::new();
        assert!(!Live::of(&headers).is_live());
        headers.insert("x-live", HeaderValue::from_static("0"));
        assert!(!Live::of(&headers).is_live());
        headers.insert("x-live", HeaderValue::from_static("1"));
        assert!(Live::of(&headers).is_live());
    }
}
