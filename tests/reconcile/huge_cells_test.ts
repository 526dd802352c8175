/** Cells far beyond what an attribute takes: in error, and soon. */
import { assert, assertEquals } from "@std/assert";
import { type Loading, withModel, withWorld } from "../helpers/loading.ts";
import { processorSeconds } from "../helpers/processor_time.ts";

const MEBI = 1024 * 1024;
const TOO_LONG = "String too long (found";

async function assertTooLong({ load }: Loading, cell: string): Promise<void> {
  const { rows } = await load("Organization", `name,code\n"${cell}",A\nB,"${cell}"\nC,C\n`);
  assertEquals(rows.map((row) => [row.startsWith("rejected: "), row.includes(TOO_LONG)]), [
    [true, true],
    [true, true],
    [false, false],
  ]);
}

Deno.test("keys of 2 MiB are in error without a search for them", () =>
  withWorld(async ({ print }) => {
    // Six times as long in JSON.
    const row = `,"${"\u0001".repeat(2 * MEBI)}"\n`;
    const csv = `name,code\n${Array.from({ length: 10 }, (_, index) => `R${index}${row}`).join("")}`;
    assert(
      await processorSeconds(async () => {
        assertEquals((await print("Organization", csv, { output: "retcode" })).stdout.trim(), "10");
      }) < 10,
    );
  }));

Deno.test("a million blanks within a key take no longer than other characters", () =>
  withWorld(async (loading) => {
    assert(await processorSeconds(() => assertTooLong(loading, `a${" ".repeat(MEBI)}b `)) < 5);
    const csv = `name,code,org_id->name\nL,L,"a${" ".repeat(MEBI)}b "\n`;
    assert(
      await processorSeconds(async () => void await loading.load("Location", csv.replaceAll(",code", ",city"))) < 5,
    );
  }));

Deno.test("a text that is as long as its attribute allows is found, characters of two units too", () =>
  withWorld(async ({ load }) => {
    const csv = `name,code\n${"😀".repeat(255)},${"x".repeat(255)}\n`;
    assertEquals((await load("Organization", csv)).rows, ["created Organization 2"]);
    assertEquals((await load("Organization", csv)).rows, ["unchanged Organization 2"]);
  }));

Deno.test("a number of 15 million digits is no number, and told in time", () => {
  const attributes = { name: { kind: "string", null: false }, price: { kind: "decimal", digits: 8, decimals: 2 } };
  return withModel({ name: "prices", classes: { A: { attributes } } }, async ({ load }) => {
    const csv = `name,price\nA,${"9".repeat(15 * MEBI)}\nB,1.50\n`;
    assert(
      await processorSeconds(async () => {
        const { rows } = await load("A", csv, { reconciliationkeys: "name" });
        assertEquals(rows.map((row) => row.slice(0, 10)), ["rejected: ", "created A "]);
      }) < 10,
    );
  });
});
