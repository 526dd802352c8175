import { assertEquals } from "@std/assert";
import { planColumns } from "../../lib/columns/column_plan.ts";
import { classIn, derive } from "../model/derive/derived_schema.ts";

const DERIVATION = derive(
  "CREATE TABLE price (article TEXT, valid_from DATE, PRIMARY KEY (article, valid_from)); CREATE TABLE shop (shop_id INTEGER PRIMARY KEY, name TEXT);" +
    "CREATE TABLE line (n INTEGER PRIMARY KEY, article_id TEXT, day DATE, shop_id INTEGER REFERENCES shop, note TEXT," +
    "FOREIGN KEY (article_id, day) REFERENCES price, FOREIGN KEY (shop_id, day) REFERENCES nowhere)",
);

function told(header: readonly string[], keys: readonly string[] = []): readonly string[] {
  const { model } = DERIVATION.derived;
  const result = planColumns(model, classIn(DERIVATION, "line"), { codes: false, language: "EN US" }, header, keys);
  return result.ok ? result.plan.codes : result.problems.flatMap(({ text, hint }) => [text, hint ?? ""]);
}

function joint(name: string): readonly string[] {
  return [
    `#Unknown name: '${name}' leads through a key of several columns: give them themselves`,
    "The columns of the key: 'article_id', 'day'",
  ];
}

Deno.test("rule 21: what stands behind an arrow of a key of several columns is told so, whatever the key is called", () => {
  for (const name of ["article_id->article", "Day->valid_from", "article->article", "price->valid_from"]) {
    assertEquals(told(["n", name, "note"]), joint(name));
  }
});

Deno.test("rule 21: … as a reconciliation key, too", () => {
  assertEquals(told(["article_id", "note"], ["price->article"]), joint("price->article"));
});

Deno.test("rule 21: its columns themselves are plain columns, and one that is a key of its own keeps its arrow", () => {
  assertEquals(told(["n", "article_id", "day", "shop->name"]), ["n", "article_id", "day", "shop_id->name"]);
});
