/** `csvrecon passwd --user=LOGIN`: a new password, for who may write the database's file. */
import { openOurStore } from "../databases/open_store.ts";
import { EXIT, type ExitCode, RunStop } from "../errors.ts";
import type { ProgramIo } from "../io.ts";
import * as sentences from "../messages/passwd.ts";
import type { TypedArguments } from "../parameters/reading/parse_arguments.ts";
import { passwdSettings } from "../parameters/settings/passwd_settings.ts";
import { LONGEST_PASSWORD } from "../text_limits.ts";
import { giveNewPassword } from "../users/new_password.ts";
import { readMerged } from "./merged_parameters.ts";
import { print } from "./print.ts";

/** @throws RunStop 64, 66, 73, 74, 75 or 78 */
export async function passwdCommand(typed: TypedArguments, io: ProgramIo): Promise<ExitCode> {
  const settings = await passwdSettings(await readMerged(typed, io));
  const { interruption, onStatement, workingFolder, env, passwordCost: cost } = io;
  const options = { busyTimeoutSeconds: settings.busyTimeout, interruption, onStatement, workingFolder, env };
  const store = await openOurStore(settings.database, options);
  try {
    const model = await store.model();
    const password = settings.newPassword ?? await askFor(settings.login, io);
    const given = await giveNewPassword(store, model, { login: settings.login, password, cost, now: io.now });
    const text = given.isChanged
      ? sentences.passwordChanged(given.login, given.isEnabled)
      : sentences.passwordUnchanged(given.login);
    await print(text, io, sentences.passwordNotTold);
    return EXIT.done;
  } finally {
    await store.close();
  }
}

/** @throws RunStop 64 */
async function askFor(login: string, io: ProgramIo): Promise<string> {
  const [first, second] = io.askHidden === undefined
    ? await linesOfInput(io.stdin)
    : [await io.askHidden(sentences.askForPassword(login)), await io.askHidden(sentences.ASK_AGAIN)];
  if (first === undefined || first === null || first === "") {
    throw new RunStop(EXIT.usage, [sentences.noPasswordGiven()]);
  }
  requireUsable(first);
  if (second !== undefined && second !== first) throw new RunStop(EXIT.usage, [sentences.passwordsDiffer()]);
  return first;
}

/** @throws RunStop 64 */
function requireUsable(password: string): void {
  if (password.length > LONGEST_PASSWORD) throw refused(sentences.passwordTooLong(password.length, LONGEST_PASSWORD));
  if (password.includes("\0")) throw refused(sentences.PASSWORD_HAS_NUL);
}

function refused(problem: string): RunStop {
  return new RunStop(EXIT.usage, [sentences.passwordRefused(problem)]);
}

/** More than two passwords and their line ends take, in UTF-8. */
const MOST_BYTES = 2 * 3 * (LONGEST_PASSWORD + 2);

/** The first two lines; the second one is undefined when there is none. @throws RunStop 64 */
async function linesOfInput(stdin: ReadableStream<Uint8Array>): Promise<readonly (string | undefined)[]> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const bytes: number[] = [];
  for await (const piece of stdin) {
    bytes.push(...piece.subarray(0, MOST_BYTES - bytes.length));
    if (bytes.length >= MOST_BYTES) break;
  }
  try {
    const [first, second] = decoder.decode(Uint8Array.from(bytes), { stream: true }).split(/\r\n|\n|\r/);
    return [first, second === "" ? undefined : second];
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw refused(sentences.PASSWORD_NOT_UTF_8);
  }
}
