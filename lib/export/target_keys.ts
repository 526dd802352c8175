/** By which attributes the targets of external keys are written: by their own keys, as many of them as tell them apart. */
import { classOf, finalAttribute } from "../model/look_up.ts";
import type { AttributeCode, ClassCode, Model, ModelClass } from "../model/model.ts";
import type { ExportContext } from "./export_context.ts";
import { searchedText } from "./searched_text.ts";
import { tellApart, type TellingPart } from "./tell_apart.ts";

export class TargetKeys {
  /** Each answer takes a look at all objects of a class. */
  readonly #toldApart = new Map<string, boolean>();

  constructor(private readonly context: ExportContext) {}

  /**
   * The fewest of the target's own keys, from the first one on, that tell all of its objects apart.
   * @param isNamed whether an attribute can be named
   * @returns none: only the id does
   */
  async of(target: ClassCode, isNamed: (code: AttributeCode) => boolean): Promise<readonly AttributeCode[]> {
    const { model } = this.context;
    const codes = ownKeys(model, classOf(model, target)).filter((code) => this.#isSeen(target, code) && isNamed(code));
    for (let count = 1; count <= codes.length; count++) {
      const some = codes.slice(0, count);
      if (await this.tellApart(target, some)) return some;
    }
    return [];
  }

  /** Whether these attributes tell the target's objects apart. */
  async tellApart(target: ClassCode, codes: readonly AttributeCode[]): Promise<boolean> {
    const name = `${target} ${codes.join()}`;
    const known = this.#toldApart.get(name) ?? await tellApart(this.context, target, this.#parts(target, codes));
    this.#toldApart.set(name, known);
    return known;
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
  return [...new Set(codes)].filter((code) => isWritable(model, modelClass, code));
}

const NEVER_SEARCHED: ReadonlySet<string> = new Set([
  ...["password", "case_log", "link_set", "object_list"],
  ...["friendly_name", "obsolescence_flag", "obsolescence_date"],
]);

function isWritable(model: Model, modelClass: ModelClass, code: AttributeCode): boolean {
  const { attribute } = finalAttribute(model, modelClass, code);
  return attribute === "id" || !NEVER_SEARCHED.has(attribute.kind);
}
