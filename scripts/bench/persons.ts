/** The files that are loaded: persons of 200 organisations, the same ones each time, about 100 bytes a row. */

export const ORGANIZATIONS = 200;
const WRITTEN_AT_ONCE = 1_000_000;

export const PERSON_COLUMNS = "name,first_name,email,org_id->name,phone,status,notify,function";

/** A kind of file: its header, and each row by its number, from 0. */
export interface FileOfRows {
  readonly header: string;
  /** @param count how many there are */
  readonly row: (row: number, count: number) => string;
}

function organizationName(number: number): string {
  return `Org ${String(number).padStart(3, "0")}`;
}

/** The organisation of a row, where there are 200 of them. */
function organizationOf(row: number): string {
  return organizationName(row % ORGANIZATIONS);
}

interface Person {
  readonly name?: string;
  readonly firstName?: string;
  readonly organization?: string;
  readonly job?: string;
}

function person(row: number, { name, firstName, organization, job }: Person = {}): string {
  const status = row % 7 === 0 ? "inactive" : "active";
  return `"${name ?? `Last${row}`}","${firstName ?? `First${row % 997}`}","user${row}@example.com",` +
    `"${organization ?? organizationOf(row)}","+33 ${String(row).padStart(9, "0")}",${status},yes,` +
    `"${job ?? `Engineer, level ${row % 5}`}"`;
}

/** How many persons report to each manager. */
const SPAN = 8;

/** The first person has no manager, and every other one has a person of a smaller number. */
function managed(row: number): string {
  const manager = row === 0 ? "" : `user${Math.floor((row - 1) / SPAN)}@example.com`;
  return `${person(row)},${manager}`;
}

/** Two persons for each team, whom the file of persons has. */
function team(row: number): string {
  const members = [2 * row, 2 * row + 1].map((index) => `person_id->email:user${index}@example.com`).join("|");
  return `"Team ${row}","${organizationOf(row)}","${members}"`;
}

export const PERSONS: FileOfRows = { header: PERSON_COLUMNS, row: (row) => person(row) };

/** Every tenth person has another function. */
export const CHANGED: FileOfRows = {
  header: PERSON_COLUMNS,
  row: (row) => person(row, row % 10 === 0 ? { job: "Director" } : {}),
};

/** Every fiftieth person is of an organisation that is not there. */
export const WITH_ERRORS: FileOfRows = {
  header: PERSON_COLUMNS,
  row: (row) => person(row, row % 50 === 0 ? { organization: "No such organisation" } : {}),
};

/** Every hundredth one. */
export const WITH_FEW_ERRORS: FileOfRows = {
  header: PERSON_COLUMNS,
  row: (row) => person(row, row % 100 === 0 ? { organization: "No such organisation" } : {}),
};

/** With letters beyond ASCII, all of which WINDOWS-1252 has. */
export const ACCENTED: FileOfRows = {
  header: PERSON_COLUMNS,
  row: (row) => person(row, { firstName: `Éloïse${row % 997}`, job: "Ingénieur, niveau élevé" }),
};

/** Each with a name that no other has, beyond ASCII. */
export const WITH_ACCENTED_NAME: FileOfRows = {
  header: PERSON_COLUMNS,
  row: (row) => person(row, { name: `Lésť${row}` }),
};

/** With a second external key. */
export const WITH_LOCATION: FileOfRows = {
  header: `${PERSON_COLUMNS},location_id->name`,
  row: (row) => `${person(row)},"Site ${row % ORGANIZATIONS}"`,
};

/** With a value to which a uniqueness rule of the model says something. */
export const WITH_EMPLOYEE_NUMBER: FileOfRows = {
  header: `${PERSON_COLUMNS},employee_number`,
  row: (row) => `${person(row)},E${row}`,
};

/** Managers stand above those who report to them: the file loads in one pass. */
export const MANAGERS_ABOVE: FileOfRows = { header: `${PERSON_COLUMNS},manager_id->email`, row: managed };

/** The same rows in an order that has nothing to do with who manages whom. */
export const MANAGERS_ANYWHERE: FileOfRows = {
  header: MANAGERS_ABOVE.header,
  row: (row, count) => managed(scattered(row, count)),
};

/** Each person refers to another organisation. */
export const OF_MANY_ORGANIZATIONS: FileOfRows = {
  header: PERSON_COLUMNS,
  row: (row) => person(row, { organization: organizationName(row) }),
};

/** The same persons, who refer to 200 organisations in turn. */
export const OF_FEW_ORGANIZATIONS: FileOfRows = { header: PERSON_COLUMNS, row: (row) => person(row) };

export const MANY_ORGANIZATIONS: FileOfRows = { header: "name,code", row: organization };

export const TEAMS: FileOfRows = { header: "name,org_id->name,persons_list", row: team };

/** Puts the numbers below a count into another order, always the same one: no two have one place, and neighbours stand far apart. */
export function scattered(number: number, count: number): number {
  const bits = Math.max(2, Math.ceil(Math.log2(count)));
  const mask = 2 ** bits - 1;
  let place = number;
  do {
    for (const factor of [0x2c1b3c6d, 0x297a2d39, 0x1b56c4e9]) {
      place = Math.imul(place, factor) & mask;
      place ^= place >>> Math.ceil(bits / 2);
    }
  } while (place >= count);
  return place;
}

export function organizations(): string {
  return textOf("name,code", organization);
}

export function locations(): string {
  return textOf("name,org_id->name", (row) => `Site ${row},${organizationOf(row)}`);
}

function organization(row: number): string {
  return `${organizationName(row)},O${row}`;
}

function textOf(header: string, row: (row: number) => string): string {
  return [header, ...Array.from({ length: ORGANIZATIONS }, (_, index) => row(index))].join("\n") + "\n";
}

/** @param charset `latin1` is WINDOWS-1252 for the letters of `ACCENTED` */
export function writeRows(path: string, { header, row }: FileOfRows, count: number, charset: "utf8" | "latin1"): void {
  using file = Deno.openSync(path, { write: true, create: true, truncate: true });
  let text = header + "\n";
  for (let index = 0; index < count; index++) {
    text += row(index, count) + "\n";
    if (text.length < WRITTEN_AT_ONCE && index < count - 1) continue;
    // A write to a file takes all of it.
    file.writeSync(charset === "utf8" ? new TextEncoder().encode(text) : latin1(text));
    text = "";
  }
}

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
