/** Steps that most cliffs have: a file is loaded, loaded again, and loaded with changes. */
import { EXIT } from "../../../lib/errors.ts";
import type { Counts, Kind, Step } from "./cliff.ts";
import { organizations, personsFile, type Start } from "./databases.ts";
import { person, PERSON_HEADER, type RowMaker, server, SERVER_HEADER } from "./rows.ts";
import { LOGIN, type Workshop } from "./workshop.ts";
import { world } from "./databases.ts";
import type { FileForm } from "./write_lines.ts";

export const PERSON: readonly string[] = ["--class=Person", "--reconciliationkeys=email"];
export const SERVER: readonly string[] = ["--class=Server", "--reconciliationkeys=name"];
export const CODES = "--no_localize=1";

const PERCENT: Readonly<Record<Kind, number>> = { create: 0, unchanged: 0, upd10: 10, upd100: 100 };
const USUAL: readonly Kind[] = ["create", "unchanged", "upd10"];
export const ALL: readonly Kind[] = ["create", "unchanged", "upd10", "upd100"];
export const TWO: readonly Kind[] = ["create", "unchanged"];

/** What is different from the base case; what is left out is the same. */
export interface Different {
  readonly header?: string;
  readonly row?: RowMaker;
  readonly args?: readonly string[];
  readonly start?: Start;
  readonly kinds?: readonly Kind[];
  readonly login?: readonly string[];
  /** Its header has labels, and no codes. */
  readonly hasLabels?: true;
  /** How many rows become what is not told. */
  readonly isUncounted?: true;
  readonly form?: FileForm;
}

/** @param prefix of the names of files and databases */
export function personSteps(prefix: string, rows: number, different: Different = {}): readonly Step[] {
  const { header = PERSON_HEADER, row = person, form = {} } = different;
  const file = (shop: Workshop, percent: number) =>
    shop.file(`${prefix}${rows}_${percent}.csv`, { header, count: rows, row: (index) => row(index, percent) }, form);
  return stepsWith(prefix, rows, file, different);
}

export function serverSteps(prefix: string, rows: number, different: Different = {}): readonly Step[] {
  return personSteps(prefix, rows, {
    header: SERVER_HEADER,
    row: (i, p) => server(i, p),
    args: SERVER,
    start: world,
    ...different,
  });
}

/** Those of the base case. */
export function baseSteps(rows: number): readonly Step[] {
  return stepsWith(`base${rows}`, rows, (shop, percent) => personsFile(shop, rows, percent), { kinds: ALL });
}

function stepsWith(
  prefix: string,
  rows: number,
  file: (shop: Workshop, percent: number) => string,
  { kinds = USUAL, args = PERSON, start = organizations(), login = LOGIN, hasLabels, isUncounted }: Different,
): readonly Step[] {
  const kept = `${prefix}_created.db`;
  const before = [...login, ...hasLabels === true ? [] : [CODES], ...args];
  return kinds.map((kind): Step => ({
    name: kind,
    rows,
    base: kind,
    start: kind === "create" ? start : () => Promise.resolve(kept),
    ...kind === "create" ? { keep: kept } : {},
    work: {
      args: (shop) => [...before, `--csvfile=${file(shop, PERCENT[kind])}`],
      exitCode: EXIT.done,
      counts: isUncounted === true ? null : countsOf(kind, rows),
    },
  }));
}

export function countsOf(kind: Kind, rows: number): Counts {
  const updated = kind === "upd100" ? rows : kind === "upd10" ? Math.ceil(rows / 10) : 0;
  const created = kind === "create" ? rows : 0;
  return { created, updated, unchanged: rows - created - updated, issues: 0 };
}

/** An import of one file that is no other step's. */
export interface OneImport {
  readonly name: Kind;
  /** Left out: the step of the same name. */
  readonly base?: Kind;
  readonly start: Start;
  readonly args: readonly string[];
  file(shop: Workshop): string;
  /** Left out: those of the kind; null: nobody has counted. */
  readonly counts?: Counts | null;
  readonly hasErrors?: true;
}

export function oneImport(rows: number, { name, base = name, start, args, file, counts, hasErrors }: OneImport): Step {
  return {
    name,
    rows,
    base,
    start,
    work: {
      args: (shop) => [...LOGIN, CODES, ...args, `--csvfile=${file(shop)}`],
      exitCode: hasErrors === true ? EXIT.rowsInError : EXIT.done,
      counts: counts === undefined ? countsOf(name, rows) : counts,
    },
  };
}
