/** The objects of a class that a user may see: some of them, to show what would have been found, and how many there are. */
import type { AttributeCode, ClassCode } from "../../model/model.ts";
import type { Examples } from "../../store/objects.ts";
import { countStatement, exampleStatement, hiddenStatement } from "../sql/class_statements.ts";
import type { Row } from "./connection.ts";
import type { SearchContext } from "./search_statement.ts";

/** The first `count` objects of a class that the user may see, by friendly name. */
export function readExamples(
  context: SearchContext,
  code: ClassCode,
  attributes: readonly (AttributeCode | "id")[],
  count: number,
): Examples {
  const { database } = context;
  const seen = seenClass(context, code);
  const rows = database.prepare(exampleStatement(seen, attributes, "?")).all(count + 1);
  const hidden = hiddenStatement(seen);
  return {
    rows: rows.slice(0, count).map((row) => valuesOf(row, attributes.length)),
    more: rows.length > count,
    hidden: hidden !== null && database.prepare(hidden).get() !== undefined,
  };
}

/** How many objects of a class the user may see. */
export function countObjects(context: SearchContext, code: ClassCode): number {
  return Number(context.database.prepare(countStatement(seenClass(context, code))).get()?.["count"]);
}

function seenClass({ model, layout, visible }: SearchContext, code: ClassCode) {
  return { mapping: { model, layout }, class: code, sees: visible.condition() };
}

function valuesOf(row: Row, count: number): Examples["rows"][number] {
  return Array.from({ length: count }, (_, index) => row[`v${index}`] ?? null);
}
