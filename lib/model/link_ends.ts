/** The ends of links, as the model's link sets tell them. */
import { isOrIsBelow } from "./look_up.ts";
import type { ExternalKeyAttribute, Model, ModelClass } from "./model.ts";

/** The external keys that link sets follow in objects of a class; none: they are no links. */
export function linkEnds(model: Model, modelClass: ModelClass): readonly ExternalKeyAttribute[] {
  const linkSets = [...model.classes.values()].flatMap(({ attributes }) => [...attributes.values()])
    .filter((attribute) => attribute.kind === "link_set" && isOrIsBelow(model, modelClass.code, attribute.linkClass));
  const codes = new Set(
    linkSets.flatMap((one) => one.kind === "link_set" ? [one.keyToThis, one.keyToRemote] : []),
  );
  return [...modelClass.attributes.values()].filter((attribute) => attribute.kind === "external_key")
    .filter(({ code }) => codes.has(code));
}
