/** A database that csvrecon did not make: persons and organisations as the model has them, in a schema that a program of its own would have. */
import { DatabaseSync } from "node:sqlite";

/** The uniqueness rule of the model: others check it as well. */
const PERSONS = `CREATE TABLE person (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, first_name TEXT NOT NULL, email TEXT NOT NULL,
  org_id INTEGER NOT NULL REFERENCES organization (id), phone TEXT,
  status TEXT NOT NULL CHECK (status IN ('active', 'inactive')), notify BOOLEAN NOT NULL, function TEXT,
  employee_number TEXT, UNIQUE (org_id, employee_number)
)`;
const INDEX = "CREATE INDEX person_email ON person (email)";

/** @param path where nothing is @param hasIndex whether persons are found by their e-mail addresses through an index */
export function makeForeignDatabase(path: string, hasIndex: boolean): void {
  const database = new DatabaseSync(path);
  try {
    database.exec("CREATE TABLE organization (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, code TEXT)");
    database.exec(PERSONS);
    if (hasIndex) database.exec(INDEX);
  } finally {
    database.close();
  }
}
