/** Imports of random files into copies of a database, and what is to be seen of them. */
import { assertExit, type ProgramRun, type RunOptions, type Scratch } from "../helpers/scratch.ts";
import { isAtServer, rowsAtServer } from "../helpers/server_in_use.ts";
import { everythingStored } from "../helpers/stored.ts";
import { wholeFile } from "../helpers/world.ts";

/** So that whatever depends on the time is the same in every run. */
const NOW = new Date("2026-01-02T03:04:05Z");

export interface TriedRow {
  readonly status: string;
  readonly class: string | null;
  readonly id: number | null;
  /** Of its messages. */
  readonly kinds: readonly string[];
  /** Classes of the targets that could not be created for it. */
  readonly unmade: readonly string[];
  /** Classes of what it has created or updated: its object, and the targets that were created along with it. */
  readonly written: readonly string[];
}

/** A scratch folder and the database that imports begin with. */
export class Laboratory {
  #bytes = new Uint8Array();

  constructor(readonly scratch: Scratch) {}

  /** A database is made in place of the one before. */
  async init(model: Record<string, unknown>): Promise<void> {
    const database = this.scratch.path("first.db");
    removeIfThere(database);
    await this.initAt(database, model);
    this.keep(database);
  }

  protected async initAt(database: string, model: Record<string, unknown>): Promise<void> {
    const args = [
      "--admin_user=admin",
      "--admin_pwd=admin",
      `--model=${this.scratch.write("m", JSON.stringify(model))}`,
    ];
    assertExit(await this.scratch.run(["init", `--db=${database}`, ...args], { now: NOW }), 0);
  }

  /** A fresh copy of the database. @returns its path */
  copy(name: string): string {
    for (const suffix of ["-wal", "-shm"]) removeIfThere(this.scratch.path(name + suffix));
    return this.scratch.write(name, this.#bytes);
  }

  /** From now on imports begin with what this database holds. */
  keep(database: string): void {
    this.#bytes = new Uint8Array(wholeFile(database));
  }

  run(
    database: string,
    modelClass: string,
    csv: string | Uint8Array,
    params: Readonly<Record<string, string>> = {},
    options: Pick<RunOptions, "rowsTogether"> = {},
  ): Promise<ProgramRun> {
    const all = {
      db: database,
      auth_user: "admin",
      auth_pwd: "admin",
      no_localize: "1",
      output: "json",
      class: modelClass,
      csvfile: this.scratch.write("rows.csv", csv),
      ...params,
    };
    return this.scratch.run(Object.entries(all).map(([name, value]) => `--${name}=${value}`), { now: NOW, ...options });
  }
}

function removeIfThere(path: string): void {
  try {
    Deno.removeSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** The rows of a run with `output=json`. @throws Error when it was refused */
export function rowsOf({ stdout }: ProgramRun): TriedRows {
  const lines = stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
  const end = lines.at(-1);
  if (end.type !== "run") throw new Error(`refused: ${stdout}`);
  return { rows: lines.slice(0, -1).map(triedRow), counts: end.counts, warnings: end.warnings };
}

export interface TriedRows {
  readonly rows: TriedRow[];
  readonly counts: Record<string, number>;
  /** Sentences. */
  readonly warnings: readonly string[];
}

interface JsonRow {
  readonly status: string;
  readonly class: string | null;
  readonly id: number | null;
  readonly messages: readonly { readonly kind: string; readonly target?: string; readonly class?: string }[];
  readonly created_targets?: readonly { readonly class: string }[];
}

function triedRow({ status, class: code, id, messages, created_targets: targets = [] }: JsonRow): TriedRow {
  const own = code !== null && (status === "created" || status === "updated") ? [code] : [];
  return {
    status,
    class: code,
    id,
    kinds: messages.map(({ kind }) => kind),
    unmade: messages.flatMap((message) => {
      const target = message.kind === "target_not_made" ? message.target : undefined;
      const twin = message.kind === "target_twin" ? message.class : undefined;
      return target ?? twin ?? [];
    }),
    written: [...own, ...targets.map((target) => target.class)],
  };
}

export function rowText({ status, class: code, id }: Pick<TriedRow, "status" | "class" | "id">): string {
  return status === "rejected" ? "rejected" : `${status} ${code} ${id}`;
}

/** Every file of a database as it is, byte for byte, in one text; of one at a server, every row, where it is, and who has written it. */
export async function fingerprint(database: string): Promise<string> {
  if (isAtServer(database)) return rowsWritten(database);
  const files = ["", "-wal"].map((suffix) => {
    try {
      return Deno.readFileSync(database + suffix);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return new Uint8Array();
      throw error;
    }
  });
  const digests = await Promise.all(files.map((bytes) => crypto.subtle.digest("SHA-256", bytes)));
  return digests.map((digest) => new Uint8Array(digest).join()).join(" ");
}

function rowsWritten(database: string): string {
  const tables = rowsAtServer(database, "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'csvrecon'");
  const all = tables.map(({ name }) => `SELECT '${name}' AS name, ctid::text, xmin::text, t::text FROM "${name}" AS t`);
  return rowsAtServer(database, all.join(" UNION ALL ")).map((row) => JSON.stringify(row)).sort().join("\n");
}

/** All that is stored, but for how the file was written and in which order its columns stood. */
export function contents(database: string): string[] {
  return everythingStored(database)
    .filter((row) => !row.startsWith("change:") && !row.startsWith("sqlite_stat"))
    .map((row) => row.startsWith("change_op:") ? row.replace(/"id":\d+,/, "") : row)
    .sort();
}

/** Its objects: without the log, where a run with rows in error leaves its entry, and the numbers that it takes. */
export function objectsIn(database: string): string {
  return contents(database).filter((row) => !row.startsWith("sqlite_sequence:")).join("\n");
}
