/**
 * What a good user of SQL writes for psql in place of csvrecon, in the same database: `\copy` into a temporary table, then one statement
 * with joins, and a row of the change log for each person. Of errors, rights and reports it knows nothing.
 */

const STAGE = `SET search_path = csvrecon;
CREATE TEMP TABLE staged (
  name text, first_name text, email text, organization text, phone text, status text, notify text, function text
);
\\copy staged FROM 'persons.csv' CSV HEADER
ANALYZE staged;
`;

/** Creates the persons that are not there. */
export const POSTGRES_CREATE = `BEGIN;
${STAGE}CREATE INDEX ON contact (lower(email));
INSERT INTO change (id, date, "user", comment, origin, parameters)
  SELECT max(id) + 1, to_char(now(), 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'expert', '', 'csv', '{}' FROM change;
WITH made AS (
  INSERT INTO contact (
    id, finalclass, name, status, org_id, email, phone, notify, function, first_name, employee_number, mobile_phone
  )
  SELECT (SELECT coalesce(max(id), 0) FROM contact) + row_number() OVER (),
    'Person', s.name, s.status, o.id, s.email, s.phone, s.notify, s.function, s.first_name, '', ''
  FROM staged AS s JOIN organization AS o ON lower(o.name) = lower(s.organization)
  WHERE NOT EXISTS (SELECT FROM contact AS p WHERE lower(p.email) = lower(s.email))
  RETURNING id
)
INSERT INTO change_op (id, change, class, object_id, operation)
  SELECT (SELECT coalesce(max(id), 0) FROM change_op) + row_number() OVER (), (SELECT max(id) FROM change),
    'Person', id, 'create' FROM made;
COMMIT;
`;

/** Counts the persons that differ from the file. */
export const POSTGRES_COMPARE = `${STAGE}SELECT count(*)
  FROM staged AS s JOIN organization AS o ON lower(o.name) = lower(s.organization)
  JOIN contact AS p ON lower(p.email) = lower(s.email) AND p.finalclass = 'Person'
  WHERE (p.name, p.first_name, p.org_id, p.phone, p.status, p.notify, p.function)
    IS DISTINCT FROM (s.name, s.first_name, o.id, s.phone, s.status, s.notify, s.function);
`;
