// deno-lint-ignore-file no-console -- a script for people at a terminal
/**
 * Makes csvrecon one executable file in `dist/`: for this machine, or for every target.
 *
 *     deno task compile
 *     deno task compile:all
 *
 * `DENORT_BIN` names the runtime for this machine (`denort`, of the very version of Deno that compiles) where Deno cannot fetch it.
 */
import { fromFileUrl, join } from "@std/path";
import { createHash } from "node:crypto";
import project from "../deno.json" with { type: "json" };
import { versions } from "../lib/messages/help.ts";
import {
  binaryName,
  bundleArguments,
  bundledEntry,
  checksumLines,
  compileArguments,
  compilerEnvironment,
  TARGETS,
  withoutCacheFolder,
  WORKER_ENTRY,
} from "./compile_options.ts";
import { shortened } from "./shorten_javascript.ts";

const ROOT = fromFileUrl(new URL("..", import.meta.url));
const MAIN = "main.ts";
const DIST = join(ROOT, "dist");

/** A command failed; it has said why. */
class CompileFailed extends Error {}

/** The time of embedded files is embedded too: with a fixed one, the same source gives the same binary. */
const FILE_TIME = new Date(0);

/** Fills the folder with all that is embedded. */
async function bundleProgram(folder: string): Promise<void> {
  await deno(bundleArguments(MAIN, folder), true);
  for (const entry of [MAIN, WORKER_ENTRY]) await requireBundled(bundledEntry(entry, folder));
  await cleanFiles(folder);
}

/** @throws CompileFailed when the bundler has put an entry elsewhere: the program would not find it */
async function requireBundled(file: string): Promise<void> {
  const isThere = await Deno.stat(file).then((found) => found.isFile, () => false);
  if (!isThere) throw new CompileFailed(`deno bundle has not made ${file}`);
}

async function cleanFiles(folder: string): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = join(folder, name);
    if (isDirectory) await cleanFiles(path);
    else await Deno.writeTextFile(path, await shortened(withoutCacheFolder(await Deno.readTextFile(path))));
    await Deno.utime(path, FILE_TIME, FILE_TIME);
  }
}

/** @param target null: this machine @returns the binary's name in `dist/` */
async function compile(bundle: string, target: string | null): Promise<string> {
  const name = binaryName(target, Deno.build.target);
  const output = join(DIST, name);
  const isForThisMachine = target === null || target === Deno.build.target;
  const included = [bundledEntry(WORKER_ENTRY, bundle)];
  await deno(compileArguments(bundledEntry(MAIN, bundle), output, target, included), isForThisMachine);
  if (isForThisMachine) await checkVersion(output);
  const { size } = await Deno.stat(output);
  console.log(`dist/${name}: ${(size / 2 ** 20).toFixed(1)} MiB\n`);
  return name;
}

/** A binary on a runtime of another version of Deno may fail in any way: it must start, and say what it is. */
async function checkVersion(binary: string): Promise<void> {
  const { stdout, stderr } = await new Deno.Command(binary, { args: ["--version"], clearEnv: true }).output();
  const found = new TextDecoder().decode(stdout).trim();
  const expected = versions(project.version, Deno.version.deno, Deno.version.v8, "");
  if (found.startsWith(expected.replace(/\)$/, ""))) return;
  console.error(new TextDecoder().decode(stderr));
  await Deno.remove(binary);
  throw new CompileFailed(
    `${binary} --version says '${found}' instead of '${expected}': is DENORT_BIN the runtime of Deno ${Deno.version.deno}?`,
  );
}

/** @throws CompileFailed */
async function deno(args: readonly string[], isForThisMachine: boolean): Promise<void> {
  const env = compilerEnvironment(Deno.env.toObject(), isForThisMachine);
  const command = new Deno.Command(Deno.execPath(), { args: [...args], cwd: ROOT, clearEnv: true, env, stdin: "null" });
  const { code } = await command.spawn().status;
  if (code !== 0) throw new CompileFailed(`deno ${args.join(" ")} failed (exit code ${code})`);
}

/** Hexadecimal. */
async function sha256(file: string): Promise<string> {
  return createHash("sha256").update(await Deno.readFile(file)).digest("hex");
}

/** @throws CompileFailed */
async function compileInto(bundle: string, all: boolean): Promise<void> {
  await bundleProgram(bundle);
  await Deno.mkdir(DIST, { recursive: true });
  if (!all) {
    await compile(bundle, null);
    return;
  }
  const sumsFile = join(DIST, "SHA256SUMS");
  // Sums of other binaries are worse than none, should a target fail.
  await Deno.remove(sumsFile).catch(() => {});
  const sums = new Map<string, string>();
  for (const target of TARGETS) {
    const name = await compile(bundle, target);
    sums.set(name, await sha256(join(DIST, name)));
  }
  await Deno.writeTextFile(sumsFile, checksumLines(sums));
}

if (import.meta.main) {
  const bundle = await Deno.makeTempDir({ prefix: "csvrecon-bundle-" });
  try {
    await compileInto(bundle, Deno.args.includes("--all"));
  } catch (error) {
    if (!(error instanceof CompileFailed)) throw error;
    console.error(error.message);
    Deno.exitCode = 1;
  } finally {
    await Deno.remove(bundle, { recursive: true });
  }
}
