/**
 * Whether the link sets of rows have nothing to do with each other, but for those of one object: then the links of many rows are asked for
 * together, and written together with those of others.
 */
import { classOf } from "../model/look_up.ts";
import type { AttributeCode, ClassCode, LinkSetAttribute } from "../model/model.ts";
import { classesBehind, classesBelow, classesOfVisibility } from "./classes_behind.ts";
import type { RoleOfColumn } from "./column_role.ts";
import { standsInOthers } from "./roots_behind.ts";
import type { RunContext } from "./run_context.ts";

/** The classes of the objects that a run writes beside links. */
export function writtenClasses({ model, plan, createTargets }: RunContext): ReadonlySet<ClassCode> {
  const created = plan.externalKeys.filter(({ key }) => createTargets.has(key.code)).map(({ key }) => key.target);
  return new Set([plan.class.code, ...created].flatMap((code) => classesBelow(model, code)));
}

/** Whether a limited user may come to see other objects of a class by what a run writes. */
export function mayComeToSee(context: RunContext, code: ClassCode): boolean {
  if (!context.someObjectsAreHidden) return false;
  return classesOfVisibility(context.model, code)?.isDisjointFrom(writtenClasses(context)) !== true;
}

/** @param altered see `alteredRoots` */
export function linksStandApart(
  context: RunContext,
  roles: readonly RoleOfColumn[],
  altered: ReadonlySet<ClassCode>,
): boolean {
  const linkSets = roles.flatMap(({ role }) => role.kind === "link_set" ? [role.attribute] : []);
  if (linkSets.length === 0) return true;
  const { model, plan, store } = context;
  const roots = new Set(linkSets.map(({ linkClass }) => classOf(model, linkClass).root));
  if (roots.size < linkSets.length || roots.has(plan.class.root)) return false;
  if (altered.size > 0 || store.mayAlter(plan.class.code, [])) return false;
  if (areReferredTo(context, roots) || linkSets.some(({ linkClass }) => store.haveConsequences(linkClass))) {
    return false;
  }
  return linkSets.every((linkSet) => isApart(context, linkSet));
}

/** Whether links are anybody's target: what refers to them would go with them, or be otherwise. */
function areReferredTo({ model }: RunContext, roots: ReadonlySet<ClassCode>): boolean {
  return [...model.classes.values()].some(({ attributes }) =>
    [...attributes.values()].some((one) => one.kind === "external_key" && roots.has(classOf(model, one.target).root))
  );
}

/** Whether no row changes how the links of another one are told, or who may see them. */
function isApart(context: RunContext, { linkClass, keyToThis }: LinkSetAttribute): boolean {
  const { model, plan } = context;
  const written = writtenClasses(context);
  const own = classesBelow(model, plan.class.code);
  const isOwn = (code: AttributeCode | "id") => !own.some((one) => standsInOthers(model, one, code));
  return classOf(model, linkClass).concreteClasses.every((real) => {
    const { friendlyName, attributes } = classOf(model, real);
    // Of the object that has the links, its own row alone changes the name.
    const areNamed = friendlyName.every((part) => {
      const attribute = "attribute" in part ? attributes.get(part.attribute) : undefined;
      if (attribute === undefined) return true;
      const isOfThis = attribute.kind === "external_field" && attribute.key === keyToThis && isOwn(attribute.attribute);
      return classesBehind(model, real, attribute.code, isOfThis ? keyToThis : null).isDisjointFrom(written);
    });
    const targets = [...attributes.values()].flatMap((one) =>
      one.kind === "external_key" && one.code !== keyToThis ? [one.target] : []
    );
    return areNamed && !targets.some((target) => mayComeToSee(context, target));
  });
}
