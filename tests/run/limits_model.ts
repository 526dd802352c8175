/** Notes with tags, which are links to labels; marks go with the tags that they stand at. */
const NAME = { kind: "string", null: false };
const key = (target: string, more = {}) => ({ kind: "external_key", target, ...more });

export const NOTES_MODEL = {
  name: "limits",
  languages: ["EN US"],
  classes: {
    Note: {
      reconciliation_keys: ["name"],
      attributes: {
        name: NAME,
        text: { kind: "string" },
        tags: { kind: "link_set", link_class: "Tag", key_to_this: "note_id", key_to_remote: "label_id" },
      },
    },
    Label: { reconciliation_keys: ["name"], attributes: { name: NAME } },
    Tag: {
      friendly_name: "{note_id_friendlyname} {label_id_friendlyname}",
      attributes: {
        note_id: key("Note", { null: false }),
        label_id: key("Label", { null: false }),
        weight: { kind: "string" },
      },
    },
    Mark: { reconciliation_keys: ["name"], attributes: { name: NAME, tag_id: key("Tag", { on_delete: "cascade" }) } },
  },
  profiles: [{ id: 1, name: "Administrator", administrator: true }],
};
