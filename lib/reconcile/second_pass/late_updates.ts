/** Updates that wait until all others are done, as others still have what they want: in a file, if they are many. */
import type { ByteSpool } from "../../spool/byte_spool.ts";
import type { ObjectUpdate } from "../../store/objects.ts";
import { linesOf } from "./first_results.ts";

export interface LateUpdate {
  readonly row: number;
  readonly update: ObjectUpdate;
}

export class LateUpdates {
  #count = 0;

  constructor(private readonly spool: ByteSpool) {}

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  /** @throws RunStop when it cannot be kept */
  add(late: LateUpdate): void {
    this.#count++;
    this.spool.writeText(`${JSON.stringify(late)}\n`);
  }

  *all(): Generator<LateUpdate, void> {
    for (const line of linesOf(this.spool.pieces())) yield JSON.parse(line);
  }
}
