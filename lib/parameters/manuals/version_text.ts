/** What `--version` prints. */
import project from "../../../deno.json" with { type: "json" };
import { versions } from "../../messages/help.ts";

/**
 * @param sqlite the version of the embedded SQLite
 * @returns one line, without its end
 */
export function versionText(sqlite: string): string {
  return versions(project.version, Deno.version.deno, Deno.version.v8, sqlite);
}
