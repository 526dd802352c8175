/** The cells of the report's table for one row: one for each external key, then one for each direct column. */
import { feedingCells } from "../columns/plan.ts";
import type { CsvRecord } from "../csv/record.ts";
import type { AttributeCode, StoredValue } from "../model/model.ts";
import type { ObjectId, ShownId } from "../store/object_id.ts";
import type { ReportCell } from "../values/value_reader.ts";
import { columnsBehind, type MadeCell, madeCell, typedCell } from "../columns/came_from.ts";
import type { ColumnRole, RoleOfColumn } from "./column_role.ts";
import type { ExternalKeyResolver } from "./external_key.ts";
import type { KeyTarget } from "./key_target.ts";
import { isToCreate } from "./new_targets.ts";
import type { CellProblem, CellTrouble } from "./problems.ts";
import type { ReadRow } from "./row_reader.ts";
import type { ShownCell } from "./row_result.ts";
import type { RunContext } from "./run_context.ts";

/** Shown where a row stopped before the external key was used. */
const NOT_LOOKED_AT = "n/a";

/** The attributes whose values differ from the object's; all in a new object. */
export type ChangedAttributes = ReadonlySet<AttributeCode> | "all";

/** What was found out about cells. */
export type ReadCells = Pick<ReadRow, "targets" | "values" | "problems">;

export interface RowCells {
  /**
   * A row that was stopped before its values were used: as it was typed.
   * @param keysWereUsed what its reconciliation keys mean was looked for
   */
  asTyped(record: CsvRecord, read: ReadCells, keysWereUsed: boolean): ShownCell[];
  /**
   * A row whose values were used.
   * @param friendlyName of a new object; null: as typed
   */
  asRead(record: CsvRecord, row: ReadRow, changed: ChangedAttributes, friendlyName: string | null): ShownCell[];
  /** Everything that is wrong with the cells of a row. */
  troubles(
    record: CsvRecord,
    targets: readonly KeyTarget[],
    problems: ReadonlyMap<number, CellProblem>,
  ): CellTrouble[];
}

export function createRowCells(
  context: RunContext,
  resolvers: readonly ExternalKeyResolver[],
  roles: readonly RoleOfColumn[],
): RowCells {
  const { plan } = context;
  const { cellTrouble, keyTrouble } = troublesIn(context, roles);
  const keyCell = (record: CsvRecord, resolver: ExternalKeyResolver, target: KeyTarget | undefined): ShownCell => {
    if (target === undefined || isToCreate(target) || (target.ok && target.isKept === true)) return NOT_LOOKED_AT;
    return target.ok ? shownTarget(context, resolver, target.id) : keyTrouble(record, resolver, target.problem);
  };
  return {
    asTyped: (record, { targets, values, problems }, keysWereUsed) => [
      ...resolvers.map((resolver, index): ShownCell => {
        const target = targets[index];
        // What a good key means was not used.
        const wasUsed = keysWereUsed && resolver.isReconciliationKey;
        return target?.ok && !wasUsed ? NOT_LOOKED_AT : keyCell(record, resolver, target);
      }),
      ...roles.map(({ cell, role }): ShownCell => {
        const problem = problems.get(cell);
        return problem === undefined
          ? shownAsItIs(plan, record, values, cell, role)
          : cellTrouble(record, cell, problem);
      }),
    ],
    asRead: (record, row, changed, friendlyName) => [
      ...resolvers.map((resolver, index) => keyCell(record, resolver, row.targets[index])),
      ...roles.map(({ cell, role }): ShownCell => {
        const problem = row.problems.get(cell);
        if (problem !== undefined) return cellTrouble(record, cell, problem);
        if (role.kind === "friendly_name" && friendlyName !== null) return friendlyName;
        return isSet(role, changed)
          ? shownAsSet(context, resolvers, record, row, cell, role)
          : shownAsItIs(plan, record, row.values, cell, role);
      }),
    ],
    troubles(record, targets, problems) {
      const troubles: CellTrouble[] = [];
      resolvers.forEach((resolver, index) => {
        const target = targets[index];
        if (target !== undefined && !target.ok) troubles.push(keyTrouble(record, resolver, target.problem));
      });
      for (const [cell, problem] of problems) {
        troubles.push(cellTrouble(record, cell, problem));
      }
      return troubles;
    },
  };
}

