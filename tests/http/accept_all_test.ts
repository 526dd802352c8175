import { assert } from "@std/assert";
import { connect } from "node:net";
import { acceptAll } from "../../lib/http/accept_all.ts";

/** Fails so often before it has a connection. */
function failing(times: number, error: Error): Pick<Deno.Listener, "accept"> {
  let left = times;
  return { accept: () => left-- > 0 ? Promise.reject(error) : Promise.resolve({} as Deno.Conn) };
}

function connectAndReset(port: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.resetAndDestroy();
      resolve();
    });
  });
}

/** @returns the milliseconds until the first connection is taken */
async function timeToTake(listener: Pick<Deno.Listener, "accept">): Promise<number> {
  const start = performance.now();
  let isTaken = false;
  await acceptAll(listener, () => isTaken, () => isTaken = true);
  return performance.now() - start;
}

function errorOf(code: string): Error {
  return Object.assign(new Error(code), { code });
}

Deno.test("connections that ended before they were taken keep nobody waiting, however many there are", async () => {
  for (const code of ["ENOTCONN", "ECONNABORTED", "ECONNRESET"]) {
    const took = await timeToTake(failing(1000, errorOf(code)));
    assert(took < 500, `${code}: ${took}`);
  }
});

Deno.test("where the system has no room it is given time", async () => {
  const took = await timeToTake(failing(2, errorOf("EMFILE")));
  assert(took >= 190 && took < 5000, `${took}`);
});

Deno.test({
  name: "100 connections that are reset at once do not keep a good one waiting",
  // Nothing in Deno 2.4 can reset a connection.
  ignore: Deno.version.deno.startsWith("2.4."),
  fn: async () => {
    const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const { port } = listener.addr;
    for (let count = 0; count < 100; count++) await connectAndReset(port);
    const good = await Deno.connect({ hostname: "127.0.0.1", port });
    const { port: own } = good.localAddr;
    let isClosed = false;
    const start = performance.now();
    await acceptAll(listener, () => isClosed, (connection) => {
      const { remoteAddr } = connection;
      isClosed = "port" in remoteAddr && remoteAddr.port === own;
      connection.close();
    });
    assert(performance.now() - start < 3000, `${performance.now() - start}`);
    good.close();
    listener.close();
  },
});
