/** What a report is told of the columns of an input. */
import {
  cellsOfFile,
  cellsOfKey,
  type ColumnPlan,
  headersOfFile,
  passwordCells,
  passwordCellsOfFile,
} from "../columns/plan.ts";
import { classOf, labelIn, shownCode } from "../model/look_up.ts";
import type { Attribute, LanguageCode, Model, StoredValue } from "../model/model.ts";
import type { RunColumns } from "./run_facts.ts";
import { tableHeading } from "./table_heading.ts";

/** @param language the user's */
export function runColumns(plan: ColumnPlan, language: LanguageCode, model: Model): RunColumns {
  return {
    columns: plan.codes.filter((code) => code !== "").map((code) => shownIn(plan, code)),
    keys: plan.keys.map((key) => key.printed),
    tableHeading: tableHeading(plan, language, model),
    headers: headersOfFile(plan),
    addedCells: plan.addedCells,
    keyCells: [...new Set(plan.keys.flatMap(cellsOfKey).flatMap((cell) => cellsOfFile(plan, cell)))]
      .toSorted((one, other) => one - other),
    ignoredCells: plan.ignored.map(({ cell }) => cell),
    secretCells: passwordCellsOfFile(plan),
    passwords: passwordCells(plan).map((cell) => ({
      attribute: plan.codes[cell] ?? "",
      cells: cellsOfFile(plan, cell),
    })),
    label(code) {
      const attribute = plan.class.attributes.get(code);
      return attribute === undefined ? code : labelIn(attribute.labels, language, model, code);
    },
    attribute: (code) => plan.class.attributes.get(code),
    linkText(links, code, text) {
      const attribute = classOf(model, links.linkClass).attributes.get(code);
      if (attribute === undefined) return `${code}: ${text}`;
      const isNone = attribute.kind === "external_key" && text === "0";
      const label = labelIn(attribute.labels, language, model, code);
      return isNone ? "" : `${label}: ${valueText(attribute, text, language, model)}`;
    },
    valueText: (code, value) => valueText(plan.class.attributes.get(code), value, language, model),
  };
}

/** Paths through keys are no attributes of the class: they stay as they are. */
function shownIn({ class: { attributes } }: ColumnPlan, code: string): string {
  const attribute = attributes.get(code);
  return attribute === undefined ? code : shownCode(attribute);
}

function valueText(
  attribute: Attribute | undefined,
  value: StoredValue,
  language: LanguageCode,
  model: Model,
): string {
  if (value === null) return "";
  if (attribute?.kind === "decimal" && typeof value === "number") return value.toFixed(attribute.decimals);
  const known = attribute?.kind === "enum" ? attribute.values.find(({ code }) => code === value) : undefined;
  return known === undefined ? String(value) : labelIn(known.labels, language, model, known.code);
}
