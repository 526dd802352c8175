/** The model of the inputs that people had trouble with elsewhere: devices, their makers, who keeps them, and boxes that may be empty. */

const TEXT = { kind: "string" };
const NAME = { ...TEXT, null: false };

/** Labels of the first language, and of French. */
const both = (english: string, french: string) => ({ "EN US": english, "FR FR": french });

export const WORKSHOP: Record<string, unknown> = {
  name: "workshop",
  languages: ["EN US", "FR FR"],
  classes: {
    Maker: {
      reconciliation_keys: ["name"],
      attributes: { name: { ...NAME, labels: "Name" }, town: { ...TEXT, labels: "Town" } },
    },
    Place: {
      reconciliation_keys: ["name", "code"],
      friendly_name: "{name} {code}",
      attributes: {
        name: { ...NAME, labels: "Name" },
        code: { ...TEXT, labels: "Code" },
        parent_id: { kind: "external_key", labels: "Parent", target: "Place", hierarchical: true },
      },
    },
    // Nothing must be filled.
    Box: {
      reconciliation_keys: ["code"],
      attributes: {
        code: { ...TEXT, labels: "Code" },
        name: { ...TEXT, labels: "Name" },
        n: { kind: "integer", labels: "N" },
      },
    },
    Person: {
      reconciliation_keys: ["email"],
      friendly_name: "{name}",
      attributes: {
        email: { kind: "email", labels: "Email" },
        name: { ...TEXT, labels: "Name" },
        phone: { kind: "phone", labels: "Phone" },
        devices: {
          kind: "link_set",
          labels: "Devices",
          link_class: "Keeping",
          key_to_this: "person_id",
          key_to_remote: "device_id",
        },
      },
    },
    Device: {
      reconciliation_keys: ["tag"],
      unique: [{ name: "serial", attributes: ["serial"], unless_empty: ["serial"], messages: "there is '{tag}'" }],
      friendly_name: "{tag}",
      attributes: {
        tag: { ...NAME, labels: both("Asset tag", "Étiquette") },
        name: { ...TEXT, labels: both("Name", "Nom") },
        serial: { ...TEXT, labels: "Serial" },
        price: { kind: "decimal", labels: both("Price", "Prix"), digits: 10, decimals: 2 },
        quantity: { kind: "integer", labels: "Quantity" },
        bought: { kind: "date", labels: "Bought" },
        last_seen: { kind: "datetime", labels: "Last seen" },
        leased: { kind: "boolean", labels: both("Leased", "Loué") },
        ip: { kind: "ip", labels: "IP" },
        old_ip: { kind: "ipv4", labels: "Old IP" },
        page: { kind: "url", labels: "Web page" },
        note: { kind: "text", labels: "Note" },
        log: { kind: "case_log", labels: "Log" },
        maker_id: { kind: "external_key", labels: "Maker", target: "Maker" },
        place_id: { kind: "external_key", labels: "Place", target: "Place" },
        status: {
          kind: "enum",
          labels: both("Status", "État"),
          values: {
            STOCK: both("In stock", "En stock"),
            USED: both("In use", "Utilisé"),
            GONE: both("Destroyed", "Détruit"),
          },
        },
        keepers: {
          kind: "link_set",
          labels: "Keepers",
          link_class: "Keeping",
          key_to_this: "device_id",
          key_to_remote: "person_id",
        },
      },
    },
    Keeping: {
      friendly_name: "{device_id} {person_id}",
      reconciliation_keys: ["device_id", "person_id"],
      attributes: {
        device_id: { kind: "external_key", labels: "Device", target: "Device", null: false },
        person_id: { kind: "external_key", labels: "Keeper", target: "Person", null: false },
        share: { kind: "integer", labels: "Share", default: 100 },
        since: { kind: "date", labels: "Since" },
        role: { kind: "enum", labels: "Role", values: { owner: "Owner", user: "User" } },
        fee: { kind: "decimal", labels: "Fee", digits: 8, decimals: 2 },
        at_id: { kind: "external_key", labels: "At", target: "Place" },
      },
    },
  },
};
