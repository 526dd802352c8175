/** What each column of the file writes for a row. */
import { hasLineBreak } from "../values/line_breaks.ts";
import type { ColumnTarget } from "../columns/known_columns.ts";
import { attributeOf, classOf, isColumn } from "../model/look_up.ts";
import type { Attribute, ExternalKeyAttribute } from "../model/model.ts";
import { nameOfClass } from "../reconcile/final_class.ts";
import { idIn, type ObjectId } from "../store/object_id.ts";
import type { ExportColumn } from "./default_columns.ts";
import type { ExportContext } from "./export_context.ts";
import type { ExportPlan } from "./export_plan.ts";
import type { CellFault } from "./notes.ts";
import { OwnCells } from "./own_cells.ts";
import type { Row, RowValues } from "./row_values.ts";
import { searchedText } from "./searched_text.ts";

/** A cell, and why it does not load back; null: it does. */
export interface ExportedCell {
  readonly text: string;
  readonly fault: CellFault | null;
}

export interface ColumnCells {
  readonly name: string;
  /** Blanks at the ends of its cells do not count. */
  readonly isOneLine: boolean;
  /** What is not there at once is awaited: only link sets are. */
  cell(row: Row): ExportedCell | Promise<ExportedCell>;
}

export async function columnCells(
  context: ExportContext,
  plan: ExportPlan,
  rows: RowValues,
): Promise<readonly ColumnCells[]> {
  const all: ColumnCells[] = [];
  for (const column of plan.columns) all.push(await cellsOf(context, plan, rows, column));
  return all;
}

async function cellsOf(
  context: ExportContext,
  plan: ExportPlan,
  rows: RowValues,
  { name, target }: ExportColumn,
): Promise<ColumnCells> {
  const { store } = context;
  if (target.kind === "id") {
    return { name, isOneLine: true, cell: ({ object }) => good(String(store.shownId(object.class, object.id))) };
  }
  if (target.kind === "through_key") return partCells(context, plan, rows, name, target);
  const { attribute } = target;
  if (attribute.kind === "link_set") {
    return { name, isOneLine: false, cell: await rows.links(plan.targets, attribute) };
  }
  if (attribute.kind === "external_key") return keyCells(context, rows, name, attribute);
  if (isColumn(attribute)) {
    const own = new OwnCells(context, attribute, plan.keyCodes.has(attribute.code));
    const valueOf = rows.valueOf(target);
    return {
      name,
      isOneLine: own.isOneLine,
      cell(row) {
        const value = valueOf(row);
        const text = own.text(row.object.class, value);
        return { text, fault: own.fault(row.object.class, value, text) };
      },
    };
  }
  return computedCells(context, rows, name, attribute);
}

function good(text: string): ExportedCell {
  return { text, fault: null };
}

const EMPTY: ExportedCell = good("");
const HIDDEN: ExportedCell = { text: "", fault: "hidden" };

/** An external key by its id, or by what it refers to its target by. */
function keyCells(context: ExportContext, rows: RowValues, name: string, key: ExternalKeyAttribute): ColumnCells {
  const { place } = rows.key(key);
  const textOf = referringText(context, rows, key);
  const seen = rows.valueOf({ kind: "attribute", attribute: key });
  return {
    name,
    isOneLine: true,
    cell(row) {
      const id = idIn(seen(row));
      if (id !== null) return good(textOf(row, id));
      if (row.values[place] !== null) return HIDDEN;
      // What is stored stays, while the file says the same.
      return key.nullAllowed || key.keepsWhatIsStored === true ? EMPTY : { text: "", fault: "refused" };
    },
  };
}

/** What is not there has its value all the same. */
function referringText(
  context: ExportContext,
  rows: RowValues,
  key: ExternalKeyAttribute,
): (row: Row, id: ObjectId) => string {
  const { store, model } = context;
  const shown = (id: ObjectId) => String(store.shownId(key.target, id));
  if (key.referenced === undefined) return (_, id) => shown(id);
  const attribute = attributeOf(classOf(model, key.target), key.referenced);
  const valueOf = rows.valueOf({ kind: "through_key", key, through: [], attribute, externalField: null });
  const text = searchedText(context, key.target, key.referenced);
  return (row, id) => {
    const value = valueOf(row);
    return value === null ? shown(id) : text?.write(value) ?? String(value);
  };
}

/** An attribute of what an external key refers to. */
function partCells(
  context: ExportContext,
  plan: ExportPlan,
  rows: RowValues,
  name: string,
  target: ThroughKey,
): ColumnCells {
  const { key, through, attribute } = target;
  const text = searchedText(context, (through.at(-1) ?? key).target, attribute.code);
  const valueOf = rows.valueOf(target);
  const { place, cells } = rows.key(key);
  const isHidden = cells.hides(through);
  const isUntold = untoldBy(plan, rows, target);
  return {
    name,
    isOneLine: text?.isOneLine ?? true,
    cell(row) {
      const id = idIn(row.values[place]);
      if (id === null) return EMPTY;
      if (isHidden(id)) return HIDDEN;
      const value = valueOf(row);
      const written = text === null ? String(value ?? "") : text.write(value);
      return written === "" && isUntold(row) ? { text: "", fault: "untold" } : good(written);
    },
  };
}

type ThroughKey = ColumnTarget & { readonly kind: "through_key" };

/** A target whose columns are all empty is none, and so is one behind a further arrow: the first of these columns tells of it. */
function untoldBy({ columns }: ExportPlan, rows: RowValues, target: ThroughKey): (row: Row) => boolean {
  const keys = [target.key, ...target.through];
  const through = columns.flatMap((one) => one.target.kind === "through_key" ? [one.target] : []);
  const isById = columns.some((one) => one.target.kind === "attribute" && one.target.attribute === target.key);
  const tests = keys.flatMap((key, depth) => {
    const way = keys.slice(0, depth + 1);
    const behind = through.filter((other) => way.every((one, step) => [other.key, ...other.through][step] === one));
    if (behind[0] !== target || (depth === 0 && isById)) return [];
    const values = behind.map((one) => rows.valueOf(one));
    const idOf = rows.valueOf(
      depth === 0
        ? { kind: "attribute", attribute: key }
        : { ...target, through: keys.slice(1, depth), attribute: key },
    );
    return [(row: Row) => idOf(row) !== null && values.every((valueOf) => (valueOf(row) ?? "") === "")];
  });
  return (row) => tests.some((test) => test(row));
}

/** Computed values: an import refuses them, or compares them only. */
function computedCells(context: ExportContext, rows: RowValues, name: string, attribute: Attribute): ColumnCells {
  const { store, modelClass } = context;
  const valueOf = rows.valueOf({ kind: "attribute", attribute });
  const write = (row: Row): string => {
    const value = valueOf(row);
    if (value === null) return "";
    if (attribute.kind === "final_class") return nameOfClass(context, modelClass, String(value));
    if (attribute.kind === "external_field" && attribute.attribute === "id") {
      const key = modelClass.attributes.get(attribute.key);
      const id = idIn(value);
      if (key?.kind === "external_key" && id !== null) return String(store.shownId(key.target, id));
    }
    return String(value);
  };
  return {
    name,
    isOneLine: true,
    cell(row) {
      const text = write(row);
      return { text, fault: hasLineBreak(text) ? "refused" : null };
    },
  };
}
