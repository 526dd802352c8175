/** Schemas of the kinds that are out there, made up for these tests. */
import { assert, assertEquals } from "@std/assert";
import { attributeIn, classIn, columnIn, derive, kindsOf, tableIn } from "./derived_schema.ts";

Deno.test("a music shop: keys by column, stem and table", () => {
  const derivation = derive(
    `CREATE TABLE Artist (ArtistId INTEGER NOT NULL, Name NVARCHAR(120), CONSTRAINT PK_Artist PRIMARY KEY (ArtistId));
    CREATE TABLE Album (AlbumId INTEGER NOT NULL, Title NVARCHAR(160) NOT NULL, ArtistId INTEGER NOT NULL, CONSTRAINT PK_Album PRIMARY KEY (AlbumId),
      FOREIGN KEY (ArtistId) REFERENCES Artist (ArtistId) ON DELETE NO ACTION ON UPDATE NO ACTION);
    CREATE UNIQUE INDEX IPK_Album ON Album (AlbumId); CREATE INDEX IFK_AlbumArtistId ON Album (ArtistId);
    CREATE TABLE Employee (EmployeeId INTEGER NOT NULL PRIMARY KEY, LastName NVARCHAR(20) NOT NULL, ReportsTo INTEGER, BirthDate DATETIME,
      FOREIGN KEY (ReportsTo) REFERENCES Employee (EmployeeId));
    CREATE TABLE InvoiceLine (InvoiceLineId INTEGER PRIMARY KEY, UnitPrice NUMERIC(10,2) NOT NULL, Quantity INTEGER NOT NULL);
    CREATE TABLE PlaylistTrack (PlaylistId INTEGER NOT NULL REFERENCES Album, TrackId INTEGER NOT NULL REFERENCES Artist, PRIMARY KEY (PlaylistId, TrackId))`,
  );
  assertEquals(kindsOf(derivation, "Album"), {
    AlbumId: "integer",
    Title: "string",
    ArtistId: "external_key",
    PlaylistTrack: "link_set",
  });
  assertEquals(classIn(derivation, "Album").keySets, [["AlbumId"]]);
  assertEquals(classIn(derivation, "Album").friendlyName, [{ attribute: "Title" }]);
  assertEquals(tableIn(derivation, "Album").key?.isRowid, true);
  assertEquals(attributeIn(derivation, "Employee", "ReportsTo").otherNames, ["Employee"]);
  assertEquals(kindsOf(derivation, "InvoiceLine").UnitPrice, "decimal");
});

Deno.test("a trading firm: text keys, pictures, names with blanks", () => {
  const derivation = derive(
    `CREATE TABLE [Customers] ([CustomerID] TEXT, [CompanyName] NVARCHAR(40) NOT NULL, PRIMARY KEY (\`CustomerID\`));
    CREATE TABLE [Order Details] ([OrderID] INTEGER NOT NULL, [ProductID] INTEGER NOT NULL, [UnitPrice] NUMERIC NOT NULL DEFAULT 0, [Discount] REAL NOT NULL DEFAULT 0,
      CHECK ([Discount]>=(0) AND [Discount]<=(1)), PRIMARY KEY ([OrderID],[ProductID]));
    CREATE TABLE [Categories] ([CategoryID] INTEGER PRIMARY KEY AUTOINCREMENT, [Picture] BLOB);
    CREATE VIEW [Alphabetical list of products] AS SELECT 1`,
  );
  assertEquals(kindsOf(derivation, "Customers"), { CustomerID: "string", CompanyName: "string" });
  assertEquals(kindsOf(derivation, "Order Details"), {
    OrderID: "integer",
    ProductID: "integer",
    UnitPrice: "number",
    Discount: "number",
  });
  assertEquals(kindsOf(derivation, "Categories"), { CategoryID: "integer", Picture: "bytes" });
  assertEquals(tableIn(derivation, "Categories").isAutoincrement, true);
  assertEquals(columnIn(derivation, "Categories", "Picture").form, { kind: "bytes" });
});

Deno.test("books: NOCASE keys, no foreign keys, links by name only, dates without a type", () => {
  const derivation = derive(
    `CREATE TABLE books (id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL DEFAULT 'Unknown' COLLATE NOCASE,
      sort TEXT COLLATE NOCASE, timestamp TIMESTAMP DEFAULT CURRENT_TIMESTAMP, series_index REAL NOT NULL DEFAULT 1.0, uuid TEXT, has_cover BOOL DEFAULT 0);
    CREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT NOT NULL COLLATE NOCASE, UNIQUE(name));
    CREATE TABLE books_authors_link (id INTEGER PRIMARY KEY, book INTEGER NOT NULL, author INTEGER NOT NULL, UNIQUE(book, author))`,
  );
  assertEquals(kindsOf(derivation, "books"), {
    title: "text",
    sort: "text",
    timestamp: "datetime",
    series_index: "number",
    uuid: "text",
    has_cover: "boolean",
  });
  assertEquals(columnIn(derivation, "authors", "name").collation, "NOCASE");
  assertEquals(kindsOf(derivation, "books_authors_link"), { book: "integer", author: "integer" });
});

