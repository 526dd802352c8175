/** Rows whose keys are all empty have nothing that identifies an object: they never change one (SPEC 14; faults 01, 02). */
import { assertEquals } from "@std/assert";
import { type Loading, withModel, withWorld } from "../helpers/loading.ts";

function withoutKeys(...keys: string[]): string {
  return `the reconciliation keys are empty (${
    keys.map((key) => `'${key}'`).join(", ")
  }), and an object without any is ` +
    "there already: without a key no object is changed. Fill a key, or name other columns with reconciliationkeys";
}

const PEOPLE = {
  name: "people",
  languages: ["EN US"],
  classes: {
    Person: {
      reconciliation_keys: ["email"],
      attributes: {
        email: { kind: "email", labels: { "EN US": "Email" } },
        name: { kind: "string", labels: { "EN US": "Name" } },
        phone: { kind: "string", labels: { "EN US": "Phone" } },
        badge: { kind: "integer" },
        boss: { kind: "external_key", target: "Person" },
      },
    },
  },
  profiles: [{ id: 1, name: "Administrator", administrator: true }],
};

/** Loads a file twice. @returns the rows, which are the same the second time but for those that were created */
async function twice(
  { load }: Loading,
  csv: string,
  params: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const { rows } = await load("Person", csv, params);
  const again = await load("Person", csv, params);
  assertEquals(again.rows, rows.map((row) => row.replace(/^created/, "unchanged")));
  return rows;
}

Deno.test("fault 01: the file of the next night does not take over whom the first one made without a key", () =>
  withModel(PEOPLE, async ({ load, objects }) => {
    const params = { no_localize: "0" };
    await load("Person", "Email,Name,Phone\n,Ann,111\nbob@example.org,Bob,222\n", params);
    const { rows, run } = await load("Person", "Email,Name,Phone\n,Carl,333\nbob@example.org,Bob,222\n", params);
    assertEquals(rows, [`rejected Person 1: ${withoutKeys("Email")}`, "unchanged Person 2"]);
    assertEquals(run.exitCode, 1);
    assertEquals(objects("Person", "name,phone"), ["Ann,111", "Bob,222"]);
  }));

for (const twins of ["error", "last"]) {
  Deno.test(`keys of every kind, twins=${twins}: text, number, external key, several, blanks and <NULL>`, () =>
    withModel(PEOPLE, async (loading) => {
      const by = (reconciliationkeys: string) => ({ reconciliationkeys, twins });
      assertEquals(await twice(loading, "email,name\n,Ann\n,Ann\n,Bob\n<NULL>,Bob\n", by("email")), [
        "created Person 1",
        "unchanged Person 1",
        `rejected Person 1: ${withoutKeys("email")}`,
        `rejected Person 1: ${withoutKeys("email")}`,
      ]);
      assertEquals(await twice(loading, 'phone,name\n"  ",Bob\n', by("phone")), [
        `rejected Person 1: ${withoutKeys("phone")}`,
      ]);
      assertEquals(await twice(loading, "badge,name\n,Cid\n<NULL>,Ann\n", by("badge")), [
        // A number that is missing is no key at all (SPEC 5).
        "rejected: failed to reconcile",
        "rejected: failed to reconcile",
      ]);
      assertEquals(await twice(loading, "boss->email,boss->name,name\n,,Cid\n", by("boss")), [
        `rejected Person 1: ${withoutKeys("boss->email", "boss->name")}`,
      ]);
      assertEquals(await twice(loading, "email,phone,name\n,,Cid\n,7,Dan\n", by("email,phone")), [
        `rejected Person 1: ${withoutKeys("email", "phone")}`,
        "created Person 2",
      ]);
      assertEquals(loading.objects("Person", "id,name"), ["1,Ann", "2,Dan"]);
    }));
}

Deno.test("a simulation tells the same, of an object that it would create too", () =>
  withModel(PEOPLE, async ({ load, objects }) => {
    const csv = "email,name\n,Ann\n,Bob\n,Ann\n";
    const expected = (id: number) => [
      `created Person ${id}`,
      `rejected Person ${id}: ${withoutKeys("email")}`,
      `unchanged Person ${id}`,
    ];
    assertEquals((await load("Person", csv, { simulate: "1" })).rows, expected(0));
    assertEquals(objects("Person", "id"), []);
    assertEquals((await load("Person", csv)).rows, expected(1));
  }));

Deno.test("several objects without a key: nobody knows which one is meant", () =>
  withWorld(async ({ load }) => {
    await load("Organization", "name,code\nA,\nB,\n", { reconciliationkeys: "name" });
    const { rows } = await load("Organization", "name,code\nA,\n", { reconciliationkeys: "code" });
    assertEquals(rows.map((row) => row.startsWith("rejected: ambiguous reconciliation")), [true]);
  }));

Deno.test("JSON names the keys", () =>
  withModel(PEOPLE, async ({ load }) => {
    const { run } = await load("Person", "email,name\n,Ann\n,Bob\n");
    const [message] = JSON.parse(run.stdout.split("\n")[1] ?? "").messages;
    assertEquals([message.kind, message.keys], ["empty_keys", ["email"]]);
  }));
