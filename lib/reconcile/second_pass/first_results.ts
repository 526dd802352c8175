/** What became of rows in the first reading, kept for the second one: in a file, if they are many. */
import type { ByteSpool } from "../../spool/byte_spool.ts";
import type { ClassCode } from "../../model/model.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { ReachedObject, ReportedObject, RowOutcome, RowResult, ShownCell } from "../row_result.ts";

/** Of one row; the record comes again. */
export type FirstResult = Pick<RowResult, "outcome" | "reached" | "cells">;

/** How a result is kept that says no more than which object it is: by the id, which may be a text. */
const CREATED = "+";
const UNCHANGED = "=";

export class FirstResults {
  /**
   * @param ownClass mostly that of the objects
   * @param reported how reports name an object
   */
  constructor(
    private readonly spool: ByteSpool,
    private readonly ownClass: ClassCode,
    private readonly reported: (object: ReachedObject) => ReportedObject,
  ) {}

  /** To be told of every row, in order. @throws RunStop when it cannot be kept */
  add({ outcome, reached, cells }: RowResult): void {
    this.spool.writeText(this.#short(outcome, reached, cells) ?? `${JSON.stringify({ outcome, reached, cells })}\n`);
  }

  /** The same again, in order. */
  *all(): Generator<FirstResult, void> {
    for (const line of linesOf(this.spool.pieces())) yield this.#read(line);
  }

  #short(outcome: RowOutcome, reached: ReachedObject | null, cells: readonly ShownCell[]): string | null {
    if (cells.length > 0 || reached === null || reached.class !== this.ownClass) return null;
    if (outcome.kind === "unchanged") return `${UNCHANGED}${JSON.stringify(reached.id)}\n`;
    return outcome.kind === "created" && outcome.values.length === 0 && outcome.object.name === undefined &&
        outcome.targets === undefined
      ? `${CREATED}${JSON.stringify(reached.id)}\n`
      : null;
  }

  #read(line: string): FirstResult {
    const sign = line.charAt(0);
    if (sign !== CREATED && sign !== UNCHANGED) return JSON.parse(line);
    const reached: ReachedObject = { class: this.ownClass, id: JSON.parse(line.slice(1)) as ObjectId };
    const object = this.reported(reached);
    const outcome: RowOutcome = sign === CREATED
      ? { kind: "created", object, values: [] }
      : { kind: "unchanged", object };
    return { outcome, reached, cells: NO_CELLS };
  }
}

const NO_CELLS: readonly ShownCell[] = [];

/** JSON has no line breaks. */
export function* linesOf(pieces: Iterable<Uint8Array>): Generator<string, void> {
  const decoder = new TextDecoder();
  let begun = "";
  for (const piece of pieces) {
    const lines = (begun + decoder.decode(piece, { stream: true })).split("\n");
    begun = lines.pop() ?? "";
    yield* lines;
  }
}
