/** The library model with something changed, for tests of the checks. */
import { parse } from "@std/jsonc";
import { fromFileUrl } from "@std/path";
import type { ModelProblem } from "../../lib/model/file/model_problem.ts";
import { readModel } from "../../lib/model/file/read_model.ts";

/** The text of the library model. */
export const LIBRARY_TEXT = Deno.readTextFileSync(
  fromFileUrl(new URL("../../fixtures/models/library.jsonc", import.meta.url)),
);

/** New values by their place, `Book.attributes.isbn.kind` or `$.name`; undefined takes something away. */
export type Changes = { readonly [place: string]: unknown };

/** The text of the library model with some values changed; a place without `$` is below `$.classes`. */
export function changedText(changes: Changes): string {
  const file = parse(LIBRARY_TEXT);
  for (const [place, value] of Object.entries(changes)) change(file, place, value);
  return JSON.stringify(file, null, 2);
}

function change(file: unknown, place: string, value: unknown): void {
  const path = place.startsWith("$.") ? place.slice(2) : `classes.${place}`;
  const names = path.split(".");
  const last = names.pop() ?? "";
  let inner = file as Record<string, unknown>;
  for (const name of names) inner = (inner[name] ??= {}) as Record<string, unknown>;
  if (value === undefined) delete inner[last];
  else inner[last] = structuredClone(value);
}

/** The problems of a model file; none when it is right. */
export function problemsIn(text: string): readonly ModelProblem[] {
  const reading = readModel(text);
  return reading.ok ? [] : reading.problems;
}

/** `kind at path`, for each problem of the changed model. */
export function problemsAfter(changes: Changes): string[] {
  return problemsIn(changedText(changes)).map((problem) =>
    problem.kind === "syntax" || problem.kind === "too_deep" ? problem.kind : `${problem.kind} at ${problem.path}`
  );
}
