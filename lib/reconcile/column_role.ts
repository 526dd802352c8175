/** What each column of the file does with its cells. */
import type { DirectColumn } from "../columns/plan.ts";
import { isColumn } from "../model/look_up.ts";
import type { AttributeCode, ExternalKeyAttribute, LinkSetAttribute } from "../model/model.ts";
import { readerFor, type ValueAttribute } from "../values/reader_for.ts";
import type { ValueReader } from "../values/value_reader.ts";
import type { ExternalKeyResolver } from "./external_key.ts";
import type { LinkSetReader } from "./link_set.ts";
import type { RunContext } from "./run_context.ts";

/** What a direct column does. */
export type ColumnRole =
  /** Never written: `id`, computed attributes. */
  | { readonly kind: "shown" }
  | { readonly kind: "friendly_name" }
  | { readonly kind: "final_class"; readonly code: AttributeCode }
  /** The id of an external key, which is looked up with the key's other columns. */
  | { readonly kind: "external_key"; readonly key: ExternalKeyAttribute; readonly resolver: number }
  | { readonly kind: "link_set"; readonly attribute: LinkSetAttribute; readonly reader: LinkSetReader }
  | { readonly kind: "value"; readonly attribute: ValueAttribute; readonly reader: ValueReader };

export interface RoleOfColumn {
  readonly cell: number;
  readonly role: ColumnRole;
}

/** One for each direct column, in the order of the file. */
export function rolesOf(context: RunContext, resolvers: readonly ExternalKeyResolver[]): readonly RoleOfColumn[] {
  return context.plan.direct.map((column) => ({ cell: column.cell, role: roleOf(context, column, resolvers) }));
}

function roleOf(
  context: RunContext,
  { attribute }: DirectColumn,
  resolvers: readonly ExternalKeyResolver[],
): ColumnRole {
  if (attribute === "id") return { kind: "shown" };
  if (attribute.kind === "friendly_name") return { kind: "friendly_name" };
  if (attribute.kind === "final_class") return { kind: "final_class", code: attribute.code };
  if (attribute.kind === "link_set") {
    return { kind: "link_set", attribute, reader: linkSetReader(context, attribute) };
  }
  if (attribute.kind === "external_key") {
    const resolver = resolvers.findIndex((candidate) => candidate.columns.key.code === attribute.code);
    if (resolver === -1) throw new Error(`no resolver for ${attribute.code}`);
    return { kind: "external_key", key: attribute, resolver };
  }
  if (!isColumn(attribute)) return { kind: "shown" };
  return { kind: "value", attribute, reader: readerFor(attribute, context) };
}

/** Most files have no link set: what reads them is loaded with the first cell. */
function linkSetReader(context: RunContext, attribute: LinkSetAttribute): LinkSetReader {
  let loaded: LinkSetReader | null = null;
  return {
    async read(cells, areApart) {
      loaded ??= (await import("./link_set.ts")).createLinkSetReader(context, attribute);
      return await loaded.read(cells, areApart);
    },
  };
}
