/** Asks a person at a terminal for a secret, which nobody sees. */
import { interruptible, Interruption } from "./interruption.ts";
import { EXIT } from "./errors.ts";
import { interrupted } from "./messages/run.ts";

/** The terminal. */
export interface Terminal {
  /** Keys come as they are pressed, and are not shown. */
  setRaw(isRaw: boolean): void;
  read(into: Uint8Array): Promise<number | null>;
  write(text: string): Promise<void>;
}

/** What keys send. */
const ENTER = [0x0a, 0x0d];
const CTRL_C = 0x03;
const CTRL_D = 0x04;
const CTRL_U = 0x15;
const BACKSPACES = [0x08, 0x7f];
/** Bytes of UTF-8 behind the first one of a character. */
const isContinuation = (byte: number) => (byte & 0xc0) === 0x80;

/** More is no password. */
const MOST_BYTES = 8192;

/**
 * @returns what was typed up to the end of the line; null: the end of input
 * @throws the reason of the interruption; an Interruption for Ctrl-C, which sends no signal meanwhile
 */
export async function askHidden(
  prompt: string,
  terminal: Terminal,
  interruption: AbortSignal | undefined,
): Promise<string | null> {
  await terminal.write(prompt);
  terminal.setRaw(true);
  try {
    const bytes = await typedLine(terminal, interruption);
    return bytes === null ? null : new TextDecoder().decode(bytes);
  } finally {
    terminal.setRaw(false);
    await terminal.write("\n");
  }
}

async function typedLine(terminal: Terminal, interruption: AbortSignal | undefined): Promise<Uint8Array | null> {
  const typed: number[] = [];
  const key = new Uint8Array(1);
  while (true) {
    const count = await interruptible(() => terminal.read(key), interruption);
    const byte = key[0] ?? 0;
    if (count === null || (byte === CTRL_D && typed.length === 0)) return null;
    if (byte === CTRL_C) throw new Interruption("SIGINT", EXIT.interrupted, [interrupted("SIGINT")]);
    if (ENTER.includes(byte)) return Uint8Array.from(typed);
    if (byte === CTRL_U) typed.length = 0;
    else if (BACKSPACES.includes(byte)) removeCharacter(typed);
    else if (typed.length < MOST_BYTES && byte !== CTRL_D) typed.push(byte);
  }
}

function removeCharacter(typed: number[]): void {
  while (isContinuation(typed.pop() ?? 0));
}
