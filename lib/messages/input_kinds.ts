/** Hints at what an input is that was refused. */
import { quoted } from "./quoted.ts";

/** What an input was seen to be. */
export type InputKind =
  | { readonly kind: "zip" | "old_workbook" | "gzip" | "pdf" | "html" | "utf_32" | "type_line" }
  /** `charset`: with which it can be read. */
  | { readonly kind: "utf_16"; readonly charset: string }
  /** `isOther`: it was read with another separator than the line says. */
  | { readonly kind: "sep_line"; readonly separator: string; readonly isOther: boolean }
  /** `separator`: as the parameter names it. */
  | { readonly kind: "other_separator"; readonly separator: string };

export function inputKindHint(input: InputKind): string {
  switch (input.kind) {
    case "zip":
      return "This is a ZIP archive, as a workbook of Excel (.xlsx) is, and no CSV: save the sheet as CSV, or unpack the file";
    case "old_workbook":
      return "This is an old workbook of Excel (.xls), and no CSV: save the sheet as CSV";
    case "gzip":
      return "This is a file that gzip has packed, and no CSV: unpack it with gunzip, or pipe it: gunzip -c FILE | csvrecon --csvfile=-";
    case "pdf":
      return "This is a PDF document, and no CSV";
    case "html":
      return "This is a page of HTML or XML, and no CSV: did a login page come in place of the download?";
    case "utf_32":
      return "This is UTF-32, which is not read: save the file as UTF-8";
    case "utf_16":
      return `Every second byte is 0: this is UTF-16 without a byte order mark. charset=${input.charset} would fit`;
    case "type_line":
      return "The first line is the #TYPE line of PowerShell: remove it, or export with -NoTypeInformation";
    case "sep_line": {
      const separator = input.separator === "\t" ? "tab" : input.separator;
      const other = input.isOther ? `, and give separator=${separator}` : "";
      return `The first line is Excel's ${quoted(`sep=${input.separator}`)}: remove it${other}`;
    }
    case "other_separator":
      return `With separator=${input.separator} the columns are known`;
  }
}
