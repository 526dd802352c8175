import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { readModel } from "../../lib/model/file/read_model.ts";
import { withModel } from "../helpers/loading.ts";
import { assertExit, withScratch } from "../helpers/scratch.ts";

const NAME = { name: { kind: "string", null: false } };

function attributes(count: number, prefix = "a"): Record<string, unknown> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [prefix + index, { kind: "string" }]));
}

function mistakes(model: unknown): readonly unknown[] {
  const read = readModel(typeof model === "string" ? model : JSON.stringify(model));
  return read.ok ? [] : read.problems;
}

Deno.test("a model file that nests deeper than 100 is refused with the line, in strings and comments brackets are text", () => {
  assertEquals(mistakes("[\n".repeat(20_000)), [{ kind: "too_deep", line: 101, most: 100 }]);
  const text = `// ${"[".repeat(200)}\r\n/* ${"{".repeat(200)} */ {"name": "${"[".repeat(200)}\\"[", "classes": {}}`;
  assertEquals(mistakes(text), []);
});

Deno.test("a string of a million escapes is read", () => {
  assertEquals(mistakes(`{"name": "x", "classes": {}, "$schema": "${"\\n".repeat(1_000_000)}"}`), []);
});

Deno.test("of a million mistakes a thousand are told, in time", () => {
  const begin = performance.now();
  assertEquals(mistakes(`{"name": "x", "classes": {}${',"x":1'.repeat(300_000)}}`).length, 1000);
  const languages = Array.from({ length: 200_000 }, (_, index) => String(index));
  assertEquals(mistakes({ name: "x", classes: {}, languages }).length, 1000);
  assert(performance.now() - begin < 20_000);
});

Deno.test("a list of many different items is looked through once", () => {
  const values = Array.from({ length: 50_000 }, (_, index) => `c${index}`);
  const begin = performance.now();
  readModel(JSON.stringify({ name: "x", classes: { A: { attributes: NAME, reconciliation_keys: values } } }));
  assert(performance.now() - begin < 20_000);
});

Deno.test("more than 1,000 classes, or 1,900 attributes in one table, are refused", () => {
  const classes = Object.fromEntries(Array.from({ length: 1001 }, (_, index) => [`C${index}`, { attributes: NAME }]));
  assertEquals(mistakes({ name: "x", classes }), [
    { kind: "too_many_classes", path: "$.classes", found: 1001, most: 1000 },
  ]);
  const below = (prefix: string) => ({ parent: "A", attributes: attributes(700, prefix) });
  const wide = { A: { attributes: { ...NAME, ...attributes(700) } }, B: below("b"), C: below("c") };
  assertEquals(mistakes({ name: "x", classes: wide }), [
    // With friendlyname and finalclass.
    { kind: "too_many_attributes", path: "$.classes.A", found: 2103, most: 1900 },
  ]);
});

Deno.test("a model file that is not UTF-8 is refused with the line: a label must not change unseen", () =>
  withScratch(async (scratch) => {
    scratch.write("own.json", Uint8Array.of(0x7b, 0x0a, 0x22, 0xe9, 0x22, 0x7d));
    const run = await scratch.run(["model", "check", "own.json"]);
    assertExit(run, 78);
    assertStringIncludes(run.stderr, "own.json: line 2: the bytes are not UTF-8");
  }));

Deno.test("as wide a class as a model may have is created, found again and updated", () =>
  withModel({ name: "wide", classes: { A: { attributes: { ...NAME, ...attributes(1890) } } } }, async ({ load }) => {
    const columns = Object.keys(attributes(1890));
    const csv = (value: string) => `name,${columns.join(",")}\nN${`,${value}`.repeat(columns.length)}\n`;
    const keys = { reconciliationkeys: "name" };
    assertEquals((await load("A", csv("1"), keys)).rows, ["created A 1"]);
    assertEquals((await load("A", csv("1").replace(",1\n", ",2\n"), keys)).rows, ['updated A 1 a1889="1"->"2"']);
    const all = { reconciliationkeys: columns.slice(0, 100).join(",") };
    assertEquals((await load("A", csv("1").replace(",1\n", ",2\n"), all)).rows, ["unchanged A 1"]);
  }));

Deno.test("more than 100 reconciliation keys, or columns for one external key, are a usage error", () =>
  withModel({
    name: "wide",
    classes: {
      A: { attributes: { ...NAME, ...attributes(120) } },
      B: { attributes: { ...NAME, a_id: { kind: "external_key", labels: "A", target: "A" } } },
    },
  }, async ({ print }) => {
    const columns = Object.keys(attributes(101));
    const keys = await print("A", `${columns.join(",")}\n`, { reconciliationkeys: columns.join(",") });
    assertExit(keys, 64);
    assertStringIncludes(keys.stderr, "101 reconciliation keys: at most 100 are taken");
    const parts = await print("B", `name,${columns.map((code) => `a_id->${code}`).join(",")}\n`, {});
    assertExit(parts, 64);
    assertStringIncludes(parts.stderr, "101 columns for the external key a_id: at most 100 are taken");
  }));
