/** The program as a function: arguments and the world in, an exit code out. Each command is loaded only when it is run. */
import { EXIT, type ExitCode, RunStop, type StopMessage } from "./errors.ts";
import type { ProgramIo } from "./io.ts";
import { bugReport } from "./messages/run.ts";
import { parseArguments, type TypedArguments } from "./parameters/parse_arguments.ts";

/**
 * Runs one command.
 * @param args without the program's own name
 */
export async function runProgram(args: readonly string[], io: ProgramIo): Promise<ExitCode> {
  const typed = parseArguments(args);
  try {
    return await runCommand(typed, io);
  } catch (error) {
    const stop = error instanceof RunStop ? error : new RunStop(EXIT.bug, [bugReport(error)], { cause: error });
    await explain(stop, typed, io);
    return stop.exitCode;
  }
}

async function runCommand(typed: TypedArguments, io: ProgramIo): Promise<ExitCode> {
  switch (typed.command) {
    case "import":
      return await (await import("./commands/import.ts")).importCommand(typed, io);
    case "init":
      return await (await import("./commands/init.ts")).initCommand(typed, io);
    case "model":
      return await (await import("./commands/model.ts")).modelCommand(typed, io);
    case "help":
      return await (await import("./commands/help.ts")).help(typed, io);
    case "version":
      return await (await import("./commands/version.ts")).versionCommand(io);
  }
}

/** Says on standard error why the run stopped and what to do; for a bug, where in the program it is. */
async function explain(stop: RunStop, typed: TypedArguments, io: ProgramIo): Promise<void> {
  // An import has told it on standard output already: on a terminal once is enough.
  const isTold = typed.command === "import" && io.stdout.isTerminal && stop.exitCode !== EXIT.reportNotWritable;
  const lines = stop.messages.flatMap((message) => linesOf(message, isTold));
  if (stop.exitCode === EXIT.bug && stop.cause instanceof Error) lines.push(stop.cause.stack ?? stop.cause.message);
  try {
    await io.stderr.write(lines.map((line) => line + "\n").join(""));
  } catch {
    // Nobody listens; the exit code still tells.
  }
}

function linesOf(message: StopMessage, isTold: boolean): string[] {
  const text = isTold ? [] : [`csvrecon: ${message.text.replace(/^#/, "")}`];
  return message.hint === undefined ? text : [...text, `  ${message.hint}`];
}
