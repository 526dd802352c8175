/** Where jobs print: reports of imports, each with a heading, and summaries. */
import type { TextSink } from "../io.ts";

export class JobOutput {
  readonly #sink: TextSink;
  #isEmpty = true;
  #endsLine = true;

  constructor(sink: TextSink) {
    this.#sink = sink;
  }

  /**
   * A part of the output. Nothing of it is printed before its first text is.
   * @param separator between it and the part before it
   * @param heading with its line end
   */
  part(separator: string, heading: string): TextSink {
    let isBegun = false;
    const begin = async () => {
      if (isBegun) return;
      isBegun = true;
      await this.#beginPart(separator, heading);
    };
    return {
      isTerminal: this.#sink.isTerminal,
      write: async (text) => {
        await begin();
        await this.#write(text);
      },
      writeBytes: async (bytes) => {
        await begin();
        await this.#sink.writeBytes(bytes);
        if (bytes.length > 0) this.#endsLine = bytes.at(-1) === LINE_FEED;
      },
      command: async (sequence) => {
        await begin();
        await (this.#sink.command?.(sequence) ?? this.#sink.write(sequence));
      },
    };
  }

  async #beginPart(separator: string, heading: string): Promise<void> {
    const lineEnd = this.#endsLine ? "" : "\n";
    await this.#write(lineEnd + (this.#isEmpty ? "" : separator) + heading);
  }

  async #write(text: string): Promise<void> {
    this.#isEmpty = false;
    await this.#sink.write(text);
    if (text !== "") this.#endsLine = text.endsWith("\n");
  }
}

const LINE_FEED = 0x0a;
