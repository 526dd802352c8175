/** Rows that are asked about soon: what they match is asked before those above them are worked, and nobody waits for it. */
import type { CsvRecord } from "../csv/record.ts";
import type { AskedMatches } from "../store/objects.ts";
import type { KeyTarget } from "./key_target.ts";
import type { RowKey } from "./match.ts";
import { formProblem } from "./obstacle.ts";
import { newRow, type RowBeingAsked } from "./row_being_asked.ts";
import type { RowAskers } from "./row_questions.ts";

/** Rows, and what was asked of them already. */
interface AskedAhead {
  readonly rows: readonly RowBeingAsked[];
  /** Null: nothing was. */
  readonly matches: AskedMatches | null;
  /** How many parts had been asked about before. */
  readonly behind: number;
}

export class ExpectedRows {
  readonly #ahead = new WeakMap<readonly CsvRecord[], AskedAhead>();
  /** How many parts were asked about. */
  #parts = 0;

  constructor(private readonly askers: RowAskers) {}

  /** Whether nothing that rows write can change what others refer to, or what the user may see. Defaults of maps are for new objects only. */
  get mayExpect(): boolean {
    const { context, resolvers, written, newTargets } = this.askers;
    return context.store.answersLater !== undefined && newTargets === null &&
      context.plan.mapping === undefined && !context.someObjectsAreHidden &&
      !written.some((root) => resolvers.some((resolver) => resolver.dependsOn(root)));
  }

  /**
   * Asks what records mean and match which are asked about behind the next ones; for the matches nobody waits.
   * @param records that depend on those before them by their reconciliation keys only
   */
  async expect(records: readonly CsvRecord[]): Promise<void> {
    const { context, resolvers, matcher } = this.askers;
    const rows = records.map((record, place) => newRow(record, place, formProblem(record, context.plan)));
    const lists: (readonly KeyTarget[])[] = [];
    for (const resolver of resolvers) lists.push(await resolver.targetsOf(records));
    rows.forEach((row, place) => {
      if (row.form !== null) return;
      row.targets = lists.flatMap((list) => list[place] ?? []);
      row.key = matcher.keyOf(row.record, row.targets);
    });
    this.#ahead.set(records, { rows, matches: await matcher.ask(keysOf(rows)), behind: this.#parts });
  }

  /**
   * The rows of a part that is asked about now, and what they match, where that is known and still so.
   * @param start the index of the first one
   * @returns undefined: nobody has expected them
   */
  take(
    records: readonly CsvRecord[],
    start: number,
  ): { readonly rows: readonly RowBeingAsked[]; readonly matches?: AskedMatches } | undefined {
    const ahead = this.#ahead.get(records);
    const parts = this.#parts++;
    if (ahead === undefined) return undefined;
    const { rows, matches, behind } = ahead;
    rows.forEach((row, place) => row.index = start + place);
    // What was written is known of the part before, and of no other.
    return matches === null || parts - behind !== 1 || this.#mayBeWritten(rows) ? { rows } : { rows, matches };
  }

  #mayBeWritten(rows: readonly RowBeingAsked[]): boolean {
    const { mayBeWritten } = this.askers;
    return keysOf(rows).some(({ values }) => values !== null && mayBeWritten(values));
  }
}

/** Those by which rows can be looked for. */
export function keysOf(rows: readonly RowBeingAsked[]): readonly RowKey[] {
  const keys: RowKey[] = [];
  for (const { key } of rows) if (key !== null && key.values !== null) keys.push(key);
  return keys;
}
