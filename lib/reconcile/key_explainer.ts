/** Why the columns of an external key mean no object, or several. */
import { type ExternalKeyColumns, type ExternalKeyPart, feedingParts } from "../columns/plan.ts";
import type { Cell } from "../csv/record.ts";
import { classOf, isColumn, labelIn } from "../model/look_up.ts";
import type { ExternalKeyAttribute, StoredValue } from "../model/model.ts";
import type { Examples, ObjectSearch } from "../store/objects.ts";
import { idIn } from "../store/object_id.ts";
import type { KeyTarget } from "./key_target.ts";
import { severalFound } from "./objects_in_the_way.ts";
import type { KeyProblem } from "./problems.ts";
import { ownText } from "./remembered_targets.ts";
import { ShownExamples } from "./shown_examples.ts";
import { isEmpty } from "../values/parsed.ts";
import type { RunContext } from "./run_context.ts";
import type { TargetMatch } from "./target_search.ts";

/** How many existing values are told: of more objects, as several may have the same ones. */
const LISTED = 3;

/** A record whose key means no object. */
export interface Unresolved {
  readonly cells: readonly Cell[];
}

export interface KeyExplainer {
  /** @param matches what was found for each, none or several */
  explain(unresolved: readonly Unresolved[], matches: readonly TargetMatch[]): Promise<readonly KeyTarget[]>;
  /** What is told as examples. */
  readonly shown: ShownExamples;
}

export function createKeyExplainer(context: RunContext, columns: ExternalKeyColumns): KeyExplainer {
  const { plan } = context;
  const { key, parts } = columns;
  const own = parts.map(({ attribute }) => attribute === "id" ? "id" : attribute.code);
  // Of what stands behind several arrows alone, the names of the targets are told.
  const codes = own.length === 0 ? ["friendlyname"] : own;
  const feeding = feedingParts(columns);
  const ownCell = plan.direct.find(({ attribute }) => attribute !== "id" && attribute.code === key.code)?.cell;
  const shown = new ShownExamples(context, key.target, codes);
  let withoutHidden: { readonly of: Examples; readonly examples: Examples } | null = null;

  const examplesNow = async (): Promise<Examples> => {
    const read = await shown.read();
    if (withoutHidden?.of !== read) {
      withoutHidden = { of: read, examples: await withoutHiddenKeys(context, columns, read) };
    }
    return withoutHidden.examples;
  };
  const problemOf = async ({ cells }: Unresolved, match: TargetMatch): Promise<KeyProblem> => {
    if (match.kind === "several") return { kind: "ambiguous_key", ...await severalFound(context, match) };
    // A copy: cells are slices, which would keep a whole piece of the input in memory.
    const values = feeding.map((part) => ownText(cells[part.cell] ?? ""));
    return noMatch(columns, values, await examplesNow(), columnByName(context, columns, values.join(" ")));
  };
  return {
    async explain(unresolved, matches) {
      const missing = await missingIds(context, columns, unresolved.map(({ cells }) => cells[ownCell ?? -1] ?? null));
      const targets: KeyTarget[] = [];
      for (const [index, one] of unresolved.entries()) {
        const problem = await problemOf(one, matches[index] ?? { kind: "none" });
        targets.push({ ok: false, problem, missingId: missing[index] ?? null });
      }
      return targets;
    },
    shown,
  };
}

/** Examples without the ids of what the user may not see. */
async function withoutHiddenKeys(
  { hiddenTargets }: RunContext,
  { parts }: ExternalKeyColumns,
  examples: Examples,
): Promise<Examples> {
  let { rows } = examples;
  for (const [place, { attribute }] of parts.entries()) {
    if (attribute === "id" || attribute.kind !== "external_key") continue;
    const hidden = await hiddenTargets.among(attribute.target, rows.map((row) => idIn(row[place])));
    rows = rows.map((row) => row.map((value, index) => index === place && isIn(hidden, value) ? null : value));
  }
  return { ...examples, rows };
}

function isIn(ids: ReadonlySet<StoredValue>, value: StoredValue): boolean {
  return ids.has(value);
}

