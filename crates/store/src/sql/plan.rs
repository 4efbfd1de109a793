//! Plans as lists show them.

/// Days are ISO text, the total is in fen.
pub const SCHEMA: &str = "
CREATE TABLE row_plan (
  plan_id BIGINT PRIMARY KEY,
  number TEXT NOT NULL,
  pack TEXT NOT NULL,
  procedure TEXT NOT NULL,
  year BIGINT NOT NULL,
  items BIGINT NOT NULL,
  total_fen BIGINT NOT NULL,
  stage TEXT NOT NULL,
  stage_en TEXT NOT NULL,
  changed_on TEXT NOT NULL
);
CREATE INDEX row_plan_pack ON row_plan (pack, year, plan_id);
";

macro_rules! columns {
    () => {
        "plan_id, number, pack, procedure, year, items, total_fen, stage, stage_en, changed_on"
    };
}

statements! {
    /// Writes a row.
    PLAN_PUT = concat!(
        "INSERT INTO row_plan (", columns!(), ") \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
        ON CONFLICT (plan_id) DO UPDATE SET \
        number = excluded.number, pack = excluded.pack, procedure = excluded.procedure, \
        year = excluded.year, items = excluded.items, total_fen = excluded.total_fen, \
        stage = excluded.stage, stage_en = excluded.stage_en, changed_on = excluded.changed_on"
    );
    /// One row.
    PLAN_GET = concat!("SELECT ", columns!(), " FROM row_plan WHERE plan_id = $1");
    /// The plans of a pack, of one year or all, newest first.
    PLAN_LIST = concat!("SELECT ", columns!(), " FROM row_plan \
        WHERE pack = $1 AND (CAST($2 AS BIGINT) IS NULL OR year = $2) ORDER BY plan_id DESC");
    /// The whole table.
    PLAN_ALL = concat!("SELECT ", columns!(), " FROM row_plan ORDER BY plan_id");
    /// Forgets all.
    PLAN_CLEAR = "DELETE FROM row_plan";
}