Deno.test("programs of two frameworks: NOT NULL texts without defaults, dates, JSON, uuids, booleans of t and f", () => {
  const derivation = derive(
    `CREATE TABLE "auth_user" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "password" varchar(128) NOT NULL, "last_login" datetime NULL,
      "is_superuser" bool NOT NULL, "username" varchar(150) NOT NULL UNIQUE, "data" text NOT NULL CHECK ((JSON_VALID("data") OR "data" IS NULL)), "stars" smallint unsigned NOT NULL CHECK ("stars" >= 0));
    CREATE TABLE "auth_user_groups" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED,
      "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED);
    CREATE UNIQUE INDEX "auth_user_groups_user_id_group_id_uniq" ON "auth_user_groups" ("user_id", "group_id");
    CREATE TABLE "auth_group" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(150) NOT NULL UNIQUE);
    CREATE TABLE "posts" ("id" uuid NOT NULL PRIMARY KEY, "body" text, "meta" json DEFAULT '{}', "published" boolean DEFAULT 'f' NOT NULL, "created_at" datetime(6) NOT NULL, "price" decimal(8,2))`,
  );
  assertEquals(kindsOf(derivation, "auth_user"), {
    password: "string",
    last_login: "datetime",
    is_superuser: "boolean",
    username: "string",
    data: "text",
    stars: "integer",
    auth_user_groups: "link_set",
  });
  assertEquals(attributeIn(derivation, "auth_user_groups", "user_id").otherNames, ["user", "auth_user"]);
  assertEquals(kindsOf(derivation, "posts"), {
    id_: "loose",
    body: "text",
    meta: "loose",
    published: "boolean",
    created_at: "datetime",
    price: "decimal",
  });
  assertEquals(tableIn(derivation, "posts").key?.columns[0]?.affinity, "NUMERIC");
});

Deno.test("a timetable and the states of a house: no keys, indexes, times as numbers", () => {
  const derivation = derive(
    `CREATE TABLE stop_times (trip_id TEXT, arrival_time TEXT, stop_sequence INTEGER, stop_id TEXT, PRIMARY KEY (trip_id, stop_sequence));
    CREATE TABLE calendar_dates (service_id TEXT NOT NULL, date TEXT NOT NULL, exception_type INTEGER);
    CREATE TABLE states (state_id INTEGER NOT NULL, state VARCHAR(255), last_updated_ts FLOAT, old_state_id INTEGER, attributes_id BIGINT,
      PRIMARY KEY (state_id), FOREIGN KEY(old_state_id) REFERENCES states (state_id));
    CREATE INDEX ix_states_old_state_id ON states (old_state_id)`,
  );
  assertEquals(tableIn(derivation, "calendar_dates").key, null);
  assertEquals(classIn(derivation, "calendar_dates").keySets, []);
  assertEquals(classIn(derivation, "stop_times").keySets, [["trip_id", "stop_sequence"]]);
  assertEquals(attributeIn(derivation, "states", "old_state_id").otherNames, ["old_state", "states"]);
  assertEquals(tableIn(derivation, "states").indexes.map((index) => index[0]?.name), ["state_id", "old_state_id"]);
});

/** Names that would be something else if they were not quoted. */
const HOSTILE = [
  'a"b',
  "a'b",
  "a`b",
  "a]b",
  "[a]",
  "a;DROP TABLE victim",
  "a); DROP TABLE victim; --",
  "a -- b",
  "a /* b",
  "a->b",
  "a\nb",
  "a\tb\r",
  "\u001b[31ma",
  "\u202eabc",
  "SELECT",
  "a, b",
  "a(b)",
  "",
  " ",
  "ä",
  "Ä",
  "😀",
  "%s",
  "$1",
  "?1",
  ":a",
  "a.b",
  "{a}",
];

Deno.test("hostile names are names: of tables, columns, keys, indexes, lists", () => {
  const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;
  const columns = HOSTILE.map((name) => `${quote(name)} TEXT COLLATE NOCASE CHECK (${quote(name)} IN ('x', 'y''z'))`);
  const victim = "CREATE TABLE victim (n INTEGER PRIMARY KEY);";
  const tables = HOSTILE.map((name, index) =>
    `CREATE TABLE ${quote(`t${name}`)} (${columns.join(", ")}, n INTEGER PRIMARY KEY, r INTEGER REFERENCES ${
      quote(`t${name}`)
    });
    CREATE UNIQUE INDEX ${quote(`i${index} ${name}`)} ON ${quote(`t${name}`)} (${quote(name)});`
  );
  const { derived, problems } = derive(victim + tables.join("\n"));
  assertEquals(problems, []);
  assertEquals([...derived.model.classes.keys()], ["victim", ...HOSTILE.map((name) => `t${name}`)]);
  for (const [index, name] of HOSTILE.entries()) {
    const modelClass = derived.model.classes.get(`t${name}`);
    const table = derived.tables.get(`t${name}`);
    assertEquals([...modelClass?.attributes.keys() ?? []], [...HOSTILE, "n", "r", "friendlyname"]);
    assertEquals(modelClass?.keySets, [["n"], [name]]);
    assertEquals(table?.uniques.map((unique) => unique.name), [`i${index} ${name}`]);
    for (const one of HOSTILE) {
      const attribute = modelClass?.attributes.get(one);
      assert(attribute?.kind === "enum", one);
      assertEquals(attribute.values.map(({ code }) => code), ["x", "y'z"]);
      assertEquals(table?.columns.get(one)?.collation, "NOCASE");
    }
    assertEquals(table?.columns.get("r")?.references, { class: `t${name}`, column: "n" });
  }
});

Deno.test("what two tables say of each other, and a table of itself, ends", () => {
  const derivation = derive(
    "CREATE TABLE a (n INTEGER PRIMARY KEY, b_id INTEGER REFERENCES b, a_id INTEGER REFERENCES a); CREATE TABLE b (n INTEGER PRIMARY KEY REFERENCES a)",
  );
  assertEquals(kindsOf(derivation, "a"), { n: "integer", b_id: "external_key", a_id: "external_key" });
  assertEquals(kindsOf(derivation, "b"), { n: "external_key" });
});

Deno.test("an empty database has no classes", () => {
  const { derived, problems } = derive("");
  assertEquals([derived.model.classes.size, derived.tables.size, derived.others.size, problems], [0, 0, 0, []]);
});
