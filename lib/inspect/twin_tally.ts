/** Rows that share their keys, in flat memory. */
import { comparedForm } from "../compared_text.ts";
import type { Cell } from "../csv/record.ts";
import type { Findings, TwinRows } from "./finding.ts";
import { fingerprint32, type KeyBudget, KeyTable } from "./key_table.ts";
import { RowCounter } from "./row_count.ts";

const MOST_TOLD = 5;
/** Stands in no cell: the reader refuses rows that have it. */
const BETWEEN = "\0";

export class TwinTally {
  readonly #keys: KeyTable;
  readonly #others: TwinRows[] = [];
  #otherCount = 0;
  readonly #same: TwinRows[] = [];
  #sameCount = 0;
  readonly #empty = new RowCounter();
  /** Of the first row whose key is not remembered. */
  #forgottenFrom: number | null = null;

  /** @param cells of the keys; at least one */
  constructor(readonly cells: readonly number[], budget: KeyBudget) {
    this.#keys = new KeyTable(budget);
  }

  note(row: readonly Cell[], line: number): void {
    if (this.cells.every((cell) => (row[cell] ?? "") === "")) {
      this.#empty.note(line);
      return;
    }
    const key = this.cells.map((cell) => comparedForm(row[cell] ?? "")).join(BETWEEN);
    const whole = fingerprint32(row.join(BETWEEN));
    const { isFull } = this.#keys;
    const before = this.#keys.add(key, line, whole);
    if (before === null && isFull) this.#forgottenFrom ??= line;
    if (before === null) return;
    const isSame = before.mark === whole;
    if (isSame) this.#sameCount++;
    else this.#otherCount++;
    const told = isSame ? this.#same : this.#others;
    if (told.length < MOST_TOLD) told.push({ first: before.line, line });
  }

  tell(findings: Findings): void {
    if (this.#otherCount > 0) findings.error({ kind: "twins", count: this.#otherCount, rows: this.#others });
    if (this.#sameCount > 0) findings.warn({ kind: "same_rows", count: this.#sameCount, rows: this.#same });
    if (this.#forgottenFrom !== null) findings.warn({ kind: "keys_forgotten", line: this.#forgottenFrom });
    if (!this.#empty.isEmpty) findings.warn({ kind: "empty_keys", rows: this.#empty });
  }
}
