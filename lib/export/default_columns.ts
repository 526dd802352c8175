/** What is exported when nobody says what: everything that an import of the same user may write, the keys first. */
import type { ColumnTarget } from "../columns/known_columns.ts";
import { MOST_ARROWS } from "../columns/key_paths.ts";
import { attributeOf, isColumn, isGenerated } from "../model/look_up.ts";
import type { Attribute, AttributeCode, ExternalKeyAttribute, ModelClass } from "../model/model.ts";
import { linkSetRefusal } from "../users/link_set_rights.ts";
import type { ColumnNames } from "./column_names.ts";
import type { ExportContext } from "./export_context.ts";
import type { LeftOut } from "./notes.ts";
import type { TargetKeys, TargetPart } from "./target_keys.ts";

/** A column of the file. */
export interface ExportColumn {
  /** As the header names it. */
  readonly name: string;
  readonly target: ColumnTarget;
}

export interface DefaultColumns {
  readonly columns: readonly ExportColumn[];
  readonly leftOut: readonly LeftOut[];
}

/** @param hidden external keys of which some refer to what the user may not see: without their column they stay as they are */
export async function defaultColumns(
  context: ExportContext,
  names: ColumnNames,
  targets: TargetKeys,
  hidden: ReadonlySet<AttributeCode>,
): Promise<DefaultColumns> {
  const columns: ExportColumn[] = [];
  const leftOut: LeftOut[] = [];
  const add = (code: string, ...all: readonly ColumnTarget[]) => {
    const named = all.flatMap((target) => {
      const name = names.of(target);
      return name === null ? [] : [{ name, target }];
    });
    if (named.length === all.length) columns.push(...named);
    else leftOut.push({ kind: "no_name", code });
  };
  for (const attribute of inOrder(context.modelClass)) {
    const reason = whyLeftOut(context, attribute, hidden);
    if (reason !== null) leftOut.push({ kind: reason, code: attribute.code });
    else if (attribute.kind === "external_key") {
      add(attribute.code, ...await keyColumns(names, targets, attribute));
    } else add(attribute.code, { kind: "attribute", attribute });
  }
  return { columns, leftOut };
}

/** The attributes that an import writes: those that are keys first, then the class, then the others as the model has them. */
function inOrder(modelClass: ModelClass): readonly Attribute[] {
  const { attributes, reconciliationKeys, concreteClasses, code } = modelClass;
  const keys = reconciliationKeys.flatMap((key) => {
    // The number of a row is no attribute.
    if (key === "id") return [];
    const attribute = attributeOf(modelClass, key);
    return attribute.kind === "external_field" ? attribute.key : key;
  });
  const hasClasses = concreteClasses.some((one) => one !== code);
  const isExported = (attribute: Attribute) =>
    (isColumn(attribute) && !isGenerated(attribute)) || attribute.kind === "link_set" ||
    (attribute.kind === "final_class" && hasClasses);
  const all = [...attributes.values()];
  const ordered = [
    ...keys.flatMap((key) => attributes.get(key) ?? []),
    ...all.filter(({ kind }) => kind === "final_class"),
    ...all,
  ];
  return [...new Set(ordered)].filter(isExported);
}

function whyLeftOut(
  { model, modelClass, user }: ExportContext,
  attribute: Attribute,
  hidden: ReadonlySet<AttributeCode>,
): LeftOut["kind"] | null {
  if (attribute.kind === "password") return "password";
  if (hidden.has(attribute.code)) return "hidden_targets";
  if (attribute.kind !== "link_set") return null;
  return linkSetRefusal({ user, model, modelClass }, [{ name: attribute.code, attribute }]) === null
    ? null
    : "link_set";
}

/** The target's own keys through an arrow, or the key itself, which holds an id or what it refers by. */
async function keyColumns(
  names: ColumnNames,
  targets: TargetKeys,
  key: ExternalKeyAttribute,
): Promise<readonly ColumnTarget[]> {
  // What the database itself refers by.
  if (key.takesAnyId === true) return [{ kind: "attribute", attribute: key }];
  const throughKey = (part: TargetPart): ColumnTarget => ({ kind: "through_key", key, ...part, externalField: null });
  const parts = await targets.partsOf(key.target, MOST_ARROWS - 1, (part) => names.of(throughKey(part)) !== null);
  return parts.length > 0 ? parts.map(throughKey) : [{ kind: "attribute", attribute: key }];
}
