/** What `check` is asked, and what it knows when it has looked. */
import type { LanguageCode, Model, ModelClass } from "../model/model.ts";
import type { MapFile } from "../mapping/map_file.ts";
import type { GivenFile } from "../parameters/settings/file_settings.ts";
import type { DateFormat } from "../values/date_format.ts";
import type { NumberSigns } from "../values/number_signs.ts";
import type { CharsetEvidence } from "./charset_evidence.ts";
import type { ColumnFacts } from "./column_tally.ts";
import type { Finding } from "./finding.ts";
import type { DialectEvidence } from "./likely_dialect.ts";

/** What the caller knows of the file: it is judged. Null: it is to be found out. */
export interface GivenFormat {
  readonly charset: { readonly typed: string; readonly encoding: string } | null;
  readonly separator: string | null;
  readonly qualifier: string | null;
  /** What else is known of how it is written. */
  readonly file: GivenFile;
  readonly dateFormat: DateFormat | null;
  readonly numberSigns: NumberSigns | null;
  /** None: they are found out. */
  readonly nullWords: readonly string[];
  /** As typed; none: the class's own. */
  readonly keys: readonly string[];
  /** External keys, as typed. */
  readonly secondPass: readonly string[];
  readonly createTargets: readonly string[];
  /** What becomes of its columns and words. */
  readonly map: MapFile | null;
  /** The path of the overlay of the class's database; null: there is none. */
  readonly overlay: string | null;
  /** Whether columns and enumerations are called by codes. */
  readonly codes: boolean | null;
  readonly language: LanguageCode | null;
}

/** The class that the file is for. */
export interface InspectedClass {
  readonly model: Model;
  readonly modelClass: ModelClass;
}

/** A row as a map makes it. */
export interface MappedRow {
  /** From 1. */
  readonly line: number;
  readonly cells: readonly MappedAttribute[];
}

export interface MappedAttribute {
  /** `name`, `org_id->name`. */
  readonly attribute: string;
  /** Null: nothing; passwords are not told. */
  readonly value: string | null;
  /** Cells of the file; none: the map has it as such. */
  readonly of: readonly { readonly column: string; readonly cell: string | null }[];
  /** New objects alone get the value. */
  readonly isDefault: boolean;
}

/** How much was looked at. */
export interface LookedAt {
  readonly bytes: number;
  /** Of the whole file; null: nobody knows. */
  readonly size: number | null;
  /** To the end. */
  readonly isWhole: boolean;
  /** Rows below the header, those in error too. */
  readonly rows: number;
  readonly cells: number;
}

/** What a column is in the class. */
export interface ColumnMatch {
  /** `name`, `org_id->name`. */
  readonly code: string;
  readonly kind: string;
}

/** How a file fits a class. */
export interface ClassFit {
  readonly class: string;
  /** Whether its columns are codes, or labels of `language`. */
  readonly codes: boolean;
  readonly language: LanguageCode;
  /** For each column; null: it is not known. */
  readonly columns: readonly (ColumnMatch | null)[];
  /** Indexes of columns that are no attributes, but a map takes cells of them. */
  readonly takenByMap: readonly number[];
  /** Indexes of columns that an import passes over: without a name, or because of `ignore_columns`. */
  readonly notLoaded: readonly number[];
  /** The keys that an import would use, as its report prints them, and the columns that they come from; null: it would be refused. */
  readonly keys: { readonly printed: readonly string[]; readonly columns: readonly string[] } | null;
}

export interface CharsetFacts {
  /** As the parameter has it. */
  readonly name: string;
  readonly isGiven: boolean;
  readonly evidence: CharsetEvidence;
}

/** A file that was read as CSV. */
export interface TableFacts {
  readonly charset: CharsetFacts;
  readonly dialect: DialectEvidence & { readonly isGiven: boolean };
  /** What else is known of how it is written: given, or found out. */
  readonly file: GivenFile;
  /** The line of the header, from 1; null: the file has none. */
  readonly headerLine: number | null;
  readonly columns: readonly ColumnFacts[];
  /** The columns behind those that an import ignores: those of a file of rows in error, or none. */
  readonly addedColumns: readonly string[];
  readonly fit: ClassFit | null;
  /** What the map makes of the first rows; none: there is no map, or it does not fit. */
  readonly firstRows: readonly MappedRow[];
  /** The format for all dates that need one; null: none does, or nobody knows. */
  readonly dateFormat: string | null;
  /** With which numbers are written; null: as they are stored, or nobody can tell. */
  readonly numberSigns: NumberSigns | null;
  /** What means nothing. */
  readonly nullWords: readonly string[];
  /** External keys by which rows refer to rows further down, and nobody has said so. */
  readonly laterKeys: readonly string[];
}

export interface Inspection {
  readonly looked: LookedAt;
  /** Null: it is no CSV, or could not be read so far. */
  readonly table: TableFacts | null;
  readonly findings: readonly Finding[];
}
