/** The compiled program as a file: what Deno wrote behind its runtime. */
import { assert } from "@std/assert";

/** Bytes: more than all that is embedded takes, and less than the runtime. */
const MOST_EMBEDDED = 4 * 1024 * 1024;

export interface Embedded {
  /** What the program may do, as Deno keeps it; null: nobody said, which is no. */
  readonly permissions: Readonly<Record<string, unknown>>;
  readonly v8Flags: readonly string[];
  readonly files: readonly string[];
  /** The text of all files. */
  readonly text: string;
  /** All that is embedded, in bytes. */
  readonly size: number;
}

/** Absolute path of the compiled program that is tested. @throws Error when there is none: these tests are about nothing else */
export function binaryUnderTest(): string {
  const path = Deno.env.get("CSVRECON_UNDER_TEST");
  if (path === undefined) throw new Error("CSVRECON_UNDER_TEST names no compiled program");
  return path;
}

/** Reads what is embedded. It stands at the file's end: one line of JSON about the program, another about its files, and the files. */
export function readEmbedded(path: string): Embedded {
  const bytes = Deno.readFileSync(path).subarray(-MOST_EMBEDDED);
  const text = new TextDecoder("latin1").decode(bytes);
  const begin = text.lastIndexOf('{"argv":[');
  assert(begin >= 0, `${path} was not compiled by deno compile`);
  const embedded = text.slice(begin);
  const permissions = /"permissions":(\{[^}]*\})/.exec(embedded)?.[1];
  const v8Flags = /"v8_flags":(\[[^\]]*\])/.exec(embedded)?.[1];
  assert(permissions !== undefined && v8Flags !== undefined, embedded.slice(0, 2000));
  const files = [...embedded.matchAll(/\{"File":\{"n":"([^"]*)"/g)].map(([, name = ""]) => name);
  return {
    permissions: JSON.parse(permissions),
    v8Flags: JSON.parse(v8Flags),
    files,
    text: embedded,
    size: embedded.length,
  };
}
