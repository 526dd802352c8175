/** Parts of models whose objects are linked: what has a name, sets of links, and links between two objects. */

/** As a model file has it. */
type Part = Readonly<Record<string, unknown>>;

export function named(more: Part = {}): Part {
  return { reconciliation_keys: ["name"], attributes: { name: { kind: "string", null: false }, ...more } };
}

/** @param to the external key of the link to the set's own object @param remote that to the other one */
export function set(links: string, to: string, remote: string): Part {
  return { kind: "link_set", link_class: links, key_to_this: to, key_to_remote: remote };
}

export function links(one: string, other: string, target: string, otherTarget: string, more: Part = {}): Part {
  return {
    friendly_name: `{${one}} {${other}}`,
    reconciliation_keys: [one, other],
    attributes: {
      [one]: { kind: "external_key", target, null: false },
      [other]: { kind: "external_key", target: otherTarget, null: false },
      ...more,
    },
  };
}
