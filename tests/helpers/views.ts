/** What views write, loaded back: it must be unchanged, for every class of every model (SPEC 14). */
import { assertEquals } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { readModel } from "../../lib/model/file/read_model.ts";
import { isNeverGiven } from "../../lib/model/look_up.ts";
import type { Model, ModelClass } from "../../lib/model/model.ts";
import type { Loading } from "./loading.ts";
import { csvText } from "./random_objects.ts";

/** The parts of a model that a database of its own has beside the built-in classes of users. */
export function modelOf(text: string): Model {
  const reading = readModel(text);
  if (!reading.ok) throw new Error(JSON.stringify(reading));
  return reading.model;
}

/** A view as a file, without the columns that are computed: an import refuses these. */
function viewAsCsv(database: string, modelClass: ModelClass): { csv: string; count: number } {
  const opened = new DatabaseSync(database, { readOnly: true });
  try {
    const codes = [
      "id",
      ...[...modelClass.attributes.values()].flatMap((attribute) => {
        const isInView = !["link_set", "object_list", "password"].includes(attribute.kind);
        const isComputed = attribute.kind === "friendly_name" ||
          (isNeverGiven(attribute) && !(attribute.kind === "external_field" && attribute.attribute !== "id"));
        return isInView && !isComputed ? [attribute.code] : [];
      }),
    ];
    const columns = codes.map((code) => `"${code}"`).join(", ");
    const rows = opened.prepare(`SELECT ${columns} FROM "view_${modelClass.code}" ORDER BY id`).all();
    const values = rows.map((row) => Object.values(row) as (string | number | null)[]);
    return { csv: csvText(codes, values), count: rows.length };
  } finally {
    opened.close();
  }
}

export async function assertViewsLoadBack(loading: Loading, model: Model): Promise<void> {
  const stored = withoutIndexes(loading);
  for (const modelClass of model.classes.values()) {
    const { csv, count } = viewAsCsv(loading.database, modelClass);
    assertEquals(count > 0, true, `${modelClass.code} has no object`);
    const { rows, warnings } = await loading.load(modelClass.code, csv, { reconciliationkeys: "id" });
    const others = rows.filter((row) => !row.startsWith("unchanged "));
    assertEquals({ class: modelClass.code, others, warnings }, { class: modelClass.code, others: [], warnings: [] });
  }
  assertEquals(withoutIndexes(loading), stored);
}

/** What is stored but for what serves searches: that is made when a run first searches. */
function withoutIndexes({ everything }: Loading): string[] {
  return everything().filter((row) => !row.startsWith("csvrecon_"));
}

/** A user needs a profile. */
export function withProfiles(modelClass: ModelClass): Readonly<Record<string, string>> {
  return modelClass.attributes.has("profile_list") ? { profile_list: "profileid:1" } : {};
}
