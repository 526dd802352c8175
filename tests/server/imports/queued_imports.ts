/** Imports for the import thread, made as a server makes them, and what came of them. */
import type { ObjectId } from "../../../lib/store/object_id.ts";
import { importSettings } from "../../../lib/parameters/settings/import_settings.ts";
import { loggedParameters } from "../../../lib/parameters/settings/logged_parameters.ts";
import { mergeParameters } from "../../../lib/parameters/reading/merge_parameters.ts";
import { parseArguments } from "../../../lib/parameters/reading/parse_arguments.ts";
import type { FinishedImport, QueuedImport } from "../../../lib/server/imports/queued_import.ts";
import { ImportThread, type ImportThreadOptions } from "../../../lib/server/imports/import_thread.ts";
import { openOwnStore } from "../../../lib/databases/open_store.ts";
import { enabledUser } from "../../../lib/users/known_user.ts";
import { USER } from "../../../lib/users/user_classes.ts";
import { objectId } from "../../helpers/object_id.ts";

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

/** An import that keeps its report. */
export interface KeptImport extends QueuedImport {
  readonly text: () => string;
}

export interface QueuedParts {
  readonly input?: () => Iterable<Uint8Array>;
  readonly inputBytes?: number;
  readonly report?: (bytes: Uint8Array) => void;
  readonly userId?: ObjectId;
}

/**
 * @param args those of the command, login and csvfile included
 * @param csv the input
 */
export async function queuedImportFor(
  args: readonly string[],
  csv: string | Uint8Array,
  parts: QueuedParts = {},
): Promise<KeptImport> {
  const merged = await mergeParameters(parseArguments(args), { env: () => undefined });
  const { login, password: _password, csvfile: _csvfile, ...settings } = await importSettings(merged);
  const bytes = typeof csv === "string" ? new TextEncoder().encode(csv) : csv;
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let text = "";
  return {
    settings,
    ...await boundTo(settings.database, login),
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

const UNBOUND = { identity: "", userId: objectId(0), stamp: "" };

/** What a server knows of its database and of a user; nothing true when there is no such user, or no database. */
async function boundTo(path: string, login: string): Promise<Pick<QueuedImport, "identity" | "userId" | "stamp">> {
  try {
    const store = openOwnStore(path, { busyTimeoutSeconds: 0 });
    try {
      const model = await store.model();
      const accounts = store.accounts(model);
      const search = accounts.search({ class: USER.class, conditions: [USER.login], read: [], includeHidden: true });
      const userId = (await search.all([login]))[0]?.id ?? UNBOUND.userId;
      return {
        identity: await store.identity(),
        userId,
        stamp: (await enabledUser(userId, model, accounts))?.stamp ?? "",
      };
    } finally {
      await store.close();
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
