/** csvrecon installed by `install.sh` below a folder of its own, as DESTDIR. */
import { fromFileUrl } from "@std/path";
import { permissionArguments } from "../../scripts/compile_options.ts";
import { type Scratch, withScratch } from "../helpers/scratch.ts";
import { type ProgramOutput, runShell } from "../helpers/shell.ts";

const MAIN = fromFileUrl(new URL("../../main.ts", import.meta.url));
const DEPLOY = fromFileUrl(new URL("../../scripts/deploy/", import.meta.url));

/** Where Deno itself looks for its cache. */
const ENVIRONMENT_OF_DENO = ["HOME", "DENO_DIR", "XDG_CACHE_HOME"];

/** A place for an installation. */
export interface Installation extends Scratch {
  /** DESTDIR. */
  readonly root: string;
  /** The executable file that is installed: the compiled program where one is tested, else a script that runs `main.ts`. */
  readonly binary: string;
  install(...args: readonly string[]): Promise<ProgramOutput>;
  uninstall(...args: readonly string[]): Promise<ProgramOutput>;
  /** Absolute path of an installed file. */
  installed(path: string): string;
  /** The paths of everything that is no folder, sorted, each with its mode. */
  files(): readonly string[];
}

/** A file of `scripts/deploy/`. */
export function deployFile(name: string): string {
  return Deno.readTextFileSync(DEPLOY + name);
}

export function withInstallation<T>(use: (installation: Installation) => Promise<T>): Promise<T> {
  return withScratch((scratch) => {
    const root = scratch.path("root");
    Deno.mkdirSync(root);
    const binary = Deno.env.get("CSVRECON_UNDER_TEST") ?? writeStandIn(scratch);
    const runScript = (script: string, args: readonly string[]) =>
      runShell("sh", [DEPLOY + script, ...args], { folder: scratch.folder, env: { DESTDIR: root } });
    return use({
      ...scratch,
      root,
      binary,
      install: (...args) => runScript("install.sh", [`--binary=${binary}`, ...args]),
      uninstall: (...args) => runScript("uninstall.sh", args),
      installed: (path) => root + path,
      files: () => filesBelow(root, "").sort(),
    });
  });
}

function writeStandIn(scratch: Scratch): string {
  const variables = ENVIRONMENT_OF_DENO.map((name) => [name, Deno.env.get(name)] as const);
  const settings = variables.flatMap(([name, value]) => value === undefined ? [] : [`export ${name}='${value}'`]);
  const deno = [Deno.execPath(), "run", "--quiet", "--frozen", "--cached-only", ...permissionArguments(), MAIN];
  const command = `exec ${deno.map((word) => `'${word}'`).join(" ")} "$@"`;
  const file = scratch.write("csvrecon", ["#!/bin/sh", ...settings, command, ""].join("\n"));
  Deno.chmodSync(file, 0o755);
  return file;
}

function filesBelow(root: string, folder: string): string[] {
  return [...Deno.readDirSync(root + folder)].flatMap(({ name, isDirectory }) => {
    const path = `${folder}/${name}`;
    if (isDirectory) return filesBelow(root, path);
    const mode = (Deno.statSync(root + path).mode ?? 0) & 0o777;
    return [`${mode.toString(8)} ${path}`];
  });
}
