//! The check of a stored book's log: recompute each hash from the stored bytes and name the first difference.
//!
//! The caller reads acts in order from wherever they are (a database, an export) and holds the head that was stored beside
//! them. Nothing stored is believed: leaf hashes, query columns, frontier, root and size are all recomputed.

use std::fmt;

use crate::digest::{Digest, HashKind};
use crate::envelope::ActEnvelope;
use crate::merkle::Frontier;

/// One act as it is stored: the bytes, and what is kept beside them for queries.
#[derive(Debug, Clone, Copy)]
pub struct StoredAct<'a> {
    /// The place at which it is stored.
    pub seq: u64,
    /// The stored bytes.
    pub bytes: &'a [u8],
    /// The stored leaf hash.
    pub leaf: &'a [u8],
    /// The query columns, where there are any (an export has none).
    pub columns: Option<Columns<'a>>,
}

/// What the store repeats from the envelope to find acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Columns<'a> {
    /// The stream.
    pub stream: &'a str,
    /// The kind of event.
    pub kind: &'a str,
    /// Unix time in milliseconds.
    pub at: i64,
}

/// The stored head of a log, unread.
#[derive(Debug, Clone, Copy)]
pub struct StoredHead<'a> {
    /// Number of acts.
    pub size: u64,
    /// The frontier's nodes.
    pub frontier: &'a [u8],
    /// The root.
    pub root: &'a [u8],
}

/// A place where the stored log is not what its acts say.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Difference {
    /// The act, or `None` when the head differs.
    pub seq: Option<u64>,
    /// What differs.
    pub what: What,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.seq {
            Some(seq) => write!(f, "act {seq}: {}", self.what),
            None => write!(f, "head: {}", self.what),
        }
    }
}

/// What differs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum What {
    /// An act is missing here, or stored twice.
    #[error("act {expected} was expected here")]
    Order {
        /// The place that should have come.
        expected: u64,
    },
    /// The stored leaf hash is not that of the stored bytes.
    #[error("the stored leaf hash is not {computed}, the hash of the stored bytes")]
    Leaf {
        /// What the bytes hash to.
        computed: Digest,
    },
    /// The bytes are not an act.
    #[error("the stored bytes cannot be read: {reason}")]
    Bytes {
        /// Why.
        reason: String,
    },
    /// The bytes name another book.
    #[error("the act belongs to the book {book}")]
    Book {
        /// The book named.
        book: String,
    },
    /// The bytes name another place.
    #[error("the act says that it is act {seq}")]
    Seq {
        /// The place named.
        seq: u64,
    },
    /// A query column is not what the bytes say.
    #[error("the column {column} is not what the act says")]
    Column {
        /// The column.
        column: &'static str,
    },
    /// The head counts another number of acts.
    #[error("it counts {stored} acts where there are {computed}")]
    Size {
        /// The number in the head.
        stored: u64,
        /// The number of acts.
        computed: u64,
    },
    /// The head's root is not that of the acts.
    #[error("its root is not {computed}, the root of the acts")]
    Root {
        /// The root of the acts.
        computed: Digest,
    },
    /// The head's frontier is not that of the acts.
    #[error("its frontier is not that of the acts")]
    Frontier,
}

/// A running check: feed acts in order, then compare with the head.
#[derive(Debug, Clone)]
pub struct LogCheck {
    book: String,
    frontier: Frontier,
}

impl LogCheck {
    /// Starts at the first act of a book.
    pub fn new(book: impl Into<String>, kind: HashKind) -> Self {
        Self { book: book.into(), frontier: Frontier::new(kind) }
    }

    /// The frontier over the acts so far.
    pub const fn frontier(&self) -> &Frontier {
        &self.frontier
    }

    /// Checks the next act and gives what it says.
    pub fn act(&mut self, stored: &StoredAct<'_>) -> Result<ActEnvelope, Difference> {
        let differs = |what| Difference { seq: Some(stored.seq), what };
        let expected = self.frontier.size();
        if stored.seq != expected {
            return Err(differs(What::Order { expected }));
        }
        let computed = self.frontier.kind().leaf(stored.bytes);
        if stored.leaf != computed.as_bytes() {
            return Err(differs(What::Leaf { computed }));
        }
        let act = ActEnvelope::from_bytes(stored.bytes)
            .map_err(|error| differs(What::Bytes { reason: error.to_string() }))?;
        if act.book != self.book {
            return Err(differs(What::Book { book: act.book }));
        }
        if act.seq != stored.seq {
            return Err(differs(What::Seq { seq: act.seq }));
        }
        if let Some(column) = stored.columns.and_then(|columns| columns.differ(&act)) {
            return Err(differs(What::Column { column }));
        }
        self.frontier.push(computed);
        Ok(act)
    }

    /// Compares the acts with the stored head.
    pub fn head(&self, stored: &StoredHead<'_>) -> Result<(), Difference> {
        let differs = |what| Err(Difference { seq: None, what });
        let (computed, root) = (self.frontier.size(), self.frontier.root());
        if stored.size != computed {
            return differs(What::Size { stored: stored.size, computed });
        }
        if stored.root != root.as_bytes() {
            return differs(What::Root { computed: root });
        }
        if stored.frontier != self.frontier.to_bytes() {
            return differs(What::Frontier);
        }
        Ok(())
    }
}

impl Columns<'_> {
    fn differ(&self, act: &ActEnvelope) -> Option<&'static str> {
        [("stream", self.stream != act.stream), ("kind", self.kind != act.kind), ("at", self.at != act.at)]
            .into_iter()
            .find_map(|(column, differs)| differs.then_some(column))
    }
}

/// Checks a whole log: all acts in order, then the head.
pub fn log<'a>(
    mut check: LogCheck,
    acts: impl IntoIterator<Item = StoredAct<'a>>,
    head: &StoredHead<'_>,
) -> Result<Frontier, Difference> {
    for stored in acts {
        check.act(&stored)?;
    }
    check.head(head)?;
    Ok(check.frontier)
}
