import { assertEquals } from "@std/assert";
import { readerFor } from "../../lib/values/reader_for.ts";
import { BASE, CODES, problem, value } from "./attributes.ts";

const BOOLEAN = { ...BASE, kind: "boolean", default: null } as const;
const LANGUAGE = { ...BASE, kind: "language", default: "EN US" } as const;
const PASSWORD = { ...BASE, kind: "password" } as const;
const LOG = { ...BASE, kind: "case_log" } as const;

const ENGLISH = ["yes", "no", "true", "false", "t", "f", "y", "n", "1", "0", "on", "off"];

Deno.test("a boolean is one of twelve words in any case", () => {
  const reader = readerFor(BOOLEAN, CODES);
  for (const cell of ["yes", "YES", "Yes", "TRUE", "true", "t", "T", "Y", "y", "1", "on", "On"]) {
    assertEquals(reader.parse(cell), value("yes"));
    assertEquals(reader.parseKey(cell), "yes");
  }
  for (const cell of ["no", "NO", "nO", "false", "False", "f", "F", "n", "N", "0", "off", "OFF"]) {
    assertEquals(reader.parse(cell), value("no"));
    assertEquals(reader.parseKey(cell), "no");
  }
  for (const cell of ["01", "oui", " yes", "-1", "2", "x", "yess"]) {
    assertEquals(reader.parse(cell), problem({ kind: "no_such_spelling", allowed: ENGLISH }));
    assertEquals(reader.parseKey(cell), undefined);
  }
  assertEquals(reader.report("yes", "1"), "yes");
  assertEquals(reader.same("yes", "yes"), true);
  assertEquals(reader.same("yes", "no"), false);
});

Deno.test("a boolean may be a label of the user's language too, in any case and form", () => {
  const inLanguage = (language: string) => readerFor(BOOLEAN, { ...CODES, language });
  const labels: readonly (readonly [string, string, string])[] = [
    ["FR FR", "Oui", "NON"],
    ["DE DE", "ja", "Nein"],
    ["fr-CH", "oui", "non"],
    ["PT BR", "Sim", "NA\u0303O"],
    ["TR TR", "EVET", "HAYIR"],
    ["RU RU", "Да", "НЕТ"],
    ["ZH CN", "是", "否"],
  ];
  for (const [language, yes, no] of labels) {
    const reader = inLanguage(language);
    assertEquals(reader.parse(yes), value("yes"), language);
    assertEquals(reader.parse(no), value("no"), language);
    assertEquals(reader.parse("true"), value("yes"), language);
  }
  assertEquals(
    inLanguage("FR FR").parse("ja"),
    problem({ kind: "no_such_spelling", allowed: [...ENGLISH, "oui", "non"] }),
  );
});

Deno.test("a language is one of the model's, in any case", () => {
  const reader = readerFor(LANGUAGE, CODES);
  assertEquals(reader.parse("FR FR"), value("FR FR"));
  assertEquals(reader.report("FR FR", "FR FR"), "FR FR");
  assertEquals(reader.parseKey("FR FR"), "FR FR");
  assertEquals([reader.parse("fr fr"), reader.parseKey("Fr FR")], [value("FR FR"), "FR FR"]);
  for (const [cell, nearest] of [["fr", null], ["FRFR", "FR FR"], ["DE DE", null]] as const) {
    assertEquals(
      reader.parse(cell),
      problem({ kind: "value_not_allowed", found: cell, allowed: ["EN US", "FR FR"], nearest }),
    );
    assertEquals(reader.parseKey(cell), undefined);
  }
});

Deno.test("an empty boolean, language or password is null, or refused where a value is needed; it is no key", () => {
  for (const attribute of [BOOLEAN, LANGUAGE, PASSWORD]) {
    for (const cell of ["", null]) {
      assertEquals(readerFor(attribute, CODES).parse(cell), value(null));
      assertEquals(readerFor(attribute, CODES).parseKey(cell), undefined);
      const mandatory = readerFor({ ...attribute, nullAllowed: false }, CODES);
      assertEquals(mandatory.parse(cell), problem({ kind: "null_not_allowed" }));
    }
  }
});

Deno.test("a password is read as it comes, is no key and is never shown", () => {
  const reader = readerFor({ ...PASSWORD, nullAllowed: false }, CODES);
  assertEquals(reader.parse(" Str0ng!Pwd "), value(" Str0ng!Pwd "));
  assertEquals(reader.parseKey("Str0ng!Pwd"), undefined);
  assertEquals(reader.report("Str0ng!Pwd", "Str0ng!Pwd"), null);
});

Deno.test("a case log gives the text of an entry, empty for none, and is no key", () => {
  const reader = readerFor(LOG, CODES);
  assertEquals(reader.parse("line 1\nline 2"), value("line 1\nline 2"));
  assertEquals(reader.parse(""), value(""));
  assertEquals(reader.parse(null), value(""));
  assertEquals(reader.parseKey("entry"), undefined);
  assertEquals(reader.report("entry", "entry"), "entry");
  assertEquals(readerFor({ ...LOG, nullAllowed: false }, CODES).parse(""), problem({ kind: "null_not_allowed" }));
});

Deno.test("a password that nobody could log in with is refused by its length, before it is hashed", () => {
  const reader = readerFor(PASSWORD, CODES);
  assertEquals(reader.parse("x".repeat(1024)), value("x".repeat(1024)));
  assertEquals(reader.parse("x".repeat(1025)), problem({ kind: "too_long", found: 1025, limit: 1024 }));
});
