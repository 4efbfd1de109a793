//! Duties that a grant leaves behind.

/// `place` keeps the order of a case's duties; days are ISO text.
pub const SCHEMA: &str = "
CREATE TABLE row_duty (
  case_id BIGINT NOT NULL,
  place BIGINT NOT NULL,
  duty TEXT NOT NULL,
  name TEXT NOT NULL,
  name_en TEXT NOT NULL,
  cite TEXT NOT NULL,
  on_role TEXT NOT NULL,
  number TEXT NOT NULL,
  title TEXT NOT NULL,
  applicant BIGINT NOT NULL,
  desk TEXT NOT NULL,
  from_day TEXT NOT NULL,
  due TEXT NOT NULL,
  checks TEXT NOT NULL,
  provisional BIGINT NOT NULL CHECK (provisional IN (0, 1)),
  PRIMARY KEY (case_id, place)
);
CREATE INDEX row_duty_due ON row_duty (due);
";

macro_rules! columns {
    () => {
        "case_id, place, duty, name, name_en, cite, on_role, number, title, applicant, desk, \
        from_day, due, checks, provisional"
    };
}

statements! {
    /// Writes a row.
    DUTY_PUT = concat!(
        "INSERT INTO row_duty (", columns!(), ") \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"
    );
    /// Forgets the duties of a case.
    DUTY_DELETE = "DELETE FROM row_duty WHERE case_id = $1";
    /// The duties within a scope (desk from, desk to, applicant, firm of the case), the nearest first.
    DUTY_LIST = concat!("SELECT ", columns!(), " FROM row_duty \
        WHERE desk >= $1 AND desk < $2 \
        AND (CAST($3 AS BIGINT) IS NULL OR applicant = $3) \
        AND (CAST($4 AS BIGINT) IS NULL OR case_id IN (SELECT case_id FROM row_case WHERE firm = $4)) \
        ORDER BY due, case_id, place LIMIT $5");
    /// The whole table.
    DUTY_ALL = concat!("SELECT ", columns!(), " FROM row_duty ORDER BY case_id, place");
    /// Forgets all.
    DUTY_CLEAR = "DELETE FROM row_duty";
}
