//! What was said beside the steps of cases: copies to roles, urgings of steps.

/// Either to a role or to those who do a step. `at` in milliseconds of Unix time.
pub const SCHEMA: &str = "
CREATE TABLE row_said (
  seq BIGINT PRIMARY KEY,
  case_id BIGINT NOT NULL,
  role TEXT,
  step TEXT,
  text TEXT NOT NULL,
  at BIGINT NOT NULL,
  person_id BIGINT,
  behalf_id BIGINT,
  org_id BIGINT,
  CHECK ((role IS NULL) <> (step IS NULL))
);
CREATE INDEX row_said_role ON row_said (role, seq);
CREATE INDEX row_said_case ON row_said (case_id, step);
";

macro_rules! columns {
    () => {
        "seq, row_said.case_id, role, step, text, at, person_id, behalf_id, org_id"
    };
}

macro_rules! copies {
    () => {
        " FROM row_said JOIN row_case ON row_case.case_id = row_said.case_id \
        WHERE role = $1 AND desk >= $2 AND desk < $3 \
        AND (CAST($4 AS BIGINT) IS NULL OR applicant = $4) \
        AND (CAST($5 AS BIGINT) IS NULL OR firm = $5)"
    };
}

statements! {
    /// Writes a row.
    SAID_PUT = "INSERT INTO row_said (seq, case_id, role, step, text, at, person_id, behalf_id, org_id) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
        ON CONFLICT (seq) DO UPDATE SET case_id = excluded.case_id, role = excluded.role, \
        step = excluded.step, text = excluded.text, at = excluded.at, person_id = excluded.person_id, \
        behalf_id = excluded.behalf_id, org_id = excluded.org_id";
    /// How many copies a role has within a scope (desk from, desk to, applicant, firm).
    SAID_COPY_COUNT = concat!("SELECT COUNT(*)", copies!());
    /// The copies below a place in the log, newest first.
    SAID_COPY_LIST = concat!("SELECT ", columns!(), ", number, title", copies!(),
        " AND seq < $6 ORDER BY seq DESC LIMIT $7");
    /// When steps of cases were urged last.
    SAID_URGED = "SELECT case_id, step, MAX(at) FROM row_said \
        WHERE case_id IN {ids} AND step IS NOT NULL GROUP BY case_id, step ORDER BY case_id, step";
    /// Acts that say something to somebody, from a place in the log on: for a book that was kept before there were rows of them.
    SAID_ACTS = "SELECT seq, bytes FROM act \
        WHERE seq >= $1 AND kind IN ('case.copied', 'case.urged') ORDER BY seq LIMIT $2";
    /// The whole table.
    SAID_ALL = concat!("SELECT ", columns!(), " FROM row_said ORDER BY seq");
    /// Forgets all.
    SAID_CLEAR = "DELETE FROM row_said";
}
