/** Where the fixtures are. */
import { fromFileUrl, join } from "@std/path";
import type { TemporaryFolder } from "./temporary_folder.ts";

const FOLDER = fromFileUrl(new URL("../../fixtures", import.meta.url));

/** Absolute path of a fixture. */
export function fixturePath(...parts: string[]): string {
  return join(FOLDER, ...parts);
}

/** A fixture's text, which must be UTF-8. */
export function readFixture(...parts: string[]): string {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Deno.readFileSync(fixturePath(...parts)));
}

/** Copies the files of a folder of fixtures into a test's folder. */
export function copyFixtures(to: TemporaryFolder, ...folder: string[]): void {
  for (const { name } of Deno.readDirSync(fixturePath(...folder))) {
    to.write(name, Deno.readFileSync(fixturePath(...folder, name)));
  }
}
