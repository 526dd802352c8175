/** What is said of columns that nobody knows. */
import type { StopMessage } from "../errors.ts";
import * as sentences from "../messages/columns.ts";
import type { Model, ModelClass } from "../model/model.ts";
import { nearestName } from "../nearest_name.ts";
import type { Target } from "./column_plan.ts";
import { noKeyCalled } from "./ambiguous_names.ts";
import { nearestPath } from "./key_paths.ts";
import type { KnownColumns, Naming } from "./known_columns.ts";

/** As many unknown columns are told; of the others, how many they are. */
const MOST_TOLD = 20;

/** A class, and how a file names its columns. */
export interface NamedClass {
  readonly model: Model;
  readonly modelClass: ModelClass;
  readonly naming: Naming;
}

export function unknownColumns(
  { model, modelClass, naming }: NamedClass,
  names: readonly string[],
  targets: readonly Target[],
  known: KnownColumns,
): StopMessage[] {
  const all = [...known.values()].map((column) => column.name);
  // The first one last, where the reference has its only line; the long list goes there too.
  const unknown = names.flatMap((name, index) => targets[index] === undefined ? [{ name, number: index + 1 }] : []);
  const areSomeKnown = unknown.length < names.length;
  const told = unknown.slice(0, MOST_TOLD).reverse();
  const messages = told.map(({ name, number }, index) => {
    const listed = index === told.length - 1 ? all : [];
    const noKey = noKeyCalled(modelClass, name);
    if (noKey !== null) return noKey;
    return name === "" ? sentences.namelessColumn(number, listed) : sentences.unknownColumnOfFile(
      name,
      nearestPath(model, modelClass, naming, name) ?? nearestName(name, all),
      listed,
      areSomeKnown,
    );
  });
  const more = unknown.length - told.length;
  return more > 0 ? [sentences.moreUnknownColumns(more), ...messages] : messages;
}
