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
import { foldCase } from "../model/look_up.ts";
import type { Model, ModelClass } from "../model/model.ts";
import { LONGEST_COLUMN_NAME } from "../text_limits.ts";

export class ColumnNames {
  readonly known: KnownColumns;

  constructor(private readonly model: Model, modelClass: ModelClass, private readonly naming: Naming) {
    this.known = knownColumns(model, modelClass, naming);
  }

  /** The first name that means this column; null: every name that it has means another one, or may. */
  of(target: ColumnTarget): string | null {
    return this.#candidates(target).find((name) => this.#means(name, target)) ?? null;
  }

  /** What a name means. */
  meaning(typed: string): ColumnTarget | null {
    const target = this.known.get(foldCase(columnName(typed)))?.targets[0];
    // An export goes through one arrow only.
    return target === undefined || (target.kind === "through_key" && target.through.length > 0) ? null : target;
  }

  #candidates(target: ColumnTarget): readonly string[] {
    if (target.kind === "id") return ["id"];
    if (target.kind === "attribute") return namesOf(target.attribute, this.model, this.naming);
    const names = namesOf(target.attribute, this.model, this.naming);
    return namesOf(target.key, this.model, this.naming).flatMap((key) => names.map((name) => `${key}->${name}`));
  }

  #means(name: string, target: ColumnTarget): boolean {
    if (name.length > LONGEST_COLUMN_NAME) return false;
    const known = this.meaning(name);
    return known !== null && isSameColumn(known, target) &&
      ambiguities([columnName(name)], this.known, () => name).length === 0;
  }
}
