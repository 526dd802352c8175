/** Which external key of a file a parameter means. */
import { columnForm, columnName } from "../csv/heading.ts";
import { foldCase } from "../model/look_up.ts";
import type { ExternalKeyAttribute } from "../model/model.ts";
import type { KnownColumns } from "./known_columns.ts";
import { type ColumnPlan, type ExternalKeyColumns, feedingCells } from "./plan.ts";

/** The external key that a name means in a header, by itself or by a column that helps to find its target; null: it means none. */
export function keyCalled(known: KnownColumns, name: string): ExternalKeyAttribute | null {
  const target = known.called(columnName(name), name)?.targets[0];
  if (target?.kind === "through_key") return target.key;
  return target?.kind === "attribute" && target.attribute.kind === "external_key" ? target.attribute : null;
}

/** The external key of the file that is called so, has this code, or is fed by the column of this name; undefined: there is none. */
export function namedKey(
  known: KnownColumns,
  { externalKeys, headers }: Pick<ColumnPlan, "externalKeys" | "headers">,
  name: string,
): ExternalKeyColumns | undefined {
  const folded = columnForm(name);
  const code = keyCalled(known, name)?.code;
  return externalKeys.find(({ key }) => key.code === code) ??
    externalKeys.find(({ key }) => foldCase(key.code) === folded) ??
    externalKeys.find((columns) => feedingCells(columns).some((cell) => columnForm(headers[cell] ?? "") === folded));
}
