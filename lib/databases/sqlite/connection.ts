/** One connection to an SQLite database. This file alone imports `node:sqlite`, with what Deno 2.4.2 has of it. */
import * as sqlite from "node:sqlite";
import type { StatementSync } from "node:sqlite";
import type { StoredValue } from "../../model/model.ts";
import type { Raw } from "./raw_value.ts";
import type { WorkingFolder } from "../../working_folder.ts";
import { fileIdentity } from "./file_identity.ts";
import { type DatabaseFacts, translateError } from "./sqlite_error.ts";
import { StatementCache } from "./statement_cache.ts";

/** A row of a result: values by column name. */
export type Row = Readonly<Record<string, StoredValue>>;

/** Told the text of every statement just before it is executed. For tests. */
export type StatementTracer = (sql: string) => void;

export interface ConnectionOptions extends DatabaseFacts, WorkingFolder {
  /** What SQLite opens: an absolute path, because SQLite gives names such as `:memory:` a meaning of their own. */
  readonly file: string;
  readonly onStatement?: StatementTracer | undefined;
  /** Ends what waits for the database; undefined: nothing does. */
  readonly interruption?: AbortSignal | undefined;
  /** Nothing is written through it. */
  readonly isReadOnly?: boolean;
  /** Texts in double quotes are texts where no column is called so; left out: they are an error, as Deno has it. */
  readonly takesDoubleQuotedTexts?: boolean;
  /** Even the tables may be written in which virtual ones keep their rows. */
  readonly isCopy?: boolean;
}

/** For who copies them; Deno 2.4 knows no such rule. */
const NOT_DEFENSIVE = { open: true, defensive: false };

/** Deno 2.4 has none. */
const { backup }: typeof sqlite & { readonly backup?: Backup } = sqlite;

type Backup = (
  source: sqlite.DatabaseSync,
  file: string,
  options: { readonly rate: number; readonly progress: () => void },
) => Promise<unknown>;

/** So many are copied before somebody else has a turn. */
const PAGES_TOGETHER = 1000;

/** A prepared statement. Its methods throw `RunStop` for errors of the database or its disk. */
export class Statement {
  constructor(
    private readonly statement: StatementSync,
    private readonly sql: string,
    private readonly options: ConnectionOptions,
  ) {}

  /** Executes a statement that gives no rows. @returns how many rows it has written itself, those of triggers left out */
  run(...parameters: readonly StoredValue[]): number {
    this.options.onStatement?.(this.sql);
    try {
      return Number(this.statement.run(...parameters).changes);
    } catch (error) {
      throw translateError(error, this.options);
    }
  }

  all(...parameters: readonly StoredValue[]): readonly Row[] {
    this.options.onStatement?.(this.sql);
    try {
      return this.statement.all(...parameters) as Row[];
    } catch (error) {
      throw translateError(error, this.options);
    }
  }

  /** The first row, if there is one. */
  get(...parameters: readonly StoredValue[]): Row | undefined {
    return this.all(...parameters)[0];
  }
}

/** A prepared statement whose values are as SQLite has them: integers are bigint, bytes may come. Its methods throw as those of `Statement`. */
export class RawStatement {
  constructor(
    private readonly statement: StatementSync,
    private readonly sql: string,
    private readonly options: ConnectionOptions,
  ) {
    statement.setReadBigInts(true);
  }

  /** @returns how many rows it has written itself, those of triggers left out */
  run(...parameters: readonly Raw[]): number {
    this.options.onStatement?.(this.sql);
    try {
      return Number(this.statement.run(...parameters).changes);
    } catch (error) {
      throw translateError(error, this.options);
    }
  }

  all(...parameters: readonly Raw[]): readonly Readonly<Record<string, Raw>>[] {
    this.options.onStatement?.(this.sql);
    try {
      return this.statement.all(...parameters) as Readonly<Record<string, Raw>>[];
    } catch (error) {
      throw translateError(error, this.options);
    }
  }
}

