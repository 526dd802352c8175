/** What a map makes of the first rows, for people to look at. */
import { mappedCell } from "../columns/came_from.ts";
import { type ColumnPlan, passwordCells } from "../columns/plan.ts";
import type { Cell, CsvRecord } from "../csv/record.ts";
import { RECORD_LIMITS } from "../csv/record_limits.ts";
import { cutText } from "../cut_text.ts";
import { RecordMapper } from "../mapping/record_mapper.ts";
import { SECRET_MARK } from "../secret_mark.ts";
import type { MappedAttribute, MappedRow } from "./inspection.ts";

const MOST_ROWS = 5;
/** Of a cell, in UTF-16 code units. */
const LONGEST_SHOWN = 200;

export class MappedRows {
  readonly #mapper: RecordMapper;
  readonly #first: MappedRow[] = [];
  readonly #secret: readonly number[];

  constructor(
    private readonly plan: ColumnPlan,
    mapping: NonNullable<ColumnPlan["mapping"]>,
    nullWords: readonly string[],
  ) {
    const { cellLength } = RECORD_LIMITS;
    this.#mapper = new RecordMapper(mapping, { madeLength: cellLength, textTogether: cellLength }, nullWords);
    this.#secret = passwordCells(plan);
  }

  get first(): readonly MappedRow[] {
    return this.#first;
  }

  /** @returns the cells as an import would read them, with what new objects get */
  note(record: CsvRecord): readonly Cell[] {
    const mapped = this.#mapper.map(record);
    if (this.#first.length < MOST_ROWS) this.#first.push(this.#rowOf(mapped));
    const defaults = this.plan.mapping?.defaults;
    if (defaults === undefined || defaults.size === 0) return mapped.cells;
    return mapped.cells.map((text, cell) => text === "" ? defaults.get(cell) ?? "" : text);
  }

  #rowOf(record: CsvRecord): MappedRow {
    const cells = this.plan.codes.flatMap((code, cell): MappedAttribute[] =>
      code === "" ? [] : [this.#attribute(code, record, cell)]
    );
    return { line: record.line, cells };
  }

  #attribute(attribute: string, record: CsvRecord, cell: number): MappedAttribute {
    const { value, of } = mappedCell(this.plan, record, cell);
    const text = value === "" ? this.plan.mapping?.defaults.get(cell) : undefined;
    const isSecret = this.#secret.includes(cell);
    return {
      attribute,
      value: isSecret ? SECRET_MARK : shown(text ?? value),
      of: of.map((one) => ({ column: one.column, cell: shown(one.cell) })),
      isDefault: text !== undefined,
    };
  }
}

/** A copy: cells are slices, which would keep a whole piece of the input in memory. */
function shown(text: string | null): string | null {
  return text === null ? null : cutText(text, LONGEST_SHOWN);
}
