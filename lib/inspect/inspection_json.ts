/**
 * What `check` found, for programs: one object. docs/check.md has its members, `report/check.schema.json` of every finding its
 * facts; `version` is another number when one of them means something
 * else, and stays when members are added.
 */
import { findingMessage } from "../messages/check_findings.ts";
import type { Finding } from "./finding.ts";
import type { Inspection, MappedRow, TableFacts } from "./inspection.ts";
import type { SuggestedParameter } from "./suggested_parameters.ts";

const VERSION = 1;

/** @param name of the file as it was given @param parameters with which an import reads it so */
export function inspectionJson(
  name: string,
  { looked, table, findings }: Inspection,
  parameters: readonly SuggestedParameter[],
): unknown {
  return {
    type: "check",
    version: VERSION,
    file: name,
    is_csv: table !== null,
    looked_at: {
      bytes: looked.bytes,
      size: looked.size,
      whole: looked.isWhole,
      rows: looked.rows,
      cells: looked.cells,
    },
    ...(table === null ? {} : tableJson(table)),
    parameters: Object.fromEntries(parameters.map((parameter) => [parameter.name, parameter.value])),
    findings: findings.map(findingJson),
  };
}

function tableJson(
  { charset, dialect, headerLine, columns, addedColumns, fit, dateFormat, numberSigns, nullWords, firstRows }:
    TableFacts,
): Record<string, unknown> {
  return {
    charset: { name: charset.name, given: charset.isGiven, evidence: inSnakeCase(charset.evidence) },
    dialect: {
      separator: dialect.separator,
      qualifier: dialect.qualifier,
      given: dialect.isGiven,
      columns: dialect.columns,
      rows: dialect.rows,
      rows_that_agree: dialect.sameRows,
    },
    header_line: headerLine,
    date_format: dateFormat,
    number_signs: numberSigns,
    null_words: nullWords,
    columns: columns.map((column) => ({
      number: column.number,
      name: column.name,
      filled: column.filled,
      empty: column.empty,
      values: inSnakeCase(column.values),
      look: inSnakeCase(column.look),
      ...(fit === null ? {} : { attribute: fit.columns[column.number - 1]?.code ?? null }),
    })),
    ...(firstRows.length === 0 ? {} : { first_rows: firstRows.map(rowJson) }),
    ignored_columns: addedColumns,
    class: fit === null ? null : { name: fit.class, codes: fit.codes, language: fit.language, keys: fit.keys },
  };
}

function rowJson({ line, cells }: MappedRow): Record<string, unknown> {
  return {
    line,
    cells: cells.map(({ attribute, value, of, isDefault }) => ({ attribute, value, of, for_new_objects: isDefault })),
  };
}

/** Kinds and facts stand beside the sentence: programs need not read it. */
function findingJson({ level, about }: Finding): Record<string, unknown> {
  const { text, hint } = findingMessage({ level, about } as Finding);
  const { kind, ...facts } = about;
  return { level, kind, text, hint: hint ?? null, facts: inSnakeCase(facts) };
}

/** The same with names of members as our JSON has them. */
function inSnakeCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inSnakeCase);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      inSnakeCase(member),
    ]),
  );
}
