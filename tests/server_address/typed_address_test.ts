/** Addresses where commands are given a database: one with a password ends everything, and no output has any of it. */
import { assert, assertEquals } from "@std/assert";
import { assertExit, describeRun, type Scratch, withScratch } from "../helpers/scratch.ts";

const SECRET = "tops3cret";
const ADDRESS = `postgres://anna:${SECRET}@db.example/assets`;
const REFUSAL =
  "Address of the server: a password may not stand in it, where lists of processes, histories of shells and " +
  "logs keep it";

const COMMANDS: readonly (readonly string[])[] = [
  ["import", "--class=Person", "--csvfile=persons.csv", "--auth_user=admin", "--auth_pwd=admin"],
  ["import", "--class=Person", "--csvfile=persons.csv", "--output=json"],
  ["export", "--class=Person", "--file=out.csv"],
  ["init", "--admin_user=admin", "--admin_pwd=admin"],
  ["model", "show"],
  ["serve", "--listen=127.0.0.1:0"],
  ["history"],
  ["check", "persons.csv", "--class=Person"],
  ["undo", "--change=1"],
  ["passwd", "--user=admin"],
  ["explain", "--class=Person", "--csvfile=persons.csv", "--row=1"],
];

function assertRefused(run: Awaited<ReturnType<Scratch["run"]>>): void {
  assertExit(run, 64);
  const printed = run.stdout + run.stderr;
  assert(printed.includes(REFUSAL), describeRun(run));
  assert(!printed.includes("3cret"), describeRun(run));
}

function takesParamFile([command = ""]: readonly string[]): boolean {
  return !["init", "model", "passwd"].includes(command);
}

for (const command of COMMANDS) {
  Deno.test(`a password in the address is refused by ${command.slice(0, 2).join(" ")}, and shown nowhere`, () =>
    withScratch(async ({ run, write, folder }) => {
      write("persons.csv", "name\nAnna\n");
      write("password.params", `db = ${ADDRESS}\n`);
      assertRefused(await run([...command, `--db=${ADDRESS}`]));
      assertRefused(await run(command, { env: { CSVRECON_DB: ADDRESS } }));
      if (takesParamFile(command)) assertRefused(await run([...command, "--param_file=password.params"]));
      assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), ["password.params", "persons.csv"]);
    }));
}

Deno.test("a password in either address of a copy is refused, and shown nowhere", () =>
  withScratch(async ({ run, folder }) => {
    assertRefused(await run(["copy", `--from=${ADDRESS}`, "--to=new.db"]));
    assertRefused(await run(["copy", "--from=none.db", `--to=${ADDRESS}`]));
    assertRefused(await run(["copy", "--from=postgres://anna@db.example/assets", `--to=${ADDRESS}`]));
    assertEquals([...Deno.readDirSync(folder)], []);
  }));

Deno.test("a password in the address is refused in jobs, and shown nowhere", () =>
  withScratch(async ({ run, write }) => {
    write("persons.csv", "name\nAnna\n");
    const login = "class = Person\ncsvfile = persons.csv\nauth_user = admin\nauth_pwd = admin\n";
    write("own.params", `${login}db = ${ADDRESS}\n`);
    write("plain.params", login);
    write("own.job", "import = own.params\n");
    write("plain.job", "import = plain.params\n");
    assertRefused(await run(["run", "own.job"]));
    assertRefused(await run(["run", "plain.job", `--db=${ADDRESS}`]));
    assertRefused(await run(["run", "plain.job"], { env: { CSVRECON_DB: ADDRESS } }));
  }));

Deno.test("an address that cannot be read is refused before anything else is looked at", () =>
  withScratch(async ({ run }) => {
    const told = async (address: string) => {
      const { exitCode, stderr } = await run(["history", `--db=${address}`]);
      return [exitCode, stderr.split("\n")[0]];
    };
    assertEquals(await told("postgres://anna@h/d?sslmod=require"), [
      64,
      "csvrecon: Address of the server: unknown setting 'sslmod'",
    ]);
    assertEquals(await told("postgres://anna@[::1/d"), [
      64,
      "csvrecon: Address of the server: it cannot be read, postgres://USER@HOST:PORT/DATABASE?schema=SCHEMA was expected",
    ]);
  }));

for (const scheme of ["mysql:", "jdbc:postgresql:", "https:", "sqlite:"]) {
  Deno.test(`an address that begins with ${scheme}// is none that can be used, and shown nowhere: it may have a password`, () =>
    withScratch(async ({ run, folder }) => {
      const address = `${scheme}//anna:${SECRET}@db.example/assets`;
      for (const args of [["model", "show"], ["init", "--admin_user=admin", "--admin_pwd=admin"]]) {
        const refused = await run([...args, `--db=${address}`]);
        assertExit(refused, 64);
        const printed = refused.stdout + refused.stderr;
        assert(printed.includes(`'${scheme}' is none that csvrecon knows, postgres://USER@HOST`), describeRun(refused));
        assert(!printed.includes("3cret"), describeRun(refused));
      }
      assertEquals([...Deno.readDirSync(folder)], []);
    }));
}
