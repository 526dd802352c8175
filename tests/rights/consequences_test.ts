/** What the database deletes or empties by itself when links go (`on_delete`) is no way around rights, limits and the rules of accounts. */
import { assert, assertEquals, assertFalse } from "@std/assert";
import { type Loading, type Parameters, preparedModel } from "../helpers/loading.ts";
import { describeRun } from "../helpers/scratch.ts";
import { formPost } from "../server/post.ts";
import { serving } from "../server/served.ts";
import { NOTES } from "./notes_model.ts";

const as = (login: string): Parameters => ({
  auth_user: login,
  auth_pwd: `Passw0rd-${login}`,
  reconciliationkeys: "name",
});

/** Books: A has genre 1 (link 1: note N of Here, with a line), B genre 1 (link 2: note M of There), C (link 3: mark K of There), D (4: mark L), E (5: a seal). */
const withNotes = preparedModel(NOTES, async (loading) => {
  const load = async (modelClass: string, csv: string, reconciliationkeys = "name") => {
    const { rows } = await loading.load(modelClass, csv, { reconciliationkeys });
    assertEquals(rows.filter((row) => row.startsWith("rejected")), []);
  };
  await load("Org", "name\nHere\nThere\n");
  await load("Genre", "name\nNovel\n");
  await load("Book", "name,genres\nA,genre_id:1\nB,genre_id:1\nC,genre_id:1\nD,genre_id:1\nE,genre_id:1\nF,\n");
  await load("Note", "name,link,org\nN,1,1\nM,2,2\n");
  await load("Line", "name,note\nN1,1\n");
  await load("Mark", "name,link,org\nK,3,2\nL,4,1\n");
  await load("Seal", "name,link\nS,5\n");
  const users = ["books,,5", "notes,,6", "all,,7", "here,allowed_org_id:1,7", "some,allowed_org_id:1,5"].map(
    (user) => {
      const [login = "", limit, profile] = user.split(",");
      return `${login},Passw0rd-${login},profileid:${profile},${limit}\n`;
    },
  );
  await load("UserLocal", `login,password,profile_list,allowed_org_list\n${users.join("")}`, "login");
});

