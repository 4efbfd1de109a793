//! Cases as lists show them.

/// Days are ISO text, regions are codes, amounts are in fen.
pub const SCHEMA: &str = "
CREATE TABLE row_case (
  case_id BIGINT PRIMARY KEY,
  number TEXT NOT NULL,
  pack TEXT NOT NULL,
  procedure TEXT NOT NULL,
  year BIGINT NOT NULL,
  title TEXT NOT NULL,
  applicant BIGINT NOT NULL,
  applicant_name TEXT NOT NULL,
  company_name TEXT NOT NULL,
  county TEXT,
  desk TEXT NOT NULL,
  firm BIGINT,
  parent BIGINT,
  plan_id BIGINT,
  standing TEXT NOT NULL,
  stage TEXT NOT NULL,
  stage_en TEXT NOT NULL,
  due TEXT,
  amount_fen BIGINT NOT NULL,
  paid_fen BIGINT NOT NULL,
  filed_on TEXT NOT NULL,
  changed_on TEXT NOT NULL
);
CREATE INDEX row_case_applicant ON row_case (applicant, case_id);
CREATE INDEX row_case_firm ON row_case (firm, case_id);
CREATE INDEX row_case_parent ON row_case (parent);
CREATE INDEX row_case_plan ON row_case (plan_id);
CREATE INDEX row_case_year ON row_case (procedure, year, applicant);
";

/// What the library goes by.
pub const LIBRARY: &str = "
ALTER TABLE row_case ADD COLUMN library BIGINT NOT NULL DEFAULT 0 CHECK (library IN (0, 1));
ALTER TABLE row_case ADD COLUMN class TEXT NOT NULL DEFAULT '';
ALTER TABLE row_case ADD COLUMN village TEXT NOT NULL DEFAULT '';
";

macro_rules! columns {
    () => {
        "case_id, number, pack, procedure, year, title, applicant, applicant_name, company_name, \
        county, desk, firm, parent, plan_id, standing, stage, stage_en, due, amount_fen, \
        paid_fen, filed_on, changed_on, library, class, village"
    };
}

macro_rules! month_scope {
    () => {
        "WHERE desk >= $1 AND desk < $2 \
        AND (CAST($3 AS BIGINT) IS NULL OR applicant = $3) \
        AND (CAST($4 AS BIGINT) IS NULL OR firm = $4) AND pack = $5 "
    };
}

statements! {
    /// Writes a row.
    CASE_PUT = concat!(
        "INSERT INTO row_case (", columns!(), ") \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, \
        $20, $21, $22, $23, $24, $25) \
        ON CONFLICT (case_id) DO UPDATE SET \
        number = excluded.number, pack = excluded.pack, procedure = excluded.procedure, \
        year = excluded.year, title = excluded.title, applicant = excluded.applicant, \
        applicant_name = excluded.applicant_name, company_name = excluded.company_name, \
        county = excluded.county, desk = excluded.desk, firm = excluded.firm, \
        parent = excluded.parent, plan_id = excluded.plan_id, standing = excluded.standing, \
        stage = excluded.stage, stage_en = excluded.stage_en, due = excluded.due, \
        amount_fen = excluded.amount_fen, paid_fen = excluded.paid_fen, \
        filed_on = excluded.filed_on, changed_on = excluded.changed_on, \
        library = excluded.library, class = excluded.class, village = excluded.village"
    );
    /// One row, as it was before the transaction.
    CASE_BEFORE = concat!("SELECT ", columns!(), " FROM row_case WHERE case_id = $1");
    /// One row.
    CASE_GET = concat!("SELECT ", columns!(), " FROM row_case WHERE case_id = $1");
    /// Some rows.
    CASE_SOME = concat!("SELECT ", columns!(), " FROM row_case WHERE case_id IN {ids}");
    /// Rows after a case, oldest first; limit.
    CASE_AFTER = concat!("SELECT ", columns!(), " FROM row_case WHERE case_id > $1 ORDER BY case_id LIMIT $2");
    /// What is in a plan.
    CASE_OF_PLAN = "SELECT case_id FROM row_case WHERE plan_id = $1 ORDER BY case_id";
    /// A case that stands on a parent and is alive.
    CASE_LIVE_CHILD = "SELECT case_id FROM row_case WHERE parent = $1 \
        AND standing NOT IN ('refused', 'withdrawn') ORDER BY case_id LIMIT 1";
    /// What stands on a parent.
    CASE_CHILDREN = "SELECT case_id FROM row_case WHERE parent = $1 ORDER BY case_id";
    /// The cases that build on some others, and on which.
    CASE_BELOW = "SELECT case_id, parent FROM row_case WHERE parent IN {ids}";
    /// The cases of a procedure in a year.
    CASE_OF_YEAR = "SELECT case_id FROM row_case WHERE procedure = $1 AND year = $2 ORDER BY case_id";
    /// The cases of a pack's procedure after one of them; limit.
    CASE_OF_PROCEDURE = "SELECT case_id FROM row_case \
        WHERE pack = $1 AND procedure = $2 AND case_id > $3 ORDER BY case_id LIMIT $4";
    /// Who filed cases of a procedure in a year.
    CASE_APPLICANTS = "SELECT DISTINCT applicant FROM row_case \
        WHERE procedure = $1 AND year = $2 ORDER BY applicant";
    /// What a month brought within a scope (desk from, desk to, applicant, firm), for a pack, from a day to a day: cases
    /// filed, and cases whose last act fell into it, by procedure and standing.
    CASE_MONTH = concat!(
        "SELECT procedure || '.filed', COUNT(*) FROM row_case ", month_scope!(), "\
        AND filed_on >= $6 AND filed_on <= $7 GROUP BY procedure \
        UNION ALL SELECT procedure || '.' || standing, COUNT(*) FROM row_case ", month_scope!(), "\
        AND changed_on >= $6 AND changed_on <= $7 \
        AND standing IN ('accepted', 'returned', 'refused') GROUP BY procedure, standing"
    );
    /// The whole table.
    CASE_ALL = concat!("SELECT ", columns!(), " FROM row_case ORDER BY case_id");
    /// Forgets all.
    CASE_CLEAR = "DELETE FROM row_case";
}
