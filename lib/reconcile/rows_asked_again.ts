/**
 * Rows that are asked about once more, because rows of their part have written since what may answer otherwise: their keys, or what their
 * external keys mean.
 */
import type { ObjectWriter } from "./object_writer.ts";
import type { ObjectPlan } from "./object_plan.ts";
import type { Namesakes } from "./namesakes.ts";
import type { OwnTargets } from "./own_targets.ts";
import type { RepeatedRows } from "./repeated_rows.ts";
import type { AskedRow, RowQuestions } from "./row_questions.ts";
import type { TargetsOfRows } from "./targets_of_rows.ts";
import type { ToldRows } from "./told_rows.ts";
import type { WrittenRows } from "./written_rows.ts";

interface Parts {
  readonly questions: RowQuestions;
  readonly writer: ObjectWriter;
  readonly told: ToldRows;
  readonly written: WrittenRows;
  /** Null: the run does not ask about them. */
  readonly namesakes: Namesakes | null;
  /** Null: rows create none. */
  readonly newTargets: TargetsOfRows | null;
  /** Null: rows do not refer to each other, or each of those that do is a part of its own. */
  readonly ownTargets: OwnTargets | null;
  /** Null: rows that repeat others are asked about. */
  readonly repeated: RepeatedRows | null;
}

export class RowsAskedAgain {
  constructor(private readonly parts: Parts) {}

  /** To be called when the rows of a part were asked about. */
  async begin(rows: readonly AskedRow[]): Promise<void> {
    const { written, namesakes, newTargets, ownTargets } = this.parts;
    written.clear();
    if (namesakes !== null) await namesakes.ask(rows);
    newTargets?.asked();
    ownTargets?.asked();
  }

  /** Whether a row is to be asked about: nearly every one is not. */
  isToAsk(row: AskedRow): boolean {
    return this.#isBehind(row) || this.#mayBeWritten(row);
  }

  /** @returns the row as it is now */
  async ask(row: AskedRow): Promise<AskedRow> {
    const isBehind = this.#isBehind(row);
    const known = isBehind ? null : this.parts.repeated?.known(row) ?? null;
    if (known !== null) return known;
    const { questions, writer, told, namesakes } = this.parts;
    await told.beforeChange();
    if (isBehind) writer.forgetTargets();
    const current = await (isBehind ? questions.askWhole(row) : questions.askAgain(row));
    await namesakes?.askAgain(current);
    return current;
  }

  /** To be called for what is handed over for a row. */
  note(row: AskedRow, plan: ObjectPlan): void {
    const { written, ownTargets } = this.parts;
    ownTargets?.note(plan);
    written.note(row.key?.values ?? null, plan);
    for (const { taken } of plan.linkSets) for (const one of taken) written.add(one);
  }

  /** What the row's external keys mean may have changed. */
  #isBehind(row: AskedRow): boolean {
    return this.parts.newTargets?.isBehind(row) === true || this.parts.ownTargets?.isBehind(row) === true;
  }

  /** Another row may have written the same key, or the object is so long that it waited for its turn. */
  #mayBeWritten({ key, isLong, read: { linksAskedBy } }: AskedRow): boolean {
    const { written } = this.parts;
    return isLong || (key !== null && key.values !== null && written.mayHave(key.values)) ||
      linksAskedBy?.some((one) => written.mayHave(one)) === true;
  }
}
