/** Names of columns by which a header means them and nothing else. */
import { columnName } from "../csv/heading.ts";
import {
  ambiguities,
  type ColumnTarget,
  isSameColumn,
  type KnownColumns,
  knownColumns,
  namesOf,
  type Naming,
} from "../columns/known_columns.ts";
import { nearestPath } from "../columns/key_paths.ts";
import type { Attribute, Model, ModelClass } from "../model/model.ts";
import { nearestName } from "../nearest_name.ts";
import { LONGEST_COLUMN_NAME } from "../text_limits.ts";

export class ColumnNames {
  readonly known: KnownColumns;

  constructor(private readonly model: Model, private readonly modelClass: ModelClass, private readonly naming: Naming) {
    this.known = knownColumns(model, modelClass, naming);
  }

  /** The first name that means this column; null: every name that it has means another one, or may. */
  of(target: ColumnTarget): string | null {
    for (const name of this.#candidates(target)) if (this.#means(name, target)) return name;
    return null;
  }

  /** What a name means. */
  meaning(typed: string): ColumnTarget | null {
    return this.known.called(columnName(typed), typed)?.targets[0] ?? null;
  }

  /** The name that may have been meant; null: none is near. */
  nearest(typed: string): string | null {
    return nearestPath(this.model, this.modelClass, this.naming, typed) ??
      nearestName(typed, [...this.known.values()].map(({ name }) => name));
  }

  #candidates(target: ColumnTarget): Iterable<string> {
    if (target.kind === "id") return ["id"];
    if (target.kind === "attribute") return namesOf(target.attribute, this.model, this.naming);
    return this.#paths([target.key, ...target.through, target.attribute]);
  }

  /** With each name that the attributes have, one arrow after another. */
  *#paths([first, ...behind]: readonly Attribute[]): Generator<string> {
    if (first === undefined) return;
    for (const name of namesOf(first, this.model, this.naming)) {
      if (behind.length === 0) yield name;
      else for (const rest of this.#paths(behind)) yield `${name}->${rest}`;
    }
  }

  #means(name: string, target: ColumnTarget): boolean {
    if (name.length > LONGEST_COLUMN_NAME) return false;
    const known = this.meaning(name);
    return known !== null && isSameColumn(known, target) &&
      ambiguities([columnName(name)], this.known, () => name).length === 0;
  }
}
