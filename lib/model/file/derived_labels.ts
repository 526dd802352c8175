/** Labels of external fields that have none of their own: `Organization->Obsolete`, from the key's and the target's labels. */
import { joinLabels } from "./labels.ts";
import type { Attribute, ExternalFieldAttribute, Labels, LanguageCode } from "../model.ts";

type ClassAttributes = ReadonlyMap<string, ReadonlyMap<string, Attribute>>;

interface Unlabelled {
  readonly owner: string;
  readonly attribute: ExternalFieldAttribute;
  readonly labels: Map<LanguageCode, string>;
  readonly own: Labels;
}

/** Gathers external fields while classes are put together, and labels them when all classes are there. */
export class DerivedLabels {
  readonly #waiting = new Map<Attribute, Unlabelled>();

  /** Gives the attribute with labels that are filled in later; `own` ones win. */
  add(owner: string, attribute: ExternalFieldAttribute, own: Labels): ExternalFieldAttribute {
    const labels = new Map<LanguageCode, string>();
    const labelled = { ...attribute, labels };
    this.#waiting.set(labelled, { owner, attribute: labelled, labels, own });
    return labelled;
  }

  /** Fills in all labels. */
  fill(classes: ClassAttributes, languages: readonly LanguageCode[]): void {
    for (const attribute of this.#waiting.keys()) this.#fillOne(attribute, classes, languages);
  }

  #fillOne(attribute: Attribute, classes: ClassAttributes, languages: readonly LanguageCode[]): void {
    const unlabelled = this.#waiting.get(attribute);
    if (unlabelled === undefined) return;
    // Taken off the list first: fields that stand for each other in a circle end here.
    this.#waiting.delete(attribute);
    const { owner, labels, own } = unlabelled;
    const key = classes.get(owner)?.get(unlabelled.attribute.key);
    const target = key?.kind === "external_key" ? classes.get(key.target) : undefined;
    const remote = target?.get(unlabelled.attribute.attribute);
    if (key !== undefined && remote !== undefined) {
      this.#fillOne(remote, classes, languages);
      for (const [language, label] of joinLabels(key, remote, languages)) labels.set(language, label);
    }
    for (const [language, label] of own) labels.set(language, label);
  }
}
