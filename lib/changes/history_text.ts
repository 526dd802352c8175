/** The history for people: a line for each run of a list, a block for each object. Every text stays on its line. */
import {
  done,
  entryLine,
  entryTitle,
  listCells,
  listHeadings,
  listNotes,
  objectName,
  runFacts,
  runTitle,
  runTitleWithUser,
} from "../messages/history.ts";
import { endNotes } from "../messages/history_end.ts";
import type { HistoryPart } from "./history_story.ts";
import type { ToldEntry, ToldRun } from "./told_history.ts";

/** Characters. The last column has none: nothing follows it. */
const WIDTHS = [6, 19, 7, 7, 7, 8];
/** The columns that are numbers end below each other. */
const AT_THE_RIGHT: ReadonlySet<number> = new Set([0, 2, 3, 4, 5]);

const BELOW_RUN = " ".repeat(8);
const INDENT = "  ";

export class HistoryText {
  #isFirst = true;
  /** The object of the entries that were told last. */
  #object = "";
  /** All that is told is of one object. */
  #isLife = false;

  /** @returns lines without their ends */
  lines(part: HistoryPart): readonly string[] {
    switch (part.kind) {
      case "listed":
        return [
          ...this.#heading(part.run),
          tableLine(listCells(part.run)),
          ...listNotes(part.run).map((note) => BELOW_RUN + note),
        ];
      case "object":
        this.#isFirst = false;
        this.#isLife = true;
        return [objectName(part.class, part.id, part.name)];
      case "run":
        this.#object = "";
        return [...this.#blank(), ...this.#isLife ? runInShort(part.run) : runAtLength(part.run)];
      case "entries":
        return part.entries.flatMap((entry) => this.#entry(entry));
      case "end": {
        const notes = endNotes(part.end);
        return notes.length === 0 ? [] : [...this.#blank(), ...notes];
      }
    }
  }

  #heading(first: ToldRun): readonly string[] {
    const lines = this.#isFirst ? [tableLine(listHeadings(first))] : [];
    this.#isFirst = false;
    return lines;
  }

  /** Neighbours of one object share a title. */
  #entry(entry: ToldEntry): readonly string[] {
    const object = `${entry.operation} ${entry.class} ${entry.id}`;
    const indent = this.#isLife ? INDENT : "";
    const title = object === this.#object
      ? []
      : this.#isLife
      ? [INDENT + done(entry)]
      : [...this.#blank(), entryTitle(entry)];
    this.#object = object;
    return [...title, ...(entry.attribute === null ? [] : [indent + INDENT + entryLine(entry, entry.attribute)])];
  }

  /** A line between what is told and what follows. */
  #blank(): readonly string[] {
    const lines = this.#isFirst ? [] : [""];
    this.#isFirst = false;
    return lines;
  }
}

function runAtLength(told: ToldRun): readonly string[] {
  const facts = runFacts(told);
  const width = Math.max(...facts.map(([name]) => name.length));
  return [runTitle(told), ...facts.map(([name, value]) => `${INDENT}${name.padEnd(width)}  ${value}`)];
}

function runInShort(told: ToldRun): readonly string[] {
  return told.isWhole ? [runTitleWithUser(told), ...listNotes(told).map((note) => INDENT + note)] : [runTitle(told)];
}

function tableLine(cells: readonly string[]): string {
  return cells.map((cell, column) => {
    const width = WIDTHS[column] ?? 0;
    return AT_THE_RIGHT.has(column) ? cell.padStart(width) : cell.padEnd(width);
  }).join("  ").trimEnd();
}
