/**
 * The story of a row, from its record to its result.
 *
 * Records come in groups, of which it is asked at once what external keys mean that nothing in the file can change. A group is cut into
 * parts of whose rows it can be told how they depend on each other (`row_dependence.ts`). For a part, everything else that the
 * database must tell is asked at once (`row_questions.ts`): what the other external keys mean, which objects the rows match, whether
 * uniqueness rules are kept. Then the rows are decided one after another, each as if those before it were written: created, updated, left
 * alone, or rejected with all that is wrong with it. What is decided is handed to the store, which writes it in groups; when it has, the
 * rows' results are told (`told_rows.ts`), or what the database refused of them.
 *
 * A row whose key another row of its part may just have written is asked about once more, and so is one that refers to what such a row has
 * made or renamed (`own_targets.ts`).
 */
import type { CsvRecord } from "../csv/record.ts";
import type { ClassCode, StoredValue } from "../model/model.ts";
import type { ObjectId } from "../store/object_id.ts";
import { alteredRoots } from "./altered_roots.ts";
import { askedParts } from "./asked_parts.ts";
import { createCellEnds } from "./cell_ends.ts";
import { createObjectCheck, type ObjectCheck } from "./check_before_writing.ts";
import { createExternalKeyResolver } from "./external_key.ts";
import { ExpectedRecords } from "./expected_records.ts";
import { createFixedCheck } from "./fixed_values.ts";
import type { HeardRows } from "./heard_rows.ts";
import { createFriendlyNames } from "./friendly_name.ts";
import { linksStandApart } from "./links_apart.ts";
import { createMatcher } from "./match.ts";
import { changedBy, changesNothing, isAlone, mustBeAllowed, type ObjectPlan, ObjectPlanner } from "./object_plan.ts";
import { NamesInWait } from "./names_in_wait.ts";
import type { Namesakes } from "./namesakes.ts";
import { NO_TARGETS } from "./new_targets.ts";
import { type HandedOver, ObjectWriter, type RefusedAtOnce } from "./object_writer.ts";
import { hasProblems } from "./obstacle.ts";
import { OwnTargets } from "./own_targets.ts";
import type { WriteProblem } from "./problems.ts";
import { ReachedObjects } from "./reached_objects.ts";
import { ReportedChanges } from "./reported_changes.ts";
import { passedOver } from "./passed_over.ts";
import { RepeatedRows } from "./repeated_rows.ts";
import { createRowEnds, type RejectedRows } from "./row_ends.ts";
import { createParts, writtenRoots } from "./row_dependence.ts";
import { type AskedRow, RowQuestions } from "./row_questions.ts";
import { createRowReader } from "./row_reader.ts";
import { createRowRefusals, reasonsAgainst, type RowRefusals } from "./row_refusal.ts";
import type { Rejection, RowResult } from "./row_result.ts";
import { RowTeller } from "./row_teller.ts";
import type { RunContext } from "./run_context.ts";
import { RowsAskedAgain } from "./rows_asked_again.ts";
import { TargetsOfRows } from "./targets_of_rows.ts";
import { ToldRows } from "./told_rows.ts";
import { TwinRows } from "./twin_rows.ts";
import { WrittenRows } from "./written_rows.ts";

const NO_PROBLEMS: readonly WriteProblem[] = [];
/** Of a row that nothing is written for, because of what a later reading of the file has found. Nobody is told so. */
export const HELD_BACK: Rejection = { kind: "refused", problems: [] };

export class RowEngine {
  readonly #questions: RowQuestions;
  readonly #check: ObjectCheck;
  readonly #planner: ObjectPlanner;
  readonly #writer: ObjectWriter;
  readonly #refusals: RowRefusals;
  readonly #told: ToldRows;
  readonly #expected: ExpectedRecords;
  readonly #again: RowsAskedAgain;
  /** A row may take as long as thousands of others: passwords are slow on purpose, link sets are long. */
  readonly #isSlow: boolean;
  /** Some rows may be passed over. */
  readonly #skips: boolean;
  readonly #twins: TwinRows;
  /** Null: rows create none. */
  readonly #newTargets: TargetsOfRows | null;
  /** Null: rows that repeat others are asked about. */
  readonly #repeated: RepeatedRows | null;
  #nextIndex = 0;

  /** Which rows have reached which objects. */
  readonly reached: ReachedObjects;

