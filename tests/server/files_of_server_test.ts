/** Files of a server that must not be taken for each other, and where it keeps what it needs for a while. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { assertExit, type Scratch, withScratch } from "../helpers/scratch.ts";
import { copyWorld } from "../helpers/world.ts";
import { sameFileAmong } from "../../lib/same_file.ts";
import { openOwnStore } from "../../lib/databases/open_store.ts";

/** Paths that lead to a file of the database, and what makes them so. */
const WAYS: readonly (readonly [what: string, log: string, prepare: (scratch: Scratch) => void])[] = [
  ["by its name", "world.db", () => {}],
  ["by another spelling", "./nowhere/../world.db", (scratch) => Deno.mkdirSync(scratch.path("nowhere"))],
  [
    "by a symbolic link",
    "access.log",
    (scratch) => Deno.symlinkSync(scratch.path("world.db"), scratch.path("access.log")),
  ],
  ["by a hard link", "access.log", (scratch) => Deno.linkSync(scratch.path("world.db"), scratch.path("access.log"))],
  ["its write-ahead log, which is not there", "world.db-wal", () => {}],
  [
    "its shared memory, through a linked folder",
    "way/world.db-shm",
    (scratch) => Deno.symlinkSync(scratch.folder, scratch.path("way")),
  ],
];

for (const [what, log, prepare] of WAYS) {
  Deno.test({
    name: `an access log that is the database is refused, and nothing written to it: ${what}`,
    ignore: Deno.build.os === "windows",
    fn: () =>
      withScratch(async (scratch) => {
        const database = await copyWorld(scratch);
        prepare(scratch);
        const before = Deno.readFileSync(database);
        const run = await scratch.run(["serve", "--db=world.db", "--port=0", `--access_log=${log}`]);
        assertExit(run, 64);
        assertStringIncludes(run.stderr, `The access log '${log}' cannot be written: it is the file '`);
        assertEquals(Deno.readFileSync(database), before);
        assert(!Deno.readTextFileSync(database).includes("healthz"));
      }),
  });
}

Deno.test("an access log that is the key of the certificate is refused", () =>
  withScratch(async (scratch) => {
    await copyWorld(scratch);
    for (const name of ["cert.pem", "key.pem"]) scratch.write(name, "PEM");
    const tls = ["--tls_cert=cert.pem", "--tls_key=key.pem"];
    const run = await scratch.run(["serve", "--db=world.db", "--port=0", ...tls, "--access_log=./key.pem"]);
    assertExit(run, 64);
    assertStringIncludes(run.stderr, "key.pem', which the server needs");
    assertEquals(Deno.readTextFileSync(scratch.path("key.pem")), "PEM");
  }));

Deno.test("two files are two, be they there or not", () =>
  withScratch(async (scratch) => {
    scratch.write("a", "1");
    scratch.write("b", "1");
    const others = [scratch.path("b"), scratch.path("c")];
    assertEquals(await sameFileAmong(scratch.path("a"), others), null);
    assertEquals(await sameFileAmong(scratch.path("d"), others), null);
    assertEquals(await sameFileAmong(scratch.path("no/such/folder"), others), null);
    assertEquals(await sameFileAmong(scratch.path("c"), others), scratch.path("c"));
  }));

Deno.test({
  name: "what a run keeps for a while is beside the database itself, not beside a link to it",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withScratch(async (scratch) => {
      await copyWorld(scratch);
      Deno.mkdirSync(scratch.path("real"));
      Deno.mkdirSync(scratch.path("links"));
      Deno.renameSync(scratch.path("world.db"), scratch.path("real/world.db"));
      Deno.symlinkSync(scratch.path("real/world.db"), scratch.path("links/world.db"));
      const store = openOwnStore(scratch.path("links/world.db"), { busyTimeoutSeconds: 1 });
      assertEquals(store.folder, Deno.realPathSync(scratch.path("real")));
      await store.close();
    }),
});
