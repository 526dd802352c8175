/** Friendly names of the objects that a run creates. */
import { comparedForm } from "../compared_text.ts";
import type { ColumnPlan } from "../columns/plan.ts";
import type { CsvRecord } from "../csv/record.ts";
import type { AttributeCode } from "../model/model.ts";
import type { ObjectId } from "../store/object_id.ts";
import { ObjectNames } from "./object_names.ts";
import type { RunContext } from "./run_context.ts";

export interface FriendlyNames {
  /** A column shows them. */
  readonly areShown: boolean;
  /** Those of new objects, as stored; null: the user may not see the object that they have made. */
  of(ids: readonly ObjectId[]): Promise<readonly (string | null)[]>;
  /** Whether a new object would not bear the friendly name that the row looked for. */
  wouldDiffer(record: CsvRecord): boolean;
}

export function createFriendlyNames({ plan, store }: RunContext): FriendlyNames {
  const areShown = plan.direct.some(({ attribute }) => attribute !== "id" && attribute.kind === "friendly_name");
  const key = plan.keys.find((key) => key.kind === "attribute" && key.attribute.kind === "friendly_name");
  const names = new ObjectNames(store);
  return {
    areShown,
    async of(ids) {
      const known = await names.of(plan.class.code, ids);
      return ids.map((id) => known.get(id) ?? null);
    },
    wouldDiffer(record) {
      if (key?.kind !== "attribute") return false;
      const name = nameFromCells(plan, record);
      return name === null || comparedForm(name) !== comparedForm(record.cells[key.cell] ?? "");
    },
  };
}

/** The name that the row's cells would give; null when a part of the name is in no column of the file. */
function nameFromCells(plan: ColumnPlan, record: CsvRecord): string | null {
  let name = "";
  for (const part of plan.class.friendlyName) {
    if ("text" in part) {
      name += part.text;
      continue;
    }
    const cell = cellOf(plan, part.attribute);
    if (cell === null) return null;
    name += record.cells[cell] ?? "";
  }
  return name;
}

function cellOf(plan: ColumnPlan, code: AttributeCode): number | null {
  const direct = plan.direct.find(({ attribute }) => attribute !== "id" && attribute.code === code);
  if (direct !== undefined) return direct.cell;
  const field = plan.class.attributes.get(code);
  if (field?.kind !== "external_field") return null;
  const feeds = plan.externalKeys.find(({ key }) => key.code === field.key);
  const part = feeds?.parts.find(({ attribute }) => attribute !== "id" && attribute.code === field.attribute);
  return part?.cell ?? null;
}
