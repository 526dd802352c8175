/** Reads the cells of a row into the values that an object would get, and says what is wrong with each cell. */
import type { Cell, CsvRecord } from "../csv/record.ts";
import { defaultOf } from "../model/default_value.ts";
import { classOf } from "../model/look_up.ts";
import type { ClassCode, ModelClass, StoredValue } from "../model/model.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { ExternalKeyResolver } from "./external_key.ts";
import { namesClass } from "./final_class.ts";
import { looksLikeId } from "./key_explainer.ts";
import type { KeyTarget } from "./key_target.ts";
import type { LinkSetPlan } from "./link_set.ts";
import type { RuleKey } from "./link_uniqueness.ts";
import { parsedKeys } from "./match.ts";
import { createOwnAttributes, type OwnAttributes } from "./own_attributes.ts";
import type { CellProblem } from "./problems.ts";
import { type ColumnRole, type RoleOfColumn, rolesOf } from "./column_role.ts";
import { hasLineBreak, isOfOneLine } from "../values/line_breaks.ts";
import { isEmpty } from "../values/parsed.ts";
import { isKeeping } from "./keeping_cells.ts";
import { readLinkSets, type RowWithLinks } from "./row_links.ts";
import type { ParsedValue } from "../values/value_reader.ts";
import type { RunContext } from "./run_context.ts";

/** What the cells of one row say. */
export interface ReadRow {
  /** By the index of the resolver. */
  readonly targets: readonly KeyTarget[];
  /** Of direct columns, by cell; undefined where the cell is bad or holds no value. */
  readonly values: readonly (StoredValue | undefined)[];
  readonly linkSets: readonly LinkSetPlan[];
  /** By what its links were held against those of others; left out: by nothing. */
  readonly linksAskedBy?: readonly RuleKey[];
  /** What is wrong with direct columns, by cell. */
  readonly problems: ReadonlyMap<number, CellProblem>;
}

/** The object that a row matched. */
export interface MatchedObject {
  readonly id: ObjectId;
  readonly class: ClassCode;
}

/** The object that a row would write: one that it matched, a new one, or nobody knows. */
export type RowObject = MatchedObject | "new" | "unknown";

export interface RowReader {
  readonly roles: readonly RoleOfColumn[];
  readonly hasLinkSets: boolean;
  readonly hasPasswords: boolean;
  /**
   * @param targets of the record, by the index of their resolver
   * @param parsed what the cells of `parsedKeys` hold
   */
  read(
    record: CsvRecord,
    targets: readonly KeyTarget[],
    object: RowObject,
    parsed: readonly ParsedValue[],
  ): ReadRow;
  /** @see readLinkSets */
  readLinkSets(rows: readonly RowWithLinks[], areApart: boolean): Promise<readonly (ReadRow | null)[]>;
}

const NO_PROBLEMS: ReadonlyMap<number, CellProblem> = new Map();
const NO_LINK_SETS: readonly LinkSetPlan[] = [];

export function createRowReader(context: RunContext, resolvers: readonly ExternalKeyResolver[]): RowReader {
  const roles = rolesOf(context, resolvers);
  const own = createOwnAttributes(context);
  const keyCells = parsedKeys(context.plan);
  const columns = roles.map(({ cell, role }) => {
    const keyPlace = keyCells.indexOf(cell);
    // By an empty key the next run must find what this one makes.
    return { cell, role, keyPlace, keeps: keyPlace < 0 && isKeeping(context, cell) };
  });
  return {
    roles,
    hasLinkSets: roles.some(({ role }) => role.kind === "link_set"),
    hasPasswords: roles.some(({ role }) => role.kind === "value" && role.attribute.kind === "password"),
    read(record, targets, object, parsed) {
      const row: RowBeingRead = {
        object,
        targets: ofOwnClass(context, own, resolvers, object, targets),
        values: new Array(record.cells.length),
        linkSets: NO_LINK_SETS,
        problems: NO_PROBLEMS,
      };
      for (const { cell, role, keyPlace, keeps } of columns) {
        if (keeps && record.cells[cell] === "" && isKept(row, cell, role)) continue;
        const known = keyPlace < 0 ? undefined : parsed[keyPlace];
        const problem = readCell(context, own, row, cell, role, record.cells[cell] ?? null, known);
        // Nearly every row is good: it must not cost a map.
        if (problem !== null) row.problems = new Map([...row.problems, [cell, problem]]);
      }
      if (record.hasLineBreak) row.problems = withLineBreaks(columns, record, row.problems);
      return row;
    },
    readLinkSets: (rows, areApart) => readLinkSets(context, roles, rows, areApart),
  };
}

