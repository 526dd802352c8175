/** A model with an attribute of each kind that the notation of a file matters to. */
const EXTERNAL_KEY = { kind: "external_key", null: false, on_delete: "cascade" };

export const MODEL = {
  name: "devices",
  classes: {
    Maker: { attributes: { name: { kind: "string", null: false } }, reconciliation_keys: ["name"] },
    Person: {
      attributes: { email: { kind: "email" }, name: { kind: "string", null: false } },
      reconciliation_keys: ["email"],
    },
    Device: {
      reconciliation_keys: ["tag"],
      attributes: {
        tag: { kind: "string", null: false },
        name: { kind: "string" },
        price: { kind: "decimal", digits: 10, decimals: 2 },
        quantity: { kind: "integer" },
        leased: { kind: "boolean" },
        ip: { kind: "ip" },
        old_ip: { kind: "ipv4" },
        phone: { kind: "phone" },
        bought: { kind: "date" },
        seen: { kind: "datetime" },
        status: {
          kind: "enum",
          values: [{ code: "stock" }, { code: "used" }],
          default: "stock",
        },
        level: { kind: "integer", null: false, default: 5 },
        maker_id: { kind: "external_key", target: "Maker" },
        note: { kind: "text" },
        log: { kind: "case_log" },
        keepers: { kind: "link_set", link_class: "Keeping", key_to_this: "device_id", key_to_remote: "person_id" },
      },
    },
    Keeping: {
      friendly_name: "{remark}",
      reconciliation_keys: ["device_id", "person_id"],
      attributes: {
        device_id: { ...EXTERNAL_KEY, target: "Device" },
        person_id: { ...EXTERNAL_KEY, target: "Person" },
        share: { kind: "decimal", digits: 5, decimals: 1 },
        active: { kind: "boolean" },
        since: { kind: "date" },
        remark: { kind: "string" },
      },
    },
    Item: {
      reconciliation_keys: ["code"],
      attributes: {
        code: { kind: "string", null: false },
        owner_id: { kind: "external_key", target: "Maker", null: false },
        price: { kind: "decimal", digits: 10, decimals: 2 },
      },
    },
    Priced: {
      reconciliation_keys: ["price"],
      attributes: {
        price: { kind: "decimal", digits: 10, decimals: 2, null: false },
        kind: { kind: "string", default: "usual" },
        name: { kind: "string" },
      },
    },
    Order: {
      reconciliation_keys: ["code"],
      attributes: { code: { kind: "string", null: false }, priced_id: { kind: "external_key", target: "Priced" } },
    },
  },
};
