/** What `csvrecon model derive` prints: an overlay that says nothing yet, with all that is known and what might be said in comments. */
import * as words from "../../messages/overlay_draft.ts";
import { visibleJson, visibleLine } from "../../messages/visible_text.ts";
import { alsoCalled, FILLED, kindName } from "../../messages/described_model.ts";
import { foldName } from "../derive/ascii_names.ts";
import { ID } from "../derive/attribute_codes.ts";
import type { DerivedColumn, DerivedModel, DerivedTable } from "../derive/derived_model.ts";
import { attributeDetails, isRequired, keysOf, templateText } from "../file/describe_model.ts";
import { textTable } from "../file/text_table.ts";
import type { Model } from "../model.ts";
import { allColumns } from "./all_columns.ts";
import type { Proposal } from "./proposal.ts";

/** @param database what it is called */
export function draftLines(database: string, derived: DerivedModel, proposals: readonly Proposal[]): readonly string[] {
  const { tables, others, model } = derived;
  const byClass = Map.groupBy(proposals, (one) => one.class);
  return [
    ...words.draftHead(database, tables.size).map((line) => comment("", line)),
    "{",
    '  "classes": {',
    ...[...tables.values()].flatMap((table, index) => [
      ...index === 0 ? [] : [""],
      ...tableLines(table, model),
      ...proposalLines(table.name, byClass.get(table.class) ?? []),
    ]),
    ...others.size === 0 ? [] : [""],
    ...[...others].map(([name, what]) => comment(INDENT, words.draftOther(name, what))),
    "  }",
    "}",
  ];
}

const INDENT = "    ";

/** Whatever names have in them, a comment is one line. */
function comment(indent: string, text: string): string {
  return `${indent}// ${visibleLine(text)}`.trimEnd();
}

function tableLines(table: DerivedTable, model: Model): readonly string[] {
  const modelClass = model.classes.get(table.class);
  if (modelClass === undefined) throw new Error(`the model has no class ${table.class}`);
  const columns = allColumns(table).map((column) => columnRow(table, column, model));
  const sets = [...modelClass.attributes.values()].filter(({ kind }) => kind === "link_set");
  const rows = [
    ...columns,
    ...sets.map((set) => [set.code, kindName(set.kind), "", attributeDetails(model, set, model.languages[0] ?? "")]),
  ];
  return [
    table.name,
    words.draftKey(table.key?.columns.map(({ name }) => name) ?? []),
    words.draftNameAndKeys(templateText(modelClass), keysOf(modelClass)),
    ...textTable(rows).map((line) => `  ${line}`),
  ].map((line) => comment(INDENT, line));
}

function columnRow(table: DerivedTable, column: DerivedColumn, model: Model): readonly string[] {
  const { name, form, default: sql } = column;
  // The `id` of a class is no attribute.
  const attribute = model.classes.get(table.class)?.attributes.get(column.attribute);
  const details = [
    ...sql === null ? [] : [words.defaultDetails(sql)],
    ...attribute === undefined ? ofId(table) : [attributeDetails(model, attribute, model.languages[0] ?? "")],
    ...isCalledId(table, column) ? [alsoCalled([ID])] : [],
  ];
  return [
    name,
    kindName(attribute?.kind ?? (form.kind === "reference" ? "external_key" : form.kind)),
    attribute !== undefined && isRequired(attribute) ? words.REQUIRED : "",
    details.filter((part) => part !== "").join("; "),
  ];
}

function ofId({ key }: DerivedTable): readonly string[] {
  return key?.isRowid === true ? [FILLED] : [];
}

/** The key of one column may be given by that name too, unless another column has it. */
function isCalledId({ key, facts }: DerivedTable, column: DerivedColumn): boolean {
  const isKey = key?.columns.length === 1 && key.columns[0] === column;
  return isKey && !facts.columns.some(({ name }) => foldName(name) === ID);
}

/** Whoever takes away the comment signs of a line, and of the lines around all of a class, has an overlay that says so. */
function proposalLines(table: string, proposals: readonly Proposal[]): readonly string[] {
  if (proposals.length === 0) return [];
  return [
    `${visibleJson(table)}: { "attributes": {`,
    ...proposals.flatMap(({ column, entry, reason }) => [
      `  // ${words.proposalQuestion(column, entry.target ?? "", reason)}:`,
      `  ${visibleJson(column)}: ${spaced(entry)},`,
    ]),
    "} },",
  ].map((line) => comment(INDENT, line));
}

/** JSON as people write it on one line. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(", ")}]`;
  if (typeof value !== "object" || value === null) return visibleJson(value);
  return `{ ${Object.entries(value).map(([name, one]) => `${visibleJson(name)}: ${spaced(one)}`).join(", ")} }`;
}
