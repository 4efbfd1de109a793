//! The bytes of papers, by their hash.

/// `size` in bytes.
pub const SCHEMA: &str = "
CREATE TABLE paper (
  hash BYTEA PRIMARY KEY,
  size BIGINT NOT NULL CHECK (size >= 0),
  bytes BYTEA NOT NULL
);
";

statements! {
    /// Keeps a paper; one that is there stays as it is.
    PAPER_PUT = "INSERT INTO paper (hash, size, bytes) VALUES ($1, $2, $3) ON CONFLICT (hash) DO NOTHING";
    /// The whole table.
    PAPER_ALL = "SELECT hash, size, bytes FROM paper ORDER BY hash";
    /// A paper's bytes.
    PAPER_GET = "SELECT bytes FROM paper WHERE hash = $1";
}
