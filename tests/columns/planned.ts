/** Headers of the built-in model's classes, planned. */
import { assert } from "@std/assert";
import { planColumns, type PlanResult } from "../../lib/columns/column_plan.ts";
import type { ColumnPlan } from "../../lib/columns/plan.ts";
import { type KnownColumns, knownColumns, type Naming } from "../../lib/columns/known_columns.ts";
import { builtInModelText } from "../../lib/model/file/built_in_model.ts";
import { classOf } from "../../lib/model/look_up.ts";
import type { Model } from "../../lib/model/model.ts";
import { resolveModel } from "../../lib/model/file/resolve_model.ts";

export const ITOP: Model = resolveModel(JSON.parse(await builtInModelText("itop")));

export const CODES: Naming = { codes: true, language: "EN US" };

/** Header cells are labels in this language. */
export function labelsIn(language: string): Naming {
  return { codes: false, language };
}

/** @param header cells, separated by commas @param keys the same; empty: none are named */
export function resultOf(modelClass: string, header: string, keys: string, naming: Naming): PlanResult {
  const names = keys === "" ? [] : keys.split(",");
  return planColumns(ITOP, classOf(ITOP, modelClass), naming, header.split(","), names);
}

/** The plan of a header that is right. */
export function planOf(modelClass: string, header: string, keys = "", naming = CODES): ColumnPlan {
  const result = resultOf(modelClass, header, keys, naming);
  assert(result.ok, result.ok ? "" : result.problems.map(({ text }) => text).join("\n"));
  return result.plan;
}

/** What is wrong with a header, without the list of all columns. */
export function problemsOf(modelClass: string, header: string, keys = "", naming = CODES): string[] {
  const result = resultOf(modelClass, header, keys, naming);
  return result.ok
    ? []
    : result.problems.map(({ text }) => text.replace(/ Possible columns: .*/, " Possible columns: …"));
}

/** The keys of a header that is right, as the report prints them. */
export function printedKeys(modelClass: string, header: string, keys = "", naming = CODES): string[] {
  return planOf(modelClass, header, keys, naming).keys.map((key) => key.printed);
}

export function knownIn(modelClass: string, naming = CODES): KnownColumns {
  return knownColumns(ITOP, classOf(ITOP, modelClass), naming);
}
