/** Indexes for the reconciliation keys that are really used, in PostgreSQL. */
import type { AttributeCode, ClassCode } from "../../model/model.ts";
import type { ExpectedSearch, PreparedSearch } from "../../store/prepared_searches.ts";
import type { IndexedColumn, SpokenMapping } from "../sql/dialect.ts";
import { createIndex, indexedColumns, indexesOf } from "../sql/index_statements.ts";
import { type IndexCatalog, type IndexSteps, indexSteps, type UsableIndex } from "../sql/search_index.ts";
import { quoteName } from "../sql/sql_text.ts";
import { doneLater } from "../shared/steps.ts";
import type { PostgresDatabase } from "./postgres_database.ts";
import { INDEXED_CHARACTERS } from "./postgres_dialect.ts";
import { formOf, SEARCH_INDEX } from "./run_rights.ts";
import { shortName } from "./short_names.ts";

/** An index that is there. */
interface KnownIndex extends UsableIndex {
  readonly table: string;
  /** The condition on its rows, as our statements have it; null: none. Undefined: nobody can tell. */
  readonly condition: string | null | undefined;
}

const COLUMNS_OF_INDEXES = "SELECT c.relname, i.indisunique, i.indpred IS NOT NULL, t.relname, " +
  "(SELECT json_agg(pg_get_indexdef(i.indexrelid, k, true) ORDER BY k) FROM generate_series(1, i.indnkeyatts) AS k)::text " +
  "FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid JOIN pg_class AS t ON t.oid = i.indrelid " +
  "WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = $1) AND i.indisvalid";

/** Of an index: one alone may be the same in many rows. */
const ENOUGH_COLUMNS = 2;

export class SearchIndexes {
  readonly #steps: IndexSteps;
  readonly #known = new Set<string>();
  readonly #missing: ExpectedSearch[] = [];
  #isMissing = false;
  #indexes: Promise<Map<string, KnownIndex>> | null = null;
  #made = 0;
  #lost = 0;

  /** @param mayCreate false: only indexes that are there already serve */
  constructor(
    private readonly database: PostgresDatabase,
    private readonly mapping: Required<SpokenMapping>,
    readonly mayCreate: boolean,
  ) {
    this.#steps = indexSteps(this.#catalog(), mapping, mayCreate);
  }

  /** How often indexes that were made are gone again. */
  get lost(): number {
    return this.#lost;
  }

