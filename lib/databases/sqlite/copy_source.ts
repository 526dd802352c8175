/** What an SQLite database of ours has, for who copies it. */
import { Breath } from "../../breath.ts";
import type {
  CopiedRow,
  CopiedTable,
  CopySource,
  LastIds,
  StoredModel,
  TablesByName,
} from "../copying/copied_table.ts";
import { pagesOf } from "../copying/pages.ts";
import type { Database } from "./connection.ts";
import { tablesOf, viewsAndTriggers } from "./copied_schema.ts";
import { SourceTable } from "./source_table.ts";
import { storedModelText } from "./stored_model.ts";

export class SqliteSource implements CopySource {
  constructor(private readonly database: Database) {}

  get name(): string {
    return this.database.path;
  }

  storedModel(): StoredModel {
    const text = storedModelText(this.database);
    return { text, created: String(this.database.prepare("SELECT created FROM csvrecon_model").get()?.["created"]) };
  }

  tables(): TablesByName {
    return tablesOf(this.database);
  }

  views(): readonly string[] {
    return viewsAndTriggers(this.database).views;
  }

  triggers(): readonly string[] {
    return viewsAndTriggers(this.database).triggers;
  }

  async *pages(table: CopiedTable): AsyncGenerator<readonly CopiedRow[]> {
    const breath = new Breath(this.database.interruption);
    for await (const rows of pagesOf(new SourceTable(this.database, table), table)) {
      if (breath.isDue) await breath.take();
      yield rows;
    }
  }

  lastIds(): LastIds {
    const rows = this.database.prepare("SELECT name, seq FROM sqlite_sequence").all();
    return new Map(rows.map(({ name, seq }) => [String(name), Number(seq)]));
  }
}
