//! The index of the cases: for each thing to search by, which cases have it, as sets of 4,096 ids a row.

/// A slot is a term and a block of ids in one number; `slice::find` says how. `ids` is a sorted list of places in the block, two
/// bytes each, or its 512 bytes of bits.
pub const SCHEMA: &str = "
CREATE TABLE row_find (
  slot BIGINT PRIMARY KEY,
  ids BYTEA NOT NULL CHECK (length(ids) > 0 AND length(ids) <= 512)
);
";

statements! {
    /// The slots from one to another.
    FIND_RANGE = "SELECT slot, ids FROM row_find WHERE slot >= $1 AND slot <= $2 ORDER BY slot";
    /// Some slots.
    FIND_SLOTS = "SELECT slot, ids FROM row_find WHERE slot IN {ids}";
    /// Writes a slot.
    FIND_PUT = "INSERT INTO row_find (slot, ids) VALUES ($1, $2) \
        ON CONFLICT (slot) DO UPDATE SET ids = excluded.ids";
    /// Forgets a slot in which nothing is left.
    FIND_DROP = "DELETE FROM row_find WHERE slot = $1";
    /// Whether there are cases and none of them is in the index: a book written before there was one.
    FIND_MISSING = "SELECT case_id FROM row_case \
        WHERE NOT EXISTS (SELECT 1 FROM row_find) ORDER BY case_id LIMIT 1";
    /// The whole table.
    FIND_ALL = "SELECT slot, ids FROM row_find ORDER BY slot";
    /// Forgets all.
    FIND_CLEAR = "DELETE FROM row_find";
}
