import { assertEquals } from "@std/assert";
import { readerFor } from "../../lib/values/reader_for.ts";
import { BASE, CODES, problem, value } from "./attributes.ts";

const BOOLEAN = { ...BASE, kind: "boolean", default: null } as const;
const LANGUAGE = { ...BASE, kind: "language", default: "EN US" } as const;
const PASSWORD = { ...BASE, kind: "password" } as const;
const LOG = { ...BASE, kind: "case_log" } as const;

Deno.test("a boolean is yes, no, 1 or 0 in any case", () => {
  const reader = readerFor(BOOLEAN, CODES);
  for (const cell of ["yes", "YES", "Yes", "1"]) assertEquals(reader.parse(cell), value("yes"));
  for (const cell of ["no", "NO", "nO", "0"]) assertEquals(reader.parse(cell), value("no"));
  for (const cell of ["true", "false", "y", "01", "oui", " yes"]) {
    assertEquals(reader.parse(cell), problem({ kind: "no_such_spelling" }));
    assertEquals(reader.parseKey(cell), undefined);
  }
  assertEquals(reader.parseKey("1"), "yes");
  assertEquals(reader.report("yes", "1"), "yes");
  assertEquals(reader.same("yes", "yes"), true);
  assertEquals(reader.same("yes", "no"), false);
});

Deno.test("a language is exactly one of the model's", () => {
  const reader = readerFor(LANGUAGE, CODES);
  assertEquals(reader.parse("FR FR"), value("FR FR"));
  assertEquals(reader.report("FR FR", "FR FR"), "FR FR");
  assertEquals(reader.parseKey("FR FR"), "FR FR");
  for (const cell of ["fr", "fr fr", "DE DE"]) {
    assertEquals(reader.parse(cell), problem({ kind: "value_not_allowed", found: cell }));
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
