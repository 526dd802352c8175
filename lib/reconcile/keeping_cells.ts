/** Cells that leave what an object has as it is. */
import type { RunContext } from "./run_context.ts";

/** Whether an empty cell of the column changes nothing: what a new object got there of a map, the next run of the file leaves alone. */
export function isKeeping({ emptyCells, plan }: RunContext, cell: number): boolean {
  return emptyCells === "keep" || plan.mapping?.defaults.has(cell) === true;
}
