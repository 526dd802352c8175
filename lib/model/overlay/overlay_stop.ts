/** Ends a run because of its overlay. */
import { EXIT, RunStop } from "../../errors.ts";
import { firstOfMany } from "../../messages/first_of_many.ts";
import { overlayHint, overlayMistake } from "../../messages/overlay.ts";
import type { Overlay } from "../derive/overlay_type.ts";
import type { AnyOverlayProblem } from "./overlay_file_problem.ts";
import { readOverlay } from "./read_overlay.ts";

/** What the operator named, and what stood there. */
export interface OverlayText {
  readonly path: string;
  readonly text: string;
}

/** @throws RunStop 78 with every mistake */
export function overlayIn({ path, text }: OverlayText): Overlay {
  const reading = readOverlay(text);
  if (reading.ok) return reading.overlay;
  throw overlayStop(path, reading.problems);
}

/** @param problems at least one */
export function overlayStop(path: string, problems: readonly AnyOverlayProblem[]): RunStop {
  const messages = firstOfMany(problems.map((problem) => ({ text: overlayMistake(path, problem) })));
  const last = messages.at(-1) ?? { text: "" };
  return new RunStop(EXIT.databaseNotUsable, [...messages.slice(0, -1), { ...last, hint: overlayHint() }]);
}
