/** Reconciliation keys of all sorts. */
import type { Cliff } from "./cliff.ts";
import { from, linesOf, organizations, persons, personsFile, servers, world } from "./databases.ts";
import { personCliff } from "./person_cliffs.ts";
import { isChanged, organizationOf, person, PERSON_HEADER } from "./rows.ts";
import { oneImport, personSteps, TWO } from "./steps.ts";
import type { Workshop } from "./workshop.ts";

const byKeys = (keys: string): readonly string[] => ["--class=Person", `--reconciliationkeys=${keys}`];
const FEW_NAMES = (i: number, p: number) =>
  person(i, p, { name: `Name${i % 100}`, first: `First${Math.floor(i / 100)}` });
const DB_HEADER = "name,org_id->name,system_id->name,status,path";
const DB_SERVER = ["--class=DBServer", "--reconciliationkeys=name"];

export const KEY_CLIFFS: readonly Cliff[] = [
  personCliff({ name: "key_name_first", about: "key: name and first_name", args: byKeys("name,first_name") }),
  personCliff({
    name: "key_name_org",
    about: "key: name and, through an external key, org_id->name",
    args: byKeys("name,org_id->name"),
  }),
  personCliff({
    name: "key_default",
    about: "no key is named: name, first_name, org_id, email",
    args: ["--class=Person"],
  }),
  personCliff({
    name: "key_friendlyname",
    about: "key: friendlyname",
    rows: 50_000,
    args: byKeys("friendlyname"),
    header: `${PERSON_HEADER},friendlyname`,
    row: (i, p) => `${person(i, p)},"First${i % 997} Last${i}"`,
  }),
  personCliff({
    name: "key_blanks",
    about: "every key cell ends in blanks, in quotes: looked for again without",
    args: byKeys("name"),
    row: (i, p) => person(i, p, { name: `Last${i}   ` }),
  }),
  personCliff({
    name: "key_two_few_first",
    about: "key: name and first_name, 100 different names",
    args: byKeys("name,first_name"),
    row: FEW_NAMES,
  }),
  personCliff({
    name: "key_other_index",
    about: "key: name and first_name, 100 different names, and an index on the name from an earlier run",
    rows: 20_000,
    row: FEW_NAMES,
    args: byKeys("name,first_name"),
    start: from("name_index.db", organizations(), (shop, name) => {
      const file = shop.file("one.csv", linesOf(PERSON_HEADER, [person(10_000_000)]));
      return shop.load(name, "Person", file, "--reconciliationkeys=name");
    }),
    kinds: TWO,
  }),
  {
    name: "key_new_index",
    about: "unchanged by a key (phone) that has no index at first",
    rows: 100_000,
    limit: 1.5,
    steps: (rows) => [
      oneImport(rows, {
        name: "unchanged",
        start: persons(rows),
        args: byKeys("phone"),
        file: (shop) => personsFile(shop, rows),
      }),
    ],
  },
  {
    name: "key_id",
    about: "key: id",
    rows: 100_000,
    limit: 1.5,
    steps: (rows) =>
      ([["unchanged", 0], ["upd10", 10]] as const).map(([name, percent]) =>
        oneImport(rows, {
          name,
          start: persons(rows),
          args: byKeys("id"),
          file: (shop) => withIds(shop, rows, percent),
        })
      ),
  },
  {
    name: "parent_class",
    about: "class FunctionalCI: the parent class, matching servers",
    rows: 100_000,
    limit: 1.5,
    steps: (rows) =>
      ([["unchanged", 0], ["upd10", 10]] as const).map(([name, percent]) =>
        oneImport(rows, {
          name,
          start: servers(rows),
          args: ["--class=FunctionalCI", "--reconciliationkeys=name"],
          file: (shop) => items(shop, rows, percent),
        })
      ),
  },
  {
    name: "dbserver",
    about: "database servers: system_id->name is of the own root class",
    rows: 50_000,
    limit: 1.5,
    steps: (rows) =>
      personSteps("dbserver", rows, {
        header: DB_HEADER,
        args: DB_SERVER,
        row: (i, p) => `db${i},${organizationOf(i)},server${i},active,/${isChanged(i, p) ? "x" : "y"}${i}`,
        start: servers(rows),
      }),
  },
  personCliff({
    name: "interfaces",
    about: "interfaces of 25,000 servers: key name and connectableci_id->name, four each, sorted",
    rows: 10_000,
    header: "name,connectableci_id->name,ipaddress,macaddress,comment",
    args: ["--class=PhysicalInterface", "--reconciliationkeys=name,connectableci_id->name"],
    row: (i, p) => `eth${i % 4},server${Math.floor(i / 4)},${address(i)},00:${i},${isChanged(i, p) ? "x" : "y"}`,
    start: servers(25_000),
  }),
  personCliff({
    name: "target_friendlyname",
    about: "database servers whose system_id->friendlyname is given, among 20,000 servers",
    rows: 1_000,
    header: DB_HEADER.replace("system_id->name", "system_id->friendlyname"),
    args: DB_SERVER,
    row: (i) => `db${i},${organizationOf(i)},server${i},active,/y${i}`,
    start: servers(20_000),
    kinds: TWO,
  }),
  personCliff({
    name: "key_friendlyname_no_index",
    about: "database servers by their friendlyname, which goes through an external key, among 20,000 servers",
    rows: 1_000,
    header: `${DB_HEADER},friendlyname`,
    args: ["--class=DBServer", "--reconciliationkeys=friendlyname"],
    row: (i) => `db${i},${organizationOf(i)},server${i},active,/y${i},db${i} server${i}`,
    start: servers(20_000),
    kinds: TWO,
  }),
  {
    name: "key_external_field",
    about: "key: name and an external field that is no other column, location_id_friendlyname, unchanged",
    rows: 50_000,
    limit: 1.5,
    steps: (rows) => [
      oneImport(rows, {
        name: "unchanged",
        start: from(
          `fieldpersons${rows}.db`,
          world,
          (shop, name) =>
            shop.load(name, "Person", located(shop, rows, "location_id->name"), "--reconciliationkeys=email"),
        ),
        args: byKeys("name,location_id_friendlyname"),
        file: (shop) => located(shop, rows, "location_id_friendlyname"),
      }),
    ],
  },
];

function withIds(shop: Workshop, rows: number, percent: number): string {
  const row = (i: number) => `${i + 1},${person(i, percent)}`;
  return shop.file(`byid${rows}_${percent}.csv`, { header: `id,${PERSON_HEADER}`, count: rows, row });
}

function items(shop: Workshop, rows: number, percent: number): string {
  const header = "name,org_id->name,business_criticity,description";
  const row = (i: number) => `server${i},${organizationOf(i)},high,${isChanged(i, percent) ? "Other" : "Machine"} ${i}`;
  return shop.file(`cis${rows}_${percent}.csv`, { header, count: rows, row });
}

function located(shop: Workshop, rows: number, column: string): string {
  const row = (i: number) => `${person(i)},Site ${i % 200}`;
  return shop.file(`${column.replaceAll(/\W/g, "_")}${rows}.csv`, {
    header: `${PERSON_HEADER},${column}`,
    count: rows,
    row,
  });
}

function address(row: number): string {
  return `10.${Math.floor(row / 65536)}.${Math.floor(row / 256) % 256}.${row % 256}`;
}
