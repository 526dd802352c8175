/** Classes are data: a lending library instead of a CMDB, from its model file alone (fixtures/models). */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { fixturePath } from "./helpers/fixtures.ts";
import { assertExit, describeRun } from "./helpers/scratch.ts";
import { everythingStored, storedObjects } from "./helpers/stored.ts";
import { LOADS, outcomesOf, rowsOf, withLibrary } from "./own_model/library.ts";

const LOUISE = { auth_user: "louise", auth_pwd: "s3same" };

/** Rows as text: `1|Fiction`. */
function query(database: string, sql: string): string[] {
  const opened = new DatabaseSync(database, { readOnly: true });
  const rows = opened.prepare(sql).all().map((row) => Object.values(row).join("|"));
  opened.close();
  return rows;
}

Deno.test("a model of one's own: checked and shown", () =>
  withLibrary(async ({ database, run }) => {
    const checked = await run("model", "check", fixturePath("models", "library.jsonc"));
    assertExit(checked, 0);
    assertMatch(checked.stdout, /library\.jsonc: the model library is good \(12 classes\)\n$/);
    const shown = await run("model", "show", `--db=${database}`);
    assertStringIncludes(shown.stdout, "Model library, in EN GB, FR FR\n");
    assertMatch(shown.stdout, /^Item +Item +yes +title$/m);
    const book = await run("model", "--class=Book", `--db=${database}`, "--language=FR FR");
    assertMatch(book.stdout, /^Book \(Livre\), a subclass of Item$/m);
    assertMatch(book.stdout, /^price +Prix +decimal +8 digits, 2 of them decimals$/m);
    assertMatch(book.stdout, /^status .+on_shelf \(En rayon\), lent \(Prêté\), lost \(Perdu\)$/m);
  }));

Deno.test("a model of one's own: what was loaded can be queried", () =>
  withLibrary(({ database }) => {
    assertEquals(storedObjects(database, "Author", ["name", "born", "homepage"]).slice(2, 5), [
      ["Ursula K. Le Guin", "1929-10-21", "https://www.ursulakleguin.com"],
      ["Stanisław Lem", "1921-09-12", ""],
      ["Michael Kandel", "", ""],
    ]);
    assertEquals(storedObjects(database, "Genre", ["id", "name", "parent_id", "parent_name"]), [
      ["1", "Fiction", "0", ""],
      ["2", "Fantasy", "1", "Fiction"],
      ["3", "Science fiction", "1", "Fiction"],
      ["4", "Space opera", "3", "Science fiction"],
      ["5", "Non-fiction", "0", ""],
      ["6", "History", "5", "Non-fiction"],
    ]);
    const fields = ["title", "isbn", "genre_id_friendlyname", "price", "status", "pages", "reference_only"];
    assertEquals(storedObjects(database, "Book", fields), [
      ["Good Omens", "978-0-575-04800-6", "Fantasy", "14.99", "on_shelf", "285", "no"],
      ["The Dispossessed", "978-0-06-012563-9", "Science fiction", "7.50", "lent", "341", "no"],
      ["The Cyberiad", "978-0-15-602759-5", "Science fiction", "12.00", "on_shelf", "295", "no"],
      ["Songs of the Dying Earth", "978-0-00-727748-3", "Fantasy", "20.00", "lost", "608", "no"],
      ["The Tenant of Wildfell Hall", "978-0-14-043474-3", "Fiction", "5.99", "on_shelf", "", "no"],
      ["Local Chronicle, 1850 to 1900", "", "History", "", "on_shelf", "", "yes"],
    ]);
    return Promise.resolve();
  }));

