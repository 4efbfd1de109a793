//! Allocations: plans that allot money of one fund's side to projects.

/// Amounts are in fen, days ISO text.
pub const SCHEMA: &str = "
CREATE TABLE row_allocation (
  allocation_id BIGINT PRIMARY KEY,
  number TEXT NOT NULL,
  pack TEXT NOT NULL,
  procedure TEXT NOT NULL,
  fund TEXT NOT NULL,
  side TEXT NOT NULL,
  year BIGINT NOT NULL,
  lines BIGINT NOT NULL,
  total_fen BIGINT NOT NULL,
  standing TEXT NOT NULL,
  stage TEXT NOT NULL,
  stage_en TEXT NOT NULL,
  due TEXT,
  document TEXT NOT NULL,
  changed_on TEXT NOT NULL
);
CREATE INDEX row_allocation_fund ON row_allocation (pack, fund, year, allocation_id);
";

macro_rules! columns {
    () => {
        "allocation_id, number, pack, procedure, fund, side, year, lines, total_fen, standing, stage, stage_en, \
        due, document, changed_on"
    };
}

macro_rules! filter {
    () => {
        "WHERE pack = $1 \
        AND (CAST($2 AS TEXT) IS NULL OR fund = $2) \
        AND (CAST($3 AS BIGINT) IS NULL OR year = $3) \
        AND (CAST($4 AS TEXT) IS NULL OR standing = $4) "
    };
}

statements! {
    /// Writes a row.
    ALLOCATION_PUT = concat!(
        "INSERT INTO row_allocation (", columns!(), ") \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) \
        ON CONFLICT (allocation_id) DO UPDATE SET \
        number = excluded.number, pack = excluded.pack, procedure = excluded.procedure, \
        fund = excluded.fund, side = excluded.side, year = excluded.year, lines = excluded.lines, \
        total_fen = excluded.total_fen, standing = excluded.standing, stage = excluded.stage, \
        stage_en = excluded.stage_en, due = excluded.due, document = excluded.document, \
        changed_on = excluded.changed_on"
    );
    /// One row.
    ALLOCATION_GET = concat!("SELECT ", columns!(), " FROM row_allocation WHERE allocation_id = $1");
    /// A page, newest first: pack, fund, year, standing; below this id; limit.
    ALLOCATION_LIST = concat!("SELECT ", columns!(), " FROM row_allocation ", filter!(), "\
        AND allocation_id < $5 ORDER BY allocation_id DESC LIMIT $6");
    /// How many a list has in all; parameters as in the list.
    ALLOCATION_COUNT = concat!("SELECT COUNT(*) FROM row_allocation ", filter!());
    /// The whole table.
    ALLOCATION_ALL = concat!("SELECT ", columns!(), " FROM row_allocation ORDER BY allocation_id");
    /// Forgets all.
    ALLOCATION_CLEAR = "DELETE FROM row_allocation";
}
