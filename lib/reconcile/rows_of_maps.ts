/** Rows without an object get the defaults of a map, and are asked about external keys that these fill. */
import { DefaultCells } from "./default_cells.ts";
import type { ExternalKeyResolver } from "./external_key.ts";
import type { KeyTarget } from "./key_target.ts";
import type { RowBeingAsked } from "./row_being_asked.ts";
import type { RunContext } from "./run_context.ts";

export class RowsOfMaps {
  private constructor(
    private readonly defaults: DefaultCells,
    private readonly resolvers: readonly ExternalKeyResolver[],
  ) {}

  /** Null: there are no defaults. */
  static of({ plan }: Pick<RunContext, "plan">, resolvers: readonly ExternalKeyResolver[]): RowsOfMaps | null {
    const defaults = DefaultCells.of(plan);
    return defaults === null ? null : new RowsOfMaps(defaults, resolvers);
  }

  /** To be called when rows were matched. */
  async fillNew(rows: readonly RowBeingAsked[]): Promise<void> {
    const filled: RowBeingAsked[] = [];
    for (const row of rows) {
      const record = row.match?.kind === "none" ? this.defaults.recordOfNew(row.record) : null;
      if (record === null) continue;
      row.withoutDefaults = { record: row.record, targets: row.targets };
      row.record = record;
      filled.push(row);
    }
    const targets = await this.#targetsOf(filled);
    filled.forEach((row, place) => row.targets = targets[place] ?? row.targets);
  }

  /** What the external keys of rows mean if there is no object for them. */
  async targetsIfNew(rows: readonly RowBeingAsked[]): Promise<readonly (readonly KeyTarget[])[]> {
    return await this.#targetsOf(rows.map(({ record }) => ({ record: this.defaults.recordOfNew(record) ?? record })));
  }

  async #targetsOf(rows: readonly Pick<RowBeingAsked, "record">[]): Promise<readonly (readonly KeyTarget[])[]> {
    if (rows.length === 0) return [];
    const records = rows.map(({ record }) => record);
    const lists: (readonly KeyTarget[])[] = [];
    for (const one of this.resolvers) lists.push(await one.targetsOf(records));
    return records.map((_, place) => lists.flatMap((list) => list[place] ?? []));
  }
}
