/** How a server begins, goes on and ends, as a process. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { runProcess } from "../helpers/program_process.ts";
import { outputOf } from "../helpers/shell.ts";
import { assertExit, describeRun, type Scratch, withScratch } from "../helpers/scratch.ts";
import { everythingStored } from "../helpers/stored.ts";
import { copyWorld } from "../helpers/world.ts";
import { connect } from "../server/http_client.ts";
import { countOf, ONE_ROW, ORGANIZATIONS } from "../server/own_requests.ts";
import { formPost, rawPost, requestBytes } from "../server/post.ts";
import { pause, type ServedProcess, serveProcess, until, withServedProcess } from "./served_process.ts";

const ignore = Deno.build.os === "windows";

function withWorld(test: (scratch: Scratch, database: string) => Promise<void>): Promise<void> {
  return withScratch(async (scratch) => await test(scratch, await copyWorld(scratch)));
}

/** Takes some seconds to be imported. */
/** So many that an import of them can be watched. */
const BIG = 200_000;

function bigPost(length = BIG): ReturnType<typeof rawPost> {
  const rows = Array.from({ length }, (_, row) => `Big ${row},B${row}\n`);
  return rawPost(ORGANIZATIONS, "name,code\n" + rows.join(""));
}

/** Whether an import writes: SQLite's log grows. */
function isWriting(database: string): boolean {
  try {
    return Deno.statSync(`${database}-wal`).size > 2_000_000;
  } catch {
    return false;
  }
}

Deno.test({
  name: "SIGTERM lets the import in flight end, which is answered; new requests are refused; exit code 0",
  ignore,
  fn: () =>
    withWorld((scratch, database) =>
      withServedProcess(scratch, [], async (served) => {
        const answer = served.post(bigPost());
        await until("the import writes", () => isWriting(database));
        served.kill("SIGTERM");
        await until("it says that it stops", () => served.stderr().includes("csvrecon stops"));
        await assertRefusesNew(served);
        const { status, text } = await answer;
        assertEquals(status, 200);
        assertStringIncludes(text, `#Created: ${BIG}\n`);
        assertEquals((await served.ended).code, 0);
        assertEquals(countOf(database, "Organization"), BIG + 1);
        assertStringIncludes(served.stderr(), "a second signal stops it at once");
      })
    ),
});

async function assertRefusesNew({ get }: ServedProcess): Promise<void> {
  try {
    const { status } = await get("/healthz");
    // Accepted before it stopped to listen, or not at all.
    assert(status === 503 || Number.isNaN(status), `a new request was answered with ${status}`);
  } catch (error) {
    assert(error instanceof Deno.errors.ConnectionRefused, String(error));
  }
}

Deno.test({
  name: "a second SIGTERM ends the server at once, and the import in flight is taken back",
  ignore,
  fn: () =>
    withWorld(async (scratch, database) => {
      const before = everythingStored(database);
      await withServedProcess(scratch, [], async (served) => {
        const answer = served.post(bigPost());
        await until("the import writes", () => isWriting(database));
        served.kill("SIGTERM");
        await until("it says that it stops", () => served.stderr().includes("csvrecon stops"));
        const begin = performance.now();
        served.kill("SIGTERM");
        assertEquals((await served.ended).code, 143);
        assert(performance.now() - begin < 2000);
        assert(Number.isNaN((await answer).status));
      });
      assertEquals(everythingStored(database), before);
    }),
});

Deno.test({
  name: "SIGTERM ends a server without requests at once, whatever connections are open",
  ignore,
  fn: () =>
    withWorld((scratch) =>
      withServedProcess(scratch, [], async (served) => {
        const [silent, half] = [await connect(served.port), await connect(served.port)];
        await half.write(new TextEncoder().encode("POST /import HTTP/1.1\r\nHost: a"));
        await served.get("/healthz");
        const begin = performance.now();
        served.kill("SIGTERM");
        assertEquals((await served.ended).code, 0);
        // Connections are no requests.
        assertMatch(served.stderr(), /csvrecon stops$/m);
        assert(performance.now() - begin < 3000);
        for (const connection of [silent, half]) connection.close();
      })
    ),
});

