/** Where a file refers to most objects of a class these are read at once, and mean what they would mean if each were asked for. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { type Loading, withWorld } from "../helpers/loading.ts";
import { Random } from "../torture/random.ts";

const COUNT = 2400;

/** Texts that look alike, or are others than they seem. */
const ODD: readonly string[] = [
  "Zürich",
  "ZÜRICH",
  "Zu\u0308rich",
  "Zurich",
  "Straße",
  "STRASSE",
  "twice",
  "Twice",
  "\u017f",
  "S",
  "[null]",
  "\ufffd",
  "K\u212a",
  "kk",
];

/** As it is, or in one of the ways in which people write it. */
function written(name: string, random: Random): string {
  const ways = [name, name, name, name.toUpperCase(), name.normalize("NFD"), `${name} `, `${name}?`, ""];
  return random.pick(ways);
}

/** Loads rows of a file that has so many of them. @returns what is stored and told, and how often a class was read */
async function loadPersons(
  { scratch, database, objects }: Loading,
  [header = "", ...rows]: readonly string[],
  size: number,
): Promise<{ stored: readonly string[]; told: readonly string[]; readings: number }> {
  const told: string[] = [];
  let readings = 0;
  for (let first = 0; first < rows.length; first += size) {
    scratch.write("persons.csv", [header, ...rows.slice(first, first + size)].join("\n"));
    const login = [`--db=${database}`, "--auth_user=admin", "--auth_pwd=admin", "--no_localize=1", "--output=json"];
    const args = ["--class=Person", "--csvfile=persons.csv", "--reconciliationkeys=name,first_name"];
    const onStatement = (sql: string) => {
      if (sql.includes('CREATE TEMP TABLE "listed')) readings++;
    };
    const { stdout } = await scratch.run([...login, ...args], { onStatement });
    for (const line of stdout.trimEnd().split("\n").slice(0, -1)) {
      const { status, id, messages } = JSON.parse(line);
      told.push(JSON.stringify([status, id, messages]));
    }
  }
  return { stored: objects("Person", "id,name,email,org_id,manager_id"), told, readings };
}

/** Loads the same whole and in pieces, after organisations with these names. @returns how often a class was read at once */
async function readingsOfTheSame(names: readonly string[], persons: readonly string[]): Promise<number> {
  const loadIn = (size: number) =>
    new Promise<Awaited<ReturnType<typeof loadPersons>>>((resolve, reject) => {
      withWorld(async (loading) => {
        const csv = ["name,code", ...names.map((name, index) => `"${name}",${index}`)].join("\n");
        await loading.load("Organization", csv, { reconciliationkeys: "code" });
        resolve(await loadPersons(loading, persons, size));
      }).catch(reject);
    });
  const whole = await loadIn(COUNT);
  const pieces = await loadIn(COUNT / 8);
  assertEquals(pieces.readings, 0);
  assertEquals(whole.told, pieces.told);
  assertEquals(whole.stored, pieces.stored);
  return whole.readings;
}

for (const seed of [1, 2]) {
  Deno.test(`targets that are read at once are those that would be found one by one, ${seed}`, async () => {
    const random = new Random(seed);
    const names = random.shuffled([...ODD, ...Array.from({ length: COUNT }, (_, index) => `Org ${index}`)]);
    const rows = random.shuffled([...names, ...ODD, ...ODD]).slice(0, COUNT)
      .map((name, row) => `Last${row},First,"${written(name, random)}"`);
    assertEquals(await readingsOfTheSame(names, ["name,first_name,org_id->name", ...rows]), 1);
  });
}

Deno.test("what rows write of the class that they refer to is known to the rows behind them", async () => {
  const random = new Random(3);
  // The second half refers to the first, and now and then writes the same address once more.
  const half = COUNT / 2;
  const rows = Array.from({ length: COUNT }, (_, row) => {
    const email = row > half + 600 && random.chance(0.05)
      ? `User${random.int(0, half)}@example.com`
      : `user${row}@example.com`;
    return `Last${row},First,${email},My Company/Department,${
      row < half ? "" : `user${random.int(0, half)}@example.com`
    }`;
  });
  await readingsOfTheSame([], ["name,first_name,email,org_id->name,manager_id->email", ...rows]);
});

Deno.test("a name that another program has written as bytes is nobody's, and stands in nobody's way", async () => {
  await withWorld(async (loading) => {
    const names = Array.from({ length: COUNT }, (_, index) => `Org ${index}`);
    await loading.load("Organization", ["name,code", ...names.map((name, index) => `${name},${index}`)].join("\n"));
    const other = new DatabaseSync(loading.database);
    other.exec("UPDATE organization SET name = CAST(name AS BLOB) WHERE name = 'Org 7'");
    other.close();
    const persons = names.map((name, row) => `Last${row},First,${name}`);
    const { told, readings } = await loadPersons(loading, ["name,first_name,org_id->name", ...persons], COUNT);
    assertEquals(readings, 1);
    const inError = told.filter((row) => !row.startsWith('["created"'));
    assertEquals(inError.length, 1);
    assertStringIncludes(inError[0] ?? "", "No match for value 'Org 7'");
  });
});
