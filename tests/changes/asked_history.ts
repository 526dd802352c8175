/** `csvrecon history` asked by a test, and its JSON Lines taken apart. */
import { assert, assertEquals } from "@std/assert";
import schema from "../../docs/history.schema.json" with { type: "json" };
import { ADMIN } from "../helpers/golden_case.ts";
import type { Loading, Parameters } from "../helpers/loading.ts";
import { lines } from "../helpers/our_report.ts";
import { assertExit, type ProgramRun, type RunOptions } from "../helpers/scratch.ts";

type Asked = Pick<Loading, "scratch" | "database">;

/** As the administrator, unless the parameters say otherwise. */
export function askHistory(
  { scratch, database }: Asked,
  params: Parameters = {},
  options: RunOptions = {},
): Promise<ProgramRun> {
  const all: Parameters = { db: database, auth_user: ADMIN, auth_pwd: ADMIN, ...params };
  return scratch.run(["history", ...Object.entries(all).map(([name, value]) => `--${name}=${value}`)], options);
}

/** What is printed for people, line by line. */
export async function toldLines(asked: Asked, params: Parameters = {}, options: RunOptions = {}): Promise<string[]> {
  const run = await askHistory(asked, params, options);
  assertExit(run, 0);
  return lines(run.stdout);
}

export type HistoryLine = Readonly<Record<string, unknown>> & { readonly type: string };

/** JSON Lines, which are as the published schema says. */
export async function toldJson(asked: Asked, params: Parameters = {}): Promise<HistoryLine[]> {
  const run = await askHistory(asked, { ...params, output: "json" });
  assertExit(run, 0);
  return readJsonLines(run.stdout);
}

export function readJsonLines(text: string): HistoryLine[] {
  const all = lines(text).map((line) => JSON.parse(line) as HistoryLine);
  for (const line of all) assertFits(line, SCHEMA.$defs[line.type]);
  return all;
}

/** As much of JSON Schema as this one uses, and one thing more: a property that it does not know is a mistake. */
interface Schema {
  readonly $ref?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly type?: string | readonly string[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
}

const SCHEMA = schema as unknown as { readonly $defs: Readonly<Record<string, Schema>> };

function assertFits(value: unknown, of: Schema | undefined, at = ""): void {
  assert(of !== undefined, `the schema has nothing for ${at || JSON.stringify(value)}`);
  if (of.$ref !== undefined) return assertFits(value, SCHEMA.$defs[of.$ref.replace("#/$defs/", "")], at);
  if ("const" in of) assertEquals(value, of.const, at);
  if (of.enum !== undefined) assert(of.enum.includes(value), at);
  if (of.type !== undefined) assert([of.type].flat().includes(typeOf(value)), `${at} is ${JSON.stringify(value)}`);
  if (Array.isArray(value)) return value.forEach((one, index) => assertFits(one, of.items, `${at}[${index}]`));
  if (typeof value !== "object" || value === null) return;
  for (const name of of.required ?? []) assert(name in value, `${at}.${name} is missing`);
  for (const [name, one] of Object.entries(value)) {
    if (at !== "" || name !== "version") {
      assertFits(one, of.properties?.[name] ?? of.additionalProperties, `${at}.${name}`);
    }
  }
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  return Number.isInteger(value) ? "integer" : Array.isArray(value) ? "array" : typeof value;
}

/** `update Person 1 function: null -> "Writer"`, and with the names of targets behind their ids. */
export async function toldEntries(asked: Asked, params: Parameters): Promise<string[]> {
  return (await toldJson(asked, params)).filter(({ type }) => type === "entry").map(entryText);
}

function entryText(entry: HistoryLine): string {
  const value = (which: "old" | "new") => {
    const name = entry[`${which}_name`];
    return JSON.stringify(entry[which]) + (name === undefined || entry[which] === null ? "" : ` (${name})`);
  };
  const object = `${entry["operation"]} ${entry["class"]} ${entry["id"]}`;
  return entry["attribute"] === null ? object : `${object} ${entry["attribute"]}: ${value("old")} -> ${value("new")}`;
}
