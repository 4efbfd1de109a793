//! Organisations as lists show them.

/// `since` is ISO text.
pub const SCHEMA: &str = "
CREATE TABLE row_org (
  org_id BIGINT PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  region TEXT,
  credit_code TEXT,
  related TEXT NOT NULL,
  since TEXT NOT NULL
);
CREATE UNIQUE INDEX row_org_code ON row_org (credit_code);
CREATE INDEX row_org_name ON row_org (name, org_id);
";

macro_rules! columns {
    () => {
        "org_id, name, kind, region, credit_code, related, since"
    };
}

macro_rules! filter {
    () => {
        "WHERE (CAST($1 AS TEXT) IS NULL OR kind = $1) \
        AND (CAST($2 AS TEXT) IS NULL \
        OR lower(name || ' ' || COALESCE(credit_code, '')) LIKE $2 ESCAPE '\\') "
    };
}

statements! {
    /// Writes a row.
    ORG_PUT = concat!(
        "INSERT INTO row_org (", columns!(), ") \
        VALUES ($1, $2, $3, $4, $5, $6, $7) \
        ON CONFLICT (org_id) DO UPDATE SET \
        name = excluded.name, kind = excluded.kind, region = excluded.region, \
        credit_code = excluded.credit_code, related = excluded.related, since = excluded.since"
    );
    /// One row.
    ORG_GET = concat!("SELECT ", columns!(), " FROM row_org WHERE org_id = $1");
    /// The row with a credit code.
    ORG_BY_CODE = concat!("SELECT ", columns!(), " FROM row_org WHERE credit_code = $1");
    /// A page by name: kind or null, pattern or null; after this id or null; limit.
    ORG_LIST = concat!("SELECT ", columns!(), " FROM row_org ", filter!(), "\
        AND (CAST($3 AS BIGINT) IS NULL \
        OR (name, org_id) > (SELECT name, org_id FROM row_org WHERE org_id = $3)) \
        ORDER BY name, org_id LIMIT $4");
    /// How many a list has in all.
    ORG_COUNT = concat!("SELECT COUNT(*) FROM row_org ", filter!());
    /// Organisations whose enabled people hold a role, or that are of this kind.
    ORG_OF_ROLE = "SELECT org_id FROM row_role WHERE role = $1 AND person_id IN \
        (SELECT person_id FROM row_person WHERE enabled = 1) \
        UNION SELECT org_id FROM row_org WHERE kind = $1 ORDER BY org_id";
    /// The whole table.
    ORG_ALL = concat!("SELECT ", columns!(), " FROM row_org ORDER BY org_id");
    /// Forgets all.
    ORG_CLEAR = "DELETE FROM row_org";
}
