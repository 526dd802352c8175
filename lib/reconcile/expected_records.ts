/**
 * Records that are worked soon: the database looks for what they match while those before them are worked. Nothing that these write may
 * change an answer but what a row writes under the very key: then the records are asked about once more, as if they had not been.
 */
import type { CsvRecord } from "../csv/record.ts";
import type { CellEnds } from "./cell_ends.ts";
import type { PartsOf } from "./row_dependence.ts";
import type { RowQuestions } from "./row_questions.ts";

interface ReadyRecords {
  readonly rows: readonly CsvRecord[];
  readonly parts: readonly (readonly CsvRecord[])[];
  /** It was asked what they mean. */
  readonly isAsked: boolean;
}

export class ExpectedRecords {
  readonly #ready = new WeakMap<readonly CsvRecord[], ReadyRecords>();

  constructor(
    private readonly questions: Pick<RowQuestions, "expected" | "begin">,
    private readonly ends: CellEnds,
    private readonly partsOf: PartsOf,
  ) {}

  /** @see RowEngine.expect */
  async expect(records: readonly CsvRecord[]): Promise<void> {
    const { expected } = this.questions;
    if (!expected.mayExpect) return;
    const ready = this.#cut(records);
    const [only, ...others] = ready.parts;
    const isAsked = only !== undefined && others.length === 0 && this.#mayStandBehind(only);
    if (isAsked) await expected.expect(only);
    this.#ready.set(records, { ...ready, isAsked });
  }

  /** The parts of records, of which everything was asked that their group is asked about. */
  async partsToWork(records: readonly CsvRecord[]): Promise<readonly (readonly CsvRecord[])[]> {
    const { rows, parts, isAsked } = this.#ready.get(records) ?? this.#cut(records);
    if (!isAsked) await this.questions.begin(rows);
    return parts;
  }

  #cut(records: readonly CsvRecord[]): ReadyRecords {
    const rows = this.ends(records);
    return { rows, parts: this.partsOf(rows), isAsked: false };
  }

  /** Whether the rows of a part depend on rows above it by their keys only: else the first one would begin a part behind any other. */
  #mayStandBehind([first]: readonly CsvRecord[]): boolean {
    return first !== undefined && this.partsOf([first, first]).length === 1;
  }
}
