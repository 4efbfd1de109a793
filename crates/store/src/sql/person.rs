//! People and the roles they hold.

/// `enabled` is 0 or 1; `place` keeps the order of the roles.
pub const SCHEMA: &str = "
CREATE TABLE row_person (
  person_id BIGINT PRIMARY KEY,
  name TEXT NOT NULL,
  login TEXT NOT NULL,
  enabled BIGINT NOT NULL CHECK (enabled IN (0, 1))
);
CREATE UNIQUE INDEX row_person_login ON row_person (login);
CREATE TABLE row_role (
  person_id BIGINT NOT NULL,
  place BIGINT NOT NULL,
  org_id BIGINT NOT NULL,
  role TEXT NOT NULL,
  PRIMARY KEY (person_id, place)
);
CREATE INDEX row_role_org ON row_role (org_id);
CREATE INDEX row_role_role ON row_role (role);
";

/// `place` keeps the order; days are ISO texts.
pub const BORROWED: &str = "
CREATE TABLE row_borrowed (
  person_id BIGINT NOT NULL,
  place BIGINT NOT NULL,
  org_id BIGINT NOT NULL,
  role TEXT NOT NULL,
  of_id BIGINT NOT NULL,
  from_day TEXT NOT NULL,
  until_day TEXT NOT NULL,
  why TEXT NOT NULL,
  PRIMARY KEY (person_id, place)
);
";

statements! {
    /// Forgets what a person borrowed.
    BORROWED_DELETE = "DELETE FROM row_borrowed WHERE person_id = $1";
    /// Adds a borrowed role.
    BORROWED_PUT = "INSERT INTO row_borrowed (person_id, place, org_id, role, of_id, from_day, until_day, why) \
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// What people borrowed.
    BORROWED_LIST = "SELECT person_id, org_id, role, of_id, from_day, until_day, why FROM row_borrowed \
                     WHERE person_id IN {ids} ORDER BY person_id, place";
    /// The whole table.
    BORROWED_ALL = "SELECT person_id, place, org_id, role, of_id, from_day, until_day, why FROM row_borrowed \
                    ORDER BY person_id, place";
    /// Forgets all.
    BORROWED_CLEAR = "DELETE FROM row_borrowed";
    /// Writes a row.
    PERSON_PUT = "INSERT INTO row_person (person_id, name, login, enabled) VALUES ($1, $2, $3, $4) \
                  ON CONFLICT (person_id) DO UPDATE SET name = excluded.name, login = excluded.login, \
                  enabled = excluded.enabled";
    /// Forgets a person's roles.
    ROLE_DELETE = "DELETE FROM row_role WHERE person_id = $1";
    /// Adds a role.
    ROLE_PUT = "INSERT INTO row_role (person_id, place, org_id, role) VALUES ($1, $2, $3, $4)";
    /// One row.
    PERSON_GET = "SELECT person_id, name, login, enabled FROM row_person WHERE person_id = $1";
    /// The row with a sign-in name.
    PERSON_BY_LOGIN = "SELECT person_id, name, login, enabled FROM row_person WHERE login = $1";
    /// The people of an organisation, or all.
    PERSON_LIST = "SELECT person_id, name, login, enabled FROM row_person WHERE CAST($1 AS BIGINT) IS NULL \
                   OR person_id IN (SELECT person_id FROM row_role WHERE org_id = $1) ORDER BY person_id";
    /// The roles of people.
    ROLE_LIST = "SELECT person_id, org_id, role FROM row_role WHERE person_id IN {ids} ORDER BY person_id, place";
    /// How many enabled people hold a role.
    ROLE_COUNT = "SELECT COUNT(DISTINCT person_id) FROM row_role WHERE role = $1 AND person_id IN \
                  (SELECT person_id FROM row_person WHERE enabled = 1)";
    /// The whole table.
    PERSON_ALL = "SELECT person_id, name, login, enabled FROM row_person ORDER BY person_id";
    /// The whole table.
    ROLE_ALL = "SELECT person_id, place, org_id, role FROM row_role ORDER BY person_id, place";
    /// Forgets all.
    PERSON_CLEAR = "DELETE FROM row_person";
    /// Forgets all.
    ROLE_CLEAR = "DELETE FROM row_role";
}
