/** What the end of an attempt must know of each row of the second reading. */
import type { RoleOfColumn } from "../column_role.ts";
import type { ExternalKeyResolver } from "../external_key.ts";
import { hasProblems } from "../obstacle.ts";
import type { ReachedObjects } from "../reached_objects.ts";
import type { RunContext } from "../run_context.ts";
import type { Attempt, HeldRows } from "./held_rows.ts";
import { badKeyOf, type SecondRow, takesPart } from "./second_row.ts";
import type { SplitPlan } from "./split_plan.ts";
import { WaitingRows } from "./waiting_rows.ts";

export interface NotedRowsParts {
  readonly split: SplitPlan;
  readonly reached: ReachedObjects;
  readonly held: HeldRows;
  readonly attempt: Attempt;
}

export class NotedRows {
  readonly #waiting: WaitingRows;

  /**
   * @param context with the plan of the second reading
   * @param judges whether a row has written what is judged at the end
   */
  constructor(
    private readonly context: RunContext,
    private readonly parts: NotedRowsParts,
    private readonly resolvers: readonly ExternalKeyResolver[],
    private readonly roles: readonly RoleOfColumn[],
    private readonly judges: (row: SecondRow) => boolean,
  ) {
    this.#waiting = new WaitingRows(context.model, parts.split, resolvers);
  }

  /** Whether what a row looks for in vain may still come. To be asked when all rows are noted. */
  isWaiting(row: number): boolean {
    return this.#waiting.isWaiting(row);
  }

  note(row: SecondRow): void {
    const { attempt, held } = this.parts;
    attempt.rows = row.index + 1;
    const { index, cause, first } = row;
    if (cause === null && this.judges(row)) attempt.noteWritten(index);
    if (held.has(index)) {
      if (cause?.kind === "key" && row.read.targets[cause.key]?.ok === true) attempt.noteReleasable(index);
    } else if (takesPart(first.outcome)) {
      if (cause === null) this.#noteReferences(row);
      // What was found unchanged, and by no other row, has done nothing.
      else if (first.outcome.kind !== "unchanged" || attempt.isShared(index)) {
        attempt.fail(index, cause);
        if (cause.kind === "key") this.#waiting.noteWanting(index, row.read.targets, row.record.cells);
      }
    } else if (!row.isMalformed) this.#noteRefused(row);
  }

  /** By the first reading. */
  #noteRefused({ index, first, read, record: { cells } }: SecondRow): void {
    this.#waiting.noteRefused(first, cells);
    if (!hasProblems(read)) return;
    this.parts.attempt.noteHopeless(index, badKeyOf(read, this.roles));
    this.#waiting.noteWanting(index, read.targets, cells);
  }

  #noteReferences({ index, read, plan }: SecondRow): void {
    const { attempt, reached } = this.parts;
    const { store } = this.context;
    for (const [key, { columns }] of this.resolvers.entries()) {
      const target = read.targets[key];
      if (target?.ok !== true || target.id === null) continue;
      const { key: { code, target: targetClass } } = columns;
      const creator = store.isNew(targetClass, target.id) ? reached.rowOf(targetClass, target.id) : null;
      if (creator !== null) attempt.noteReference(index, key, creator);
      if (plan?.changes.some(({ attribute }) => attribute === code) === true) {
        attempt.noteChanged(reached.rowOf(plan.class, plan.object.id) ?? index, key);
      }
    }
  }
}
