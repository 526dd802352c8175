/** A new SQLite database, for who copies another one into it. */
import { EXIT, RunStop } from "../../errors.ts";
import { rowNotCopied } from "../../messages/copy.ts";
import type { CopiedRow, CopiedTable, CopyTarget, LastIds, TablesByName } from "../copying/copied_table.ts";
import { quoteName, quoteNames } from "../sql/sql_text.ts";
import { tablesOf } from "./copied_schema.ts";
import type { Database } from "./connection.ts";
import { type InsertRows, rowInserter } from "./insert_rows.ts";
import { refusalIn } from "./sqlite_refusal.ts";

export class SqliteTarget implements CopyTarget {
  readonly #inserters = new Map<string, InsertRows>();

  constructor(private readonly database: Database) {}

  tables(): TablesByName {
    return tablesOf(this.database);
  }

  insert(table: CopiedTable, rows: readonly CopiedRow[]): Promise<void> {
    const insert = this.#inserters.get(table.name) ?? this.#inserterOf(table);
    try {
      insert(rows.flat());
    } catch (error) {
      const refusal = refusalIn(error, this.database);
      if (refusal === null) throw error;
      const sentence = rowNotCopied(this.database.path, table.name, refusal.text);
      throw new RunStop(EXIT.databaseNotUsable, [sentence], { cause: error });
    }
    return Promise.resolve();
  }

  keepLastIds(last: LastIds): void {
    for (const [name, id] of last) {
      if (id === 0) continue;
      const kept = this.database.prepare("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?").run(id, name);
      if (kept === 0) this.database.prepare("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)").run(name, id);
    }
  }

  #inserterOf({ name, columns }: CopiedTable): InsertRows {
    const into = `INSERT INTO ${quoteName(name)} (${quoteNames(columns.map((column) => column.name))}) VALUES`;
    const inserter = rowInserter(this.database, { into, width: columns.length });
    this.#inserters.set(name, inserter);
    return inserter;
  }
}
