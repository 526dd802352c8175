/** A model with one of everything that the change log keeps: keys, enumerations, case logs, links, and what goes with deleted ones. */
const NAME = { kind: "string", null: false };
const key = (target: string, more = {}) => ({ kind: "external_key", target, ...more });

export const SHOP = {
  name: "shop",
  languages: ["EN US"],
  organizations: { class: "Org", parent: "parent" },
  classes: {
    Org: {
      organization: "id",
      reconciliation_keys: ["name"],
      attributes: { name: NAME, code: { kind: "string" }, parent: key("Org", { hierarchical: true }) },
    },
    Box: {
      organization: "org",
      reconciliation_keys: ["name"],
      attributes: {
        name: NAME,
        org: key("Org", { labels: "Owner" }),
        state: { kind: "enum", labels: "State", values: { new: "Brand new", old: "Used" } },
        size: { kind: "integer" },
        notes: { kind: "text" },
        log: { kind: "case_log" },
        beside: key("Box"),
        sheets: { kind: "link_set", link_class: "Laid", key_to_this: "box", key_to_remote: "sheet" },
      },
    },
    Crate: { parent: "Box", attributes: {} },
    Sheet: { reconciliation_keys: ["name"], organization: "org", attributes: { name: NAME, org: key("Org") } },
    Laid: {
      friendly_name: "{box_friendlyname} {sheet_friendlyname}",
      attributes: {
        box: key("Box", { null: false }),
        sheet: key("Sheet", { null: false }),
        mark: { kind: "string" },
        beside: key("Sheet"),
      },
    },
    Seal: {
      reconciliation_keys: ["name"],
      attributes: {
        name: NAME,
        laid: key("Laid", { on_delete: "cascade" }),
        was: key("Laid", { on_delete: "set_null" }),
      },
    },
  },
  profiles: [
    { id: 1, name: "Administrator", administrator: true },
    { id: 2, name: "Loader", bulk_write: ["Org", "Box", "Sheet", "Laid", "Seal"] },
    { id: 3, name: "Boxes", bulk_write: ["Box"] },
    { id: 4, name: "Nothing", bulk_write: [] },
  ],
};
