/** The organisations that users may be limited to, and the key that makes a tree of them. */
import type { AttributeCode, Model, OrganizationTree } from "../../model/model.ts";
import type { Mapping, Table } from "../../store/layout.ts";
import type { ObjectId } from "../../store/object_id.ts";
import { quoteName } from "./sql_text.ts";

/** @throws Error when the model has none */
export function treeOf(model: Model): OrganizationTree {
  if (model.organizations === null) throw new Error("the model has no organisations to limit users to");
  return model.organizations;
}

export function parentColumn(
  { model, layout }: Mapping,
  parent: AttributeCode,
): { readonly table: Table; readonly key: string } {
  const { class: code } = treeOf(model);
  return { table: layout.tableOf(code), key: quoteName(layout.columnOf(code, parent).name) };
}

/** Organisations and all those below them. @param pairs each that has a parent, with it */
export function withThoseBelow(
  allowed: readonly ObjectId[],
  pairs: Iterable<readonly [id: number, parent: number]>,
): readonly number[] {
  const children = new Map<number, number[]>();
  for (const [id, parent] of pairs) {
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [id]);
    else siblings.push(id);
  }
  const visible = new Set<number>(allowed.map(Number));
  // A set gives what is added while it is walked, too.
  for (const id of visible) for (const child of children.get(id) ?? []) visible.add(child);
  return [...visible];
}
