/** Programs of the machine that a test needs, and how to run them. */
import { assertEquals } from "@std/assert";

/** How a program ended. */
export interface ProgramOutput {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProgramOptions {
  readonly folder?: string;
  /** These variables and no others, but for PATH. */
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
}

const PATH = Deno.env.get("PATH") ?? "";

/** Whether the machine has a program of that name. */
export function isInstalled(program: string): boolean {
  return PATH.split(":").some((folder) => {
    try {
      return Deno.statSync(`${folder}/${program}`).isFile;
    } catch {
      // No such file, or a folder that nobody may read: not there for us.
      return false;
    }
  });
}

/** Runs a program to its end. */
export async function runShell(
  program: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<ProgramOutput> {
  const child = new Deno.Command(program, {
    args: [...args],
    ...(options.folder === undefined ? {} : { cwd: options.folder }),
    clearEnv: true,
    env: { PATH, ...options.env },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const stdin = child.stdin.getWriter();
  await stdin.write(new TextEncoder().encode(options.stdin ?? "")).catch(() => {});
  await stdin.close().catch(() => {});
  const { code, stdout, stderr } = await child.output();
  return { code, stdout: new TextDecoder().decode(stdout), stderr: new TextDecoder().decode(stderr) };
}

/** Runs a program that must succeed. @returns its standard output */
export async function outputOf(
  program: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<string> {
  const { code, stdout, stderr } = await runShell(program, args, options);
  assertEquals(code, 0, `${program} ${args.join(" ")}\n${stdout}${stderr}`);
  return stdout;
}
