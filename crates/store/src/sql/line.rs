//! Lines of registers: what cases say in the columns of a register.

/// `at` keeps the order of a case's lines in a register; regions are codes; `cells` is a JSON object of texts with sorted keys.
pub const SCHEMA: &str = "
CREATE TABLE row_line (
  case_id BIGINT NOT NULL,
  register TEXT NOT NULL,
  at BIGINT NOT NULL,
  pack TEXT NOT NULL,
  year BIGINT NOT NULL,
  unit BIGINT NOT NULL,
  unit_name TEXT NOT NULL,
  desk TEXT NOT NULL,
  firm BIGINT,
  place TEXT,
  village TEXT NOT NULL,
  number TEXT NOT NULL,
  title TEXT NOT NULL,
  parent BIGINT,
  cells TEXT NOT NULL,
  PRIMARY KEY (case_id, register, at)
);
CREATE INDEX row_line_register ON row_line (pack, register, year);
CREATE INDEX row_line_parent ON row_line (parent);
";

macro_rules! columns {
    () => {
        "case_id, register, at, pack, year, unit, unit_name, desk, firm, place, village, number, \
        title, parent, cells"
    };
}

statements! {
    /// Writes a row.
    LINE_PUT = concat!(
        "INSERT INTO row_line (", columns!(), ") \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"
    );
    /// Forgets the lines of a case.
    LINE_DELETE = "DELETE FROM row_line WHERE case_id = $1";
    /// The lines of a register within a scope (desk from, desk to, unit, firm), of a year or all, of no later year or all.
    LINE_LIST = concat!("SELECT ", columns!(), " FROM row_line \
        WHERE desk >= $1 AND desk < $2 \
        AND (CAST($3 AS BIGINT) IS NULL OR unit = $3) \
        AND (CAST($4 AS BIGINT) IS NULL OR firm = $4) AND pack = $5 AND register = $6 \
        AND (CAST($7 AS BIGINT) IS NULL OR year = $7) \
        AND (CAST($8 AS BIGINT) IS NULL OR year <= $8) \
        ORDER BY year DESC, case_id DESC, at");
    /// The lines, in all registers, of the cases that build on some others.
    LINE_OF_PARENTS = concat!("SELECT ", columns!(), " FROM row_line \
        WHERE parent IN {ids} ORDER BY case_id, register, at");
    /// The whole table.
    LINE_ALL = concat!("SELECT ", columns!(), " FROM row_line ORDER BY case_id, register, at");
    /// Forgets all.
    LINE_CLEAR = "DELETE FROM row_line";
}
