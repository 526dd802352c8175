/** New databases: one of each model is made in a process of tests, and then copied. */
import { ADMIN } from "./golden_case.ts";
import { assertExit, type Scratch, withScratch } from "./scratch.ts";
import { wholeFile } from "./world.ts";

const made = new Map<string, Promise<Uint8Array>>();

/**
 * Writes a database as `init` makes it, with an administrator, into a scratch folder.
 * @param model the text of a model file; left out: the built-in one
 * @returns its path
 */
export async function writeNewDatabase(scratch: Scratch, name: string, model = ""): Promise<string> {
  const bytes = made.get(model) ?? withScratch((own) => make(own, model));
  made.set(model, bytes);
  return scratch.write(name, await bytes);
}

async function make({ run, path, write }: Scratch, model: string): Promise<Uint8Array> {
  const ownModel = model === "" ? [] : [`--model=${write("model.jsonc", model)}`];
  assertExit(await run(["init", "--db=new.db", ...ownModel, `--admin_user=${ADMIN}`, `--admin_pwd=${ADMIN}`]), 0);
  return wholeFile(path("new.db"));
}
