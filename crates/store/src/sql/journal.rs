//! The log: its head and its acts.

/// `at` is Unix time in milliseconds; `postings` is the running digest over all ledger entries.
pub const SCHEMA: &str = "
CREATE TABLE book_head (
  book TEXT PRIMARY KEY,
  hash_kind TEXT NOT NULL,
  size BIGINT NOT NULL CHECK (size >= 0),
  frontier BYTEA NOT NULL,
  root BYTEA NOT NULL,
  postings BYTEA NOT NULL
);
CREATE TABLE act (
  seq BIGINT PRIMARY KEY CHECK (seq >= 0),
  stream TEXT NOT NULL,
  kind TEXT NOT NULL,
  at BIGINT NOT NULL,
  leaf BYTEA NOT NULL,
  bytes BYTEA NOT NULL
);
CREATE INDEX act_stream ON act (stream, seq);
";

statements! {
    /// Creates the head of an empty book.
    HEAD_CREATE = "INSERT INTO book_head (book, hash_kind, size, frontier, root, postings) \
                   VALUES ($1, $2, $3, $4, $5, $6)";
    /// The head.
    HEAD = "SELECT book, hash_kind, size, frontier, root, postings FROM book_head";
    /// Moves the head on.
    HEAD_SET = "UPDATE book_head SET size = $1, frontier = $2, root = $3, postings = $4";
    /// Appends an act.
    ACT_PUT = "INSERT INTO act (seq, stream, kind, at, leaf, bytes) VALUES ($1, $2, $3, $4, $5, $6)";
    /// One act's bytes.
    ACT_GET = "SELECT bytes FROM act WHERE seq = $1";
    /// A stream's acts from a place on, in order.
    ACT_STREAM = "SELECT seq, bytes FROM act WHERE stream = $1 AND seq >= $2 ORDER BY seq";
    /// A page of the log from a place on.
    ACT_PAGE = "SELECT seq, bytes FROM act WHERE seq >= $1 ORDER BY seq LIMIT $2";
    /// A page of the log with all that is stored beside the acts.
    ACT_CHECK = "SELECT seq, stream, kind, at, leaf, bytes FROM act WHERE seq >= $1 ORDER BY seq LIMIT $2";
    /// Leaf hashes of a range.
    ACT_LEAVES = "SELECT leaf FROM act WHERE seq >= $1 AND seq < $2 ORDER BY seq";
}
