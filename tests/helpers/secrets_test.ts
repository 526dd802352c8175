import { assert, assertEquals, assertThrows } from "@std/assert";
import { withWorld } from "./loading.ts";
import { assertNoSecretIn, looked, noteSecrets, SecretShown } from "./secrets.ts";
import { PIECE } from "./search_file.ts";
import { withTemporaryFolder } from "./temporary_folder.ts";

Deno.test("the helpers find a password in every output and in the database, from wherever the run had it", () =>
  withTemporaryFolder(({ folder, write }) => {
    write("p.pwd", "from-a-file-1\nnot this line\n");
    write("p.params", 'class = X\nauth_pwd = "from-params-2"\n');
    write("u.csv", 'Login,Password,Status\na,from-a-cell-3,x\nb,"from-a-cell ""4""",x\n');
    const args = [
      "--auth_pwd=from-args-5",
      "--auth_pwd_file=p.pwd",
      "--param-file",
      "p.params",
      "--csvfile=u.csv",
      "--db=x.db",
    ];
    noteSecrets(args, folder, { CSVRECON_AUTH_PWD: "from-environment-6" });
    noteSecrets(["--auth_pwd", "(.*)+[7]\\d|^ü€$"], folder);
    const secrets = [
      "from-a-file-1",
      "from-params-2",
      "from-a-cell-3",
      'from-a-cell "4"',
      "from-args-5",
      "from-environment-6",
      "(.*)+[7]\\d|^ü€$",
    ];
    const run = { args, folder, exitCode: 0, stdout: "fine", stderr: "not this line, admin" };
    assertNoSecretIn(run);
    for (const secret of secrets) {
      assertThrows(() => assertNoSecretIn({ ...run, stdout: `x ${secret}` }), SecretShown, "standard output");
      assertThrows(() => assertNoSecretIn({ ...run, stderr: `x ${secret}` }), SecretShown, "standard error");
      write("x.db-wal", `page ${secret} page`);
      assertThrows(() => assertNoSecretIn(run), SecretShown, "x.db-wal");
      Deno.writeFileSync(`${folder}/x.db-wal`, Uint8Array.of(0xc3, ...new TextEncoder().encode(secret), 0x80, 0));
      assertThrows(() => assertNoSecretIn(run), SecretShown, "x.db-wal");
      Deno.removeSync(`${folder}/x.db-wal`);
    }
    return Promise.resolve();
  }));

Deno.test("a password is found wherever in a large database it stands, and where two pieces of it meet", () =>
  withTemporaryFolder(({ folder, write }) => {
    const secret = "zwischen-zwei-Stücken";
    noteSecrets([`--auth_pwd=${secret}`], folder);
    const bytes = new TextEncoder().encode(secret);
    const run = { args: ["--db=x.db"], folder, exitCode: 0, stdout: "", stderr: "" };
    for (let piece = 1; piece <= 3; piece++) {
      for (let before = -1; before <= 2 * bytes.length; before++) {
        const database = new Uint8Array(4 * PIECE);
        database.set(bytes, piece * PIECE - before);
        write("x.db", database);
        assertThrows(() => assertNoSecretIn(run), SecretShown, "x.db");
        // Its last byte is another.
        database[piece * PIECE - before + bytes.length - 1]! ^= 1;
        write("x.db", database);
        assertNoSecretIn(run);
      }
    }
    write("x.db", new Uint8Array([...new Uint8Array(4 * PIECE - bytes.length), ...bytes]));
    assertThrows(() => assertNoSecretIn(run), SecretShown, "x.db");
    return Promise.resolve();
  }));

Deno.test("every run of a test is looked at", () =>
  withWorld(async ({ load }) => {
    const before = { ...looked };
    await load("UserLocal", "login,password,profile_list\nzed,Zed-Passw0rd,profileid:3\n");
    assert(looked.passwords.has("Zed-Passw0rd"));
    assertEquals(looked.outputs - before.outputs, 2);
    assert(looked.databases > before.databases);
  }));
