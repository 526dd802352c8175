/** What the reports of an import say of what its caller asked for. */
import type { ModelClass } from "../model/model.ts";
import { toldParameters } from "../parameters/settings/told_parameters.ts";
import type { RunHeading } from "../report/run_facts.ts";
import type { ImportOrder } from "./import_order.ts";

/** @param charset the name of the one in which the input is read */
export function runHeading(
  { settings, parameters }: Pick<ImportOrder, "settings" | "parameters">,
  modelClass: ModelClass,
  charset: string,
): RunHeading {
  const format = settings.dateFormat;
  return {
    class: modelClass.code,
    dialect: settings.dialect,
    charset,
    dateFormat: format === null ? null : { dateTime: format.dateTime, date: format.date },
    localize: !settings.codesNotLabels,
    twins: settings.twins,
    mayCreateTargets: settings.createdTargets.length > 0,
    maySkip: settings.onMissing === "skip" || settings.onFound === "skip",
    simulate: settings.simulate,
    limits: { maxErrors: settings.maxErrors?.typed ?? null, maxChanges: settings.maxChanges?.typed ?? null },
    further: toldParameters(parameters),
    comment: settings.comment,
  };
}