  /**
   * @param namesakes null: the run does not ask about them
   * @param heard null: nobody asks which objects rows in error are about
   * @param inError null: nobody asks what rows in error would have made
   * @param isHeldBack whether nothing is to be written for a row, though it is good: it is told as `HELD_BACK`; null: for none
   */
  constructor(
    private readonly context: RunContext,
    private readonly namesakes: Namesakes | null = null,
    private readonly heard: HeardRows | null = null,
    private readonly isHeldBack: ((index: number) => boolean) | null = null,
    inError: RejectedRows | null = null,
  ) {
    const resolvers = context.plan.externalKeys.map((columns) => createExternalKeyResolver(context, columns));
    const reader = createRowReader(context, resolvers);
    const reached = this.reached = new ReachedObjects(context);
    const isReached = (code: ClassCode, id: ObjectId) => context.twins === "error" && reached.rowOf(code, id) !== null;
    this.#check = createObjectCheck(context, isReached, () => this.#told.waiting);
    this.#planner = new ObjectPlanner(context, resolvers, reader.roles, this.#check.asksFor);
    const altered = alteredRoots(context);
    const linksAreApart = linksStandApart(context, reader.roles, altered);
    this.#writer = new ObjectWriter(context, resolvers, this.#planner, altered, linksAreApart);
    const matcher = createMatcher(context, resolvers, this.#planner.read);
    const written = writtenRoots(context, reader.roles, altered);
    const newTargets = this.#newTargets = TargetsOfRows.of(context, resolvers);
    const asked = { context, planner: this.#planner, check: this.#check };
    const writtenRows = new WrittenRows(context);
    const mayBeWritten = (key: readonly StoredValue[]) => writtenRows.mayHave(key);
    this.#questions = new RowQuestions({ ...asked, resolvers, reader, matcher, newTargets, written, mayBeWritten });
    const names = createFriendlyNames(context);
    this.#refusals = createRowRefusals({ ...asked, names });
    const namesToTell = names.areShown && context.cellsAreShown ? names : null;
    const teller = new RowTeller(context, resolvers, reader.roles);
    const changes = new ReportedChanges(context, resolvers, this.#planner);
    const fixed = createFixedCheck(context, resolvers, reader.roles);
    const ends = createRowEnds(context, reached, namesakes, heard, inError, fixed, this.#writer);
    const inWait = NamesInWait.of(context, altered);
    this.#told = new ToldRows(context, teller, namesToTell, changes, ends, inWait);
    this.#twins = new TwinRows(context, reader.roles, reached, this.#told);
    const told = { told: this.#told, namesakes, writer: this.#writer };
    const repeated = this.#repeated = RepeatedRows.of({ ...asked, ...told, reader, reached });
    const ownTargets = OwnTargets.of(context, resolvers);
    const behind = { questions: this.#questions, written: writtenRows, newTargets, ownTargets };
    this.#again = new RowsAskedAgain({ ...told, ...behind, repeated });
    this.#skips = context.onMissing === "skip" || context.onFound === "skip";
    this.#isSlow = reader.hasLinkSets || reader.hasPasswords;
    const partsOf = createParts(context, resolvers, reader.roles, altered, namesToTell !== null);
    this.#expected = new ExpectedRecords(this.#questions, createCellEnds(context), partsOf);
  }

  /** How many objects were changed or deleted so far beside those that rows have found: links, and what goes along with them. */
  get changedBeside(): number {
    return this.#writer.changedBeside;
  }

  /**
   * Begins to ask about the records that `work` is given behind the next ones: the database looks for them while those are worked.
   * @param records the very list that `work` is given then
   */
  expect(records: readonly CsvRecord[]): Promise<void> {
    return this.#expected.expect(records);
  }

  /**
   * Works records one after another, and tells their results in the same order: each is final, and everything it says is written.
   * @param tell is called for each record; a result may hold a long text and should not be kept
   */
  async work(records: readonly CsvRecord[], tell: (result: RowResult) => void): Promise<void> {
    this.#told.tellTo(tell);
    this.#newTargets?.begin();
    const parts = await this.#expected.partsToWork(records);
    for await (const asked of askedParts(this.#questions, parts, this.#nextIndex)) {
      this.#nextIndex += asked.length;
      await this.#again.begin(asked);
      for (const row of asked) {
        // Nearly every row is as it was asked about: it waits for nothing.
        const current = this.#again.isToAsk(row) ? await this.#again.ask(row) : row;
        const isToWait = this.#workAtOnce(current);
        if (isToWait !== null) await isToWait;
        if (this.#twins.isUnsure) await this.#twins.makeSure();
        // Old values come from the database, where they may be longer than the input is.
        if (this.#told.isMuch) await this.#told.settle();
        if (this.#isSlow && this.context.breath.isDue) await this.context.breath.take();
      }
      await this.#told.settle();
      if (this.namesakes !== null) await this.namesakes.warn((code, id) => this.reached.rowOf(code, id));
      if (this.heard !== null) await this.heard.settle();
      if (this.context.breath.isDue) await this.context.breath.take();
      this.#writer.forgetTargets();
    }
  }

  /** @returns null: nothing is to be waited for */
  #workAtOnce(row: AskedRow): Promise<void> | null {
    if (this.#skips && passedOver(this.context, row) !== null) {
      this.#told.skipped(row);
      return null;
    }
    const obstacle = this.#refusals.obstacle(row);
    const isRefused = obstacle !== null || hasProblems(row.read);
    const plan = isRefused ? null : this.#decide(row);
    if (plan !== null) return this.#writeAtOnce(row, plan) ? null : this.#write(row, plan);
    return isRefused ? this.#refuse(row, obstacle) : null;
  }

  /** Tells what becomes of a row that nothing is written for. @returns what is to be written; null: it was told */
  #decide(row: AskedRow): ObjectPlan | null {
    const { plan } = row;
    if (plan === null) throw new Error("a row with an object has a plan");
    if (this.isHeldBack?.(row.index) === true) return plan;
    // Nothing is written, but only who may write it is told so.
    if (!changesNothing(plan) || (this.context.rules !== null && mustBeAllowed(plan))) return plan;
    this.#leave(row);
    return null;
  }

  /** @param obstacle null: some of its cells are bad */
  async #refuse(row: AskedRow, obstacle: Rejection | null): Promise<void> {
    const others = await this.#refusals.others(row, obstacle);
    if (obstacle !== null) return this.#told.rejectedEarly(row, obstacle, others);
    if (row.plan === null) throw new Error("a row with an object has a plan");
    this.#told.rejected(row, { kind: "bad_cells" }, changedBy(row.plan), others);
  }

  #leave(row: AskedRow): void {
    if (this.#repeated?.leave(row) === true) return;
    this.#told.unchanged(row);
    if (row.match?.kind === "one") this.#twins.loaded(row, row.match.object.id);
  }

  /** Nearly every row waits for nothing: to wait all the same takes as long as to decide it. @returns false: nothing was done */
  #writeAtOnce(row: AskedRow, plan: ObjectPlan): boolean {
    if (this.isHeldBack !== null || this.#newTargets !== null || plan.linkSets.length > 0) return false;
    if (changesNothing(plan) || this.#told.mayRename(plan) || !this.#twins.isFirst(plan)) return false;
    if (this.#check.isNeeded && !this.#check.isKnownGood(plan, this.#planner.unknownIn(plan))) return false;
    const own = this.#twins.problems(row, plan, null, NO_PROBLEMS);
    const [reason, ...others] = reasonsAgainst(this.#planner, plan, own);
    if (reason !== undefined) this.#told.rejected(row, reason, changedBy(plan), others);
    else this.#tellWritten(row, plan, this.#writer.handOver(plan, NO_TARGETS), false);
    return true;
  }

  async #write(row: AskedRow, plan: ObjectPlan): Promise<void> {
    if (this.isHeldBack?.(row.index) === true) {
      return this.#told.rejected(row, HELD_BACK, changedBy(plan), await this.#refusals.others(row, null));
    }
    const unknown = this.#planner.unknownIn(plan);
    const found = this.#check.isNeeded ? await this.#check.problemsOf(plan, unknown) : NO_PROBLEMS;
    const earlier = isAlone(plan) ? null : await this.#twins.earlier(row, plan);
    const own = this.#twins.problems(row, plan, earlier, found);
    const targets = this.#newTargets?.needed(row) ?? NO_TARGETS;
    const met = this.#newTargets?.problems(plan, targets) ?? NO_PROBLEMS;
    const [reason, ...others] = reasonsAgainst(this.#planner, plan, [...own, ...met, ...found]);
    if (reason !== undefined) return this.#told.rejected(row, reason, changedBy(plan), others);
    if (changesNothing(plan)) return this.#leave(row);
    if (this.#told.mayRename(plan)) await this.#told.settle();
    const written = this.#writer.isWrittenTogether(plan, targets)
      ? this.#writer.handOverTogether(plan, targets) ?? await this.#writer.writeTogether(plan, targets)
      : this.#writer.handOver(plan, targets);
    this.#tellWritten(row, plan, written, earlier !== null);
  }

  #tellWritten(row: AskedRow, plan: ObjectPlan, written: HandedOver | RefusedAtOnce, isTwin: boolean): void {
    if (plan.kind === "create") this.#told.created(row, written, plan, isTwin);
    else this.#told.updated(row, written, plan, isTwin);
    if (written.refusal !== null) return;
    this.#again.note(row, plan);
    this.#twins.loaded(row, written.id);
  }
}
