/** Other programs, compiled as csvrecon is: bundled with its import thread, and with its rights. */
import { assert } from "@std/assert";
import { fromFileUrl } from "@std/path";
import {
  bundleArguments,
  bundledEntry,
  compileArguments,
  compilerEnvironment,
  WORKER_ENTRY,
} from "../../scripts/compile_options.ts";
import type { TemporaryFolder } from "../helpers/temporary_folder.ts";

const ROOT = fromFileUrl(new URL("../..", import.meta.url));

/** @param entry a module of the project @returns the program's path, in the folder */
export async function compileLike(entry: string, { path }: TemporaryFolder): Promise<string> {
  const bundle = path("bundle");
  const program = path("program");
  await deno(bundleArguments(entry, bundle));
  await deno(compileArguments(bundledEntry(entry, bundle), program, null, [bundledEntry(WORKER_ENTRY, bundle)]));
  await Deno.remove(bundle, { recursive: true });
  return program;
}

async function deno(args: readonly string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: ROOT,
    clearEnv: true,
    env: compilerEnvironment(Deno.env.toObject(), true),
  }).output();
  assert(success, new TextDecoder().decode(stderr));
}
