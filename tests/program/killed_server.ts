/** A server that is killed at some moment of an import, and what must be true afterwards. */
import { withScratch } from "../helpers/scratch.ts";
import { everythingStored } from "../helpers/stored.ts";
import { copyWorld } from "../helpers/world.ts";
import { connect } from "../server/http_client.ts";
import { countOf, ONE_ROW, ORGANIZATIONS } from "../server/own_requests.ts";
import { formPost, rawPost, requestBytes } from "../server/post.ts";
import { pause, serveProcess } from "./served_process.ts";
import { flawsOf } from "./world_and_input.ts";

const ROWS = 20_000;

/** Before it began, or behind its end. */
export type Moment = "before" | "after";

export interface KilledServer {
  readonly moment: Moment;
  /** False: it had ended before, by itself. */
  readonly wasKilled: boolean;
  readonly flaws: string[];
}

/**
 * Kills a server so many milliseconds after an import was sent, with two others behind it.
 * @returns where it stood, and everything that is wrong
 */
export function killServer(milliseconds: number): Promise<KilledServer> {
  return withScratch(async (scratch) => {
    const database = await copyWorld(scratch);
    const before = everythingStored(database);
    const served = await serveProcess(scratch, []);
    const connections = [await connect(served.port), await connect(served.port), await connect(served.port)];
    for (const [index, connection] of connections.entries()) {
      // A client may lose its connection in the midst of sending.
      void writeAll(connection, requestBytes(importOf(index))).catch(() => {});
    }
    await pause(milliseconds);
    served.kill("SIGKILL");
    const { signal } = await served.ended;
    for (const connection of connections) connection.close();
    const { flaws, moment } = stateOf(database, before);
    const again = await serveProcess(scratch, []);
    const answer = await again.post(formPost(ORGANIZATIONS, ONE_ROW));
    if (answer.status !== 200) flaws.push(`the next server answers ${answer.status}: ${answer.text}`);
    again.kill("SIGTERM");
    const { code } = await again.ended;
    if (code !== 0) flaws.push(`the next server ends with ${code}: ${again.stderr()}`);
    const left = [...Deno.readDirSync(scratch.folder)].map(({ name }) => name).filter((name) => name !== "world.db");
    if (left.length > 0) flaws.push(`left behind: ${left.join(", ")}`);
    return { moment, wasKilled: signal === "SIGKILL", flaws };
  });
}

function importOf(index: number): ReturnType<typeof rawPost> {
  const rows = Array.from({ length: ROWS }, (_, row) => `Import ${index} row ${row},R${row}\n`);
  return rawPost(ORGANIZATIONS, "name,code\n" + rows.join(""));
}

async function writeAll(connection: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let rest = bytes; rest.length > 0;) rest = rest.subarray(await connection.write(rest));
}

function stateOf(database: string, before: readonly string[]): { readonly moment: Moment; readonly flaws: string[] } {
  const flaws = flawsOf(database).map((flaw) => JSON.stringify(flaw));
  const count = countOf(database, "Organization") - 1;
  if (count % ROWS !== 0) flaws.push(`${count} rows of whole imports of ${ROWS}`);
  if (count === 0 && everythingStored(database).join("\n") !== before.join("\n")) {
    flaws.push("something else was written");
  }
  return { moment: count === 0 ? "before" : "after", flaws };
}
