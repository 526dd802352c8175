import { assertEquals } from "@std/assert";
import { readerFor } from "../../lib/values/reader_for.ts";
import { CODES, MODEL, problem, STATUS, value } from "./attributes.ts";

const codes = readerFor(STATUS, CODES);
const english = readerFor(STATUS, { ...CODES, codesNotLabels: false });
const french = readerFor(STATUS, { ...CODES, codesNotLabels: false, language: "FR FR" });
const mandatory = { ...STATUS, nullAllowed: false };

// SPEC 14: Enumerations take labels and codes in any case where that is unambiguous.
Deno.test("with codes an enumeration is one of its codes, in any case", () => {
  for (const cell of ["active", "Active", "ACTIVE", "active "]) assertEquals(codes.parse(cell), value("active"));
  const allowed = ["active", "inactive"];
  for (const [cell, nearest] of [["inactiv", "inactive"], ["bad", null], ["nope", null]] as const) {
    assertEquals(codes.parse(cell), problem({ kind: "value_not_allowed", found: cell, allowed, nearest }));
  }
});

Deno.test("with labels an enumeration is one of its labels in the user's language, in any case", () => {
  for (const cell of ["Active", "active", "ACTIVE"]) assertEquals(english.parse(cell), value("active"));
  assertEquals(french.parse("Inactif"), value("inactive"));
  const allowed = ["Active", "Inactive"];
  for (const [cell, nearest] of [["Actif", null], ["bad", null], ["Inactve", "Inactive"]] as const) {
    assertEquals(english.parse(cell), problem({ kind: "label_not_allowed", allowed, nearest }));
  }
  assertEquals(
    french.parse("Active"),
    problem({ kind: "label_not_allowed", allowed: ["Actif", "Inactif"], nearest: null }),
  );
});

Deno.test("a value without a label in the user's language goes by the model's first language, then by its code", () => {
  const attribute = {
    ...STATUS,
    values: [{ code: "a", labels: new Map([["EN US", "Label"]]) }, { code: "b", labels: new Map<string, string>() }],
  };
  const reader = readerFor(attribute, { ...CODES, codesNotLabels: false, language: "FR FR", model: MODEL });
  assertEquals(reader.parse("Label"), value("a"));
  assertEquals(reader.parse("b"), value("b"));
});

Deno.test("an empty enumeration is null, not the default, and refused where a value is needed", () => {
  for (const context of [CODES, { ...CODES, codesNotLabels: false }]) {
    for (const cell of ["", null]) {
      assertEquals(readerFor(STATUS, context).parse(cell), value(null));
      assertEquals(readerFor(mandatory, context).parse(cell), problem({ kind: "null_not_allowed" }));
    }
  }
});

Deno.test("an empty enumeration is no key, and neither is an unknown label; an unknown code matches nothing", () => {
  for (const reader of [codes, english]) {
    assertEquals(reader.parseKey(""), undefined);
    assertEquals(reader.parseKey(null), undefined);
  }
  assertEquals(codes.parseKey("active"), "active");
  assertEquals(codes.parseKey("nope"), "nope");
  assertEquals(english.parseKey("Inactive"), "inactive");
  assertEquals(english.parseKey("inactif"), undefined);
  assertEquals([codes.parseKey("ACTIVE"), english.parseKey("INACTIVE")], ["active", "inactive"]);
});

Deno.test("the report shows the code of an enumeration, and a cleared one as empty text", () => {
  assertEquals(english.report("inactive", "Inactive"), "inactive");
  assertEquals(codes.report(null, ""), "");
});

Deno.test("an enumeration is the same when its code is", () => {
  assertEquals(codes.same("active", "active"), true);
  assertEquals(codes.same("active", "inactive"), false);
  assertEquals(codes.same(null, "active"), false);
  assertEquals(codes.same(null, null), true);
});

Deno.test("a word that may be several in another case must be written as it is", () => {
  const labelled = (code: string, label: string) => ({ code, labels: new Map([["EN US", label]]) });
  const attribute = { ...STATUS, values: [labelled("a", "Maß"), labelled("b", "MAß"), labelled("c", "Détruit")] };
  const reader = readerFor(attribute, { ...CODES, codesNotLabels: false });
  assertEquals([reader.parse("Maß"), reader.parse("MAß")], [value("a"), value("b")]);
  assertEquals(
    reader.parse("maß"),
    problem({ kind: "label_not_allowed", allowed: ["Maß", "MAß", "Détruit"], nearest: "Maß" }),
  );
  // Canonically equivalent, and in another case (faults 06, 71).
  assertEquals([reader.parse("De\u0301truit"), reader.parse("DÉTRUIT")], [value("c"), value("c")]);
});
