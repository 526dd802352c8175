/** Objects by friendly names in which other objects stand: what indexes find is what is found by going through all objects. */
import { assert, assertEquals } from "@std/assert";
import { ownMapping } from "../../lib/databases/sql/own_layout.ts";
import { atomic, type Database, openDatabase } from "../../lib/databases/sqlite/database.ts";
import { openChangeLog } from "../../lib/databases/sqlite/sqlite_change_log.ts";
import { createObjectSearches, createObjectStore } from "../../lib/databases/sqlite/sqlite_objects.ts";
import { builtInModelText } from "../../lib/model/file/built_in_model.ts";
import { readModel } from "../../lib/model/file/read_model.ts";
import type { Match } from "../../lib/store/objects.ts";
import { preparedWorld } from "../helpers/loading.ts";
import { Random } from "../torture/random.ts";
import { FACTS, queryPlan } from "./small_store.ts";

const reading = readModel(await builtInModelText("itop"));
if (!reading.ok) throw new Error("the built-in model is bad");
const { model } = reading;

const NAMES = ["db", "DB", "db 1", "1", "a", "A b", "b", "É", "é x", "x", "/", "a / b", "İ", "ß", "z\u200b", "\u0301x"];
const FIRST = ["a", "A b", "x", "É", "/"];

const withObjects = preparedWorld(async ({ load, query }) => {
  const random = new Random(3).part("objects");
  const some = (count: number, line: () => string) =>
    `${[...new Set(Array.from({ length: count }, line))].map((row) => `${row}\n`).join("")}`;
  const name = () => `"${random.pick(NAMES)}"`;
  await load("Server", `name,org_id\n${some(12, () => `${name()},${random.int(1, 2)}`)}`);
  const keyed = { reconciliationkeys: "name,system_id" };
  const instance = () => `${name()},1,${random.int(1, 6)}`;
  await load("DBServer", `name,org_id,system_id\n${some(30, instance)}`, keyed);
  await load("WebServer", `name,org_id,system_id\n${some(20, instance)}`, keyed);
  const interfaces = some(30, () => `${name()},${random.int(1, 6)}`);
  await load("PhysicalInterface", `name,connectableci_id\n${interfaces}`, {
    reconciliationkeys: "name,connectableci_id",
  });
  const person = () => `${name()},"${random.pick(FIRST)}",1`;
  await load("Person", `name,first_name,org_id\n${some(20, person)}`, { reconciliationkeys: "name,first_name" });
  await load("Team", `name,org_id\n${some(10, () => `${name()},1`)}`, { reconciliationkeys: "name" });
  const idsOf = (code: string) => query(`SELECT id FROM "view_${code}"`);
  const [persons, teams, cis] = [idsOf("Person"), idsOf("Team"), idsOf("FunctionalCI")];
  const member = () => `${random.pick(persons)},${random.pick(teams)}`;
  await load("lnkPersonToTeam", `person_id,team_id\n${some(30, member)}`, { reconciliationkeys: "person_id,team_id" });
  const contact = () => `${random.pick([...persons, ...teams])},${random.pick(cis)}`;
  const keys = { reconciliationkeys: "contact_id,functionalci_id" };
  await load("lnkContactToFunctionalCI", `contact_id,functionalci_id\n${some(30, contact)}`, keys);
});

interface Searched {
  readonly class: string;
  readonly conditions: readonly string[];
}

const SEARCHES: readonly Searched[] = [
  { class: "DBServer", conditions: ["friendlyname"] },
  { class: "DBServer", conditions: ["name", "friendlyname"] },
  { class: "SoftwareInstance", conditions: ["friendlyname"] },
  { class: "FunctionalCI", conditions: ["friendlyname"] },
  { class: "FunctionalCI", conditions: ["friendlyname", "org_id"] },
  { class: "PhysicalInterface", conditions: ["friendlyname"] },
  { class: "lnkPersonToTeam", conditions: ["friendlyname"] },
  { class: "lnkContactToFunctionalCI", conditions: ["friendlyname"] },
];

async function told(matches: readonly Match[]): Promise<unknown[]> {
  const all: unknown[] = [];
  for (const match of matches) {
    if (match.kind !== "several") all.push(match);
    else all.push({ kind: match.kind, count: await match.count(), first: await match.first(5) });
  }
  return all;
}

/** Names of what is there, and such as are nearly so. */
function keysOf(random: Random, names: readonly string[], width: number, place: number): (string | number)[][] {
  return Array.from({ length: 120 }, () => {
    const known = random.chance(0.8) ? random.pick(names) : `${random.pick(NAMES)} ${random.pick(NAMES)}`;
    const name = random.pick([
      known,
      known,
      known.toUpperCase(),
      known.toLowerCase(),
      ` ${known} `,
      known.normalize("NFD"),
    ]);
    return Array.from(
      { length: width },
      (_, at) => at === place ? name : width === 2 && place === 0 ? 1 : known.split(" ")[0] ?? "",
    );
  });
}

for (const { class: code, conditions } of SEARCHES) {
  Deno.test(`${code} by ${conditions.join(" and ")}: the same with indexes as without`, () =>
    withObjects(async ({ database: path, query }) => {
      const mapping = ownMapping(model);
      const names = query(`SELECT friendlyname FROM "view_${code}"`);
      const traced: string[] = [];
      const database = openDatabase(path, { busyTimeoutSeconds: 0, onStatement: (sql) => traced.push(sql) });
      try {
        await atomic(database, async () => {
          const indexed = createObjectStore(database, mapping, openChangeLog(database, FACTS));
          const plain = createObjectSearches(database, mapping);
          const plan = { class: code, conditions, read: ["friendlyname"], includeHidden: false };
          const random = new Random(17).part(`${code} ${conditions}`);
          const keys = keysOf(random, names, conditions.length, conditions.indexOf("friendlyname"));
          const [one, other] = [indexed.search(plan), plain.search(plan)];
          assertEquals(await told(await one.find(keys)), await told(await other.find(keys)));
          assertEquals(await one.anyFor(keys), await other.anyFor(keys));
          assertEquals(await one.allOf(keys), await other.allOf(keys));
          assertEquals(await one.fewOf(keys, 20), await other.fewOf(keys, 20));
          assertEquals(await one.fewOf(keys, 10_000), await other.fewOf(keys, 10_000));
          assertEquals(await one.all(keys[0] ?? []), await other.all(keys[0] ?? []));
          const found = await other.anyFor(keys);
          assert(found.includes(true) && found.includes(false));
          const keyed = { class: code, conditions, read: [], includeHidden: true };
          traced.length = 0;
          await indexed.search(keyed).find(keys.filter((_, index) => index % 7 === 0));
          assert(traced.length > 0);
          for (const sql of traced.filter((one) => one.includes("json_each"))) {
            assert(!goesThroughAll(database, sql), sql);
          }
        });
      } finally {
        database.close();
      }
    }));
}

/** Whether a statement reads all objects, to find those of any keys. */
function goesThroughAll(database: Database, sql: string): boolean {
  return queryPlan(database, sql, new Array(sql.split("?").length - 1).fill(null)).includes("SCAN t");
}
