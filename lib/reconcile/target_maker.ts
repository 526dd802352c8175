/** Makes targets of the columns given for them, where none is found (SPEC 17, `create_targets`). Nothing is written here. */
import type { ColumnPlan, ExternalKeyColumns } from "../columns/plan.ts";
import type { CsvRecord } from "../csv/record.ts";
import { classOf, isColumn } from "../model/look_up.ts";
import type { AttributeCode, ModelClass, StoredValue } from "../model/model.ts";
import type { NewObject } from "../store/objects.ts";
import { readerFor } from "../values/reader_for.ts";
import type { ParsedValue } from "../values/value_reader.ts";
import { createObjectCheck } from "./check_before_writing.ts";
import type { ExternalKeyResolver } from "./external_key.ts";
import type { KeyTarget } from "./key_target.ts";
import { comparedValue } from "./meeting_targets.ts";
import { objectTemplate } from "./new_object.ts";
import type { NewTarget } from "./new_targets.ts";
import { codeOfOwn } from "./own_keys.ts";
import type { KeyProblem, NotMadeReason } from "./problems.ts";
import { ownText } from "./remembered_targets.ts";
import type { CheckedObject, RunContext } from "./run_context.ts";
import { anyTyped } from "./typed_search.ts";

/** What a record that finds no target is to create; or why none can be made of it. */
export type TargetMaker = (record: Pick<CsvRecord, "cells">) => Promise<KeyTarget>;

/** Reads what a new target has of an attribute. */
interface Given {
  readonly attribute: AttributeCode;
  /** Null: what the external key refers to is in the way, and told of it. */
  read(record: Pick<CsvRecord, "cells">): Promise<ParsedValue | null>;
}

/** @param inner a resolver for each of the external keys behind arrows */
export function createTargetMaker(
  context: RunContext,
  columns: ExternalKeyColumns,
  inner: readonly ExternalKeyResolver[],
): TargetMaker {
  const target = classOf(context.model, columns.key.target);
  const given = givenOf(context, columns, target, inner);
  const codes = given.map(({ attribute }) => attribute);
  const own = { ...context, plan: planOf(target, columns), rules: null };
  const template = objectTemplate(own, new Set(codes));
  const check = createObjectCheck(own, () => false);
  const ownKeys = ownKeysOf(target);
  const keys = ownKeys.filter((code) => codes.includes(code));
  const takenBy = createTakenLook(own, target, codes, keys);
  const lacks = lacking(template);
  return async (record) => {
    const searched = ownText(columns.parts.map(({ cell }) => record.cells[cell] ?? "").join(" "));
    const refused = (reasons: readonly NotMadeReason[]): KeyTarget => {
      const problem: KeyProblem = { kind: "target_not_made", searched, target: target.code, reasons };
      return { ok: false, problem, missingId: null };
    };
    const { values, reasons } = await readAll(given, record);
    if (reasons.length + lacks.length > 0) return refused([...reasons, ...lacks]);
    const taken = await takenBy(values);
    if (taken !== null) return refused([taken]);
    const all = template.values.slice();
    codes.forEach((code, index) => all[template.attributes.indexOf(code)] = values[index] ?? null);
    const problems = check.isNeeded ? await check.problemsOf(checkedObject(target, template.attributes, all)) : [];
    if (problems.length > 0) return refused(problems.map((problem) => ({ kind: "refused", problem })));
    const made = known(context, columns, nameOf(target, codes, values), {
      attributes: template.attributes,
      values: all,
      keys: keys.length === 0 ? codes : keys,
    });
    return { ok: true, id: made.write.id, toCreate: made };
  };
}

/** The target as another row, or another key, has made it already; or a new one. */
function known(
  { newTargets, store }: RunContext,
  { key }: ExternalKeyColumns,
  name: string,
  { attributes, values, keys }: Pick<NewObject, "attributes" | "values"> & Pick<NewTarget, "keys">,
): NewTarget {
  const before = newTargets.get(name);
  if (before !== undefined && !before.isWritten) return before;
  const write = { class: key.target, attributes, id: store.newId(key.target), values };
  const made: NewTarget = { attribute: key.code, write, keys, isWritten: false };
  newTargets.add(name, made);
  return made;
}

