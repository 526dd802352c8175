/** Services: servers with a name, in a file (https://www.postgresql.org/docs/current/libpq-pgservice.html). */
import type { WorkingFolder } from "../working_folder.ts";
import type { AddressProblem } from "./address_problem.ts";
import { type Given, isSetting, type SettingName, WITHOUT_MEANING } from "./address_settings.ts";
import { readableByOthers, readText } from "./secret_file.ts";
import { nearestSetting, type SplitAddress } from "./split_address.ts";

/** What a file says of a service; null: it does not know it. @param isNamed whether somebody has named the file: else it need not be there */
export async function settingsOfService(
  service: string,
  file: string,
  isNamed: boolean,
  at: WorkingFolder,
): Promise<SplitAddress | null> {
  const read = await readText(file, "service_file", at, isNamed);
  if (!read.ok) return { settings: new Map(), problems: [read.problem] };
  const lines = linesOf(service, read.text);
  if (lines === null) return null;
  const settings = new Map<SettingName, Given>();
  const problems: AddressProblem[] = [];
  for (const { line, number } of lines) {
    const [, name, text] = /^\s*(\w+)\s*=(.*)$/.exec(line) ?? [];
    if (name === undefined || text === undefined || name === "service") {
      problems.push({ kind: "service_line", file, line: number });
    } else if (isSetting(name)) settings.set(name, { text: text.trim(), place: { kind: "service_file", file } });
    else if (!WITHOUT_MEANING.has(name)) {
      const place = { kind: "service_file", file } as const;
      problems.push({ kind: "setting_unknown", found: name, nearest: nearestSetting(name), place });
    }
  }
  const readable = settings.has("password") ? readableByOthers(file, "service_file", at) : null;
  return { settings, problems: readable === null ? problems : [...problems, readable] };
}

interface Line {
  readonly line: string;
  readonly number: number;
}

/** Those below the first heading `[service]`; null: there is none. */
function linesOf(service: string, text: string): readonly Line[] | null {
  const lines = text.split(/\r?\n/).map((line, index) => ({ line: line.trim(), number: index + 1 }));
  const start = lines.findIndex(({ line }) => line === `[${service}]`);
  if (start < 0) return null;
  const rest = lines.slice(start + 1);
  const end = rest.findIndex(({ line }) => line.startsWith("["));
  return rest.slice(0, end < 0 ? rest.length : end).filter(({ line }) => line !== "" && !line.startsWith("#"));
}
