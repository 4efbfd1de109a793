//! Settings of the installation.

/// One row a setting.
pub const SCHEMA: &str = "
CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
);
";

statements! {
    /// Sets a setting.
    SETTING_PUT = "INSERT INTO setting (name, value) VALUES ($1, $2) \
                   ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    /// The whole table.
    SETTING_ALL = "SELECT name, value FROM setting ORDER BY name";
    /// A setting.
    SETTING_GET = "SELECT value FROM setting WHERE name = $1";
}
