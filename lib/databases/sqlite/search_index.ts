/** Indexes for the reconciliation keys that are really used, in SQLite. */
import type { AttributeCode, ClassCode } from "../../model/model.ts";
import type { Mapping } from "../../store/layout.ts";
import type { PreparedSearch } from "../../store/prepared_searches.ts";
import { createIndex } from "../sql/index_statements.ts";
import { type IndexCatalog, indexSteps, type ServingIndex } from "../sql/search_index.ts";
import { quoteName } from "../sql/sql_text.ts";
import { doneNow } from "../shared/steps.ts";
import type { Database } from "./connection.ts";
import { usableIndexes } from "./table_indexes.ts";

export type { ServingIndex } from "../sql/search_index.ts";

export interface SearchIndexes {
  /** False: only indexes that are there already serve. */
  readonly mayCreate: boolean;
  /** The index that serves the conditions, made now if need be; null when there is none. */
  serve(modelClass: ClassCode, conditions: readonly (AttributeCode | "id")[]): ServingIndex | null;
  /** The index that serves a friendly name, made now if need be; null when there is none. */
  serveFriendlyName(modelClass: ClassCode): ServingIndex | null;
  /** Makes an index that serves the conditions, if there is none. */
  make(modelClass: ClassCode, conditions: readonly (AttributeCode | "id")[]): PreparedSearch["index"];
  /**
   * Does work that may be taken back, and with it the indexes that were made meanwhile.
   * @param isKept tells it from what the work gives; what throws is taken back
   */
  keptIf<T>(isKept: (result: T) => boolean, work: () => Promise<T>): Promise<T>;
  /** How often indexes that were made are gone again. */
  readonly lost: number;
}

/** @param mayCreate false: only indexes that are there already serve */
export function createSearchIndexes(database: Database, mapping: Mapping, mayCreate: boolean): SearchIndexes {
  const made = new MadeIndexes(database);
  const steps = indexSteps(catalogOf(database, made), mapping, mayCreate);
  return {
    mayCreate,
    serve: (code, conditions) => doneNow(steps.serve(code, conditions)),
    serveFriendlyName: (code) => doneNow(steps.serveFriendlyName(code)),
    make(code, conditions) {
      const before = made.count;
      const index = doneNow(steps.serve(code, conditions));
      return index === null ? "none" : made.count > before ? "made" : "there";
    },
    keptIf: (isKept, work) => made.keptIf(isKept, work),
    get lost() {
      return made.lost;
    },
  };
}

function catalogOf(database: Database, made: MadeIndexes): IndexCatalog {
  return {
    usable: (table, ofClass) => usableIndexes(database, table, ofClass),
    make: (name, table, columns) => made.make(createIndex({ name, table, columns, unique: false, condition: null })),
    makeOfText(name, table, text) {
      if (database.prepare("SELECT 1 FROM sqlite_schema WHERE name = ?").get(name) !== undefined) return;
      made.make(`CREATE INDEX ${quoteName(name)} ON ${quoteName(table)} (${text} COLLATE NOCASE)`);
    },
  };
}

/** Indexes that were made in a transaction, and may be gone again with a part of it. */
class MadeIndexes {
  #count = 0;
  #lost = 0;

  constructor(private readonly database: Database) {}

  make(sql: string): void {
    this.database.exec(sql);
    this.#count++;
  }

  async keptIf<T>(isKept: (result: T) => boolean, work: () => Promise<T>): Promise<T> {
    const before = this.#count;
    let areKept = false;
    try {
      const result = await work();
      areKept = isKept(result);
      return result;
    } finally {
      if (!areKept && this.#count > before) this.#lost++;
    }
  }

  get lost(): number {
    return this.#lost;
  }

  /** How many were made, be they there or gone. */
  get count(): number {
    return this.#count;
  }
}
