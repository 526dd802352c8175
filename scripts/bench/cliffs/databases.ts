/** Databases that steps find. */
import {
  listOf,
  organization,
  organizationOf,
  ORGANIZATIONS,
  person,
  PERSON_HEADER,
  server,
  SERVER_HEADER,
} from "./rows.ts";
import type { RowsOfFile, Workshop } from "./workshop.ts";

/** The name of a database, which is made if it is not there. */
export type Start = (shop: Workshop) => Promise<string>;

export function linesOf(header: string, lines: readonly string[]): RowsOfFile {
  return { header, count: lines.length, row: (index) => lines[index] ?? "" };
}

export function empty(shop: Workshop): Promise<string> {
  return shop.database("empty.db", async (name) => {
    await shop.run(["init", `--db=${name}`, "--admin_user=admin", "--admin_pwd=admin"]);
  });
}

/** @param width of their numbers */
export function organizations(count = ORGANIZATIONS, width = 3): Start {
  const rows = { header: "name,code", count, row: (index: number) => `${organization(index, width)},O${index}` };
  return from(
    `orgs${count}.db`,
    empty,
    (shop, name) => shop.load(name, "Organization", shop.file(`orgs${count}.csv`, rows)),
  );
}

/** What servers refer to. */
export const world: Start = from("world.db", organizations(), async (shop, name) => {
  const load = (code: string, header: string, count: number, line: (index: number) => string) =>
    shop.load(name, code, shop.file(`world ${code}.csv`, linesOf(header, listOf(count, line))));
  await load("Location", "name,org_id->name", 200, (index) => `Site ${index},${organizationOf(index)}`);
  await load("Brand", "name", 50, (index) => `Brand ${index}`);
  await load("Model", "name,brand_id->name,type", 200, (index) => `Model ${index},Brand ${index % 50},Server`);
  await load("OSFamily", "name", 10, (index) => `OS ${index}`);
  await load("OSVersion", "name,osfamily_id->name", 100, (index) => `OS ${index % 10} v${index},OS ${index % 10}`);
});

export function personsFile(shop: Workshop, rows: number, percent = 0): string {
  const all = { header: PERSON_HEADER, count: rows, row: (index: number) => person(index, percent) };
  return shop.file(`persons${rows}_${percent}.csv`, all);
}

export function persons(rows: number): Start {
  return from(`persons${rows}.db`, organizations(), (shop, name) => loadPersons(shop, name, rows));
}

export function personsOfWorld(rows: number): Start {
  return from(`worldpersons${rows}.db`, world, (shop, name) => loadPersons(shop, name, rows));
}

/** Its file is no longer needed then. */
export function millions(count: number): Start {
  return from(`millions${count}.db`, organizations(), async (shop, name) => {
    await loadPersons(shop, name, count);
    shop.removeFile(personsFile(shop, count));
  });
}

export function servers(rows: number): Start {
  const all = { header: SERVER_HEADER, count: rows, row: (index: number) => server(index) };
  return from(
    `servers${rows}.db`,
    world,
    (shop, name) => shop.load(name, "Server", shop.file(`servers${rows}_0.csv`, all), "--reconciliationkeys=name"),
  );
}

/** A database that begins as a copy of another one. */
export function from(name: string, before: Start, fill: (shop: Workshop, name: string) => Promise<void>): Start {
  return (shop) =>
    shop.database(name, async () => {
      shop.copy(await before(shop), name);
      await fill(shop, name);
    });
}

function loadPersons(shop: Workshop, name: string, rows: number): Promise<void> {
  return shop.load(name, "Person", personsFile(shop, rows), "--reconciliationkeys=email");
}
