/** What the compiled program carries: nothing but what it uses, and nothing that could start a process or load other code. */
import { assert, assertEquals } from "@std/assert";
import project from "../../deno.json" with { type: "json" };
import { runProcess } from "../helpers/program_process.ts";
import { withTemporaryFolder } from "../helpers/temporary_folder.ts";
import { binaryUnderTest, readEmbedded } from "./binary_file.ts";

/**
 * Bytes: what the program itself has (2,369 KiB, its client of PostgreSQL included), and some room. A package with all of its files, or a
 * library of types, would take megabytes.
 */
const MOST = 2500 * 1024;

/** What `serve` needs: to listen, and a thread, whose program is embedded. TLS connects to the process itself. */
const WAYS_OF_SERVE = ["Deno.connect", "Deno.listen", "Deno.listenTls", "Worker("];

/** Of `node:timers` `setImmediate` is used, of `node:module` what the bundler puts around CommonJS. */
const OWN_BUILT_INS = [
  "node:buffer",
  "node:crypto",
  "node:module",
  "node:net",
  "node:path",
  "node:sqlite",
  "node:timers",
];

/** What the client of PostgreSQL needs besides, which is loaded for an address of a server only. */
const BUILT_INS_OF_CLIENT = [
  "node:dns",
  "node:events",
  "node:fs",
  "node:stream",
  "node:string_decoder",
  "node:tls",
  "node:util",
  "node:util/types",
];

/** The packages of which something is embedded. */
const PACKAGES = [
  /^(?:deno-std|leven|streamsearch)\/|^undici\/[^/]+\/lib\/llhttp\//,
  /^(?:pg|pg-(?:cloudflare|connection-string|int8|protocol|types)|pgpass|postgres-(?:array|bytea|date|interval)|split2|xtend)\//,
];

Deno.test("the binary carries JavaScript only, and little of it", () => {
  const { files, size } = readEmbedded(binaryUnderTest());
  // The second is the program of a thread, which nothing imports.
  for (const entry of ["main.js", "import_worker.js"]) assert(files.includes(entry), files.join(", "));
  assertEquals(files.filter((name) => !name.endsWith(".js")), []);
  assert(size < MOST, `${size} bytes are embedded`);
});

Deno.test("the binary carries no types, tests, fixtures or folders of the machine that compiled it", () => {
  const { text } = readEmbedded(binaryUnderTest());
  const named = [...text.matchAll(/^\/\/ (\S+\.(?:ts|js|json))$/gm)].map(([, name = ""]) => name);
  assert(named.includes("lib/model/itop.json"), "the built-in model is missing");
  const others = named.filter((name) => !/^(?:main\.ts|deno\.json|lib\/)/.test(name));
  assertEquals(others.filter((name) => !PACKAGES.some((one) => one.test(name))), []);
});

Deno.test("no part of the program names a way to the network, to other processes or to other code", () => {
  const { text } = readEmbedded(binaryUnderTest());
  const builtIns = new Set([...text.matchAll(/["'](node:[a-z_/]+)["']/g)].map(([, name]) => name));
  assertEquals([...builtIns].sort(), [...OWN_BUILT_INS, ...BUILT_INS_OF_CLIENT].sort());
  const ways =
    /\bDeno\.(connect|listen|serve|resolveDns|create\w*Client|Command|kill|dlopen|run)\w*|\b(fetch|eval|WebSocket|Worker)\(/g;
  const found = [...text.matchAll(ways)].map(([way]) => way);
  assertEquals(found.filter((way) => !WAYS_OF_SERVE.includes(way)), []);
});

Deno.test("the binary says its version and those of what it carries, and nothing else", () =>
  withTemporaryFolder(async ({ folder }) => {
    const run = await runProcess(["--version"], { folder });
    assertEquals(run.exitCode, 0);
    assertEquals(run.stderr, "");
    const [, own, deno] = /^csvrecon (\S+) \(deno (\S+), v8 \d[\w.-]+, sqlite 3\.\d+\.\d+\)\n$/.exec(run.stdout) ?? [];
    assertEquals([own, deno], [project.version, Deno.version.deno], run.stdout);
  }));

Deno.test("a run leaves nothing in the folder for temporary files, nor where it was started", () =>
  withTemporaryFolder(async ({ folder, path }) => {
    Deno.mkdirSync(path("temporary"));
    Deno.mkdirSync(path("empty"));
    // A binary with a code cache would keep it there.
    const options = { folder: path("empty"), env: { TMPDIR: path("temporary") } };
    for (const args of [["--version"], ["help"], ["--version"]]) {
      assertEquals((await runProcess(args, options)).exitCode, 0);
    }
    assertEquals([...Deno.readDirSync(path("empty"))], []);
    assertEquals([...Deno.readDirSync(path("temporary"))], []);
    assertEquals([...Deno.readDirSync(folder)].map((entry) => entry.name).sort(), ["empty", "temporary"]);
  }));
