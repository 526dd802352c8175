/** Sentences of `csvrecon model show` about the languages of a model. */
import type { StopMessage } from "../errors.ts";
import { quoted } from "./quoted.ts";

/** Below the title. @param labelled those that have labels @param first the language that stands for the others */
export function languagesWithoutLabels(labelled: readonly string[], first: string): string {
  if (labelled.length === 0) return "No language has labels: codes are shown";
  const shown = labelled.includes(first) ? `those of ${first}` : "codes";
  return `Labels are in ${labelled.join(", ")}: people with one of the other languages see ${shown}`;
}

/** @param shown the language whose labels are shown; null: codes are */
export function noLabelsIn(language: string, shown: string | null): string {
  return `${language} has no labels in this model: ${
    shown === null ? "codes are shown" : `those of ${shown} are shown`
  }`;
}

/** @param near a language that is spelt nearly like it */
export function unknownLanguage(typed: string, near: string | null, known: readonly string[]): StopMessage {
  const suggestion = near === null ? "" : `. Did you mean '${near}'?`;
  return {
    text: `#Unknown language: ${quoted(typed)}${suggestion}`,
    hint: `The model has ${known.join(", ")}: a code has a blank in it, so it stands in quotes`,
  };
}
