/** Says what became of a row: its outcome, and the cells that the report shows for it. */
import type { CsvRecord } from "../csv/record.ts";
import type { AttributeCode } from "../model/model.ts";
import type { ReportCell } from "../values/value_reader.ts";
import type { ExternalKeyResolver } from "./external_key.ts";
import type { KeyTarget } from "./key_target.ts";
import { createRowCells, type RowCells } from "./row_cells.ts";
import type { ReadRow, RoleOfColumn } from "./row_reader.ts";
import type { CellMessage, Rejection, ReportedObject, RowOutcome, RowResult } from "./row_result.ts";
import type { RunContext } from "./run_context.ts";

/** A record and its place among the data records, from 0. */
export interface IndexedRecord {
  readonly record: CsvRecord;
  readonly index: number;
}

type Targets = readonly (KeyTarget | undefined)[];

/** Text for the cells of direct columns, by cell. */
type CellProblems = ReadonlyMap<number, string>;

export class RowTeller {
  readonly #cells: RowCells;

  constructor(
    private readonly context: RunContext,
    private readonly resolvers: readonly ExternalKeyResolver[],
    roles: readonly RoleOfColumn[],
  ) {
    this.#cells = createRowCells(context, resolvers, roles);
  }

  /** A row that was written or left alone. */
  done(
    { record, index }: IndexedRecord,
    outcome: RowOutcome,
    read: ReadRow,
    changed: ReadonlySet<AttributeCode>,
    friendlyName: string | null,
  ): RowResult {
    const cells = this.context.cellsAreShown ? this.#cells.asRead(record, read, changed, friendlyName) : [];
    return told(record, index, outcome, cells);
  }

  /** A row that stopped before its values were looked at. */
  rejectedEarly(
    { record, index }: IndexedRecord,
    reason: Rejection,
    targets: Targets,
    problems: CellProblems,
  ): RowResult {
    const cells = this.context.cellsAreShown ? this.#cells.asTyped(record, targets, problems) : [];
    const outcome = { kind: "rejected", reason, object: null, cells: this.#messages(targets, problems) } as const;
    return told(record, index, outcome, cells);
  }

  /** A row whose values were looked at. */
  rejected(
    row: IndexedRecord,
    reason: Rejection,
    object: ReportedObject | null,
    read: ReadRow,
    changed: ReadonlySet<AttributeCode>,
  ): RowResult {
    const cells = this.#messages(read.targets, read.problems);
    return this.done(row, { kind: "rejected", reason, object, cells }, read, changed, null);
  }

  #messages(targets: Targets, problems: CellProblems): CellMessage[] {
    const messages: CellMessage[] = [];
    targets.forEach((target, index) => {
      if (target === undefined || target.ok) return;
      messages.push({ attribute: this.resolvers[index]?.columns.key.code ?? "", text: target.text });
    });
    for (const [cell, text] of problems) {
      messages.push({ attribute: this.context.plan.codes[cell] ?? "", text });
    }
    return messages;
  }
}

function told(record: CsvRecord, index: number, outcome: RowOutcome, cells: readonly ReportCell[]): RowResult {
  return { record: index, line: record.line, outcome, cells };
}