Deno.test("a model of one's own: link sets, parent classes, dates and computed attributes stand in the views", () =>
  withLibrary(({ database }) => {
    assertEquals(query(database, "SELECT friendlyname, role FROM view_Authorship ORDER BY id"), [
      "Terry Pratchett / Good Omens|writer",
      "Neil Gaiman / Good Omens|writer",
      "Ursula K. Le Guin / The Dispossessed|writer",
      "Stanisław Lem / The Cyberiad|writer",
      "Michael Kandel / The Cyberiad|translator",
      "George R. R. Martin / Songs of the Dying Earth|editor",
      "Gardner Dozois / Songs of the Dying Earth|editor",
      "Anne Brontë / The Tenant of Wildfell Hall|writer",
    ]);
    assertEquals(
      query(database, "SELECT finalclass, count(*), sum(obsolescence_flag = 'yes') FROM view_Item GROUP BY 1"),
      [
        "Book|6|1",
        "Film|2|0",
      ],
    );
    assertEquals(storedObjects(database, "Loan", ["friendlyname", "lent_on", "returned_at", "note"]), [
      ["The Dispossessed, ada@example.org", "2024-02-03", "", ""],
      ["Solaris, ada@example.org", "2024-02-03", "2024-02-10 17:45:00", ""],
      ["Solaris, grace@example.org", "2024-02-12", "2024-02-26 09:05:00", "Case cracked,\ndisc is fine"],
      ["Good Omens, grace@example.org", "2024-02-26", "", ""],
    ]);
    assertEquals(query(database, "SELECT item_id_finalclass_recall FROM view_Loan ORDER BY id"), [
      "Book",
      "Film",
      "Film",
      "Book",
    ]);
    return Promise.resolve();
  }));

Deno.test("a model of one's own: second runs report every row unchanged and write nothing", () =>
  withLibrary(async ({ database, load }) => {
    const before = everythingStored(database);
    for (const again of LOADS) {
      const run = await load(again);
      assertExit(run, 0);
      assertEquals([...new Set(rowsOf(run).map((row) => row.status))], ["unchanged"], describeRun(run));
    }
    assertEquals(everythingStored(database), before);
  }));

Deno.test("a model of one's own: a file of codes changes what differs, and the change log tells", () =>
  withLibrary(async ({ database, load }) => {
    const codes = {
      class: "Book",
      csvfile: "books_by_codes.csv",
      separator: ";",
      no_localize: "1",
      comment: "New prices",
    };
    const run = await load(codes);
    assertExit(run, 0);
    assertEquals(outcomesOf(run), ["updated 2 cols: Book 1", "created: Book 9"]);
    assertEquals(
      query(database, "SELECT id, user, comment, input_name, created, updated, unchanged FROM change").slice(-2),
      [
        "6|admin||users.csv|1|0|0",
        "7|admin|New prices|books_by_codes.csv|1|1|0",
      ],
    );
    assertEquals(
      query(
        database,
        "SELECT class, object_id, operation, attribute, old_value, new_value FROM change_op WHERE change = 7",
      ),
      [
        "Book|1|update|price|14.99|15.49",
        "Book|1|update|status|on_shelf|lent",
        "Book|9|create|||",
        "Authorship|9|create|||",
        "Authorship|10|create|||",
      ],
    );
    assertEquals(outcomesOf(await load(codes)), ["unchanged: Book 1", "unchanged: Book 9"]);
  }));

