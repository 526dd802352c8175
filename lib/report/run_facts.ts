/** What a report says about a run beside its rows. */
import type { Dialect } from "../csv/dialect.ts";
import type { ExitCode, StopMessage } from "../errors.ts";
import type { ToldParameter } from "../parameters/settings/told_parameters.ts";
import type { Twins } from "../parameters/settings/settings.ts";
import type { Attribute, AttributeCode, ClassCode, LinkSetAttribute, StoredValue } from "../model/model.ts";

/** What the caller asked for: known before the first byte of the input is read. */
export interface RunHeading {
  readonly class: ClassCode;
  readonly dialect: Dialect;
  /** As typed; if a byte order mark says otherwise, what it says. */
  readonly charset: string;
  /** The whole format, and what of it dates use; null: none was given. */
  readonly dateFormat: { readonly dateTime: string; readonly date: string } | null;
  /** Whether names and enum values of the input are labels. */
  readonly localize: boolean;
  readonly twins: Twins;
  /** Rows may create what they refer to: reports tell how much they did. */
  readonly mayCreateTargets: boolean;
  /** Rows may be passed over: reports tell how many were. */
  readonly maySkip: boolean;
  readonly simulate: boolean;
  /** As they were given; null: there is no such limit. */
  readonly limits: { readonly maxErrors: string | null; readonly maxChanges: string | null };
  /** The database was not made by csvrecon. */
  readonly isForeign: boolean;
  /** Further parameters that say something, as they were given; where the change log of a database of others is. */
  readonly further: readonly ToldParameter[];
  /** Empty: none. */
  readonly comment: string;
}

/** What the header of the input told. */
export interface RunColumns {
  /** Codes, in the order of the input, empty for columns that are not loaded; those that a map adds stand at the end. */
  readonly columns: readonly string[];
  /** Reconciliation keys as the report names them: `org_id (name)`. */
  readonly keys: readonly string[];
  /** The heading's cells behind `Object Id`: one for each cell of a row result. */
  readonly tableHeading: readonly string[];
  /** The columns as the header of the input names them. */
  readonly headers: readonly string[];
  /** How many cells behind those are ignored: see `columns/added_columns.ts`. */
  readonly addedCells: number;
  /** Indexes of the cells that say which object a row means, in the order of the input. */
  readonly keyCells: readonly number[];
  /** Indexes of the columns that are not loaded: a file may have thousands, with long names. */
  readonly ignoredCells: readonly number[];
  /** Indexes of the cells that hold passwords, or of which a map makes passwords. */
  readonly secretCells: readonly number[];
  /** The attributes of these passwords, and the cells that each comes from; none: every row has it. */
  readonly passwords: readonly { readonly attribute: AttributeCode; readonly cells: readonly number[] }[];
  /** The label of an attribute of the class, in the user's language. */
  label(attribute: AttributeCode): string;
  /** The attribute of the class; undefined: it has none of this code. */
  attribute(code: AttributeCode): Attribute | undefined;
  /** What a link says, beside its ends: `Role: 3`; empty: nothing. @param code of the attribute of the links @param text as cells have it */
  linkText(links: LinkSetAttribute, code: AttributeCode, text: string): string;
  /** A stored value as people read it: the label of an enumeration's, in the user's language; a decimal with all its digits. */
  valueText(attribute: AttributeCode, value: StoredValue): string;
}

/** What is known at the end only. */
export interface RunEnd {
  /** Sentences, without the `#Warning: ` before them. Each counts. */
  readonly warnings: readonly string[];
  /** Bytes of the input, a byte order mark included. */
  readonly dataSize: number;
  readonly seconds: number;
  /** What the run did more than its caller allows: one at least means that everything was taken back. */
  readonly exceeded: readonly ExceededLimit[];
  /** The report `rejects=FILE`, which is written before the others; left out: there is none. */
  readonly rejects?: WrittenFile | undefined;
  /** When the same file was loaded before: it was not loaded again. Left out: it was loaded. */
  readonly notLoadedSince?: Date | undefined;
}

/** A limit, and how much more there is. */
export interface ExceededLimit {
  /** The parameter. */
  readonly limit: "max_errors" | "max_changes" | "gone_limit";
  /** Its value. */
  readonly typed: string;
  readonly found: number;
  /** What is allowed, as a number. */
  readonly most: number;
  /** Of how many rows or objects it is so many percent; null: it is a number. */
  readonly of: number | null;
}

/** A file of a report. */
export interface WrittenFile {
  /** Its path, as the operator gave it; null: it was not written. */
  readonly written: string | null;
}

/** A run that was stopped on purpose: a `RunStop` is one. */
export interface RefusedRun {
  readonly messages: readonly StopMessage[];
  readonly exitCode: ExitCode;
}
