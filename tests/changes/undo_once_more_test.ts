/** What an undo had to leave is taken back by another undo of the same run. */
import { assertEquals } from "@std/assert";
import { ADMIN } from "../helpers/golden_case.ts";
import { type Loading, withModel } from "../helpers/loading.ts";
import { assertExit } from "../helpers/scratch.ts";

const MODEL = {
  name: "staff",
  languages: ["EN US"],
  classes: {
    Person: {
      reconciliation_keys: ["name"],
      attributes: {
        name: { kind: "string", null: false },
        mate: { kind: "external_key", target: "Person", on_delete: "set_null" },
      },
      unique: [{ name: "name", attributes: ["name"] }],
    },
  },
  profiles: [{ id: 1, name: "Administrator", administrator: true }],
};
const FEED = { source: "hr", gone: "delete", gone_limit: "100%" };

async function undo({ scratch, database }: Loading, change: number, exitCode = 0): Promise<void> {
  const params = { db: database, auth_user: ADMIN, auth_pwd: ADMIN, change: String(change) };
  assertExit(
    await scratch.run(["undo", ...Object.entries(params).map(([name, value]) => `--${name}=${value}`)]),
    exitCode,
  );
}

const stored = ({ query }: Loading) => query("SELECT id, name, mate FROM person ORDER BY id");

const HOW = {
  "that went empty before its object went": ["b,a\nc,a\n", ["2 b -", "3 c -", "4 a -"]],
  "of an object that went with its target": ["b,a\n", ["2 b -", "3 c -", "4 a -"]],
} as const;

for (const [how, [mates, left]] of Object.entries(HOW)) {
  Deno.test(`a key ${how}, and that could not be set back at first, is set back by the next undo`, () =>
    withModel(MODEL, async (loading) => {
      await loading.load("Person", "name\na\nb\nc\n", FEED);
      await loading.load("Person", `name,mate->name\n${mates}`);
      const before = stored(loading);
      await loading.load("Person", "name\nc\n", FEED);
      await loading.load("Person", "name\na\n");
      // Somebody else has the name of whom the key means; and still has.
      for (let time = 1; time <= 2; time++) {
        await undo(loading, 3, 1);
        assertEquals(stored(loading), [...left]);
      }
      await undo(loading, 4);
      await undo(loading, 3);
      assertEquals(stored(loading), before);
    }));
}

Deno.test("a key that somebody has emptied since is left to them by the next undo", () =>
  withModel(MODEL, async (loading) => {
    await loading.load("Person", "name\na\nb\nc\n", FEED);
    await loading.load("Person", "name,mate->name\nb,a\n");
    await loading.load("Person", "name\nc\n", FEED);
    await loading.load("Person", "name\na\n");
    await undo(loading, 3, 1);
    await loading.load("Person", "name,mate->name\nb,c\n");
    await loading.load("Person", "name,mate->name\nb,<NULL>\n");
    await undo(loading, 4);
    await undo(loading, 3);
    assertEquals(stored(loading), ["1 a -", "2 b -", "3 c -"]);
  }));