function objects({ everything }: Loading): readonly string[] {
  return everything().filter((row) => !/^(change|sqlite_sequence|login_failure)|"name":"change/.test(row));
}

const NOT_ALLOWED = (code: string) => `and you are not allowed to perform a bulk update of objects of class ${code}`;
const NOT_VISIBLE = "which is not visible with your current profile";

/** Who, the book whose genre goes, and what is said; null: it goes. */
const CASES: readonly (readonly [string, string, string | null])[] = [
  [
    "books",
    "A",
    `removing links would delete Note::1, ${NOT_ALLOWED("Note")} | removing links would delete Line::1, ${
      NOT_ALLOWED("Line")
    }`,
  ],
  ["notes", "A", `removing links would delete Line::1, ${NOT_ALLOWED("Line")}`],
  ["all", "A", null],
  ["here", "A", null],
  ["notes", "B", null],
  ["here", "B", `removing links would delete a 'Note' object, ${NOT_VISIBLE}`],
  ["some", "B", `removing links would delete a 'Note' object, ${NOT_ALLOWED("Note")}`],
  ["books", "C", `removing links would empty 'link' of Mark::1, ${NOT_ALLOWED("Mark")}`],
  ["here", "C", `removing links would empty 'link' of a 'Mark' object, ${NOT_VISIBLE}`],
  ["here", "D", null],
  ["all", "E", "a foreign key"],
  ["books", "E", "a foreign key"],
];

for (const [login, book, refusal] of CASES) {
  Deno.test(`${login} ${refusal === null ? "removes" : "does not remove"} the links of book ${book}`, () =>
    withNotes(async (loading) => {
      const before = objects(loading);
      for (const simulate of ["1", "0"]) {
        assertEquals(objects(loading), before);
        const { rows, run } = await loading.load("Book", `name,genres\nF,\n${book},\n`, { ...as(login), simulate });
        assertEquals(rows[0]?.slice(0, 14), "unchanged Book");
        assert(rows[1]?.includes(refusal ?? "updated Book"), rows[1]);
        assertEquals(run.exitCode, refusal === null ? 0 : 1, describeRun(run));
      }
      if (refusal !== null) assertEquals(objects(loading), before);
    }));
}

Deno.test("from the other end of the links it is the same: nothing of a refused row is written", () =>
  withNotes(async (loading) => {
    const before = objects(loading);
    const { rows } = await loading.load("Genre", "name,books\nNovel,book_id:4|book_id:5\n", as("books"));
    const [row = ""] = rows;
    for (const code of ["Note", "Line", "Mark"]) assert(row.includes(NOT_ALLOWED(code)), row);
    assertFalse(row.includes("Note::2"), "one object stands for all");
    assertEquals(objects(loading), before);
  }));

Deno.test("the log has what went along, and what was emptied", () =>
  withNotes(async ({ load, query }) => {
    await load("Book", "name,genres\nA,\nD,\n", as("all"));
    assertEquals(
      query(
        "SELECT class, object_id, operation, attribute, old_value, new_value FROM change_op " +
          "WHERE change = (SELECT MAX(id) FROM change) AND class <> 'Book' ORDER BY class, attribute",
      ),
      [
        "BookGenre 1 delete book_id 1 -",
        "BookGenre 4 delete book_id 4 -",
        "BookGenre 1 delete genre_id 1 -",
        "BookGenre 4 delete genre_id 1 -",
        "Line 1 delete name N1 -",
        "Line 1 delete note 1 -",
        "Mark 2 update link 4 -",
        "Note 1 delete link 1 -",
        "Note 1 delete name N -",
        "Note 1 delete org 1 -",
      ],
    );
  }));

Deno.test("a row does not take its own object away, be it by a link of its own", () =>
  withNotes(async ({ load, objects }) => {
    await load("Book", "name,of\nA,1\n", as("all"));
    assertEquals((await load("Book", "name,genres\nA,\n", as("all"))).rows, [
      "rejected Book 1: removing links would delete Book::1, the very object that the row updates",
    ]);
    assertEquals(objects("Book", "name").length, 6);
  }));

Deno.test("a job is refused the same, an atomic and a simulated one too", () =>
  withNotes(async (loading) => {
    const { scratch, database } = loading;
    const before = objects(loading);
    scratch.write("books.csv", "name,genres\nA,\nE,\n");
    const access = "auth_user = books\nauth_pwd = Passw0rd-books\n";
    scratch.write("books.params", `class = Book\ncsvfile = books.csv\nreconciliationkeys = name\n${access}`);
    for (const settings of ["", "atomic = 1\n", "simulate = 1\n"]) {
      const job = `db = ${database}\nno_localize = 1\noutput = json\n${settings}import = books.params\n`;
      const run = await scratch.run(["run", scratch.write("books.job", job)]);
      assertEquals(run.exitCode, 1, describeRun(run));
      for (const told of [NOT_ALLOWED("Note"), "a foreign key"]) assert(run.stdout.includes(told), describeRun(run));
      assertEquals(objects(loading), before);
    }
  }));

Deno.test("over HTTP a refused deletion is a row in error", () =>
  withNotes(async (loading) => {
    loading.scratch.write("world.db", Deno.readFileSync(loading.database));
    await serving(loading.scratch, {}, async ({ post }) => {
      const tried = async (login: string, book: string) => {
        const { reconciliationkeys = "", ...access } = as(login);
        const fields = { class: "Book", no_localize: "1", output: "details", reconciliationkeys, ...access };
        const { status, text } = await post(formPost(fields, `name,genres\n${book},\n`));
        assertEquals(status, 200, text);
        return text;
      };
      assert((await tried("all", "E")).includes("a foreign key"));
      assert((await tried("here", "B")).includes(NOT_VISIBLE));
      assert((await tried("books", "A")).includes(NOT_ALLOWED("Note")));
      assert((await tried("all", "A")).includes("updated"));
    });
  }));
