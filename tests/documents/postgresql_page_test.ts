/** What docs/postgresql.md says of setting up a database at a server, done word by word with a real one. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { withServer } from "../helpers/postgres_server.ts";
import { POSTGRES_RELEASES } from "../helpers/postgres_release.ts";
import { environmentOfDeno, programWords } from "../helpers/program_process.ts";
import { withScratch } from "../helpers/scratch.ts";

const PAGE = new URL("../../docs/postgresql.md", import.meta.url);
const PASSWORD = "PASSWORD";

/** Deno 2.4 has no TLS with servers that works. */
const HAS_TLS = !Deno.version.deno.startsWith("2.4.");

function linesOfSetUp(): readonly string[] {
  const [, section = ""] = /## Setting it up\n([^]*?)\n## /.exec(Deno.readTextFileSync(PAGE)) ?? [];
  return section.split("\n").filter((line) => line.startsWith("    ")).map((line) => line.trim());
}

/** A command of that name, which runs the program. */
function writeProgram(folder: string): void {
  const words = programWords([]).map((word) => `'${word}'`).join(" ");
  Deno.writeTextFileSync(join(folder, "csvrecon"), `#!/bin/sh\nexec ${words} "$@"\n`, { mode: 0o755 });
}

/** Only the machine is another one here: there is nobody to become, and nobody to type a password. */
function onThisMachine(line: string, port: number): string {
  return line
    .replace("sudo -u postgres ", "")
    .replace("'\\password anna'", `"ALTER ROLE anna PASSWORD '${PASSWORD}'"`)
    .replace("db.example.com:5432", `127.0.0.1:${port}`)
    .replace("verify-full", HAS_TLS ? "verify-full" : "disable");
}

for (const release of POSTGRES_RELEASES.slice(0, 1)) {
  Deno.test(`${release.name}: a database is set up in ten lines, and loaded into`, () =>
    withServer(release, (server) =>
      withScratch(async (scratch) => {
        const lines = linesOfSetUp();
        assert(lines.length > 5 && lines.length <= 10, `${lines.length} lines`);
        writeProgram(scratch.folder);
        scratch.write("brands.csv", "Name\nDell\nHP\n");
        Deno.copyFileSync(server.certificates.root, scratch.path("root.crt"));
        const script = ["set -e", ...lines.map((line) => onThisMachine(line, server.port)), ""].join("\n");
        const { DENO_DIR, HOME = "", ...env } = environmentOfDeno();
        const run = await new Deno.Command("sh", {
          args: [scratch.write("set_up.sh", script)],
          cwd: scratch.folder,
          clearEnv: true,
          env: {
            ...env,
            ...{ HOME: scratch.folder, DENO_DIR: DENO_DIR ?? join(HOME, ".cache", "deno") },
            PATH: [scratch.folder, join(server.programs, "bin"), Deno.env.get("PATH") ?? ""].join(":"),
            ...{ PGHOST: server.folder, PGPORT: `${server.port}`, PGUSER: "csvrecon", PGDATABASE: "postgres" },
          },
          stdin: "null",
          stdout: "piped",
          stderr: "piped",
        }).output();
        const [told, mistakes] = [run.stdout, run.stderr].map((bytes) => new TextDecoder().decode(bytes));
        assertEquals(run.code, 0, `${told}${mistakes}`);
        assertStringIncludes(told ?? "", "with the model itop");
        assertStringIncludes(told ?? "", "#Created: 2");
      })));
}
