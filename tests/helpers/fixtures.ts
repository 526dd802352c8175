/** Where the fixtures are. */
import { fromFileUrl, join } from "@std/path";

const FOLDER = fromFileUrl(new URL("../../fixtures", import.meta.url));

/** Absolute path of a fixture. */
export function fixturePath(...parts: string[]): string {
  return join(FOLDER, ...parts);
}

/** A fixture's text, which must be UTF-8. */
export function readFixture(...parts: string[]): string {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Deno.readFileSync(fixturePath(...parts)));
}
