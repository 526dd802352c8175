/** The real world: the process's own streams, environment and clock. */
import type { ProgramIo, TextSink } from "./io.ts";

interface Output {
  write(bytes: Uint8Array): Promise<number>;
  isTerminal(): boolean;
}

export function realIo(): ProgramIo {
  return {
    get stdin() {
      return Deno.stdin.readable;
    },
    stdout: textSink(Deno.stdout),
    stderr: textSink(Deno.stderr),
    env: (name) => Deno.env.get(name),
    now: () => new Date(),
    giveUpNetwork: () => void Deno.permissions.revokeSync({ name: "net" }),
  };
}

function textSink(output: Output): TextSink {
  const encoder = new TextEncoder();
  const writeBytes = async (bytes: Uint8Array) => {
    for (let rest = bytes; rest.length > 0;) rest = rest.subarray(await output.write(rest));
  };
  return {
    isTerminal: output.isTerminal(),
    write: (text) => writeBytes(encoder.encode(text)),
    writeBytes,
  };
}
