/** Where the page of an import is written, by its parameter `report`. */
import { basename } from "node:path";
import { fileStem } from "../../file_stem.ts";
import type { ImportSettings } from "../../parameters/settings/settings.ts";
import { rejectsPlace } from "../rejects/rejects_place.ts";
import { type ReportingImport, type ReportPlace, reportPlace } from "../report_place.ts";
import { PageFile } from "./page_file.ts";

/** An import that asks for such a file, or does not. */
export interface PagedImport extends ReportingImport {
  readonly settings: Pick<ImportSettings, "report" | "rejects" | "csvfile">;
}

/** @param now when the run begins @param spoolFolder where temporary files may be made @returns undefined: none is asked for */
export function pageReport(wanted: PagedImport, now: Date, spoolFolder: string): PageFile | undefined {
  const place = pagePlace(wanted);
  if (place === null) return undefined;
  const { csvfile } = wanted.settings;
  return new PageFile(place, { input: csvfile === "-" ? null : basename(csvfile), date: now }, spoolFolder);
}

/** Null: none is asked for. The file of rows in error is another one. */
export function pagePlace(wanted: PagedImport): ReportPlace | null {
  const place = reportPlace(wanted.settings.report, fileName, wanted);
  const rejects = rejectsPlace(wanted);
  if (place === null || rejects === null) return place;
  return { ...place, others: [...place.others, { path: rejects.path, use: "rejects" }] };
}

/** `persons.html`, after `persons.params` or `persons.csv`. @param source a path; `-`: standard input */
function fileName(source: string): string {
  return `${fileStem(source)}.html`;
}
