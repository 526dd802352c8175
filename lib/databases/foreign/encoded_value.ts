/**
 * Values of rows as elements of JSON, so that many rows are one text: what JSON would lose, or cannot have, is an array of what it is and how
 * it is written.
 */
import type { DerivedColumn } from "../../model/derive/derived_model.ts";
import type { Database } from "../sqlite/connection.ts";
import type { Raw } from "../sqlite/raw_value.ts";

/** An element as it is read. */
export type Encoded = string | number | null | readonly [kind: string, text: string];

/** How values become elements. */
export interface Encoding {
  /** Whether SQLite writes reals with all their digits; older ones write 15. */
  readonly keepsReals: boolean;
}

export function encodingOf(database: Database): Encoding {
  const row = database.prepare("SELECT json_array(0.30000000000000004, 5e-324) AS reals").get();
  const [a, b] = JSON.parse(String(row?.["reals"])) as readonly number[];
  return { keepsReals: a === 0.30000000000000004 && b === 5e-324 };
}

/** Integers up to here are doubles. */
const MOST = String(Number.MAX_SAFE_INTEGER);

/**
 * SQL of the element. Comparisons in place of functions: numbers are less than texts, and these less than bytes. The collation of the column
 * counts for nothing there, and may be one that only its program has.
 */
export function encoded(value: string, affinity: DerivedColumn["affinity"] | null, { keepsReals }: Encoding): string {
  const real = keepsReals ? value : digitsOf(value);
  const bytes = `json_array('b', hex(${value}))`;
  const compared = `${value} COLLATE BINARY`;
  const integer = `iif(${compared} BETWEEN -${MOST} AND ${MOST}, ${value}, json_array('i', CAST(${value} AS TEXT)))`;
  switch (affinity) {
    case "TEXT":
      return `iif(${compared} >= x'', ${bytes}, ${value})`;
    case "REAL":
      return `iif(${compared} >= '', iif(${compared} >= x'', ${bytes}, ${value}), iif(${value} IS NULL, NULL, ${real}))`;
    case "INTEGER":
    case "NUMERIC":
    case "BLOB":
    case null:
      return `CASE typeof(${value}) WHEN 'integer' THEN ${integer} WHEN 'real' THEN ${real} WHEN 'blob' THEN ${bytes} ` +
        `ELSE ${value} END`;
  }
}

/** 2 ** 52: by it a real is multiplied and divided without a loss. */
const STEP = "4503599627370496.0";

/** Where older SQLite would lose digits of very large and very small reals, others are written: so many steps away. */
const SCALES: readonly { readonly where: string; readonly steps: number }[] = [
  { where: "> 1e200", steps: 13 },
  { where: "> 1e100", steps: 6 },
  { where: "< 1e-200", steps: -16 },
  { where: "< 1e-70", steps: -8 },
];

/** A real with all its digits. */
function digitsOf(value: string): string {
  const scaled = SCALES.map(({ where, steps }) => {
    const scale = ` ${steps > 0 ? "/" : "*"} ${STEP}`.repeat(Math.abs(steps));
    return `WHEN abs(${value}) ${where} THEN json_array('${steps}', printf('%!.17g', ${value}${scale}))`;
  });
  return `CASE ${scaled.join(" ")} ELSE json_array('0', printf('%!.17g', ${value})) END`;
}

/** Integers come as numbers. */
export function decoded(element: Encoded | undefined): Raw {
  if (element === undefined || element === null || typeof element !== "object") return element ?? null;
  const [kind, text] = element;
  if (kind === "i") return BigInt(text);
  if (kind === "b") return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
  if (text.endsWith("Inf")) return text.startsWith("-") ? -Infinity : Infinity;
  return Number(text) * 2 ** (52 * Number(kind));
}
