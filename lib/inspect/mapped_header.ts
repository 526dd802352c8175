/** The header of a file that is loaded with a map. */
import { planColumns } from "../columns/column_plan.ts";
import type { ColumnTarget, KnownColumns, Naming } from "../columns/known_columns.ts";
import { columnMapper } from "../columns/mapped_columns.ts";
import { IgnoredColumns } from "../columns/ignored_columns.ts";
import type { ColumnPlan, IgnoredColumn } from "../columns/plan.ts";
import { columnName } from "../csv/heading.ts";
import { mapHeader } from "../mapping/map_header.ts";
import type { MapFile } from "../mapping/map_file.ts";
import { mapProblemMessage } from "../messages/map.ts";
import type { Findings } from "./finding.ts";
import type { GivenFormat, InspectedClass } from "./inspection.ts";

export interface MappedMatch {
  /** Columns that are not loaded. */
  readonly ignored: readonly IgnoredColumn[];
  /** Null: an import would be refused. */
  readonly plan: ColumnPlan | null;
  /** For each column of the file; undefined: it is no attribute. */
  readonly targets: readonly (ColumnTarget | undefined)[];
  /** Indexes of columns that are no attributes, but templates take cells of them. */
  readonly taken: readonly number[];
}

export function matchMapped(
  { model, modelClass }: InspectedClass,
  map: MapFile,
  naming: Naming,
  known: KnownColumns,
  header: readonly string[],
  { keys, file: { ignoredColumns } }: GivenFormat,
  findings: Findings,
): MappedMatch {
  const mapper = columnMapper(map, model, modelClass, naming);
  const names = header.map(columnName);
  const all = mapper(names, known).targets;
  const ignored = new IgnoredColumns(ignoredColumns).of(names, all);
  const targets = withoutIgnored(all, ignored).slice(0, header.length);
  const result = planColumns(model, modelClass, naming, header, keys, mapper, ignoredColumns);
  if (!result.ok) { for (const message of result.problems) findings.error({ kind: "columns_refused", message }); }
  return {
    plan: result.ok ? result.plan : null,
    ignored,
    targets: targets.map((target) => target ?? undefined),
    taken: targets.flatMap((target, cell) => target === null ? [cell] : []),
  };
}

/** What is not loaded is nothing. */
export function withoutIgnored<T>(
  targets: readonly T[],
  ignored: readonly IgnoredColumn[],
): readonly (T | undefined)[] {
  const cells = new Set(ignored.map(({ cell }) => cell));
  return targets.map((target, cell) => cells.has(cell) ? undefined : target);
}

/** The columns that the map lacks in the file, where no class says what the others are. */
export function judgeMap(map: MapFile, header: readonly string[], findings: Findings): void {
  for (const problem of mapHeader(map, header.map(columnName)).problems) {
    findings.error({ kind: "columns_refused", message: mapProblemMessage(map.file, problem) });
  }
}
