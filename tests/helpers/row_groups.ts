/** What a run in groups of rows has told and left, so that it can be held against a run in other groups. */
import { assertEquals } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { ROWS_TOGETHER } from "../../lib/reconcile/row_dependence.ts";
import { type Parameters, preparedModel } from "./loading.ts";
import type { ProgramRun } from "./scratch.ts";
import { everythingStored } from "./stored.ts";

/** All that may be seen, but for what differs by chance. */
export function toldAndStored({ exitCode, stdout, stderr }: ProgramRun, database: string): string {
  const told = [String(exitCode), stdout.replace(/"seconds":[\d.]+/, ""), stderr];
  const all = everythingStored(database);
  const log = all.filter((row) => row.startsWith(LOGGED));
  const others = all.filter((row) => !row.startsWith(LOGGED));
  return [...told, ...others, ...byObject(log)].join("\n").replaceAll(/scrypt\$[^"]+/g, "scrypt")
    .replaceAll(/csvrecon-[0-9a-f]+/g, "");
}

const LOGGED = "change_op: ";

/** Entries of an object in their order; those of several are written together, in an order of their own. */
function byObject(log: readonly string[]): readonly string[] {
  const objects = Map.groupBy(log, (row) => {
    const { change, class: code, object_id: id } = JSON.parse(row.slice(LOGGED.length));
    return `${change} ${code} ${id}`;
  });
  return [...objects.keys()].toSorted()
    .flatMap((object) => objects.get(object) ?? [])
    .map((row) => row.replace(/"id":\d+,/, ""));
}

/** The first line in which they differ. */
export function firstDifference(expected: string, found: string): string {
  const [one, other] = [expected.split("\n"), found.split("\n")];
  const at = one.findIndex((line, index) => line !== other[index]);
  return `\nrow by row: ${one[at]}\ntogether:   ${other[at]}`;
}

const NOW = new Date("2026-01-02T03:04:05Z");

/** A file, and how it is loaded. */
export interface LoadedFile {
  readonly class: string;
  readonly csv: string;
  readonly params?: Parameters;
}

/** What is in the database before, and the file whose rows are in each other's way. */
export interface FileOfGroups extends LoadedFile {
  readonly model: string | Record<string, unknown>;
  readonly before: readonly LoadedFile[];
  /** A map for the file. */
  readonly map?: Record<string, unknown>;
  /** What others have added to the database, such as triggers. */
  readonly sql?: string;
}

/** Loads a file in groups of 1, 2, 3 and as many rows as in production, and demands the same of all. @returns what the first one printed */
export async function assertSameInGroups({ model, before, map, sql, ...file }: FileOfGroups): Promise<string> {
  const runs: { readonly printed: string; readonly all: string }[] = [];
  const withBefore = preparedModel(model, async ({ print, database }) => {
    for (const { class: code, csv, params } of before) {
      const { exitCode, stdout } = await print(code, csv, params, { now: NOW });
      assertEquals(exitCode, 0, stdout);
    }
    if (sql !== undefined) execute(database, sql);
  });
  for (const rowsTogether of [1, 2, 3, ROWS_TOGETHER]) {
    await withBefore(async ({ print, database, scratch }) => {
      const params = map === undefined ? {} : { map: scratch.write("map.json", JSON.stringify(map)) };
      const run = await print(file.class, file.csv, { ...file.params, ...params }, { rowsTogether, now: NOW });
      runs.push({ printed: run.stdout, all: toldAndStored(run, database) });
    });
  }
  const [alone, ...others] = runs;
  for (const other of others) assertEquals(other.all.split("\n"), alone?.all.split("\n"));
  return alone?.printed ?? "";
}

function execute(database: string, sql: string): void {
  const opened = new DatabaseSync(database);
  try {
    opened.exec(sql);
  } finally {
    opened.close();
  }
}