Deno.test("a client that goes away takes its import with it, and the one that waits behind never runs", () =>
  withWorld(async (scratch, database) => {
    const before = everythingStored(database);
    await withServedProcess(scratch, [], async (served) => {
      const [running, waiting] = [await connect(served.port), await connect(served.port)];
      // It is not to end before both are gone.
      await writeAll(running, requestBytes(bigPost(400_000)));
      await until("the import writes", () => isWriting(database));
      await writeAll(waiting, requestBytes(formPost(ORGANIZATIONS, ONE_ROW)));
      await pause(100);
      waiting.close();
      await until("the waiting one is given up", () => lines(served).length === 1);
      running.close();
      await until("the running one is given up", () => lines(served).length === 2);
      assertEquals(lines(served).map(({ fault, created }) => [fault, created]), [
        ["client_gone", undefined],
        ["client_gone", undefined],
      ]);
      assertEquals(everythingStored(database), before);
      assertEquals((await served.post(formPost(ORGANIZATIONS, ONE_ROW))).status, 200);
    });
  }));

function lines({ stdout }: ServedProcess): Record<string, unknown>[] {
  return stdout().split("\n").filter((line) => line.endsWith("}")).map((line) => JSON.parse(line));
}

async function writeAll(connection: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let rest = bytes; rest.length > 0;) rest = rest.subarray(await connection.write(rest));
}

Deno.test("healthz answers at once during a big import", () =>
  withWorld((scratch, database) =>
    withServedProcess(scratch, [], async (served) => {
      const answer = served.post(bigPost());
      await until("the import writes", () => isWriting(database));
      let slowest = 0;
      let isOver = false;
      answer.then(() => isOver = true);
      let asked = 0;
      while (!isOver) {
        const begin = performance.now();
        assertEquals((await served.get("/healthz")).status, 200);
        slowest = Math.max(slowest, performance.now() - begin);
        asked++;
        await pause(20);
      }
      assert(asked > 3, `asked ${asked} times only`);
      assert(slowest < 1000, `healthz took ${slowest} ms`);
      assertEquals((await answer).status, 200);
    })
  ));

Deno.test("a port that another program has, a missing database, a wrong file for a socket: refused with a reason", () =>
  withWorld(async (scratch) => {
    const { folder } = scratch;
    scratch.write("file", "no socket");
    await withServedProcess(scratch, [], async ({ port }) => {
      const inUse = await runProcess(["serve", "--db=world.db", `--port=${port}`], { folder });
      assertExit(inUse, 69);
      assertStringIncludes(inUse.stderr, `127.0.0.1:${port}`, describeRun(inUse));
      assertStringIncludes(inUse.stderr, "another program listens there", describeRun(inUse));
    });
    const missing = await runProcess(["serve", "--db=nowhere.db", "--port=0"], { folder });
    assertExit(missing, 78);
    assertStringIncludes(missing.stderr, "nowhere.db", describeRun(missing));
    const noSocket = await runProcess(["serve", "--db=world.db", "--socket=file"], { folder });
    assertExit(noSocket, 69);
    assertEquals(Deno.readTextFileSync(scratch.path("file")), "no socket");
    const tooLong = await runProcess(["serve", "--db=world.db", `--socket=${"s".repeat(108)}`], { folder });
    assertExit(tooLong, 69);
    assertStringIncludes(tooLong.stderr, "the path has 108 bytes, and a socket's may have 107", describeRun(tooLong));
    for (const run of [missing, noSocket, tooLong]) assertEquals(run.stderr.match(/^ +at /m), null, describeRun(run));
  }));

