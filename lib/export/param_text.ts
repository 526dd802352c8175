/** A parameter file with which an import loads an export back. */
import type { ExportSettings } from "../parameters/settings/export_settings.ts";
import type { ParameterName } from "../parameters/list/definitions.ts";
import { findParameter } from "../parameters/list/find_parameter.ts";
import { paramFileHead } from "../messages/export.ts";
import { separatorName } from "../messages/separator_name.ts";
import { onOneLine } from "../one_line.ts";
import { writtenParameter } from "../parameters/reading/written_parameter.ts";
import type { ExportPlan } from "./export_plan.ts";

/** @param settings what the export was asked for @param notes sentences about the file */
export function paramText(settings: ExportSettings, plan: ExportPlan, notes: readonly string[]): string {
  const { dialect, dateFormat, numberSigns, nullWords } = settings;
  const given: readonly (readonly [ParameterName, string])[] = [
    ["auth_user", settings.login],
    ["class", settings.class],
    ["model", settings.foreign?.overlay?.path ?? ""],
    ["csvfile", settings.file],
    ["charset", settings.charset.typed],
    ["separator", separatorName(dialect.separator)],
    ["qualifier", dialect.qualifier],
    ["date_format", dateFormat?.dateTime ?? ""],
    ["decimal_sign", numberSigns?.decimal ?? "."],
    ["grouping_sign", numberSigns?.grouping ?? ""],
    ["null_words", nullWords.join(", ")],
    ["no_localize", settings.codesNotLabels ? "1" : "0"],
    ["reconciliationkeys", plan.keyNames.join(", ")],
    ["db", settings.database],
  ];
  const said = given.filter(([name, value]) => value !== (findParameter(name)?.default ?? ""));
  return [
    ...paramFileHead(settings.class, settings.login).concat(notes).map((line) => `# ${onOneLine(line)}`),
    ...said.map(([name, value]) => writtenParameter(name, value)),
    "",
  ].join("\n");
}
