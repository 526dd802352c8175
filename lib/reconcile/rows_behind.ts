/**
 * Rows that fail only because of other rows of their file (SPEC 16): what they refer to stands further down, or is in error itself. Each such
 * cause is told once, with the cure, however many rows it has.
 */
import { laterKeys } from "../columns/later_keys.ts";
import { type ExternalKeyColumns, feedingCells } from "../columns/plan.ts";
import { comparedForm } from "../compared_text.ts";
import type { Cell } from "../csv/record.ts";
import { isOrIsBelow } from "../model/look_up.ts";
import { createExternalKeyResolver } from "./external_key.ts";
import type { KeyTarget } from "./key_target.ts";
import type { AskedRow } from "./row_questions.ts";
import type { RunContext } from "./run_context.ts";

/** So many different targets, and rows in error, are remembered: where there are more, some rows are told nothing of. */
const MOST_NOTED = 20_000;
/** In UTF-16 code units; longer texts are no keys. */
const LONGEST_NAME = 1000;
/** So many causes are told each by itself; there are seldom more than one. */
const MOST_CAUSES = 5;

/** An external key by which rows may refer to rows: the file has its columns for the targets as well. */
interface OwnKey {
  readonly columns: ExternalKeyColumns;
  /** Among all external keys of the plan. */
  readonly index: number;
  /** The cells that say what the target is, and those that say the same of the row's own object. */
  readonly searched: readonly number[];
  readonly own: readonly number[];
}

/** Rows that look for one target. */
interface Waiting {
  readonly key: OwnKey;
  readonly searched: readonly Cell[];
  readonly firstLine: number;
  count: number;
}

/** Where a row that fails because of others has its cause: the line of another row in error, or null: what it needs stands further down. */
type Cause = number | null;

/** Rows, and why they fail. */
interface Caused {
  readonly waiting: Waiting;
  readonly cause: Cause;
}

export class RowsBehind {
  /** By what they look for. */
  readonly #waiting = new Map<string, Waiting>();
  /** The lines of the rows in error, by what their objects would have been. */
  readonly #refused = new Map<string, number>();
  /** What the rows in error wait for, by their lines; those in error for reasons of their own wait for nothing. */
  readonly #waitsFor = new Map<number, string>();

  constructor(private readonly context: RunContext, private readonly keys: readonly OwnKey[]) {}

  /** A row is in error. */
  rejected(row: AskedRow): void {
    if (row.form !== null || this.#refused.size >= MOST_NOTED) return;
    const { line, cells } = row.record;
    const [first] = this.#onlyTargets(row);
    if (first !== undefined) {
      const searched = first.searched.map((cell) => cells[cell] ?? null);
      const name = nameOf(first, searched);
      if (name !== null) this.#wait(name, { key: first, searched, firstLine: line, count: 1 });
    }
    for (const key of this.keys) {
      const name = nameOf(key, key.own.map((cell) => cells[cell] ?? null));
      if (name !== null && !this.#refused.has(name)) this.#refused.set(name, line);
    }
  }

  /** To be called when all rows are worked: what is further down is there now. */
  async warn(): Promise<void> {
    if (this.#waiting.size === 0) return;
    const causes = await this.#causes();
    const below = causes.filter(({ cause }) => cause === null).map(({ waiting }) => waiting);
    for (const key of this.keys) {
      const rows = sumOf(below.filter((waiting) => waiting.key === key));
      if (rows.count > 0) this.#noteBelow(key, rows);
    }
    const lines = new Map<number, Waiting[]>();
    for (const { waiting, cause } of causes) {
      if (cause !== null) lines.set(cause, [...lines.get(cause) ?? [], waiting]);
    }
    const told = [...lines].map(([line, waiting]) => ({ line, ...sumOf(waiting) }))
      .sort((one, other) => other.count - one.count || one.line - other.line);
    for (const { line, count, firstLine } of told.slice(0, MOST_CAUSES)) {
      this.context.warnings.note({ kind: "behind_row_in_error", count, line: firstLine, cause: line });
    }
  }

  #noteBelow({ columns }: OwnKey, { count, firstLine }: Rows): void {
    const { model, plan, codesNotLabels, language, createTargets, rules, someObjectsAreHidden } = this.context;
    const [header = ""] = feedingCells(columns).map((cell) => plan.headers[cell] ?? "");
    const [name = ""] = header.split("->");
    const later = laterKeys({
      model,
      naming: { codes: codesNotLabels, language },
      plan,
      names: [name],
      createTargets,
      writesAccounts: rules !== null,
      isLimited: someObjectsAreHidden,
    });
    this.context.warnings.note({ kind: "targets_below", count, line: firstLine, key: name, canWait: later.ok });
  }

  /** The keys for which the row fails, if there is nothing else that is wrong with it. */
  #onlyTargets({ targets, read }: AskedRow): readonly OwnKey[] {
    if (read.problems.size > 0 || targets.every(({ ok }) => ok)) return [];
    const failing = targets.flatMap((target, index) => target.ok ? [] : [{ target, index }]);
    const own = failing.flatMap(({ target, index }) => {
      const key = isNotFound(target) ? this.keys.find((one) => one.index === index) : undefined;
      return key === undefined ? [] : [key];
    });
    return own.length === failing.length ? own : [];
  }

  #wait(name: string, row: Waiting): void {
    this.#waitsFor.set(row.firstLine, name);
    const known = this.#waiting.get(name);
    if (known === undefined) this.#waiting.set(name, row);
    else known.count++;
  }

