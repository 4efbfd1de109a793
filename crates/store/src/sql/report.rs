//! Reports of bodies for periods.

/// `figures` is a JSON object of whole numbers with sorted keys.
pub const SCHEMA: &str = "
CREATE TABLE row_report (
  step TEXT NOT NULL,
  org_id BIGINT NOT NULL,
  period TEXT NOT NULL,
  filed TEXT NOT NULL,
  figures TEXT NOT NULL,
  note TEXT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (step, org_id, period)
);
CREATE INDEX row_report_period ON row_report (period);
";

macro_rules! columns {
    () => {
        "step, org_id, period, filed, figures, note, version"
    };
}

statements! {
    /// Writes a row.
    REPORT_PUT = concat!(
        "INSERT INTO row_report (", columns!(), ") \
        VALUES ($1, $2, $3, $4, $5, $6, $7) \
        ON CONFLICT (step, org_id, period) DO UPDATE SET \
        filed = excluded.filed, figures = excluded.figures, note = excluded.note, \
        version = excluded.version"
    );
    /// The reports of a period or all, of a body or all; the newest period first.
    REPORT_LIST = concat!("SELECT ", columns!(), " FROM row_report \
        WHERE (CAST($1 AS TEXT) IS NULL OR period = $1) \
        AND (CAST($2 AS BIGINT) IS NULL OR org_id = $2) ORDER BY period DESC, step, org_id");
    /// The whole table.
    REPORT_ALL = concat!("SELECT ", columns!(), " FROM row_report ORDER BY step, org_id, period");
    /// Forgets all.
    REPORT_CLEAR = "DELETE FROM row_report";
}
