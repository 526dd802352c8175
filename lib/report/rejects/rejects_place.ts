/** Where the rows in error of an import are written, by its parameter `rejects`. */
import type { ImportSettings } from "../../parameters/settings/settings.ts";
import { type ReportingImport, type ReportPlace, reportPlace } from "../report_place.ts";
import { fileName } from "./rejected_file_name.ts";
import { RejectsFile } from "./rejects_file.ts";

/** An import that asks for such a file, or does not. */
export interface RejectingImport extends ReportingImport {
  readonly settings: Pick<ImportSettings, "rejects" | "csvfile">;
}

/** The report of the file; undefined: none is asked for. */
export function rejectsReport(wanted: RejectingImport): RejectsFile | undefined {
  const place = rejectsPlace(wanted);
  return place === null ? undefined : new RejectsFile(place);
}

/** Null: none is asked for. */
export function rejectsPlace(wanted: RejectingImport): ReportPlace | null {
  return reportPlace(wanted.settings.rejects, fileName, wanted);
}
