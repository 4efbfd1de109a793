//! A tree head as text that leaves the machine: printed on the portal, handed to the higher level, kept by anyone.
//!
//! The form is that of C2SP `tlog-checkpoint`: origin, size, root in Base64, then extension lines; each line ends with a
//! line feed. Signing is not done here: a signed note appends its signatures to exactly this text.
//!
//! ```text
//! qingqu/tianjin
//! 96000
//! q1lXtcJ4…=
//! hash sm3
//! time 1571212800000
//! ```

use std::fmt;
use std::str::FromStr;

use crate::base64;
use crate::digest::{Digest, HashKind};
use crate::proof::TreeHead;

const ORIGIN: &str = "qingqu/";

/// What a book's log was at one time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The book; never with a line break.
    pub book: String,
    /// Number of acts and the root over them.
    pub head: TreeHead,
    /// The log's hash function.
    pub kind: HashKind,
    /// When it was made, in milliseconds of Unix time.
    pub at: i64,
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{ORIGIN}{}", self.book)?;
        writeln!(f, "{}", self.head.size)?;
        writeln!(f, "{}", base64::encode(&self.head.root))?;
        writeln!(f, "hash {}", self.kind.name())?;
        writeln!(f, "time {}", self.at)
    }
}

/// The line of a checkpoint that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// The first line is not `qingqu/` and the book's name.
    #[error("line 1 is not the origin of a book")]
    Origin,
    /// The second line is not the plain decimal size.
    #[error("line 2 is not the size of the log")]
    Size,
    /// The third line is not 32 bytes in Base64.
    #[error("line 3 is not the root of the log")]
    Root,
    /// The fourth line does not name a known hash function.
    #[error("line 4 is not a known hash function")]
    Hash,
    /// The fifth line is not a time.
    #[error("line 5 is not a time")]
    Time,
    /// Something follows, or the last line has no end.
    #[error("the checkpoint does not end after line 5")]
    End,
}

impl FromStr for Checkpoint {
    type Err = CheckpointError;

    fn from_str(text: &str) -> Result<Self, CheckpointError> {
        let mut lines = text.split('\n');
        let mut line = || lines.next().unwrap_or_default();
        let book = line().strip_prefix(ORIGIN).filter(|book| !book.is_empty());
        let book = book.ok_or(CheckpointError::Origin)?.to_owned();
        let size = plain_number(line()).ok_or(CheckpointError::Size)?;
        let root: Digest = base64::decode(line()).ok_or(CheckpointError::Root)?;
        let kind = line().strip_prefix("hash ").and_then(HashKind::from_name);
        let kind = kind.ok_or(CheckpointError::Hash)?;
        let at = line().strip_prefix("time ").and_then(plain_number).ok_or(CheckpointError::Time)?;
        if lines.next() != Some("") || lines.next().is_some() {
            return Err(CheckpointError::End);
        }
        Ok(Self { book, head: TreeHead { size, root }, kind, at })
    }
}

/// A number in its only plain spelling: no sign plus, no leading zero.
fn plain_number<N: FromStr + ToString>(text: &str) -> Option<N> {
    text.parse().ok().filter(|number: &N| number.to_string() == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "qingqu/天津\n3\nri4ZbAXiGiG8oJEgxvbdW2AnVL5a8Ry4x8bQrJK5Eyg=\nhash sm3\ntime 1571212800000\n";

    fn checkpoint() -> Checkpoint {
        Checkpoint {
            book: "天津".into(),
            head: TreeHead { size: 3, root: HashKind::Sm3.plain(b"abc") },
            kind: HashKind::Sm3,
            at: 1_571_212_800_000,
        }
    }

    #[test]
    fn it_reads_back() {
        assert_eq!(
            checkpoint().to_string(),
            "qingqu/天津\n3\nZsfw9GLu7dnR8tRr3BDk4kFnxIdc8veiKX2gK49LqOA=\nhash sm3\ntime 1571212800000\n"
        );
        assert_eq!(checkpoint().to_string().parse(), Ok(checkpoint()));
        assert_eq!(TEXT.parse::<Checkpoint>().map(|read| read.to_string()), Ok(TEXT.to_owned()));
    }

    #[test]
    fn each_line_is_refused_by_its_name() {
        let cases = [
            ("qingqu/", "other/", CheckpointError::Origin),
            ("\n3\n", "\n03\n", CheckpointError::Size),
            ("\n3\n", "\n+3\n", CheckpointError::Size),
            ("Eyg=\n", "Eyg\n", CheckpointError::Root),
            ("Eyg=\n", "Eyh=\n", CheckpointError::Root),
            ("hash sm3", "hash md5", CheckpointError::Hash),
            ("time 1", "time  1", CheckpointError::Time),
            ("000\n", "000", CheckpointError::End),
            ("000\n", "000\nmore\n", CheckpointError::End),
        ];
        for (good, bad, expected) in cases {
            assert_eq!(TEXT.replace(good, bad).parse::<Checkpoint>(), Err(expected), "{bad:?}");
        }
    }
}
