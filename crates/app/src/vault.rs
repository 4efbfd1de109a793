//! The vault: identity numbers, bank accounts and contacts of persons.
//!
//! What acts and drafts hold is a reference, `sealed:<commitment>:<what may be shown>`. The value itself lies encrypted beside the
//! journal and can be erased lawfully without breaking the log: the commitment is keyed, so it says nothing to anybody without the
//! installation's secret, and equal values have equal commitments, so they can be searched. This module decides nothing about who
//! may see a value; [`App::unmask`] asks the use case, which records each look as an act.

use crate::command::{Command, Failure, Request};
use crate::ports::Fault;
use crate::secret::{derive, keyed};
use crate::view::Viewer;
use crate::writer::App;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use domain::Reason;
use journal::Digest;
use kernel::id::CaseId;
use kernel::resident::ResidentId;
use policy::form::{FormData, SEALED};
use policy::pack::{Field, FieldType, Form, PartKind};
use std::collections::{BTreeMap, BTreeSet};

/// The beginning of a reference to something that is no number of its kind: kept as safely, but no form takes it for filled in.
pub const UNREADABLE: &str = "unreadable:";

/// The layout of a stored value: this byte, 24 bytes of nonce, ciphertext.
const LAYOUT: u8 = 1;
const NONCE: usize = 24;

/// What sort of value it is; the same text of two kinds has two commitments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A resident identity number.
    ResidentId,
    /// A bank account.
    BankAccount,
    /// A telephone number.
    Phone,
    /// Any other text of a person.
    Other,
}

impl Kind {
    /// The kind of a form's field.
    pub fn of(ty: &FieldType) -> Kind {
        match ty {
            FieldType::ResidentId => Kind::ResidentId,
            FieldType::BankAccount => Kind::BankAccount,
            FieldType::Phone => Kind::Phone,
            _ => Kind::Other,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Kind::ResidentId => "resident-id",
            Kind::BankAccount => "bank-account",
            Kind::Phone => "phone",
            Kind::Other => "other",
        }
    }

    /// What is committed to: one spelling a value. `None` when the text is no value of this kind.
    fn canonical(self, text: &str) -> Option<String> {
        match self {
            Kind::ResidentId => ResidentId::parse(text).ok().map(|id| id.modern().expose().to_owned()),
            Kind::BankAccount => account_digits(text),
            Kind::Phone | Kind::Other => Some(text.trim().to_owned()),
        }
    }

    /// What may be shown to everybody who sees the form.
    pub(crate) fn masked(self, text: &str) -> String {
        let chars: Vec<char> = text.trim().chars().collect();
        let ends = |head: usize, tail: usize| {
            let shown = |part: &[char]| part.iter().collect::<String>();
            format!("{}****{}", shown(&chars[..head]), shown(&chars[chars.len() - tail..]))
        };
        match self {
            Kind::ResidentId => ResidentId::parse(text).map_or_else(|_| "****".to_owned(), |id| id.masked()),
            Kind::BankAccount if chars.len() >= 8 => ends(0, 4),
            Kind::Phone if chars.len() >= 11 => ends(3, 4),
            _ if chars.len() >= 2 => ends(1, 0),
            _ => "****".to_owned(),
        }
    }
}

/// The digits of an account, when it is one: 8 to 32, grouped as one likes, full width too.
fn account_digits(text: &str) -> Option<String> {
    let narrow = |c: char| match c {
        '０'..='９' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    };
    let skip = |c: &char| c.is_whitespace() || matches!(c, '-' | '－' | '–' | '—');
    let plain: String = text.trim().chars().filter(|c| !skip(c)).map(narrow).collect();
    (plain.bytes().all(|b| b.is_ascii_digit()) && (8..=32).contains(&plain.len())).then_some(plain)
}

/// A reference to a sealed value, as acts and drafts hold it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedRef {
    /// The keyed commitment in hexadecimal.
    pub commitment: String,
    /// What may be shown.
    pub masked: String,
    /// The value is one of its kind.
    pub readable: bool,
}

impl SealedRef {
    /// Reads a reference; `None` for any other text.
    pub fn parse(text: &str) -> Option<SealedRef> {
        let text = text.trim();
        let (readable, rest) = match (text.strip_prefix(SEALED), text.strip_prefix(UNREADABLE)) {
            (Some(rest), _) => (true, rest),
            (None, Some(rest)) => (false, rest),
            (None, None) => return None,
        };
        let (commitment, masked) = rest.split_once(':')?;
        let hex =
            commitment.len() == 64 && commitment.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        hex.then(|| SealedRef { commitment: commitment.to_owned(), masked: masked.to_owned(), readable })
    }
}

impl std::fmt::Display for SealedRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let prefix = if self.readable { SEALED } else { UNREADABLE };
        write!(f, "{prefix}{}:{}", self.commitment, self.masked)
    }
}

/// What a screen shows of a text that may be sealed: the masked form, or the text itself.
pub fn shown(text: &str) -> String {
    SealedRef::parse(text).map_or_else(|| text.to_owned(), |sealed| sealed.masked)
}

