/** What one import needs, whoever asks for it. */
import type { ExitCode } from "../errors.ts";
import type { TextSink } from "../io.ts";
import type { ImportSettings } from "../parameters/settings.ts";
import type { Source } from "../source/open_source.ts";
import type { Database } from "../store/database.ts";
import type { PasswordCost } from "../users/password.ts";

export interface ImportRequest {
  readonly settings: ImportSettings;
  /** The parameters that the change log keeps. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Who asked, for the change log: `csvrecon import`. */
  readonly origin: string;
  /** Open, and closed by the caller. */
  readonly database: Database;
  /** Called when the user is known. @throws RunStop 66 */
  openSource(): Promise<Source>;
  /** Where the report goes. */
  readonly sink: TextSink;
  /** Where progress is shown, if it is a terminal. */
  readonly progressSink: TextSink;
  now(): Date;
  readonly passwordCost: PasswordCost | undefined;
  /** Whether a run with this end is to be reported; every one, when left out. */
  readonly isReported?: (exitCode: ExitCode) => boolean;
}
