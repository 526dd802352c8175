/** What imports into classes will look for, as far as it is known before there is a file. */
import { planColumns } from "../columns/column_plan.ts";
import { knownColumns, type Naming } from "../columns/known_columns.ts";
import { type ColumnPlan, conditionsOf, withInner } from "../columns/plan.ts";
import { columnName } from "../csv/heading.ts";
import { EXIT, RunStop, type StopMessage } from "../errors.ts";
import { unknownColumn } from "../messages/columns.ts";
import { classOf, isColumn, isText } from "../model/look_up.ts";
import type { AttributeCode, ExternalKeyAttribute, Model, ModelClass } from "../model/model.ts";
import { nearestName } from "../nearest_name.ts";
import { likelyIdentities } from "../reconcile/likely_identities.ts";
import { codeOfKey, codeOfOwn } from "../reconcile/own_keys.ts";
import { blockingRules } from "../reconcile/uniqueness.ts";
import type { ExpectedSearch } from "../store/prepared_searches.ts";

/** Those of every class, by its own keys. */
export function searchesOfAll(model: Model): readonly ExpectedSearch[] {
  return [...model.classes.values()].flatMap((modelClass) => searchesOf(model, modelClass, ownPlan(model, modelClass)));
}

/**
 * Those of imports into one class, and into its links.
 * @param keyNames as `reconciliationkeys` has them, by codes or labels; none: the class's own
 * @throws RunStop 64 when they are no keys of the class
 */
export function searchesOfClass(
  model: Model,
  modelClass: ModelClass,
  keyNames: readonly string[],
): readonly ExpectedSearch[] {
  const plan = keyNames.length === 0 ? ownPlan(model, modelClass) : planOf(model, modelClass, keyNames);
  const links = [...modelClass.attributes.values()].flatMap((attribute) =>
    attribute.kind === "link_set" ? [classOf(model, attribute.linkClass)] : []
  );
  return [
    ...searchesOf(model, modelClass, plan),
    ...links.flatMap((link) => searchesOf(model, link, ownPlan(model, link))),
  ];
}

/** @throws RunStop 64 */
function planOf(model: Model, modelClass: ModelClass, keyNames: readonly string[]): ColumnPlan {
  const namings: readonly Naming[] = [
    { codes: true, language: model.languages[0] ?? "" },
    ...model.languages.map((language) => ({ codes: false, language })),
  ];
  const results = namings.map((naming) => planColumns(model, modelClass, naming, keyNames, keyNames));
  for (const result of results) if (result.ok) return result.plan;
  const unknown = keyNames.flatMap((name) => unknownName(model, modelClass, namings, name));
  const [first] = results;
  throw new RunStop(EXIT.usage, unknown.length > 0 || first?.ok !== false ? unknown : first.problems);
}

/** What to say of a name that nothing bears in any of the languages. */
function unknownName(
  model: Model,
  modelClass: ModelClass,
  namings: readonly Naming[],
  name: string,
): readonly StopMessage[] {
  const all = namings.map((naming) => knownColumns(model, modelClass, naming));
  if (all.some((known) => known.called(columnName(name), name) !== undefined)) return [];
  const near = nearestName(name, all.flatMap((known) => [...known.values()].map((column) => column.name)));
  return [unknownColumn(name, near, [])];
}

/** That of a file which has all of the class's own keys; null: it has none, or nobody can load it. */
function ownPlan(model: Model, modelClass: ModelClass): ColumnPlan | null {
  const keys = [...new Set(modelClass.reconciliationKeys)];
  const result = planColumns(model, modelClass, { codes: true, language: model.languages[0] ?? "" }, keys, []);
  return result.ok && keys.length > 0 ? result.plan : null;
}

function searchesOf(model: Model, modelClass: ModelClass, plan: ColumnPlan | null): readonly ExpectedSearch[] {
  const keys = [...modelClass.attributes.values()].filter((attribute) => attribute.kind === "external_key");
  return [
    ...plan === null ? [] : searchesOfPlan(model, plan),
    ...keys.flatMap((key) => searchesOfTarget(model, modelClass, key)),
    { class: modelClass.code, conditions: ["friendlyname"] },
  ];
}

/** The rows' own objects, those who may be the same, what is behind arrows, and rules. */
function searchesOfPlan(model: Model, plan: ColumnPlan): readonly ExpectedSearch[] {
  const conditions = plan.keys.map(codeOfKey);
  const identities = plan.keysAreNamed ? [] : likelyIdentities({ plan });
  return [
    { class: plan.class.code, conditions },
    ...identities.map(({ class: code, places }) => ({
      class: code,
      conditions: places.flatMap((place) => conditions[place] ?? []),
    })),
    ...withInner(plan.externalKeys).map((columns) => ({
      class: columns.key.target,
      conditions: conditionsOf(columns),
    })),
    ...blockingRules({ model, plan }).map(({ declaredBy, attributes }) => ({
      class: declaredBy,
      conditions: attributes,
    })),
  ];
}

/** Columns of an external key may have the keys of its target, its name, and what the class shows of it. */
function searchesOfTarget(
  model: Model,
  modelClass: ModelClass,
  key: ExternalKeyAttribute,
): readonly ExpectedSearch[] {
  const target = classOf(model, key.target);
  const own = [...new Set(target.reconciliationKeys.map((code) => codeOfOwn(target, code)))];
  const shown = [...modelClass.attributes.values()].flatMap((attribute): readonly AttributeCode[] =>
    attribute.kind === "external_field" && attribute.key === key.code && hasText(target, attribute.attribute)
      ? [attribute.attribute]
      : []
  );
  return [own, ["friendlyname"], ...shown.map((code) => [code])].filter((codes) => codes.length > 0)
    .map((conditions) => ({ class: target.code, conditions }));
}

function hasText({ attributes }: ModelClass, code: AttributeCode): boolean {
  const attribute = attributes.get(code);
  return attribute !== undefined && isColumn(attribute) && isText(attribute);
}
