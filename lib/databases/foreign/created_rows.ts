/** What the log is told of rows that were created. */
import type { DerivedTable } from "../../model/derive/derived_model.ts";
import type { LoggedRow } from "../../store/changes.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { NewObject } from "../../store/objects.ts";
import { jsonOf } from "../sqlite/raw_value.ts";
import { tableOf } from "./foreign_context.ts";
import { boundAddress } from "./row_address.ts";
import { attributeOf, columnOfAttribute, type RowContext, writtenNames } from "./row_context.ts";
import { hasTriggers } from "./row_creation.ts";
import { isRowid } from "./row_ids.ts";
import { keyText } from "./row_keys.ts";
import { selectRows } from "./row_selection.ts";
import { valueWriter } from "./row_values.ts";

/** @param objects of one class that are there, in their order, with the same attributes */
export function createdRows(context: RowContext, objects: readonly NewObject[]): readonly LoggedRow[] {
  const [first] = objects;
  if (first === undefined) return [];
  const table = tableOf(context, first.class);
  // What triggers have made of it is what it was made with; of some rows the id does not tell the key.
  const isRead = hasTriggers(context.database, table) || objects.some(({ id }) => isRowid(id));
  return isRead ? readRows(context, table, objects) : givenRows(context, table, objects);
}

function givenRows(context: RowContext, table: DerivedTable, objects: readonly NewObject[]): readonly LoggedRow[] {
  const keys = new Set((table.key?.columns ?? []).map(({ name }) => name));
  const columns = (objects[0]?.attributes ?? []).flatMap((attribute, place) => {
    const column = columnOfAttribute(table, attribute);
    // The key tells it.
    if (keys.has(column.name)) return [];
    const values = column.references === null ? [] : objects.map((one) => one.values[place] ?? null);
    return [{ place, member: JSON.stringify(attribute), write: valueWriter(context, table, column, values) }];
  });
  return objects.map(({ id, values }) => ({
    key: keyOf(table, id),
    values: () => {
      const members = columns.map(({ place, member, write }) =>
        `${member}:${jsonOf(write(values[place] ?? null, null))}`
      );
      return `{${members.join(",")}}`;
    },
  }));
}

/** Most keys are a number that counts. */
function keyOf(table: DerivedTable, id: ObjectId): string {
  if (table.key?.isRowid === true && Number.isSafeInteger(id)) return `[${id}]`;
  return keyText(boundAddress(table, id)?.values ?? []);
}

/** Without a key all that a row holds tells it apart, what the database has filled in included. */
function readRows({ database }: RowContext, table: DerivedTable, objects: readonly NewObject[]): readonly LoggedRow[] {
  const names = writtenNames(table);
  const members = names.map((name) => attributeOf(table, name)).map((code) =>
    code === null ? null : JSON.stringify(code)
  );
  const rows = selectRows(database, table, objects.map(({ id }) => id), names);
  return objects.map(({ id }) => {
    const row = rows.get(id);
    const values = row?.values ?? [];
    return {
      key: keyText(table.key === null ? values : row?.key ?? boundAddress(table, id)?.values ?? []),
      values: () => {
        const own = members.flatMap((member, place) =>
          member === null ? [] : [`${member}:${jsonOf(values[place] ?? null)}`]
        );
        return `{${own.join(",")}}`;
      },
    };
  });
}
