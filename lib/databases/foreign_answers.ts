/** The door for who asks what is in a database that we did not make, before anybody says what that means. */
import { EXIT, RunStop } from "../errors.ts";
import { databaseMissing } from "../messages/database.ts";
import { notForOurs } from "../messages/foreign.ts";
import type { DerivedColumn, DerivedModel, DerivedTable } from "../model/derive/derived_model.ts";
import type { ColumnSample, KeyCandidate } from "../model/overlay/proposal.ts";
import { databaseKind } from "./database_kind.ts";
import { countFound, sampleColumn } from "./foreign/column_samples.ts";
import { connectForeign } from "./foreign/foreign_connection.ts";
import { foreignSchema } from "./foreign/foreign_schema.ts";
import type { OpenOptions } from "./open_store.ts";
import type { Database } from "./sqlite/connection.ts";

/** @throws RunStop 64 when it is ours; RunStop 73, 75 or 78 when it cannot be read */
export async function openForeignAnswers(path: string, options: OpenOptions): Promise<ForeignAnswers> {
  const kind = databaseKind(path, options);
  if (kind instanceof RunStop) throw kind;
  if (kind === "missing") throw new RunStop(EXIT.databaseNotUsable, [databaseMissing(path)]);
  if (kind === "ours") throw new RunStop(EXIT.usage, [notForOurs(path)]);
  const database = connectForeign(path, options, { foreignKeys: true, takesDoubleQuotedTexts: false });
  try {
    const { derived } = await foreignSchema(database, null);
    return new ForeignAnswers(database, derived);
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Each is of the moment of its question: nobody is kept waiting. */
export class ForeignAnswers {
  constructor(private readonly database: Database, readonly derived: DerivedModel) {}

  /** What some values of a column are. */
  sample(table: DerivedTable, column: DerivedColumn): ColumnSample {
    return sampleColumn(this.database, table, column);
  }

  /** How many different values the column has, and how many of them the target. Null: only the owner of the database could tell. */
  found(key: KeyCandidate): { readonly values: number; readonly found: number } | null {
    return countFound(this.database, key.from, key.to);
  }

  close(): void {
    this.database.close();
  }
}
