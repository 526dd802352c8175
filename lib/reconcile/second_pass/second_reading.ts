/**
 * The second reading of a file: external keys that were left out in the first one are filled, as all objects of the file are there. What
 * became of a row is told now, of both readings together.
 *
 * A row that cannot be filled must not stand in the database by half. So it is noted (`held_rows.ts`), and when the file is read to its end
 * everything is taken back and begun anew without it. A row that was found unchanged has written nothing, and is just told.
 */
import type { CsvRecord } from "../../csv/record.ts";
import type { ClassCode } from "../../model/model.ts";
import type { FoundObject, ObjectSearch } from "../../store/objects.ts";
import { alteredRoots } from "../altered_roots.ts";
import { createExternalKeyResolver, type ExternalKeyResolver } from "../external_key.ts";
import type { KeyTarget } from "../key_target.ts";
import { type Change, changesNothing, ObjectPlanner } from "../object_plan.ts";
import { formProblem, hasProblems } from "../obstacle.ts";
import { cellsOfKey } from "../../columns/plan.ts";
import type { WriteProblem } from "../problems.ts";
import type { ReachedObjects } from "../reached_objects.ts";
import { createRowReader, type ReadRow, type RowReader } from "../row_reader.ts";
import type { RowsInError } from "../rows_in_error.ts";
import type { RowResult } from "../row_result.ts";
import type { RunContext } from "../run_context.ts";
import { isEmpty } from "../searched_value.ts";
import type { FirstResult } from "./first_results.ts";
import type { Attempt, HeldRows } from "./held_rows.ts";
import type { LateUpdates } from "./late_updates.ts";
import { LastWrites } from "./last_writes.ts";
import { NotedRows } from "./noted_rows.ts";
import { createSecondRecords, type SecondRecords } from "./second_records.ts";
import { badKeyOf, type SecondRow, takesPart } from "./second_row.ts";
import { mayRename } from "./renamed_objects.ts";
import { dependsOnKeys, type SplitPlan } from "./split_plan.ts";
import { ToldTogether } from "./told_together.ts";

export interface SecondReadingParts {
  readonly split: SplitPlan;
  readonly reached: ReachedObjects;
  readonly held: HeldRows;
  readonly attempt: Attempt;
  readonly late: LateUpdates;
  /** Of the first reading: rows that are held back among them. */
  readonly inError: RowsInError;
}

const NO_ATTRIBUTES = () => [];
const NO_PROBLEMS: readonly WriteProblem[] = [];
const NOTHING_READ: ReadRow = { targets: [], values: [], linkSets: [], problems: new Map() };

export class SecondReading {
  readonly #context: RunContext;
  readonly #resolvers: readonly ExternalKeyResolver[];
  readonly #reader: RowReader;
  readonly #planner: ObjectPlanner;
  readonly #lastWrites: LastWrites;
  readonly #recordsOf: SecondRecords;
  readonly #objects: ObjectSearch;
  readonly #told: ToldTogether;
  readonly #noted: NotedRows;
  readonly #keyCells: readonly number[];
  readonly #noValues: readonly null[];
  readonly #altered: ReadonlySet<ClassCode>;
  /** A row may change a name that one before it is told with. */
  readonly #renames: boolean;

