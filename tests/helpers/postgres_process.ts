/** PostgreSQL as programs: they refuse to run as root, so root lets somebody else run them. */
import { assert } from "@std/assert";
import { join } from "@std/path";

/** Owns nothing of a system that has no server of its own. */
const SOMEBODY = ["postgres", "nobody"];

/** Whose servers run; null: one's own. */
export const SERVER_USER: string | null = Deno.uid() === 0 ? somebody() : null;

function somebody(): string {
  const users = Deno.readTextFileSync("/etc/passwd").split("\n").map((line) => line.split(":")[0]);
  return SOMEBODY.find((name) => users.includes(name)) ?? "nobody";
}

/** Hands a folder and all that is in it to whose servers run. */
export async function giveToServer(folder: string): Promise<void> {
  if (SERVER_USER !== null) await execute("chown", ["-R", SERVER_USER, folder]);
}

/**
 * Runs a program of PostgreSQL to its end.
 * @param folder that of the release
 * @param starter as of `runAsSomebody`
 * @throws AssertionError with what it says
 */
export function runAsServer(
  folder: string,
  program: string,
  args: readonly string[],
  starter: readonly string[] = [],
): Promise<void> {
  return runAsSomebody([join(folder, "bin", program), ...args], starter);
}

/**
 * Runs a command as whose servers run, to its end.
 * @param starter a program that starts it, with its arguments; it runs as this process does
 * @throws AssertionError with what it says
 */
export async function runAsSomebody(words: readonly string[], starter: readonly string[] = []): Promise<void> {
  const [program = "", ...args] = [...starter, ...becomingServer(), ...words];
  await execute(program, args);
}

/** What stands before a command that is to run as whose servers run. */
function becomingServer(): readonly string[] {
  if (SERVER_USER === null) return [];
  return ["setpriv", `--reuid=${SERVER_USER}`, `--regid=${groupOf(SERVER_USER)}`, "--clear-groups"];
}

function groupOf(user: string): string {
  const entry = Deno.readTextFileSync("/etc/passwd").split("\n").map((line) => line.split(":"))
    .find(([name]) => name === user);
  return entry?.[3] ?? "0";
}

/** What a server's program writes goes to its log: one that lives on would keep a pipe open. */
async function execute(program: string, args: readonly string[]): Promise<void> {
  const options: Deno.CommandOptions = { args: [...args], cwd: "/", stdin: "null", stdout: "null", stderr: "piped" };
  const run = await new Deno.Command(program, options).output();
  assert(run.success, `${program} ${args.join(" ")}: ${new TextDecoder().decode(run.stderr)}`);
}

/**
 * Removes a folder, and kills the server in it, when this process has ended, however it does.
 * @param numberFile where the server has written its number
 */
export async function cleanUpAfterwards(folder: string, numberFile: string): Promise<void> {
  // The first line of the file is the number of the server's first process, which the others watch.
  const watch = `while kill -0 ${Deno.pid} 2>/dev/null && [ -d '${folder}' ]; do sleep 1; done
[ -s '${numberFile}' ] && kill -QUIT "$(head -n 1 '${numberFile}')"
sleep 1
rm -rf '${folder}'`;
  await execute("setsid", ["--fork", "sh", "-c", `exec >/dev/null 2>&1; ${watch}`]);
}
