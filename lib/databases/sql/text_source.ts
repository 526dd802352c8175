/** The text that a condition of a search compares, wherever it is. */
import { classOf, finalAttribute, isColumn, isText } from "../../model/look_up.ts";
import type { AttributeCode, ClassCode } from "../../model/model.ts";
import { attributeExpression, type VisibleCondition } from "./attribute_expression.ts";
import { classCondition } from "./class_condition.ts";
import type { SpokenMapping } from "./dialect.ts";
import type { TextSource } from "./spelling_tables.ts";
import { quoteName } from "./sql_text.ts";

/** A condition on text. */
export interface ComparedText {
  readonly source: TextSource;
  /** Case does not count. */
  readonly ignoresCase: boolean;
}

/** @returns null when the condition is none on text, or the database's own comparison of texts is all that counts */
export function comparedText(
  mapping: SpokenMapping,
  code: ClassCode,
  condition: AttributeCode | "id",
  visible: VisibleCondition | null,
): ComparedText | null {
  const { model, layout } = mapping;
  if (!layout.comparesForms) return null;
  const { class: owner, attribute } = finalAttribute(model, classOf(model, code), condition);
  if (attribute === "id") return null;
  const table = layout.tableOf(owner.code);
  const place = { table: table.name, id: table.key[0] ?? "" };
  if (isColumn(attribute)) {
    if (!isText(attribute)) return null;
    const { name: column, ignoresCase } = layout.columnOf(owner.code, attribute.code);
    const expression = (prefix: string) => prefix + quoteName(column);
    const source = { ...place, name: `${table.name}.${column}`, column, expression, ofClass: null, isOfOthers: false };
    return { source, ignoresCase };
  }
  if (attribute.kind !== "friendly_name") return null;
  const expression = (prefix: string) => attributeExpression(mapping, owner.code, attribute.code, { prefix, visible });
  const source = {
    ...place,
    name: `${table.name}.${attribute.code}(${owner.code})`,
    column: null,
    expression,
    ofClass: classCondition(layout, owner, "t."),
    isOfOthers: expression("").includes("(SELECT "),
  };
  return { source, ignoresCase: true };
}