impl App {
    /// The keyed commitment of a value, for searching; `None` when the text is no value of the kind.
    pub fn commitment(&self, kind: Kind, text: &str) -> Option<String> {
        kind.canonical(text).map(|value| self.commit(kind, &value))
    }

    fn commit(&self, kind: Kind, value: &str) -> String {
        let key = derive(&self.secret, "vault commitment");
        Digest::new(keyed(&key, &[kind.name().as_bytes(), value.as_bytes()])).to_string()
    }

    /// Puts a value away and answers the reference that stands for it.
    pub fn seal(&self, kind: Kind, text: &str) -> Result<SealedRef, Fault> {
        let value = kind.canonical(text);
        let readable = value.is_some();
        let typed = text.trim();
        let commitment = match &value {
            Some(value) => self.commit(kind, value),
            None => self.commit(Kind::Other, typed),
        };
        let sealed = self.encrypt(&commitment, typed.as_bytes())?;
        self.house.put_sealed(&commitment, &sealed)?;
        let masked = if readable { kind.masked(typed) } else { Kind::Other.masked(typed) };
        // A reference is divided by colons.
        Ok(SealedRef { commitment, masked: masked.replace(':', "*"), readable })
    }

    /// The value behind a reference; `None` when it was erased or never kept here.
    pub fn open(&self, sealed: &SealedRef) -> Result<Option<String>, Fault> {
        match self.house.sealed(&sealed.commitment)? {
            Some(stored) if !stored.is_empty() => {
                let text = String::from_utf8(self.decrypt(&sealed.commitment, &stored)?);
                text.map(Some).map_err(|_| unopened(&sealed.commitment))
            }
            _ => Ok(None),
        }
    }

    /// Erases the value behind a reference. The reference stays readable, masked; the log stays whole.
    pub fn erase(&self, sealed: &SealedRef) -> Result<(), Fault> {
        self.house.put_sealed(&sealed.commitment, &[])
    }

    /// Puts a file of personal data away under a name of its own, encrypted.
    pub(crate) fn seal_file(&self, name: &str, bytes: &[u8]) -> Result<(), Fault> {
        self.house.put_sealed(name, &self.encrypt(name, bytes)?)
    }

    /// The file put away under a name; `None` when there is none, or it was erased.
    pub(crate) fn sealed_file(&self, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        let stored = self.house.sealed(name)?.filter(|stored| !stored.is_empty());
        stored.map(|stored| self.decrypt(name, &stored)).transpose()
    }

    /// Erases the file put away under a name.
    pub(crate) fn erase_file(&self, name: &str) -> Result<(), Fault> {
        self.house.put_sealed(name, &[])
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&Key::from(derive(&self.secret, "vault encryption")))
    }

    fn encrypt(&self, commitment: &str, plain: &[u8]) -> Result<Vec<u8>, Fault> {
        let mut nonce = [0; NONCE];
        nonce.copy_from_slice(&self.random.bytes()[..NONCE]);
        let payload = Payload { msg: plain, aad: commitment.as_bytes() };
        let sealed = self
            .cipher()
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| Fault::lasting("a value cannot be sealed"))?;
        Ok([&[LAYOUT], nonce.as_slice(), &sealed].concat())
    }

    fn decrypt(&self, commitment: &str, stored: &[u8]) -> Result<Vec<u8>, Fault> {
        let broken = || unopened(commitment);
        let (nonce, sealed) = match stored.split_first() {
            Some((&LAYOUT, rest)) => rest.split_first_chunk::<NONCE>().ok_or_else(broken)?,
            _ => return Err(broken()),
        };
        let payload = Payload { msg: sealed, aad: commitment.as_bytes() };
        self.cipher().decrypt(&XNonce::from(*nonce), payload).map_err(|_| broken())
    }

    /// The form with every sensitive text put away: what may be kept as a draft, and what may be declared.
    ///
    /// `kept` is what is already kept under seal (the stored draft, the version filed before): a reference is taken as one only when
    /// it stands there. Whoever types a stranger's reference has put away a text of his own: a reference is no key to its value. For
    /// what was read from the store itself, `kept` is the same form.
    ///
    /// A text that is no value of its kind (a wrong check character) is put away too, but its reference does not pass a check of
    /// the form, so it cannot be declared. Check a draft on [`App::open_form`], which says what is wrong with it.
    pub fn seal_form(&self, form: &Form, typed: &FormData, kept: &FormData) -> Result<FormData, Fault> {
        let rows = kept.tables.values().flatten();
        let cells = rows.flat_map(BTreeMap::values).chain(kept.fields.values());
        let known: BTreeSet<&str> =
            cells.map(|text| text.trim()).filter(|t| SealedRef::parse(t).is_some()).collect();
        over_sensitive(form, typed, |field, text| {
            if known.contains(text.trim()) {
                return Ok(text.trim().to_owned());
            }
            self.seal(Kind::of(&field.ty), text).map(|sealed| sealed.to_string())
        })
    }

    /// The form with every sealed text as it was typed, for its own author's check. Never keep or show it; what was erased stays
    /// a reference.
    pub fn open_form(&self, form: &Form, data: &FormData) -> Result<FormData, Fault> {
        over_sensitive(form, data, |_, text| {
            let Some(sealed) = SealedRef::parse(text) else { return Ok(text.to_owned()) };
            Ok(self.open(&sealed)?.unwrap_or_else(|| text.to_owned()))
        })
    }

    /// Shows a sealed field of a case in clear: the look is an act, submitted before anything is opened.
    pub fn unmask(&self, viewer: &Viewer, look: Look<'_>) -> Result<Option<String>, Failure> {
        let command =
            Command::Unmask { case: look.case, field: look.field.to_owned(), why: look.why.to_owned() };
        self.submit(Request { who: viewer.who(), key: look.key.to_owned(), command })?;
        let case = self.case(viewer, look.case)?;
        let text = case.current().map(|declared| declared.form.get("", None, look.field).to_owned());
        let sealed = text.as_deref().and_then(SealedRef::parse);
        let sealed = sealed.ok_or_else(|| Reason::NotFound { what: "该栏目".into() })?;
        Ok(self.open(&sealed)?)
    }
}

