/** Which columns identify an existing object. */
import type { StopMessage } from "../errors.ts";
import * as sentences from "../messages/columns.ts";
import { isColumn, shownCode } from "../model/look_up.ts";
import type { AttributeCode, Model, ModelClass } from "../model/model.ts";
import { nearestName } from "../nearest_name.ts";
import { columnName } from "../csv/heading.ts";
import { noKeyCalled } from "./ambiguous_names.ts";
import { ambiguities, columnCode, type ColumnTarget, type KnownColumns } from "./known_columns.ts";
import type { DirectColumn, ExternalKeyColumns, ReconciliationKey } from "./plan.ts";

export interface KeyProblem extends StopMessage {
  /** The problem may only follow from a column that is not known: it is then not worth telling. */
  readonly blamesColumns: boolean;
}

export interface KeyRequest {
  readonly model: Model;
  readonly modelClass: ModelClass;
  readonly known: KnownColumns;
  readonly keyNames: readonly string[];
  readonly externalKeys: readonly ExternalKeyColumns[];
  readonly direct: readonly DirectColumn[];
}

export interface KeyResult {
  readonly keys: readonly ReconciliationKey[];
  readonly problems: readonly KeyProblem[];
  readonly warnings: readonly string[];
}

/** Resolves the keys that were named, or those of the class. */
export function resolveKeys(request: KeyRequest): KeyResult {
  if (request.keyNames.length === 0) return defaultKeys(request);
  const targets: ColumnTarget[] = [];
  const problems: KeyProblem[] = [];
  const names = request.keyNames.map(columnName);
  for (const [place, name] of names.entries()) {
    const target = request.known.called(name, request.keyNames[place])?.targets[0];
    const noKey = target === undefined ? noKeyCalled(request.modelClass, name) : null;
    if (noKey !== null) problems.push({ ...noKey, blamesColumns: false });
    else if (target === undefined) {
      const near = nearestName(name, [...request.known.values()].map((column) => column.name));
      const columns = [...request.externalKeys.map(({ key }) => key.code), ...directCodes(request)];
      problems.push({ ...sentences.unknownKey(name, near, columns), blamesColumns: false });
    } else {
      const problem = problemOfKey(request, name, target);
      if (problem === null) targets.push(target);
      else problems.push(problem);
    }
  }
  return {
    keys: keysOf(request, targets),
    problems,
    warnings: ambiguities(names, request.known, sentences.ambiguousKey),
  };
}

function directCodes({ direct }: KeyRequest): string[] {
  return direct
    .filter(({ attribute }) => attribute === "id" || attribute.kind !== "external_key")
    .map(({ attribute }) => attribute === "id" ? "id" : attribute.code);
}

function problemOfKey(request: KeyRequest, name: string, target: ColumnTarget): KeyProblem | null {
  if (target.kind === "attribute" && CANNOT_BE_KEYS.has(target.attribute.kind)) {
    return { ...sentences.cannotBeKey(columnCode(target)), blamesColumns: false };
  }
  if (target.kind === "id" && request.modelClass.hasNoIds === true) {
    return { ...sentences.noIdsToFindBy(request.modelClass.code), blamesColumns: false };
  }
  const isThere = isExternalKey(target)
    ? feedsOf(request, target) !== undefined
    : directOf(request, target) !== undefined || partOf(request, target) !== undefined;
  return isThere ? null : { ...sentences.keyIsNoColumn(name), blamesColumns: true };
}

const CANNOT_BE_KEYS: ReadonlySet<string> = new Set(["link_set", "object_list", "password", "case_log", "bytes"]);

/**
 * The class's own keys that the file has. A column through an arrow counts as its external key, but identifies nothing by itself:
 * a class that has keys of its own needs one of those, or the key as such.
 */
