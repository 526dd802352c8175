/** Hints at what an input is that was refused, or that `check` has looked at. */
import { makeUtf8 } from "./input.ts";
import { quoted } from "./quoted.ts";
import { separatorName } from "./separator_name.ts";

/** What an input was seen to be. */
export type InputKind =
  | {
    readonly kind:
      | "zip"
      | "old_workbook"
      | "gzip"
      | "pdf"
      | "rich_text"
      | "html"
      | "json"
      | "param_file"
      | "sqlite"
      | "binary"
      | "utf_32"
      | "type_line";
  }
  /** `program`: what unpacks it. */
  | { readonly kind: "packed"; readonly program: string }
  | { readonly kind: "image"; readonly format: string }
  /** `charset`: with which it can be read. */
  | { readonly kind: "utf_16"; readonly charset: string }
  /** `isOther`: it was read with another separator than the line says. */
  | { readonly kind: "sep_line"; readonly separator: string; readonly isOther: boolean }
  /** `separator`: as the parameter names it; how many columns it makes, and how many of them are known. */
  | {
    readonly kind: "other_separator";
    readonly separator: string;
    readonly columns: number;
    readonly known: number;
  };

export function inputKindHint(input: InputKind): string {
  switch (input.kind) {
    case "zip":
      return "This is a ZIP archive, as a workbook of Excel (.xlsx) is, and no CSV: save the sheet as CSV, or unpack the file";
    case "old_workbook":
      return "This is an old workbook of Excel (.xls), and no CSV: save the sheet as CSV";
    case "gzip":
      return "This is a file that gzip has packed, and no CSV: unpack it with gunzip, or pipe it: gunzip -c FILE | csvrecon --csvfile=-";
    case "packed":
      return `This is a packed file, and no CSV: unpack it with ${input.program}`;
    case "pdf":
      return "This is a PDF document, and no CSV";
    case "rich_text":
      return "This is a document of a word processor (RTF), and no CSV: save the table as CSV";
    case "image":
      return `This is a picture (${input.format}), and no CSV`;
    case "html":
      return "This is a page of HTML or XML, and no CSV: did a login page come in place of the download?";
    case "json":
      return "This is JSON, and no CSV: save the data as CSV";
    case "param_file":
      return "This is a parameter file, and no CSV: csvrecon --param_file=FILE loads the CSV file that it names";
    case "sqlite":
      return "This is an SQLite database, and no CSV: sqlite3 -csv -header DATABASE 'SELECT …' writes a query as CSV";
    case "binary":
      return "These bytes are no text in any charset: is it the right file?";
    case "utf_32":
      return `This is UTF-32, which is not read. ${makeUtf8("UTF-32")}`;
    case "utf_16":
      return `Every second byte is 0: this is UTF-16 without a byte order mark. charset=${input.charset} would fit`;
    case "type_line":
      return "The first line is the #TYPE line of PowerShell: give skip_lines=1, or export with -NoTypeInformation";
    case "sep_line": {
      const line = `The first line is Excel's ${quoted(`sep=${input.separator}`)}`;
      return `${line}: leave separator out, and it is believed, or give separator=${separatorName(input.separator)}`;
    }
    case "other_separator": {
      const which = input.known === input.columns ? "the" : `${input.known} of ${input.columns}`;
      return `With separator=${input.separator} ${which} columns are known`;
    }
  }
}
