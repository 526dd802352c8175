/** What a new object of the class starts from: the defaults of the attributes that the file does not give. */
import { defaultOf, mustBeGiven } from "../model/default_value.ts";
import { isColumn, labelIn, shownCode } from "../model/look_up.ts";
import type { Attribute, AttributeCode, ColumnAttribute, StoredValue } from "../model/model.ts";
import type { WriteProblem } from "./problems.ts";
import type { RunContext } from "./run_context.ts";

/** Nobody writes what the database computes. */
function isWritable({ isGenerated }: ColumnAttribute): boolean {
  return isGenerated !== true;
}

/** Whether a new object is written with the attribute though nobody gives it; databases of others fill their columns themselves. */
function hasOwnDefault(attribute: ColumnAttribute): boolean {
  return defaultOf(attribute) !== null && attribute.keepsWhatIsStored !== true;
}

export interface ObjectTemplate {
  /** The attributes that every new object is written with. */
  readonly attributes: readonly AttributeCode[];
  /** Their defaults. */
  readonly values: readonly StoredValue[];
  /** Mandatory external keys that no column feeds. */
  readonly missingExternalKeys: { readonly codes: readonly AttributeCode[]; readonly labels: readonly string[] };
  /** Other mandatory attributes that have neither column nor default. */
  readonly missingValues: readonly WriteProblem[];
}

/** @param given the attributes that the file's columns give or feed */
export function objectTemplate(context: RunContext, given: ReadonlySet<AttributeCode>): ObjectTemplate {
  const attributes = [...context.plan.class.attributes.values()];
  const columns = attributes.filter(isColumn).filter(isWritable);
  const written = columns.filter((attribute) => given.has(attribute.code) || hasOwnDefault(attribute));
  const missing = attributes.filter((attribute) => !given.has(attribute.code) && mustBeGiven(attribute));
  const label = (attribute: Attribute) => labelIn(attribute.labels, context.language, context.model, attribute.code);
  const keys = missing.filter((attribute) => attribute.kind === "external_key");
  return {
    attributes: written.map((attribute) => attribute.code),
    values: written.map(defaultOf),
    missingExternalKeys: { codes: keys.map(({ code }) => code), labels: keys.map(label) },
    missingValues: missing.filter((attribute) => attribute.kind !== "external_key").map((attribute) => ({
      kind: "missing_value",
      attribute: shownCode(attribute),
      label: label(attribute),
    })),
  };
}
