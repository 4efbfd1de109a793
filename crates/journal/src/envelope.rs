//! One act as it is stored: a single line of canonical JSON, which is exactly what the log hashes and an export prints.
//!
//! Form 1, keys in this order, no white space, absent keys left out:
//!
//! ```json
//! {"v":1,"book":"tianjin","seq":12,"stream":"case:7","kind":"notice.posted","form":1,"at":1571212800000,
//!  "actor":3,"role":"commission","org":1,"article":"TJ-14.2",
//!  "pack":{"id":"tianjin","edition":"2019","hash":"…64 hex…"},"body":{…}}
//! ```
//!
//! `behalf` follows `org` where the role was lent: the person whose role it is.
//! `seq` is the leaf index, from 0. `at` is Unix time in milliseconds. `form` is the version of the body of this `kind`;
//! `v` is the version of the envelope. Strings escape only what JSON demands (control characters, quote, backslash). The
//! body is kept as the text that the event form wrote, byte for byte; this module does not know what it means.
//! Reading accepts the canonical bytes only, so a stored act has one spelling.

use std::borrow::Cow;

use kernel::id::{OrgId, PersonId};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::digest::Digest;

/// The version of the envelope that is written.
const VERSION: u32 = 1;

/// The pack under which an act was decided: its name, its edition, the hash of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackRef {
    /// The pack's id, for example `tianjin`.
    pub id: String,
    /// The edition, for example `2019`.
    pub edition: String,
    /// Hash of the pack's text.
    pub hash: Digest,
}

/// An act: who did what, in which role, when, under which article of which pack, and the event's own body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActEnvelope {
    /// The book whose log this is.
    pub book: String,
    /// Place in the log, from 0.
    pub seq: u64,
    /// The thing whose history this belongs to, for example `case:7`.
    pub stream: String,
    /// The kind of event, for example `notice.posted`.
    pub kind: String,
    /// Version of the body's form.
    pub form: u32,
    /// When, in milliseconds of Unix time.
    pub at: i64,
    /// The person who acted; absent for the public and for the program's own acts.
    pub actor: Option<PersonId>,
    /// The role in which the person acted.
    pub role: Option<String>,
    /// The organisation for which the person acted.
    pub org: Option<OrgId>,
    /// The colleague who lent the role, when it was not the actor's own.
    pub behalf: Option<PersonId>,
    /// The article that the act rests on, for example `TJ-14.2`.
    pub article: Option<String>,
    /// The pack that decided.
    pub pack: Option<PackRef>,
    /// The event as JSON text on one line.
    pub body: String,
}

/// Why an act cannot be stored, or stored bytes are not an act.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// The body is not one line of JSON.
    #[error("the body of the act is not one line of JSON")]
    Body,
    /// The bytes are not an envelope.
    #[error("the bytes are not an act: {reason}")]
    Unreadable {
        /// What the JSON reader says, with its column.
        reason: String,
    },
    /// The envelope's version is not known to this program.
    #[error("envelope version {version} is not known")]
    Version {
        /// The version found.
        version: u32,
    },
    /// The bytes mean an act but are not its canonical spelling.
    #[error("the bytes are not the canonical spelling of the act")]
    NotCanonical,
}

impl ActEnvelope {
    /// The canonical bytes: what is stored, hashed and exported.
    pub fn to_bytes(&self) -> Result<Vec<u8>, EnvelopeError> {
        let body: &RawValue = serde_json::from_str(&self.body).map_err(|_| EnvelopeError::Body)?;
        // A raw line break is white space to JSON but would end the line of an export; surrounding space is dropped by
        // the reader and would not come back.
        if body.get() != self.body || self.body.bytes().any(|byte| byte == b'\n' || byte == b'\r') {
            return Err(EnvelopeError::Body);
        }
        let mut bytes = Vec::with_capacity(192 + self.body.len());
        serde_json::to_writer(&mut bytes, &EnvelopeV1::of(self, body))
            .map_err(|error| EnvelopeError::Unreadable { reason: error.to_string() })?;
        Ok(bytes)
    }

    /// Reads canonical bytes back.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, EnvelopeError> {
        let stored: EnvelopeV1 = serde_json::from_slice(bytes)
            .map_err(|error| EnvelopeError::Unreadable { reason: error.to_string() })?;
        if stored.v != VERSION {
            return Err(EnvelopeError::Version { version: stored.v });
        }
        let act = stored.into_act()?;
        if act.to_bytes()? == bytes { Ok(act) } else { Err(EnvelopeError::NotCanonical) }
    }
}

/// The stored form, version 1. The order of the fields is the order of the keys: never change it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EnvelopeV1<'a> {
    v: u32,
    #[serde(borrow)]
    book: Cow<'a, str>,
    seq: u64,
    #[serde(borrow)]
    stream: Cow<'a, str>,
    #[serde(borrow)]
    kind: Cow<'a, str>,
    form: u32,
    at: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    actor: Option<i64>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    role: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    org: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    behalf: Option<i64>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    article: Option<Cow<'a, str>>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pack: Option<PackV1<'a>>,
    #[serde(borrow)]
    body: &'a RawValue,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PackV1<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    edition: Cow<'a, str>,
    hash: Cow<'a, str>,
}

impl<'a> EnvelopeV1<'a> {
    fn of(act: &'a ActEnvelope, body: &'a RawValue) -> Self {
        Self {
            v: VERSION,
            book: Cow::Borrowed(&act.book),
            seq: act.seq,
            stream: Cow::Borrowed(&act.stream),
            kind: Cow::Borrowed(&act.kind),
            form: act.form,
            at: act.at,
            actor: act.actor.map(PersonId::get),
            role: act.role.as_deref().map(Cow::Borrowed),
            org: act.org.map(OrgId::get),
            behalf: act.behalf.map(PersonId::get),
            article: act.article.as_deref().map(Cow::Borrowed),
            pack: act.pack.as_ref().map(|pack| PackV1 {
                id: Cow::Borrowed(&pack.id),
                edition: Cow::Borrowed(&pack.edition),
                hash: Cow::Owned(pack.hash.to_string()),
            }),
            body,
        }
    }

