/** What the log is told of rows that were created. */
import type { DerivedTable } from "../../model/derive/derived_model.ts";
import type { LoggedRow } from "../../store/changes.ts";
import type { NewObject } from "../../store/objects.ts";
import { jsonOf } from "../sqlite/raw_value.ts";
import { tableOf } from "./foreign_context.ts";
import { boundAddress } from "./row_address.ts";
import { columnOfAttribute, type RowContext, writtenNames } from "./row_context.ts";
import { addressOf } from "./row_ids.ts";
import { keyText } from "./row_keys.ts";
import { selectRows } from "./row_selection.ts";
import { rawOf } from "./row_values.ts";

/** @param objects of one class that are there, in their order */
export function createdRows(context: RowContext, objects: readonly NewObject[]): readonly LoggedRow[] {
  const [first] = objects;
  if (first === undefined) return [];
  const table = tableOf(context, first.class);
  const keys = keysOf(context, table, objects);
  return objects.map((object, index) => ({
    key: keys[index] ?? keyText([]),
    values: () => valuesOf(context, table, object),
  }));
}

/** Mostly the ids say it. */
function keysOf(context: RowContext, table: DerivedTable, objects: readonly NewObject[]): readonly string[] {
  const { key } = table;
  const own = objects.map(({ id }) => key !== null && addressOf(id).kind === "key" ? boundAddress(table, id) : null);
  if (!own.includes(null)) return own.map((address) => keyText(address?.values ?? []));
  // Without a key all that a row holds tells it apart, what the database has filled in included.
  const rows = selectRows(
    context.database,
    table,
    objects.map(({ id }) => id),
    key === null ? writtenNames(table) : [],
  );
  return objects.map(({ id }) => {
    const row = rows.get(id);
    return keyText((key === null ? row?.values : row?.key) ?? []);
  });
}

function valuesOf(context: RowContext, table: DerivedTable, { attributes, values }: NewObject): string {
  const members = attributes.map((attribute, place) => {
    const value = rawOf(context, table, columnOfAttribute(table, attribute), values[place] ?? null);
    return `${JSON.stringify(attribute)}:${jsonOf(value)}`;
  });
  return `{${members.join(",")}}`;
}
