//! Counters that hand out ids.

/// One row a counter; `value` is the last number given.
pub const SCHEMA: &str = "
CREATE TABLE counter (
  name TEXT PRIMARY KEY,
  value BIGINT NOT NULL CHECK (value >= 0)
);
";

statements! {
    /// Writes the last number given.
    COUNTER_SET = "INSERT INTO counter (name, value) VALUES ($1, $2) \
                   ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    /// The last number given.
    COUNTER_GET = "SELECT value FROM counter WHERE name = $1";
    /// All counters, by name.
    COUNTER_LIST = "SELECT name, value FROM counter ORDER BY name";
}
