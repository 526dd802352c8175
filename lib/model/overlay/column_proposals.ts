/** What the values of a column suggest. */
import type { DerivedColumn, DerivedTable } from "../derive/derived_model.ts";
import type { Attribute } from "../model.ts";
import { numberTimes } from "./number_times.ts";
import type { AttributeOverlayEntry } from "./overlay_file.ts";
import type { ColumnSample, Proposal, ProposalReason } from "./proposal.ts";

/** Undefined: the column is the `id` of its class. */
export interface SampledColumn {
  readonly table: DerivedTable;
  readonly column: DerivedColumn;
  readonly attribute: Attribute | undefined;
  readonly sample: ColumnSample;
}

type Found = { readonly entry: AttributeOverlayEntry; readonly reason: ProposalReason };

/** Whether there is anything to be asked of such a column. */
export function isSampled({ form, isGenerated }: DerivedColumn): boolean {
  return !isGenerated && form.kind !== "enum" && form.kind !== "reference" && form.kind !== "bytes";
}

/** The first that fits. */
export function columnProposal(sampled: SampledColumn): Proposal | null {
  const { table, column } = sampled;
  const found = isKey(sampled)
    ? madeValues(sampled)
    : twoValues(sampled) ?? textDates(sampled) ?? numberDates(sampled) ?? emptyTexts(sampled);
  return found === null ? null : { class: table.class, column: column.name, ...found };
}

function isKey({ table, column }: SampledColumn): boolean {
  return table.key?.columns.some(({ name }) => name === column.name) ?? false;
}

/** A key of one column that its program makes at random. */
function madeValues({ table, column, sample: { count, uuids, hexes } }: SampledColumn): Found | null {
  if (table.key?.columns.length !== 1 || column.default !== null || column.generate !== null || count === 0) {
    return null;
  }
  const generate = uuids === count ? "uuid" : hexes === count ? "hex32" : null;
  return generate === null ? null : { entry: { generate }, reason: { kind: "made_values", count } };
}

/** What programs write for no and yes. */
const PAIRS: readonly (readonly [no: string, yes: string])[] = [
  ["f", "t"],
  ["F", "T"],
  ["false", "true"],
  ["False", "True"],
  ["FALSE", "TRUE"],
  ["n", "y"],
  ["N", "Y"],
  ["no", "yes"],
  ["No", "Yes"],
  ["NO", "YES"],
  ["off", "on"],
];

/** Of a column that is no boolean by its type both must be there. */
function twoValues({ column: { form }, sample: { different, count } }: SampledColumn): Found | null {
  const isBoolean = form.kind === "boolean";
  if (
    different.length === 0 || (!isBoolean && (form.kind !== "text" && form.kind !== "loose" || different.length < 2))
  ) {
    return null;
  }
  const pair = PAIRS.find((one) => different.every((value) => one.includes(value)));
  if (pair === undefined || (isBoolean && String(form.no) === pair[0])) return null;
  const [no, yes] = pair;
  return { entry: { kind: "boolean", stored: [no, yes] }, reason: { kind: "two_values", no, yes, count } };
}

function textDates({ column: { form }, sample }: SampledColumn): Found | null {
  const { texts, empty, count, days, moments } = sample;
  const full = texts - empty;
  if (form.kind !== "text" && form.kind !== "loose" || texts < count || full === 0 || days + moments < full) {
    return null;
  }
  const kind = moments === 0 ? "date" : "datetime";
  const empties = empty === 0 ? {} : { empty: "text" as const };
  return { entry: { kind, stored: "text", ...empties }, reason: { kind: "dates_as_texts", count: full } };
}

/** Of programs that keep times as numbers; the words of a name may stand together. */
const CALLED_LIKE_TIME =
  /date|day|time|stamp|creat|updat|modif|chang|delet|expir|_at$|At$|_on$|On$|_ts$|^ts$|seen|last|start|end$/;

/** So many numbers are no accident, whatever the column is called. */
const MANY = 100;

function numberDates({ column: { name, form }, sample }: SampledColumn): Found | null {
  const { numbers, count, least, most } = sample;
  const isDeclared = form.kind === "date" && form.as === "text";
  const isNumber = form.kind === "integer" || form.kind === "number" || form.kind === "loose";
  if (numbers === 0 || numbers < count || least === null || most === null || !isDeclared && !isNumber) return null;
  if (!isDeclared && !CALLED_LIKE_TIME.test(name) && count < MANY) return null;
  const [likeliest, ...others] = numberTimes(least, most);
  if (likeliest === undefined) return null;
  const { storage: stored, first, last } = likeliest;
  return {
    entry: { kind: form.kind === "date" ? form.holds : "datetime", stored },
    reason: { kind: "dates_as_numbers", count, first, last, others: others.map(({ storage }) => storage) },
  };
}

/** An empty cell is an error there, though the empty text is what many programs mean. */
function emptyTexts({ table, column, attribute, sample: { empty, count } }: SampledColumn): Found | null {
  // No two rows could have it.
  if (table.uniques.some(({ columns }) => columns.length === 1 && columns[0] === column)) return null;
  const isAsked = attribute !== undefined && "mayHoldEmptyText" in attribute && attribute.mayHoldEmptyText === true;
  if (!isAsked || column.default !== null || column.fill !== null) return null;
  return { entry: { empty: "text" }, reason: { kind: "empty_texts", empty, count } };
}
