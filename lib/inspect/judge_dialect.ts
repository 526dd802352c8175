/** With which separator and qualifier a file is read on, and what its first line says. */
import type { InputKind } from "../messages/input_kinds.ts";
import type { Findings } from "./finding.ts";
import type { GivenFormat } from "./inspection.ts";
import { type DialectEvidence, likelyDialect } from "./likely_dialect.ts";
import { firstLineOf, isTable, kindOfLine } from "./line_kind.ts";

export interface JudgedDialect {
  readonly dialect: DialectEvidence;
  readonly isGiven: boolean;
  /** Records before the header that an import does not pass over by itself. */
  readonly passedOver: number;
}

const DEFAULT_SEPARATOR = ",";

/** @param whole the beginning of the file @returns what the file is, if it is no CSV */
export function judgeDialect(
  whole: string,
  isWhole: boolean,
  given: GivenFormat,
  findings: Findings,
): JudgedDialect | { readonly noTable: InputKind } {
  const text = behindSkipped(whole, given);
  const kind = kindOfLine(firstLineOf(text), given.separator ?? DEFAULT_SEPARATOR);
  if (kind !== null && !isTable(kind)) return { noTable: kind };
  // An import believes a line that says the separator, unless it is told another one.
  const isBelieved = kind?.kind === "sep_line" && (given.separator ?? kind.separator) === kind.separator &&
    kind.separator !== given.qualifier;
  if (kind !== null && !isBelieved) findings.error({ kind: "line_before_header", input: kind });
  const passedOver = kind === null ? 0 : 1;
  // One character cannot both separate cells and surround them: then the line is not believed.
  const said = kind?.kind === "sep_line" && kind.separator !== given.qualifier ? kind.separator : null;
  const look = { isWhole, passedOver };
  const free = likelyDialect(text, { separator: said, qualifier: given.qualifier }, look);
  const left = (qualifier: string) => kind?.kind === "sep_line" && kind.separator !== qualifier ? 0 : passedOver;
  if (given.separator === null) return { dialect: free, isGiven: false, passedOver: left(free.qualifier) };
  const own = likelyDialect(text, { separator: given.separator, qualifier: given.qualifier }, look);
  tellOther(own, free, findings);
  return { dialect: own, isGiven: true, passedOver: left(own.qualifier) };
}

/** What stands behind the lines that are passed over, without comments. */
function behindSkipped(text: string, { file: { skipLines, comment } }: GivenFormat): string {
  const lines = text.split(/(?<=\r\n|\r(?!\n)|\n)/).slice(skipLines ?? 0);
  return (comment === null ? lines : lines.filter((line) => !line.startsWith(comment))).join("");
}

/** Somebody gave a separator that parts nothing, or less well. */
function tellOther(own: DialectEvidence, free: DialectEvidence, findings: Findings): void {
  if (free.separator === own.separator || free.columns < 2) return;
  const agrees = ({ rows, sameRows }: DialectEvidence) => rows === 0 || sameRows / rows > 0.9;
  if (own.columns > 1 && agrees(own)) return;
  findings.error({ kind: "other_separator", given: own.separator, other: free.separator, columns: free.columns });
}
