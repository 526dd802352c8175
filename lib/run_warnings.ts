/**
 * What a run warns of: it goes on, but somebody should look. Every warning is one `#Warning:` line of the report and counts in
 * `#Warnings`, some by their rows; the words are in `messages/warnings.ts`.
 *
 * A new warning is a kind here, its words there, and a call where it is found: `note` of the whole run, `noteRow` of a row. Of rows there
 * is one line for each kind (of characters in keys, of other keys, and of what agrees, for each column), with how many they are and the first one's line: what
 * every row of a long file does must not make a long report.
 */

/** Of the whole run. */
export type WholeWarning =
  /** Rows in error cannot be tied to an object, the first one of them in a line of the file: nothing is gone from the feed in this run (SPEC 17). */
  | { readonly kind: "nothing_gone"; readonly count: number; readonly line: number }
  /**
   * Rows fail only because what they refer to stands further down in the file (SPEC 16), the first one of them in a line of it. `isMore`: there
   * may be others; `keys`: as the header names them; `canWait`: `second_pass` may name them.
   */
  | {
    readonly kind: "targets_below";
    readonly count: number;
    readonly isMore: boolean;
    readonly line: number;
    readonly keys: readonly string[];
    readonly canWait: boolean;
  }
  /** Rows fail because another row is in error to which they refer, be it through others (SPEC 16). `cause`: its line. */
  | {
    readonly kind: "behind_row_in_error";
    readonly count: number;
    readonly isMore: boolean;
    readonly line: number;
    readonly cause: number;
  }
  /** The run may make no indexes, and these searches have none. They go through all objects. */
  | { readonly kind: "no_index"; readonly class: string; readonly conditions: readonly string[]; readonly more: number }
  /** The encoding that a byte order mark says is not what `charset` says. */
  | {
    readonly kind: "other_byte_order_mark";
    /** What the mark says, as the Encoding Standard names it. */
    readonly says: string;
    /** `charset` as it was typed. */
    readonly typed: string;
    /** How the input was read. */
    readonly read: string;
  };

/** Of rows. */
export type RowWarning =
  /** A filled `id` that is no reconciliation key, and not the id of the object that the row was found to be, or has made (SPEC 14). */
  | { readonly kind: "other_id" }
  /** What tells the object from others stands otherwise in a column that is no reconciliation key: it is never changed. */
  | { readonly kind: "other_key"; readonly column: string }
  /** It has created an object whose key another one has as well, but for case, blanks or the form of its characters. */
  | { readonly kind: "like_another"; readonly columns: readonly string[] }
  /** With `twins=last`: the row has changed an object that an earlier row of the run had reached (SPEC 14). */
  | { readonly kind: "twin" }
  /** Nothing but separators: it was passed over (SPEC 14). */
  | { readonly kind: "separators_only" }
  /** It repeats the header word for word: it was passed over (SPEC 16). */
  | { readonly kind: "repeated_header" }
  /**
   * It has created an object beside one that agrees with it in what may well identify both, and differs in another key. Only the class's own
   * keys are looked at, in a run that names none (SPEC 14).
   */
  | {
    readonly kind: "namesake";
    /** The columns in which both agree, and those of all keys, as the header names them. */
    readonly columns: readonly string[];
    readonly keys: readonly string[];
    /** An object that was there before the first such row, if the user may see one. */
    readonly other: { readonly class: string; readonly id: number | string } | null;
  }
  /** It has a character of U+0080 to U+009F, which no text needs (SPEC 14). */
  | { readonly kind: "control_characters" }
  /**
   * A key has characters without width within it: what looks like it may be another text (SPEC 14). `codes`: their code points, in the order
   * in which rows of the file have them; of several rows some.
   */
  | { readonly kind: "no_width_in_key"; readonly column: string; readonly codes: readonly number[] };

/** Warnings that count once for each row, not once for their line (SPEC 14: `twins=last` "counts a warning for each"). */
const COUNTED_BY_ROW: ReadonlySet<RowWarning["kind"]> = new Set(["twin"]);

/** A warning and the rows that it is about. */
export type NotedWarning =
  | { readonly warning: WholeWarning; readonly rows: null }
  | {
    readonly warning: RowWarning;
    /** How many they are, and the line of the file in which the first one begins, from 1. */
    readonly rows: { readonly count: number; readonly firstLine: number };
  };

/** What shares a line of the report. */
export interface NotedRows {
  /** Of the first row. */
  readonly warning: RowWarning;
  readonly firstLine: number;
  readonly count: number;
  /** The code points of all rows, each with the first line that has it, and its place there. */
  readonly codes: ReadonlyMap<number, readonly [line: number, place: number]>;
}

