/** With which parameters an import reads a file as `check` did. */
import { parseDateFormat } from "../values/date_format.ts";
import { separatorName } from "../messages/separator_name.ts";
import type { NumberSigns } from "../values/number_signs.ts";
import type { GivenFile } from "../parameters/settings/file_settings.ts";
import type { Finding } from "./finding.ts";
import type { GivenFormat, TableFacts } from "./inspection.ts";

/** A parameter of an import that says how to read the file. */
export interface SuggestedParameter {
  readonly name:
    | "charset"
    | "skip_lines"
    | "comment_sign"
    | "footer_lines"
    | "header"
    | "separator"
    | "qualifier"
    | "escape_sign"
    | "short_rows"
    | "ignore_columns"
    | "date_format"
    | "decimal_sign"
    | "grouping_sign"
    | "null_words"
    | "no_localize"
    | "reconciliationkeys"
    | "class"
    | "model"
    | "map"
    | "second_pass"
    | "create_targets";
  readonly value: string;
  /** It is what an import does without it. */
  readonly isDefault: boolean;
}

/** @param findings what was found: of a line before the header they say whether it is passed over */
export function suggestedParameters(
  { charset, dialect, file, fit, dateFormat, numberSigns, nullWords, laterKeys }: TableFacts,
  given: GivenFormat,
  findings: readonly Finding[],
): readonly SuggestedParameter[] {
  const needsCharset = charset.evidence.kind !== "mark" && charset.name.toUpperCase() !== "UTF-8";
  const keys = given.keys.length > 0 ? given.keys : fit?.keys?.columns ?? [];
  return [
    { name: "charset", value: charset.name, isDefault: !needsCharset },
    ...frameParameters(file, findings),
    { name: "separator", value: separatorName(dialect.separator), isDefault: dialect.separator === "," },
    { name: "qualifier", value: dialect.qualifier, isDefault: dialect.qualifier === '"' },
    ...dateParameter(dateFormat ?? given.dateFormat?.dateTime ?? null),
    ...signParameters(numberSigns),
    ...listParameter("null_words", nullWords),
    ...(fit === null ? [] : [
      { name: "class" as const, value: fit.class, isDefault: false },
      { name: "no_localize" as const, value: fit.codes ? "1" : "0", isDefault: !fit.codes },
    ]),
    ...(given.overlay === null ? [] : [{ name: "model" as const, value: given.overlay, isDefault: false }]),
    ...(given.map === null ? [] : [{ name: "map" as const, value: given.map.file, isDefault: false }]),
    ...keyParameter(keys, given.keys.length > 0),
    ...listParameter("second_pass", [...given.secondPass, ...laterKeys]),
    ...listParameter("create_targets", given.createTargets),
  ];
}

function listParameter(name: "null_words" | "second_pass" | "create_targets", items: readonly string[]) {
  return items.length === 0 ? [] : [{ name, value: items.join(", "), isDefault: false }];
}

/** What stands around the rows and in them, as it was given or found out; the line of PowerShell is passed over. */
function frameParameters(file: GivenFile, findings: readonly Finding[]): SuggestedParameter[] {
  const hasTypeLine = findings.some(({ level, about }) =>
    level === "error" && about.kind === "line_before_header" && about.input.kind === "type_line"
  );
  const skipped = (file.skipLines ?? 0) + (hasTypeLine ? 1 : 0);
  const named: readonly (readonly [SuggestedParameter["name"], string | null])[] = [
    ["skip_lines", skipped === 0 ? null : String(skipped)],
    ["comment_sign", file.comment],
    ["footer_lines", file.footerLines === null || file.footerLines === 0 ? null : String(file.footerLines)],
    ["header", file.header === null ? null : listOf(file.header)],
    ["escape_sign", file.escape === "" ? "none" : file.escape],
    ["short_rows", file.shortRows],
    ["ignore_columns", listOf(file.ignoredColumns)],
  ];
  return named.flatMap(([name, value]) => value === null || value === "" ? [] : [{ name, value, isDefault: false }]);
}

/** As `readNames` reads it: a name with a comma or a quote stands in double quotes. */
function listOf(names: readonly string[]): string {
  return names.map((name) => /[,"]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name).join(", ");
}

function dateParameter(format: string | null): SuggestedParameter[] {
  if (format === null || !parseDateFormat(format).ok) return [];
  return [{ name: "date_format", value: format, isDefault: false }];
}

function signParameters(signs: NumberSigns | null): SuggestedParameter[] {
  if (signs === null) return [];
  const decimal = { name: "decimal_sign", value: signs.decimal, isDefault: false } as const;
  const grouping = { name: "grouping_sign", value: signs.grouping ?? "", isDefault: false } as const;
  return [...signs.decimal === "." ? [] : [decimal], ...signs.grouping === null ? [] : [grouping]];
}

/** A comma within a name cannot be told from one between two. @param areGiven else they are the class's own, which need not be named */
function keyParameter(keys: readonly string[], areGiven: boolean): SuggestedParameter[] {
  const names = [...new Set(keys)];
  if (names.length === 0 || names.some((name) => name.includes(","))) return [];
  return [{ name: "reconciliationkeys", value: names.join(", "), isDefault: !areGiven }];
}
