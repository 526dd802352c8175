/**
 * Writes the tables of parameters into docs/parameters.md, between two marker lines. With `--check` it only says whether they are up to
 * date, and fails when they are not.
 *
 *     deno run --allow-read --allow-write scripts/write_help.ts [--check] [FILE]
 */
import { WRITE_HELP_SCRIPT } from "../lib/messages/help.ts";
import { parameterTables } from "../lib/parameters/manuals/parameter_table.ts";

const BEGIN = "<!-- parameters:begin -->";
const END = "<!-- parameters:end -->";

/** The text with the tables between its markers; null when it does not have both, each on a line of its own. */
export function withParameterTables(page: string): string | null {
  const between = new RegExp(`(?<=^${BEGIN}\n)(?:[^]*?\n)?(?=${END}$)`, "m");
  return between.test(page) ? page.replace(between, () => `\n${parameterTables()}\n`) : null;
}

/** @returns what to say, and whether all is well */
export async function writeHelp(
  file: string,
  check: boolean,
): Promise<{ readonly ok: boolean; readonly text: string }> {
  const page = await Deno.readTextFile(file);
  const expected = withParameterTables(page);
  if (expected === null) return { ok: false, text: WRITE_HELP_SCRIPT.noMarkers(file, BEGIN, END) };
  if (expected === page) return { ok: true, text: WRITE_HELP_SCRIPT.upToDate(file) };
  if (check) return { ok: false, text: WRITE_HELP_SCRIPT.outOfDate(file) };
  await Deno.writeTextFile(file, expected);
  return { ok: true, text: WRITE_HELP_SCRIPT.written(file) };
}

if (import.meta.main) {
  const file = Deno.args.find((argument) => argument !== "--check") ?? "docs/parameters.md";
  const { ok, text } = await writeHelp(file, Deno.args.includes("--check"));
  await Deno.stderr.write(new TextEncoder().encode(text + "\n"));
  if (!ok) Deno.exitCode = 1;
}
