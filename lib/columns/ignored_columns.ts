/** The columns of a file that are not loaded: without a name, or because somebody has said so with `ignore_columns` (SPEC 16). */
import { firstNames } from "../messages/first_of_many.ts";
import { ignoredColumnMissing, ignoredUnknownColumns } from "../messages/columns.ts";
import { foldCase } from "../model/look_up.ts";
import { nearestName } from "../nearest_name.ts";
import { columnForm } from "../csv/heading.ts";
import type { ColumnTarget, KnownColumns } from "./known_columns.ts";
import type { IgnoredColumn } from "./plan.ts";

/** Every column that is not known. */
export const ALL_UNKNOWN = "*";

/** What is said by the parameter. */
export class IgnoredColumns {
  readonly #names: ReadonlySet<string>;

  /** @param typed names of columns, and `*` */
  constructor(private readonly typed: readonly string[]) {
    this.#names = new Set(typed.map((name) => columnForm(name)).filter((name) => name !== ""));
  }

  /**
   * Which columns of a header are not loaded.
   * @param names of its columns
   * @param targets what they are; undefined: not known; null: nothing by itself
   */
  of(names: readonly string[], targets: readonly (ColumnTarget | null | undefined)[]): readonly IgnoredColumn[] {
    const isLoaded = (name: string, cell: number) => targets[cell] !== undefined && !this.#names.has(foldCase(name));
    // With a wrong separator nothing is known: that must be told.
    if (names.every((_, cell) => targets[cell] === undefined)) return [];
    return names.flatMap((name, cell): IgnoredColumn[] => {
      if (isLoaded(name, cell)) return [];
      const why = this.#whyIgnored(name);
      return why === null ? [] : [{ cell, name, why, isSecret: isPassword(targets[cell]) }];
    });
  }

  #whyIgnored(name: string): IgnoredColumn["why"] | null {
    if (this.#names.has(foldCase(name))) return "named";
    if (this.typed.includes(ALL_UNKNOWN)) return "unknown";
    return name === "" ? "nameless" : null;
  }

  /** What somebody should look at. @param names of the file's columns */
  warnings(names: readonly string[], ignored: readonly IgnoredColumn[], known: KnownColumns): readonly string[] {
    const own = new Set(names.map(foldCase));
    const missing = this.typed.filter((name) => name !== ALL_UNKNOWN && !own.has(columnForm(name)));
    const unknown = ignored.filter(({ why }) => why === "unknown");
    const all = [...known.values()].map((column) => column.name);
    return [
      ...unknown.length === 0 ? [] : [ignoredUnknownColumns(
        unknown.length,
        firstNames(unknown).map(({ name, cell }) => ({ name, number: cell + 1, near: nearestName(name, all) })),
      )],
      ...missing.length === 0 ? [] : [ignoredColumnMissing(
        missing.length,
        firstNames(missing).map((name) => ({ name, near: nearestName(name, names) })),
      )],
    ];
  }
}

function isPassword(target: ColumnTarget | null | undefined): boolean {
  return target?.kind === "attribute" && target.attribute.kind === "password";
}
