/** What the database writes by itself along with what a run writes, in classes and attributes; asked once for each kind of statement. */
import { foldName } from "../../model/derive/ascii_names.ts";
import type { DerivedTable } from "../../model/derive/derived_model.ts";
import type { AttributeCode, ClassCode } from "../../model/model.ts";
import type { AlteredObjects, ExpectedWrites } from "../../store/expected_writes.ts";
import { type ForeignContext, tableOf } from "./foreign_context.ts";
import { columnOfAttribute } from "./row_context.ts";
import { deleteOf, insertOf, updateOf } from "./row_statements.ts";
import { keepsOthers, triggeredWrites, type WrittenColumns } from "./triggered_writes.ts";

export class AlteredRows {
  readonly #byStatement = new Map<string, AlteredObjects>();
  readonly #byTable: ReadonlyMap<string, DerivedTable>;

  constructor(private readonly context: Pick<ForeignContext, "database" | "derived">) {
    this.#byTable = new Map([...context.derived.tables.values()].map((table) => [table.name, table]));
  }

  /** @see ObjectStore.alteredBy */
  by(writes: readonly ExpectedWrites[]): AlteredObjects {
    const all = new Map<ClassCode, ReadonlySet<AttributeCode> | null>();
    for (const { class: code, attributes, deletes } of writes) {
      const table = tableOf(this.context, code);
      const some = [
        this.#by(table, insertOf(table)),
        this.byUpdate(table, attributes),
        ...deletes ? [this.byDelete(table)] : [],
      ];
      for (const [altered, those] of some.flatMap((one) => [...one])) {
        const known = all.get(altered);
        all.set(altered, known === undefined ? those : known === null || those === null ? null : known.union(those));
      }
    }
    return all;
  }

  /** @param attributes that are set; none: it may be any */
  byUpdate(table: DerivedTable, attributes: readonly AttributeCode[]): AlteredObjects {
    const sql = updateOf(table, ({ attribute }) => attributes.length === 0 || attributes.includes(attribute));
    return sql === null ? NOTHING : this.#by(table, sql);
  }

  byDelete(table: DerivedTable): AlteredObjects {
    return this.#by(table, deleteOf(table));
  }

  #by(table: DerivedTable, sql: string): AlteredObjects {
    let known = this.#byStatement.get(sql);
    if (known === undefined) {
      const written = triggeredWrites(this.context.database, sql, table.name);
      known = written === null
        ? new Map([...this.#byTable.values()].map((any) => [any.class, null]))
        : new Map([...written].flatMap(([name, columns]) => {
          const altered = this.#byTable.get(name);
          return altered === undefined ? [] : [[altered.class, attributesOf(altered, columns)] as const];
        }));
      this.#byStatement.set(sql, known);
    }
    return known;
  }
}

const NOTHING: AlteredObjects = new Map();

/** Null: any, or the key, by which rows are known. */
function attributesOf(table: DerivedTable, names: WrittenColumns): ReadonlySet<AttributeCode> | null {
  if (names === null || !keepsOthers(table.facts)) return null;
  const columns = new Map(table.facts.columns.map(({ name }) => [foldName(name), name]));
  const keys = new Set((table.key?.columns ?? []).map(({ name }) => name));
  const codes = new Set<AttributeCode>();
  for (const folded of names) {
    const name = columns.get(folded);
    if (name === undefined || keys.has(name)) return null;
    for (const [code, column] of table.columns) if (column.name === name) codes.add(code);
  }
  return codes;
}

/** Whether SQLite keeps something else than what it is given, or fills in what it is not given. */
export function mayBecomeOther(table: DerivedTable, attribute: AttributeCode): boolean {
  const { affinity, form, default: given, fill, generate } = columnOfAttribute(table, attribute);
  const keepsTexts = affinity === "TEXT" || affinity === "BLOB" && !(form.kind === "loose" && form.isNumeric);
  return !keepsTexts || given !== null || fill !== null || generate !== null;
}
