//! Objections to public notices.

/// Days are ISO text; `upheld` is 0 or 1, null while open.
pub const SCHEMA: &str = "
CREATE TABLE row_objection (
  objection_id BIGINT PRIMARY KEY,
  plan_id BIGINT NOT NULL,
  receipt TEXT NOT NULL,
  case_id BIGINT,
  said TEXT NOT NULL,
  on_day TEXT NOT NULL,
  answered TEXT,
  upheld BIGINT CHECK (upheld IN (0, 1)),
  answer TEXT NOT NULL
);
CREATE INDEX row_objection_plan ON row_objection (plan_id, objection_id);
CREATE UNIQUE INDEX row_objection_receipt ON row_objection (receipt);
";

/// Objections to notices of cases beside those of plans.
pub const OF_CASES: &str = "
ALTER TABLE row_objection ADD COLUMN about TEXT NOT NULL DEFAULT '';
UPDATE row_objection SET about = 'plan:' || plan_id;
DROP INDEX row_objection_plan;
ALTER TABLE row_objection DROP COLUMN plan_id;
CREATE INDEX row_objection_about ON row_objection (about, objection_id);
";

macro_rules! columns {
    () => {
        "objection_id, about, receipt, case_id, said, on_day, answered, upheld, answer"
    };
}

statements! {
    /// Writes a row.
    OBJECTION_PUT = concat!(
        "INSERT INTO row_objection (", columns!(), ") \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
        ON CONFLICT (objection_id) DO UPDATE SET \
        about = excluded.about, receipt = excluded.receipt, case_id = excluded.case_id, \
        said = excluded.said, on_day = excluded.on_day, answered = excluded.answered, \
        upheld = excluded.upheld, answer = excluded.answer"
    );
    /// The objections to the notices of a subject.
    OBJECTION_LIST = concat!("SELECT ", columns!(), " FROM row_objection \
        WHERE about = $1 ORDER BY objection_id");
    /// The objection with a receipt.
    OBJECTION_BY_RECEIPT = concat!("SELECT ", columns!(), " FROM row_objection WHERE receipt = $1");
    /// The whole table.
    OBJECTION_ALL = concat!("SELECT ", columns!(), " FROM row_objection ORDER BY objection_id");
    /// Forgets all.
    OBJECTION_CLEAR = "DELETE FROM row_objection";
}
