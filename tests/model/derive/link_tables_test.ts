import { assertEquals } from "@std/assert";
import type { Derivation } from "../../../lib/model/derive/derive_model.ts";
import { classIn, derive } from "./derived_schema.ts";

const ENDS = "CREATE TABLE film (film_id INTEGER PRIMARY KEY); CREATE TABLE actor (actor_id INTEGER PRIMARY KEY);";
const KEYS = "actor_id INT NOT NULL REFERENCES actor, film_id INT NOT NULL REFERENCES film";

/** Link sets by their code: the class, and the keys to this end and to the other one. */
function linkSets(derivation: Derivation, code: string): unknown {
  return Object.fromEntries(
    [...classIn(derivation, code).attributes.values()].flatMap((attribute) =>
      attribute.kind === "link_set"
        ? [[attribute.code, [attribute.linkClass, attribute.keyToThis, attribute.keyToRemote]]]
        : []
    ),
  );
}

Deno.test("rule 23: a table whose key is two foreign key columns is a link set of both ends, and a class as well", () => {
  const derivation = derive(
    `${ENDS} CREATE TABLE film_actor (${KEYS}, last_update TIMESTAMP, PRIMARY KEY (actor_id, film_id))`,
  );
  assertEquals(linkSets(derivation, "film"), { film_actor: ["film_actor", "film_id", "actor_id"] });
  assertEquals(linkSets(derivation, "actor"), { film_actor: ["film_actor", "actor_id", "film_id"] });
  assertEquals(classIn(derivation, "film_actor").reconciliationKeys, ["actor_id", "film_id"]);
});

Deno.test("rule 23: … or one of its unique indexes", () => {
  const derivation = derive(`${ENDS} CREATE TABLE l (n INTEGER PRIMARY KEY, ${KEYS}, UNIQUE (film_id, actor_id))`);
  assertEquals(linkSets(derivation, "film"), { l: ["l", "film_id", "actor_id"] });
  const partial = derive(
    `${ENDS} CREATE TABLE l (n INTEGER PRIMARY KEY, ${KEYS}); CREATE UNIQUE INDEX i ON l (film_id, actor_id) WHERE n > 1`,
  );
  assertEquals(linkSets(partial, "film"), {});
});

Deno.test("rule 23: … or it has two columns, both such", () => {
  const derivation = derive(`${ENDS} CREATE TABLE l (${KEYS})`);
  assertEquals(linkSets(derivation, "actor"), { l: ["l", "actor_id", "film_id"] });
  assertEquals(linkSets(derive(`${ENDS} CREATE TABLE l (${KEYS}, note TEXT)`), "actor"), {});
});

Deno.test("rule 23: no link table: a third column in its key, a key of several columns, a column that is no key", () => {
  const third = derive(`${ENDS} CREATE TABLE l (${KEYS}, n INT, PRIMARY KEY (actor_id, film_id, n))`);
  assertEquals(linkSets(third, "film"), {});
  const plain = derive(`${ENDS} CREATE TABLE l (a INT REFERENCES actor, b INT, PRIMARY KEY (a, b))`);
  assertEquals(linkSets(plain, "actor"), {});
  const several = derive(
    "CREATE TABLE p (a TEXT, b TEXT, PRIMARY KEY (a, b)); CREATE TABLE l (a TEXT, b TEXT, PRIMARY KEY (a, b), FOREIGN KEY (a, b) REFERENCES p)",
  );
  assertEquals(linkSets(several, "p"), {});
});

Deno.test("rule 23: named TABLE.COLUMN after the column of the other end where both lead to one table", () => {
  const derivation = derive(
    "CREATE TABLE person (id INTEGER PRIMARY KEY); CREATE TABLE friend (a_id INT REFERENCES person, b_id INT REFERENCES person, PRIMARY KEY (a_id, b_id))",
  );
  assertEquals(linkSets(derivation, "person"), {
    "friend.b_id": ["friend", "a_id", "b_id"],
    "friend.a_id": ["friend", "b_id", "a_id"],
  });
});

Deno.test("a column that is called as the link table keeps its name", () => {
  const derivation = derive(
    `CREATE TABLE film (film_id INTEGER PRIMARY KEY, film_actor TEXT); CREATE TABLE actor (actor_id INTEGER PRIMARY KEY); CREATE TABLE film_actor (${KEYS})`,
  );
  assertEquals(linkSets(derivation, "film"), { "film_actor.actor_id": ["film_actor", "film_id", "actor_id"] });
  assertEquals(linkSets(derivation, "actor"), { film_actor: ["film_actor", "actor_id", "film_id"] });
});

Deno.test("a link set keeps its name where a key could be called so too", () => {
  const derivation = derive(
    `CREATE TABLE a (n INTEGER PRIMARY KEY, l_id INT REFERENCES b); CREATE TABLE b (n INTEGER PRIMARY KEY);
    CREATE TABLE l (a INT REFERENCES a, b INT REFERENCES b)`,
  );
  assertEquals(classIn(derivation, "a").attributes.get("l_id")?.otherNames, ["b"]);
});

Deno.test("links that only the overlay declares are link sets too", () => {
  const sql = "CREATE TABLE books (id INTEGER PRIMARY KEY); CREATE TABLE tags (id INTEGER PRIMARY KEY);" +
    "CREATE TABLE books_tags_link (id INTEGER PRIMARY KEY, book INTEGER NOT NULL, tag INTEGER NOT NULL, UNIQUE (book, tag))";
  assertEquals(linkSets(derive(sql), "books"), {});
  const derivation = derive(sql, {
    books_tags_link: { attributes: { book: { target: "books" }, tag: { target: "tags" } } },
  });
  assertEquals(derivation.problems, []);
  assertEquals(linkSets(derivation, "books"), { books_tags_link: ["books_tags_link", "book", "tag"] });
});
