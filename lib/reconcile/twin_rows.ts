/**
 * Twins: rows that reach an object which an earlier row of the run has reached (SPEC 14). One that says the same is unchanged; one that says
 * otherwise is in error, or counts with `twins=last`. A row without any key is nobody's twin: it changes nothing at all.
 */
import type { ObjectId } from "../store/object_id.ts";
import type { RoleOfColumn } from "./column_role.ts";
import { createLinkTwins, type LinkTwins } from "./link_twins.ts";
import { changesNothing, mustBeAllowed, type ObjectPlan } from "./object_plan.ts";
import { cellsOfKey } from "../columns/plan.ts";
import type { WriteProblem } from "./problems.ts";
import type { ReachedObjects } from "./reached_objects.ts";
import type { AskedRow } from "./row_questions.ts";
import type { RunContext } from "./run_context.ts";
import type { ToldRows } from "./told_rows.ts";

const NO_PROBLEMS: readonly WriteProblem[] = [];

export class TwinRows {
  readonly #links: LinkTwins | null;
  readonly #emptyKeys: WriteProblem;
  /** A row that an earlier one was before, whose write may still be refused. */
  #unsure: { readonly row: AskedRow; readonly id: ObjectId } | null = null;

  constructor(
    private readonly context: RunContext,
    roles: readonly RoleOfColumn[],
    private readonly reached: ReachedObjects,
    private readonly told: ToldRows,
  ) {
    this.#links = createLinkTwins(context, roles, reached);
    const keys = context.plan.keys.flatMap(cellsOfKey).map((cell) => context.plan.headers[cell] ?? "");
    this.#emptyKeys = { kind: "empty_keys", keys };
  }

  /** Whether it is known at once that there is no earlier row of a plan without links that change: see `earlier`. */
  isFirst(plan: ObjectPlan): boolean {
    if (plan.kind === "create") return true;
    return this.#links === null && this.reached.rowOf(plan.class, plan.object.id) === null;
  }

  /** The index of an earlier row that says otherwise; null: none does, or the row would change nothing. */
  async earlier(row: AskedRow, plan: ObjectPlan): Promise<number | null> {
    if (changesNothing(plan)) return null;
    const found = this.#earlierNow(row, plan);
    if (found === null || !this.told.isPending(found)) return found;
    // What the database refuses of the earlier row has reached nothing.
    await this.told.settle();
    return this.#earlierNow(row, plan);
  }

  /**
   * What speaks against a row for its keys or its twin.
   * @param found what else speaks against it
   */
  problems(
    row: AskedRow,
    plan: ObjectPlan,
    earlier: number | null,
    found: readonly WriteProblem[],
  ): readonly WriteProblem[] {
    if (plan.kind === "create" && earlier === null) return NO_PROBLEMS;
    // Who may not change an account would learn that a password is another one.
    if (changesNothing(plan) || (found.length > 0 && mustBeAllowed(plan))) return NO_PROBLEMS;
    if (plan.kind === "update" && row.key?.isEmpty === true) return [this.#emptyKeys];
    if (earlier === null || this.context.twins === "last") return NO_PROBLEMS;
    return [{ kind: "twin", ...this.reached.placeOf(earlier) }];
  }

  /** Notes that a row has created, changed or left an object. */
  loaded(row: AskedRow, id: ObjectId): void {
    const first = this.reached.note(row, id);
    const others = this.#links?.note(row) ?? row.index;
    const isUnsure = [first, others].some((one) => one !== row.index && this.told.isPending(one));
    if (isUnsure) this.#unsure = { row, id };
  }

  get isUnsure(): boolean {
    return this.#unsure !== null;
  }

  /** Waits for the write of the earlier row, in whose place the later one comes if it is refused. */
  async makeSure(): Promise<void> {
    await this.told.settle();
    if (this.#unsure !== null) {
      this.reached.note(this.#unsure.row, this.#unsure.id);
      this.#links?.note(this.#unsure.row);
    }
    this.#unsure = null;
  }

  #earlierNow(row: AskedRow, plan: ObjectPlan): number | null {
    // Rows that only add links to one object, or only take some away, add to each other.
    const isOwn = plan.kind === "update" && (plan.changes.length > 0 || this.context.links === "replace");
    const own = isOwn ? this.reached.rowOf(plan.class, plan.object.id) : null;
    return own ?? this.#links?.earlier(row) ?? null;
  }
}