Deno.test("a model of one's own: wrong books are refused with words, and the others go in", () =>
  withLibrary(async ({ load }) => {
    const run = await load({ class: "Book", csvfile: "wrong_books.csv" });
    assertExit(run, 1);
    const rows = rowsOf(run);
    assertEquals(
      rows.flatMap(({ status, object }, row) => object.startsWith("Book ") ? [`${row} ${status}: ${object}`] : []),
      ["11 created: Book 9"],
    );
    assertEquals(rows[10]?.status, "Issue: 3 cells where the header has 8");
    const reasons = rows.map((row) => row.cells.find((cell) => /invalid value|No match/.test(cell)) ?? "");
    assertEquals(reasons.filter((reason) => reason !== ""), [
      "'4,50' is an invalid value. Unexpected value for attribute 'price': Wrong format [4,50], expected a number: digits with a decimal point, a sign before them if need be. The decimal sign is the point: write 4.50, or say decimal_sign=,",
      "'4.505' is an invalid value. Unexpected value for attribute 'price': Too many decimals [4.505], expected at most 2",
      "'on_shelf' is an invalid value. Allowed 'status' value(s): On the shelf,Lent,Lost",
      "No match for value 'Fantasie'. Some possible 'Genre' value(s): Fantasy, Fiction, History...",
      "'978-0-552-13461-3 first' is an invalid value. Unexpected value for attribute 'isbn': String too long (found 23, limited to 17)",
      "'author_id->name:Terry Pratchet' is an invalid value. Failed to process input: " +
      "Found no match: ext_key = author_id, reconciliation = name=Terry Pratchet",
      "'author_id->name:Terry Pratchett;role:painter' is an invalid value. Failed to process input: " +
      "Unexpected value for attribute 'role': Value not allowed [painter], expected writer, editor, translator",
      "'' is an invalid value. Unexpected value for attribute 'title': Null not allowed",
      "'many' is an invalid value. Unexpected value for attribute 'pages': Wrong format [many], expected a whole number: digits, a sign before them if need be",
      "'perhaps' is an invalid value. Unexpected value for attribute 'reference_only': no match found, check spelling. Expected yes or no, true or false, t or f, y or n, 1 or 0, on or off",
    ]);
  }));

Deno.test("a model of one's own: uniqueness, loops and ambiguity are refused by the model's rules", () =>
  withLibrary(async ({ load }) => {
    const isbn = await load({ class: "Book", csvfile: "same_isbn.csv", reconciliationkeys: "Book title" });
    assertEquals(outcomesOf(isbn), [
      "Issue: 'The Dispossessed' has this ISBN already (Book::2): Book 3",
      "created: Book 9",
      "updated 1 cols: Book 2",
    ]);
    const genres = await load({ class: "Genre", csvfile: "wrong_genres.csv" });
    assertEquals(outcomesOf(genres), [
      "Issue: Unexpected value for attribute 'Parent' (parent_id) : Value not allowed [4]: Genre 1",
      "Issue: Unexpected value for attribute 'Parent' (parent_id) : Value not allowed [2]: Genre 2",
      "Issue: Unexpected attribute value(s): n/a n/a",
    ]);
    const loans = await load({ class: "Loan", csvfile: "wrong_loans.csv", date_format: "d/m/Y H:i" });
    assertEquals(outcomesOf(loans).map((outcome) => outcome.replace(": n/a n/a", "")), [
      "Issue: failed to reconcile",
      "Issue: Unexpected attribute value(s)",
      "Issue: wrong date format",
      "Issue: Unexpected attribute value(s)",
      "Issue: failed to reconcile",
      "Issue: wrong date format",
      "Issue: failed to reconcile",
    ]);
    // There are a film and a book called Solaris now.
    assertEquals(
      rowsOf(loans)[6]?.cells[0],
      "Invalid value for attribute. Ambiguous: found 2 objects (Film::7, Book::9)",
    );
  }));

Deno.test("a model of one's own: a user whom the administrator loaded works in his language, as far as his profile goes", () =>
  withLibrary(async ({ database, load }) => {
    const books = await load({ ...LOUISE, class: "Book", csvfile: "livres.csv" });
    assertExit(books, 0);
    assertEquals(outcomesOf(books), ["created: Book 9", "updated 1 cols: Book 2"]);
    assertEquals(query(database, "SELECT title, status FROM view_Book WHERE id IN (2, 9)"), [
      "The Dispossessed|on_shelf",
      "La Main gauche de la nuit|on_shelf",
    ]);
    assertEquals(query(database, "SELECT user FROM change WHERE input_name = 'livres.csv'"), ["louise"]);
    for (const refused of ["Loan", "Genre", "UserLocal"]) {
      const run = await load({ ...LOUISE, class: refused, csvfile: "loans.csv" });
      assertExit(run, 77);
      assertStringIncludes(run.stderr, `You are not allowed to perform a bulk update of objects of class ${refused}`);
    }
  }));
