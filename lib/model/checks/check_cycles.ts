/** Friendly names and external fields may use each other, but not in a circle: such a name would have no end. */
import { type CheckContext, existsInRaw } from "./check_context.ts";
import { attributePath, classPath } from "../file/json_path.ts";
import { isOrIsBelow } from "../look_up.ts";
import type { Model, ModelClass } from "../model.ts";
import { attributesIn } from "../file/template.ts";

/** An attribute of a class, as a step on the way. */
interface Step {
  readonly owner: ModelClass;
  readonly code: string;
}

export function checkCycles(context: CheckContext): void {
  const { model } = context;
  const finished = new Set<string>();
  const reported = new Set<string>();
  const walk = (step: Step, passed: readonly Step[]) => {
    const start = passed.findIndex((one) => nameOf(one) === nameOf(step));
    if (start >= 0) return reportCircle(context, passed.slice(start), reported);
    if (finished.has(nameOf(step))) return;
    for (const next of stepsFrom(model, step)) walk(next, [...passed, step]);
    finished.add(nameOf(step));
  };
  for (const owner of model.classes.values()) {
    for (const code of owner.attributes.keys()) walk({ owner, code }, []);
  }
}

function nameOf(step: Step): string {
  return `${step.owner.code}.${step.code}`;
}

/** What an attribute's value is made of. */
function stepsFrom(model: Model, step: Step): Step[] {
  const { owner } = step;
  const attribute = owner.attributes.get(step.code);
  if (attribute?.kind === "friendly_name") {
    // Every object is called by the rule of its own class.
    return [...model.classes.values()]
      .filter((real) => !real.abstract && isOrIsBelow(model, real.code, owner.code))
      .flatMap((real) => attributesIn(real.friendlyName).map((code) => ({ owner: real, code })));
  }
  if (attribute?.kind !== "external_field") return [];
  const key = owner.attributes.get(attribute.key);
  const target = key?.kind === "external_key" ? model.classes.get(key.target) : undefined;
  return target === undefined ? [] : [{ owner: target, code: attribute.attribute }];
}

/** Reports a circle once, at a template that is part of it or at an external field. */
function reportCircle(context: CheckContext, circle: readonly Step[], reported: Set<string>): void {
  const names = circle.map(nameOf);
  const path = circle.map((step) => templatePath(context, step)).find((one) => one !== null) ??
    circle.map((step) => attributePath(declarer(step), step.code)).sort()[0] ?? "$";
  const key = [...names].sort().join();
  if (reported.has(key) || reported.has(path)) return;
  reported.add(key).add(path);
  context.report({ kind: "name_cycle", path, attributes: [...names, names[0] ?? ""] });
}

function declarer(step: Step): string {
  return step.owner.attributes.get(step.code)?.declaredBy ?? step.owner.code;
}

/** Where the template stands by which the objects of a step are called; null: the step is none, or nobody wrote one. */
function templatePath(context: CheckContext, step: Step): string | null {
  if (step.owner.attributes.get(step.code)?.kind !== "friendly_name") return null;
  for (let code: string | null = step.owner.code; code !== null;) {
    const entry = context.file.classes[code];
    if (entry?.friendly_name !== undefined && existsInRaw(context, code)) return `${classPath(code)}.friendly_name`;
    code = context.model.classes.get(code)?.parent ?? null;
  }
  return null;
}
