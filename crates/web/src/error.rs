//! What can keep a handler from answering with its page, and how that becomes a page with a way back.
//!
//! Each error has two texts: one for the person (from the word files) and one for the operator (in the log, under
//! the reference number that the page shows). The page itself is drawn by [`crate::guard::faces`], because only
//! there the request's language and person are known. Refusals of a form do not belong here: the handler shows
//! the form again with its findings and status 422.

use std::error::Error;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};

use crate::cookies::encode;
use crate::session::{PASSWORD_PATH, SIGN_IN_PATH};

/// The world failed: a store, a disk, a lost lock. The text is for the operator and holds no personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    operator: String,
}

impl Fault {
    /// A fault in words for the operator.
    pub fn new(operator: impl Into<String>) -> Self {
        Self { operator: operator.into() }
    }

    /// An error with the chain of its sources, said once.
    pub fn of(error: &dyn Error) -> Self {
        let mut operator = error.to_string();
        let mut source = error.source();
        while let Some(cause) = source {
            operator.push_str(": ");
            operator.push_str(&cause.to_string());
            source = cause.source();
        }
        Self { operator }
    }

    /// The text for the log.
    pub fn operator(&self) -> &str {
        &self.operator
    }
}

/// A refusal that has no form to be shown in: the rules say no, here is why and what to do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refusal {
    /// The stable code of the refusal, shown small.
    pub code: String,
    /// Why, in the language of the screen.
    pub text: String,
    /// The article that says so, as printed: 第七条(一).
    pub article: Option<String>,
    /// Where to go on, and the words of that link.
    pub next: Option<(String, String)>,
}

/// A document could not be printed for want of something that an administrator installs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unprinted {
    /// What is missing and who mends it, in the language of the screen.
    pub text: String,
    /// The same for the operator.
    pub operator: String,
}

/// What a handler may end with instead of its page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WebError {
    /// Nothing is kept under this address, or nothing that this person may know of.
    NotFound,
    /// A page for signed-in people; leads to the sign-in page and back to `next`.
    SignInNeeded {
        /// Path and query to come back to.
        next: String,
    },
    /// The first password must be changed first.
    PasswordChangeNeeded,
    /// Signed in, but not in a role that may do this.
    Forbidden,
    /// The request cannot be read (a field is missing that our own forms always send).
    Unreadable {
        /// What was wrong, for the operator.
        operator: String,
    },
    /// More bytes than this address takes.
    TooLarge,
    /// Too many tries; the person may try again after so many seconds.
    TooMany {
        /// Seconds to wait.
        seconds: u64,
    },
    /// Someone else changed the same thing in between.
    Stale,
    /// The rules say no.
    Refused(Box<Refusal>),
    /// No document can be printed here until something is installed.
    Unprinted(Box<Unprinted>),
    /// The world failed.
    Fault(Fault),
    /// The program failed.
    Bug {
        /// What happened, for the operator.
        operator: String,
    },
}

impl WebError {
    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::SignInNeeded { .. } | Self::PasswordChangeNeeded => StatusCode::SEE_OTHER,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::Unreadable { .. } => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Stale => StatusCode::CONFLICT,
            Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Unprinted(_) | Self::Fault(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Bug { .. } => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The error that a bare status of axum or a layer stands for.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Self::Forbidden,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            StatusCode::TOO_MANY_REQUESTS => Self::TooMany { seconds: 60 },
            StatusCode::CONFLICT => Self::Stale,
            other if other.is_server_error() => Self::Bug { operator: format!("bare status {other}") },
            other => Self::Unreadable { operator: format!("bare status {other}") },
        }
    }

    /// The text for the log; `None` when there is nothing to look into.
    pub(crate) fn operator(&self) -> Option<&str> {
        match self {
            Self::Fault(fault) => Some(fault.operator()),
            Self::Unprinted(unprinted) => Some(&unprinted.operator),
            Self::Bug { operator } | Self::Unreadable { operator } => Some(operator),
            _ => None,
        }
    }
}

impl From<Fault> for WebError {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// Turns a failure of the world into a fault: `store.case(id).or_fault()?`.
pub trait OrFault<T> {
    /// The value, or a fault with the chain of causes for the operator.
    fn or_fault(self) -> Result<T, WebError>;
}

impl<T, E: Error> OrFault<T> for Result<T, E> {
    fn or_fault(self) -> Result<T, WebError> {
        self.map_err(|error| WebError::Fault(Fault::of(&error)))
    }
}

/// Turns "there is none" into the 404 page: `found.or_not_found()?`.
pub trait OrNotFound<T> {
    /// The value, or [`WebError::NotFound`].
    fn or_not_found(self) -> Result<T, WebError>;
}

impl<T> OrNotFound<T> for Option<T> {
    fn or_not_found(self) -> Result<T, WebError> {
        self.ok_or(WebError::NotFound)
    }
}

impl IntoResponse for WebError {
    fn into_response(self) -> Response {
        match &self {
            Self::SignInNeeded { next } => {
                Redirect::to(&format!("{SIGN_IN_PATH}?next={}", encode(next))).into_response()
            }
            Self::PasswordChangeNeeded => Redirect::to(PASSWORD_PATH).into_response(),
            _ => {
                let mut response = self.status().into_response();
                if let Self::TooMany { seconds } = &self {
                    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
                }
                response.extensions_mut().insert(self);
                response
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Outer(std::num::ParseIntError);

    impl std::fmt::Display for Outer {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("the number is not readable")
        }
    }

    impl Error for Outer {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            Some(&self.0)
        }
    }

    #[test]
    fn a_fault_says_the_whole_chain_once() {
        let error = Outer("x".parse::<i64>().unwrap_err());
        assert_eq!(Fault::of(&error).operator(), "the number is not readable: invalid digit found in string");
    }

    #[test]
    fn people_who_are_not_signed_in_come_back_afterwards() {
        let response = WebError::SignInNeeded { next: "/cases/7?tab=money".to_owned() }.into_response();
        assert_eq!(response.headers()[header::LOCATION], "/sign-in?next=%2Fcases%2F7%3Ftab%3Dmoney");
    }

    #[test]
    fn every_error_has_its_status() {
        for (error, status) in [
            (WebError::NotFound, 404),
            (WebError::Forbidden, 403),
            (WebError::Unreadable { operator: String::new() }, 400),
            (WebError::TooLarge, 413),
            (WebError::TooMany { seconds: 3 }, 429),
            (WebError::Stale, 409),
            (WebError::Refused(Box::default()), 422),
            (WebError::Fault(Fault::new("x")), 503),
            (WebError::Unprinted(Box::default()), 503),
            (WebError::Bug { operator: String::new() }, 500),
        ] {
            assert_eq!(error.into_response().status().as_u16(), status);
        }
    }
}
