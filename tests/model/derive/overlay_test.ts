import { assertEquals } from "@std/assert";
import type { ClassOverlay, OverlayProblem } from "../../../lib/model/derive/overlay_type.ts";
import { assertNoProblems, attributeIn, classIn, columnIn, derive } from "./derived_schema.ts";

const SQL = "CREATE TABLE p (id INTEGER PRIMARY KEY, code TEXT UNIQUE, name TEXT);" +
  'CREATE TABLE q (a TEXT, b TEXT, PRIMARY KEY (a, b)); CREATE VIEW v AS SELECT * FROM p; CREATE TABLE "a.b" (n INTEGER PRIMARY KEY);' +
  "CREATE TABLE t (n INTEGER PRIMARY KEY, p_id INTEGER, c TEXT, d DECIMAL(10,2), e TEXT CHECK (e IN ('x','y')), g TEXT AS (c));";

function problems(classes: Readonly<Record<string, ClassOverlay>>): readonly OverlayProblem[] {
  return derive(SQL, classes).problems;
}

function ofT(attributes: NonNullable<ClassOverlay["attributes"]>): readonly OverlayProblem[] {
  return problems({ t: { attributes } });
}

Deno.test("rule 37: labels and aliases; the name of a column stays one", () => {
  const derivation = derive(SQL, {
    t: {
      labels: new Map([["EN US", "Thing"], ["FR FR", "Chose"]]),
      attributes: { c: { labels: new Map([["EN US", "Colour"]]), aliases: new Map([["EN US", ["Hue"]]]) } },
    },
  });
  assertNoProblems(derivation);
  assertEquals([...classIn(derivation, "t").labels], [["EN US", "Thing"], ["FR FR", "Chose"]]);
  const { labels, aliases, otherNames } = attributeIn(derivation, "t", "c");
  assertEquals([labels.get("EN US"), aliases.get("EN US"), otherNames], ["Colour", ["Hue"], ["c"]]);
  assertEquals(derivation.derived.model.languages, ["EN US", "FR FR"]);
});

Deno.test("rule 37: every kind that an overlay may say", () => {
  const texts = ["string", "text", "html", "email", "phone", "url", "ip", "ipv4"] as const;
  for (const kind of [...texts, "boolean", "integer", "number", "loose", "date", "datetime"] as const) {
    const derivation = derive(SQL, { t: { attributes: { c: { kind } } } });
    assertNoProblems(derivation);
    assertEquals(attributeIn(derivation, "t", "c").kind, kind);
  }
  const decimal = derive(SQL, { t: { attributes: { d: { kind: "decimal" } } } });
  assertNoProblems(decimal);
});

Deno.test("rule 37: values with labels, of a CHECK or without one", () => {
  const values = [{ code: "x", labels: new Map([["EN US", "Ex"]]) }];
  const derivation = derive(SQL, { t: { attributes: { c: { kind: "enum", values }, e: { values } } } });
  assertNoProblems(derivation);
  const labelled = (code: string) => {
    const attribute = attributeIn(derivation, "t", code);
    return attribute.kind === "enum" && attribute.values.map((value) => [value.code, value.labels.get("EN US")]);
  };
  assertEquals(labelled("c"), [["x", "Ex"]]);
  assertEquals(labelled("e"), [["x", "Ex"], ["y", undefined]]);
});

Deno.test("rule 37: length, null and collation", () => {
  const derivation = derive(SQL, { t: { attributes: { c: { length: 5, null: false, collation: "NOCASE" } } } });
  assertNoProblems(derivation);
  const attribute = attributeIn(derivation, "t", "c");
  assertEquals(
    attribute.kind === "string" && [attribute.maxLength, attribute.nullAllowed, attribute.countsCase],
    [5, false, false],
  );
  assertEquals(columnIn(derivation, "t", "c").collation, "NOCASE");
});

Deno.test("rule 37: target declares a key that only names suggest", () => {
  const target = (name: string) => {
    const derivation = derive(SQL, { t: { attributes: { p_id: { target: name } } } });
    assertNoProblems(derivation);
    const attribute = attributeIn(derivation, "t", "p_id");
    return attribute.kind === "external_key" &&
      [
        attribute.target,
        attribute.referenced ?? null,
        attribute.otherNames,
        columnIn(derivation, "t", "p_id").references,
      ];
  };
  assertEquals(target("p"), ["p", null, ["p"], { class: "p", column: "id" }]);
  assertEquals(target("p.code"), ["p", "code", ["p"], { class: "p", column: "code" }]);
  assertEquals(target("p.id"), ["p", null, ["p"], { class: "p", column: "id" }]);
  assertEquals(target("a.b"), ["a.b", null, ["p", "a.b"], { class: "a.b", column: "n" }]);
  assertEquals(target("a.b.n"), ["a.b", null, ["p", "a.b"], { class: "a.b", column: "n" }]);
});