  /** @param whole the run's own context, with the plan of all columns */
  constructor(whole: RunContext, private readonly parts: SecondReadingParts) {
    const { split } = parts;
    const { second } = split;
    const codes = new Set(second.externalKeys.map(({ key }) => key.code));
    const context = {
      ...whole,
      plan: second,
      rules: null,
      createTargets: new Set<string>(),
      looksAt: dependsOnKeys(whole.model, split.whole, codes),
    };
    this.#context = context;
    this.#altered = alteredRoots(context);
    this.#renames = mayRename(context, codes);
    this.#recordsOf = createSecondRecords(whole);
    this.#resolvers = second.externalKeys.map((columns) => createExternalKeyResolver(context, columns));
    this.#reader = createRowReader(context, this.#resolvers);
    this.#planner = new ObjectPlanner(context, this.#resolvers, this.#reader.roles, NO_ATTRIBUTES);
    this.#lastWrites = new LastWrites(context, parts);
    const { class: { code } } = second;
    this.#objects = whole.store.search({
      class: code,
      conditions: ["id"],
      read: this.#planner.read,
      includeHidden: true,
    });
    this.#told = new ToldTogether(context, split, this.#resolvers, this.#reader.roles, this.#planner);
    const judges = (row: SecondRow) => this.#lastWrites.judges(row);
    this.#noted = new NotedRows(context, parts, this.#resolvers, this.#reader.roles, judges);
    this.#noValues = this.#planner.read.map(() => null);
    this.#keyCells = split.whole.keys.flatMap(cellsOfKey);
  }

  /** @param firsts one for each record @param tell is called for each record, unless the attempt is to be taken back */
  async work(
    records: readonly CsvRecord[],
    firsts: Iterator<FirstResult>,
    start: number,
    tell: (result: RowResult) => void,
  ): Promise<void> {
    const dependOnEachOther = this.#altered.size > 0 || this.#renames;
    if (!dependOnEachOther || records.length < 2) return await this.#workTogether(records, firsts, start, tell);
    // What the database writes by itself for a row may be what the next one asks about, and names are told as they are when their row was worked.
    for (const [place, record] of records.entries()) {
      await this.#workTogether([record], firsts, start + place, tell);
      for (const root of this.#altered) for (const resolver of this.#resolvers) resolver.forget(root);
    }
  }

  async #workTogether(...[records, firsts, start, tell]: Parameters<SecondReading["work"]>): Promise<void> {
    const results = records.map(() => firsts.next().value ?? never());
    const rows = await this.#read(this.#recordsOf(records, results), results, start);
    for (const row of rows) {
      if (row.plan !== null && this.#earlierOf(row.plan, row.index) !== null) await this.#planAgain(row);
      if (row.cause === null && row.plan !== null) this.#fill(row, row.plan);
    }
    await this.#settle(rows);
    for (const row of rows) this.#noted.note(row);
    if (!this.parts.attempt.hasFailed) await this.#told.tell(rows, tell);
    if (this.#context.breath.isDue) await this.#context.breath.take();
  }

  /**
   * To be called when all rows are worked: what no row shows by itself.
   * @param results of all rows in the first reading, in order
   * @returns whether all of it stands; otherwise it is to be taken back
   */
  async end(results: Iterable<FirstResult>): Promise<boolean> {
    await this.#lastWrites.end(results);
    return this.parts.attempt.end((row) => this.#noted.isWaiting(row));
  }

  async #read(
    records: readonly CsvRecord[],
    results: readonly FirstResult[],
    start: number,
  ): Promise<readonly SecondRow[]> {
    const lists: (readonly KeyTarget[])[] = [];
    for (const resolver of this.#resolvers) lists.push(await this.parts.inError.targetsOf(resolver, records));
    const objects = await this.#objectsOf(results);
    const rows: SecondRow[] = [];
    for (const [place, record] of records.entries()) {
      const targets = lists.map((list) => list[place] ?? never());
      rows.push(await this.#readRow(record, start + place, results[place] ?? never(), targets, objects[place] ?? null));
    }
    return rows;
  }

  /** Those that rows have made, or matched and would write. */
  async #objectsOf(firsts: readonly FirstResult[]): Promise<readonly (FoundObject | null)[]> {
    const ids = firsts.flatMap(({ outcome, reached }) =>
      reached !== null && (outcome.kind === "updated" || outcome.kind === "unchanged") ? [[reached.id]] : []
    );
    const found = (ids.length === 0 ? [] : await this.#objects.find(ids)).values();
    return firsts.map(({ outcome, reached }) => {
      if (!takesPart(outcome) || reached === null) return null;
      // What is new has none of the keys.
      if (outcome.kind === "created") return { ...reached, values: this.#noValues };
      const match = found.next().value;
      return match?.kind === "one" ? match.object : null;
    });
  }

  async #readRow(
    record: CsvRecord,
    index: number,
    first: FirstResult,
    targets: readonly KeyTarget[],
    object: FoundObject | null,
  ): Promise<SecondRow> {
    const isMalformed = formProblem(record, this.parts.split.whole) !== null;
    const read = isMalformed ? NOTHING_READ : this.#reader.read(record, targets, first.reached ?? "unknown", []);
    const row: SecondRow = { record, index, first, isMalformed, read, plan: null, update: null, cause: null };
    if (isMalformed || !takesPart(first.outcome)) {
      row.cause = this.parts.held.causeOf(index);
    } else if (object === null) row.cause = { kind: "refused", reason: null };
    else if (hasProblems(read)) row.cause = { kind: "key", key: badKeyOf(read, this.#reader.roles) };
    else row.plan = this.#planner.change(read, object, object.values ?? await this.#objects.valuesOf(object));
    return row;
  }

  #fill(row: SecondRow, plan: Change): void {
    const problems = this.#problemsOf(row, plan);
    if (problems.length > 0) {
      row.cause = { kind: "refused", reason: { kind: "refused", problems } };
      return;
    }
    if (changesNothing(plan) || this.parts.attempt.hasFailed) return;
    const { class: code, object: { id }, changes } = plan;
    const update = row.first.outcome.kind === "created"
      ? { class: code, id, changes, isUnlogged: true }
      : { class: code, id, changes };
    row.update = update;
    this.#context.store.update(update);
  }

  #problemsOf(row: SecondRow, plan: Change): readonly WriteProblem[] {
    if (changesNothing(plan)) return NO_PROBLEMS;
    if (row.first.outcome.kind !== "created" && this.#hasEmptyKeys(row)) {
      const { headers } = this.parts.split.whole;
      return [{ kind: "empty_keys", keys: this.#keyCells.map((cell) => headers[cell] ?? "") }];
    }
    const earlier = this.#earlierOf(plan, row.index);
    if (earlier === null) return NO_PROBLEMS;
    if (this.#context.twins === "error") return [{ kind: "twin", ...this.parts.reached.placeOf(earlier) }];
    if (row.first.outcome.kind === "unchanged") this.#context.warnings.noteRow({ kind: "twin" }, row.record.line);
    return NO_PROBLEMS;
  }

  /** The row before it that has reached the same object; null: none has. */
  #earlierOf({ class: code, object: { id } }: Change, index: number): number | null {
    const first = this.parts.reached.rowOf(code, id);
    return first === index ? null : first;
  }

  /** A row before it may just have filled the object. */
  async #planAgain(row: SecondRow): Promise<void> {
    const [match] = await this.#objects.find([[row.first.reached?.id ?? null]]);
    if (match?.kind !== "one") return;
    const { object } = match;
    row.plan = this.#planner.change(row.read, object, object.values ?? await this.#objects.valuesOf(object));
  }

  #hasEmptyKeys({ record }: SecondRow): boolean {
    return this.#keyCells.every((cell) => isEmpty(record.cells[cell]));
  }

  /** Lets the store write; what the database refuses is in error, unless another row may still make room. */
  async #settle(rows: readonly SecondRow[]): Promise<void> {
    const refusals = await this.#lastWrites.refusals();
    if (refusals.size === 0) return;
    for (const row of rows) {
      const refusal = row.update === null ? undefined : refusals.get(row.update);
      if (refusal === undefined || row.update === null) continue;
      const isPutOff = refusal.rule === "unique" && await this.#lastWrites.putOff(row.index, row.update);
      if (!isPutOff) row.cause = { kind: "refused", reason: { kind: "refused", problems: [refusal] } };
    }
  }
}

function never(): never {
  throw new Error("there is one answer for each question");
}
