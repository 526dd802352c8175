/** Makes a form of the entries that the readers tell of: fields in memory, the data in a spool. */
import { findCharset } from "../../source/charset.ts";
import { ByteSpool } from "../../spool/byte_spool.ts";
import { GrowingBytes } from "../../spool/growing_bytes.ts";
import { decodedText } from "./field_text.ts";
import { DATA_NAME, type FormEvent } from "./form_event.ts";
import { checkBodyBytes } from "./form_limits.ts";
import { FormStop } from "./form_problem.ts";
import type { FieldOrigin, PostedField, PostedForm, PostReading } from "./posted_form.ts";

/** The data, and what its part says of it. */
interface PostedData {
  readonly spool: ByteSpool;
  readonly fileName: string | null;
  readonly charset: string | null;
}

/** The field whose bytes come. */
interface OpenField {
  readonly name: string;
  readonly charset: string | null;
}

/** Collects one form, within the limits. */
export class FormCollector {
  readonly #reading: PostReading;
  readonly #fields: PostedField[] = [];
  /** Entries without a name and a value. */
  #emptyEntries = 0;
  /** Of the field that is open. */
  readonly #value: GrowingBytes;
  /** Of all values. */
  #fieldBytes = 0;
  /** Null: the data. */
  #open: OpenField | null = null;
  #data: PostedData | null = null;
  #isLoginKnown = false;

  constructor(reading: PostReading) {
    this.#reading = reading;
    this.#value = new GrowingBytes(reading.limits.fieldBytes);
  }

  /**
   * Takes what a reader tells. The next event may be asked for when the promise, if there is one, has settled.
   * @throws FormStop, and what the functions of the reading throw
   */
  take(event: FormEvent, from: FieldOrigin): Promise<void> | null {
    switch (event.kind) {
      case "entry":
        if (event.name === DATA_NAME) return this.#beginData(event.fileName, event.charset);
        this.#beginField(event.name, event.charset, from);
        return null;
      case "empty":
        this.#countField();
        this.#emptyEntries++;
        return null;
      case "bytes":
        if (this.#open === null) this.#growData(event.bytes);
        else this.#growField(this.#open, event.bytes);
        return null;
      case "end":
        if (this.#open !== null) this.#endField(this.#open, from);
        return null;
    }
  }

  /** Looks at the whole body, whatever it is made of. @param bytes that have come, after inflating @throws FormStop */
  checkBody(bytes: number): void {
    checkBodyBytes(bytes, this.#reading.limits, this.#isLoginKnown);
  }

  /** The request is whole. */
  async form(): Promise<PostedForm> {
    if (this.#data === null) await this.#reading.beforeData();
    return {
      fields: this.#fields,
      csvdata: this.#data?.spool ?? null,
      csvdataName: this.#data?.fileName ?? null,
      charset: this.#data?.charset ?? null,
    };
  }

  /** Drops what was read. */
  close(): void {
    this.#data?.spool.close();
  }

  async #beginData(fileName: string | null, charset: string | null): Promise<void> {
    if (this.#data !== null) throw new FormStop({ kind: "data_twice" });
    this.#open = null;
    const { folder, onSpoolFailure } = this.#reading;
    this.#data = { spool: new ByteSpool({ folder, onFailure: onSpoolFailure }), fileName, charset };
    ({ isLoginKnown: this.#isLoginKnown } = await this.#reading.beforeData());
  }

  #growData(bytes: Uint8Array): void {
    const { mostDataBytes, mostDataBytesBeforeLogin } = this.#reading.limits;
    if (this.#data === null) throw new Error("bytes of no entry");
    const total = this.#data.spool.bytes + bytes.length;
    if (total > mostDataBytes) throw new FormStop({ kind: "too_much_data", most: mostDataBytes });
    if (!this.#isLoginKnown && total > mostDataBytesBeforeLogin) {
      throw new FormStop({ kind: "data_before_login", most: mostDataBytesBeforeLogin });
    }
    if (!this.#isLoginKnown) this.#reading.onDataBeforeLogin(total);
    this.#data.spool.write(bytes);
  }

  #beginField(name: string, charset: string | null, from: FieldOrigin): void {
    this.#countField();
    this.#reading.onName(name, from);
    this.#open = { name, charset };
    this.#value.clear();
  }

  #countField(): void {
    const most = this.#reading.limits.fields;
    if (this.#fields.length + this.#emptyEntries === most) throw new FormStop({ kind: "too_many_fields", most });
  }

  #growField({ name }: OpenField, bytes: Uint8Array): void {
    const { fieldBytes: most, allFieldBytes } = this.#reading.limits;
    if (bytes.length > this.#value.left) throw new FormStop({ kind: "field_too_large", field: name, most });
    this.#fieldBytes += bytes.length;
    if (this.#fieldBytes > allFieldBytes) throw new FormStop({ kind: "fields_too_large", most: allFieldBytes });
    this.#value.append(bytes);
  }

  #endField({ name, charset }: OpenField, from: FieldOrigin): void {
    const field = { name, value: textOf(this.#value.bytes, name, charset), from };
    this.#fields.push(field);
    this.#open = null;
    this.#reading.onField(field);
  }
}

/** @param charset null: UTF-8 */
function textOf(bytes: Uint8Array, field: string, charset: string | null): string {
  const encoding = charset === null ? "utf-8" : findCharset(charset)?.encoding;
  if (encoding === undefined) throw new FormStop({ kind: "field_charset", field, found: charset ?? "" });
  const text = decodedText(bytes, encoding);
  if (text !== null) return text;
  if (charset === null) throw new FormStop({ kind: "not_utf_8", field });
  throw new FormStop({ kind: "field_charset", field, found: charset });
}
