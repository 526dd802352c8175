/** Whoever an undo has to leave keeps those to whom it refers, whatever their deletion would do to it. */
import { assertEquals } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { ADMIN } from "../helpers/golden_case.ts";
import { type Loading, withModel } from "../helpers/loading.ts";
import { lines } from "../helpers/our_report.ts";
import { assertExit } from "../helpers/scratch.ts";

const NAME = { kind: "string", null: false };
const key = (target: string, onDelete: string) => ({ kind: "external_key", target, on_delete: onDelete });
const KEYS = {
  name: NAME,
  c: key("Box", "cascade"),
  n: key("Box", "set_null"),
  r: key("Box", "restrict"),
};

const MODEL = {
  name: "boxes",
  languages: ["EN US"],
  classes: {
    Box: { reconciliation_keys: ["name"], attributes: KEYS },
    Crate: { parent: "Box", attributes: {} },
    Lid: { reconciliation_keys: ["name"], attributes: KEYS },
  },
  profiles: [{ id: 1, name: "Administrator", administrator: true }],
};

/** What is left and deleted, and that the objects and the counts agree with it. */
async function undone({ scratch, database }: Loading, change: number, exitCode: number): Promise<string[]> {
  const params = { db: database, auth_user: ADMIN, auth_pwd: ADMIN, change: String(change), output: "details" };
  const before = numberOfObjects(database);
  const run = await scratch.run(["undo", ...Object.entries(params).map(([name, value]) => `--${name}=${value}`)]);
  assertExit(run, exitCode);
  const told = lines(run.stdout).filter((line) => line.startsWith("  ")).map((line) => line.trim());
  assertEquals(numberOfObjects(database), before - told.filter((line) => line.endsWith(": deleted")).length);
  return told.sort();
}

function numberOfObjects(database: string): number {
  const opened = new DatabaseSync(database, { readOnly: true });
  try {
    return Number(opened.prepare("SELECT (SELECT count(*) FROM box) + (SELECT count(*) FROM lid) AS n").get()?.["n"]);
  } finally {
    opened.close();
  }
}

const stays = (object: string, by: string, attribute: string) =>
  `${object}: its creation cannot be taken back: ${by} refers to it (${attribute})`;

for (const [attribute, later] of ["c", "n", "r"].flatMap((one) => ["c", "n", "r"].map((two) => [one, two] as const))) {
  Deno.test(`undo: an object that stays keeps what its key ${attribute} refers to, when ${later} keeps it`, () =>
    withModel(MODEL, async (loading) => {
      await loading.load("Box", `name,${attribute}->name\nother,\nb,\na,b\n`);
      await loading.load("Box", `name,${later}->name\nx,a\n`);
      assertEquals(
        await undone(loading, 1, 1),
        ["Box::1: deleted", stays("Box::2", "Box::3", attribute), stays("Box::3", "Box::4", later)],
      );
      assertEquals(loading.objects("Box", `name,${attribute}`).slice(0, 2), ["b,0", "a,2"]);
      assertEquals(loading.objects("Box", `name,${later}`).slice(2), ["x,3"]);
    }));
}

Deno.test("undo: a chain stays whole behind its last object", () =>
  withModel(MODEL, async (loading) => {
    await loading.load("Box", "name,c->name,n->name\na,,\nb,a,\nc,,b\nd,c,\nalone,,\n");
    await loading.load("Box", "name,r->name\nx,d\n");
    assertEquals(await undone(loading, 1, 1), [
      stays("Box::1", "Box::2", "c"),
      stays("Box::2", "Box::3", "n"),
      stays("Box::3", "Box::4", "c"),
      stays("Box::4", "Box::6", "r"),
      "Box::5: deleted",
    ]);
    assertEquals(loading.objects("Box", "name,c,n"), ["a,0,0", "b,1,0", "c,0,2", "d,3,0", "x,0,0"]);
    assertExit(await loading.print("Box", "name,r->name\nx,\n"), 0);
    assertEquals((await undone(loading, 1, 0)).length, 4);
  }));

Deno.test("undo: objects of other classes that stay keep what they refer to", () =>
  withModel(MODEL, async (loading) => {
    await loading.load("Box", "name\na\nb\n");
    await loading.load("Crate", "name,c->name\nc,a\nd,\n");
    await loading.load("Crate", "name,n->name\ne,c\n");
    await loading.load("Lid", "name,r->name\nl,b\nm,e\n");
    assertEquals(await undone(loading, 3, 1), [stays("Crate::5", "Lid::2", "r")]);
    assertEquals(await undone(loading, 2, 1), [stays("Crate::3", "Crate::5", "n"), "Crate::4: deleted"]);
    assertEquals(await undone(loading, 1, 1), [stays("Box::1", "Crate::3", "c"), stays("Box::2", "Lid::1", "r")]);
    assertEquals(loading.objects("Box", "name,c,n"), ["a,0,0", "b,0,0", "c,1,0", "e,0,3"]);
    assertEquals(loading.objects("Lid", "name,r"), ["l,2", "m,5"]);
  }));

Deno.test("undo: what the database refuses to delete keeps what it refers to", () =>
  withModel(MODEL, async (loading) => {
    await loading.load("Box", "name,c->name,n->name,r->name\na,,,\nb,,,\nc,,,\nkept,a,b,c\nd,,,\n");
    const opened = new DatabaseSync(loading.database);
    opened.exec(
      "CREATE TRIGGER keeps BEFORE DELETE ON box WHEN OLD.name = 'kept' BEGIN SELECT RAISE(ABORT, 'kept'); END",
    );
    opened.close();
    const [a, b, c, kept, d] = await undone(loading, 1, 1);
    assertEquals([a, b, c, d], [
      stays("Box::1", "Box::4", "c"),
      stays("Box::2", "Box::4", "n"),
      stays("Box::3", "Box::4", "r"),
      "Box::5: deleted",
    ]);
    assertEquals(kept?.startsWith("Box::4: its creation cannot be taken back: the database refused it"), true);
    assertEquals(loading.objects("Box", "name,c,n,r"), ["a,0,0,0", "b,0,0,0", "c,0,0,0", "kept,1,2,3"]);
  }));
