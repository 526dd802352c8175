/** What is thrown when somebody asks for a certain database, and another one is there. */
import { EXIT, RunStop, type StopMessage } from "../errors.ts";

/** The name leads to another database than the one that was opened before, or to none. */
export class DatabaseReplaced extends RunStop {
  constructor(message: StopMessage) {
    super(EXIT.databaseNotUsable, [message]);
    this.name = "DatabaseReplaced";
  }
}
