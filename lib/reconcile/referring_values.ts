/** Values that texts look for, those of external keys too that hold no ids: what such a key refers to is found by what it holds. */
import type { Cell } from "../csv/record.ts";
import { classOf, finalAttribute } from "../model/look_up.ts";
import type { AttributeCode, ClassCode, ExternalKeyAttribute, StoredValue } from "../model/model.ts";
import type { RunContext } from "./run_context.ts";
import { cellToValue } from "./searched_value.ts";
import { findTyped } from "./typed_search.ts";

/** The values that some cells look for, asked for together; undefined: nothing can match. */
export type CellsToValues = (cells: readonly Cell[]) => Promise<readonly (StoredValue | undefined)[]>;

/** @param code an attribute of the searched class, or its id */
export function cellsToValues(
  context: RunContext,
  searched: ClassCode,
  code: AttributeCode | "id",
  behind: readonly ExternalKeyAttribute[] = [],
): CellsToValues {
  const { model, store } = context;
  const { attribute } = finalAttribute(model, classOf(model, searched), code);
  const key = attribute !== "id" && attribute.kind === "external_key" ? attribute : null;
  // Keys may hold each other's values: nothing is found by these.
  if (key?.referenced === undefined || behind.includes(key)) {
    const toValue = cellToValue(context, searched, code);
    return (cells) => Promise.resolve(cells.map(toValue));
  }
  const { target, referenced } = key;
  const search = store.search({ class: target, conditions: [referenced], read: [], includeHidden: false });
  const heldBy = cellsToValues(context, target, referenced, [...behind, key]);
  return async (cells) => {
    const held = await heldBy(cells);
    const known = held.flatMap((value) => value === undefined || value === null ? [] : [[value]]);
    const matches = (await findTyped(search, known)).values();
    return held.map((value) => {
      const match = value === undefined || value === null ? undefined : matches.next().value;
      return match?.kind === "one" ? match.object.id : undefined;
    });
  };
}
