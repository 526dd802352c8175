/** Whether what a run writes can be written, asked once for each table. */
import type { ClassCode } from "../../model/model.ts";
import type { SchemaFacts } from "../../model/derive/schema_facts.ts";
import type { ExpectedWrites } from "../../store/expected_writes.ts";
import { type ForeignContext, tableOf } from "./foreign_context.ts";
import { probeWriting, unwritable } from "./probe.ts";

export class WritableTables {
  readonly #written = new Set<ClassCode>();
  readonly #deleted = new Set<ClassCode>();

  constructor(private readonly context: ForeignContext, private readonly facts: SchemaFacts) {}

  /** @throws RunStop 78 or 64 */
  expect(writes: readonly ExpectedWrites[]): void {
    for (const { class: code, attributes, deletes } of writes) {
      this.require(code, deletes);
      const table = tableOf(this.context, code);
      const columns = attributes.map((attribute) => table.columns.get(attribute)).filter((one) => one !== undefined);
      this.context.dates.requireTold(table, columns);
    }
  }

  /** @throws RunStop 78 when rows of the class cannot be written, or deleted */
  require(code: ClassCode, deletes: boolean): void {
    const asked = deletes ? this.#deleted : this.#written;
    if (asked.has(code)) return;
    const table = tableOf(this.context, code);
    const obstacle = probeWriting(this.context.database, this.facts, [{ table, deletes }]);
    if (obstacle !== null) throw unwritable(obstacle);
    asked.add(code);
  }
}
