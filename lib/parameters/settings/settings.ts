/** What an import was asked to do, after flags, environment and param files were merged and checked. */
import type { Dialect } from "../../csv/dialect.ts";
import type { MapFile } from "../../mapping/map_file.ts";
import type { ChangeLogPlace } from "../../store/change_log_place.ts";
import type { FeedSettings } from "./feed_settings.ts";
import type { ValueNotation } from "./value_notation.ts";
import type { FileFrame } from "../../csv/file_frame.ts";

/** The formats of the report, in the order of the help. */
export const OUTPUT_FORMATS = ["retcode", "summary", "details", "errors", "diff", "json", "rejects"] as const;

export type OutputFormat = typeof OUTPUT_FORMATS[number];

/** What becomes of a row that says otherwise than an earlier one of the same object. */
export const TWINS = ["error", "last"] as const;

/** What an empty cell does to its value. */
export const EMPTY_CELLS = ["erase", "keep"] as const;

export type EmptyCells = typeof EMPTY_CELLS[number];

export type Twins = typeof TWINS[number];

/** What becomes of a row that finds no object. */
export const ON_MISSING = ["create", "error", "skip"] as const;

export type OnMissing = typeof ON_MISSING[number];

/** What becomes of a row that finds an object. */
export const ON_FOUND = ["update", "error", "skip"] as const;

export type OnFound = typeof ON_FOUND[number];

/** What the cell of a link set does. */
export const LINK_MODES = ["replace", "add", "remove"] as const;

export type LinkMode = typeof LINK_MODES[number];

/** What rows may do to objects. */
export interface RowDecisions {
  readonly twins: Twins;
  readonly onMissing: OnMissing;
  readonly onFound: OnFound;
  readonly links: LinkMode;
  /** External keys as typed, trimmed. */
  readonly createdTargets: readonly string[];
}

/** What becomes of a row that has fewer cells than the header. */
export const SHORT_ROWS = ["error", "fill"] as const;

export type ShortRows = typeof SHORT_ROWS[number];

/** Where the changes to a database are kept that csvrecon did not make; the first is where nobody says. */
export const CHANGE_LOGS = ["beside", "inside", "none"] as const satisfies readonly ChangeLogPlace[];

/** What is asked of a database that csvrecon did not make. */
export interface ForeignSettings {
  /** The file that says what its schema cannot tell; null: none. */
  readonly overlay: { readonly path: string; readonly text: string } | null;
  readonly changeLog: ChangeLogPlace;
  /** Whether it is to check foreign keys. */
  readonly foreignKeys: boolean;
}

/** How much a run may do before it is taken back. */
export interface Limit {
  /** As it was given, without blanks: `10`, `12.5%`. */
  readonly typed: string;
  /** `percent`: `most` counts in `PERCENT_PARTS`. */
  readonly unit: "count" | "percent";
  readonly most: number;
}

/** Of these a percent has so many: whole numbers are compared, as decimal fractions are not exact. */
export const PERCENT_PARTS = 10_000;

export interface ImportSettings extends ValueNotation, RowDecisions {
  /** Empty, as the password is: the database has no users. */
  readonly login: string;
  /** The password in clear: never printed or logged. */
  readonly password: string;
  readonly class: string;
  /** Path of the source file; `-` is standard input. */
  readonly csvfile: string;
  /** As typed, and as `TextDecoder` names it; `isGiven`: it is not the default. */
  readonly charset: { readonly typed: string; readonly encoding: string; readonly isGiven: boolean };
  readonly emptyCells: EmptyCells;
  readonly dialect: Dialect;
  /** What becomes of the columns and words of the file; null: they are taken as they are. */
  readonly map: MapFile | null;
  /** Its separator is not the default: a first line `sep=` may not say otherwise. */
  readonly separatorIsGiven: boolean;
  readonly frame: FileFrame;
  readonly shortRows: ShortRows;
  /** Names as typed; `*`: every column that is not known. */
  readonly ignoredColumns: readonly string[];
  readonly output: OutputFormat;
  /** Path of the file for the rows in error, or of a folder for it; null: none is written. */
  readonly rejects: string | null;
  /** Path of the page for people, or of a folder for it; null: none is written. */
  readonly report: string | null;
  /** No text of the report passes for a formula in a spreadsheet. */
  readonly safeCsv: boolean;
  /** No colours, be it at a terminal. */
  readonly noColor: boolean;
  /** Names as typed, trimmed, empty ones dropped; none: the class's own keys. */
  readonly reconciliationKeys: readonly string[];
  /** External keys that are filled in a second reading: names as typed, trimmed, empty ones dropped. */
  readonly secondPass: readonly string[];
  readonly simulate: boolean;
  /** Path of a copy of the database that is made before the first write; null: none. */
  readonly backup: string | null;
  /** Rows in error; percent: of the rows. Null: as many as there are. */
  readonly maxErrors: Limit | null;
  /** Objects updated or deleted; percent: of those of the class. Null: as many as there are. */
  readonly maxChanges: Limit | null;
  /** The feed to which the file belongs; null: none. */
  readonly feed: FeedSettings | null;
  /** Trimmed; empty: none. */
  readonly comment: string;
  /** False: names and enum values of the file are labels in the user's language. */
  readonly codesNotLabels: boolean;
  readonly database: string;
  /** Null: the database is ours. */
  readonly foreign: ForeignSettings | null;
  /** Seconds. */
  readonly busyTimeout: number;
}
