/** The file of passwords that all programs for PostgreSQL share (https://www.postgresql.org/docs/current/libpq-pgpass.html). */
import { EXIT, RunStop } from "../errors.ts";
import { addressProblem } from "../messages/server_address.ts";
import type { WorkingFolder } from "../working_folder.ts";
import type { AddressProblem } from "./address_problem.ts";
import { isSocket, type PostgresAddress } from "./postgres_address.ts";
import { readableByOthers, readText } from "./secret_file.ts";

/** For whom a password is looked for. */
export type Account = Pick<PostgresAddress, "host" | "port" | "database" | "user">;

/**
 * The password of the first line that fits; null: none does.
 * @param isNamed whether somebody has named the file: else it need not be there
 * @throws RunStop 78 when others may read the file, or nobody can
 */
export async function passwordFrom(
  file: string,
  isNamed: boolean,
  account: Account,
  at: WorkingFolder,
): Promise<string | null> {
  const read = await readText(file, "password_file", at, isNamed);
  if (!read.ok) throw stop(read.problem);
  if (read.text === "") return null;
  const problem = readableByOthers(file, "password_file", at);
  if (problem !== null) throw stop(problem);
  for (const line of read.text.split(/\r?\n/)) {
    if (line.startsWith("#")) continue;
    const password = passwordOf(line, account);
    if (password !== null) return password;
  }
  return null;
}

function stop(problem: AddressProblem): RunStop {
  return new RunStop(EXIT.databaseNotUsable, [addressProblem(problem)]);
}

/** Null: the line is for others, or no line of a password. */
function passwordOf(line: string, account: Account): string | null {
  const fields = fieldsOf(line);
  if (fields.length < 5) return null;
  const [host, port, database, user] = fields;
  const fits = fitsHost(host, account) && equals(port, String(account.port)) && equals(database, account.database) &&
    equals(user, account.user);
  return fits ? fields.slice(4).join(":") : null;
}

const equals = (field: string | undefined, value: string) => field === "*" || field === value;

function fitsHost(field: string | undefined, account: Account): boolean {
  return equals(field, account.host) || (isSocket(account) && field === "localhost");
}

/** A backslash makes the next character one of the field. */
function fieldsOf(line: string): readonly string[] {
  const fields: string[] = [];
  let field = "";
  for (let at = 0; at < line.length; at++) {
    if (line[at] === ":") {
      fields.push(field);
      field = "";
      continue;
    }
    if (line[at] === "\\" && at + 1 < line.length) at++;
    field += line[at] ?? "";
  }
  return [...fields, field];
}
