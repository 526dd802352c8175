/** What a posted request says, whatever way it says it. */
import type { ByteSpool, ByteSpoolOptions } from "../../spool/byte_spool.ts";

export type FieldOrigin = "query" | "body";

export interface PostedField {
  readonly name: string;
  readonly value: string;
  readonly from: FieldOrigin;
}

export interface PostedForm {
  /** In order, the query's first; names may be repeated. Without the data. */
  readonly fields: readonly PostedField[];
  /** To be closed by whoever has the form. Null: there is none. */
  readonly csvdata: ByteSpool | null;
  /** How the client calls the file; null: the data was not sent as one, or without a name. To show, never to open. */
  readonly csvdataName: string | null;
  /** The data's charset by the Content-Type of the body or of its part, as it was typed; null: that names none. */
  readonly charset: string | null;
}

/** Bytes and counts, each more than 0. */
export interface FormLimits {
  /** Of a field's value, decoded. */
  readonly fieldBytes: number;
  /** Of all values of fields, decoded. */
  readonly allFieldBytes: number;
  /** Query and body together, entries without a name and a value included. */
  readonly fields: number;
  /** Of the data. A body that must be inflated is counted so. */
  readonly mostDataBytes: number;
  /** Of the data, as long as nobody knows whose it is. */
  readonly mostDataBytesBeforeLogin: number;
}

/** How a request is to be read. What the functions throw ends the reading. */
export interface PostReading {
  /** Where data that is too large for memory goes. */
  readonly folder: string;
  readonly limits: FormLimits;
  /** Told of each field, but not of the data, as soon as its name is known: a forbidden one can be refused at first sight. */
  onName(name: string, from: FieldOrigin): void;
  /** Told of each field, but not of the data, when its value is whole. */
  onField(field: PostedField): void;
  /**
   * Called once, before the first byte of the data is taken; when there is no data, at the end.
   * @returns whether it is known by now whose data it is
   */
  beforeData(): Promise<{ readonly isLoginKnown: boolean }>;
  /** Told how many bytes of data there are, before they are kept, as long as it is not known whose they are. */
  onDataBeforeLogin(bytes: number): void;
  readonly onSpoolFailure: ByteSpoolOptions["onFailure"];
}
