/** Says what became of a row: its outcome, and the cells that the report shows for it. */
import type { CsvRecord } from "../csv/record.ts";
import { asItCame } from "../columns/came_from.ts";
import type { RoleOfColumn } from "./column_role.ts";
import type { ExternalKeyResolver } from "./external_key.ts";
import type { KeyTarget } from "./key_target.ts";
import type { CellProblem } from "./problems.ts";
import { type ChangedAttributes, createRowCells, type RowCells } from "./row_cells.ts";
import type { ReadRow } from "./row_reader.ts";
import type { ReachedObject, Rejection, ReportedObject, RowOutcome, RowResult, ShownCell } from "./row_result.ts";
import type { RunContext } from "./run_context.ts";
import { withoutShiftedSecrets } from "./shifted_secrets.ts";

/** A record and its place among the data records, from 0. */
export interface IndexedRecord {
  readonly record: CsvRecord;
  readonly index: number;
}

const NO_TARGETS: readonly KeyTarget[] = [];
const NO_PROBLEMS: ReadonlyMap<number, CellProblem> = new Map();
const NO_CELLS: readonly ShownCell[] = [];

export class RowTeller {
  readonly #cells: RowCells;

  constructor(
    private readonly context: RunContext,
    resolvers: readonly ExternalKeyResolver[],
    private readonly roles: readonly RoleOfColumn[],
  ) {
    this.#cells = createRowCells(context, resolvers, roles);
  }

  /** A row that was written or left alone. @param reached the object that it has made or matched */
  done(
    { record, index }: IndexedRecord,
    outcome: RowOutcome,
    reached: ReachedObject | null,
    values: ReadRow,
    changed: ChangedAttributes,
    friendlyName: string | null,
  ): RowResult {
    const cells = this.context.cellsAreShown ? this.#cells.asRead(record, values, changed, friendlyName) : NO_CELLS;
    return { record: index, line: record.line, typed: asItCame(record), outcome, reached, cells };
  }

  /** A row that was passed over: its cells are as they were typed, whatever is wrong with them. */
  skipped({ record, index }: IndexedRecord, object: ReportedObject | null): RowResult {
    const nothing = { targets: NO_TARGETS, values: [], problems: NO_PROBLEMS };
    const cells = this.context.cellsAreShown ? this.#cells.asTyped(record, nothing, false) : NO_CELLS;
    return {
      record: index,
      line: record.line,
      typed: asItCame(record),
      outcome: { kind: "skipped", object },
      reached: null,
      cells,
    };
  }

  /**
   * A row that was stopped before its values were used.
   * @param object that it matched; null: none
   * @param read null: its cells cannot be told apart
   */
  rejectedEarly(
    { record: typed, index }: IndexedRecord,
    reason: Rejection,
    object: ReportedObject | null,
    read: ReadRow | null,
    others: readonly Rejection[],
  ): RowResult {
    const record = withoutShiftedSecrets(typed, this.context.plan, reason);
    const targets = read?.targets ?? NO_TARGETS;
    const problems = this.#ofValues(read?.problems ?? NO_PROBLEMS);
    const cells = this.context.cellsAreShown
      ? this.#cells.asTyped(record, { targets, values: read?.values ?? [], problems }, reason.kind !== "wrong_date")
      : NO_CELLS;
    const troubles = this.#cells.troubles(record, targets, problems);
    return {
      record: index,
      line: record.line,
      typed: asItCame(record),
      outcome: { kind: "rejected", reason, others, object, cells: troubles },
      reached: null,
      cells,
    };
  }

  /** Without what is wrong with columns of external keys: the key as a whole has said it. */
  #ofValues(problems: ReadonlyMap<number, CellProblem>): ReadonlyMap<number, CellProblem> {
    if (problems.size === 0) return problems;
    const keys = new Set(this.roles.filter(({ role }) => role.kind === "external_key").map(({ cell }) => cell));
    return new Map([...problems].filter(([cell]) => !keys.has(cell)));
  }

  /** A row whose values were used, and which was refused all the same. */
  rejected(
    row: IndexedRecord,
    reason: Rejection,
    object: ReportedObject | null,
    reached: ReachedObject | null,
    read: ReadRow,
    changed: ChangedAttributes,
    others: readonly Rejection[] = [],
  ): RowResult {
    const cells = this.#cells.troubles(row.record, read.targets, read.problems);
    return this.done(row, { kind: "rejected", reason, others, object, cells }, reached, read, changed, null);
  }
}
