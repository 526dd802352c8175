/** Makes targets of the columns given for them, where none is found (SPEC 16, `create_targets`). Nothing is written here. */
import type { ColumnPlan, ExternalKeyColumns } from "../columns/plan.ts";
import type { CsvRecord } from "../csv/record.ts";
import { classOf, isColumn } from "../model/look_up.ts";
import type { AttributeCode, ModelClass, StoredValue } from "../model/model.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { NewValues } from "../store/objects.ts";
import { readerFor } from "../values/reader_for.ts";
import type { ParsedValue } from "../values/value_reader.ts";
import { createObjectCheck } from "./check_before_writing.ts";
import type { ExternalKeyResolver } from "./external_key.ts";
import type { KeyTarget } from "./key_target.ts";
import { objectTemplate } from "./new_object.ts";
import type { SharedTarget } from "./new_targets.ts";
import type { NotMadeReason } from "./problems.ts";
import { ownText } from "./remembered_targets.ts";
import type { CheckedObject, RunContext } from "./run_context.ts";
import { createClaims, createTakenLook, nameOf, ownKeysOf } from "./target_claims.ts";

type RecordCells = Pick<CsvRecord, "cells">;

/** What records that find no target are to create, one answer for each; or why none can be made of it. */
export type TargetMaker = (records: readonly RecordCells[]) => Promise<readonly KeyTarget[]>;

/** Reads what new targets have of an attribute. */
interface Given {
  readonly attribute: AttributeCode;
  /** One for each record. Null: what the external key refers to is in the way, and told of it. */
  read(records: readonly RecordCells[]): Promise<readonly (ParsedValue | null)[]>;
}

/** What columns say of a new target. */
interface Candidate {
  /** Of the attributes that columns give. */
  readonly given: readonly StoredValue[];
  readonly reasons: NotMadeReason[];
  /** Of the template's attributes. */
  readonly values: readonly StoredValue[];
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
  const places = codes.map((code) => template.attributes.indexOf(code));
  const keys = ownKeysOf(target).filter((code) => codes.includes(code));
  const takenBy = createTakenLook(own, target, codes, keys);
  const claimsOf = createClaims(own, target, codes, keys);
  const refuse = createRefusals(own, target, template.attributes);
  const lacks = lacking(template);
  const candidate = (values: readonly (ParsedValue | null | undefined)[]): Candidate => {
    const all = template.values.slice();
    const read = values.map((value) => value?.ok === true ? value.value : null);
    read.forEach((value, index) => all[places[index] ?? -1] = value);
    return { given: read, reasons: [...reasonsIn(codes, values), ...lacks], values: all };
  };
  return async (records) => {
    const lists: (readonly (ParsedValue | null)[])[] = [];
    for (const { read } of given) lists.push(await read(records));
    const candidates = records.map((_, index) => candidate(lists.map((list) => list[index])));
    await takenBy(candidates.filter(isGood));
    await refuse(candidates.filter(isGood));
    return candidates.map((one, index) => {
      if (!isGood(one)) return notMade(columns, target, records[index], one.reasons);
      const shared = known(
        context,
        target,
        nameOf(target, codes, one.given),
        { attributes: template.attributes, values: one.values },
        () => claimsOf(one.given, (code) => one.values[template.attributes.indexOf(code)] ?? null),
      );
      // Ids are given when they are asked for: row after row, whatever was asked about together.
      const write = {
        class: target.code,
        attributes: template.attributes,
        values: one.values,
        get id() {
          return shared.id;
        },
      };
      const toCreate = { attribute: columns.key.code, write, keys: keys.length === 0 ? codes : keys, one: shared };
      return {
        ok: true,
        toCreate,
        get id() {
          return shared.id;
        },
      };
    });
  };
}

function isGood({ reasons }: Candidate): boolean {
  return reasons.length === 0;
}

function notMade(
  { parts }: ExternalKeyColumns,
  target: ModelClass,
  record: RecordCells | undefined,
  reasons: readonly NotMadeReason[],
): KeyTarget {
  const searched = ownText(parts.map(({ cell }) => record?.cells[cell] ?? "").join(" "));
  return { ok: false, problem: { kind: "target_not_made", searched, target: target.code, reasons }, missingId: null };
}

/** The target as another row, or another key, has made it already; or a new one. */
function known(
  { newTargets, store }: RunContext,
  target: ModelClass,
  name: string,
  object: NewValues,
  claims: () => readonly string[],
): SharedTarget {
  const before = newTargets.get(name);
  if (before !== undefined && !before.isWritten) return before;
  let id: ObjectId | null = null;
  const made = {
    get id() {
      return id ??= store.newId(target.code, object);
    },
    claims: claims(),
    isHandedOver: false,
    isWritten: false,
  };
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
      read: (records) => Promise.resolve(records.map(({ cells }) => reader.parse(cells[cell] ?? null))),
    }];
  });
  const keys = inner.map((resolver): Given => {
    const { code } = resolver.columns.key;
    const attribute = target.attributes.get(code);
    const isNeeded = attribute !== undefined && isColumn(attribute) && !attribute.nullAllowed;
    return {
      attribute: code,
      async read(records) {
        return (await resolver.targetsOf(records)).map((found) => {
          if (!found.ok) return null;
          if (found.id === null && isNeeded) return { ok: false, problem: { kind: "null_not_allowed" } };
          return { ok: true, value: found.id };
        });
      },
    };
  });
  return [...cells, ...keys];
}

function reasonsIn(
  codes: readonly AttributeCode[],
  values: readonly (ParsedValue | null | undefined)[],
): readonly NotMadeReason[] {
  return values.flatMap((parsed, index): NotMadeReason[] =>
    parsed?.ok === false ? [{ kind: "value", attribute: codes[index] ?? "", problem: parsed.problem }] : []
  );
}

/** Notes what the checks of a whole object say of candidates. */
function createRefusals(
  own: RunContext,
  target: ModelClass,
  attributes: readonly AttributeCode[],
): (candidates: readonly Candidate[]) => Promise<void> {
  const check = createObjectCheck(own, () => false);
  if (!check.isNeeded) return () => Promise.resolve();
  return async (candidates) => {
    const objects = candidates.map(({ values }) => checkedObject(target, attributes, values));
    await check.prepare(objects);
    for (const [index, { reasons }] of candidates.entries()) {
      const object = objects[index];
      const problems = object === undefined ? [] : await check.problemsOf(object);
      reasons.push(...problems.map((problem) => ({ kind: "refused", problem }) as const));
    }
  };
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
