/** What the reports of an import say of what its caller asked for. */
import type { ModelClass } from "../model/model.ts";
import { type ToldParameter, toldParameters } from "../parameters/settings/told_parameters.ts";
import type { RunHeading } from "../report/run_facts.ts";
import type { ImportOrder, RunSettings } from "./import_order.ts";

/** How the input is read. */
export interface ReadWith {
  /** The name of its charset. */
  readonly charset: string;
  readonly separator: string;
}

/** What is told of a database that we did not make. */
function toldOfDatabase({ foreign }: RunSettings, logFile: string | null): readonly ToldParameter[] {
  if (foreign === null) return [];
  const { changeLog, foreignKeys } = foreign;
  return [
    { name: "change_log", value: logFile ?? changeLog },
    ...foreignKeys ? [] : [{ name: "foreign_keys", value: "0" } as const],
  ];
}

/** @param read left out: as the parameters say */
export function runHeading(
  { settings, parameters, store }: Pick<ImportOrder, "settings" | "parameters" | "store">,
  modelClass: ModelClass,
  read?: ReadWith,
): RunHeading {
  const format = settings.dateFormat;
  return {
    class: modelClass.code,
    dialect: read === undefined ? settings.dialect : { ...settings.dialect, separator: read.separator },
    charset: read?.charset ?? settings.charset.typed,
    dateFormat: format === null ? null : { dateTime: format.dateTime, date: format.date },
    localize: !settings.codesNotLabels,
    twins: settings.twins,
    mayCreateTargets: settings.createdTargets.length > 0,
    maySkip: settings.onMissing === "skip" || settings.onFound === "skip",
    simulate: settings.simulate,
    limits: { maxErrors: settings.maxErrors?.typed ?? null, maxChanges: settings.maxChanges?.typed ?? null },
    isForeign: settings.foreign !== null,
    further: [...toldParameters(parameters), ...toldOfDatabase(settings, store.logFile)],
    comment: settings.comment,
  };
}