export class RunWarnings {
  readonly #ofRun: WholeWarning[] = [];
  /** By what has a line of its own. */
  readonly #ofRows = new Map<string, NotedRows>();

  note(warning: WholeWarning): void {
    this.#ofRun.push(warning);
  }

  /** Rows may be noted in any order. @param line of the file in which the row begins, from 1 */
  noteRow(warning: RowWarning, line: number): void {
    this.noteRows(warning, { count: 1, firstLine: line });
  }

  /** The same of several rows. @param rows how many more, and the line in which the first one begins; none: nothing is noted */
  noteRows(warning: RowWarning, { count, firstLine }: { readonly count: number; readonly firstLine: number }): void {
    if (count === 0) return;
    const codes = warning.kind === "no_width_in_key" ? warning.codes : [];
    this.noteTogether({
      warning,
      firstLine,
      count,
      codes: new Map(codes.map((code, place) => [code, [firstLine, place]])),
    });
  }

  /** All rows that share a line of the report, with those that were noted before. */
  protected noteTogether(rows: NotedRows): void {
    const line = lineOf(rows.warning);
    const known = this.#ofRows.get(line);
    this.#ofRows.set(line, known === undefined ? rows : together(known, rows));
  }

  /** Another run hears of all that was noted, and here it is forgotten. */
  moveTo(run: RunWarnings): void {
    for (const warning of this.#ofRun) run.note(warning);
    for (const rows of this.#ofRows.values()) run.noteTogether(rows);
    this.#ofRun.length = 0;
    this.#ofRows.clear();
  }

  /** How much they count. */
  get count(): number {
    let count = this.#ofRun.length;
    for (const { warning, count: rows } of this.#ofRows.values()) count += COUNTED_BY_ROW.has(warning.kind) ? rows : 1;
    return count;
  }

  /**
   * Those of the whole run in the order in which they were noted, then those of rows by the first one's line, by kind, and by what else they
   * are about: however rows were grouped.
   */
  get noted(): readonly NotedWarning[] {
    const ofRows = [...this.#ofRows.values()].toSorted((one, other) =>
      one.firstLine - other.firstLine || rankOf(one.warning) - rankOf(other.warning) ||
      (lineOf(one.warning) < lineOf(other.warning) ? -1 : 1)
    );
    return [
      ...this.#ofRun.map((warning) => ({ warning, rows: null })),
      ...ofRows.map((rows) => ({ warning: toldOf(rows), rows: { count: rows.count, firstLine: rows.firstLine } })),
    ];
  }
}

/** Of those that begin in the same row: as that goes its way, and behind them what is counted of the file. */
const KINDS: readonly RowWarning["kind"][] = [
  "repeated_header",
  "no_width_in_key",
  "other_id",
  "other_key",
  "like_another",
  "namesake",
  "twin",
  "separators_only",
  "control_characters",
];

function rankOf({ kind }: RowWarning): number {
  return KINDS.indexOf(kind);
}

/** What warnings that share a line share. */
function lineOf(warning: RowWarning): string {
  switch (warning.kind) {
    case "no_width_in_key":
    case "other_key":
      return `${warning.kind} ${warning.column}`;
    case "namesake":
      return [warning.kind, ...warning.columns].join(" ");
    default:
      return warning.kind;
  }
}

/** @param known noted before */
function together(known: NotedRows, added: NotedRows): NotedRows {
  const [first, later] = added.firstLine < known.firstLine ? [added, known] : [known, added];
  const codes = codesOf(first, later);
  return { ...first, warning: withFacts(first.warning, later.warning), count: known.count + added.count, codes };
}

/** Nearly always the same ones: a list for each row would take long. */
function codesOf(first: NotedRows, later: NotedRows): NotedRows["codes"] {
  const others = [...later.codes].filter(([code, place]) => {
    const before = first.codes.get(code);
    return before === undefined || comesBefore(place, before);
  });
  return others.length === 0 ? first.codes : new Map([...first.codes, ...others]);
}

function comesBefore(one: readonly [number, number], other: readonly [number, number]): boolean {
  return one[0] < other[0] || (one[0] === other[0] && one[1] < other[1]);
}

/** @param one of the first row */
function withFacts(one: RowWarning, other: RowWarning): RowWarning {
  if (one.kind !== "namesake" || other.kind !== "namesake") return one;
  return { ...one, other: one.other ?? other.other };
}

/** Few enough for a line of the report. */
const MOST_CODES = 10;

function toldOf({ warning, codes }: NotedRows): RowWarning {
  if (warning.kind !== "no_width_in_key") return warning;
  const inOrder = [...codes].toSorted(([, one], [, other]) => comesBefore(one, other) ? -1 : 1);
  return { ...warning, codes: inOrder.slice(0, MOST_CODES).map(([code]) => code) };
}