/** An open database. Its methods throw `RunStop` for errors of the database or its disk. */
export class Database {
  readonly #connection: sqlite.DatabaseSync;
  readonly #file: string | null;
  readonly #statements = new StatementCache<Statement>();
  readonly #rawStatements = new StatementCache<RawStatement>();
  #interruption: AbortSignal | undefined;

  /** Opens, or creates, the file. Checks nothing: see `openDatabase`. */
  constructor(private readonly options: ConnectionOptions) {
    try {
      this.#connection = new sqlite.DatabaseSync(options.file, {
        ...options.isCopy === true ? NOT_DEFENSIVE : {},
        ...options.isReadOnly === true ? { readOnly: true } : {},
        enableDoubleQuotedStringLiterals: options.takesDoubleQuotedTexts ?? false,
      });
    } catch (error) {
      throw translateError(error, options);
    }
    this.#file = fileIdentity(options.file);
    this.#interruption = options.interruption;
  }

  /** Whether the path still leads to the file that was opened: what is written into another one, nobody finds. */
  get isInPlace(): boolean {
    return this.#file !== null && this.#file === fileIdentity(this.options.file);
  }

  /** As it was given. */
  get path(): string {
    return this.options.path;
  }

  /** What `path` is relative to. */
  get workingFolder(): string | undefined {
    return this.options.workingFolder;
  }

  get busyTimeoutSeconds(): number {
    return this.options.busyTimeoutSeconds;
  }

  get interruption(): AbortSignal | undefined {
    return this.#interruption;
  }

  /** For who uses it after somebody else. @param interruption takes the place of the one before; undefined: none does */
  useAgain(interruption: AbortSignal | undefined): void {
    this.#interruption = interruption;
  }

  /** Nobody uses it for the time being: what takes much memory is let go. */
  rest(): void {
    this.#interruption = undefined;
    this.#statements.forgetMuch();
    this.#rawStatements.forgetMuch();
  }

  /** Executes statements without parameters and results. */
  exec(sql: string): void {
    this.options.onStatement?.(sql);
    try {
      this.#connection.exec(sql);
    } catch (error) {
      throw translateError(error, this.options);
    }
  }

  /** The prepared statement with this text; prepared once. */
  prepare(sql: string): Statement {
    return this.#statements.get(sql, () => new Statement(this.#prepare(sql), sql, this.options));
  }

  /** The same for values as SQLite has them. */
  prepareRaw(sql: string): RawStatement {
    return this.#rawStatements.get(sql, () => new RawStatement(this.#prepare(sql), sql, this.options));
  }

  #prepare(sql: string): StatementSync {
    try {
      return this.#connection.prepare(sql);
    } catch (error) {
      throw translateError(this.#reasonOf(sql, error), this.options);
    }
  }

  /** Deno 2.4 says of a statement that cannot be prepared that it cannot be prepared; when it is executed, it says why. */
  #reasonOf(sql: string, error: unknown): unknown {
    try {
      this.#connection.exec(`EXPLAIN ${sql}`);
    } catch (reason) {
      return reason;
    }
    return error;
  }

  /** Whether the runtime can copy databases: Deno 2.4 cannot. */
  static get canCopy(): boolean {
    return backup !== undefined;
  }

  /**
   * Copies what was committed into a file, page by page. Of a connection that writes, it would wait for itself.
   * @param onPages called now and then; what it throws ends the copy
   */
  async copyTo(file: string, onPages: () => void): Promise<void> {
    try {
      await backup?.(this.#connection, file, { rate: PAGES_TOGETHER, progress: onPages });
    } catch (error) {
      throw translateError(error, this.options);
    }
  }

  close(): void {
    this.#statements.clear();
    this.#rawStatements.clear();
    this.#connection.close();
  }

  /**
   * Takes back what is not committed, and closes: for a thread that dies while the process lives on. With Deno 2.4 the lock of a
   * connection that nobody closes would stay as long as the process.
   */
  abandon(): void {
    try {
      this.#connection.exec("ROLLBACK");
    } catch {
      // No transaction is open, or the connection is closed already.
    }
    try {
      this.close();
    } catch {
      // It was closed before.
    }
  }
}