/** The column that finds by a name what stands in a column for ids; null: it is an id, or other columns say more. */
function columnByName(
  { model, plan, codesNotLabels, language }: RunContext,
  { key, parts, inner }: ExternalKeyColumns,
  searched: string,
): string | null {
  const [only, ...others] = parts;
  if (only === undefined || only.attribute !== "id" || others.length + inner.length > 0 || DIGITS.test(searched)) {
    return null;
  }
  const target = classOf(model, key.target);
  // Where nothing is called name, rows have one all the same.
  const [called] = key.takesAnyId === true ? target.friendlyName : [];
  const own = called !== undefined && "attribute" in called ? called.attribute : target.reconciliationKeys[0] ?? "";
  const name = target.attributes.get("name") ?? target.attributes.get(own);
  if (name === undefined || !isColumn(name)) return null;
  const label = codesNotLabels ? name.code : labelIn(name.labels, language, model, name.code);
  return `${plan.headers[only.cell] ?? key.code}->${label}`;
}

/** Nobody's name, and an id as some people write one. */
const DIGITS = /^[-0]*\d/;

function noMatch(
  { key, parts, inner }: ExternalKeyColumns,
  values: readonly string[],
  { rows, more, hidden }: Examples,
  columnByName: string | null,
): KeyProblem {
  const { target } = key;
  const texts = rows.map((row) => row.map((value) => String(value ?? "")));
  const different = new Map(texts.map((row) => [row.join(" "), row]));
  if (different.size === 0) return { kind: hidden ? "no_visible_objects" : "no_objects", target };
  const listed = [...different].slice(0, LISTED);
  const told = { target, examples: listed.map(([text]) => text), more: more || different.size > LISTED };
  const apart = { attributes: parts.map(nameOfPart), examples: listed.map(([, row]) => row) };
  const isJoined = parts.length > 1 && inner.length === 0;
  if (hidden) return { kind: "hidden_objects", ...told, ...isJoined ? { apart } : {} };
  const searched = values.join(" ");
  return { kind: "no_match", searched, ...told, columnByName, ...isJoined ? { apart: { ...apart, values } } : {} };
}

function nameOfPart({ attribute }: ExternalKeyPart): string {
  if (attribute === "id") return attribute;
  return attribute.kind === "external_field" ? `${attribute.key}->${attribute.attribute}` : attribute.code;
}

/** What looks like an id, to people who write one; the reference takes everything else for none (golden b-key-id-and-attr). */
const LOOKS_LIKE_ID = /^-?(?=\d*[1-9])\d{1,15}$/;

/** Whether a cell says an id, right or wrong. */
export function looksLikeId(cell: Cell): boolean {
  return cell !== null && LOOKS_LIKE_ID.test(cell);
}

/**
 * Which of the cells are ids that no object has. An object that the user may not see is no object here, so that nobody learns which ids
 * there are.
 */
async function missingIds(
  { store }: RunContext,
  { key }: ExternalKeyColumns,
  cells: readonly Cell[],
): Promise<readonly (string | null)[]> {
  const isId = idForm(key);
  if (!cells.some(isId)) return cells.map(() => null);
  const search: ObjectSearch = store.search({ class: key.target, conditions: ["id"], read: [], includeHidden: false });
  // Nothing is found by `01`, but there is an object 1: it is not said to be missing.
  const plain = (cell: Cell) => key.takesAnyId === true ? cell ?? "" : withoutZeros(cell ?? "");
  const ids = cells.map((cell) => isId(cell) ? store.idFromText(key.target, plain(cell)) : null);
  const known = ids.filter((id) => id !== null);
  const matches = await search.find(known.map((id) => [id]));
  const existing = new Set(known.filter((_, index) => matches[index]?.kind === "one"));
  return cells.map((cell, index) => {
    const id = ids[index] ?? null;
    return isId(cell) && (id === null || !existing.has(id)) ? ownText(cell ?? "") : null;
  });
}

/** What may be an id in a key's own column. What the key is looked up by otherwise is none. */
function idForm({ takesAnyId, referenced }: ExternalKeyAttribute): (cell: Cell) => boolean {
  if (takesAnyId !== true) return looksLikeId;
  return (cell) => referenced === undefined && !isEmpty(cell);
}

function withoutZeros(id: string): string {
  return id.replace(/^0+/, "");
}
