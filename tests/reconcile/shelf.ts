/** A model for texts that only look different: makers and devices, keepers of devices, and codes whose case counts. */
import { type Loading, withModel } from "../helpers/loading.ts";

const TEXT = { kind: "string" };
const NAME = { kind: "string", null: false };

export const SHELF: Record<string, unknown> = {
  name: "shelf",
  languages: ["EN US", "FR FR"],
  classes: {
    Maker: {
      reconciliation_keys: ["name"],
      unique: [{ name: "name", attributes: ["name"], messages: "there is a maker '{name}'" }],
      attributes: { name: { ...NAME, labels: "Name" }, town: TEXT },
    },
    Person: {
      reconciliation_keys: ["email"],
      friendly_name: "{first} {last}",
      attributes: { email: TEXT, first: TEXT, last: TEXT },
    },
    Device: {
      reconciliation_keys: ["tag"],
      unique: [{ name: "serial", attributes: ["serial"], unless_empty: ["serial"], messages: "there is '{tag}'" }],
      friendly_name: "{tag}",
      attributes: {
        tag: { ...NAME, labels: "Asset tag" },
        name: { ...TEXT, labels: "Name" },
        serial: { ...TEXT, labels: "Serial" },
        code: { ...TEXT, labels: "Code", compare: "exact" },
        note: { kind: "text", labels: "Note" },
        quantity: { kind: "integer", labels: "Quantity" },
        maker_id: { kind: "external_key", labels: "Maker", target: "Maker" },
        status: {
          kind: "enum",
          labels: "Status",
          values: {
            STOCK: { "EN US": "In stock", "FR FR": "En stock" },
            GONE: { "EN US": "Destroyed", "FR FR": "Détruit" },
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
        device_id: { kind: "external_key", target: "Device", null: false },
        person_id: { kind: "external_key", target: "Person", null: false },
        reason: TEXT,
      },
    },
  },
};

export function withShelf(use: (loading: Loading) => Promise<void>): Promise<void> {
  return withModel(SHELF, use);
}
