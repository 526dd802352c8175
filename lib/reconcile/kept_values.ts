/**
 * Cells that say what the row's object has already, though nobody could write it by today's rules: in databases of others such values may be
 * stored, and they are not looked at while the file says the same. Most are no good values; dates may be, and lose a fraction of a second, and
 * so may members of a list in another case.
 */
import type { ExternalKeyColumns } from "../columns/plan.ts";
import type { Cell, CsvRecord } from "../csv/record.ts";
import { areSameNumber, exactNumber } from "../model/exact_number.ts";
import { isDate } from "../model/look_up.ts";
import { isDateAsStored } from "../values/date_as_stored.ts";
import type { AttributeCode, StoredValue } from "../model/model.ts";
import { idIn } from "../store/object_id.ts";
import { plainNumbers } from "../values/number_signs.ts";
import { isEmpty, isNothing } from "../values/parsed.ts";
import type { ValueAttribute } from "../values/reader_for.ts";
import type { RoleOfColumn } from "./column_role.ts";
import type { ExternalKeyResolver } from "./external_key.ts";
import { hasProblems } from "./obstacle.ts";
import type { ReadRow } from "./row_reader.ts";
import type { RunContext } from "./run_context.ts";

/** A row without the problems of cells that say what its object has, and with that as it is stored. @param values of the object: those of `read` */
export type WithoutKept = (record: CsvRecord, row: ReadRow, values: readonly StoredValue[]) => ReadRow;

/** What rows are read with. */
interface Readers {
  readonly context: RunContext;
  readonly resolvers: readonly ExternalKeyResolver[];
  readonly reader: { readonly roles: readonly RoleOfColumn[] };
  /** Its `read`: the attributes whose values are known. */
  readonly planner: { readonly read: readonly AttributeCode[] };
}

/** Null: the class has no such attributes. */
export function createWithoutKept(
  { context, resolvers, reader: { roles }, planner: { read } }: Readers,
): WithoutKept | null {
  const cells = roles.flatMap(({ cell, role }) => {
    if (role.kind !== "value" || role.attribute.keepsWhatIsStored !== true) return [];
    const says = saysStored(context, role.attribute, role.reader.same);
    return [{
      cell,
      place: read.indexOf(role.attribute.code),
      says,
      isMadeAlike: isMadeAlike(role.attribute, context),
    }];
  });
  const madeAlike = cells.filter((one) => one.isMadeAlike && one.place >= 0);
  const keys = resolvers.flatMap(({ columns }, index) => {
    const cell = columns.key.keepsWhatIsStored === true ? plainCell(columns) : null;
    if (cell === null) return [];
    return [{ index, cell, place: read.indexOf(columns.key.code), target: columns.key.target }];
  });
  if (cells.length + keys.length === 0) return null;
  const { store } = context;
  return (record, asRead, values) => {
    const row = madeAlike.length === 0 ? asRead : withKeptTexts(madeAlike, record, asRead, values);
    if (!hasProblems(row)) return row;
    const problems = new Map(row.problems);
    const targets = [...row.targets];
    for (const { cell, place, says } of cells) {
      if (problems.has(cell) && place >= 0 && says(record.cells[cell] ?? null, values[place] ?? null)) {
        problems.delete(cell);
      }
    }
    for (const { index, cell, place, target } of keys) {
      const id = idIn(values[place]);
      const text = record.cells[cell] ?? "";
      const says = isNothing(id) ? text === "" : id !== null && String(store.shownId(target, id)) === text;
      if (targets[index]?.ok !== false || place < 0 || !says) continue;
      targets[index] = { ok: true, id };
      problems.delete(cell);
    }
    return { ...row, targets, problems };
  };
}

/** Whether texts that differ are read as one value. In a format of the file's own the text that a date is stored as may be another day. */
function isMadeAlike(attribute: ValueAttribute, { dateFormat }: RunContext): boolean {
  return isDate(attribute) ? dateFormat === null : attribute.kind === "enum" && attribute.countsCase !== true;
}

/** Where a cell is the very text that is stored, that is the row's value, with all that reading it leaves out. */
function withKeptTexts(
  madeAlike: readonly { readonly cell: number; readonly place: number }[],
  { cells }: CsvRecord,
  row: ReadRow,
  stored: readonly StoredValue[],
): ReadRow {
  const isCut = ({ cell, place }: { readonly cell: number; readonly place: number }) =>
    row.values[cell] !== undefined && cells[cell] === stored[place] && row.values[cell] !== stored[place];
  const cut = madeAlike.filter(isCut);
  if (cut.length === 0) return row;
  const values = [...row.values];
  for (const { cell, place } of cut) values[cell] = stored[place];
  return { ...row, values };
}

/** The cell of an external key that nothing but its own column feeds; null: others do. */
export function plainCell({ parts: [part, ...others], inner }: ExternalKeyColumns): number | null {
  return part?.isOwn === true && others.length + inner.length === 0 ? part.cell : null;
}

/** Whether a cell says a value, by its text or as a number. */
function saysStored(
  { numberSigns: signs }: RunContext,
  attribute: ValueAttribute,
  same: (a: StoredValue, b: StoredValue) => boolean,
): (cell: Cell, stored: StoredValue) => boolean {
  const plainOf = signs === null ? (text: string) => text : plainNumbers(signs);
  const { kind } = attribute;
  const isNumber = kind === "integer" || kind === "number" || kind === "decimal";
  return (cell, stored) => {
    if (isEmpty(cell) || isNothing(stored)) return isEmpty(cell) && isNothing(stored);
    if (same(stored, cell) || isDateAsStored(attribute, stored, cell)) return true;
    const read = isNumber ? exactNumber(plainOf(cell) ?? "") : null;
    return read?.kind === "number" && areSameNumber(stored, read.value);
  };
}
