/** Jobs for the import thread, made as a server makes them, and what came of them. */
import { importSettings } from "../../../lib/parameters/settings/import_settings.ts";
import { loggedParameters } from "../../../lib/parameters/settings/logged_parameters.ts";
import { mergeParameters } from "../../../lib/parameters/reading/merge_parameters.ts";
import { parseArguments } from "../../../lib/parameters/reading/parse_arguments.ts";
import { BoundDatabase } from "../../../lib/server/bound_database.ts";
import type { FinishedImport, ImportJob } from "../../../lib/server/imports/import_job.ts";
import { ImportThread, type ImportThreadOptions } from "../../../lib/server/imports/import_thread.ts";
import { openDatabase } from "../../../lib/databases/sqlite/database.ts";
import { accountStamp } from "../../../lib/users/account_stamp.ts";

export const CHEAP = { n: 16, r: 1, p: 1 };

export const NEVER = new AbortController().signal;

/** Hands a thread to `use`, and ends it. */
export async function withThread<T>(
  use: (thread: ImportThread) => Promise<T>,
  options: ImportThreadOptions = {},
): Promise<T> {
  const thread = new ImportThread({ passwordCost: CHEAP, ...options });
  try {
    return await use(thread);
  } finally {
    await thread.close();
  }
}

/** A job that keeps its report. */
export interface KeptJob extends ImportJob {
  readonly text: () => string;
}

export interface JobParts {
  readonly input?: () => Iterable<Uint8Array>;
  readonly inputBytes?: number;
  readonly report?: (bytes: Uint8Array) => void;
  readonly userId?: number;
}

/**
 * @param args those of the command, login and csvfile included
 * @param csv the input
 */
export async function jobFor(
  args: readonly string[],
  csv: string | Uint8Array,
  parts: JobParts = {},
): Promise<KeptJob> {
  const merged = await mergeParameters(parseArguments(args), { env: () => undefined });
  const { login, password: _password, csvfile: _csvfile, ...settings } = await importSettings(merged);
  const bytes = typeof csv === "string" ? new TextEncoder().encode(csv) : csv;
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let text = "";
  return {
    settings,
    ...boundTo(settings.database, login),
    parameters: loggedParameters(merged),
    login,
    inputName: "csvdata",
    inputBytes: bytes.length,
    input: () => piecesOf(bytes),
    report: (piece) => void (text += decoder.decode(piece, { stream: true })),
    origin: "csvrecon serve",
    text: () => text,
    ...parts,
  };
}

/** Pieces in one buffer that is filled again and again, as a spool gives them, of a length that fits nothing. */
export function* piecesOf(bytes: Uint8Array, length = 40_009): Generator<Uint8Array> {
  const buffer = new Uint8Array(length);
  for (let begin = 0; begin < bytes.length; begin += length) {
    const part = bytes.subarray(begin, begin + length);
    buffer.set(part);
    yield buffer.subarray(0, part.length);
    buffer.fill(0);
  }
}

const UNBOUND = { identity: { dev: 0, ino: 0, made: "" }, userId: 0, stamp: "" };

/** What a server knows of its database and of a user; nothing true when there is no such user, or no database. */
function boundTo(path: string, login: string): Pick<ImportJob, "identity" | "userId" | "stamp"> {
  try {
    const { database, identity } = BoundDatabase.open(path, {}, () => openDatabase(path, { busyTimeoutSeconds: 0 }));
    try {
      const user = database.prepare("SELECT id, password FROM user WHERE login = ?").get(login);
      const userId = Number(user?.["id"] ?? 0);
      return { identity, userId, stamp: accountStamp({ id: userId, login }, String(user?.["password"])) };
    } finally {
      database.close();
    }
  } catch {
    return UNBOUND;
  }
}

/** What one mostly wants to know: the exit code and the first message. */
export function endOf({ exitCode, messages }: FinishedImport): readonly [number, string] {
  return [exitCode, messages[0]?.text ?? ""];
}

/** A CSV of organisations. */
export function organizations(count: number, prefix = "Org"): string {
  return "name,code\n" + Array.from({ length: count }, (_, index) => `${prefix} ${index},O${index}\n`).join("");
}
