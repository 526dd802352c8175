/** Which objects the rows in error of a file are about: who refers to what one of them would have made is told so. */
import type { CsvRecord } from "../csv/record.ts";
import type { ExternalKeyResolver } from "./external_key.ts";
import type { KeyTarget } from "./key_target.ts";
import { isNotFound, type KeyToRows, nameOf } from "./keys_to_rows.ts";
import type { RowPlace } from "./problems.ts";
import type { AskedRow } from "./row_questions.ts";

/** So much is remembered of rows in error: names, and text in UTF-16 code units. Of what is more nothing is known. */
const MOST_NAMES = 20_000;
const MOST_TEXT = 2 * 1024 * 1024;

/** A row in error. */
type RowInError = Pick<AskedRow, "form" | "index" | "record">;

export class RowsInError {
  /** By name. */
  readonly #places = new Map<string, RowPlace>();
  #text = 0;

  constructor(private readonly keys: readonly KeyToRows[]) {}

  /** A row is in error. */
  rejected({ form, index, record }: RowInError): void {
    if (form !== null || this.#places.size >= MOST_NAMES) return;
    for (const key of this.keys) {
      const name = nameOf(key, record.cells, key.own);
      const known = name === null ? undefined : this.#places.get(name);
      // What the database refuses is heard of after rows below it.
      if (name === null || known !== undefined && known.record < index) continue;
      if (known === undefined && this.#text + name.length > MOST_TEXT) continue;
      if (known === undefined) this.#text += name.length;
      this.#places.set(name, { record: index, line: record.line });
    }
  }

  /** What a key means; targets that are not there because a row is in error are told so. */
  async targetsOf(
    { columns, targetsOf }: Pick<ExternalKeyResolver, "columns" | "targetsOf">,
    records: readonly Pick<CsvRecord, "cells">[],
  ): Promise<readonly KeyTarget[]> {
    const targets = await targetsOf(records);
    const key = this.#places.size === 0 ? undefined : this.keys.find((one) => one.columns === columns);
    if (key === undefined || targets.every(({ ok }) => ok)) return targets;
    return targets.map((target, index) => {
      const cells = records[index]?.cells ?? [];
      const name = isNotFound(target) ? nameOf(key, cells, key.searched) : null;
      const place = name === null ? undefined : this.#places.get(name);
      if (target.ok || place === undefined) return target;
      const searched = key.searched.map((cell) => cells[cell] ?? "").join(" ");
      return { ...target, problem: { kind: "target_in_error", searched, target: columns.key.target, ...place } };
    });
  }
}