    fn into_act(self) -> Result<ActEnvelope, EnvelopeError> {
        Ok(ActEnvelope {
            book: self.book.into_owned(),
            seq: self.seq,
            stream: self.stream.into_owned(),
            kind: self.kind.into_owned(),
            form: self.form,
            at: self.at,
            actor: self.actor.map(PersonId::from),
            role: self.role.map(Cow::into_owned),
            org: self.org.map(OrgId::from),
            behalf: self.behalf.map(PersonId::from),
            article: self.article.map(Cow::into_owned),
            pack: self.pack.map(PackV1::into_pack).transpose()?,
            body: self.body.get().to_owned(),
        })
    }
}

impl PackV1<'_> {
    fn into_pack(self) -> Result<PackRef, EnvelopeError> {
        Ok(PackRef {
            id: self.id.into_owned(),
            edition: self.edition.into_owned(),
            hash: self
                .hash
                .parse()
                .map_err(|_| EnvelopeError::Unreadable { reason: "pack hash is not a digest".to_owned() })?,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::digest::HashKind;

    fn act() -> ActEnvelope {
        ActEnvelope {
            book: "tianjin".into(),
            seq: 12,
            stream: "case:7".into(),
            kind: "notice.posted".into(),
            form: 1,
            at: 1_571_212_800_000,
            actor: Some(PersonId(3)),
            role: Some("commission".into()),
            org: Some(OrgId(1)),
            behalf: None,
            article: Some("TJ-14.2".into()),
            pack: Some(PackRef {
                id: "tianjin".into(),
                edition: "2019".into(),
                hash: HashKind::Sm3.plain(b"abc"),
            }),
            body: r#"{"说明":"公示","days":5}"#.into(),
        }
    }

    #[test]
    fn the_stored_spelling_is_fixed() {
        let stored = String::from_utf8(act().to_bytes().unwrap()).unwrap();
        assert_eq!(
            stored,
            concat!(
                r#"{"v":1,"book":"tianjin","seq":12,"stream":"case:7","kind":"notice.posted","form":1,"#,
                r#""at":1571212800000,"actor":3,"role":"commission","org":1,"article":"TJ-14.2","#,
                r#""pack":{"id":"tianjin","edition":"2019","hash":"#,
                r#""66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"},"#,
                r#""body":{"说明":"公示","days":5}}"#
            )
        );
    }

    #[test]
    fn absent_parts_are_left_out() {
        let act = ActEnvelope { actor: None, role: None, org: None, article: None, pack: None, ..act() };
        let stored = String::from_utf8(act.to_bytes().unwrap()).unwrap();
        assert!(stored.ends_with(r#""at":1571212800000,"body":{"说明":"公示","days":5}}"#), "{stored}");
        assert_eq!(ActEnvelope::from_bytes(stored.as_bytes()), Ok(act));
    }

    #[test]
    fn a_lent_role_names_both() {
        let act = ActEnvelope { behalf: Some(PersonId(9)), ..act() };
        let stored = String::from_utf8(act.to_bytes().unwrap()).unwrap();
        assert!(stored.contains(r#""org":1,"behalf":9,"article""#), "{stored}");
        assert_eq!(ActEnvelope::from_bytes(stored.as_bytes()), Ok(act));
    }

    #[test]
    fn a_body_must_be_one_line_of_json() {
        for body in ["", "{", "{\"a\":\n1}", " {}", "{} ", "{}{}"] {
            let act = ActEnvelope { body: body.into(), ..act() };
            assert_eq!(act.to_bytes(), Err(EnvelopeError::Body), "{body:?}");
        }
    }

    #[test]
    fn other_spellings_are_refused() {
        let stored = String::from_utf8(act().to_bytes().unwrap()).unwrap();
        let cases = [
            (stored.replace(r#""seq":12"#, r#""seq": 12"#), EnvelopeError::NotCanonical),
            (stored.replace("tianjin", r"tianj\u0069n"), EnvelopeError::NotCanonical),
            (stored.replace(r#""actor":3"#, r#""actor":null"#), EnvelopeError::NotCanonical),
            (format!("{stored}\n"), EnvelopeError::NotCanonical),
            (stored.replace(r#""v":1"#, r#""v":2"#), EnvelopeError::Version { version: 2 }),
        ];
        for (bytes, expected) in cases {
            assert_eq!(ActEnvelope::from_bytes(bytes.as_bytes()), Err(expected), "{bytes}");
        }
        let extra = stored.replace(r#""v":1"#, r#""v":1,"x":1"#);
        assert!(matches!(ActEnvelope::from_bytes(extra.as_bytes()), Err(EnvelopeError::Unreadable { .. })));
    }

    proptest! {
        #[test]
        fn each_act_reads_back(
            seq: u64, at: i64, stream in ".*", role in proptest::option::of(".*"), text in ".*", actor: Option<i64>,
        ) {
            let body = serde_json::to_string(&text).unwrap();
            let act = ActEnvelope { seq, at, stream, role, body, actor: actor.map(PersonId), ..act() };
            let stored = act.to_bytes().unwrap();
            prop_assert!(!stored.contains(&b'\n'), "one act is one line");
            prop_assert_eq!(ActEnvelope::from_bytes(&stored), Ok(act));
        }
    }
}
