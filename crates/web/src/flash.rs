//! One message for the next page, after a form was saved: carried in a cookie, shown once.
//!
//! The cookie holds the id of the words and values, never markup, so a forged one can only show our own words.

use axum::http::HeaderValue;

use crate::cookies::{self, Lifetime, Transport, decode, encode};
use crate::words::{Arg, Word};

/// What kind of message it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// It was done.
    Done,
    /// Something to know.
    Note,
    /// Something to mind.
    Warning,
}

impl Tone {
    fn code(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Note => "note",
            Self::Warning => "warning",
        }
    }
}

/// A message left for the next page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flash {
    /// Its kind.
    pub tone: Tone,
    /// The id of its words.
    pub id: String,
    /// Values for the words.
    pub args: Vec<(String, String)>,
}

impl Flash {
    /// The name of the cookie.
    pub const COOKIE: &'static str = "qq_flash";

    /// "It was done", in the words of `word`.
    pub fn done(word: Word) -> Self {
        Self { tone: Tone::Done, id: word.id().to_owned(), args: Vec::new() }
    }

    /// A note.
    pub fn note(word: Word) -> Self {
        Self { tone: Tone::Note, ..Self::done(word) }
    }

    /// A warning.
    pub fn warning(word: Word) -> Self {
        Self { tone: Tone::Warning, ..Self::done(word) }
    }

    /// Adds a value for the words.
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.args.push((name.to_owned(), value.into()));
        self
    }

    /// The values as [`crate::words::text`] takes them.
    pub fn arguments(&self) -> Vec<(&str, Arg<'_>)> {
        self.args.iter().map(|(name, value)| (name.as_str(), Arg::from(value))).collect()
    }

    /// The `Set-Cookie` that carries the message to the next page.
    pub fn to_cookie(&self) -> Option<HeaderValue> {
        let mut value = format!("{}~{}", self.tone.code(), encode(&self.id));
        for (name, text) in &self.args {
            value.push_str(&format!("~{}~{}", encode(name), encode(text)));
        }
        cookies::set_cookie(Self::COOKIE, &value, Lifetime::Session, Transport::Any)
    }

    /// The `Set-Cookie` that takes the message away once shown.
    pub fn gone() -> Option<HeaderValue> {
        cookies::set_cookie(Self::COOKIE, "", Lifetime::Gone, Transport::Any)
    }

    /// Reads the cookie; `None` when it is empty or broken.
    pub fn from_cookie(value: &str) -> Option<Self> {
        let mut parts = value.split('~');
        let tone = match parts.next()? {
            "done" => Tone::Done,
            "note" => Tone::Note,
            "warning" => Tone::Warning,
            _ => return None,
        };
        let id = decode(parts.next()?)?;
        let mut args = Vec::new();
        while let (Some(name), Some(text)) = (parts.next(), parts.next()) {
            args.push((decode(name)?, decode(text)?));
        }
        Some(Self { tone, id, args })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::word;

    #[test]
    fn a_message_survives_its_cookie() {
        let flash = Flash::done(word("saved")).with("name", "甲~乙; =");
        let header = flash.to_cookie().unwrap();
        let line = header.to_str().unwrap();
        let value = line.split(';').next().unwrap().strip_prefix("qq_flash=").unwrap();
        assert_eq!(Flash::from_cookie(value), Some(flash));
        assert_eq!(Flash::from_cookie(""), None);
    }
}
