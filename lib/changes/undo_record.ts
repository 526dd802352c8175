/** Keeps what became of each part of an undo until it is known that it stands; memory does not grow. */
import type { TextSink } from "../io.ts";
import { impossibleLine, keptLine, reversedLine } from "../messages/undo.ts";
import type { UndoFormat } from "../parameters/settings/undo_settings.ts";
import { Spool } from "../report/spool.ts";
import { jsonImpossible, jsonKept, jsonReversed } from "./undo_json.ts";
import type { Impossible, Kept, Reversed, UndoTelling } from "./undo_outcome.ts";

/** How many parts came to what. */
export interface UndoCounts {
  readonly deleted: number;
  readonly setBack: number;
  readonly createdAgain: number;
  /** Objects of which the run's feed remembers again what it did before. */
  readonly remembered: number;
  readonly kept: number;
  readonly impossible: number;
  /** Something was left of which the user may know nothing. */
  readonly isPartHidden: boolean;
}

type List = "reversed" | "kept" | "impossible";

/** A summary shows so many of what was left. */
export const MOST_SHOWN = 10;

export class UndoRecord implements UndoTelling {
  readonly #spools: Readonly<Record<List, Spool>>;
  readonly #written = { reversed: 0, kept: 0, impossible: 0 };
  readonly #counts = {
    deleted: 0,
    setBack: 0,
    createdAgain: 0,
    remembered: 0,
    kept: 0,
    impossible: 0,
    isPartHidden: false,
  };

  /** @param folder for temporary files */
  constructor(private readonly format: UndoFormat, folder: string) {
    this.#spools = { reversed: new Spool(folder), kept: new Spool(folder), impossible: new Spool(folder) };
  }

  get counts(): UndoCounts {
    return this.#counts;
  }

  reversed(one: Reversed): void {
    const { kind } = one.reversal;
    if (kind === "deleted") this.#counts.deleted++;
    else if (kind === "set_back") this.#counts.setBack++;
    else this.#counts.createdAgain++;
    if (this.format !== "summary") {
      this.#write("reversed", this.format === "json" ? jsonReversed(one) : reversedLine(one));
    }
  }

  kept(one: Kept): void {
    this.#counts.kept++;
    this.#write("kept", this.format === "json" ? jsonKept(one) : keptLine(one));
  }

  impossible(one: Impossible): void {
    this.#counts.impossible++;
    this.#write("impossible", this.format === "json" ? jsonImpossible(one) : impossibleLine(one));
  }

  hidden(): void {
    this.#counts.isPartHidden = true;
  }

  /** @param count objects of which the run's feed remembers again what it did before */
  remembered(count: number): void {
    this.#counts.remembered = count;
  }

  /** How many of a list are not shown. */
  notShown(list: "kept" | "impossible"): number {
    return this.#counts[list] - this.#written[list];
  }

  /** Prints the lines of a list. */
  async copyTo(list: List, sink: TextSink): Promise<void> {
    await this.#spools[list].copyTo(sink);
  }

  /** Must be called in every case. */
  close(): void {
    for (const spool of Object.values(this.#spools)) spool.close();
  }

  #write(list: List, line: string): void {
    if (this.format === "summary" && this.#written[list] >= MOST_SHOWN) return;
    this.#written[list]++;
    this.#spools[list].write(`${line}\n`);
  }
}
