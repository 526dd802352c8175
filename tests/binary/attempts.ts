/**
 * A program that tries one thing, named by its first argument, and says `done` or `refused`. `rights_test.ts` compiles it with the rights
 * of csvrecon, whose own code has no way to be made to try these. With more arguments it is csvrecon: it runs the command that they are,
 * and tries the thing when the command first prints something.
 */
import { spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { lookup } from "node:dns";
import { connect, createServer } from "node:net";
import { hostname } from "node:os";
import { dlopen } from "node:process";
import { DatabaseSync } from "node:sqlite";
import { runProgram } from "../../lib/program.ts";
import { realIo } from "../../lib/real_io.ts";

/** The second argument: the port of somebody who listens on this machine. */
const port = Number(Deno.args[1]);
const host = "127.0.0.1";
const web = `${host}:${port}`;

interface Emitter {
  on(event: "error", listener: (error: Error) => void): unknown;
  on(event: string, listener: () => void): unknown;
}

/** Waits for an event of Node's kind. */
function happens(event: string, emitter: Emitter): Promise<void> {
  return new Promise((resolve, reject) => emitter.on("error", reject) && emitter.on(event, resolve));
}

function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.onopen = () => resolve();
    socket.onerror = () => reject(new Error("no connection"));
  });
}

const ATTEMPTS: Readonly<Record<string, () => unknown>> = {
  // What csvrecon needs.
  "read a file": () => Deno.readTextFile("/etc/passwd"),
  "write a file": () => Deno.writeTextFile("written", "text"),
  "read one's own variable": () => Deno.env.get("CSVRECON_DB"),
  "read a variable of servers": () => Deno.env.get("PGPASSWORD"),
  // The network.
  "connect": () => Deno.connect({ hostname: host, port }),
  "connect with TLS": () => Deno.connectTls({ hostname: host, port }),
  "fetch": () => fetch(`http://${web}/`),
  "WebSocket": () => opened(new WebSocket(`ws://${web}/`)),
  "listen": () => Deno.listen({ hostname: host, port: 0 }),
  "serve": () => Deno.serve({ hostname: host, port: 0, onListen() {} }, () => new Response()),
  "resolve a name": () => Deno.resolveDns("localhost", "A", { nameServer: { ipAddr: host, port } }),
  "connect as Node": () => happens("connect", connect(port, host)),
  "listen as Node": () => happens("listening", createServer().listen(0, host)),
  "datagrams as Node": () => happens("listening", createSocket("udp4").bind(0, host)),
  "resolve a name as Node": () =>
    new Promise<void>((resolve, reject) => lookup("localhost", (error) => error === null ? resolve() : reject(error))),
  // Other processes, and code from elsewhere.
  "start a process": () => new Deno.Command("true").output(),
  "start a process as Node": () => happens("exit", spawn("true", { env: { PATH: "/usr/bin:/bin" } })),
  "send a signal": () => Deno.kill(Deno.pid, "SIGCONT"),
  "load a library": () => Deno.dlopen("libc.so.6", {}),
  "load a library as Node": () => dlopen({ exports: {} }, "/lib/x86_64-linux-gnu/libc.so.6"),
  "load an extension of SQLite": () => new DatabaseSync(":memory:", { allowExtension: true }).loadExtension("none"),
  "import from the network": () => import(String(`http://${web}/module.js`)),
  // The system.
  "name of the machine": () => Deno.hostname(),
  "name of the machine as Node": () => hostname(),
  "release of the system": () => Deno.osRelease(),
  "another variable": () => Deno.env.get("PATH"),
  "all variables": () => Deno.env.toObject(),
};

function say(text: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(text));
}

const attempt = ATTEMPTS[Deno.args[0] ?? ""];
if (attempt === undefined) {
  say(JSON.stringify(Object.keys(ATTEMPTS)));
} else {
  // What Node's interfaces are refused, Deno may throw from behind their back.
  globalThis.addEventListener("error", (event) => {
    event.preventDefault();
    say(`refused: ${event.error}`);
    Deno.exit(0);
  });
  const command = Deno.args.slice(2);
  if (command.length === 0) await tryOut(attempt);
  else await runWith(command, attempt);
}

/** Never returns. */
async function tryOut(attempt: () => unknown): Promise<void> {
  try {
    await attempt();
    say("done");
  } catch (error) {
    say(`refused: ${error}`);
  }
  Deno.exit(0);
}

async function runWith(command: readonly string[], attempt: () => unknown): Promise<void> {
  const print = () => tryOut(attempt);
  const output = { isTerminal: false, write: print, writeBytes: print };
  await runProgram(command, { ...realIo(), stdout: output, stderr: output });
  say("the command printed nothing");
}