  /** Makes an index that serves the conditions, if there is none: the planner finds it by itself. */
  async serve(code: ClassCode, conditions: readonly (AttributeCode | "id")[]): Promise<void> {
    if (!this.mayCreate) return;
    const name = `${code}:${conditions.join()}`;
    if (this.#known.has(name)) return;
    await doneLater(this.#steps.serve(code, conditions));
    this.#known.add(name);
    if (this.#isMissing) this.#missing.push({ class: code, conditions });
    this.#isMissing = false;
  }

  /** Searches that have no index, where nobody may make one. */
  get missing(): readonly ExpectedSearch[] {
    return this.#missing;
  }

  /** The same, for all who search later. */
  async make(code: ClassCode, conditions: readonly (AttributeCode | "id")[]): Promise<PreparedSearch["index"]> {
    const before = this.#made;
    const index = await doneLater(this.#steps.serve(code, conditions));
    return index === null ? "none" : this.#made > before ? "made" : "there";
  }

  async serveFriendlyName(code: ClassCode): Promise<void> {
    if (this.mayCreate) await doneLater(this.#steps.serveFriendlyName(code));
  }

  /**
   * Does work that may be taken back, and with it the indexes that were made meanwhile.
   * @param isKept tells it from what the work gives; what throws is taken back
   */
  async keptIf<T>(isKept: (result: T) => boolean, work: () => Promise<T>): Promise<T> {
    const before = this.#made;
    let areKept = false;
    try {
      const result = await work();
      areKept = isKept(result);
      return result;
    } finally {
      if (!areKept && this.#made > before) {
        this.#lost++;
        this.#indexes = null;
        this.#known.clear();
      }
    }
  }

  /** Whether an index on the column alone, or one that begins with it, has all rows. */
  async isServed(table: string, column: string): Promise<boolean> {
    const all = [...(await this.#all()).values()];
    return all.some((one) => one.table === table && one.condition === null && one.columns[0] === column);
  }

  /** Whether an index begins with enough of the columns to find few rows. */
  async #isNearlyServed(table: string, wanted: readonly string[]): Promise<boolean> {
    const least = Math.min(ENOUGH_COLUMNS, wanted.length);
    return [...(await this.#all()).values()].some((one) =>
      one.table === table && one.condition === null && one.columns.length >= least &&
      one.columns.slice(0, least).every((column) => wanted.includes(column))
    );
  }

  #catalog(): IndexCatalog {
    return {
      usable: async (table, ofClass) => {
        const all = [...(await this.#all()).values()];
        return all.filter((one) =>
          one.table === table && (one.condition === null || one.condition !== undefined && one.condition === ofClass)
        );
      },
      make: async (name, table, columns) => {
        const { schema } = this.mapping.dialect;
        const own = this.mapping.layout.tables.find((one) => one.name === table);
        const indexed = own === undefined ? undefined : indexedColumns(own);
        const index = { name, table, columns, unique: false, condition: null };
        const { schemaChanges } = this.database;
        if (schemaChanges === null) {
          this.#isMissing ||= !await this.#isNearlyServed(table, columns);
          return;
        }
        if (schemaChanges === "as_owner") await this.#make(createIndex(index, schema, indexed));
        else await this.#haveMade(schema.indexName(name), table, columns.map((column) => [column, indexed?.(column)]));
        (await this.#all()).set(schema.indexName(name), index);
      },
      makeOfText: async (name, table, text) => {
        const short = shortName(name);
        if ((await this.#all()).has(short)) return;
        // Nobody but the owner may say what an index is to work out.
        if (this.database.schemaChanges !== "as_owner") {
          this.#isMissing ||= this.database.schemaChanges === null;
          return;
        }
        const indexed = `"left"(${this.mapping.dialect.folded(text)}, ${INDEXED_CHARACTERS})`;
        await this.#make(`CREATE INDEX ${quoteName(short)} ON ${quoteName(table)} (${indexed})`);
        (await this.#all()).set(short, { table, columns: [""], unique: false, condition: null });
      },
    };
  }

  async #haveMade(
    name: string,
    table: string,
    columns: readonly (readonly [string, IndexedColumn | undefined])[],
  ): Promise<void> {
    await this.database.rows(
      `SELECT ${SEARCH_INDEX}($1, $2, $3::text[], $4::text[])`,
      name,
      table,
      columns.map(([column]) => column),
      columns.map(([, indexed]) => indexed === undefined ? "plain" : formOf(indexed)),
    );
    this.#made++;
  }

  async #make(sql: string): Promise<void> {
    await this.database.execute(sql);
    this.#made++;
  }

  #all(): Promise<Map<string, KnownIndex>> {
    return this.#indexes ??= this.#read();
  }

  async #read(): Promise<Map<string, KnownIndex>> {
    const { schema } = this.mapping.dialect;
    const own = new Map(indexesOf(this.mapping).map((index) => [schema.indexName(index.name), index]));
    const rows = await this.database.rows(COLUMNS_OF_INDEXES, this.database.schema);
    return new Map(rows.map(([name, unique, isPartial, table, columns]) => {
      const known = own.get(String(name));
      const condition = isPartial === true ? known?.condition : null;
      const read: KnownIndex = {
        table: String(table),
        unique: unique === true,
        columns: (JSON.parse(String(columns)) as string[]).map(columnIn),
        condition,
      };
      return [String(name), read];
    }));
  }
}

/** The column that a part of an index stands for, as searches use it; the empty text: none, as where it has hashes of long texts. */
function columnIn(definition: string): string {
  const inner = /^"left"\((.*), \d+\)$/s.exec(definition)?.[1] ?? definition;
  const name = /^(?:lower|translate)\((.*?)(?:, '[^']*'::text, '[^']*'::text)?\)$/s.exec(inner)?.[1] ?? inner;
  if (/^[a-z_][a-z0-9_$]*$/.test(name)) return name;
  const quoted = /^"((?:[^"]|"")*)"$/s.exec(name)?.[1];
  return quoted === undefined ? "" : quoted.replaceAll('""', '"');
}