  async #causes(): Promise<readonly Caused[]> {
    const ends = [...this.#waiting].map(([name, waiting]) => ({ name, waiting, end: this.#endOf(name) }));
    const asked = new Set(ends.flatMap(({ end }) => typeof end === "number" ? [] : [end.name]));
    const there = await this.#found([...asked]);
    return ends.flatMap(({ name, waiting, end }): Caused[] => {
      if (typeof end === "number") return [{ waiting, cause: end }];
      if (end.isCircle || there.has(end.name)) return [{ waiting, cause: null }];
      // What nobody has is told with the row that looks for it; for the rows behind that one it is the cause.
      return end.name === name || end.line === null ? [] : [{ waiting, cause: end.line }];
    });
  }

  /** Goes from row to row: to one that is in error for a reason of its own, or to what no row in error would have been. */
  #endOf(name: string): number | { readonly name: string; readonly line: number | null; readonly isCircle: boolean } {
    const seen = new Set<number>();
    let at = name;
    let last: number | null = null;
    while (true) {
      const line = this.#refused.get(at);
      if (line === undefined) return { name: at, line: last, isCircle: false };
      const next = this.#waitsFor.get(line);
      if (next === undefined) return line;
      if (seen.has(line)) return { name: at, line: last, isCircle: true };
      seen.add(line);
      last = line;
      at = next;
    }
  }

  /** Those of the names that mean an object now. */
  async #found(names: readonly string[]): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    for (const key of this.keys) {
      const asked = names.flatMap((name) => {
        const waiting = this.#waiting.get(name);
        return waiting?.key === key ? [{ name, waiting }] : [];
      });
      const targets = await createExternalKeyResolver(this.context, key.columns)
        .targetsOf(asked.map(({ waiting }) => ({ cells: cellsOf(waiting) })));
      asked.forEach(({ name }, index) => targets[index]?.ok === true && found.add(name));
    }
    return found;
  }
}

/** Null: no row of the file can refer to another one. */
export function createRowsBehind(context: RunContext): RowsBehind | null {
  const keys = ownKeysIn(context);
  return keys.length === 0 ? null : new RowsBehind(context, keys);
}

function ownKeysIn({ plan, model, createTargets }: RunContext): readonly OwnKey[] {
  return plan.externalKeys.flatMap((columns, index): OwnKey[] => {
    const { key, parts, inner } = columns;
    const isOwn = isOrIsBelow(model, plan.class.code, key.target) && !createTargets.has(key.code);
    if (!isOwn || inner.length > 0) return [];
    const own = parts.map(({ attribute }) =>
      plan.direct.find((column) =>
        attribute !== "id" && column.attribute !== "id" && column.attribute.code === attribute.code
      )?.cell
    );
    if (own.includes(undefined)) return [];
    return [{
      columns,
      index,
      searched: parts.map(({ cell }) => cell),
      own: own.filter((cell) => cell !== undefined),
    }];
  });
}

interface Rows {
  readonly count: number;
  readonly firstLine: number;
}

function sumOf(waiting: readonly Waiting[]): Rows {
  return {
    count: waiting.reduce((sum, { count }) => sum + count, 0),
    firstLine: Math.min(...waiting.map(({ firstLine }) => firstLine)),
  };
}

function isNotFound(target: KeyTarget): boolean {
  if (target.ok) return false;
  const { kind } = target.problem;
  return kind === "no_match" || kind === "no_objects" || kind === "hidden_objects" || kind === "no_visible_objects";
}

/** A copy, as cells are slices of the input. Null: nothing is said, or too much. */
function nameOf({ index }: OwnKey, texts: readonly Cell[]): string | null {
  const length = texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
  if (length === 0 || length > LONGEST_NAME) return null;
  return JSON.stringify([index, ...texts.map((text) => comparedForm(text ?? ""))]);
}

function cellsOf({ key, searched }: Waiting): readonly Cell[] {
  const cells: Cell[] = [];
  key.searched.forEach((cell, place) => cells[cell] = searched[place] ?? null);
  return cells;
}
