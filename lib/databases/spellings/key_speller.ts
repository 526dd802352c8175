/** The keys of a search with all spellings that their texts have. */
import { attributeOf, classOf, isColumn } from "../../model/look_up.ts";
import type { AttributeCode, Model, StoredValue } from "../../model/model.ts";
import type { Mapping } from "../../store/layout.ts";
import type { SearchPlan } from "../../store/objects.ts";
import type { VisibleCondition } from "../sql/attribute_expression.ts";
import { type ComparedText, comparedText } from "../sql/text_source.ts";
import type { Steps } from "../shared/steps.ts";
import type { Spellings } from "./spellings.ts";

/** One value for each condition; a list of texts where there are several spellings. */
export type SpeltKey = readonly (StoredValue | readonly string[])[];

/** Whether a condition has a list. */
export function isSpelt(key: SpeltKey): boolean {
  return key.some((value) => typeof value === "object" && value !== null);
}

interface Place {
  readonly position: number;
  readonly compared: ComparedText;
}

export class KeySpeller {
  readonly #spellings: Spellings | null;
  readonly #places: readonly Place[];
  /** By position. */
  readonly #longest: readonly number[];

  constructor(
    context: Mapping & { readonly spellings: Spellings | null },
    plan: SearchPlan,
    visible: VisibleCondition | null,
  ) {
    this.#spellings = context.spellings;
    this.#longest = plan.conditions.map((code) => longestText(context.model, plan, code));
    this.#places = context.spellings === null ? [] : plan.conditions.flatMap((code, position) => {
      const compared = comparedText(context, plan.class, code, visible);
      return compared === null ? [] : [{ position, compared }];
    });
  }

  /** To be done before the first key is spelt, and before statements are made: it makes what they use. */
  *begin(): Steps<void> {
    for (const { compared } of this.#places) if (this.#spellings !== null) yield* this.#spellings.use(compared.source);
  }

  /** The conditions that may have lists. */
  get places(): readonly number[] {
    return this.#places.map(({ position }) => position);
  }

  /** One for each key; null: nothing can be found. A key has a list for all texts, or for none. */
  *spell(keys: readonly (readonly StoredValue[])[]): Steps<readonly (SpeltKey | null)[]> {
    let spelt: readonly SpeltKey[] = keys;
    for (const place of this.#places) spelt = yield* this.#spellPlace(spelt, place);
    return spelt.map((key) => this.#canBeFound(key) ? this.#even(key) : null);
  }

  *#spellPlace(keys: readonly SpeltKey[], { position, compared }: Place): Steps<readonly SpeltKey[]> {
    const texts = keys.flatMap((key) => textAt(key, position) ?? []);
    if (texts.length === 0 || this.#spellings === null) return keys;
    const found = yield* this.#spellings.of(texts, compared, this.#longest[position] ?? Infinity);
    let next = 0;
    return keys.map((key) => {
      const text = textAt(key, position);
      if (text === null) return key;
      const spelling = found[next++] ?? text;
      return spelling === text ? key : key.with(position, spelling);
    });
  }

  #canBeFound(key: SpeltKey): boolean {
    return key.every((value, position) => {
      if (typeof value === "string") return value.length <= (this.#longest[position] ?? Infinity);
      return typeof value !== "object" || value === null || value.length > 0;
    });
  }

  /** One statement serves all keys that have a list: it expects one for each text. */
  #even(key: SpeltKey): SpeltKey {
    if (!isSpelt(key)) return key;
    const places = new Set(this.places);
    return key.map((value, position) => places.has(position) && typeof value === "string" ? [value] : value);
  }
}

function textAt(key: SpeltKey, position: number): string | null {
  const value = key[position];
  return typeof value === "string" ? value : null;
}

/**
 * How long a text can be, in UTF-16 code units, that an attribute holds in the class or one below it, which may allow more. A longer one
 * is not worth a search: SQLite copies it again and again, which takes seconds for some MiB.
 */
function longestText(model: Model, plan: SearchPlan, code: AttributeCode | "id"): number {
  if (code === "id") return Infinity;
  const lengths = classOf(model, plan.class).concreteClasses.map((real) => {
    const attribute = attributeOf(classOf(model, real), code);
    // A character has at most two units.
    return isColumn(attribute) && "maxLength" in attribute ? 2 * attribute.maxLength : Infinity;
  });
  return Math.max(...lengths);
}
