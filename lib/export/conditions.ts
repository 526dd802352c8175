/** Which objects are written: conditions on their values, typed as in cells of a file. */
import { comparedForm, exactForm } from "../compared_text.ts";
import type { ColumnTarget } from "../columns/known_columns.ts";
import type { StopMessage } from "../errors.ts";
import { conditionOnThis, notACondition, unknownConditionName, valueOfCondition } from "../messages/export.ts";
import { classOf, finalAttribute, isColumn, isText } from "../model/look_up.ts";
import type { Attribute, ClassCode, StoredValue } from "../model/model.ts";
import { classNamed } from "../reconcile/final_class.ts";
import { readerFor } from "../values/reader_for.ts";
import type { ColumnNames } from "./column_names.ts";
import { parseConditions, type TypedCondition } from "./condition_text.ts";
import type { ExportContext } from "./export_context.ts";

/** A condition on one value. */
export interface Condition {
  readonly target: ColumnTarget;
  holds(value: StoredValue): boolean;
}

type Compiled = { readonly ok: true; readonly condition: Condition } | {
  readonly ok: false;
  readonly problem: StopMessage;
};

export interface ReadConditions {
  /** All of them must hold. */
  readonly conditions: readonly Condition[];
  readonly problems: readonly StopMessage[];
}

/** @param typed empty: none */
export function readConditions(context: ExportContext, names: ColumnNames, typed: string): ReadConditions {
  if (typed.trim() === "") return { conditions: [], problems: [] };
  const compiled = parseConditions(typed).map((one): Compiled =>
    typeof one === "string" ? { ok: false, problem: notACondition(one) } : compile(context, names, one)
  );
  return {
    conditions: compiled.flatMap((one) => one.ok ? [one.condition] : []),
    problems: compiled.flatMap((one) => one.ok ? [] : [one.problem]),
  };
}

function compile(context: ExportContext, names: ColumnNames, typed: TypedCondition): Compiled {
  const target = names.meaning(typed.name);
  if (target === null) return { ok: false, problem: unknownConditionName(typed.name, names.nearest(typed.name)) };
  const wanted = wantedBy(context, target, typed);
  if ("problem" in wanted) return { ok: false, problem: wanted.problem };
  const { isEqual } = typed;
  return { ok: true, condition: { target, holds: (value) => wanted.is(value) === isEqual } };
}

type Wanted = { readonly is: (value: StoredValue) => boolean } | { readonly problem: StopMessage };

function wantedBy(context: ExportContext, target: ColumnTarget, { name, value }: TypedCondition): Wanted {
  const { model, modelClass } = context;
  const { class: owner, attribute } = target.kind === "through_key"
    ? finalAttribute(model, classOf(model, (target.through.at(-1) ?? target.key).target), target.attribute.code)
    : finalAttribute(model, modelClass, target.kind === "id" ? "id" : target.attribute.code);
  if (value === "" && attribute !== "id" && !NEVER_COMPARED.has(attribute.kind)) {
    return { is: (found) => found === null || found === "" };
  }
  // date_format is for the class's own columns only, as in an import.
  const own = target.kind === "through_key" ? { ...context, dateFormat: null } : context;
  return wantedValue(own, owner.code, attribute, name, value);
}

const NEVER_COMPARED: ReadonlySet<string> = new Set(["password", "link_set", "object_list"]);

function wantedValue(
  context: ExportContext,
  owner: ClassCode,
  attribute: Attribute | "id",
  name: string,
  value: string,
): Wanted {
  const { model, store } = context;
  if (attribute === "id" || attribute.kind === "external_key") {
    const id = value === "0" ? null : store.idFromText(attribute === "id" ? owner : attribute.target, value);
    const isNone = value === "0" || value === "";
    return { is: (found) => isNone ? found === null : id !== null && found === id };
  }
  if (NEVER_COMPARED.has(attribute.kind)) return { problem: conditionOnThis(name) };
  if (attribute.kind === "final_class") {
    const code = classNamed(context, classOf(model, owner), value);
    return { is: (found) => found === code };
  }
  if (!isColumn(attribute) || isText(attribute) || attribute.kind === "case_log") {
    const countsCase = isColumn(attribute) && isText(attribute) && attribute.countsCase;
    const form = countsCase ? exactForm : comparedForm;
    const wanted = form(value);
    return { is: (found) => typeof found === "string" && form(found) === wanted };
  }
  const reader = readerFor(attribute, context);
  const parsed = reader.parse(value);
  if (!parsed.ok) return { problem: valueOfCondition(name, attribute.code, parsed.problem) };
  return { is: (found) => reader.same(found, parsed.value) };
}
