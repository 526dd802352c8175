/** The text by which an import finds an object of the class itself. */
import { comparedForm, hasWithoutWidth, withoutBlankEnds } from "../compared_text.ts";
import { NULL_CELL } from "../csv/dialect.ts";
import { isColumn, isOneLineText, isText } from "../model/look_up.ts";
import type { Attribute } from "../model/model.ts";
import { classNamed, nameOfClass } from "../reconcile/final_class.ts";
import { writerFor } from "../values/cell_writer.ts";
import { readerFor } from "../values/reader_for.ts";
import type { ExportContext } from "./export_context.ts";
import type { TellingPart } from "./tell_apart.ts";

/** @param attribute a reconciliation key of the file, no external key */
export function ownKeyText(context: ExportContext, attribute: Attribute): TellingPart {
  const { code } = attribute;
  const { modelClass } = context;
  if (attribute.kind === "final_class") {
    const isRead = (name: string, value: string) => classNamed(context, modelClass, name) === value;
    return {
      code,
      form(value) {
        const name = nameOfClass(context, modelClass, String(value));
        return isRead(name, String(value)) ? name : undefined;
      },
    };
  }
  if (!isColumn(attribute) || isText(attribute)) {
    const isOneLine = !isColumn(attribute) || isOneLineText(attribute);
    return { code, form: (value) => textForm(String(value ?? ""), isOneLine) };
  }
  if (attribute.kind === "external_key" || attribute.kind === "password" || attribute.kind === "case_log") {
    return { code, form: () => undefined };
  }
  const write = writerFor(attribute, context);
  const reader = readerFor(attribute, context);
  return {
    code,
    form(value) {
      const text = write(value);
      return value !== null && reader.parseKey(text) === value ? text : undefined;
    },
  };
}

/** Undefined: an import would warn of it, or not read it. */
function textForm(text: string, isOneLine: boolean): string | undefined {
  const isUnread = !isOneLine && text === NULL_CELL;
  return isUnread || hasWithoutWidth(withoutBlankEnds(text)) ? undefined : comparedForm(text);
}
