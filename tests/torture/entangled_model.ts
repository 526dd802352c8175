/** Models made by chance whose objects hang together: keys to the own class, hierarchies, links with attributes, rules and names through keys. */
import type { Random } from "./random.ts";

type Entry = Record<string, unknown>;

const NAME: Entry = { kind: "string", null: false };
const TEXT: Entry = { kind: "string" };

const key = (target: string, more: Entry = {}): Entry => ({ kind: "external_key", target, ...more });
const field = (through: string, attribute: string): Entry => ({ kind: "external_field", key: through, attribute });
const links = (linkClass: string, toThis: string, toRemote: string): Entry => ({
  kind: "link_set",
  link_class: linkClass,
  key_to_this: toThis,
  key_to_remote: toRemote,
});
const rule = (attributes: readonly string[], unlessEmpty: readonly string[] = [], messages?: string): Entry => ({
  name: attributes.join("_"),
  attributes,
  unless_empty: unlessEmpty,
  ...messages === undefined ? {} : { messages },
});

/** Classes whose objects files are loaded into, in the order in which the first files make them. */
export const ENTANGLED_CLASSES = ["Org", "Tag", "Site", "Node", "One", "Two", "NodeTag", "Wire"] as const;

/**
 * Organisations, sites that belong to them, and tags; nodes that stand in sites, have a boss and a parent among themselves, and links to
 * tags and to each other.
 */
export function entangledModel(random: Random): Entry {
  return {
    name: "entangled",
    languages: ["EN US", "FR FR"],
    organizations: { class: "Org", ...random.chance(0.7) ? { parent: "parent_id" } : {} },
    profiles: [
      { id: 1, name: "Administrator", administrator: true },
      { id: 2, name: "Loader", bulk_write: [...ENTANGLED_CLASSES.filter((code) => code !== "One" && code !== "Two")] },
      { id: 3, name: "Accounts", bulk_write: ["User", "URP_UserProfile", "URP_UserOrg"] },
    ],
    classes: {
      Org: organisation(random),
      Tag: tag(random),
      Site: site(random),
      Node: node(random),
      One: { parent: "Node", attributes: { extra: random.pick([TEXT, { kind: "integer" }]) } },
      Two: below(random),
      NodeTag: nodeTag(random),
      Wire: wire(random),
    },
  };
}

function maybe(random: Random, probability: number, entry: Entry): Entry {
  return random.chance(probability) ? entry : {};
}

function some(random: Random, rules: readonly Entry[]): Entry {
  const chosen = rules.filter(() => random.chance(0.35));
  return chosen.length === 0 ? {} : { unique: chosen };
}

function organisation(random: Random): Entry {
  return {
    organization: "id",
    reconciliation_keys: random.pick([["name"], ["code"], ["name", "parent_id"]]),
    friendly_name: random.pick(["{name}", "{name}", "{code} {name}", "{name} {parent_id}"]),
    ...some(random, [rule(["code"], ["code"])]),
    attributes: {
      name: NAME,
      code: TEXT,
      parent_id: key("Org", { hierarchical: true }),
      parent_name: field("parent_id", "name"),
      // Not every loop is refused: heads may refer to the organisation of their head.
      ...maybe(random, 0.3, { seat_id: key("Site") }),
    },
  };
}

function tag(random: Random): Entry {
  return {
    reconciliation_keys: ["name"],
    friendly_name: random.pick(["{name}", "{name} {code}"]),
    attributes: {
      name: NAME,
      code: random.pick([TEXT, { kind: "string", compare: "exact" }]),
      nodes: links("NodeTag", "tag_id", "node_id"),
    },
  };
}

function site(random: Random): Entry {
  return {
    ...maybe(random, 0.7, { organization: "org_id" }),
    reconciliation_keys: random.pick([["name"], ["name", "org_id"], ["code"]]),
    friendly_name: random.pick(["{name}", "{code} {name}", "{name} {org_id}"]),
    ...some(random, [rule(["code"], ["code"]), rule(["name", "org_id"], [], "{name} is in {org_id} already")]),
    attributes: {
      name: NAME,
      code: TEXT,
      org_id: key("Org", { null: random.chance(0.6) }),
      org_name: field("org_id", "name"),
      ...maybe(random, 0.4, { near_id: key("Site"), near_code: field("near_id", "code") }),
    },
  };
}

