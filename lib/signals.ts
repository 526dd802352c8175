/** The signals that end the program. */
import { EXIT, type ExitCode } from "./errors.ts";
import { Interruption, pause, wholeWorkEnded } from "./interruption.ts";
import type { ServingSignals } from "./io.ts";
import { interrupted } from "./messages/run.ts";
import { isSince, type Release } from "./runtime_release.ts";

export interface Signals {
  /** Aborted by the first signal, with an `Interruption`. */
  readonly interruption: AbortSignal;
  /** Fulfilled when the program has had its time since then, and what is not to be left half-way has ended; or with the second signal: it must end now. */
  readonly overdue: Promise<ExitCode>;
  readonly servingSignals: ServingSignals;
  /** Listens to none of them meanwhile: for what stops the whole program, listeners included. Undefined: nothing does. */
  readonly whileDeaf: (<T>(act: () => Promise<T>) => Promise<T>) | undefined;
}

/** To open a pipe without another end stops Deno 2.4 as a whole; with 2.9 it waits in a thread (what is between was not tried). */
const FIRST_THAT_GOES_ON: Release = [2, 9];

/** How long the program may take to end in good order, in milliseconds: who sent the signal is not to wait for more than a second. */
const GRACE = 700;

/** Listens to them from now on. Until then, and to those that are not listened to, the system ends the program. */
export function listenToSignals(): Signals {
  const controller = new AbortController();
  const { promise: overdue, resolve } = Promise.withResolvers<ExitCode>();
  let grace: number | null = GRACE;
  const listeners = new Map(
    signalsToHear().map(([signal, exitCode]) => {
      const listener = () => {
        if (controller.signal.aborted) resolve(exitCode);
        controller.abort(new Interruption(signal, exitCode, [interrupted(signal)]));
        if (grace !== null) void timePassed(grace, controller.signal).then(() => resolve(exitCode));
      };
      return [signal, listener] as const;
    }),
  );
  const listen = () => listeners.forEach((listener, signal) => Deno.addSignalListener(signal, listener));
  listen();
  return {
    interruption: controller.signal,
    overdue,
    servingSignals: {
      takeTime: () => grace = null,
      onHangUp: (act) => hearHangUp(act, listeners),
    },
    whileDeaf: isSince(FIRST_THAT_GOES_ON) ? undefined : async (act) => {
      // One that came while the program was busy is heard first: without a listener it would be lost.
      await pause(0, controller.signal);
      controller.signal.throwIfAborted();
      for (const [signal, listener] of listeners) Deno.removeSignalListener(signal, listener);
      try {
        return await act();
      } finally {
        listen();
      }
    },
  };
}

/** Work that is not to be left half-way comes to its end, and then the program still has its time to say so. */
async function timePassed(grace: number, interruption: AbortSignal): Promise<void> {
  do await pause(grace, undefined); while (await wholeWorkEnded(interruption));
}

function hearHangUp(act: () => void, listeners: Map<Deno.Signal, () => void>): void {
  if (Deno.build.os === "windows") return;
  const listener = listeners.get("SIGHUP");
  if (listener !== undefined) Deno.removeSignalListener("SIGHUP", listener);
  listeners.delete("SIGHUP");
  Deno.addSignalListener("SIGHUP", act);
}

function signalsToHear(): readonly (readonly [Deno.Signal, Interruption["exitCode"]])[] {
  if (Deno.build.os === "windows") return [["SIGINT", EXIT.interrupted], ["SIGBREAK", EXIT.interrupted]];
  const always = [["SIGINT", EXIT.interrupted], ["SIGTERM", EXIT.terminated]] as const;
  return hasTerminal() ? [...always, ["SIGHUP", EXIT.hungUp]] : always;
}

/** Without a terminal that could hang up, SIGHUP may be ignored on purpose (`nohup`), and to listen would undo that. */
function hasTerminal(): boolean {
  return [Deno.stdin, Deno.stdout, Deno.stderr].some((stream) => stream.isTerminal());
}
