//! Why a stored event cannot be read. Always a fault of the store or of the program's age, never of a user.

/// Why a stored event cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    /// No event of this program has the kind.
    #[error("event kind {kind:?} is not known")]
    UnknownKind {
        /// The kind found.
        kind: String,
    },
    /// The kind is known, the version of its form is not.
    #[error("form {form} of event {kind} is not known; the newest known is {newest}")]
    UnknownForm {
        /// The kind.
        kind: &'static str,
        /// The form found.
        form: u32,
        /// The newest that this program knows.
        newest: u32,
    },
    /// The body is not the JSON of its form: damaged, a field too many or too few, a number where a text belongs.
    #[error("the body of event {kind}, form {form}, cannot be read: {reason}")]
    Body {
        /// The kind.
        kind: &'static str,
        /// Its form.
        form: u32,
        /// What the JSON reader says, with its column.
        reason: String,
    },
    /// The JSON has the right shape, but a value is not what its field holds. The value itself is not told.
    #[error("field {field} of event {kind}, form {form}, is not {expected}")]
    Value {
        /// The kind.
        kind: &'static str,
        /// Its form.
        form: u32,
        /// Where it stands: `items[2].amount`.
        field: String,
        /// What belongs there.
        expected: &'static str,
    },
}

impl FormError {
    /// What to do, in Chinese.
    pub fn hint_zh(&self) -> &'static str {
        match self.cause() {
            Cause::OldProgram => "账簿由更新版本的程序写成，请换用不低于该版本的程序后再打开",
            Cause::Damage => "账簿内容与写入时不一致，请运行核验命令，并从备份恢复",
        }
    }

    /// What to do, in English.
    pub fn hint_en(&self) -> &'static str {
        match self.cause() {
            Cause::OldProgram => {
                "the program is older than the book: open it with the version that wrote it or a newer one"
            }
            Cause::Damage => {
                "the book differs from what was written: verify it, and restore it from a backup"
            }
        }
    }

    fn cause(&self) -> Cause {
        match self {
            Self::UnknownKind { .. } => Cause::OldProgram,
            Self::UnknownForm { form, newest, .. } if form > newest => Cause::OldProgram,
            Self::UnknownForm { .. } | Self::Body { .. } | Self::Value { .. } => Cause::Damage,
        }
    }
}

enum Cause {
    OldProgram,
    Damage,
}

/// A value that is not what its field holds, before the kind is known.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unreadable {
    path: String,
    expected: &'static str,
}

impl Unreadable {
    pub(super) fn new(expected: &'static str) -> Self {
        Self { path: String::new(), expected }
    }

    /// The same, seen from one level further out: a field, or `[2]`, or `["key"]`.
    pub(super) fn within(self, outer: &str) -> Self {
        let joint = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        Self { path: format!("{outer}{joint}{}", self.path), ..self }
    }

    pub(super) fn of(self, kind: &'static str, form: u32) -> FormError {
        FormError::Value { kind, form, field: self.path, expected: self.expected }
    }
}
