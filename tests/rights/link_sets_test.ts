/** A link set is no way around the right to the class that it writes, and least of all to more rights. */
import { assert, assertEquals } from "@std/assert";
import { type Loading, preparedModel, preparedWorld, withModel } from "../helpers/loading.ts";
import { describeRun } from "../helpers/scratch.ts";
import { withJobs } from "../jobs/job_world.ts";
import { formPost } from "../server/post.ts";
import { serving } from "../server/served.ts";

const NAME = { kind: "string", null: false };
const link = (linkClass: string, to: string, remote: string) => ({
  kind: "link_set",
  link_class: linkClass,
  key_to_this: to,
  key_to_remote: remote,
});
const linkClass = (keys: Readonly<Record<string, string>>) => ({
  friendly_name: `{${Object.keys(keys)[0]}_friendlyname}`,
  attributes: Object.fromEntries(
    Object.entries(keys).map(([code, target]) => [code, { kind: "external_key", target, null: false }]),
  ),
});
const named = (attributes: Readonly<Record<string, unknown>>) => ({
  reconciliation_keys: ["name"],
  attributes: { name: NAME, ...attributes },
});

/** Books have genres and readers; genres know their books; a reader is a user. */
const MODEL = {
  name: "lending",
  classes: {
    Book: named({
      genres: link("BookGenre", "book_id", "genre_id"),
      readers: link("BookReader", "book_id", "user_id"),
      loans: link("BookLoan", "book_id", "genre_id"),
    }),
    Genre: named({ books: link("BookGenre", "genre_id", "book_id") }),
    BookGenre: linkClass({ book_id: "Book", genre_id: "Genre" }),
    BookReader: linkClass({ book_id: "Book", user_id: "User" }),
    BookLoan: linkClass({ book_id: "Book", genre_id: "Genre", user_id: "UserInternal" }),
  },
  profiles: [
    { id: 1, name: "Administrator", administrator: true },
    { id: 5, name: "User manager", bulk_write: ["User", "URP_UserProfile"] },
    { id: 6, name: "Profile editor", bulk_write: ["URP_Profiles"] },
    { id: 7, name: "Books only", bulk_write: ["Book"] },
    { id: 8, name: "Both ends", bulk_write: ["Book", "Genre", "User"] },
    { id: 9, name: "Genres only", bulk_write: ["Genre"] },
    { id: 10, name: "Links", bulk_write: ["Book", "Genre", "BookGenre", "BookReader"] },
    { id: 11, name: "Profiles and users, not links", bulk_write: ["User", "URP_Profiles"] },
  ],
};

const as = (profile: number) => ({ auth_user: `u${profile}`, auth_pwd: `Passw0rd-${profile}` });

/** A user `u7` for profile 7 and so on: ids 2 to 8, in the order of the profiles. */
const withLending = preparedModel(MODEL, async (loading) => {
  const users = MODEL.profiles.slice(1).map(({ id }) => `u${id},Passw0rd-${id},profileid:${id}\n`);
  await loading.load("UserLocal", "login,password,profile_list\n" + users.join(""));
  await loading.load("Genre", "name\nNovel\n");
  await loading.load("Book", "name,genres\nEmma,\n");
});

function refusal(column: string, linkClass: string, ...ends: readonly string[]): string {
  const instead = ends.length === 0 ? "" : `, or to objects of class ${ends.join(" and ")}`;
  return `#You are not allowed to write the column '${column}': it makes and deletes links of class ${linkClass}, ` +
    `and needs the right to these${instead}`;
}

async function assertRefused(
  { print, everything }: Loading,
  [modelClass, csv]: readonly [string, string],
  params: Readonly<Record<string, string>>,
  ...sentences: readonly string[]
): Promise<void> {
  const before = everything();
  for (const simulate of ["0", "1"]) {
    const run = await print(modelClass, csv, { reconciliationkeys: "name", simulate, ...params });
    assertEquals(run.exitCode, 77, describeRun(run));
    for (const sentence of sentences) assert(run.stdout.includes(sentence + "\n"), describeRun(run));
    assert(!run.stdout.includes("\nLine;"), describeRun(run));
  }
  assertEquals(everything(), before, "a refused file has written");
}

Deno.test("who may load profiles does not make himself a user manager through their link set", () =>
  withLending(async (loading) => {
    const told = refusal("user_list", "URP_UserProfile");
    const params = { ...as(6), reconciliationkeys: "id" };
    await assertRefused(loading, ["URP_Profiles", "id,user_list\n5,userid:3\n"], params, told);
    await assertRefused(loading, ["URP_Profiles", "id,user_list\n"], params, told);
    const run = await loading.load("URP_Profiles", "id,description\n5,Manages users\n", params);
    assertEquals(run.rows, ['updated URP_Profiles 5 description="User manager"->"Manages users"']);
  }));

