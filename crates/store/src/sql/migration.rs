//! The record of schema changes.

/// Made before anything else; never changed.
pub const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS migration (
  name TEXT PRIMARY KEY,
  digest TEXT NOT NULL,
  at BIGINT NOT NULL
);
";

statements! {
    /// Records a migration.
    MIGRATION_PUT = "INSERT INTO migration (name, digest, at) VALUES ($1, $2, $3)";
    /// What was done, in order of name.
    MIGRATION_LIST = "SELECT name, digest, at FROM migration ORDER BY name";
}
