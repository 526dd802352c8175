import { assertEquals, assertStringIncludes } from "@std/assert";
import { unknownTable } from "../../lib/messages/foreign.ts";

Deno.test("what is no table is told by what it is, with the tables that can be loaded", () => {
  const { text } = unknownTable("titles", "view", null, ["doc", "part"]);
  assertEquals(text, "#Class 'titles' is a view: only tables can be loaded. Tables: 'doc', 'part'");
  assertStringIncludes(unknownTable("t", "virtual", null, ["doc"]).text, "#Class 't' is a virtual table");
  assertStringIncludes(unknownTable("t", "shadow", null, []).text, "The database has none");
});

Deno.test("a table that is spelt otherwise is what was meant; very many are not listed", () => {
  const { text, hint } = unknownTable("Doc", undefined, "doc", Array.from({ length: 500 }, (_, index) => `t${index}`));
  assertEquals(text, "#Unknown class: 'Doc'. Did you mean 'doc'?");
  assertStringIncludes(hint ?? "", "'t19', and 480 more: csvrecon model show lists them");
});
