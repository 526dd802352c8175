/** The real world: the process's own streams, environment and clock. */
import type { ProgramIo, TextSink } from "./io.ts";

interface Output {
  write(bytes: Uint8Array): Promise<number>;
  isTerminal(): boolean;
}

export function realIo(): ProgramIo {
  return {
    stdin: Deno.stdin.readable,
    stdout: textSink(Deno.stdout),
    stderr: textSink(Deno.stderr),
    env: (name) => Deno.env.get(name),
    now: () => new Date(),
  };
}

function textSink(output: Output): TextSink {
  const encoder = new TextEncoder();
  return {
    isTerminal: output.isTerminal(),
    async write(text) {
      let bytes = encoder.encode(text);
      while (bytes.length > 0) bytes = bytes.subarray(await output.write(bytes));
    },
  };
}
