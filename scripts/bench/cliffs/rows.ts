/** Rows of the cliffs: persons and servers, by their number from 0. */

export const ORGANIZATIONS = 200;
export const PERSON_HEADER = "name,first_name,email,org_id->name,phone,status,notify,function";
export const SERVER_HEADER = "name,org_id->name,status,business_criticity,description,serialnumber,asset_number,cpu";

/** A row of a file. @param percent of the rows that say something else than at first */
export type RowMaker = (row: number, percent: number) => string;

interface PersonCells {
  readonly name?: string;
  readonly first?: string;
  readonly email?: string;
  readonly org?: string;
  readonly job?: string;
  readonly phone?: string;
  readonly status?: string;
}

export function isChanged(row: number, percent: number): boolean {
  return percent > 0 && row % Math.floor(100 / percent) === 0;
}

export function padded(number: number, width: number): string {
  return String(number).padStart(width, "0");
}

/** @param width of its number */
export function organization(number: number, width = 3): string {
  return `Org ${padded(number, width)}`;
}

export function organizationOf(row: number): string {
  return organization(row % ORGANIZATIONS);
}

export function person(row: number, percent = 0, cells: PersonCells = {}): string {
  const job = cells.job ?? (isChanged(row, percent) ? `Director ${row % 3}` : `Engineer, level ${row % 5}`);
  const quoted = [
    cells.name ?? `Last${row}`,
    cells.first ?? `First${row % 997}`,
    cells.email ?? `user${row}@example.com`,
    cells.org ?? organizationOf(row),
    cells.phone ?? `+33 ${padded(row, 9)}`,
  ].map((text) => `"${text}"`).join(",");
  return `${quoted},${cells.status ?? (row % 7 === 0 ? "inactive" : "active")},yes,"${job}"`;
}

export function server(row: number, percent = 0, description = `Machine ${row}`): string {
  const cpu = isChanged(row, percent) ? `${row % 3} sockets` : `${row % 5} cores`;
  return `server${row},${organizationOf(row)},production,high,"${description}",S${row},A${row},${cpu}`;
}

/** @param length of the list */
export function listOf<T>(length: number, make: (index: number) => T): T[] {
  return Array.from({ length }, (_, index) => make(index));
}
