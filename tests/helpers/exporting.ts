/** Exports of a test's database, and whether they load back. */
import { assertEquals } from "@std/assert";
import { ADMIN } from "./golden_case.ts";
import type { Loading, Parameters } from "./loading.ts";
import type { ProgramRun } from "./scratch.ts";

/** An export into a file. */
export interface Exported {
  readonly run: ProgramRun;
  readonly bytes: Uint8Array;
  /** As UTF-8. */
  readonly text: string;
  /** The parameters with which an import loads it back. */
  readonly params: string;
}

const FILE = "exported.csv";
const PARAMS = "exported.params";

/** Exports a class with codes as names, as the administrator, unless the parameters say otherwise. */
export async function exportClass(loading: Loading, modelClass: string, params: Parameters = {}): Promise<Exported> {
  const run = await runExport(loading, modelClass, { file: FILE, write: PARAMS, ...params });
  const [bytes, read] = [FILE, PARAMS].map((name) => contentOf(loading.scratch.path(name)));
  return {
    run,
    bytes: bytes ?? NOTHING,
    text: new TextDecoder().decode(bytes),
    params: new TextDecoder().decode(read),
  };
}

const NOTHING = new Uint8Array();

function contentOf(path: string): Uint8Array {
  try {
    return Deno.readFileSync(path);
  } catch {
    // The export was refused.
    return NOTHING;
  }
}

/** The same with nothing but the parameters that are given. */
export function runExport({ scratch, database }: Loading, modelClass: string, params: Parameters): Promise<ProgramRun> {
  const all: Parameters = {
    db: database,
    auth_user: ADMIN,
    auth_pwd: ADMIN,
    no_localize: "1",
    class: modelClass,
    ...params,
  };
  return scratch.run(["export", ...Object.entries(all).map(([name, value]) => `--${name}=${value}`)]);
}

/** What became of the rows of an export that was loaded back by its own parameter file. */
export interface LoadedBack {
  readonly statuses: Readonly<Record<string, number>>;
  /** Lines of those that are not unchanged, as JSON. */
  readonly others: readonly string[];
  readonly warnings: readonly string[];
}

/** Loads the last export back. @param params that the import has besides */
export async function loadBack({ scratch }: Loading, params: Parameters = {}): Promise<LoadedBack> {
  const all: Parameters = { auth_pwd: ADMIN, output: "json", param_file: PARAMS, ...params };
  const run = await scratch.run(Object.entries(all).map(([name, value]) => `--${name}=${value}`));
  const lines = run.stdout.trim().split("\n").map((line) => JSON.parse(line) as JsonLine);
  const rows = lines.slice(0, -1);
  const end = lines.at(-1);
  if (end?.type !== "run" || end.warnings === undefined) throw new Error(`${run.stdout}\n${run.stderr}`);
  const statuses: Record<string, number> = {};
  for (const { status } of rows) statuses[status] = (statuses[status] ?? 0) + 1;
  const others = rows.filter(({ status }) => status !== "unchanged").map((row) => JSON.stringify(row));
  return { statuses, others, warnings: end.warnings };
}

interface JsonLine {
  readonly type: string;
  readonly status: string;
  readonly warnings?: readonly string[];
}

/** Exports a class and loads it back: every row is unchanged, and nothing is warned of. */
export async function assertLoadsBack(
  loading: Loading,
  modelClass: string,
  params: Parameters = {},
): Promise<Exported> {
  const exported = await exportClass(loading, modelClass, params);
  const back = await loadBack(loading, params["auth_pwd"] === undefined ? {} : { auth_pwd: params["auth_pwd"] });
  const context = `${modelClass} ${
    JSON.stringify(params)
  }\n${exported.run.stderr}\n${exported.params}\n${exported.text}`;
  assertEquals({ others: back.others, warnings: back.warnings, exitCode: exported.run.exitCode }, {
    others: [],
    warnings: [],
    exitCode: 0,
  }, context);
  return exported;
}
