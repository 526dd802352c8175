/** The uniqueness rules of links beyond the one that every link set keeps by itself: one link for each remote object. */
import { comparedForm, exactForm } from "../compared_text.ts";
import { classOf, finalAttribute, isColumn, isText } from "../model/look_up.ts";
import type { AttributeCode, ClassCode, Model, StoredValue } from "../model/model.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { LinkClass } from "./link_item.ts";
import type { DuplicateProblem } from "./problems.ts";
import type { RunContext } from "./run_context.ts";
import { createUniquenessCheck, type UniquenessCheck } from "./uniqueness.ts";

/** A link as it will be. */
export interface CheckedLink {
  /** Null: a new one. */
  readonly id: ObjectId | null;
  readonly isWritten: boolean;
  /** Of `LinkClass.attributes`, in their order. */
  readonly values: readonly StoredValue[];
}

/** The links of an object as they will be. */
export interface CheckedLinks {
  /** The object that has the link set; null: a new one. */
  readonly objectId: ObjectId | null;
  readonly links: readonly CheckedLink[];
  /** Ids of links that will be gone. */
  readonly removed: readonly ObjectId[];
}

/** What a rule compares in a link, behind the rule's name. */
export type RuleKey = readonly StoredValue[];

export interface CheckedResult {
  /** Which rule the links would break; null: none. */
  readonly problem: DuplicateProblem | null;
  /** What was asked about: whoever writes one of it changes the answer. */
  readonly asked: readonly RuleKey[];
}

export interface LinkCheck {
  /** Checks the links of some objects, asked about at once; one result for each. */
  check(of: readonly CheckedLinks[]): Promise<readonly CheckedResult[]>;
  /** The values by which links with these values of `LinkClass.attributes` are held against others. */
  keysOf(objectId: ObjectId | null, values: readonly StoredValue[]): readonly RuleKey[];
}

/** What is asked of the database about one link. */
interface Question {
  readonly place: number;
  readonly id: ObjectId | null;
  readonly values: readonly StoredValue[];
}

export function createLinkCheck(context: RunContext, links: LinkClass): LinkCheck {
  const { linkSet, class: { uniquenessRules } } = links;
  const checks = uniquenessRules
    .filter((rule) => rule.blocking)
    .filter((rule) => ![linkSet.keyToThis, linkSet.keyToRemote].every((key) => rule.attributes.includes(key)))
    .map((rule) => createUniquenessCheck(context, rule));
  return checks.length === 0 ? NO_RULES : new LinkRules(context, links, checks);
}

const NOTHING_FOUND: CheckedResult = { problem: null, asked: [] };

/** Of most links. */
const NO_RULES: LinkCheck = {
  check: (of) => Promise.resolve(of.map(() => NOTHING_FOUND)),
  keysOf: () => [],
};

class LinkRules implements LinkCheck {
  readonly #codes: readonly AttributeCode[];

  constructor(
    private readonly context: RunContext,
    private readonly links: LinkClass,
    private readonly checks: readonly UniquenessCheck[],
  ) {
    this.#codes = links.attributes.map(({ code }) => code);
  }

  async check(of: readonly CheckedLinks[]): Promise<readonly CheckedResult[]> {
    const free = await this.#askFree(of);
    const results: CheckedResult[] = [];
    for (const one of of) {
      const asked = this.checks.flatMap((check, place) =>
        this.#questionsOf(place, check, one).map(({ values }) => keyOf(check, values))
      );
      results.push({ problem: await this.#problemOf(one, free), asked });
    }
    return results;
  }

  keysOf(objectId: ObjectId | null, values: readonly StoredValue[]): readonly RuleKey[] {
    return this.checks.map((check) => keyOf(check, this.#valuesFor(check, objectId, values)));
  }

  #valuesFor({ needed }: UniquenessCheck, objectId: ObjectId | null, values: readonly StoredValue[]) {
    return needed.map((code) => this.#valueOf(code, objectId, values));
  }

  #valueOf(code: AttributeCode, objectId: ObjectId | null, values: readonly StoredValue[]): StoredValue {
    return code === this.links.linkSet.keyToThis ? objectId : values[this.#codes.indexOf(code)] ?? null;
  }

  /** What refers to a new object is nobody's yet. */
  #isNobodys({ rule }: UniquenessCheck, objectId: ObjectId | null): boolean {
    return objectId === null && rule.attributes.includes(this.links.linkSet.keyToThis);
  }

  #questionsOf(place: number, check: UniquenessCheck, { objectId, links }: CheckedLinks): readonly Question[] {
    if (this.#isNobodys(check, objectId)) return [];
    return links.filter(({ isWritten }) => isWritten)
      .map(({ id, values }) => ({ place, id, values: this.#valuesFor(check, objectId, values) }))
      .filter(({ values }) => check.concerns(values));
  }

  /** Which of the questions have the answer that nobody else has the same. */
  async #askFree(of: readonly CheckedLinks[]): Promise<ReadonlySet<string>> {
    const free = new Set<string>();
    for (const [place, check] of this.checks.entries()) {
      const questions = of.flatMap((one) => this.#questionsOf(place, check, one));
      for (let start = 0; start < questions.length; start += ASKED_TOGETHER) {
        const asked = questions.slice(start, start + ASKED_TOGETHER);
        const answers = await check.areFree(asked);
        asked.forEach((question, index) => answers[index] === true && free.add(nameOf(question)));
      }
    }
    return free;
  }

  async #problemOf(
    { objectId, links, removed }: CheckedLinks,
    free: ReadonlySet<string>,
  ): Promise<DuplicateProblem | null> {
    const isRemoved = new Set(removed);
    for (const [place, check] of this.checks.entries()) {
      const seen = new Set<string>();
      for (const link of links) {
        const values = this.#valuesFor(check, objectId, link.values);
        if (!check.concerns(values)) continue;
        const name = foldedValues(this.context.model, check, values);
        if (seen.has(name)) return await check.duplicate(values, (code) => this.#valueOf(code, objectId, link.values));
        seen.add(name);
        if (!link.isWritten || this.#isNobodys(check, objectId)) continue;
        if (free.has(nameOf({ place, id: link.id, values }))) continue;
        const problem = await check.problem(values, (id) => id === link.id || isRemoved.has(id));
        if (problem !== null) return problem;
      }
    }
    return null;
  }
}

/** So many links are asked about with one statement. */
const ASKED_TOGETHER = 512;

function nameOf({ place, id, values }: Question): string {
  return JSON.stringify([place, id, ...values]);
}

/** What must not be empty beside it says nothing: who has the same is in the way all the same. */
function keyOf({ rule }: UniquenessCheck, values: readonly StoredValue[]): RuleKey {
  return [`${rule.declaredBy}.${rule.name}`, ...values.slice(0, rule.attributes.length)];
}

/** The rule's values in a form that is equal where the database finds them equal. */
function foldedValues(model: Model, { rule }: UniquenessCheck, values: readonly StoredValue[]): string {
  return JSON.stringify(rule.attributes.map((code, index) => {
    const value = values[index] ?? null;
    if (typeof value !== "string") return value;
    return countsCase(model, rule.declaredBy, code) ? exactForm(value) : comparedForm(value);
  }));
}

/** Whether texts that differ in case are two. */
function countsCase(model: Model, modelClass: ClassCode, code: AttributeCode): boolean {
  const { attribute } = finalAttribute(model, classOf(model, modelClass), code);
  return attribute !== "id" && isColumn(attribute) && (!isText(attribute) || attribute.countsCase);
}
