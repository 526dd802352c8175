/** All rows of a database, table by table, into a new one. What others have put into it is told, and left out. */
import { EXIT, RunStop } from "../../errors.ts";
import { partMissing } from "../../messages/copy.ts";
import type { ClassCode } from "../../model/model.ts";
import type { CopiedCounts, LeftOut } from "../../store/copied_counts.ts";
import type { OwnMapping } from "../sql/own_layout.ts";
import { SPELLING_TABLES } from "../sql/spelling_tables.ts";
import { KEPT_TABLES, MODEL_TABLE } from "../sql/system_tables.ts";
import { viewName } from "../sql/view_statements.ts";
import type { CopiedColumn, CopiedRow, CopiedTable, CopySource, CopyTarget, TablesByName } from "./copied_table.ts";

/** Tables that csvrecon makes, and that each database fills for itself. */
export const OWN_TABLES: readonly string[] = [MODEL_TABLE, ...SPELLING_TABLES];

export interface RowsCopy {
  readonly source: CopySource;
  readonly target: CopyTarget;
  readonly mapping: OwnMapping;
  /** Names of tables that the kind of database of the source has for itself. */
  readonly ofItsKind: readonly string[];
  /** Told of rows that were read. */
  readonly onRows: (rows: number) => Promise<void>;
}

/** @throws RunStop 78 when the source lacks what its model needs, or has what cannot be copied */
export async function copyRows(copy: RowsCopy): Promise<CopiedCounts> {
  const { source, target, mapping: { layout } } = copy;
  const [there, wanted] = [await source.tables(), await target.tables()];
  const rows = new Map<string, number>();
  for (const name of KEPT_TABLES) {
    const table = sharedTable(source, wanted.get(name), there.get(name), false);
    // Older versions of csvrecon have not made all of them.
    if (table !== null) rows.set(name, await copyTable(copy, table, () => {}));
  }
  const objects = new Map<ClassCode, number>();
  for (const { name, classColumn } of layout.tables) {
    const table = sharedTable(source, wanted.get(name), there.get(name), true);
    if (table === null) throw missing(source, name);
    const place = table.columns.findIndex((column) => column.name === classColumn);
    await copyTable(copy, table, (row) => count(objects, String(row[place])));
  }
  await target.keepLastIds(await source.lastIds(layout));
  return {
    objects: new Map([...copy.mapping.model.classes.keys()].flatMap((code) => {
      const number = objects.get(code);
      return number === undefined ? [] : [[code, number]];
    })),
    runs: rows.get("change") ?? 0,
    entries: rows.get("change_op") ?? 0,
    feeds: rows.get("csvrecon_feed") ?? 0,
    leftOut: await leftOut(copy, there, wanted),
  };
}

function count(objects: Map<ClassCode, number>, code: ClassCode): void {
  objects.set(code, (objects.get(code) ?? 0) + 1);
}

/** The columns that both have. @param isWhole whether the source must have all of them */
function sharedTable(
  source: CopySource,
  wanted: CopiedTable | undefined,
  there: CopiedTable | undefined,
  isWhole: boolean,
): CopiedTable | null {
  if (wanted === undefined || there === undefined) return null;
  const names = new Set(there.columns.map(({ name }) => name));
  const lacks = wanted.columns.find(({ name }) => !names.has(name));
  if (lacks !== undefined && isWhole) throw missing(source, `${wanted.name}.${lacks.name}`);
  return { ...wanted, columns: wanted.columns.filter(({ name }) => names.has(name)) };
}

function missing({ name }: CopySource, part: string): RunStop {
  return new RunStop(EXIT.databaseNotUsable, [partMissing(name, part)]);
}

/** While rows are written, the next ones are read. @returns how many rows there were */
async function copyTable(
  { source, target, onRows }: RowsCopy,
  table: CopiedTable,
  look: (row: CopiedRow) => void,
): Promise<number> {
  let total = 0;
  let written = Promise.resolve();
  for await (const rows of source.pages(table)) {
    await written;
    written = target.insert(table, rows);
    // It is waited for when the next rows are there, which may never come.
    written.catch(() => {});
    for (const row of rows) look(row);
    total += rows.length;
    await onRows(total);
  }
  await written;
  return total;
}

/** What csvrecon has not made. */
async function leftOut(
  { source, mapping: { model, layout }, ofItsKind }: RowsCopy,
  there: TablesByName,
  wanted: TablesByName,
): Promise<readonly LeftOut[]> {
  const own = new Set([...KEPT_TABLES, ...OWN_TABLES, ...ofItsKind, ...layout.tables.map(({ name }) => name)]);
  const views = new Set([...model.classes.keys()].map(viewName));
  const columns = [...there.values()].flatMap(({ name, columns }) => {
    const known = wanted.get(name)?.columns.map((column: CopiedColumn) => column.name);
    return known === undefined ? [] : columns.filter((column) => !known.includes(column.name))
      .map((column) => `${name}.${column.name}`);
  });
  const named = (kind: LeftOut["kind"], names: readonly string[]) => names.map((name): LeftOut => ({ kind, name }));
  return [
    ...named("table", [...there.keys()].filter((name) => !own.has(name))),
    ...named("column", columns),
    ...named("view", (await source.views()).filter((name) => !views.has(name))),
    ...named("trigger", await source.triggers()),
  ];
}
