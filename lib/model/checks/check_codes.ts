/** Codes of classes and attributes: reserved ones, and codes that only differ in case, which SQLite takes for the same. */
import { type CheckContext, type WrittenAttribute, writtenAttributes, writtenClasses } from "./check_context.ts";
import { COMPUTED_KINDS, isComputedCode } from "../file/declared_attributes.ts";
import { foldCase } from "../look_up.ts";
import { isReservedName } from "../reserved_names.ts";

export function checkCodes(context: CheckContext): void {
  checkClassCodes(context);
  for (const owner of writtenClasses(context)) {
    for (const attribute of writtenAttributes(owner)) checkAttributeCode(context, attribute);
  }
}

function checkClassCodes(context: CheckContext): void {
  const seen = new Map<string, string>();
  for (const { code, path, resolved } of writtenClasses(context)) {
    if (resolved.parent === null && isReservedName(code)) context.report({ kind: "reserved_class", path, code });
    const other = seen.get(foldCase(code)) ?? addedClass(context, code);
    if (other === undefined) seen.set(foldCase(code), code);
    else context.report({ kind: "differs_in_case", path, code, other, otherClass: null });
  }
}

/** A class of users that was added to the file and has the same code but for case. */
function addedClass(context: CheckContext, code: string): string | undefined {
  const written = new Set(writtenClasses(context).map((one) => one.code));
  return [...context.model.classes.keys()].find((one) =>
    one !== code && !written.has(one) && foldCase(one) === foldCase(code)
  );
}

function checkAttributeCode(context: CheckContext, attribute: WrittenAttribute): void {
  const { code, path, entry } = attribute;
  const folded = foldCase(code);
  if (folded === "id" || (isComputedCode(folded) && code !== folded)) {
    context.report({ kind: "reserved_code", path, code });
    return;
  }
  const computedKinds: readonly string[] = Object.values(COMPUTED_KINDS);
  if (entry.kind !== undefined && isComputedCode(code) && entry.kind !== COMPUTED_KINDS[code]) {
    context.report({ kind: "reserved_code", path, code });
  } else if (entry.kind !== undefined && !isComputedCode(code) && computedKinds.includes(entry.kind)) {
    const only = Object.entries(COMPUTED_KINDS).find(([, kind]) => kind === entry.kind)?.[0] ?? "";
    context.report({ kind: "computed_elsewhere", path: `${path}.kind`, found: entry.kind, code: only });
  }
  const other = sameButForCase(attribute);
  if (other !== null) context.report({ kind: "differs_in_case", path, code, ...other });
}

/** An inherited, earlier or generated attribute that has the same code but for case. */
function sameButForCase(attribute: WrittenAttribute): { other: string; otherClass: string } | null {
  const { owner, code } = attribute;
  let isLater = false;
  for (const present of owner.resolved.attributes.values()) {
    if (present.code === code) isLater = true;
    else if (foldCase(present.code) === foldCase(code)) {
      // Of two entries of one class the second is reported.
      if (isLater && Object.hasOwn(owner.entry.attributes ?? {}, present.code)) return null;
      return { other: present.code, otherClass: present.declaredBy };
    }
  }
  return null;
}