function givenOf(
  context: RunContext,
  { parts }: ExternalKeyColumns,
  target: ModelClass,
  inner: readonly ExternalKeyResolver[],
): readonly Given[] {
  const cells = parts.flatMap(({ attribute, cell }): Given[] => {
    if (attribute === "id" || !isColumn(attribute) || attribute.kind === "external_key") return [];
    const reader = readerFor(attribute, { ...context, dateFormat: null });
    return [{
      attribute: attribute.code,
      read: (record) => Promise.resolve(reader.parse(record.cells[cell] ?? null)),
    }];
  });
  const keys = inner.map((resolver): Given => {
    const { code } = resolver.columns.key;
    const attribute = target.attributes.get(code);
    const isNeeded = attribute !== undefined && isColumn(attribute) && !attribute.nullAllowed;
    return {
      attribute: code,
      async read(record) {
        const [found] = await resolver.targetsOf([record]);
        if (found?.ok !== true) return null;
        if (found.id === null && isNeeded) return { ok: false, problem: { kind: "null_not_allowed" } };
        return { ok: true, value: found.id };
      },
    };
  });
  return [...cells, ...keys];
}

async function readAll(
  given: readonly Given[],
  record: Pick<CsvRecord, "cells">,
): Promise<{ readonly values: readonly StoredValue[]; readonly reasons: readonly NotMadeReason[] }> {
  const values: StoredValue[] = [];
  const reasons: NotMadeReason[] = [];
  for (const { attribute, read } of given) {
    const parsed = await read(record);
    values.push(parsed?.ok === true ? parsed.value : null);
    if (parsed?.ok === false) reasons.push({ kind: "value", attribute, problem: parsed.problem });
  }
  return { values, reasons };
}

/** Mandatory attributes for which there are no columns. */
function lacking({ missingExternalKeys, missingValues }: ReturnType<typeof objectTemplate>): readonly NotMadeReason[] {
  const keys = missingExternalKeys.codes.length === 0 ? [] : [{ kind: "lacks_keys", ...missingExternalKeys } as const];
  return [...keys, ...missingValues.map((problem) => ({ kind: "refused", problem }) as const)];
}

/** A plan of the target's own columns: the checks of an object ask for its class and little else. */
function planOf(target: ModelClass, { parts }: ExternalKeyColumns): ColumnPlan {
  const keys = parts.flatMap(({ attribute, cell }) =>
    attribute === "id" ? [] : [{ kind: "attribute", cell, attribute, printed: attribute.code } as const]
  );
  return {
    class: target,
    codes: [],
    headers: [],
    addedCells: 0,
    ignored: [],
    externalKeys: [],
    direct: [],
    keys,
    keysAreNamed: true,
    warnings: [],
  };
}

function ownKeysOf(target: ModelClass): readonly AttributeCode[] {
  return [...new Set(target.reconciliationKeys.map((code) => codeOfOwn(target, code)))];
}

/**
 * Looks whether an import of the target's class from the same columns would find an object, because it has the same own keys: another one
 * of these would be its twin. Null: it would find none. Of objects that the user may not see it tells what that import would tell.
 * @param keys those of the class's own keys that columns give
 */
function createTakenLook(
  own: RunContext,
  target: ModelClass,
  codes: readonly AttributeCode[],
  keys: readonly AttributeCode[],
): (values: readonly StoredValue[]) => Promise<NotMadeReason | null> {
  const search = (includeHidden: boolean) =>
    own.store.search({ class: target.code, conditions: keys, read: [], includeHidden });
  // With all columns nothing was found.
  const seen = keys.length > 0 && keys.length < codes.length ? search(false) : null;
  const areFront = ownKeysOf(target).slice(0, keys.length).every((code) => keys.includes(code));
  const all = own.someObjectsAreHidden && keys.length > 0 && areFront ? search(true) : null;
  const places = keys.map((code) => codes.indexOf(code));
  return async (values) => {
    const asked = places.map((place) => values[place] ?? null);
    if (asked.every((value) => (value ?? "") === "")) return null;
    if (seen !== null && (await anyTyped(seen, [asked]))[0] === true) return { kind: "keys_taken", codes: keys };
    if (all === null || (await anyTyped(all, [asked]))[0] !== true) return null;
    return { kind: "refused", problem: { kind: "duplicates_hidden_object", class: target.code } };
  };
}

/** Objects of one name are one. */
function nameOf(target: ModelClass, codes: readonly AttributeCode[], values: readonly StoredValue[]): string {
  return JSON.stringify([target.code, codes, codes.map((code, index) => comparedValue(target, code, values[index]))]);
}

function checkedObject(
  target: ModelClass,
  attributes: readonly AttributeCode[],
  values: readonly StoredValue[],
): CheckedObject {
  return {
    class: target.code,
    write: { id: null, changes: new Map(), links: [] },
    initialValue: (code) => values[attributes.indexOf(code)] ?? null,
    knownValue: () => undefined,
  };
}
