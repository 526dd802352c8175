/** Checks a model file against the published schema. */
import schemaFile from "../model.schema.json" with { type: "json" };
import type { Report } from "../file/model_problem.ts";
import { checkShape, definition, type Schema } from "./check_shape.ts";

const modelSchema = schemaFile as Schema;

/** Checks a whole model file. */
export function checkModelShape(value: unknown, report: Report): unknown {
  return checkShape(value, modelSchema, "$", report, modelSchema);
}

const attributeSchema: Schema = definition(modelSchema, "#/$defs/attribute");

/** Checks what is said of an attribute; see `checkShape`. */
export function checkAttributeShape(value: unknown, path: string, report: Report): unknown {
  return checkShape(value, attributeSchema, path, report, modelSchema);
}

/** What the schema says of the whole, of a class, and of an attribute's entry. */
export const MODEL_SCHEMA = modelSchema;
export const CLASS_SCHEMA: Schema = definition(modelSchema, "#/$defs/class");
export const ATTRIBUTE_SCHEMA = attributeSchema;
