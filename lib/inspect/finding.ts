/** What `check` finds in a file. The words are in `messages/check_findings.ts`. */
import type { FrameProblem } from "../csv/framed_reader.ts";
import type { RecordProblem, TooLong } from "../csv/record.ts";
import type { StopMessage } from "../errors.ts";
import type { LikelyCharsets } from "../messages/input.ts";
import type { InputKind } from "../messages/input_kinds.ts";
import type { UndecodableBytes } from "../source/strict_decoder.ts";
import type { Reference } from "./later_targets.ts";
import type { MissingHeader } from "./missing_header.ts";
import type { RowCount } from "./row_count.ts";

/** A column, as people find it in the file. */
export interface NamedColumn {
  /** From 1. */
  readonly column: number;
  readonly name: string;
}

/** Two rows of one object: their lines. */
export interface TwinRows {
  readonly first: number;
  readonly line: number;
}

/** The file cannot be read to its end as CSV: an import would load nothing, and so does `check`. */
export type FileFault =
  | { readonly kind: "no_csv"; readonly input: InputKind }
  | { readonly kind: "no_data" }
  /** `line`: from 1. `typed`: the charset as it was given or guessed. */
  | {
    readonly kind: "undecodable";
    readonly found: Omit<UndecodableBytes, "sample">;
    readonly charset: { readonly typed: string; readonly encoding: string };
    readonly line: number;
    readonly likely: LikelyCharsets;
  }
  /** It is in no charset that csvrecon reads. */
  | { readonly kind: "charset_not_read" }
  /** So many characters, and no end of a line that is none of a cell. `qualifierLine`: on which a cell opened that still is; null: none. */
  | { readonly kind: "no_end_of_line"; readonly characters: number; readonly qualifierLine: number | null }
  /** `line`: on which the cell opened. */
  | { readonly kind: "open_qualifier"; readonly line: number }
  | { readonly kind: "too_long"; readonly found: TooLong }
  | {
    readonly kind: "bad_header";
    readonly problem: Exclude<RecordProblem, { readonly kind: "nul" }>;
    readonly line: number;
  }
  /** What is said to stand around its rows does not. */
  | { readonly kind: "wrong_frame"; readonly problem: Exclude<FrameProblem, { readonly kind: "other_separator" }> };

/** An import would be refused, or leave rows out. */
export type Obstacle = FormObstacle | ClassObstacle | DateFinding;

/** Because of what the file is like, whatever its class. */
export type FormObstacle =
  | { readonly kind: "line_before_header"; readonly input: InputKind }
  | { readonly kind: "other_separator"; readonly given: string; readonly other: string; readonly columns: number }
  /** Good UTF-8 would be read as something else. `read`, `meant`: a word. */
  | { readonly kind: "utf_8_as_other"; readonly given: string; readonly read: string; readonly meant: string }
  /** Cells below them are filled. */
  | { readonly kind: "nameless_columns"; readonly columns: readonly number[] }
  | ({ readonly kind: "no_header" } & MissingHeader)
  | { readonly kind: "repeated_name"; readonly name: string; readonly columns: readonly number[] }
  /** `found`: cells of the first of them. `isEmptyEnd`: each of them has one cell too many, which is empty. `areShort`: each has too few. */
  | {
    readonly kind: "wrong_length";
    readonly rows: RowCount;
    readonly found: number;
    readonly expected: number;
    readonly isEmptyEnd: boolean;
    readonly areShort: boolean;
  }
  | { readonly kind: "bad_rows"; readonly problem: RecordProblem["kind"]; readonly rows: RowCount }
  | { readonly kind: "twins"; readonly count: number; readonly rows: readonly TwinRows[] };

/** Because of its class, its keys or its values. */
export type ClassObstacle =
  | { readonly kind: "key_is_no_column"; readonly name: string; readonly nearest: string | null }
  | ({ readonly kind: "unknown_column"; readonly nearest: readonly string[] } & NamedColumn)
  /** How many others there are. */
  | { readonly kind: "more_unknown_columns"; readonly count: number }
  /** What the import says of columns and keys. */
  | { readonly kind: "columns_refused"; readonly message: StopMessage }
  /**
   * `value`: the first of them; null: of what they hold nobody else need know, as of passwords. `reason`: what the import says of it.
   * `words`: of an enumeration or boolean all that are refused, some twenty at most.
   */
  | ({
    readonly kind: "values_refused";
    readonly attribute: string;
    readonly rows: RowCount;
    readonly value: string | null;
    readonly reason: string;
    readonly words: readonly string[];
  } & NamedColumn)
  /** `instead`: the column that finds by name. */
  | (
    & { readonly kind: "no_ids"; readonly rows: RowCount; readonly value: string; readonly instead: string | null }
    & NamedColumn
  )
  /** Of an attribute of dates: csvrecon has no format for them; null: they look like no dates. `count`: filled cells. */
  | ({ readonly kind: "dates_refused"; readonly example: string | null; readonly count: number } & NamedColumn);

