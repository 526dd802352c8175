/** How often a file with `second_pass` is read anew, where rows in error have kept others from their values. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type Loading, withModel } from "../helpers/loading.ts";
import { assertExit } from "../helpers/scratch.ts";
import { feedFile } from "./feed_world.ts";

const MODEL = {
  name: "attempts",
  languages: ["EN US"],
  classes: {
    Box: {
      reconciliation_keys: ["code"],
      unique: [
        { name: "serial", attributes: ["serial"], unless_empty: ["serial"] },
        { name: "sibling", attributes: ["within", "name"], unless_empty: ["name"] },
      ],
      attributes: {
        code: { kind: "string", null: false },
        name: { kind: "string" },
        serial: { kind: "string" },
        within: { kind: "external_key", target: "Box" },
      },
    },
  },
};
const WITHIN = { second_pass: "within" };

/** Rows of so many boxes with one serial. @param rest what stands behind the serial */
function oneSerial(count: number, rest: string, last = ""): string {
  const rows = Array.from({ length: count }, (_, index) => `c${index},TBD,${rest}\n`);
  return `code,serial,within->code,name\n${rows.join("")}${last}`;
}

/** How many readings began. */
async function readingsOf(loading: Loading, csv: string): Promise<number> {
  const statements: string[] = [];
  const around = { onStatement: (sql: string) => statements.push(sql) };
  assertExit(await feedFile(loading, "Box", csv, WITHIN, around), 1);
  return statements.filter((sql) => sql === "SAVEPOINT part").length;
}

Deno.test("rows in error that want one value take no reading each, and the first one without another mistake gets it", () =>
  withModel(MODEL, async (loading) => {
    const readings = await readingsOf(loading, oneSerial(50, "nobody,", "good,TBD,,\n"));
    assert(readings > 1 && readings <= 4, `${readings} readings`);
    assertEquals(loading.objects("Box", "code,serial"), ["good,TBD"]);
    const { rows } = await loading.load("Box", oneSerial(2, "nobody,", "other,TBD,,\n"), WITHIN);
    assertEquals(rows.map((row) => row.includes("No match for value 'nobody'")), [true, true, false]);
    assertStringIncludes(rows[2] ?? "", "Another Box has the same serial");
  }));

Deno.test("what a row looks for may be there when others are out of its way", () =>
  withModel(MODEL, async ({ load, objects }) => {
    const csv = "code,serial,within->code,name\na,1,nobody,\nb,2,nobody,\nc,1,d,\nd,2,,\ne,,c,\n";
    const { rows } = await load("Box", csv, WITHIN);
    assertEquals(rows.map((row) => row.split(" ")[0]), ["rejected:", "rejected:", "created", "created", "created"]);
    assertEquals(objects("Box", "code,serial"), ["c,1", "d,2", "e,"]);
  }));

Deno.test("rows that refer to each other load when the row is in error that had the serial of one of them, in any order", () =>
  withModel(MODEL, async ({ load }) => {
    const [bad, one, other, third] = ["bad,7,nobody,", "a,7,b,", "b,,A,", "c,,a,"];
    for (const rows of [[bad, one, other, third], [other, third, bad, one], [third, one, bad, other]]) {
      const csv = `code,serial,within->code,name\n${rows.join("\n")}\n`;
      const told = await load("Box", csv, { ...WITHIN, simulate: "1" });
      const rejected = rows.filter((_, index) => told.rows[index]?.startsWith("rejected"));
      assertEquals(rejected, [bad]);
    }
  }));

Deno.test("a row that refers to itself loads when the row is in error that had its serial", () =>
  withModel(MODEL, async ({ load, objects }) => {
    const csv = "code,serial,within->code,name\nbad,7,nobody,\na,7,a,\nwrong,7,bad,\n";
    const { rows } = await load("Box", csv, WITHIN);
    assertEquals(rows.map((row) => row.split(" ")[0]), ["rejected:", "created", "rejected:"]);
    assertEquals(objects("Box", "code,serial"), ["a,7"]);
  }));

Deno.test("a file whose rows are in each other's way without end is refused, and nothing of it is written", () =>
  withModel(MODEL, async (loading) => {
    await loading.load("Box", "code,within->code,name\nshelf,,\nx,shelf,X\n", WITHIN);
    const before = loading.everything();
    const run = await feedFile(loading, "Box", oneSerial(120, "shelf,X"), WITHIN);
    assertExit(run, 65);
    assertStringIncludes(run.stderr, "the file was read 100 times, and each time other rows were in error");
    assertEquals(loading.everything(), before);
  }));