function defaultKeys(request: KeyRequest): KeyResult {
  const { modelClass } = request;
  if (modelClass.keySets !== undefined) return keysOfSet(request, modelClass.keySets);
  const present = modelClass.reconciliationKeys
    .map((code) => defaultKey(request, code))
    .filter((target) => target !== undefined);
  const hasPlainKeys = modelClass.reconciliationKeys.some((code) => {
    const kind = modelClass.attributes.get(code)?.kind;
    return kind !== "external_key" && kind !== "external_field";
  });
  const identifies = present.some((target) => identifiesByItself(request, target));
  if (present.length === 0 || (hasPlainKeys && !identifies)) {
    const problem = sentences.noScheme(modelClass.code, modelClass.reconciliationKeys);
    return { keys: [], problems: [{ ...problem, blamesColumns: true }], warnings: [] };
  }
  return { keys: keysOf(request, present), problems: [], warnings: [] };
}

/** The first of some sets of keys that the file has whole, directly or through arrows. */
function keysOfSet(request: KeyRequest, sets: readonly (readonly AttributeCode[])[]): KeyResult {
  for (const set of sets) {
    const present = set.map((code) => keyInSet(request, code, set.length === 1));
    const targets = present.filter((target) => target !== undefined);
    if (targets.length === set.length) return { keys: keysOf(request, targets), problems: [], warnings: [] };
  }
  const problem = sentences.noKeySet(request.modelClass.code, sets);
  return { keys: [], problems: [{ ...problem, blamesColumns: true }], warnings: [] };
}

/** The key of one column is called `id` as well. */
function keyInSet(request: KeyRequest, code: AttributeCode, isAlone: boolean): ColumnTarget | undefined {
  const id: ColumnTarget = { kind: "id" };
  const attribute = request.modelClass.attributes.get(code);
  if (attribute === undefined) return directOf(request, id) && id;
  const target: ColumnTarget = { kind: "attribute", attribute };
  const isThere = isExternalKey(target) ? feedsOf(request, target) : directOf(request, target);
  if (isThere !== undefined) return target;
  const isId = isAlone && isColumn(attribute) && attribute.isFixed === true;
  return isId && directOf(request, id) !== undefined ? id : undefined;
}

/** What one of the class's own keys is in this file; undefined: the file does not have it. */
function defaultKey(request: KeyRequest, code: string): ColumnTarget | undefined {
  const attribute = request.modelClass.attributes.get(code);
  if (attribute === undefined) return undefined;
  if (attribute.kind === "external_field") return externalFieldTarget(request, code);
  const target: ColumnTarget = { kind: "attribute", attribute };
  if (attribute.kind !== "external_key") return directOf(request, target) && target;
  const { parts = [], inner = [] } = feedsOf(request, target) ?? {};
  if (inner.length > 0 || parts.some((part) => part.externalField === null)) return target;
  // An external field that the class lists is a default key of its own. Another one counts as its external key: a match that looked
  // past it would move the object to another target.
  const unlisted = parts.find(({ externalField }) => externalField !== null && !isListed(request, externalField));
  return unlisted?.externalField ? externalFieldTarget(request, unlisted.externalField) : undefined;
}

function isListed({ modelClass }: KeyRequest, code: string): boolean {
  return modelClass.reconciliationKeys.includes(code);
}

function identifiesByItself(request: KeyRequest, target: ColumnTarget): boolean {
  if (target.kind === "through_key") return target.externalField !== null && isListed(request, target.externalField);
  return !isExternalKey(target) || isGivenById(request, target);
}

/** The column of the file that names this external field. */
function externalFieldTarget(request: KeyRequest, code: string): ColumnTarget | undefined {
  for (const { key, parts } of request.externalKeys) {
    const part = parts.find((candidate) => candidate.externalField === code);
    if (part !== undefined && part.attribute !== "id") {
      return { kind: "through_key", key, through: [], attribute: part.attribute, externalField: code };
    }
  }
  return undefined;
}

function isGivenById(request: KeyRequest, target: ColumnTarget): boolean {
  return feedsOf(request, target)?.parts.some((part) => part.attribute === "id") ?? false;
}

