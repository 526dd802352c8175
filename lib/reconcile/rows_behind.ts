/**
 * Rows that fail only because of other rows of their file (SPEC 16): what they refer to stands further down, or is in error itself. Each such
 * cause is told once, with the cure, however many rows it has.
 */
import { laterKeys } from "../columns/later_keys.ts";
import { feedingCells } from "../columns/plan.ts";
import type { Cell } from "../csv/record.ts";
import { causesOf, sumOf, type Waiting } from "./causes_behind.ts";
import { createExternalKeyResolver } from "./external_key.ts";
import { isNotFound, keysToRows, type KeyToRows, nameOf } from "./keys_to_rows.ts";
import { ROWS_TOGETHER } from "./row_dependence.ts";
import type { AskedRow } from "./row_questions.ts";
import type { Rejection } from "./row_result.ts";
import type { RunContext } from "./run_context.ts";

/** What is remembered of rows in error: so many, and so much text in UTF-16 code units. Where there is more, not all are counted. */
const MOST_NOTED = 20_000;
const MOST_TEXT = 2 * 1024 * 1024;
/** So many causes are told each by itself; there are seldom more than one. */
const MOST_CAUSES = 5;

/** What one external key of rows looks for: its name, and the cells as JSON. */
interface Wanted {
  readonly key: KeyToRows;
  readonly cells: string;
}

export class RowsBehind {
  /** By what they look for. */
  readonly #waiting = new Map<string, Waiting>();
  /** By name. */
  readonly #wanted = new Map<string, Wanted>();
  /** The lines of the rows in error, by what their objects would have been. */
  readonly #refused = new Map<string, number>();
  /** What the rows in error wait for, by their lines; those in error for reasons of their own wait for nothing. */
  readonly #waitsFor = new Map<number, Waiting>();
  #text = 0;
  /** Something was not remembered. */
  #isMore = false;

  constructor(private readonly context: RunContext, private readonly keys: readonly KeyToRows[]) {}