function node(random: Random): Entry {
  return {
    abstract: random.chance(0.4),
    ...maybe(random, 0.3, { organization: "org_id" }),
    reconciliation_keys: random.pick([["name"], ["code"], ["name", "site_id"], ["name", "boss_id"], [
      "code",
      "parent_id",
    ]]),
    friendly_name: random.pick([
      "{name}",
      "{name}",
      "{code} {name}",
      "{name} {site_id}",
      "{name} {boss_id}",
      "{site_name} {code}",
    ]),
    ...maybe(random, 0.3, { obsolete_when: { attribute: "state", value: "off" } }),
    ...some(random, [
      rule(["serial"], ["serial"], "{serial} is that of {name} below {parent_id}"),
      rule(["name", "parent_id"], ["name"]),
      rule(["code", "site_id"], ["code", "site_id"]),
      rule(["boss_id", "size"], ["boss_id"]),
    ]),
    attributes: {
      name: NAME,
      code: random.pick([TEXT, TEXT, { ...TEXT, compare: "exact" }, { ...TEXT, length: 12, default: "c0" }]),
      serial: TEXT,
      size: random.pick([{ kind: "integer" }, { kind: "integer", default: 1 }]),
      state: { kind: "enum", values: ["on", "off"], default: "on" },
      note: random.pick([{ kind: "text" }, { kind: "case_log" }, TEXT]),
      org_id: key("Org"),
      site_id: key("Site", { null: random.chance(0.85) }),
      site_name: field("site_id", "name"),
      site_org: field("site_id", "org_id"),
      boss_id: key("Node", { on_delete: random.pick(["restrict", "set_null"]) }),
      boss_code: field("boss_id", "code"),
      parent_id: key("Node", { hierarchical: true }),
      parent_name: field("parent_id", "name"),
      tags: links("NodeTag", "node_id", "tag_id"),
      feeds: links("Wire", "from_id", "to_id"),
      fed_by: links("Wire", "to_id", "from_id"),
    },
  };
}

/** A class whose rules for inherited attributes are its own. */
function below(random: Random): Entry {
  const own = random.pick<Entry>([{}, { code: { length: 4 } }, { name: { length: 5 } }, { serial: { default: "s0" } }]);
  return {
    parent: "Node",
    ...maybe(random, 0.3, { friendly_name: "{name} {parent_id}" }),
    ...some(random, [rule(["size"], ["size"])]),
    attributes: own,
  };
}

function nodeTag(random: Random): Entry {
  return {
    reconciliation_keys: random.pick([["node_id", "tag_id"], ["node_id", "tag_id", "role"]]),
    friendly_name: random.pick(["{node_id} {tag_id}", "{node_id_friendlyname} {role}"]),
    ...some(random, [
      rule(["node_id", "tag_id"]),
      rule(["tag_id", "role"], ["role"]),
      rule(["node_id", "rank"], ["rank"]),
      rule(["mark"], ["mark"], "{mark} is taken by {node_id} and {tag_id}"),
    ]),
    attributes: {
      node_id: key("Node", { null: false, on_delete: "cascade" }),
      node_code: field("node_id", "code"),
      tag_id: key("Tag", { null: false, on_delete: "cascade" }),
      role: random.pick([TEXT, { ...TEXT, default: "r0" }]),
      rank: { kind: "integer" },
      mark: TEXT,
      site_id: key("Site"),
    },
  };
}

function wire(random: Random): Entry {
  return {
    reconciliation_keys: ["from_id", "to_id"],
    friendly_name: random.pick(["{from_id} {to_id}", "{port}"]),
    ...some(random, [rule(["from_id", "to_id"]), rule(["port"], ["port"]), rule(["from_id", "port"], ["port"])]),
    attributes: {
      from_id: key("Node", { null: false, on_delete: random.pick(["cascade", "restrict"]) }),
      to_id: key("Node", { null: false, on_delete: "cascade" }),
      port: TEXT,
      tag_id: key("Tag"),
    },
  };
}
