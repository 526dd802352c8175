/** The real world: the process's own streams, environment and clock. */
import { interruptible } from "./interruption.ts";
import type { ProgramIo, TextSink } from "./io.ts";

interface Output {
  write(bytes: Uint8Array): Promise<number>;
  isTerminal(): boolean;
}

/** What signals have to do with the world; nothing: there are none. */
type SignalIo = Pick<ProgramIo, "interruption" | "servingSignals" | "whileDeaf">;

export function realIo({ interruption, servingSignals, whileDeaf }: SignalIo = {}): ProgramIo {
  return {
    get stdin() {
      return Deno.stdin.readable;
    },
    stdout: untilInterrupted(textSink(Deno.stdout), interruption),
    stderr: textSink(Deno.stderr),
    env: (name) => Deno.env.get(name),
    now: () => new Date(),
    // Of the variable NO_COLOR: the program has no right to read it.
    noColor: Deno.noColor,
    interruption,
    servingSignals,
    whileDeaf,
    get askHidden() {
      return Deno.stdin.isTerminal() ? (prompt: string) => askAtTerminal(prompt, interruption) : undefined;
    },
    giveUpNetwork: () => void Deno.permissions.revokeSync({ name: "net" }),
  };
}

/** The prompt goes to standard error: standard output may be a file. */
async function askAtTerminal(prompt: string, interruption: AbortSignal | undefined): Promise<string | null> {
  const { askHidden } = await import("./hidden_input.ts");
  return await askHidden(prompt, {
    setRaw: (isRaw) => Deno.stdin.setRaw(isRaw),
    read: (into) => Deno.stdin.read(into),
    write: (text) => textSink(Deno.stderr).write(text),
  }, interruption);
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

/** Nobody waits for a reader who does not read once the program is to end. What is written after that may still tell why. */
function untilInterrupted(sink: TextSink, interruption: AbortSignal | undefined): TextSink {
  let cut: unknown = null;
  const guarded = async (write: () => Promise<void>) => {
    if (cut !== null) throw cut;
    if (interruption?.aborted) return await write();
    try {
      await interruptible(write, interruption);
    } catch (error) {
      if (interruption?.aborted) cut = error;
      throw error;
    }
  };
  return {
    isTerminal: sink.isTerminal,
    write: (text) => guarded(() => sink.write(text)),
    writeBytes: (bytes) => guarded(() => sink.writeBytes(bytes)),
  };
}
