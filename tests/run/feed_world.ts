/** Persons and what refers to them, for the files of feeds. */
import { type Loading, type Parameters, withModel } from "../helpers/loading.ts";
import { lines } from "../helpers/our_report.ts";
import type { ProgramRun, RunOptions } from "../helpers/scratch.ts";

const NAME = { kind: "string", null: false };
const key = (target: string, onDelete: string, more = {}) => ({
  kind: "external_key",
  target,
  on_delete: onDelete,
  ...more,
});

export const FEED_MODEL = {
  name: "feeds",
  languages: ["EN US"],
  classes: {
    Team: {
      reconciliation_keys: ["name"],
      attributes: { name: NAME, lead: key("Human", "restrict"), within: key("Team", "restrict") },
    },
    Human: {
      abstract: true,
      reconciliation_keys: ["name"],
      attributes: {
        name: NAME,
        mail: { kind: "string" },
        status: { kind: "enum", labels: "Status", values: { on: "Active", off: "Inactive" }, default: "on" },
        secret: { kind: "password" },
        size: { kind: "integer" },
        team: key("Team", "set_null"),
      },
      unique: [{ name: "mail", attributes: ["mail"], unless_empty: ["mail"] }],
    },
    Person: { parent: "Human", attributes: {} },
    Robot: { parent: "Human", attributes: {} },
    Badge: { reconciliation_keys: ["name"], attributes: { name: NAME, person: key("Person", "cascade") } },
  },
  profiles: [
    { id: 1, name: "Administrator", administrator: true },
    { id: 2, name: "Persons", bulk_write: ["Person"] },
  ],
};

export function withFeeds(use: (loading: Loading) => Promise<void>): Promise<void> {
  return withModel(FEED_MODEL, use);
}

export const DEACTIVATED: Parameters = { gone: "update", gone_set: "status=off", gone_limit: "100%" };

/** A file with one column, `name`. */
export function names(...all: readonly string[]): string {
  return ["name", ...all, ""].join("\n");
}

/** So many names from a number on. */
export function people(count: number, first = 1): readonly string[] {
  return Array.from({ length: count }, (_, index) => `p${first + index}`);
}

/** Loads a file of a feed, `hr` unless the parameters say otherwise. @param around what is around the program; left out: the real clock */
export function feedFile(
  { print }: Loading,
  modelClass: string,
  csv: string,
  params: Parameters = {},
  around: Pick<RunOptions, "now" | "onStatement"> = {},
): Promise<ProgramRun> {
  return print(modelClass, csv, { output: "summary", source: "hr", ...params }, around);
}

/** The value of a comment line; undefined: there is none. */
export function commentOf(run: ProgramRun, name: string): string | undefined {
  return lines(run.stdout).find((line) => line.startsWith(`#${name}: `))?.slice(name.length + 3);
}

/** What became of those that are gone: `updated Person 3 status=on->off`, `deleted Person 4`. */
export async function goneIn(
  loading: Loading,
  modelClass: string,
  csv: string,
  params: Parameters = {},
): Promise<readonly string[]> {
  const { rows } = await loading.load(modelClass, csv, { source: "hr", ...params });
  return rows.flatMap((row) => row.startsWith("gone: ") ? [row.slice("gone: ".length).replaceAll('"', "")] : []);
}