fn unopened(commitment: &str) -> Fault {
    Fault::lasting(format!("sealed value {commitment} does not open with this secret"))
}

/// A look at a sealed field.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    /// The case.
    pub case: CaseId,
    /// The field.
    pub field: &'a str,
    /// Why it is needed.
    pub why: &'a str,
    /// The idempotency key.
    pub key: &'a str,
}

/// Applies `change` to every text of a sensitive field or column that is not empty.
fn over_sensitive(
    form: &Form,
    data: &FormData,
    change: impl Fn(&Field, &str) -> Result<String, Fault>,
) -> Result<FormData, Fault> {
    let mut out = data.clone();
    for part in &form.parts {
        match &part.kind {
            PartKind::Fields(fields) => {
                for field in fields.iter().filter(|field| field.sensitive) {
                    change_cell(&mut out.fields, field, &change)?;
                }
            }
            PartKind::Table(table) => {
                for row in out.tables.get_mut(&part.id).into_iter().flatten() {
                    for column in table.columns.iter().filter(|column| column.field.sensitive) {
                        change_cell(row, &column.field, &change)?;
                    }
                }
            }
            PartKind::Months(_) => {}
        }
    }
    Ok(out)
}

fn change_cell(
    cells: &mut BTreeMap<String, String>,
    field: &Field,
    change: &impl Fn(&Field, &str) -> Result<String, Fault>,
) -> Result<(), Fault> {
    if let Some(text) = cells.get_mut(&field.id).filter(|text| !text.trim().is_empty()) {
        *text = change(field, text)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_shown_hides_the_value() {
        for (kind, text, expected) in [
            (Kind::BankAccount, "6222021234567890123", "****0123"),
            (Kind::BankAccount, "1234567", "1****"),
            (Kind::Phone, "13800138000", "138****8000"),
            (Kind::Phone, "2314", "2****"),
            (Kind::Other, "李四", "李****"),
            (Kind::Other, "李", "****"),
            (Kind::ResidentId, "not a number", "****"),
        ] {
            assert_eq!(kind.masked(text), expected, "{text}");
        }
        let id = ResidentId::with_check_character("12010419850703251").unwrap();
        assert_eq!(Kind::ResidentId.masked(id.expose()), id.masked());
    }

    #[test]
    fn one_value_has_one_spelling() {
        for (text, expected) in [
            ("6222-0212 3456", Some("622202123456")),
            ("６２２２０２１２", Some("62220212")),
            ("1234567", None),
            ("12345678", Some("12345678")),
            (&"1".repeat(32), Some(&*"1".repeat(32))),
            (&"1".repeat(33), None),
            ("6222x212", None),
        ] {
            assert_eq!(account_digits(text).as_deref(), expected, "{text}");
        }
        let old = ResidentId::parse("120104850703251").unwrap();
        assert_eq!(
            Kind::ResidentId.canonical(old.expose()),
            Kind::ResidentId.canonical(old.modern().expose())
        );
    }

    #[test]
    fn a_reference_reads_back() {
        let sealed = SealedRef { commitment: "ab".repeat(32), masked: "****1234".into(), readable: true };
        assert_eq!(sealed.to_string(), format!("sealed:{}:****1234", "ab".repeat(32)));
        assert_eq!(SealedRef::parse(&sealed.to_string()), Some(sealed.clone()));
        let wrong = SealedRef { readable: false, ..sealed };
        assert!(wrong.to_string().starts_with(UNREADABLE));
        assert_eq!(SealedRef::parse(&wrong.to_string()), Some(wrong));
        for text in
            ["", "6222021234567890", "sealed:", "sealed:abc:x", &format!("sealed:{}", "ab".repeat(32))]
        {
            assert_eq!(SealedRef::parse(text), None, "{text}");
        }
        assert_eq!(shown("sealed"), "sealed");
    }
}
