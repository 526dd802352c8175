/** A model in which deleting a link deletes and empties other objects. */
const NAME = { kind: "string", null: false };
const key = (target: string, more = {}) => ({ kind: "external_key", target, ...more });
const named = (attributes = {}) => ({ reconciliation_keys: ["name"], attributes: { name: NAME, ...attributes } });

/** Books have genres; notes hang on these links and lines on notes, marks point to them, seals keep them. */
export const NOTES = {
  name: "notes",
  languages: ["EN US"],
  organizations: { class: "Org" },
  classes: {
    Org: { ...named(), organization: "id" },
    Book: named({
      genres: { kind: "link_set", link_class: "BookGenre", key_to_this: "book_id", key_to_remote: "genre_id" },
      note: key("Note", { on_delete: "set_null" }),
      of: key("BookGenre", { on_delete: "cascade" }),
    }),
    Genre: named({
      books: { kind: "link_set", link_class: "BookGenre", key_to_this: "genre_id", key_to_remote: "book_id" },
    }),
    BookGenre: {
      friendly_name: "{book_id_friendlyname} {genre_id_friendlyname}",
      attributes: { book_id: key("Book", { null: false }), genre_id: key("Genre", { null: false }) },
    },
    Note: { ...named({ link: key("BookGenre", { on_delete: "cascade" }), org: key("Org") }), organization: "org" },
    Line: named({ note: key("Note", { on_delete: "cascade" }) }),
    Mark: { ...named({ link: key("BookGenre", { on_delete: "set_null" }), org: key("Org") }), organization: "org" },
    Seal: named({ link: key("BookGenre") }),
  },
  profiles: [
    { id: 1, name: "Administrator", administrator: true },
    { id: 5, name: "Books", bulk_write: ["Book", "Genre", "BookGenre"] },
    { id: 6, name: "Books and notes", bulk_write: ["Book", "Genre", "BookGenre", "Note", "Mark"] },
    { id: 7, name: "All", bulk_write: ["Book", "Genre", "BookGenre", "Note", "Mark", "Line"] },
    { id: 8, name: "Both ends", bulk_write: ["Book", "Genre"] },
    { id: 9, name: "One end", bulk_write: ["Book", "Note"] },
    { id: 10, name: "Users, not links", bulk_write: ["User", "URP_Profiles"] },
  ],
};
