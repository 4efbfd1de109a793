//! Projects that money is spent on.

/// Amounts are in fen, days ISO text, the place a region's code.
pub const SCHEMA: &str = "
CREATE TABLE row_project (
  project_id BIGINT PRIMARY KEY,
  number TEXT NOT NULL,
  pack TEXT NOT NULL,
  fund TEXT NOT NULL,
  side TEXT NOT NULL,
  spending TEXT NOT NULL,
  name TEXT NOT NULL,
  place TEXT NOT NULL,
  village TEXT NOT NULL,
  unit BIGINT NOT NULL,
  unit_name TEXT NOT NULL,
  year BIGINT NOT NULL,
  standing TEXT NOT NULL,
  planned_fen BIGINT NOT NULL,
  allotted_fen BIGINT NOT NULL CHECK (allotted_fen >= 0),
  held_fen BIGINT NOT NULL CHECK (held_fen >= 0),
  clearing_fen BIGINT NOT NULL CHECK (clearing_fen >= 0),
  spent_fen BIGINT NOT NULL CHECK (spent_fen >= 0),
  changed_on TEXT NOT NULL,
  CHECK (held_fen + spent_fen <= allotted_fen)
);
CREATE INDEX row_project_fund ON row_project (pack, fund, side, year);
CREATE INDEX row_project_unit ON row_project (unit, project_id);
";

/// The case of the library that a project comes from.
pub const CASE: &str = "
ALTER TABLE row_project ADD COLUMN case_id BIGINT;
CREATE INDEX row_project_case ON row_project (case_id);
";

macro_rules! columns {
    () => {
        "project_id, number, pack, fund, side, spending, name, place, village, unit, unit_name, year, standing, \
        planned_fen, allotted_fen, held_fen, clearing_fen, spent_fen, changed_on, case_id"
    };
}

macro_rules! filter {
    () => {
        "WHERE place >= $1 AND place < $2 \
        AND (CAST($3 AS BIGINT) IS NULL OR unit = $3) AND pack = $4 \
        AND (CAST($5 AS TEXT) IS NULL OR fund = $5) \
        AND (CAST($6 AS TEXT) IS NULL OR side = $6) \
        AND (CAST($7 AS TEXT) IS NULL OR spending = $7) \
        AND (CAST($8 AS BIGINT) IS NULL OR year = $8) \
        AND (CAST($9 AS TEXT) IS NULL OR standing = $9) \
        AND (CAST($10 AS TEXT) IS NULL \
        OR lower(number || ' ' || name || ' ' || village || ' ' || unit_name) LIKE $10 ESCAPE '\\') "
    };
}

statements! {
    /// Writes a row.
    PROJECT_PUT = concat!(
        "INSERT INTO row_project (", columns!(), ") \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20) \
        ON CONFLICT (project_id) DO UPDATE SET \
        number = excluded.number, pack = excluded.pack, fund = excluded.fund, side = excluded.side, \
        spending = excluded.spending, name = excluded.name, place = excluded.place, \
        village = excluded.village, unit = excluded.unit, unit_name = excluded.unit_name, \
        year = excluded.year, standing = excluded.standing, planned_fen = excluded.planned_fen, \
        allotted_fen = excluded.allotted_fen, held_fen = excluded.held_fen, \
        clearing_fen = excluded.clearing_fen, spent_fen = excluded.spent_fen, \
        changed_on = excluded.changed_on, case_id = excluded.case_id"
    );
    /// One row.
    PROJECT_GET = concat!("SELECT ", columns!(), " FROM row_project WHERE project_id = $1");
    /// The project that comes from a case.
    PROJECT_OF_CASE = "SELECT project_id FROM row_project WHERE case_id = $1 ORDER BY project_id LIMIT 1";
    /// The projects that come from some cases.
    PROJECT_OF_CASES = concat!("SELECT ", columns!(), " FROM row_project WHERE case_id IN {ids} ORDER BY project_id");
    /// A page, newest first. Scope (place from, place to, unit), then pack, fund, side, use, year, standing, pattern; below
    /// this id; limit.
    PROJECT_LIST = concat!("SELECT ", columns!(), " FROM row_project ", filter!(), "\
        AND project_id < $11 ORDER BY project_id DESC LIMIT $12");
    /// How many a list has in all; parameters as in the list.
    PROJECT_COUNT = concat!("SELECT COUNT(*) FROM row_project ", filter!());
    /// The projects of one use of a pack.
    PROJECT_OF_SPENDING = "SELECT project_id FROM row_project WHERE pack = $1 AND spending = $2 ORDER BY project_id";
    /// The whole table.
    PROJECT_ALL = concat!("SELECT ", columns!(), " FROM row_project ORDER BY project_id");
    /// Forgets all.
    PROJECT_CLEAR = "DELETE FROM row_project";
}
