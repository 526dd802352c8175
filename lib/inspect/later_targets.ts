/** Rows that refer to rows further down of the same file: an import finds these in a second reading only (SPEC 16, `second_pass`). */
import { createdTargets } from "../columns/created_targets.ts";
import { knownColumns, type Naming } from "../columns/known_columns.ts";
import { laterKeys } from "../columns/later_keys.ts";
import { namedKey } from "../columns/named_key.ts";
import { type ColumnPlan, type ExternalKeyColumns, feedingCells } from "../columns/plan.ts";
import { comparedForm } from "../compared_text.ts";
import type { Cell } from "../csv/record.ts";
import { isOrIsBelow, labelIn } from "../model/look_up.ts";
import type { Findings } from "./finding.ts";
import type { InspectedClass } from "./inspection.ts";
import { type KeyBudget, KeyTable } from "./key_table.ts";

/** An external key of the class to itself, whose columns have counterparts among those of the object itself. */
export interface OwnKey {
  /** As `second_pass` takes it. */
  readonly name: string;
  /** Names of the columns that feed it. */
  readonly columns: readonly string[];
  /** The cells of these, and of their counterparts, in the same order. */
  readonly referring: readonly number[];
  readonly own: readonly number[];
  /** No object is above itself: a row that says so is refused however often the file is read. */
  readonly isTree: boolean;
}

/** A row, and the row further down to which it refers: their lines. */
export interface Reference {
  readonly line: number;
  readonly target: number;
}

const MOST_TOLD = 5;
/** Stands in no cell: the reader refuses rows that have it. */
const BETWEEN = "\0";
const REFERRED = 1;
const THERE = 2;

/** Notes one key in flat memory, until enough is found. */
export class LaterTargets {
  readonly #found: Reference[] = [];
  #texts: KeyTable | null;

  constructor(private readonly key: OwnKey, budget: KeyBudget) {
    this.#texts = new KeyTable(budget);
  }

  note(cells: readonly Cell[], line: number): void {
    const { own, referring } = this.key;
    // A row that refers to itself looks before it is there.
    const target = textOf(cells, referring);
    if (target !== null) this.#texts?.add(target, line, REFERRED);
    const itself = textOf(cells, own);
    const before = itself === null ? null : this.#texts?.add(itself, line, THERE) ?? null;
    if (before?.mark !== REFERRED || (this.key.isTree && before.line === line)) return;
    this.#tell({ line: before.line, target: line });
  }

  #tell(found: Reference): void {
    // Of twins the first one is enough.
    if (this.#found.some(({ line }) => line === found.line)) return;
    this.#found.push(found);
    if (this.#found.length <= MOST_TOLD) return;
    this.#texts?.drop();
    this.#texts = null;
  }

  /** @returns the name of the key, if a row needs it; null: none does, as far as was looked at */
  tell(findings: Findings): string | null {
    if (this.#found.length === 0) return null;
    const { name, columns } = this.key;
    const rows = this.#found.slice(0, MOST_TOLD);
    findings.warn({ kind: "rows_further_down", name, columns, rows, areMore: this.#found.length > MOST_TOLD });
    return name;
  }
}

/** Null: not every cell is filled, so it says of no object which it is. */
function textOf(row: readonly Cell[], cells: readonly number[]): string | null {
  const texts = cells.map((cell) => row[cell] ?? "");
  return texts.includes("") ? null : texts.map(comparedForm).join(BETWEEN);
}

/** What was said of the external keys of the file, as typed. */
export interface GivenKeys {
  readonly secondPass: readonly string[];
  readonly createTargets: readonly string[];
}

/** The keys that might be filled in a second reading; what is wrong with what was said of them is told. */
export function ownKeys(
  { model, modelClass }: InspectedClass,
  plan: ColumnPlan,
  naming: Naming,
  { secondPass, createTargets }: GivenKeys,
  findings: Findings,
): readonly OwnKey[] {
  const created = createdTargets(model, modelClass, naming, createTargets, plan);
  const request = { model, naming, plan, createTargets: created.codes, writesAccounts: false, isLimited: false };
  const given = laterKeys({ ...request, names: secondPass });
  for (const message of [...created.problems, ...given.ok ? [] : given.problems]) {
    findings.error({ kind: "columns_refused", message });
  }
  const known = knownColumns(model, modelClass, naming);
  const itself = pathsOfRow(plan);
  const found: OwnKey[] = [];
  for (const columns of plan.externalKeys) {
    const { key } = columns;
    const names = [...secondPass, ...found.map(({ name }) => name), key.code];
    const isFree = isOrIsBelow(model, modelClass.code, key.target) && !(given.ok && given.codes.has(key.code));
    if (!isFree || !laterKeys({ ...request, names }).ok) continue;
    const own = counterparts(columns, itself);
    if (own === null) continue;
    const label = labelIn(key.labels, naming.language, model, key.code);
    const isUsual = !naming.codes && !label.includes(",") && namedKey(known, plan, label)?.key.code === key.code;
    const referring = feedingCells(columns);
    const headers = referring.map((cell) => plan.headers[cell] ?? "");
    found.push({ name: isUsual ? label : key.code, columns: headers, referring, own, isTree: key.hierarchical });
  }
  return found;
}

const ARROW = "->";
const ID = "id";

type Path = readonly [path: string, cell: number];

/** What identifies the target, from there on, with the cells that say it. */
function pathsOf({ parts, inner }: ExternalKeyColumns, before: string): readonly Path[] {
  return [
    ...parts.map(({ attribute, cell }): Path => [before + (attribute === ID ? ID : attribute.code), cell]),
    ...inner.flatMap((columns) => pathsOf(columns, `${before}${columns.key.code}${ARROW}`)),
  ];
}

/** The same of a row itself. */
function pathsOfRow({ direct, externalKeys }: ColumnPlan): ReadonlyMap<string, number> {
  return new Map([
    ...direct.map(({ attribute, cell }): Path => [attribute === ID ? ID : attribute.code, cell]),
    ...externalKeys.flatMap((columns) => pathsOf(columns, `${columns.key.code}${ARROW}`)),
  ]);
}

/** The cells in which rows say of themselves what the key says of its target; null: they do not. */
function counterparts(columns: ExternalKeyColumns, itself: ReadonlyMap<string, number>): readonly number[] | null {
  const paths = pathsOf(columns, "").map(([path]) => path);
  // Objects that are called by their ids are there before the file.
  if (paths.some((path) => path === ID || path.endsWith(ARROW + ID))) return null;
  const cells = paths.flatMap((path) => itself.get(path) ?? []);
  return cells.length < paths.length ? null : cells;
}
