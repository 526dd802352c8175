/** Rows of small files, explained. */
import type { Loading, Parameters } from "./loading.ts";
import type { ProgramRun } from "./scratch.ts";

/** Asks for the row on a line, with codes as names and as the administrator, unless the parameters say otherwise. */
export function explainRow(
  { scratch, database }: Loading,
  modelClass: string,
  csv: string,
  line: number,
  params: Parameters = {},
): Promise<ProgramRun> {
  const all: Parameters = {
    db: database,
    auth_user: "admin",
    auth_pwd: "admin",
    no_localize: "1",
    class: modelClass,
    csvfile: scratch.write("explained.csv", csv),
    line: String(line),
    ...params,
  };
  return scratch.run(["explain", ...Object.entries(all).map(([name, value]) => `--${name}=${value}`)]);
}
