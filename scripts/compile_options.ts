/** What `scripts/compile.ts` asks of Deno: the targets, the rights of the binary, and the arguments that say so. */
import { join } from "@std/path";
import { PARAMETERS } from "../lib/parameters/list/definitions.ts";
import { environmentVariable } from "../lib/parameters/list/find_parameter.ts";
import { SERVER_VARIABLES } from "../lib/server_address/address_settings.ts";

/** The machines that `deno task compile:all` compiles for, as Deno names them. */
export const TARGETS: readonly string[] = [
  "aarch64-apple-darwin",
  "aarch64-unknown-linux-gnu",
  "x86_64-apple-darwin",
  "x86_64-pc-windows-msvc",
  "x86_64-unknown-linux-gnu",
];

/**
 * How much V8 may keep of young objects, in MiB: three times this is resident at once. With 8 in place of V8's own measure 1,000,000 rows
 * take 120 MiB instead of 210, and no more time; with less they take no less memory. To begin with 4 spares short runs their first
 * collections; to begin with 8 takes 60 MiB more in long ones. Old objects may become twice as many as were in use when they were last
 * collected: left to itself V8 waits for four times as many and more, which takes 20 to 90 MiB more and no less time. Nor may it guess which
 * new objects will grow old: rows live in groups, of which some are always there when young objects are collected, and from then on it made
 * all of them old ones.
 */
const V8_FLAGS = [
  "--max-semi-space-size=8",
  "--min-semi-space-size=4",
  "--heap-growing-percent=100",
  "--no-allocation-site-pretenuring",
];

/** The environment variables that a parameter may come from, and those that tell of servers, which are read when a database is on one. */
export function environmentVariables(): readonly string[] {
  return [...PARAMETERS.map(environmentVariable).filter((name) => name !== null), ...SERVER_VARIABLES];
}

/**
 * What the binary may do: read and write files, as its user may, and read the variables above. Everything else is denied by name and
 * never asked for. The network is there for `serve` and for databases on servers: every other command gives it up before it is loaded, or as
 * soon as its param files are read (`lib/program.ts`).
 */
export function permissionArguments(): readonly string[] {
  return [
    "--no-prompt",
    "--allow-read",
    "--allow-write",
    `--allow-env=${environmentVariables().join(",")}`,
    "--allow-net",
    "--deny-run",
    "--deny-ffi",
    "--deny-sys",
    "--deny-import",
  ];
}

/** Where the import thread of `serve` begins: `lib/server/imports/worker_url.ts` knows where the bundler puts it. */
export const WORKER_ENTRY = "lib/server/imports/import_worker.ts";

/**
 * Arguments that make plain JavaScript of the program, one file for what a command loads, with nothing of the packages but what is used.
 * Without this step `deno compile` embeds every file of every package, and TypeScript beside the JavaScript made of it. Entries go where
 * they stand in the project, what they share beside the outermost.
 * @param entry a module of the project; the import thread is bundled along with it
 * @param folder where the files go
 */
export function bundleArguments(entry: string, folder: string): readonly string[] {
  return ["bundle", "--quiet", "--frozen", "--code-splitting", "--outdir", folder, entry, WORKER_ENTRY];
}

/** Path of a bundled entry. @param entry a module of the project @param folder where the bundle is */
export function bundledEntry(entry: string, folder: string): string {
  return join(folder, entry.replace(/\.ts$/, ".js"));
}

/**
 * Arguments that compile what was bundled.
 *
 * - No configuration, lockfile, package or type check: the bundle needs none, and they would be embedded.
 * - No code cache: a binary keeps it in `deno-compile-<name>.cache` in the folder for temporary files, whose name everybody can guess and
 *   whose content is not checked against tampering.
 * @param entry a bundled file
 * @param target null: this machine
 * @param included bundled files that nothing imports: a thread's program is only named
 */
export function compileArguments(
  entry: string,
  output: string,
  target: string | null,
  included: readonly string[] = [],
): readonly string[] {
  return [
    "compile",
    "--no-config",
    "--no-lock",
    "--no-npm",
    "--no-remote",
    "--no-check",
    "--no-code-cache",
    `--v8-flags=${V8_FLAGS.join(",")}`,
    ...permissionArguments(),
    ...(target === null ? [] : ["--target", target]),
    ...included.flatMap((file) => ["--include", file]),
    "--output",
    output,
    entry,
  ];
}

/**
 * The environment of the compiler. `DENORT_BIN` names a runtime for this machine, but Deno would take it for every target; V8 flags of
 * the caller's shell would end up in the binary.
 * @param isForThisMachine whether the target is the machine that compiles
 */
export function compilerEnvironment(
  environment: Readonly<Record<string, string>>,
  isForThisMachine: boolean,
): Record<string, string> {
  const { DENO_V8_FLAGS: _flags, DENORT_BIN: runtime, ...rest } = environment;
  return isForThisMachine && runtime !== undefined ? { ...rest, DENORT_BIN: runtime } : rest;
}

/** @param target null: this machine @param thisMachine its target */
export function binaryName(target: string | null, thisMachine: string): string {
  const suffix = (target ?? thisMachine).includes("windows") ? ".exe" : "";
  return target === null ? `csvrecon${suffix}` : `csvrecon-${target}${suffix}`;
}

/**
 * A bundled file's text without the folder that packages are cached in: it belongs to the machine that compiles. Only comments name it,
 * and the names that the bundler gives to CommonJS modules; no line moves.
 */
export function withoutCacheFolder(text: string): string {
  return text
    .replaceAll(/^\/\/ .*[/\\]npm[/\\][^/\\\n]+[/\\]/gm, "// ")
    .replaceAll(/^( +")[^"\n]*[/\\]npm[/\\][^/\\"\n]+[/\\]+([^"\n]*"\(exports, module\) \{)$/gm, "$1$2");
}

/** The text of `SHA256SUMS`, which `sha256sum --check` understands. @param sums hexadecimal sums by file name */
export function checksumLines(sums: ReadonlyMap<string, string>): string {
  return [...sums].sort(([a], [b]) => a < b ? -1 : 1).map(([name, sum]) => `${sum}  ${name}\n`).join("");
}
