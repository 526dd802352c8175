/** Checks an overlay against the published schema. */
import schemaFile from "../overlay.schema.json" with { type: "json" };
import type { Report } from "../file/model_problem.ts";
import { checkShape, definition, type Schema } from "./check_shape.ts";

const overlaySchema = schemaFile as Schema;

/** Checks a whole overlay; see `checkShape`. */
export function checkOverlayShape(value: unknown, report: Report): unknown {
  return checkShape(value, overlaySchema, "$", report, overlaySchema);
}

/** What the schema says of the whole, of a table, and of a column. */
export const OVERLAY_SCHEMA = overlaySchema;
export const CLASS_OVERLAY_SCHEMA = definition(overlaySchema, "#/$defs/class");
export const ATTRIBUTE_OVERLAY_SCHEMA = definition(overlaySchema, "#/$defs/attribute");
