/** What new objects get where a row's cell is empty: the defaults of a map. Objects that are there already know nothing of them. */
import type { ColumnPlan } from "../columns/plan.ts";
import type { Cell, CsvRecord } from "../csv/record.ts";

export class DefaultCells {
  readonly #defaults: readonly (readonly [number, string])[];

  private constructor(defaults: ReadonlyMap<number, string>) {
    this.#defaults = [...defaults];
  }

  /** Null: there are none. */
  static of({ mapping }: Pick<ColumnPlan, "mapping">): DefaultCells | null {
    return mapping === undefined || mapping.defaults.size === 0 ? null : new DefaultCells(mapping.defaults);
  }

  /** The cells of a new object; the same ones where none is empty. */
  filled(cells: readonly Cell[]): readonly Cell[] {
    let filled: Cell[] | null = null;
    for (const [cell, text] of this.#defaults) {
      if (cells[cell] !== "") continue;
      filled ??= [...cells];
      filled[cell] = text;
    }
    return filled ?? cells;
  }

  /** The record of a new object; null: it is the same. */
  recordOfNew(record: CsvRecord): CsvRecord | null {
    const cells = this.filled(record.cells);
    return cells === record.cells ? null : { ...record, cells };
  }
}
