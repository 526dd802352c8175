/**
 * No run of the program, in any test, prints a password that it was given, or leaves it in the database in clear: the helpers that run
 * it look at every output, and at every page of the database and its log, for all passwords that the tests have used so far.
 */
import { parse } from "@std/csv";
import { isAbsolute, join } from "@std/path";
import type { ProgramRun } from "./scratch.ts";
import { characterForByte, isInFile, readSome } from "./search_file.ts";

/** All that were used so far in this process. */
const used = new Set<string>();

/**
 * Passwords of tests that are words or logins as well, so that they may stand anywhere; others must be distinctive. And what stands in the
 * column of passwords without being one: no value, and the cell beside it in rows that are shifted.
 */
const ALSO_WORDS: ReadonlySet<string> = new Set(["admin", "secret", "password", "SECRET", "<NULL>", "profileid:1"]);

/** Shorter ones would be found by chance. */
const SHORTEST = 6;

/** How often outputs and databases were looked at: a check that looks at nothing finds nothing. */
export const looked = { passwords: used as ReadonlySet<string>, outputs: 0, databases: 0 };

/** @param env the environment variables that the run was given */
export function noteSecrets(
  args: readonly string[],
  folder: string,
  env: Readonly<Record<string, string>> = {},
): void {
  const parameters = parametersOf(args, env);
  for (const { name, value } of parameters) {
    const lines = () => readText(folder, value)?.split(/\r\n|\n|\r/) ?? [];
    if (name === "auth_pwd" || name === "admin_pwd") note(value);
    if (name.endsWith("_pwd_file")) note(lines()[0] ?? "");
    if (name === "param_file") {
      for (const line of lines()) note(/^\s*auth_pwd\s*=\s*"?([^"]*?)"?\s*$/.exec(line)?.[1] ?? "");
    }
    if (name === "csvfile") noteCells(readText(folder, value) ?? "");
  }
}

/** @throws SecretShown that names the place, and not the password */
export function assertNoSecretIn(run: ProgramRun, env: Readonly<Record<string, string>> = {}): void {
  const outputs = { "standard output": run.stdout, "standard error": run.stderr };
  for (const [where, text] of Object.entries(outputs)) {
    looked.outputs++;
    if (isSecretIn(text)) fail(run, where);
  }
  const database = parametersOf(run.args, env).findLast(({ name }) => name === "db")?.value ?? "csvrecon.db";
  for (const suffix of ["", "-wal", "-journal"]) {
    using file = openFile(run.folder, database + suffix);
    if (file === null) continue;
    looked.databases++;
    if (isSecretInFile(file)) fail(run, database + suffix);
  }
}

function isSecretIn(text: string): boolean {
  return used.size > 0 && searches().text.test(text);
}

function isSecretInFile(file: Deno.FsFile): boolean {
  if (used.size === 0) return false;
  const { bytes, longest } = searches();
  return isInFile(file, bytes, longest);
}

let prepared = { count: 0, text: /(?:)/, bytes: /(?:)/, longest: 0 };

/** One expression for all passwords: a search of a database for each of them took most of the time that the tests took. */
function searches(): typeof prepared {
  if (prepared.count === used.size) return prepared;
  const anyOf = (texts: readonly string[]) => new RegExp(texts.map(literally).join("|"));
  const encoder = new TextEncoder();
  const encoded = [...used].map((secret) => characterForByte(encoder.encode(secret)));
  const longest = Math.max(...encoded.map(({ length }) => length));
  return prepared = { count: used.size, text: anyOf([...used]), bytes: anyOf(encoded), longest };
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

/** A password came out. */
export class SecretShown extends Error {}

function fail(run: ProgramRun, where: string): never {
  throw new SecretShown(
    `A password that tests have used stands in clear in ${where}\n${run.args.join(" ")}\n${run.stdout}`,
  );
}

function note(password: string): void {
  if (password.length >= SHORTEST && !ALSO_WORDS.has(password)) used.add(password);
}

/** The cells of columns for passwords, in a file that is plain enough to be read here. */
function noteCells(text: string): void {
  const head = text.slice(0, text.search(/[\r\n]/));
  if (!/passw|mot de passe/i.test(head)) return;
  for (const separator of [",", ";", "\t"]) {
    if (!head.includes(separator)) continue;
    const [heading = [], ...rows] = parse(text, { separator, lazyQuotes: true }) as string[][];
    const columns = heading.flatMap((name, index) => /^\W*(password|mot de passe)\W*$/i.test(name) ? [index] : []);
    for (const row of rows) for (const column of columns) note(row[column] ?? "");
  }
}

function parametersOf(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): { readonly name: string; readonly value: string }[] {
  const fromEnvironment = Object.entries(env).flatMap(([name, value]) =>
    name.startsWith("CSVRECON_") ? [{ name: name.slice("CSVRECON_".length).toLowerCase(), value }] : []
  );
  const typed = args.flatMap((argument, index) => {
    const [, name = "", value] = /^--([\w-]+)(?:=(.*))?$/s.exec(argument) ?? [];
    return name === "" ? [] : [{ name: name.replaceAll("-", "_"), value: value ?? args[index + 1] ?? "" }];
  });
  return [...fromEnvironment, ...typed];
}

/** @returns null: not there, not to be read, or no file: nothing that could hold a password */
function openFile(folder: string, path: string): Deno.FsFile | null {
  const file = isAbsolute(path) ? path : join(folder, path);
  try {
    // A pipe would be waited for, and what is in it is the program's to read.
    return Deno.statSync(file).isFile ? Deno.openSync(file) : null;
  } catch {
    return null;
  }
}

/** Bytes: files of tests that hold passwords are small. */
const LARGEST_TEXT = 1_000_000;

function readText(folder: string, path: string): string | null {
  using file = openFile(folder, path);
  if (file === null) return null;
  const { size } = file.statSync();
  if (size > LARGEST_TEXT) return null;
  const bytes = new Uint8Array(size);
  let read = 0;
  while (read < size) read += readSome(file, bytes.subarray(read)) ?? size;
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}
