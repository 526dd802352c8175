/** What can be wrong with an overlay, whatever the database is. The words are in `messages/overlay.ts`. */
import type { OverlayProblem } from "../derive/overlay_type.ts";
import type { ModelProblem } from "../file/model_problem.ts";

/** A mistake that its form does not show. */
export type OverlayMeaningProblem =
  & {
    /** JSON path of what is wrong. */
    readonly path: string;
  }
  & (
    /** `at`: what may not stand there; null: the text ended too early. */
    | { readonly kind: "unsafe_sql"; readonly found: string; readonly at: string | null }
    /** A code, or a label of one language, that an earlier value has. */
    | { readonly kind: "same_value"; readonly found: string; readonly first: string }
    /** Two answers to one question. */
    | { readonly kind: "not_together"; readonly property: string; readonly other: string }
  );

/** One mistake in the text of an overlay. */
export type OverlayFileProblem = ModelProblem | OverlayMeaningProblem;

/** The same, or what it says of a database that is otherwise. */
export type AnyOverlayProblem = OverlayFileProblem | OverlayProblem;
