/** By which attributes the targets of external keys are written: by their own keys, as many of them as tell them apart. */
import { attributeOf, classOf, finalAttribute } from "../model/look_up.ts";
import type { Attribute, AttributeCode, ClassCode, ExternalKeyAttribute, Model, ModelClass } from "../model/model.ts";
import { idIn } from "../store/object_id.ts";
import type { ExportContext } from "./export_context.ts";
import { searchedText } from "./searched_text.ts";
import { tellApart, type TellingPart } from "./tell_apart.ts";

/** What is told of a target: an attribute of it, or of what it refers to through further external keys. */
export interface TargetPart {
  readonly through: readonly ExternalKeyAttribute[];
  readonly attribute: Attribute;
}

export class TargetKeys {
  /** Each answer takes a look at all objects of a class. */
  readonly #toldApart = new Map<string, boolean>();

  constructor(private readonly context: ExportContext) {}

  /**
   * The fewest of the target's own keys, from the first one on, that tell all of its objects apart.
   * @returns none: only the id does
   */
  async of(target: ClassCode): Promise<readonly AttributeCode[]> {
    return (await this.partsOf(target, 0, () => true)).map(({ attribute }) => attribute.code);
  }

  /**
   * The same for columns: what is an external key itself is told by the own keys of what it refers to.
   * @param most further arrows that there may be
   * @param isNamed whether a header can name it
   */
  async partsOf(
    target: ClassCode,
    most: number,
    isNamed: (part: TargetPart) => boolean,
  ): Promise<readonly TargetPart[]> {
    const targetClass = classOf(this.context.model, target);
    const codes: AttributeCode[] = [];
    const told: TargetPart[] = [];
    for (const code of ownKeys(this.context.model, targetClass)) {
      const parts = await this.#partsFor(target, attributeOf(targetClass, code), most, isNamed);
      if (parts.length === 0) continue;
      codes.push(code);
      told.push(...parts);
      if (await this.tellApart(target, codes)) return told;
    }
    return [];
  }

  /** None: nothing tells of the attribute. */
  async #partsFor(
    target: ClassCode,
    attribute: Attribute,
    most: number,
    isNamed: (part: TargetPart) => boolean,
  ): Promise<readonly TargetPart[]> {
    if (attribute.kind === "external_key" && most > 0 && !this.context.someObjectsAreHidden) {
      const further = (part: TargetPart) => ({ ...part, through: [attribute, ...part.through] });
      const behind = await this.partsOf(attribute.target, most - 1, (part) => isNamed(further(part)));
      if (behind.length > 0) return behind.map(further);
    }
    const part = { through: [], attribute };
    return this.#isSeen(target, attribute.code) && isNamed(part) ? [part] : [];
  }

  /** Whether columns tell the target's objects apart: those behind a further arrow must tell apart what is there. */
  async tellApartBy(target: ClassCode, parts: readonly TargetPart[]): Promise<boolean> {
    const behind = Map.groupBy(parts, ({ through }) => through[0]);
    for (const [key, others] of behind) {
      if (key === undefined) continue;
      const inner = others.map((part) => ({ ...part, through: part.through.slice(1) }));
      if (!await this.tellApartBy(key.target, inner)) return false;
    }
    const own = (behind.get(undefined) ?? []).map(({ attribute }) => attribute.code);
    const ways = [...behind.keys()].filter((key) => key !== undefined);
    return await this.tellApart(target, own, ways);
  }

  /** Whether these attributes tell the target's objects apart. @param ways external keys whose targets are told by themselves */
  async tellApart(
    target: ClassCode,
    codes: readonly AttributeCode[],
    ways: readonly ExternalKeyAttribute[] = [],
  ): Promise<boolean> {
    const name = `${target} ${codes.join()} ${ways.map(({ code }) => code).join()}`;
    const known = this.#toldApart.get(name);
    if (known !== undefined) return known;
    const throughWays = ways.map((way): TellingPart => ({
      code: way.code,
      target: way.target,
      form: (value) => String(idIn(value) ?? ""),
    }));
    const isTold = await tellApart(this.context, target, [...this.#parts(target, codes), ...throughWays]);
    this.#toldApart.set(name, isTold);
    return isTold;
  }

  /** Nobody is told the id of what they may not see, and so an import does not find objects by it. */
  #isSeen(target: ClassCode, code: AttributeCode): boolean {
    const { model, someObjectsAreHidden } = this.context;
    const { attribute } = finalAttribute(model, classOf(model, target), code);
    return !someObjectsAreHidden || (attribute !== "id" && attribute.kind !== "external_key");
  }

  #parts(target: ClassCode, codes: readonly AttributeCode[]): readonly TellingPart[] {
    return codes.map((code) => {
      const text = this.#isSeen(target, code) ? searchedText(this.context, target, code) : null;
      return {
        code,
        form(value) {
          const written = text?.write(value);
          if (text === null || written === undefined) return undefined;
          return written === "" || text.isSound(value, written) ? text.form(written) : undefined;
        },
      };
    });
  }
}

/** The class's own keys; in place of an external key what its target is known by, where the class has an attribute for that. */
function ownKeys(model: Model, modelClass: ModelClass): readonly AttributeCode[] {
  const codes = modelClass.reconciliationKeys.flatMap((code) => {
    const attribute = modelClass.attributes.get(code);
    if (attribute?.kind !== "external_key") return [code];
    const target = classOf(model, attribute.target);
    const field = [...modelClass.attributes.values()].find((one) =>
      one.kind === "external_field" && one.key === code && one.attribute === target.reconciliationKeys[0]
    );
    return [field?.code ?? code];
  });
  // An id is told by the key itself.
  return [...new Set(codes)].filter((code) => code !== "id" && isWritable(model, modelClass, code));
}

const NEVER_SEARCHED: ReadonlySet<string> = new Set([
  ...["password", "case_log", "link_set", "object_list"],
  ...["friendly_name", "obsolescence_flag", "obsolescence_date"],
]);

function isWritable(model: Model, modelClass: ModelClass, code: AttributeCode): boolean {
  const { attribute } = finalAttribute(model, modelClass, code);
  return attribute === "id" || !NEVER_SEARCHED.has(attribute.kind);
}
