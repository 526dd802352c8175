/** Colours at a terminal: the sequences are ours, and never come from a value. */
import type { TextSink } from "../../io.ts";
import { visibleLine } from "../../messages/visible_text.ts";

export type Colour = "added" | "removed" | "changed" | "error";

/** SGR of ECMA-48: green, red, yellow, and red in bold. */
const CODES: Readonly<Record<Colour, string>> = { added: "32", removed: "31", changed: "33", error: "1;31" };

const END = "\x1b[0m";
// deno-lint-ignore no-control-regex -- our own sequences
const SEQUENCE = /(\x1b\[[\d;]+m)/;

/** A text, and what it is. */
export interface Piece {
  readonly text: string;
  readonly colour?: Colour;
}

export type Paint = (pieces: readonly Piece[]) => string;

/** A line without colours and without its end. Nothing in it commands a terminal, nor breaks the line. */
export function plainLine(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => visibleLine(text)).join("");
}

/** The same in colours: every escape in it is ours, as those of the texts are spelt out. */
export function paintedLine(pieces: readonly Piece[]): string {
  return pieces.map(({ text, colour }) => {
    const visible = visibleLine(text);
    return colour === undefined || visible === "" ? visible : `\x1b[${CODES[colour]}m${visible}${END}`;
  }).join("");
}

/** Prints lines that `paintedLine` has made. @param pieces of UTF-8; one may end anywhere */
export async function printPainted(pieces: Iterable<Uint8Array>, sink: TextSink): Promise<void> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let rest = "";
  for (const bytes of pieces) {
    const text = rest + decoder.decode(bytes, { stream: true });
    const end = text.lastIndexOf("\n") + 1;
    await printLines(text.slice(0, end), sink);
    rest = text.slice(end);
  }
  await printLines(rest, sink);
}

async function printLines(text: string, sink: TextSink): Promise<void> {
  for (const part of text.split(SEQUENCE)) {
    if (part === "") continue;
    if (SEQUENCE.test(part) && sink.command !== undefined) await sink.command(part);
    else await sink.write(part);
  }
}