Deno.test({
  name: "SIGHUP opens the access log anew, and the server goes on",
  ignore,
  fn: () =>
    withWorld((scratch) =>
      withServedProcess(scratch, ["--access_log=access.log"], async (served) => {
        const read = (name: string) => Deno.readTextFileSync(scratch.path(name)).trim().split("\n");
        await served.get("/healthz");
        Deno.renameSync(scratch.path("access.log"), scratch.path("access.log.1"));
        await served.get("/healthz");
        await until("both lines are there", () => read("access.log.1").length === 2);
        served.kill("SIGHUP");
        await until("there is a new file", () => exists(scratch.path("access.log")));
        await served.get("/healthz?auth_pwd=secret");
        await until("there is a line", () => read("access.log")[0] !== "");
        assertEquals(read("access.log.1").length, 2);
        assertMatch(read("access.log").join(), /^\{.*"path":"\/healthz","status":200,.*\}$/);
        served.kill("SIGTERM");
        assertEquals((await served.ended).code, 0);
      })
    ),
});

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

Deno.test({
  name: "a Unix socket serves its owner and group; it goes away with the server, and a stale one is no hindrance",
  ignore,
  fn: () =>
    withWorld(async (scratch) => {
      const socket = scratch.path("import.sock");
      await withServedProcess(scratch, [`--socket=${socket}`], async (served) => {
        assertEquals((Deno.statSync(socket).mode ?? 0) & 0o777, 0o660);
        assertEquals((await served.post(formPost(ORGANIZATIONS, ONE_ROW))).status, 200);
        const second = await runProcess(["serve", "--db=world.db", `--socket=${socket}`], { folder: scratch.folder });
        assertExit(second, 69);
        served.kill("SIGKILL");
        await served.ended;
      });
      const again = await serveProcess(scratch, [`--socket=${socket}`]);
      assertEquals((await again.get("/healthz")).text, "ok\n");
      again.kill("SIGTERM");
      assertEquals((await again.ended).code, 0);
      assert(
        !exists(socket) && [...Deno.readDirSync(scratch.folder)].every(({ isSymlink, isFile }) => isFile || isSymlink),
      );
    }),
});

Deno.test("healthz answers at once while another process holds the lock, and an import then waits for it", () =>
  withWorld((scratch, database) =>
    withServedProcess(scratch, [], async (served) => {
      const other = new DatabaseSync(database);
      other.exec("BEGIN IMMEDIATE");
      const answer = served.post(formPost(ORGANIZATIONS, ONE_ROW));
      const begin = performance.now();
      for (let time = 0; time < 5; time++) assertEquals((await served.get("/healthz")).status, 200);
      assert(performance.now() - begin < 2000);
      other.exec("ROLLBACK");
      other.close();
      assertEquals((await answer).status, 200);
    })
  ));

Deno.test({
  name: "an access log whose reader stands still costs its lines, and never the server; SIGTERM ends it",
  ignore,
  fn: () =>
    withWorld(async (scratch) => {
      await outputOf("mkfifo", [scratch.path("log")]);
      const reader = await Deno.open(scratch.path("log"), { read: true, write: true });
      await withServedProcess(scratch, ["--access_log=log", "--metrics=1"], async (served) => {
        // A line has more than 100 bytes, and the pipe holds 65,536.
        for (let request = 0; request < 1000; request++) assertEquals((await served.get("/healthz")).status, 200);
        assertMatch((await served.get("/metrics")).text, /^csvrecon_access_log_lines_lost_total 0$/m);
        const begin = performance.now();
        served.kill("SIGTERM");
        assertEquals((await served.ended).code, 0);
        assert(performance.now() - begin < 5000);
        assertMatch(served.stderr(), /^Lines of the access log are lost: nobody takes them$/m);
        assertMatch(served.stderr(), /^\d+ lines of the access log were lost$/m);
      });
      reader.close();
    }),
});
