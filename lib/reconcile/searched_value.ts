/** The value that a text looks for in an attribute of another object. */
import type { Cell } from "../csv/record.ts";
import { classOf, finalAttribute, isColumn } from "../model/look_up.ts";
import type { AttributeCode, ClassCode, StoredValue } from "../model/model.ts";
import { idIn } from "../store/object_id.ts";
import type { ObjectSearches } from "../store/objects.ts";
import { readerFor, type ValueContext } from "../values/reader_for.ts";
import { classNamed } from "./final_class.ts";
import type { RunContext } from "./run_context.ts";

/** What the reading of such cells depends on. */
export interface SearchedContext extends ValueContext {
  readonly store: Pick<ObjectSearches, "idFromText">;
}

/** The value that a cell looks for; undefined: nothing can match. */
export type CellToValue = (cell: Cell) => StoredValue | undefined;

/** @param code an attribute of the searched class, or its id */
export function cellToValue(context: SearchedContext, searched: ClassCode, code: AttributeCode | "id"): CellToValue {
  const { model, store } = context;
  const { class: owner, attribute } = finalAttribute(model, classOf(model, searched), code);
  const idFrom = (target: ClassCode, cell: Cell) => store.idFromText(target, cell ?? "") ?? undefined;
  if (attribute === "id") return (cell) => idFrom(owner.code, cell);
  if (attribute.kind === "external_key") {
    const isNone = attribute.takesAnyId === true ? isEmpty : isNoId;
    return (cell) => isNone(cell) ? null : idFrom(attribute.target, cell);
  }
  if (attribute.kind === "final_class") {
    // The class of what an external key that is none refers to.
    const isOfTarget = attribute.code !== code;
    return (cell) => isOfTarget && isEmpty(cell) ? "" : classNamed(context, owner, cell ?? "");
  }
  if (!isColumn(attribute)) return (cell) => cell ?? "";
  // date_format is for the class's own columns only.
  const reader = readerFor(attribute, { ...context, dateFormat: null });
  return (cell) => isEmpty(cell) ? reader.parseKey("") ?? null : reader.parseKey(cell);
}

/**
 * The values of some searches; where one looks for an object that the user may not see, nothing can match: whose key refers to it is not
 * to be found out by its id.
 * @param codes what the values are looked for in
 */
export async function withoutHidden(
  { model, someObjectsAreHidden, hiddenTargets }: RunContext,
  searched: ClassCode,
  codes: readonly (AttributeCode | "id")[],
  values: readonly (readonly (StoredValue | undefined)[])[],
): Promise<readonly (readonly (StoredValue | undefined)[])[]> {
  if (!someObjectsAreHidden) return values;
  const hidden = new Map<number, ReadonlySet<StoredValue>>();
  for (const [place, code] of codes.entries()) {
    const key = classOf(model, searched).attributes.get(code);
    if (key?.kind !== "external_key") continue;
    hidden.set(place, await hiddenTargets.among(key.target, values.map((one) => idIn(one[place]))));
  }
  if (hidden.size === 0) return values;
  return values.map((one) =>
    one.map((value = null, place) => hidden.get(place)?.has(value) === true ? undefined : one[place])
  );
}

export function isEmpty(cell: Cell | undefined): boolean {
  return cell === null || cell === undefined || cell === "";
}

/** No external key is empty, or 0 as views and reports write it. */
export function isNoId(cell: Cell | undefined): boolean {
  return isEmpty(cell) || cell === "0";
}

export function areAllKnown(values: readonly (StoredValue | undefined)[]): values is StoredValue[] {
  return !values.includes(undefined);
}