/** Somebody should look. */
export type Warning = FormWarning | FrameWarning | ValueWarning | DateFinding;

/** At what the file is like. */
export type FormWarning =
  | { readonly kind: "other_mark"; readonly says: string; readonly given: string }
  | { readonly kind: "charset_guessed"; readonly charset: string }
  | { readonly kind: "no_rows" }
  /** The beginning is ASCII, the end is not UTF-8. */
  | { readonly kind: "charset_at_end"; readonly candidates: readonly string[] }
  | { readonly kind: "header_like_data"; readonly line: number }
  /** Of `ignore_columns`. */
  | { readonly kind: "ignored_is_no_column"; readonly name: string; readonly nearest: string | null }
  | ({ readonly kind: "unseen_in_name"; readonly codes: readonly number[] } & NamedColumn)
  | { readonly kind: "separator_rows"; readonly count: number; readonly line: number }
  | { readonly kind: "repeated_header"; readonly rows: RowCount }
  | { readonly kind: "control_rows"; readonly count: number; readonly line: number }
  | { readonly kind: "cut_off"; readonly found: number; readonly expected: number; readonly line: number | null }
  /** A cell that opened long before the end of what was looked at. */
  | { readonly kind: "long_cell"; readonly line: number };

/** At what stands around its rows, which `check` passes over, and an import when it is told to. */
export type FrameWarning =
  /** `count` lines before the header, which stands in `line`, are no rows. */
  | { readonly kind: "lines_before_header"; readonly count: number; readonly line: number }
  | { readonly kind: "comment_lines"; readonly sign: string; readonly rows: RowCount }
  | { readonly kind: "footer_lines"; readonly rows: RowCount }
  | { readonly kind: "escape_sign"; readonly sign: string };

/** At what its rows say. */
export type ValueWarning =
  | ({ readonly kind: "signs_in_numbers"; readonly rows: RowCount; readonly example: string } & NamedColumn)
  /** `word`: what other programs write where there is no value, in a column of other values than texts. */
  | ({ readonly kind: "null_word"; readonly word: string; readonly rows: RowCount } & NamedColumn)
  | { readonly kind: "same_rows"; readonly count: number; readonly rows: readonly TwinRows[] }
  /** Memory is bounded: keys from this line on were compared with those before it only. */
  | { readonly kind: "keys_forgotten"; readonly line: number }
  /** `name`: of the external key; `columns` feed it. `areMore`: than these rows. */
  | {
    readonly kind: "rows_further_down";
    readonly name: string;
    readonly columns: readonly string[];
    readonly rows: readonly Reference[];
    readonly areMore: boolean;
  }
  | { readonly kind: "empty_keys"; readonly rows: RowCount }
  /** Codes of attributes. */
  | { readonly kind: "needed_without_column"; readonly attributes: readonly string[] }
  | { readonly kind: "abstract_class"; readonly class: string; readonly concrete: readonly string[] };

/** Of a column of dates: an obstacle where its attribute takes dates only, a warning where nobody knows. */
export type DateFinding =
  | ({ readonly kind: "dates_undecided"; readonly formats: readonly string[] } & NamedColumn)
  | ({ readonly kind: "dates_unreadable"; readonly example: string } & NamedColumn)
  | ({ readonly kind: "dates_mixed"; readonly format: string; readonly rows: RowCount } & NamedColumn)
  | { readonly kind: "date_formats_differ"; readonly formats: readonly (NamedColumn & { readonly format: string })[] };

export type Finding =
  | { readonly level: "fault"; readonly about: FileFault }
  | { readonly level: "error"; readonly about: Obstacle }
  | { readonly level: "warning"; readonly about: Warning };

/** Collects findings in the order in which they are to be told: by level, then as they were found. */
export class Findings {
  readonly #faults: FileFault[] = [];
  readonly #obstacles: Obstacle[] = [];
  readonly #warnings: Warning[] = [];

  fault(about: FileFault): void {
    this.#faults.push(about);
  }

  error(about: Obstacle): void {
    this.#obstacles.push(about);
  }

  warn(about: Warning): void {
    this.#warnings.push(about);
  }

  /** What is one or the other. */
  tell(level: "error" | "warning", about: DateFinding): void {
    if (level === "error") this.error(about);
    else this.warn(about);
  }

  /** An import would load nothing. */
  get hasFault(): boolean {
    return this.#faults.length > 0;
  }

  get all(): readonly Finding[] {
    return [
      ...this.#faults.map((about): Finding => ({ level: "fault", about })),
      ...this.#obstacles.map((about): Finding => ({ level: "error", about })),
      ...this.#warnings.map((about): Finding => ({ level: "warning", about })),
    ];
  }
}
