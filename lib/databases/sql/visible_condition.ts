/** The condition that a user may see an object: it is of some organisations, or of none. */
import { linkEnds } from "../../model/link_ends.ts";
import { classOf } from "../../model/look_up.ts";
import type { ExternalKeyAttribute, ModelClass } from "../../model/model.ts";
import { attributeExpression, byRealClass, type VisibleCondition } from "./attribute_expression.ts";
import type { SpokenMapping } from "./dialect.ts";
import { hasId } from "./object_key.ts";
import { quoteName } from "./sql_text.ts";
import { SQLITE_DIALECT } from "./sqlite_dialect.ts";

/** The name under which the table of a link's end stands in a condition. */
const LINK_END = "o";
const LINK_END_PREFIX = `${LINK_END}.`;

/** Begins the names of other tables in a condition: it may stand in an expression that has the usual ones. */
const ALIAS = "v";

/** The same condition for the same class and prefix. */
export function visibleConditions(mapping: SpokenMapping): VisibleCondition {
  const conditions = new Map<string, string | null>();
  return (modelClass, prefix) => {
    const name = prefix + modelClass.code;
    const known = conditions.get(name);
    if (known !== undefined) return known;
    const condition = visibleCondition(mapping, modelClass, prefix);
    conditions.set(name, condition);
    return condition;
  };
}

/** Of each real class its own: a class below may be one of links. */
function visibleCondition(mapping: SpokenMapping, modelClass: ModelClass, prefix: string): string | null {
  const condition = byRealClass(
    mapping,
    modelClass,
    prefix,
    (real) => conditionOfReal(mapping, real, prefix) ?? ALWAYS,
  );
  return condition === ALWAYS ? null : condition;
}

/** A condition that every object meets. */
const ALWAYS = "TRUE";

function conditionOfReal(mapping: SpokenMapping, real: ModelClass, prefix: string): string | null {
  const organizations = [
    organizationOf(mapping, real, prefix),
    ...linkEnds(mapping.model, real).map((key) => organizationBehind(mapping, real, key, prefix)),
  ].filter((organization) => organization !== null);
  if (organizations.length === 0) return null;
  // The sign keeps SQLite from looking for the organisation first: it would find far too many objects.
  const { unindexed, visibleOrganizations } = mapping.dialect ?? SQLITE_DIALECT;
  const conditions = organizations.map((one) =>
    `(${one} IS NULL OR ${unindexed(one)} IN (SELECT id FROM ${visibleOrganizations}))`
  );
  return conditions.length === 1 ? conditions[0] ?? null : `(${conditions.join(" AND ")})`;
}

/** The organisation of an object; null: objects of the class have none. @param prefix begins the name of every column */
function organizationOf(mapping: SpokenMapping, modelClass: ModelClass, prefix: string): string | null {
  const organization = byRealClass(
    mapping,
    modelClass,
    prefix,
    ({ code, organization }) =>
      organization === null ? "NULL" : attributeExpression(mapping, code, organization, { prefix, alias: ALIAS }),
  );
  return organization === "NULL" ? null : organization;
}

/** The organisation of the object that a key refers to. */
function organizationBehind(
  mapping: SpokenMapping,
  modelClass: ModelClass,
  key: ExternalKeyAttribute,
  prefix: string,
): string | null {
  const organization = organizationOf(mapping, classOf(mapping.model, key.target), LINK_END_PREFIX);
  if (organization === null) return null;
  const column = attributeExpression(mapping, modelClass.code, key.code, { prefix });
  const table = mapping.layout.tableOf(key.target);
  return `(SELECT ${organization} FROM ${quoteName(table.name)} AS ${LINK_END} WHERE ${
    hasId(table, LINK_END_PREFIX, column)
  })`;
}
