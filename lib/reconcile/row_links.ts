/** The link sets of rows: those of many are read together. */
import type { CsvRecord } from "../csv/record.ts";
import type { RoleOfColumn } from "./column_role.ts";
import type { LinkSetPlan, LinkSetResult, RefusedLinkSet } from "./link_set.ts";
import type { CellProblem } from "./problems.ts";
import { isKeeping } from "./keeping_cells.ts";
import type { ReadRow, RowObject } from "./row_reader.ts";
import type { RunContext } from "./run_context.ts";

/** A row that was read but for its link sets. */
export interface RowWithLinks {
  readonly record: CsvRecord;
  readonly read: ReadRow;
  readonly object: RowObject;
}

interface CellResult {
  readonly cell: number;
  readonly result: LinkSetResult;
}

/**
 * Adds the link sets to rows.
 * @param areApart they stand apart (`linksStandApart`); otherwise there is one, which is alone
 * @returns null: the row is to be read by itself, when those before it are written
 */
export async function readLinkSets(
  context: RunContext,
  roles: readonly RoleOfColumn[],
  rows: readonly RowWithLinks[],
  areApart: boolean,
): Promise<readonly (ReadRow | null)[]> {
  const results = rows.map((): CellResult[] => []);
  for (const { cell, role } of roles) {
    if (role.kind !== "link_set") continue;
    const places = [...rows.keys()].filter((place) => isRead(context, cell, rows[place]));
    const cells = places.map((place) => cellOf(cell, rows[place]));
    const read = cells.length === 0 ? [] : await role.reader.read(cells, areApart);
    places.forEach((place, index) => results[place]?.push({ cell, result: read[index] ?? null }));
  }
  const whole: (ReadRow | null)[] = [];
  for (const [place, row] of rows.entries()) whole.push(await withLinkSets(context, row, results[place] ?? []));
  return whole;
}

function isRead(context: RunContext, cell: number, row: RowWithLinks | undefined): boolean {
  return row !== undefined && (row.object === "new" || row.record.cells[cell] !== "" || !isKeeping(context, cell));
}

function cellOf(cell: number, row: RowWithLinks | undefined) {
  return { cell: row?.record.cells[cell] ?? null, objectId: row === undefined ? null : objectIdOf(row) };
}

function objectIdOf({ object }: RowWithLinks) {
  return typeof object === "string" ? null : object.id;
}

async function withLinkSets(
  context: RunContext,
  row: RowWithLinks,
  results: readonly CellResult[],
): Promise<ReadRow | null> {
  const read: { readonly cell: number; readonly plan: LinkSetPlan }[] = [];
  const problems = new Map(row.read.problems);
  for (const { cell, result } of results) {
    if (result === null) return null;
    if (result.ok) read.push({ cell, plan: result.plan });
    else problems.set(cell, badLinkSet(result));
  }
  const linkSets = read.map(({ plan }) => plan);
  if (linkSets.length > 1 && context.links !== "remove") {
    const { contradiction } = await import("./same_link.ts");
    for (const { cell, plan } of read) {
      const found = linkSets.map((other) =>
        other === plan ? null : contradiction(context, plan, other, objectIdOf(row))
      );
      const problem = found.find((one) => one !== null);
      if (problem !== undefined) problems.set(cell, { kind: "bad_link_set", problem });
    }
  }
  const linksAskedBy = results.flatMap(({ result }) =>
    result === null ? [] : (result.ok ? result.plan.asked : result.asked) ?? []
  );
  // By their columns, as the cells are.
  return { ...row.read, linkSets, linksAskedBy, problems: new Map([...problems].sort(([a], [b]) => a - b)) };
}

function badLinkSet({ problem, others }: RefusedLinkSet): CellProblem {
  return { kind: "bad_link_set", problem, ...others === undefined ? {} : { others } };
}