/** Says at which columns a problem stands. */
function troublesIn({ plan }: RunContext, roles: readonly RoleOfColumn[]): {
  cellTrouble(record: CsvRecord, cell: number, problem: CellProblem): CellTrouble;
  keyTrouble(record: CsvRecord, resolver: ExternalKeyResolver, problem: CellProblem): CellTrouble;
} {
  const secret = new Set(roles.filter(({ role }) => isSecret(role)).map(({ cell }) => cell));
  return {
    cellTrouble: (record, cell, problem) => {
      const typed = typedCell(plan, record, cell);
      return {
        attribute: plan.codes[cell] ?? "",
        columns: columnsBehind(plan, cell),
        // An empty password is none.
        cell: secret.has(cell) && typed !== "" ? null : typed,
        problem,
        ...secret.has(cell) ? {} : madeBy(plan, record, [cell]),
      };
    },
    keyTrouble: (record, { columns }, problem) => {
      const cells = feedingCells(columns);
      return {
        attribute: columns.key.code,
        columns: [...new Set(cells.flatMap((cell) => columnsBehind(plan, cell)))],
        cell: null,
        problem,
        ...madeBy(plan, record, cells),
      };
    },
  };
}

/** What a map had to do with it. */
function madeBy(
  plan: RunContext["plan"],
  record: CsvRecord,
  cells: readonly number[],
): { readonly made?: readonly MadeCell[] } {
  const made = cells.map((cell) => madeCell(plan, record, cell)).filter((one) => one !== null);
  return made.length === 0 ? {} : { made };
}

function shownAsTyped(plan: RunContext["plan"], record: CsvRecord, cell: number, role: ColumnRole): ReportCell {
  return isSecret(role) ? null : typedCell(plan, record, cell);
}

/** A value that no row has set: as it was typed, but the words of enumerations and booleans are those of values that are set, their codes. */
function shownAsItIs(
  plan: RunContext["plan"],
  record: CsvRecord,
  values: ReadRow["values"],
  cell: number,
  role: ColumnRole,
): ReportCell {
  const value = values[cell];
  const hasCode = role.kind === "value" && (role.attribute.kind === "enum" || role.attribute.kind === "boolean");
  if (!hasCode || value === undefined) return shownAsTyped(plan, record, cell, role);
  return role.reader.report(value, typedCell(plan, record, cell));
}

function isSecret(role: ColumnRole): boolean {
  return role.kind === "value" && role.attribute.kind === "password";
}

function isSet(role: ColumnRole, changed: ChangedAttributes): boolean {
  const isChanged = (code: AttributeCode) => changed === "all" || changed.has(code);
  switch (role.kind) {
    case "value":
    case "link_set":
      return isChanged(role.attribute.code);
    case "external_key":
      return isChanged(role.key.code);
    case "final_class":
      return isChanged(role.code);
    default:
      return false;
  }
}

function shownAsSet(
  context: RunContext,
  resolvers: readonly ExternalKeyResolver[],
  record: CsvRecord,
  row: ReadRow,
  cell: number,
  role: ColumnRole,
): ReportCell {
  switch (role.kind) {
    case "value": {
      const value: StoredValue = row.values[cell] ?? null;
      return role.reader.report(value, typedCell(context.plan, record, cell));
    }
    case "external_key": {
      const target = row.targets[role.resolver];
      const resolver = resolvers[role.resolver];
      // The row says what the key holds, which is no id.
      return target?.ok && resolver !== undefined && role.key.referenced === undefined
        ? shownTarget(context, resolver, target.id)
        : shownAsTyped(context.plan, record, cell, role);
    }
    case "link_set":
      return row.linkSets.find((plan) => plan.attribute.code === role.attribute.code)?.shownAfter ?? null;
    case "final_class":
      return context.plan.class.code;
    default:
      return shownAsTyped(context.plan, record, cell, role);
  }
}

/** Where 0 may be an id, it does not stand for none. */
function shownTarget(
  { store }: RunContext,
  { columns: { key } }: ExternalKeyResolver,
  id: ObjectId | null,
): ShownId | null {
  if (id === null) return key.takesAnyId === true ? null : 0;
  return store.shownId(key.target, id);
}