  /** A row is in error. @param others what else speaks against it */
  rejected(row: AskedRow, reason: Rejection, others: readonly Rejection[]): void {
    if (row.form !== null) return;
    const { line, cells } = row.record;
    const onlyTargets = isOfCells(reason) && others.length === 0 ? this.#onlyTargets(row) : [];
    // What a row that is not remembered waits for must not be taken for a mistake of its own.
    if (onlyTargets.length > 0 && !this.#wait(line, cells, onlyTargets)) return;
    if (this.#isMore) return;
    for (const key of this.keys) {
      const name = nameOf(key, cells, key.own);
      const known = name === null ? undefined : this.#refused.get(name);
      // What the database refuses is heard of after rows below it.
      if (name === null || known !== undefined && known < line) continue;
      if (known !== undefined || this.#mayKeep(name)) this.#refused.set(name, line);
    }
  }

  /** To be called when all rows are worked: what is further down is there now. */
  async warn(): Promise<void> {
    if (this.#waiting.size === 0) return;
    const { below, behind } = causesOf({
      waiting: [...this.#waiting.values()],
      refused: this.#refused,
      waitsFor: this.#waitsFor,
      isThere: await this.#found(),
      isHierarchical: (name) => this.#wanted.get(name)?.key.columns.key.hierarchical === true,
      isMore: this.#isMore,
    });
    if (below.length > 0) this.#noteBelow(below);
    const told = [...behind].map(([cause, waiting]) => ({ cause, ...sumOf(waiting) }))
      .sort((one, other) => other.count - one.count || one.cause - other.cause);
    const isMore = this.#isMore;
    for (const { cause, count, firstLine } of told.slice(0, MOST_CAUSES)) {
      this.context.warnings.note({ kind: "behind_row_in_error", count, isMore, line: firstLine, cause });
    }
  }

  #noteBelow(below: readonly Waiting[]): void {
    const { model, plan, codesNotLabels, language, createTargets, rules, someObjectsAreHidden } = this.context;
    const used = new Set(below.flatMap(({ names }) => names.map((name) => this.#wanted.get(name)?.key)));
    const names = this.keys.filter((key) => used.has(key)).map(({ columns }) => {
      const [header = ""] = feedingCells(columns).map((cell) => plan.headers[cell] ?? "");
      return header.split("->")[0] ?? "";
    });
    const later = laterKeys({
      model,
      naming: { codes: codesNotLabels, language },
      plan,
      names,
      createTargets,
      writesAccounts: rules !== null,
      isLimited: someObjectsAreHidden,
    });
    const { count, firstLine } = sumOf(below);
    this.context.warnings.note({
      kind: "targets_below",
      count,
      isMore: this.#isMore,
      line: firstLine,
      keys: names,
      canWait: later.ok,
    });
  }

  /** The keys for which the row fails, if there is nothing else that is wrong with its cells. */
  #onlyTargets({ targets, read }: AskedRow): readonly KeyToRows[] {
    if (read.problems.size > 0) return [];
    const failing = targets.flatMap((target, index) => target.ok ? [] : [{ target, index }]);
    const own = failing.flatMap(({ target, index }) => {
      const key = isNotFound(target) ? this.keys.find((one) => one.index === index) : undefined;
      return key === undefined ? [] : [key];
    });
    return own.length === failing.length ? own : [];
  }

  /** @returns whether it is remembered */
  #wait(line: number, cells: readonly Cell[], keys: readonly KeyToRows[]): boolean {
    const wanted = keys.map((key) => ({ key, searched: key.searched.map((cell) => cells[cell] ?? null) }));
    const names = keys.flatMap((key) => nameOf(key, cells, key.searched) ?? []);
    if (names.length < keys.length) return this.#forget();
    const together = names.join("\n");
    const known = this.#waiting.get(together);
    if (known === undefined && !this.#mayKeep(together)) return false;
    const waiting = known ?? { names, firstLine: line, count: 0 };
    waiting.count++;
    if (known === undefined) this.#waiting.set(together, waiting);
    for (const [place, { key, searched }] of wanted.entries()) {
      const name = names[place] ?? "";
      if (!this.#wanted.has(name)) this.#wanted.set(name, { key, cells: JSON.stringify(searched) });
    }
    if (this.#waitsFor.size >= MOST_NOTED) return this.#forget();
    this.#waitsFor.set(line, waiting);
    return true;
  }

  #forget(): false {
    this.#isMore = true;
    return false;
  }

  #mayKeep(name: string): boolean {
    const isFull = this.#refused.size + this.#waiting.size >= 2 * MOST_NOTED || this.#text + name.length > MOST_TEXT;
    if (isFull) return this.#forget();
    this.#text += name.length;
    return true;
  }

  /** Those of the names that mean an object now. */
  async #found(): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    for (const key of this.keys) {
      const resolver = createExternalKeyResolver(this.context, key.columns);
      const names = [...this.#wanted].flatMap(([name, wanted]) => wanted.key === key ? [{ name, ...wanted }] : []);
      for (let at = 0; at < names.length; at += ROWS_TOGETHER) {
        const asked = names.slice(at, at + ROWS_TOGETHER);
        const targets = await resolver.targetsOf(asked.map(({ cells }) => ({ cells: cellsOf(key, cells) })));
        asked.forEach(({ name }, index) => targets[index]?.ok === true && found.add(name));
      }
    }
    return found;
  }
}

/** Null: no row of the file can refer to another one. */
export function createRowsBehind(context: RunContext): RowsBehind | null {
  const keys = keysToRows(context);
  return keys.length === 0 ? null : new RowsBehind(context, keys);
}

/** Whether a row is in error for what its cells hold. */
function isOfCells(reason: Rejection): boolean {
  return reason.kind === "bad_cells" || (reason.kind === "failed_to_reconcile" && reason.unfound === undefined);
}

function cellsOf({ searched }: KeyToRows, kept: string): readonly Cell[] {
  const values: readonly Cell[] = JSON.parse(kept);
  const cells: Cell[] = [];
  searched.forEach((cell, place) => cells[cell] = values[place] ?? null);
  return cells;
}
