/**
 * Which objects a database may write by itself along with those of a run, as triggers do. A counter or the time of the last change is
 * nothing to a run that does not look at it.
 */
import { linkSetColumns } from "../columns/column_plan.ts";
import { conditionsOf, withInner } from "../columns/plan.ts";
import { classOf } from "../model/look_up.ts";
import type { AttributeCode, ClassCode } from "../model/model.ts";
import { expectedWrites } from "./expected_writes.ts";
import type { RunContext } from "./run_context.ts";
import { blockingRules } from "./uniqueness.ts";

/** The root classes of these. */
export function alteredRoots(context: RunContext): ReadonlySet<ClassCode> {
  const { model, store, plan, createTargets } = context;
  const altered = store.alteredBy(expectedWrites(plan, createTargets, false));
  if (altered.size === 0) return NOTHING;
  const asked = askedAttributes(context);
  const counts = (codes: ReadonlySet<AttributeCode> | null) =>
    codes === null || asked === null || !codes.isDisjointFrom(asked);
  return new Set([...altered].filter(([, codes]) => counts(codes)).map(([code]) => classOf(model, code).root));
}

const NOTHING: ReadonlySet<ClassCode> = new Set();

/** All that a run looks at, whatever class has it; null: it may be any. */
function askedAttributes(context: RunContext): ReadonlySet<AttributeCode> | null {
  const { model, plan } = context;
  const keys = withInner(plan.externalKeys);
  const links = linkSetColumns(plan).flatMap((
    { attribute },
  ) => [...classOf(model, attribute.linkClass).attributes.values()]);
  const used = [
    ...plan.direct.flatMap(({ attribute }) => attribute === "id" ? [] : [attribute]),
    ...keys.flatMap((
      { key, parts },
    ) => [key, ...parts.flatMap(({ attribute }) => attribute === "id" ? [] : [attribute])]),
    ...links,
  ];
  // What they are computed of stands elsewhere.
  if (used.some(({ kind }) => kind === "external_field" || kind === "friendly_name")) return null;
  const targets = [...keys.map(({ key }) => key), ...links.filter((one) => one.kind === "external_key")];
  const names = [plan.class, ...targets.map(({ target }) => classOf(model, target))].flatMap(({ friendlyName }) =>
    friendlyName.flatMap((part) => "attribute" in part ? [part.attribute] : [])
  );
  const rules = blockingRules(context).flatMap(({ attributes, unlessEmpty }) => [...attributes, ...unlessEmpty]);
  return new Set([...used.map(({ code }) => code), ...keys.flatMap(conditionsOf), ...names, ...rules]);
}
