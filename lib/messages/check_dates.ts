/** Sentences about dates: what is a warning where nobody knows whether they are read as dates, and an error where they are. */
import type { StopMessage } from "../errors.ts";
import type { DateFinding } from "../inspect/finding.ts";
import { at, column, listed, rows } from "./check_words.ts";
import { quoted } from "./quoted.ts";

export function dateMessage(found: DateFinding): StopMessage {
  switch (found.kind) {
    case "dates_undecided":
      return {
        text: `The dates of ${column(found)} fit several formats: ${listed(found.formats)}. No row decides`,
        hint: `Ask who made the file, and give date_format`,
      };
    case "dates_unreadable":
      return { text: `No date_format reads the dates of ${column(found)}, as ${quoted(found.example)}` };
    case "dates_mixed":
      return {
        text: `${rows(found.rows)} a value in ${column(found)} that is no date in ${found.format}${at(found.rows)}`,
      };
    case "date_formats_differ":
      return {
        text: "Columns have dates in different formats, and date_format is one for all: " +
          listed(found.formats.map((one) => `${one.format} in ${column(one)}`)),
        hint: "Make them alike, or load the columns one after another",
      };
  }
}
