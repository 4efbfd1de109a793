//! Tasks: the steps that somebody can do now.

/// `place` keeps the order of a subject's tasks; days are ISO text; flags are 0 or 1.
pub const SCHEMA: &str = "
CREATE TABLE row_task (
  subject TEXT NOT NULL,
  place BIGINT NOT NULL,
  step TEXT NOT NULL,
  name TEXT NOT NULL,
  name_en TEXT NOT NULL,
  cite TEXT NOT NULL,
  role TEXT NOT NULL,
  title TEXT NOT NULL,
  number TEXT NOT NULL,
  applicant BIGINT,
  desk TEXT,
  firm BIGINT,
  since TEXT NOT NULL,
  due TEXT,
  revision TEXT NOT NULL,
  provisional BIGINT NOT NULL CHECK (provisional IN (0, 1)),
  warn_only BIGINT NOT NULL CHECK (warn_only IN (0, 1)),
  returned BIGINT NOT NULL CHECK (returned IN (0, 1)),
  PRIMARY KEY (subject, place)
);
CREATE INDEX row_task_role ON row_task (role, due);
";

macro_rules! columns {
    () => {
        "subject, place, step, name, name_en, cite, role, title, number, applicant, desk, firm, \
        since, due, revision, provisional, warn_only, returned"
    };
}

statements! {
    /// Writes a row.
    TASK_PUT = concat!(
        "INSERT INTO row_task (", columns!(), ") \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)"
    );
    /// Forgets the tasks of a subject.
    TASK_DELETE = "DELETE FROM row_task WHERE subject = $1";
    /// The tasks of a role within a scope (desk from, desk to, applicant, firm), the most urgent first.
    TASK_LIST = concat!("SELECT ", columns!(), " FROM row_task WHERE role = $1 \
        AND COALESCE(desk, '') >= $2 AND COALESCE(desk, '') < $3 \
        AND (CAST($4 AS BIGINT) IS NULL OR applicant = $4) \
        AND (CAST($5 AS BIGINT) IS NULL OR firm = $5) \
        ORDER BY CASE WHEN due IS NULL THEN 1 ELSE 0 END, due, since, subject, place LIMIT $6");
    /// How many wait for each role at each desk, and the nearest deadline.
    TASK_HEAPS = "SELECT role, applicant, desk, firm, CAST(COUNT(*) AS BIGINT), MIN(due) FROM row_task \
                  GROUP BY role, applicant, desk, firm \
                  ORDER BY role, COALESCE(desk, ''), COALESCE(applicant, 0), COALESCE(firm, 0)";
    /// The whole table.
    TASK_ALL = concat!("SELECT ", columns!(), " FROM row_task ORDER BY subject, place");
    /// Forgets all.
    TASK_CLEAR = "DELETE FROM row_task";
}
