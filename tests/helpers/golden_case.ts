/** A recorded case: a folder of fixtures/cases (rules that we keep) or fixtures/differs (inputs on which we have rules of our own). */
import { assert } from "@std/assert";
import { fixturePath, readFixture } from "./fixtures.ts";

/** Login and password of the administrator that every case starts with. */
export const ADMIN = "admin";

export type Collection = "cases" | "differs";

/** One run of the reference. */
export interface GoldenStep {
  /** Passed as `--name=value`. */
  readonly params: Readonly<Record<string, string>>;
  /** `admin` when left out; null: not passed. */
  readonly auth_user?: string | null;
  readonly auth_pwd?: string | null;
  /** File with what the reference printed. */
  readonly report: string;
}

/** Objects after the last step. */
export interface GoldenState {
  readonly class: string;
  readonly fields: readonly string[];
  readonly file: string;
}

export interface GoldenCase {
  readonly name: string;
  /** Absolute path: relative paths of the steps are meant from there. */
  readonly folder: string;
  readonly title: string;
  readonly steps: readonly GoldenStep[];
  readonly state: readonly GoldenState[];
  /** A file of the case, which must be UTF-8. */
  read(file: string): string;
}

/** The names of all cases. */
export function caseNames(collection: Collection): string[] {
  return [...Deno.readDirSync(fixturePath(collection))].map((entry) => entry.name).sort();
}

/** Reads a case's description. */
export function readCase(collection: Collection, name: string): GoldenCase {
  const description = JSON.parse(readFixture(collection, name, "case.json"));
  assert(description.steps.length > 0, `${name} has no steps`);
  return {
    name,
    folder: fixturePath(collection, name),
    title: description.title,
    steps: description.steps,
    state: description.state ?? [],
    read: (file) => readFixture(collection, name, file),
  };
}

/** The command line of a step. */
export function stepArguments(step: GoldenStep, database: string): string[] {
  const login = [["auth_user", step.auth_user], ["auth_pwd", step.auth_pwd]] as const;
  return [
    `--db=${database}`,
    ...login.filter(([, value]) => value !== null).map(([name, value]) => `--${name}=${value ?? ADMIN}`),
    ...Object.entries(step.params).map(([name, value]) => `--${name}=${value}`),
  ];
}
