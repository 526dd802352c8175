/** A database of ours lacks something that was made with it: a table, a column, an index, a function. */
import { EXIT, RunStop } from "../errors.ts";
import { schemaChanged } from "../messages/database.ts";

/** Whoever works where triggers of others are looks at the cause first: what one of them lacks is its own matter. */
export class ChangedSchema extends RunStop {
  /** @param database as messages name it @param refusal of the database, in its words */
  constructor(database: string, refusal: Error) {
    super(EXIT.databaseNotUsable, [schemaChanged(database, refusal.message)], { cause: refusal });
    this.name = "ChangedSchema";
  }
}
