/** The text by which an import finds an object that has a value in some attribute. */
import { comparedForm, hasWithoutWidth, withoutBlankEnds } from "../compared_text.ts";
import { NULL_CELL } from "../csv/dialect.ts";
import { classOf, finalAttribute, isColumn, isOneLineText, isText } from "../model/look_up.ts";
import type { AttributeCode, ClassCode, StoredValue } from "../model/model.ts";
import { nameOfClass } from "../reconcile/final_class.ts";
import { cellToValue } from "../reconcile/searched_value.ts";
import { idIn } from "../store/object_id.ts";
import { writerFor } from "../values/cell_writer.ts";
import type { ExportContext } from "./export_context.ts";

/** How an attribute of a searched object is written. */
export interface SearchedText {
  readonly code: AttributeCode;
  readonly isOneLine: boolean;
  /** Empty: there is no value. */
  write(value: StoredValue): string;
  /** Texts with the same form look for the same objects. */
  form(text: string): string;
  /** Whether an import that reads the text looks for the value, and has nothing to warn of. */
  isSound(value: StoredValue, text: string): boolean;
}

/** @param context its dates are not looked at: an import reads those of other objects as they are stored */
export function searchedText(context: ExportContext, searched: ClassCode, code: AttributeCode): SearchedText | null {
  const { model, store } = context;
  const { class: owner, attribute } = finalAttribute(model, classOf(model, searched), code);
  const toValue = cellToValue(context, searched, code);
  const isRead = (value: StoredValue, text: string) => toValue(text) === value;
  const plain = { code, isOneLine: true, form: (text: string) => text, isSound: isRead };
  const idOf = (target: ClassCode) => (value: StoredValue) => {
    const id = idIn(value);
    return id === null ? "" : String(store.shownId(target, id));
  };
  if (attribute === "id") return { ...plain, write: idOf(owner.code) };
  if (attribute.kind === "external_key") return { ...plain, write: idOf(attribute.target) };
  if (attribute.kind === "final_class") {
    return { ...plain, write: (value) => value === null ? "" : nameOfClass(context, owner, String(value)) };
  }
  if (!isColumn(attribute) || attribute.kind === "password" || attribute.kind === "case_log") return null;
  const write = writerFor(attribute, { ...context, dateFormat: null });
  if (!isText(attribute)) return { ...plain, write };
  const isOneLine = isOneLineText(attribute);
  return {
    code,
    isOneLine,
    write,
    form: comparedForm,
    isSound: (_, text) => !hasWithoutWidth(withoutBlankEnds(text)) && (isOneLine || text !== NULL_CELL),
  };
}