function isExternalKey(target: ColumnTarget): boolean {
  return target.kind === "attribute" && target.attribute.kind === "external_key";
}

function directOf(request: KeyRequest, target: ColumnTarget): DirectColumn | undefined {
  if (target.kind === "through_key") return undefined;
  return request.direct.find(({ attribute }) =>
    target.kind === "id" ? attribute === "id" : attribute !== "id" && attribute.code === target.attribute.code
  );
}

function feedsOf(request: KeyRequest, target: ColumnTarget): ExternalKeyColumns | undefined {
  const code = target.kind === "through_key"
    ? target.key.code
    : target.kind === "attribute"
    ? target.attribute.code
    : "";
  return request.externalKeys.find((columns) => columns.key.code === code);
}

function partOf(request: KeyRequest, target: ColumnTarget): string | undefined {
  if (target.kind !== "through_key") return undefined;
  const holder = target.through.reduce<ExternalKeyColumns | undefined>(
    (outer, { code }) => outer?.inner.find(({ key }) => key.code === code),
    feedsOf(request, target),
  );
  const part = holder?.parts.find(({ attribute }) => attribute !== "id" && attribute.code === target.attribute.code);
  return part === undefined ? undefined : printedPart(target, part.externalField);
}

function printedPart(target: ColumnTarget & { kind: "through_key" }, externalField: string | null): string {
  if (externalField !== null) return `${target.key.code} (${externalField})`;
  return [...target.through, target.attribute].map(({ code }) => code).join("->");
}

/** One key for each attribute or external key, in the order of the names. */
function keysOf(request: KeyRequest, targets: readonly ColumnTarget[]): ReconciliationKey[] {
  const keys: ReconciliationKey[] = [];
  const printed = new Map<ExternalKeyColumns, Set<string>>();
  for (const target of targets) {
    const feeds = feedsOf(request, target);
    if (feeds !== undefined) {
      const part = partOf(request, target);
      const names = part === undefined ? namesOfBareKey(feeds) : [part];
      const before = printed.get(feeds);
      if (before === undefined) keys.push({ kind: "external_key", columns: feeds, printed: "" });
      printed.set(feeds, new Set([...before ?? [], ...names]));
      continue;
    }
    const column = directOf(request, target);
    if (column === undefined) continue;
    const { cell, attribute } = column;
    const name = attribute === "id" ? attribute : shownCode(attribute);
    if (keys.some((key) => key.printed === name)) continue;
    keys.push(
      attribute === "id" ? { kind: "id", cell, printed: name } : { kind: "attribute", cell, attribute, printed: name },
    );
  }
  return keys.map((key) =>
    key.kind === "external_key"
      ? { ...key, printed: printedKey(key.columns, [...printed.get(key.columns) ?? []]) }
      : key
  );
}

/** A key that holds what it refers to by is a column like any other. */
function printedKey({ key, parts, inner }: ExternalKeyColumns, names: readonly string[]): string {
  const isPlain = key.takesAnyId === true && inner.length === 0 && parts.every(({ isOwn }) => isOwn === true);
  return isPlain ? key.code : `${key.code} (${names.join(",")})`;
}

/** An external key named as such: the attributes that identify it through arrows, else its id (golden decisions, b-rec-extkey-bare-code). */
function namesOfBareKey(columns: ExternalKeyColumns): readonly string[] {
  if (columns.parts.some((part) => part.attribute === "id")) return ["id"];
  const arrows = arrowsOf(columns);
  return arrows.length > 0 ? arrows : ["id"];
}

function arrowsOf({ parts, inner }: ExternalKeyColumns): readonly string[] {
  const own = parts.flatMap((part) =>
    part.attribute !== "id" && part.externalField === null ? [part.attribute.code] : []
  );
  return [...own, ...inner.flatMap((one) => arrowsOf(one).map((path) => `${one.key.code}->${path}`))];
}
