/** Cells of an object's own values, and whether an import would read them as the same again. */
import { withoutBlankEnds } from "../compared_text.ts";
import { RECORD_LIMITS } from "../csv/record_limits.ts";
import { classOf, isColumn, isText } from "../model/look_up.ts";
import type { ClassCode, StoredValue } from "../model/model.ts";
import { newTextOf } from "../reconcile/case_log.ts";
import { isDateAsStored } from "../values/date_as_stored.ts";
import { type CellWriter, writerFor } from "../values/cell_writer.ts";
import { hasBlankEnds, hasLineBreak, isOfOneLine } from "../values/line_breaks.ts";
import { readerFor, type ValueAttribute } from "../values/reader_for.ts";
import type { ValueReader } from "../values/value_reader.ts";
import type { ExportContext } from "./export_context.ts";
import type { CellFault } from "./notes.ts";

/** An attribute as the objects of one class have it: a class below may take other values. */
interface OwnValues {
  readonly attribute: ValueAttribute;
  readonly write: CellWriter;
  readonly reader: ValueReader;
}

export class OwnCells {
  readonly #byClass = new Map<ClassCode, OwnValues>();
  readonly isOneLine: boolean;
  /** What an import looks for: it reads it as the loaded class does. Null: it does not look for this. */
  readonly #key: ValueReader | null;

  constructor(
    private readonly context: ExportContext,
    private readonly attribute: ValueAttribute,
    isKey: boolean,
  ) {
    this.isOneLine = isOneLine(attribute);
    this.#key = isKey && !isText(attribute) ? readerFor(attribute, context) : null;
  }

  text(modelClass: ClassCode, value: StoredValue): string {
    return this.#of(modelClass).write(value);
  }

  /** Null: it would be read as this value. */
  fault(modelClass: ClassCode, value: StoredValue, text: string): CellFault | null {
    const { attribute, reader } = this.#of(modelClass);
    // What is stored stays, while the file says the same.
    const isStored = text === "" || text === value || isDateAsStored(attribute, value, text);
    const stays = attribute.keepsWhatIsStored === true && this.#key === null && isStored;
    if (stays && (!this.isOneLine || withoutBlankEnds(text) === text)) return unreadable(text);
    if (text === "") return attribute.nullAllowed ? null : "refused";
    if (attribute.kind === "case_log") return newTextOf(text, text) === "" ? unreadable(text) : "refused";
    const line = this.isOneLine ? withoutBlankEnds(text) : text;
    if (isOfOneLine(attribute) && hasLineBreak(line)) return "refused";
    const parsed = reader.parse(line);
    if (!parsed.ok || !reader.same(value, parsed.value)) return "refused";
    if (this.#key !== null && !isFoundBy(this.#key, line, value)) return "refused";
    return isText(attribute) || attribute.keepsWhatIsStored === true ? unreadable(text) : null;
  }

  #of(modelClass: ClassCode): OwnValues {
    const known = this.#byClass.get(modelClass);
    if (known !== undefined) return known;
    const found = classOf(this.context.model, modelClass).attributes.get(this.attribute.code);
    const isOwn = found !== undefined && isColumn(found) && found.kind !== "external_key";
    const attribute = isOwn ? found : this.attribute;
    const own = { attribute, write: writerFor(attribute, this.context), reader: readerFor(attribute, this.context) };
    this.#byClass.set(modelClass, own);
    return own;
  }
}

/** Whether who looks for the text finds the value: an integer of 64 bits may be digits here, and a double there. */
function isFoundBy(key: ValueReader, text: string, value: StoredValue): boolean {
  const searched = key.parseKey(text) ?? null;
  return searched === value || (typeof searched === "number" && key.same(searched, value));
}

/** Blanks at the ends of its cells do not count (`reconcile/cell_ends.ts`). */
export function isOneLine(attribute: ValueAttribute): boolean {
  return !hasBlankEnds(attribute);
}

/** What no record may hold. */
export function unreadable(text: string): CellFault | null {
  return text.includes("\0") || text.length > RECORD_LIMITS.cellLength ? "unreadable" : null;
}
