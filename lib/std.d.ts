/** The signatures that we use of the standard library, whose npm build has no types, and of other packages without types. */

declare module "@std/assert" {
  export function assert(value: unknown, message?: string): asserts value;
  export function assertFalse(value: unknown, message?: string): void;
  export function assertEquals<T>(actual: T, expected: T, message?: string): void;
  export function assertNotEquals<T>(actual: T, expected: T, message?: string): void;
  export function assertMatch(actual: string, expected: RegExp, message?: string): void;
  export function assertStringIncludes(actual: string, expected: string, message?: string): void;
  export function assertInstanceOf<T>(
    actual: unknown,
    expected: abstract new (...parameters: never[]) => T,
    message?: string,
  ): asserts actual is T;
  export function assertThrows<E extends Error>(
    fn: () => unknown,
    errorClass: abstract new (...parameters: never[]) => E,
    includes?: string,
  ): E;
  export function assertRejects<E extends Error>(
    fn: () => PromiseLike<unknown>,
    errorClass: abstract new (...parameters: never[]) => E,
    includes?: string,
  ): Promise<E>;
  /** Deep equality, as `assertEquals` has it. */
  export function equal(actual: unknown, expected: unknown): boolean;
  export function fail(message?: string): never;
}

declare module "@std/cli/parse-args" {
  export function parseArgs(
    args: readonly string[],
    options?: {
      readonly string?: readonly string[];
      readonly boolean?: readonly string[];
      readonly collect?: readonly string[];
      readonly stopEarly?: boolean;
      readonly unknown?: (name: string, key?: string, value?: unknown) => unknown;
    },
  ): { readonly _: readonly (string | number)[]; readonly [name: string]: unknown };
}

declare module "@std/csv" {
  export function parse(
    text: string,
    options?: { readonly separator?: string; readonly lazyQuotes?: boolean; readonly fieldsPerRecord?: number },
  ): string[][];
  export function stringify(
    rows: readonly (readonly unknown[])[],
    options?: { readonly separator?: string; readonly headers?: boolean; readonly crlf?: boolean },
  ): string;
}

declare module "@std/encoding/base64" {
  export function encodeBase64(data: Uint8Array | string): string;
  export function decodeBase64(text: string): Uint8Array;
}

declare module "@std/jsonc" {
  export function parse(text: string): unknown;
}

declare module "@std/media-types/parse-media-type" {
  /** @returns the type in lower case, its parameters by name in lower case @throws TypeError, or URIError, when it is malformed */
  export function parseMediaType(value: string): [string, Readonly<Record<string, string>> | undefined];
}

declare module "@std/path" {
  export function basename(path: string): string;
  export function dirname(path: string): string;
  export function isAbsolute(path: string): boolean;
  export function join(...parts: string[]): string;
  export function resolve(...parts: string[]): string;
  export function fromFileUrl(url: string | URL): string;
}

declare module "pg/client" {
  import type { Duplex } from "node:stream";

  /** How a column is read: by the number of its type in `pg_type`. */
  interface Types {
    getTypeParser(type: number, format: string): (text: string) => unknown;
  }

  interface Result {
    /** Null: the statement tells none. */
    readonly rowCount: number | null;
    readonly rows: readonly (readonly unknown[])[];
  }

  interface Query {
    readonly text: string;
    /** Prepared once under this name. */
    readonly name?: string;
    readonly values?: readonly unknown[];
    readonly rowMode: "array";
    /** Even a text without a name and values is one statement. */
    readonly queryMode?: "extended";
  }

  /** What it is given, it does not look for in the environment; empty counts as not given. */
  interface Settings {
    readonly host: string;
    readonly port: number;
    readonly database: string;
    readonly user: string;
    readonly password: () => Promise<string>;
    readonly application_name: string;
    readonly client_encoding: string;
    readonly sslnegotiation: "postgres";
    readonly ssl: false | Readonly<Record<string, unknown>>;
    readonly keepAlive: boolean;
    readonly keepAliveInitialDelayMillis: number;
    readonly connectionTimeoutMillis: number;
    readonly pipeline: boolean;
    readonly types: Types;
  }

  export default class Client {
    constructor(settings: Settings);
    connect(): Promise<unknown>;
    query(query: Query): Promise<Result>;
    /** Several statements without values may be one text. */
    query(text: string): Promise<unknown>;
    end(): Promise<void>;
    on(event: "error" | "end", listener: (error: unknown) => void): void;
    /** What ends a statement from outside. */
    readonly processID: number | null;
    readonly secretKey: number | null;
    readonly connection: { readonly stream: Duplex; readonly parsedStatements: Record<string, string> };
  }
}

declare module "streamsearch" {
  import type { Buffer } from "node:buffer";

  export default class StreamSearch {
    /**
     * @param onInfo told of the bytes up to a match, or of bytes without one, by a range of `data`, which is undefined when there are
     * none; unless `isSafeData`, they are overwritten when it returns
     */
    constructor(
      needle: Buffer,
      onInfo: (isMatch: boolean, data: Buffer | undefined, start: number, end: number, isSafeData: boolean) => void,
    );
    push(chunk: Buffer): number;
    /** Tells of what was held back because it might have been the start of a match. */
    destroy(): void;
  }
}

/** The HTTP parser of Node.js, llhttp, as undici carries it: the bytes of a WebAssembly module. */
declare module "llhttp-wasm" {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