Deno.test("the right to users and to profiles is none to the links between them, from neither end", () =>
  withLending(async (loading) => {
    const profiles = { ...as(11), reconciliationkeys: "id" };
    const told = (column: string) => refusal(column, "URP_UserProfile");
    await assertRefused(loading, ["URP_Profiles", "id,user_list\n5,userid:3\n"], profiles, told("user_list"));
    await assertRefused(loading, ["UserLocal", "id,profile_list\n3,profileid:5\n"], profiles, told("profile_list"));
    await assertRefused(loading, ["User", "id,profile_list\n3,profileid:5\n"], profiles, told("profile_list"));
  }));

Deno.test("the right to the links is enough: a user manager gives profiles", () =>
  withLending(async ({ load, query }) => {
    const params = { ...as(5), reconciliationkeys: "login" };
    await load("UserLocal", "login,profile_list\nu7,profileid:7|profileid:9\n", params);
    assertEquals(query("SELECT profileid FROM urp_userprofile WHERE userid = 4 ORDER BY 1"), ["7", "9"]);
  }));

Deno.test("the right to one end is not enough, whichever it is", () =>
  withLending(async (loading) => {
    await assertRefused(
      loading,
      ["Book", "name,genres\nEmma,genre_id:1\n"],
      as(7),
      refusal("genres", "BookGenre", "Book", "Genre"),
    );
    await assertRefused(
      loading,
      ["Genre", "name,books\nNovel,book_id:1\n"],
      as(9),
      refusal("books", "BookGenre", "Genre", "Book"),
    );
  }));

Deno.test("the right to both ends is enough, and that to the links, from either end", () =>
  withLending(async ({ load }) => {
    const added = (code: string, item: string) => `updated ${code} 1 ${code === "Book" ? "genres" : "books"}=${item}`;
    const add = (profile: number) => load("Book", "name,genres\nEmma,genre_id:1\n", as(profile));
    const take = (profile: number) => load("Genre", "name,books\nNovel,\n", as(profile));
    for (const profile of [8, 10, 8]) {
      assertEquals((await add(profile)).rows, [added("Book", `""->"'genre_id:1'"`)]);
      assertEquals((await take(profile)).rows, [added("Genre", `"'book_id:1'"->""`)]);
    }
  }));

Deno.test("where an end is a user only the right to the links will do, and all columns are told together", () =>
  withLending(async (loading) => {
    const file = ["Book", "name,genres,readers\nEmma,,user_id:1\n"] as const;
    await assertRefused(loading, file, as(8), refusal("readers", "BookReader"));
    const both = [refusal("genres", "BookGenre", "Book", "Genre"), refusal("readers", "BookReader")];
    await assertRefused(loading, file, as(7), ...both);
    for (const params of [as(10), {}]) {
      const { rows } = await loading.load(...file, params);
      assert(/^(updated|unchanged) Book 1/.test(rows[0] ?? ""), rows[0]);
    }
  }));

Deno.test("nor will the right to both ends do where a third key of the links leads to users", () =>
  withLending(async (loading) => {
    const file = ["Book", "name,loans\nEmma,genre_id:1;user_id:1\n"] as const;
    await assertRefused(loading, file, as(8), refusal("loans", "BookLoan"));
    await assertRefused(loading, file, as(10), refusal("loans", "BookLoan"));
    assertEquals((await loading.load(...file)).rows[0]?.slice(0, 14), "updated Book 1");
  }));

/** Organisations know the users that are limited to them, whose links have a class above them. */
const LIMITS = {
  name: "limits",
  organizations: { class: "Org" },
  classes: {
    Org: { ...named({ users: link("URP_UserOrg", "allowed_org_id", "userid") }), organization: "id" },
  },
  profiles: [
    { id: 1, name: "Administrator", administrator: true },
    { id: 5, name: "Both ends", bulk_write: ["Org", "User"] },
    { id: 6, name: "Links", bulk_write: ["Org", "URP_UserOrg"] },
  ],
};

Deno.test("the limits of users are not lifted from the organisation's end without the right to these links", () =>
  withModel(LIMITS, async (loading) => {
    await loading.load("Org", "name\nIn\nOut\n");
    const users = "u5,Passw0rd-5,profileid:5,allowed_org_id:1\nu6,Passw0rd-6,profileid:6,\n";
    await loading.load("UserLocal", "login,password,profile_list,allowed_org_list\n" + users);
    await assertRefused(loading, ["Org", "name,users\nIn,\n"], as(5), refusal("users", "URP_UserOrg"));
    const limits = ["UserLocal", "login,allowed_org_list\nu5,\n"] as const;
    await assertRefused(
      loading,
      limits,
      { ...as(5), reconciliationkeys: "login" },
      refusal("allowed_org_list", "URP_UserOrg"),
    );
    assertEquals((await loading.load("Org", "name,users\nOut,userid:2\n", as(6))).rows, [
      'updated Org 2 users=""->"\'userid:2\'"',
    ]);
  }));

