/** The value that a text looks for in an attribute of another object. */
import type { Cell } from "../csv/record.ts";
import { classOf, finalAttribute, isColumn } from "../model/look_up.ts";
import type { AttributeCode, ClassCode, StoredValue } from "../model/model.ts";
import { readerFor } from "../values/reader_for.ts";
import { classNamed } from "./final_class.ts";
import type { RunContext } from "./run_context.ts";

/** The value that a cell looks for; undefined: nothing can match. */
export type CellToValue = (cell: Cell) => StoredValue | undefined;

/** @param code an attribute of the searched class, or its id */
export function cellToValue(context: RunContext, searched: ClassCode, code: AttributeCode | "id"): CellToValue {
  const { model, store } = context;
  const { class: owner, attribute } = finalAttribute(model, classOf(model, searched), code);
  const idIn = (target: ClassCode, cell: Cell) => store.idFromText(target, cell ?? "") ?? undefined;
  if (attribute === "id") return (cell) => idIn(owner.code, cell);
  if (attribute.kind === "external_key") {
    return (cell) => isEmpty(cell) ? null : idIn(attribute.target, cell);
  }
  if (attribute.kind === "final_class") return (cell) => classNamed(context, owner, cell ?? "");
  if (!isColumn(attribute)) return (cell) => cell ?? "";
  // date_format is for the class's own columns only.
  const reader = readerFor(attribute, { ...context, dateFormat: null });
  return (cell) => isEmpty(cell) ? reader.parseKey("") ?? null : reader.parseKey(cell);
}

export function isEmpty(cell: Cell | undefined): boolean {
  return cell === null || cell === undefined || cell === "";
}

export function areAllKnown(values: readonly (StoredValue | undefined)[]): values is StoredValue[] {
  return !values.includes(undefined);
}
