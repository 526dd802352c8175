/** What one import needs, whoever asks for it. */
import type { ColumnPlan } from "../columns/plan.ts";
import type { CsvRecord } from "../csv/record.ts";
import type { ExitCode } from "../errors.ts";
import type { TextSink } from "../io.ts";
import type { LanguageCode, Model } from "../model/model.ts";
import type { ImportSettings } from "../parameters/settings/settings.ts";
import type { Report } from "../report/report.ts";
import type { WrittenFile } from "../report/run_facts.ts";
import type { Source } from "../source/open_source.ts";
import type { LoginFailures } from "../store/failed_logins.ts";
import type { ObjectStore } from "../store/objects.ts";
import type { Store } from "../store/store.ts";
import type { PasswordCost } from "../users/password.ts";
import type { User } from "../users/user.ts";

/** What the run itself is told: neither who asks nor where files are. Plain data, which a thread can be sent. */
export type RunSettings = Omit<ImportSettings, "login" | "password" | "csvfile" | "backup">;

/** A copy of the database that is to be made before the run's first write. */
export interface WantedBackup {
  /** As it was typed. */
  readonly path: string;
  /** The same for all spellings of it. */
  readonly place: string;
  /** Called when it is made. */
  made(): void;
}

/** A row that is to be worked by itself, and told of: the others of its file are not worked. */
export interface RowToExplain {
  /** The records of the header and of the row. @throws RunStop 64 when there is no such row */
  only<T extends { readonly records: readonly CsvRecord[] }>(read: AsyncIterable<T>): AsyncIterable<T>;
  /** The store that the row is worked with. */
  storeWith(objects: ObjectStore, model: Model): ObjectStore;
  /** @param language the user's */
  planned(plan: ColumnPlan, language: LanguageCode): void;
  /** The row will be worked now, as it is when a map has done its work. */
  works(record: CsvRecord): void;
  /** The row is worked, and its transaction not ended yet. */
  worked(objects: ObjectStore): void;
}

export interface ImportOrder {
  readonly settings: RunSettings;
  /** The parameters that the change log keeps. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Who asked, for the change log: `csvrecon import`. */
  readonly origin: string;
  /** Open, and closed by the caller. */
  readonly store: Store;
  /**
   * Says who runs the import.
   * @param failures where failed logins are counted
   * @throws RunStop 77
   */
  logIn(model: Model, failures: LoginFailures): Promise<User>;
  /**
   * @param login is still going on: what cannot be opened twice, as a pipe, is not touched before
   * @throws RunStop 66
   */
  openSource(login: Promise<unknown>): Promise<Source>;
  /** Whether the first rows are read while the login goes on. Of many imports that would be much; left out: they are not. */
  readonly readsAhead?: boolean;
  /** Where the report goes. */
  readonly sink: TextSink;
  /** The file of rows in error: it is written first, so that the other reports can name it. Closed by the import. Left out: none. */
  readonly rejects?: (Report & WrittenFile) | undefined;
  /** Reports beside it: files, and what is told on standard error. Closed by the import. Left out: none. */
  readonly sideReports?: readonly Report[];
  /** Left out, or null: no copy is made. */
  readonly backup?: WantedBackup | null;
  /** Where progress is shown, if it is a terminal. */
  readonly progressSink: TextSink;
  /** Left out: all rows are worked. */
  readonly explained?: RowToExplain;
  now(): Date;
  readonly passwordCost: PasswordCost | undefined;
  /** How many rows are worked together; left out: `ROWS_TOGETHER`. */
  readonly rowsTogether?: number | undefined;
  /** Whoever asks sees no standard error: the report of a refusal also says what to do; they do, when left out. */
  readonly isPosted?: boolean;
  /** At a terminal the report may be in colour; it is not, when left out. */
  readonly isColoured?: boolean | undefined;
  /** Whether a run with this end is to be printed; every one, when left out. Reports beside it are told of all. */
  readonly isReported?: (exitCode: ExitCode) => boolean;
  /** What it wrote is taken back when it is done, be its transaction kept or not; it is not, when left out. */
  readonly isSimulatedAlone?: boolean;
}
