/** The signals that end the program. */
import { EXIT, type ExitCode } from "./errors.ts";
import { Interruption } from "./interruption.ts";
import type { ServingSignals } from "./io.ts";
import { interrupted } from "./messages/run.ts";

export interface Signals {
  /** Aborted by the first signal, with an `Interruption`. */
  readonly interruption: AbortSignal;
  /** Fulfilled when the program has had its time since then, or with the second signal: it must end now. */
  readonly overdue: Promise<ExitCode>;
  readonly serving: ServingSignals;
}

/** How long the program may take to end in good order, in milliseconds: who sent the signal is not to wait for more than a second. */
const GRACE = 700;

/** The exit codes are those of the shells: 128 and the number of the signal. */
const EXIT_CODES: Readonly<Partial<Record<Deno.Signal, Interruption["exitCode"]>>> = {
  SIGINT: EXIT.interrupted,
  SIGBREAK: EXIT.interrupted,
  SIGTERM: EXIT.terminated,
  SIGHUP: EXIT.hungUp,
};

/** Listens to them from now on. Until then, and to those that are not listened to, the system ends the program. */
export function listenToSignals(): Signals {
  const controller = new AbortController();
  const { promise: overdue, resolve } = Promise.withResolvers<ExitCode>();
  let grace: number | null = GRACE;
  const listeners = new Map<Deno.Signal, () => void>();
  for (const signal of signalsToHear()) {
    const exitCode = EXIT_CODES[signal];
    if (exitCode === undefined) continue;
    const listener = () => {
      if (controller.signal.aborted) resolve(exitCode);
      controller.abort(new Interruption(signal, exitCode, [interrupted(signal)]));
      if (grace !== null) setTimeout(() => resolve(exitCode), grace);
    };
    listeners.set(signal, listener);
    Deno.addSignalListener(signal, listener);
  }
  const serving = { takeTime: () => grace = null, onHangUp: (act: () => void) => hearHangUp(act, listeners) };
  return { interruption: controller.signal, overdue, serving };
}

function hearHangUp(act: () => void, listeners: ReadonlyMap<Deno.Signal, () => void>): void {
  if (Deno.build.os === "windows") return;
  const listener = listeners.get("SIGHUP");
  if (listener !== undefined) Deno.removeSignalListener("SIGHUP", listener);
  Deno.addSignalListener("SIGHUP", act);
}

function signalsToHear(): readonly Deno.Signal[] {
  if (Deno.build.os === "windows") return ["SIGINT", "SIGBREAK"];
  return hasTerminal() ? ["SIGINT", "SIGTERM", "SIGHUP"] : ["SIGINT", "SIGTERM"];
}

/** Without a terminal that could hang up, SIGHUP may be ignored on purpose (`nohup`), and to listen would undo that. */
function hasTerminal(): boolean {
  return [Deno.stdin, Deno.stdout, Deno.stderr].some((stream) => stream.isTerminal());
}
