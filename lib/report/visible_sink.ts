/** Keeps what would command a terminal out of it. */
import type { ProgramIo, TextSink } from "../io.ts";
import { visibleText } from "../messages/visible_text.ts";

/** The same world, in which terminals are shown escapes and other controls in words. Pipes and files get every byte as it is. */
export function withVisibleControls(io: ProgramIo): ProgramIo {
  return {
    get stdin() {
      return io.stdin;
    },
    get askHidden() {
      return io.askHidden;
    },
    stdout: visibleSink(io.stdout),
    stderr: visibleSink(io.stderr),
    env: (name) => io.env(name),
    now: () => io.now(),
    noColor: io.noColor,
    workingFolder: io.workingFolder,
    interruption: io.interruption,
    servingSignals: io.servingSignals,
    whileDeaf: io.whileDeaf,
    onStatement: io.onStatement,
    giveUpNetwork: io.giveUpNetwork,
    passwordCost: io.passwordCost,
    rowsTogether: io.rowsTogether,
  };
}

function visibleSink(sink: TextSink): TextSink {
  if (!sink.isTerminal) return sink;
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  return {
    isTerminal: true,
    write: (text) => sink.write(visibleText(text)),
    writeBytes: (bytes) => sink.write(visibleText(decoder.decode(bytes, { stream: true }))),
    command: (sequence) => sink.write(sequence),
  };
}
