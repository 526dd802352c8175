/** What a run told of a case, whatever way it went, against what is right. */
import { assert, assertEquals } from "@std/assert";
import { type FaultCase, isRefused, type Loaded } from "./fault_case.ts";

interface Message {
  readonly text: string;
  readonly hint?: string;
}

interface Line {
  readonly type: string;
  readonly status: string;
  readonly messages: readonly Message[];
  readonly warnings: readonly string[];
  readonly counts: { readonly warnings: number };
}

/** What the lines of `output=json` say of one import: among those of a job, too. */
export interface Told {
  readonly rows: readonly string[];
  /** Null: the input was refused. */
  readonly warnings: readonly string[] | null;
  /** Of a refusal, with hints. */
  readonly messages: string;
}

export function toldBy(jsonLines: string): Told {
  const all = jsonLines.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line) as Line);
  const rows = all.filter(({ type }) => type === "row").map(({ status, messages }) =>
    status === "rejected" ? `error: ${messages.map(({ text }) => text).join(" | ")}` : status
  );
  const run = all.find(({ type }) => type === "run");
  const refused = all.find(({ type }) => type === "refused");
  assert(run !== undefined || refused !== undefined, jsonLines);
  // A line may stand for several.
  if (run !== undefined) assert(run.counts.warnings >= run.warnings.length, `warnings count: ${jsonLines}`);
  const messages = refused?.messages.map(({ text, hint = "" }) => `${text}\n${hint}`).join("\n") ?? "";
  return { rows, warnings: run?.warnings ?? null, messages };
}

export function assertRight({ right }: FaultCase, told: Told): void {
  if (!isRefused(right)) return assertLoaded(right, told);
  assertEquals(told.warnings, null, "it was not refused");
  for (const part of right.told) assert(told.messages.includes(part), `${part}\nis not told in\n${told.messages}`);
  for (const part of right.untold ?? []) assert(!told.messages.includes(part), `${part}\nis told in\n${told.messages}`);
}

/** @param rows what is right, as of a case */
export function assertRows(rows: readonly string[], told: Told): void {
  assert(told.warnings !== null, told.messages);
  const isSame = rows.length === told.rows.length && rows.every((row, index) => isToldIn(row, told.rows[index] ?? ""));
  if (!isSame) assertEquals(told.rows, rows);
}

function assertLoaded(right: Loaded, told: Told): void {
  assertRows(right.rows, told);
  const expected = right.warnings ?? [];
  const areTold = told.warnings?.length === expected.length &&
    expected.every((part, index) => told.warnings?.[index]?.includes(part));
  if (!areTold) assertEquals(told.warnings, expected);
}

function isToldIn(row: string, told: string): boolean {
  if (!row.startsWith("error: ")) return told === row;
  return told.startsWith("error: ") && row.slice("error: ".length).split(" | ").every((part) => told.includes(part));
}