/** A link class above that of users and profiles: whatever lies below it counts. */
const ABOVE = {
  name: "above",
  classes: {
    Book: named({ links: link("Link", "book_id", "genre_id") }),
    Genre: named({}),
    Link: { ...linkClass({ book_id: "Book", genre_id: "Genre" }), abstract: false },
    UserLink: { parent: "Link", attributes: { user_id: { kind: "external_key", target: "User" } } },
  },
  profiles: [
    { id: 1, name: "Administrator", administrator: true },
    { id: 8, name: "Both ends", bulk_write: ["Book", "Genre", "User"] },
  ],
};

Deno.test("links of a class below count: their keys to users too", () =>
  withModel(ABOVE, async (loading) => {
    await loading.load("Book", "name\nEmma\n");
    await loading.load("UserLocal", "login,password,profile_list\nu8,Passw0rd-8,profileid:8\n");
    await assertRefused(loading, ["Book", "name,links\nEmma,\n"], as(8), refusal("links", "Link"));
  }));

const AUTHOR = { auth_user: "author", auth_pwd: "Auth0r-Passw0rd" };
const MANAGER = { auth_user: "manager", auth_pwd: "M4nager-Passw0rd" };
const CIS = refusal("cis_list", "lnkDocumentToFunctionalCI", "DocumentNote", "FunctionalCI");
const NOTE = "name,org_id->name,text,cis_list\nN,Acme,T,functionalci_id->name:srv\n";

const withAuthor = preparedWorld(async ({ load }) => {
  const users = `author,${AUTHOR.auth_pwd},profileid->name:Document author\n` +
    `manager,${MANAGER.auth_pwd},profileid->name:Configuration Manager\n`;
  await load("UserLocal", "login,password,profile_list\n" + users);
  await load("Organization", "name,code\nAcme,A\n");
  await load("Server", "name,org_id->name\nsrv,Acme\n", { reconciliationkeys: "name" });
});

Deno.test("a document's author does not link it to a configuration item; who may load both does", () =>
  withAuthor(async (loading) => {
    await assertRefused(loading, ["DocumentNote", NOTE], AUTHOR, CIS);
    const through = CIS.replace("DocumentNote", "Document");
    await assertRefused(loading, ["Document", "name,cis_list\nN,functionalci_id->name:srv\n"], AUTHOR, through);
    const { rows } = await loading.load("DocumentNote", NOTE, { ...MANAGER, reconciliationkeys: "name" });
    assert(rows[0]?.startsWith("created DocumentNote"), rows[0]);
    await assertRefused(
      loading,
      ["Server", "name,documents_list\nsrv,\n"],
      AUTHOR,
      "#You are not allowed to perform a " +
        "bulk update of objects of class Server",
    );
    const removed = await loading.load("Server", "name,documents_list\nsrv,\n", {
      ...MANAGER,
      reconciliationkeys: "name",
    });
    assert(removed.rows[0]?.startsWith("updated Server"), removed.rows[0]);
  }));

Deno.test("the column is told by its name in the header, in whatever language", () =>
  withAuthor((loading) =>
    assertRefused(
      loading,
      ["DocumentNote", "Name,CIs\nN,\n"],
      { ...AUTHOR, no_localize: "0", reconciliationkeys: "Name" },
      CIS.replace("cis_list", "CIs"),
    )
  ));

Deno.test("over HTTP it is refused with 403, and is no failed login", () =>
  withAuthor(async (loading) => {
    loading.scratch.write("world.db", Deno.readFileSync(loading.database));
    await serving(loading.scratch, {}, async ({ post }) => {
      const fields = { class: "DocumentNote", no_localize: "1", reconciliationkeys: "name", ...AUTHOR };
      for (let time = 0; time < 7; time++) {
        const answer = await post(formPost(fields, NOTE));
        assertEquals([answer.status, answer.text.includes(CIS)], [403, true], answer.text);
      }
    });
  }));

Deno.test("a job is refused like a single import, an atomic one too", () =>
  withJobs({
    "users.params": "class = UserLocal\ncsvfile = users.csv\nauth_user = admin\nauth_pwd = admin\n",
    "users.csv": `login,password,profile_list\nauthor,${AUTHOR.auth_pwd},profileid->name:Document author\n`,
    "notes.params":
      `class = DocumentNote\ncsvfile = notes.csv\nauth_user = author\nauth_pwd = ${AUTHOR.auth_pwd}\nreconciliationkeys = name\n`,
    "notes.csv": "name,cis_list\nN,\n",
    "first.job": "db = cmdb.db\nno_localize = 1\nimport = users.params\n",
    "plain.job": "db = cmdb.db\nno_localize = 1\nimport = notes.params\n",
    "atomic.job": "db = cmdb.db\nno_localize = 1\natomic = 1\nimport = notes.params\n",
  }, async ({ run, names }) => {
    assertEquals((await run("first.job")).exitCode, 0);
    for (const job of ["plain.job", "atomic.job"]) {
      const ended = await run(job);
      assertEquals(ended.exitCode, 77, describeRun(ended));
      assert(ended.stdout.includes(CIS), describeRun(ended));
    }
    assertEquals(names("DocumentNote"), []);
  }));
