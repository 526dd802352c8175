/** Names that are made of the keys which a second reading fills. */
import { classOf } from "../../model/look_up.ts";
import type { AttributeCode } from "../../model/model.ts";
import { standsInOthers } from "../roots_behind.ts";
import type { RunContext } from "../run_context.ts";

/** Whether a row may change a name that one before it is told with. @param keys that are filled */
export function mayRename(
  { model, plan, shown }: RunContext,
  keys: ReadonlySet<AttributeCode>,
): boolean {
  if (!shown.names("create") && !shown.names("update")) return false;
  return plan.class.concreteClasses.some((code) => {
    const { friendlyName, attributes } = classOf(model, code);
    const isFilled = (name: AttributeCode) => {
      const attribute = attributes.get(name);
      return keys.has(attribute?.kind === "external_field" ? attribute.key : name);
    };
    return standsInOthers(model, code, "friendlyname") ||
      friendlyName.some((part) => "attribute" in part && isFilled(part.attribute));
  });
}
