/** The cells of the report's table for one row: one for each external key, then one for each direct column. */
import type { CsvRecord } from "../csv/record.ts";
import type { AttributeCode, StoredValue } from "../model/model.ts";
import type { ReportCell } from "../values/value_reader.ts";
import type { ExternalKeyResolver } from "./external_key.ts";
import type { KeyTarget } from "./key_target.ts";
import type { ColumnRole, ReadRow, RoleOfColumn } from "./row_reader.ts";
import { type RunContext, shownId } from "./run_context.ts";

/** Shown where a row stopped before the external key was looked at. */
const NOT_LOOKED_AT = "n/a";

export interface RowCells {
  /** A row that stopped before its values were looked at: as it was typed. */
  asTyped(
    record: CsvRecord,
    targets: readonly (KeyTarget | undefined)[],
    problems: ReadonlyMap<number, string>,
  ): ReportCell[];
  /**
   * A row whose values were looked at.
   * @param changed the attributes whose values differ from the object's; all in a new object
   * @param friendlyName of a new object; null: as typed
   */
  asRead(
    record: CsvRecord,
    row: ReadRow,
    changed: ReadonlySet<AttributeCode>,
    friendlyName: string | null,
  ): ReportCell[];
}

export function createRowCells(
  context: RunContext,
  resolvers: readonly ExternalKeyResolver[],
  roles: readonly RoleOfColumn[],
): RowCells {
  const keyCells = (targets: readonly (KeyTarget | undefined)[]): ReportCell[] =>
    resolvers.map((resolver, index) => {
      const target = targets[index];
      if (target === undefined) return NOT_LOOKED_AT;
      return target.ok ? shownTarget(context, resolver, target.id) : target.text;
    });
  return {
    asTyped: (record, targets, problems) => [
      ...keyCells(targets),
      ...roles.map(({ cell, role }) => problems.get(cell) ?? typed(record, cell, role)),
    ],
    asRead: (record, row, changed, friendlyName) => [
      ...keyCells(row.targets),
      ...roles.map(({ cell, role }): ReportCell => {
        const problem = row.problems.get(cell);
        if (problem !== undefined) return problem;
        if (role.kind === "friendly_name" && friendlyName !== null) return friendlyName;
        return isSet(role, changed) ? set(context, resolvers, record, row, cell, role) : typed(record, cell, role);
      }),
    ],
  };
}

function typed(record: CsvRecord, cell: number, role: ColumnRole): ReportCell {
  const isSecret = role.kind === "value" && role.attribute.kind === "password";
  return isSecret ? null : record.cells[cell] ?? null;
}

function isSet(role: ColumnRole, changed: ReadonlySet<AttributeCode>): boolean {
  switch (role.kind) {
    case "value":
    case "link_set":
      return changed.has(role.attribute.code);
    case "external_key":
      return changed.has(role.key.code);
    case "final_class":
      return changed.has("finalclass");
    default:
      return false;
  }
}

function set(
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
      return role.reader.report(value, record.cells[cell] ?? null);
    }
    case "external_key": {
      const target = row.targets[role.resolver];
      const resolver = resolvers[role.resolver];
      return target?.ok && resolver !== undefined
        ? shownTarget(context, resolver, target.id)
        : typed(record, cell, role);
    }
    case "link_set":
      return row.linkSets.find((plan) => plan.attribute.code === role.attribute.code)?.shown ?? null;
    case "final_class":
      return context.plan.class.code;
    default:
      return typed(record, cell, role);
  }
}

function shownTarget(context: RunContext, resolver: ExternalKeyResolver, id: number | null): number {
  return id === null ? 0 : shownId(context, resolver.columns.key.target, id);
}
