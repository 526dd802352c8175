/** The program as a function: arguments and the world in, an exit code out. Each command is loaded only when it is run. */
import { EXIT, type ExitCode, LimitStop, RunStop } from "./errors.ts";
import type { ProgramIo } from "./io.ts";
import { bugReport } from "./messages/run.ts";
import { mayNameServer } from "./parameters/reading/named_server.ts";
import { parseArguments, type TypedArguments } from "./parameters/reading/parse_arguments.ts";
import { tellStop } from "./report/tell_stop.ts";
import { withVisibleControls } from "./report/visible_sink.ts";

/** The commands that need the network wherever their database is. */
const NETWORK_COMMANDS: ReadonlySet<string> = new Set(["serve"]);

/**
 * Runs one command. One that needs no network has no right to it, whatever the program itself may do.
 * @param args without the program's own name
 */
export async function runProgram(args: readonly string[], world: ProgramIo): Promise<ExitCode> {
  const io = withVisibleControls(world);
  const typed = parseArguments(args);
  try {
    if (!NETWORK_COMMANDS.has(typed.command) && !mayNameServer(typed, io)) io.giveUpNetwork?.();
    if (args.length === 0) return await (await import("./commands/introduction.ts")).introduce(io);
    return await runCommand(typed, io);
  } catch (error) {
    // What is left is to say why.
    io.giveUpNetwork?.();
    const stop = error instanceof RunStop ? error : new RunStop(EXIT.bug, [bugReport(error)], { cause: error });
    // An import or a job has told it on standard output already: on a terminal once is enough.
    const isTold = (typed.command === "import" || typed.command === "run") && io.stdout.isTerminal;
    const isInReport = stop instanceof LimitStop ? stop.isInReport : stop.exitCode !== EXIT.reportNotWritable;
    await tellStop(stop, { isTold: isTold && isInReport, about: "" }, io.stderr);
    return stop.exitCode;
  }
}

async function runCommand(typed: TypedArguments, io: ProgramIo): Promise<ExitCode> {
  switch (typed.command) {
    case "import":
      return await (await import("./commands/import.ts")).importCommand(typed, io);
    case "export":
      return await (await import("./commands/export.ts")).exportCommand(typed, io);
    case "init":
      return await (await import("./commands/init.ts")).initCommand(typed, io);
    case "copy":
      return await (await import("./commands/copy.ts")).copyCommand(typed, io);
    case "model":
      return await (await import("./commands/model.ts")).modelCommand(typed, io);
    case "run":
      return await (await import("./commands/run.ts")).runJobsCommand(typed, io);
    case "serve":
      return await (await import("./commands/serve.ts")).serveCommand(typed, io);
    case "history":
      return await (await import("./commands/history.ts")).historyCommand(typed, io);
    case "check":
      return await (await import("./commands/check.ts")).checkCommand(typed, io);
    case "undo":
      return await (await import("./commands/undo.ts")).undoCommand(typed, io);
    case "passwd":
      return await (await import("./commands/passwd.ts")).passwdCommand(typed, io);
    case "index":
      return await (await import("./commands/index.ts")).indexCommand(typed, io);
    case "explain":
      return await (await import("./commands/explain.ts")).explainCommand(typed, io);
    case "completions":
      return await (await import("./commands/completions.ts")).completionsCommand(typed, io);
    case "man":
      return await (await import("./commands/man.ts")).manCommand(typed, io);
    case "help":
      return await (await import("./commands/help.ts")).help(typed, io);
    case "version":
      return await (await import("./commands/version.ts")).versionCommand(io);
  }
}
