/** What the sentences of `check` are made of. */
import type { StopMessage } from "../errors.ts";
import type { NamedColumn, TwinRows } from "../inspect/finding.ts";
import type { RowCount } from "../inspect/row_count.ts";
import { quoted, shortened } from "./quoted.ts";
import { separatorName } from "./separator_name.ts";
import { visibleLine } from "./visible_text.ts";

/** `3 rows have`. */
export function rows({ count }: RowCount): string {
  return count === 1 ? "1 row has" : `${count} rows have`;
}

/** ` (line 4)`, ` (lines 4, 7 …)`. */
export function at({ count, lines }: RowCount): string {
  if (lines.length === 0) return "";
  const more = count > lines.length ? " …" : "";
  return ` (${lines.length === 1 && more === "" ? "line" : "lines"} ${lines.join(", ")}${more})`;
}

export function first({ count, line }: { readonly count: number; readonly line: number }): string {
  return count === 1 ? `in line ${line}` : `(the first in line ${line})`;
}

export function pairs(count: number, twins: readonly TwinRows[]): string {
  const more = count > twins.length ? " …" : "";
  return `${twins.map((twin) => `line ${twin.line} that of line ${twin.first}`).join(", ")}${more}`;
}

export function counted(count: number, word: string): string {
  return `${count.toLocaleString("en")} ${count === 1 ? word : `${word}s`}`;
}

export function column({ column, name: own }: NamedColumn): string {
  return own === "" ? `column ${column}` : name(own);
}

/** With what cannot be seen spelt out, as it is what it may be about. */
export function name(text: string): string {
  return visibleLine(quoted(shortened(text)));
}

export function shownSign(sign: string): string {
  return sign === " " ? "blank" : separatorName(sign);
}

export function meant(nearest: string | null): string {
  return nearest === null ? "" : `. Did you mean ${quoted(nearest)}?`;
}

export function listed(items: readonly string[], joint = "and"): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} ${joint} ${items.at(-1) ?? ""}`;
}

/** The import's sentences without the `#` of its report. */
export function asSentence({ text, hint }: StopMessage): StopMessage {
  const sentence = text.replace(/^#/, "");
  return hint === undefined ? { text: sentence } : { text: sentence, hint };
}
