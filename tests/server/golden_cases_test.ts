/**
 * Every recorded case that can be posted, against a running server: what it answers is, but for hints, byte for byte what the command
 * prints for the same step on a twin of the database, what it stores is the same, and so the recorded reports hold for it too.
 */
import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import { amend, readAmendments } from "../helpers/amendments.ts";
import {
  ADMIN,
  caseNames,
  type Collection,
  type GoldenCase,
  type GoldenStep,
  readCase,
  stepArguments,
} from "../helpers/golden_case.ts";
import { reportDifferences } from "../helpers/golden_report.ts";
import { describeRun, type ProgramRun } from "../helpers/scratch.ts";
import { copyWorld } from "../helpers/world.ts";
import { POSTED_ONE_OF } from "../helpers/posted_sample.ts";
import type { Answer } from "./http_client.ts";
import { basic, type Fields, formPost, gzipped, multipartPost, type Post, rawPost } from "./post.ts";
import { type Served, withServed } from "./served.ts";
import { fillDatabase, storedWithoutChance } from "./twin.ts";

const AMENDMENTS = readAmendments();

/** Steps without a meaning over HTTP: their input is no file that could be posted, or they need a parameter file. */
const NOT_POSTED: Readonly<Record<Collection, readonly string[]>> = {
  cases: [
    "a-par-csvfile-missing/1.report",
    "a-par-csvfile-missing/2.report",
    "a-par-param-file-flag-wins/1.report",
    "a-par-param-file-missing/1.report",
    "a-par-param-file-several/1.report",
  ],
  differs: [
    "a-par-param-file-hash/1.report",
    "a-par-param-file-hash-separator/1.report",
    "a-par-param-file-missing-second/1.report",
    "a-par-param-file-nested/1.report",
    "a-par-param-file-nested/2.report",
    "a-par-param-file-quotes/1.report",
    "a-par-param-file-quotes/2.report",
  ],
};

/** Ways to post, in rotation: each case meets others when cases are added, all of them are met many times. */
const WAYS: readonly ((fields: Fields, csv: Uint8Array) => Post)[] = [
  (fields, csv) => formPost(fields, csv),
  (fields, csv) => multipartPost(fields, csv, null),
  (fields, csv) => multipartPost(fields, csv, "input.csv"),
  (fields, csv) => rawPost(fields, csv, "/webservices/import.php"),
];

const STATUSES: Readonly<Record<number, readonly number[]>> = {
  0: [200],
  1: [200],
  64: [400, 401],
  65: [400],
  66: [400],
  77: [401, 403],
};

for (const collection of ["cases", "differs"] as const) {
  Deno.test(`over HTTP ${collection} are what they are on the command line`, (test) =>
    withServed({}, async (served) => {
      const walk = new Walk(served, collection);
      const names = caseNames(collection).filter((_name, index) => index % POSTED_ONE_OF === 0);
      for (const name of names) {
        const golden = readCase(collection, name);
        // Connections and timers of the server live longer than a step.
        const sanitize = { sanitizeOps: false, sanitizeResources: false };
        await test.step({ name: `${name}: ${golden.title}`, fn: () => walk.play(golden), ...sanitize });
      }
      const isPlayed = (step: string) => names.some((name) => step.startsWith(`${name}/`));
      assertEquals(walk.notPosted, NOT_POSTED[collection].filter(isPlayed));
      assertEquals(served.stderr().split("\n").length, 2, served.stderr());
    }));
}

class Walk {
  readonly notPosted: string[] = [];
  #steps = 0;

  constructor(readonly served: Served, readonly collection: Collection) {}

  async play(golden: GoldenCase): Promise<void> {
    const { scratch, database } = this.served;
    const twin = await copyWorld(scratch, "twin.db");
    fillDatabase(database, twin);
    for (const step of golden.steps) {
      const run = await scratch.run(stepArguments(step, twin), { folder: golden.folder });
      const csv = inputOf(golden, step);
      if (csv === null) {
        this.notPosted.push(`${golden.name}/${step.report}`);
        // Later steps build on what it stored.
        fillDatabase(database, twin);
        continue;
      }
      const answer = await this.served.post(await this.#postOf(step, csv));
      assertSame(answer, run);
      const report = withoutHints(answer.text);
      if (this.collection === "cases") assertEquals(reportDifferences(recordedReport(golden, step), report), []);
    }
    assertEquals(differences(storedWithoutChance(database), storedWithoutChance(twin)), []);
  }

  async #postOf(step: GoldenStep, csv: Uint8Array): Promise<Post> {
    const count = this.#steps++;
    const way = WAYS[count % WAYS.length];
    assert(way !== undefined);
    const { csvfile: _csvfile, ...fields } = step.params;
    const { auth_user = ADMIN, auth_pwd = ADMIN } = step;
    const hasHeader = count % 3 === 0 && auth_user !== null && auth_pwd !== null;
    const login = hasHeader ? {} : { ...auth_user !== null && { auth_user }, ...auth_pwd !== null && { auth_pwd } };
    const post = way({ ...login, ...fields }, csv);
    const headers = { ...post.headers, ...hasHeader ? basic(auth_user, auth_pwd) : {} };
    return count % 5 === 0 ? await gzipped({ ...post, headers }) : { ...post, headers };
  }
}

/** Null: it cannot be posted. */
function inputOf(golden: GoldenCase, { params }: GoldenStep): Uint8Array | null {
  const { csvfile, param_file } = params;
  if (csvfile === undefined || param_file !== undefined) return null;
  try {
    return Deno.readFileSync(join(golden.folder, csvfile));
  } catch {
    // No such file: the case is about that.
    return null;
  }
}

function assertSame(answer: Answer, run: ProgramRun): void {
  const about = `${describeRun(run)}\nanswer:\n${answer.head}${answer.text}`;
  assertEquals(answer.headers.get("csvrecon-exit-code"), String(run.exitCode), about);
  assert(STATUSES[run.exitCode]?.includes(answer.status), about);
  assertEquals(answer.headers.get("content-type"), "text/plain; charset=utf-8", about);
  assertEquals(withoutUsage(withoutHints(answer.text)), withoutUsage(asPosted(run.stdout)), about);
}

/** A field's name has no hyphens before it. */
function asPosted(report: string): string {
  return report.replace(
    /^#Unknown parameter: '--(.*)'\. Did you mean '--(.*)'\?$/m,
    "#Unknown parameter: '$1'. Did you mean '$2'?",
  );
}

/** SPEC 15: over HTTP the hints of refusals are part of the answer; the command tells them on standard error. */
function withoutHints(report: string): string {
  return report.replaceAll(/^#Hint: .*\n/mg, "");
}

/** Behind a missing parameter the parameters are listed: those of the command, or those that may be posted. */
function withoutUsage(report: string): string {
  return report.replace(/^USAGE:\n[^]*/m, "USAGE:");
}

function differences(found: readonly string[], expected: readonly string[]): string[] {
  const lacks = (all: readonly string[]) => {
    const set = new Set(all);
    return (row: string) => !set.has(row);
  };
  return [
    ...found.filter(lacks(expected)).map((row) => `only by the server: ${row}`),
    ...expected.filter(lacks(found)).map((row) => `only by the command: ${row}`),
  ];
}

function recordedReport(golden: GoldenCase, { report }: GoldenStep): string {
  return AMENDMENTS
    .filter((amendment) => amendment.case === golden.name && amendment.report === report)
    .reduce(amend, golden.read(report));
}