/** Only the reader of records looks at every character: few records have a line break, and values of many kinds may not. */
function withLineBreaks(
  columns: readonly RoleOfColumn[],
  { cells }: CsvRecord,
  problems: ReadonlyMap<number, CellProblem>,
): ReadonlyMap<number, CellProblem> {
  const all = new Map(problems);
  for (const { cell, role } of columns) {
    if (role.kind !== "value" || !isOfOneLine(role.attribute) || !hasLineBreak(cells[cell] ?? "")) continue;
    all.set(cell, { kind: "line_break" });
  }
  return new Map([...all].sort(([a], [b]) => a - b));
}

/** Whether an empty cell that changes nothing needs no look: a new object gets the default, if there is one (`empty_cells=keep`). */
function isKept(row: RowBeingRead, cell: number, role: ColumnRole): boolean {
  if (role.kind !== "value") return false;
  if (row.object !== "new" || role.attribute.filledByDatabase === true) return true;
  const usual = defaultOf(role.attribute);
  if ((usual ?? "") === "") return false;
  row.values[cell] = usual;
  return true;
}

interface RowBeingRead extends ReadRow {
  readonly object: RowObject;
  readonly values: (StoredValue | undefined)[];
  problems: ReadonlyMap<number, CellProblem>;
}

/** Keys that may be empty in the loaded class, but not in the object's own one; and those that a new object has none to keep. */
function ofOwnClass(
  { plan, emptyCells }: RunContext,
  own: OwnAttributes,
  resolvers: readonly ExternalKeyResolver[],
  object: RowObject,
  targets: readonly KeyTarget[],
): readonly KeyTarget[] {
  if (object === "new" && emptyCells === "keep") {
    return targets.map((target, index) => {
      const { none, columns } = resolvers[index] ?? {};
      return isKeptKey(target) && columns?.key.filledByDatabase !== true ? none ?? target : target;
    });
  }
  if (typeof object === "string" || object.class === plan.class.code || targets.length === 0) return targets;
  return targets.map((target, index) => {
    const key = resolvers[index]?.columns.key;
    if (!target.ok || target.id !== null || isKeptKey(target) || key === undefined) return target;
    return own.keyOf(key, object.class).nullAllowed ? target : KEY_IS_NULL;
  });
}

function isKeptKey(target: KeyTarget): boolean {
  return target.ok && target.isKept === true;
}

const KEY_IS_NULL: KeyTarget = { ok: false, problem: { kind: "key_is_null" }, missingId: null };

/** Notes what the cell holds; says what is wrong with it. @param known what the attribute's reader said of it already */
function readCell(
  context: RunContext,
  own: OwnAttributes,
  row: RowBeingRead,
  cell: number,
  role: ColumnRole,
  text: Cell,
  known: ParsedValue | undefined,
): CellProblem | null {
  const { object } = row;
  if (role.kind === "value") {
    // An empty password keeps the one that there is (golden decisions, b-att-password).
    if (role.attribute.kind === "password" && object !== "new" && (text ?? "") === "") return null;
    const { attribute, reader } = role;
    const ownReader = typeof object === "string" ? reader : own.readerOf(attribute, reader, object.class);
    const parsed = known !== undefined && ownReader === reader ? known : ownReader.parse(text);
    if (!parsed.ok) return parsed.problem;
    row.values[cell] = parsed.value;
  } else if (role.kind === "external_key") {
    const target = row.targets[role.resolver];
    if (target === undefined || target.ok) return null;
    const key = typeof object === "string" ? role.key : own.keyOf(role.key, object.class);
    if (target.missingId !== null) return { kind: "target_not_found", target: key.target, id: target.missingId };
    const isId = looksLikeId(text) || (key.takesAnyId === true && !isEmpty(text));
    return !isId && !key.nullAllowed ? { kind: "null_not_allowed" } : { kind: "object_not_found" };
  } else if (role.kind === "final_class" && object !== "unknown") {
    return finalClassProblem(
      context,
      text,
      object === "new" ? context.plan.class : classOf(context.model, object.class),
    );
  }
  return null;
}

/** A class may be named, but only the object's own one. An abstract one has no objects, which is told of the row. */
function finalClassProblem(context: RunContext, cell: Cell, actual: ModelClass): CellProblem | null {
  if (cell === null || cell === "" || actual.abstract || namesClass(context, cell, actual.code)) return null;
  return { kind: "value_not_allowed", found: cell, allowed: [actual.code], nearest: null };
}
