/** The end of a connection, on a socket that is none. */
import { assertEquals } from "@std/assert";
import { Connection } from "../../lib/http/connection.ts";
import { plainFaultAnswer } from "../../lib/http/fault_answer.ts";
import type { Socket } from "../../lib/http/socket.ts";
import { echo, LIMITS, pause } from "./test_server.ts";

Deno.test("connection: it is over when what was sent has left, which a stop of the server waits for", async () => {
  let release = () => {};
  const released = new Promise<void>((resolve) => release = resolve);
  const socket: Socket = {
    peer: { transport: "unix" },
    isSecure: false,
    open: () => Promise.resolve(),
    read: () => Promise.resolve(null),
    write: (bytes) => Promise.resolve(bytes.length),
    closeWrite: () => Promise.resolve(),
    close: () => {},
    released,
  };
  const options = { limits: LIMITS, handler: echo, faultAnswer: plainFaultAnswer, onEnd: () => {} };
  const connection = new Connection(socket, { ...options, isStopping: () => false });
  let isOver = false;
  const over = connection.run(null).then(() => isOver = true);
  await pause(20);
  assertEquals(isOver, false);
  release();
  await over;
});
