/** The objects of a class that a user may see: some of them, to show what would have been found, and how many there are. */
import type { AttributeCode, ClassCode, StoredValue } from "../../model/model.ts";
import type { Examples } from "../../store/objects.ts";
import { countStatement, exampleStatement, hiddenStatement, type SeenClass } from "../sql/class_statements.ts";
import type { SearchContext } from "./search.ts";

/** The first `count` objects of a class that the user may see, by friendly name. */
export async function readExamples(
  context: SearchContext,
  code: ClassCode,
  attributes: readonly (AttributeCode | "id")[],
  count: number,
): Promise<Examples> {
  const { database } = context;
  const seen = await seenClass(context, code);
  // JSON tells numbers of every kind as numbers.
  const rows = (await database.rows(
    `SELECT row_to_json(r)::text FROM (${exampleStatement(seen, attributes, "$1::bigint")}) AS r`,
    count + 1,
  )).map(([row]) => JSON.parse(String(row)) as Readonly<Record<string, StoredValue>>);
  const hidden = hiddenStatement(seen);
  return {
    rows: rows.slice(0, count).map((row) => attributes.map((_, index) => row[`v${index}`] ?? null)),
    more: rows.length > count,
    hidden: hidden !== null && await database.row(hidden) !== undefined,
  };
}

/** How many objects of a class the user may see. */
export async function countObjects(context: SearchContext, code: ClassCode): Promise<number> {
  return Number((await context.database.row(countStatement(await seenClass(context, code))))?.[0]);
}

export async function seenClass(context: SearchContext, code: ClassCode): Promise<SeenClass> {
  return { mapping: context, class: code, sees: await context.visible.condition() };
}
