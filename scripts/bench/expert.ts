/**
 * What a good user of SQL writes for the sqlite3 shell in place of csvrecon: `.import` into a temporary table, then one statement with
 * joins. It keeps a change log of the same form, and the same indexes; of errors and reports it knows nothing.
 */

const STAGE = `CREATE TEMP TABLE staged (
  name TEXT, first_name TEXT, email TEXT, organization TEXT, phone TEXT, status TEXT, notify TEXT, function TEXT
);
.mode csv
`;

/** Makes the database of the expert, with the organisations. @param organizations path of their file */
export function expertSchema(organizations: string): string {
  return `PRAGMA journal_mode = WAL;
CREATE TABLE organization (id INTEGER PRIMARY KEY, name TEXT COLLATE NOCASE, code TEXT);
CREATE UNIQUE INDEX organization_name ON organization (name);
CREATE TABLE person (
  id INTEGER PRIMARY KEY, name TEXT COLLATE NOCASE, first_name TEXT, email TEXT COLLATE NOCASE,
  organization INTEGER REFERENCES organization (id), phone TEXT, status TEXT, notify TEXT, function TEXT
);
CREATE INDEX person_email ON person (email);
CREATE TABLE change_op (
  id INTEGER PRIMARY KEY, change INTEGER, class TEXT, object_id INTEGER, operation TEXT,
  attribute TEXT, old_value TEXT, new_value TEXT
);
CREATE INDEX change_op_object ON change_op (class, object_id);
CREATE TEMP TABLE staged (name TEXT, code TEXT);
.mode csv
.import --skip 1 ${organizations} staged
INSERT INTO organization (name, code) SELECT name, code FROM staged;
`;
}

/** Creates the persons that are not there. */
export function expertCreate(persons: string): string {
  return `PRAGMA synchronous = FULL;
${STAGE}.import --skip 1 ${persons} staged
BEGIN IMMEDIATE;
INSERT INTO person (name, first_name, email, organization, phone, status, notify, function)
  SELECT s.name, s.first_name, s.email, o.id, s.phone, s.status, s.notify, s.function
  FROM staged AS s JOIN organization AS o ON o.name = s.organization
  WHERE NOT EXISTS (SELECT 1 FROM person AS p WHERE p.email = s.email);
INSERT INTO change_op (change, class, object_id, operation) SELECT 1, 'Person', id, 'create' FROM person;
COMMIT;
`;
}

/** Counts the persons that differ from the file. */
export function expertCompare(persons: string): string {
  return `${STAGE}.import --skip 1 ${persons} staged
.mode list
SELECT count(*)
  FROM staged AS s JOIN organization AS o ON o.name = s.organization JOIN person AS p ON p.email = s.email
  WHERE p.name IS NOT s.name OR p.first_name IS NOT s.first_name OR p.organization IS NOT o.id OR p.phone IS NOT s.phone
    OR p.status IS NOT s.status OR p.notify IS NOT s.notify OR p.function IS NOT s.function;
`;
}
