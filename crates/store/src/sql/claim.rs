//! Claims at the reimbursement desk, and the invoices that they use.

/// Amounts are in fen, days ISO text. An invoice is used once over all funds: the key says so.
pub const SCHEMA: &str = "
CREATE TABLE row_claim (
  claim_id BIGINT PRIMARY KEY,
  number TEXT NOT NULL,
  project_id BIGINT NOT NULL,
  title TEXT NOT NULL,
  pack TEXT NOT NULL,
  fund TEXT NOT NULL,
  side TEXT NOT NULL,
  year BIGINT NOT NULL,
  unit BIGINT NOT NULL,
  place TEXT NOT NULL,
  purpose TEXT NOT NULL,
  standing TEXT NOT NULL,
  lines BIGINT NOT NULL,
  asked_fen BIGINT NOT NULL,
  approved_fen BIGINT NOT NULL CHECK (approved_fen >= 0),
  batch_id BIGINT,
  stage TEXT NOT NULL,
  stage_en TEXT NOT NULL,
  due TEXT,
  filed_on TEXT NOT NULL,
  changed_on TEXT NOT NULL,
  CHECK (approved_fen <= asked_fen)
);
CREATE INDEX row_claim_project ON row_claim (project_id, claim_id);
CREATE INDEX row_claim_unit ON row_claim (unit, claim_id);
CREATE INDEX row_claim_standing ON row_claim (pack, standing, claim_id);
CREATE TABLE row_invoice (
  code TEXT NOT NULL,
  number TEXT NOT NULL,
  claim_id BIGINT NOT NULL,
  claim_number TEXT NOT NULL,
  line BIGINT NOT NULL,
  project_id BIGINT NOT NULL,
  amount_fen BIGINT NOT NULL,
  PRIMARY KEY (code, number)
);
CREATE INDEX row_invoice_claim ON row_invoice (claim_id, line);
";

macro_rules! columns {
    () => {
        "claim_id, number, project_id, title, pack, fund, side, year, unit, place, purpose, standing, lines, \
        asked_fen, approved_fen, batch_id, stage, stage_en, due, filed_on, changed_on"
    };
}

macro_rules! invoice {
    () => {
        "code, number, claim_id, claim_number, line, project_id, amount_fen"
    };
}

macro_rules! filter {
    () => {
        "WHERE place >= $1 AND place < $2 \
        AND (CAST($3 AS BIGINT) IS NULL OR unit = $3) AND pack = $4 \
        AND (CAST($5 AS TEXT) IS NULL OR fund = $5) \
        AND (CAST($6 AS BIGINT) IS NULL OR project_id = $6) \
        AND (CAST($7 AS TEXT) IS NULL OR standing = $7) \
        AND (CAST($8 AS TEXT) IS NULL OR lower(number || ' ' || title) LIKE $8 ESCAPE '\\') "
    };
}

statements! {
    /// Writes a row.
    CLAIM_PUT = concat!(
        "INSERT INTO row_claim (", columns!(), ") \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, \
        $20, $21) \
        ON CONFLICT (claim_id) DO UPDATE SET \
        number = excluded.number, project_id = excluded.project_id, title = excluded.title, \
        pack = excluded.pack, fund = excluded.fund, side = excluded.side, year = excluded.year, \
        unit = excluded.unit, place = excluded.place, purpose = excluded.purpose, \
        standing = excluded.standing, lines = excluded.lines, asked_fen = excluded.asked_fen, \
        approved_fen = excluded.approved_fen, batch_id = excluded.batch_id, stage = excluded.stage, \
        stage_en = excluded.stage_en, due = excluded.due, filed_on = excluded.filed_on, \
        changed_on = excluded.changed_on"
    );
    /// One row.
    CLAIM_GET = concat!("SELECT ", columns!(), " FROM row_claim WHERE claim_id = $1");
    /// A page, newest first. Scope (place from, place to, unit), then pack, fund, project, standing, pattern; below this id;
    /// limit.
    CLAIM_LIST = concat!("SELECT ", columns!(), " FROM row_claim ", filter!(), "\
        AND claim_id < $9 ORDER BY claim_id DESC LIMIT $10");
    /// How many a list has in all; parameters as in the list.
    CLAIM_COUNT = concat!("SELECT COUNT(*) FROM row_claim ", filter!());
    /// The claims of a project that are neither paid nor ended, oldest first.
    CLAIM_LIVE = "SELECT claim_id FROM row_claim WHERE project_id = $1 \
        AND standing NOT IN ('paid', 'refused', 'withdrawn') ORDER BY claim_id";
    /// The whole table.
    CLAIM_ALL = concat!("SELECT ", columns!(), " FROM row_claim ORDER BY claim_id");
    /// Forgets all.
    CLAIM_CLEAR = "DELETE FROM row_claim";
    /// Takes an invoice into use; the key refuses one that is in use.
    INVOICE_PUT = concat!("INSERT INTO row_invoice (", invoice!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7)");
    /// Frees the invoices of a claim.
    INVOICE_DELETE = "DELETE FROM row_invoice WHERE claim_id = $1";
    /// Who uses an invoice.
    INVOICE_GET = concat!("SELECT ", invoice!(), " FROM row_invoice WHERE code = $1 AND number = $2");
    /// The whole table.
    INVOICE_ALL = concat!("SELECT ", invoice!(), " FROM row_invoice ORDER BY code, number");
    /// Forgets all.
    INVOICE_CLEAR = "DELETE FROM row_invoice";
}
