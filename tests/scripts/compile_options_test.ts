/** What is baked into the binary, as arguments: `tests/binary` looks at the binary itself. */
import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import {
  binaryName,
  bundleArguments,
  bundledEntry,
  checksumLines,
  compileArguments,
  compilerEnvironment,
  environmentVariables,
  TARGETS,
  withoutCacheFolder,
  WORKER_ENTRY,
} from "../../scripts/compile_options.ts";
import { withTemporaryFolder } from "../helpers/temporary_folder.ts";

const LINUX = "x86_64-unknown-linux-gnu";

Deno.test("the binary reads the variables that the parameters may come from, those that tell of servers, and no other", () => {
  assertEquals(environmentVariables(), [
    "CSVRECON_AUTH_USER",
    "CSVRECON_AUTH_PWD",
    "CSVRECON_AUTH_PWD_FILE",
    "CSVRECON_DB",
    "PGHOST",
    "PGPORT",
    "PGDATABASE",
    "PGUSER",
    "PGPASSWORD",
    "PGPASSFILE",
    "PGSERVICE",
    "PGSSLMODE",
    "PGSSLROOTCERT",
    "PGCONNECT_TIMEOUT",
    "HOME",
    "PGSERVICEFILE",
    "TMPDIR",
    "TEMP",
    "PGBINARY",
    "PGOPTIONS",
    "PGREPLICATION",
  ]);
  assert(compileArguments("main.js", "out", null).includes(`--allow-env=${environmentVariables().join(",")}`));
});

Deno.test("everything but files, the network and those variables is denied, and nobody is asked", () => {
  const rights = compileArguments("main.js", "out", null).filter((word) => /^--(allow|deny|no-prompt)/.test(word));
  assertEquals(rights.filter((word) => !word.startsWith("--allow-env=")), [
    "--no-prompt",
    "--allow-read",
    "--allow-write",
    "--allow-net",
    "--deny-run",
    "--deny-ffi",
    "--deny-sys",
    "--deny-import",
  ]);
});

Deno.test("a target is named only when it is not this machine, and the program comes last", () => {
  assert(!compileArguments("b/main.js", "dist/csvrecon", null).includes("--target"));
  const words = compileArguments("b/main.js", "dist/csvrecon-x", LINUX);
  assertEquals(words.slice(words.indexOf("--target")), [
    "--target",
    LINUX,
    "--output",
    "dist/csvrecon-x",
    "b/main.js",
  ]);
});

Deno.test("the import thread is bundled beside the program, and embedded though nothing imports it", () => {
  assertEquals(bundleArguments("main.ts", "b").slice(-2), ["main.ts", "lib/server/imports/import_worker.ts"]);
  assertEquals(bundledEntry(WORKER_ENTRY, "b"), join("b", "lib/server/imports/import_worker.js"));
  const words = compileArguments("b/main.js", "out", null, ["b/worker.js"]);
  assertEquals(words.slice(-5), ["--include", "b/worker.js", "--output", "out", "b/main.js"]);
});

Deno.test("five targets: Linux and macOS on two processors, and Windows", () => {
  assertEquals(TARGETS.map((target) => binaryName(target, LINUX)), [
    "csvrecon-aarch64-apple-darwin",
    "csvrecon-aarch64-unknown-linux-gnu",
    "csvrecon-x86_64-apple-darwin",
    "csvrecon-x86_64-pc-windows-msvc.exe",
    "csvrecon-x86_64-unknown-linux-gnu",
  ]);
  assertEquals(binaryName(null, LINUX), "csvrecon");
  assertEquals(binaryName(null, "x86_64-pc-windows-msvc"), "csvrecon.exe");
});

Deno.test("DENORT_BIN is for this machine, and V8 flags of the shell are for nobody", () => {
  const environment = { HOME: "/root", DENORT_BIN: "/opt/denort", DENO_V8_FLAGS: "--expose-gc" };
  assertEquals(compilerEnvironment(environment, true), { HOME: "/root", DENORT_BIN: "/opt/denort" });
  assertEquals(compilerEnvironment(environment, false), { HOME: "/root" });
});

Deno.test("the folder of the compiling machine's cache is taken out of comments and of the names of CommonJS modules, and nothing else", () => {
  const bundled = [
    "// ../../home/me/.cache/deno/npm/registry.example/deno-std/1.4.0/path/join.js",
    "// lib/errors.ts",
    'const text = "// /home/me/npm/registry.example/";',
    '  "../../home/me/.cache/deno/npm/registry.example/undici/7.30.2/lib/a.js"(exports, module) {',
    '  "../../home/me/.cache/deno/npm/registry.example/undici/7.30.2/lib/a.js"',
  ];
  assertEquals(withoutCacheFolder(bundled.join("\n")).split("\n"), [
    "// deno-std/1.4.0/path/join.js",
    bundled[1],
    bundled[2],
    '  "undici/7.30.2/lib/a.js"(exports, module) {',
    bundled[4],
  ]);
});

Deno.test({
  name: "sha256sum accepts the checksums, and notices a changed file",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    withTemporaryFolder(async ({ folder, write }) => {
      write("b", "abc");
      write("a", "");
      const sums = new Map([
        ["b", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
        ["a", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
      ]);
      write("SHA256SUMS", checksumLines(sums));
      const check = async () => (await run("sha256sum", ["--check", "--strict", "SHA256SUMS"], folder)).stdout;
      assertEquals(await check(), "a: OK\nb: OK\n");
      Deno.writeTextFileSync(join(folder, "b"), "abd");
      assertEquals(await check(), "a: OK\nb: FAILED\n");
    }),
});

async function run(program: string, args: string[], cwd: string) {
  const output = await new Deno.Command(program, { args, cwd }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code: output.code, stdout: text(output.stdout), stderr: text(output.stderr) };
}

Deno.test({
  name: "a package with another runtime is refused by its checksum, and leaves nothing",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    withTemporaryFolder(async ({ folder, write }) => {
      Deno.mkdirSync(join(folder, "package"));
      write("package/vlt", "another program\n".repeat(100));
      assertEquals((await run("tar", ["-czf", "other.tgz", "package"], folder)).code, 0);
      const script = join(import.meta.dirname ?? "", "../../.ci/denort");
      const { code, stderr } = await run(script, ["denort", "other.tgz"], folder);
      assertEquals(code, 1);
      assert(
        /^denort: package\/vlt of other\.tgz has the checksum [0-9a-f]{64} instead of 2705685d/.test(stderr),
        stderr,
      );
      assertEquals([...Deno.readDirSync(folder)].map((entry) => entry.name).sort(), ["other.tgz", "package"]);
    }),
});