Deno.test("rule 38: what the schema does not have is told with its JSON path", () => {
  assertEquals(problems({ tt: {}, v: {}, P: {} }), [
    { kind: "unknown_table", path: "$.classes.tt", name: "tt", nearest: "t" },
    { kind: "no_table", path: "$.classes.v", name: "v", found: "view" },
    { kind: "unknown_table", path: "$.classes.P", name: "P", nearest: "p" },
  ]);
  assertEquals(
    problems({ q: { attributes: { A: {} }, reconciliationKeys: ["a", "x"], friendlyName: "{a} {y}" } }).map((
      problem,
    ) => [problem.kind, problem.path, "name" in problem && problem.name]),
    [
      ["unknown_column", "$.classes.q.attributes.A", "A"],
      ["unknown_column", "$.classes.q.reconciliation_keys[1]", "x"],
      ["unknown_column", "$.classes.q.friendly_name", "y"],
    ],
  );
  assertEquals(ofT({ e: { values: [{ code: "y", labels: new Map() }, { code: "z", labels: new Map() }] } }), [
    { kind: "unknown_value", path: "$.classes.t.attributes.e.values[1]", found: "z", allowed: ["x", "y"] },
  ]);
});

Deno.test("rule 38: targets that are not there or tell no rows apart", () => {
  const target = (name: string) => ofT({ p_id: { target: name } }).map(({ path: _, ...problem }) => problem);
  assertEquals(target("pp"), [{ kind: "unknown_table", name: "pp", nearest: "p" }]);
  assertEquals(target("p.cod"), [{ kind: "unknown_column", table: "p", name: "cod", nearest: "code" }]);
  assertEquals(target("p.name"), [{ kind: "target_not_unique", table: "p", column: "name" }]);
  assertEquals(target("q"), [{ kind: "target_not_unique", table: "q", column: null }]);
  assertEquals(target("v"), [{ kind: "unknown_table", name: "v", nearest: "p" }]);
});

Deno.test("what does not go with the kind is told", () => {
  const wrong = (attributes: NonNullable<ClassOverlay["attributes"]>) =>
    ofT(attributes).map((
      problem,
    ) => [problem.kind, problem.path.split(".").at(-1), "found" in problem && problem.found]);
  assertEquals(wrong({ c: { stored: "unix_seconds" } }), [["not_for_kind", "stored", "text"]]);
  assertEquals(wrong({ c: { stored: ["f", "t"] } }), [["not_for_kind", "stored", "text"]]);
  assertEquals(wrong({ d: { length: 5 } }), [["not_for_kind", "length", "decimal"]]);
  assertEquals(wrong({ c: { kind: "boolean", values: [{ code: "a", labels: new Map() }] } }), [
    ["not_for_kind", "values", "boolean"],
  ]);
  assertEquals(wrong({ n: { empty: "text", null: true } }), [
    ["not_for_kind", "empty", "primary_key"],
    ["not_for_kind", "null", "primary_key"],
  ]);
  assertEquals(wrong({ g: { generate: "uuid", default: { sql: "1" } } }), [
    ["not_for_kind", "default", "generated"],
    ["not_for_kind", "generate", "generated"],
  ]);
  assertEquals(wrong({ c: { kind: "decimal" } }), [["incomplete_kind", "kind", "decimal"]]);
  assertEquals(wrong({ c: { kind: "enum" } }), [["incomplete_kind", "kind", "enum"]]);
});

Deno.test("a template that names nothing, or whose braces are alone, is told, and the derived name kept", () => {
  for (const friendlyName of ["nothing", "{c", "c}", ""]) {
    const derivation = derive(SQL, { t: { friendlyName } });
    assertEquals(derivation.problems, [{
      kind: "bad_template",
      path: "$.classes.t.friendly_name",
      found: friendlyName,
    }]);
    assertEquals(classIn(derivation, "t").friendlyName, [{ attribute: "n" }]);
  }
});

Deno.test("names that every object has are names as others", () => {
  const derivation = derive(
    'CREATE TABLE "__proto__" ("constructor" TEXT, "__proto__" INTEGER); CREATE TABLE "toString" (a TEXT)',
  );
  assertEquals([...derivation.derived.model.classes.keys()], ["__proto__", "toString"]);
  assertEquals([...classIn(derivation, "__proto__").attributes.keys()], ["constructor", "__proto__", "friendlyname"]);
  const unknown = derive(
    "CREATE TABLE t (a TEXT)",
    JSON.parse('{"__proto__": {}, "t": {"attributes": {"constructor": {}}}}'),
  );
  assertEquals(unknown.problems.map(({ kind, path }) => [kind, path]), [
    ["unknown_table", "$.classes.__proto__"],
    ["unknown_column", "$.classes.t.attributes.constructor"],
  ]);
});
