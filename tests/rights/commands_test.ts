/** The table of rights for what is no import: every profile with history, undo, explain and export, through each way in. */
import { assert, assertEquals } from "@std/assert";
import { askHistory, readJsonLines } from "../changes/asked_history.ts";
import { explainRow } from "../helpers/explaining.ts";
import { runExport } from "../helpers/exporting.ts";
import { ADMIN } from "../helpers/golden_case.ts";
import { type Loading, type Parameters, withModel } from "../helpers/loading.ts";
import { assertExit, describeRun, type ProgramRun } from "../helpers/scratch.ts";
import { as, CLASSES, MAY_LOAD, mayLoad, PROFILES, withEverybody } from "./everybody.ts";
import { NOTES } from "./notes_model.ts";

const NOT_ALLOWED = 77;

function undo({ scratch, database }: Loading, change: number, params: Parameters): Promise<ProgramRun> {
  const all: Parameters = { db: database, change: String(change), simulate: "1", ...params };
  return scratch.run(["undo", ...Object.entries(all).map(([name, value]) => `--${name}=${value}`)]);
}

const lastRun = ({ query }: Loading) => Number(query("SELECT MAX(id) FROM change")[0]);

/** Some classes for each profile, so that all profiles together have them all, and for those who may load anything some more. */
const SAMPLE: readonly (readonly [string, string])[] = PROFILES.flatMap((profile, index) => {
  const own = CLASSES.filter((_code, place) => place % PROFILES.length === index);
  const more = MAY_LOAD[profile] === undefined ? [] : ["Person", "UserLocal", "DocumentNote", "FAQ", "URP_UserProfile"];
  return [...new Set([...own, ...more])].map((code) => [profile, code] as const);
});

Deno.test("profiles with classes: export, explain and the life of an object need the right to the class", () =>
  withEverybody(async (loading) => {
    for (const [profile, code] of SAMPLE) {
      const may = mayLoad(profile, code);
      const allowed = (run: ProgramRun) =>
        assertEquals(run.exitCode !== NOT_ALLOWED, may, `${profile}, ${code}${describeRun(run)}`);
      const exported = await runExport(loading, code, as(profile));
      allowed(exported);
      if (!may) assertEquals(exported.stdout, "");
      allowed(await explainRow(loading, code, "id\n987654\n", 2, { ...as(profile), reconciliationkeys: "id" }));
      allowed(await askHistory(loading, { ...as(profile), class: code, object: "1" }));
    }
  }));

/** The way, the class of the file, the file, and the classes that the run writes. */
const RUNS: readonly (readonly [string, string, string, readonly string[]])[] = [
  ["the class itself", "Organization", "name,code\nNew,N\n", ["Organization"]],
  ["a parent class", "Contact", "name,email\nAnn,a@acme.org\n", ["Person"]],
  ["a link set", "Team", "name,persons_list\nOps,person_id->name:Ann\n", ["Team", "lnkPersonToTeam"]],
  ["the same from its other end", "Person", "name,team_list\nAnn,\n", ["Person", "lnkPersonToTeam"]],
  ["links", "lnkPersonToTeam", "team_id->name,person_id->name\nOps,Ann\n", ["lnkPersonToTeam"]],
  ["documents", "DocumentNote", "name,org_id->name,text\nNote,Acme,t\n", ["DocumentNote"]],
  ["a login", "UserLocal", "login,password,profile_list\nx,X-Passw0rd-1,profileid:2\n", [
    "UserLocal",
    "URP_UserProfile",
  ]],
  [
    "the profile's end",
    "URP_Profiles",
    "name,user_list\nPortal power user,userid->login:x|userid->login:portal-power-user\n",
    ["URP_UserProfile"],
  ],
];

Deno.test("profiles with runs: an undo needs the right to all that was written, and the history tells of what may be loaded", () =>
  withEverybody(async (loading) => {
    for (const [way, code, csv, written] of RUNS) {
      const keys = code.startsWith("lnk") ? {} : { reconciliationkeys: csv.split(",")[0] ?? "" };
      const { rows } = await loading.load(code, csv, keys);
      assert(rows[0]?.startsWith("created") || rows[0]?.startsWith("updated"), `${way}: ${rows[0]}`);
      const change = lastRun(loading);
      for (const profile of PROFILES) {
        const what = `${way}, ${profile}`;
        const undone = await undo(loading, change, as(profile));
        const may = written.every((one) => mayLoad(profile, one));
        assertEquals(undone.exitCode !== NOT_ALLOWED, may, what + describeRun(undone));
        const history = await askHistory(loading, { ...as(profile), change: String(change), output: "json" });
        const told = history.exitCode === 0 ? readJsonLines(history.stdout).filter(({ type }) => type === "entry") : [];
        for (const entry of told) assert(mayLoad(profile, String(entry["class"])), what + describeRun(history));
        assertEquals(told.length > 0, written.some((one) => mayLoad(profile, one)), what + describeRun(history));
      }
    }
  }));

Deno.test("link sets that a profile may not load are not exported, from either end", () =>
  withEverybody(async (loading) => {
    for (const profile of Object.keys(MAY_LOAD)) {
      for (
        const [code, column, links] of [
          ["Team", "persons_list", "lnkPersonToTeam"],
          ["Person", "team_list", "lnkPersonToTeam"],
          ["DocumentNote", "cis_list", "lnkDocumentToFunctionalCI"],
          ["UserLocal", "profile_list", "URP_UserProfile"],
          ["URP_Profiles", "user_list", "URP_UserProfile"],
        ] as const
      ) {
        const run = await runExport(loading, code, { ...as(profile), columns: `id,${column}` });
        const may = mayLoad(profile, code) && mayLoad(profile, links);
        assertEquals(run.exitCode !== NOT_ALLOWED, may, `${profile}, ${code}${describeRun(run)}`);
        if (!may) assertEquals(run.stdout, "");
      }
    }
  }));

/** Of the model of notes: who may take back a run whose links went with notes and lines, and what of it the history tells them. */
const ALONG: Readonly<Record<string, { readonly may: boolean; readonly told: readonly string[] }>> = {
  Administrator: { may: true, told: ["Book", "BookGenre", "Line", "Mark", "Note"] },
  Books: { may: false, told: ["Book", "BookGenre"] },
  "Books and notes": { may: false, told: ["Book", "BookGenre", "Mark", "Note"] },
  All: { may: true, told: ["Book", "BookGenre", "Line", "Mark", "Note"] },
  "Both ends": { may: false, told: ["Book"] },
  "One end": { may: false, told: ["Note"] },
  "Users, not links": { may: false, told: [] },
};

Deno.test("what went along with links: an undo needs the right to that too, and the history tells it to nobody else", () =>
  withModel(NOTES, async (loading) => {
    const users = NOTES.profiles.map(({ id }) => `u${id},U-Passw0rd-${id},profileid:${id}\n`).join("");
    await loading.load("UserLocal", `login,password,profile_list\n${users}`);
    await loading.load("Genre", "name\ng\n");
    await loading.load("Book", "name,genres\nb,genre_id->name:g\n");
    await loading.load("Note", "name,link\nn,1\n");
    await loading.load("Line", "name,note\nl,1\n");
    await loading.load("Mark", "name,link\nm,1\n");
    assertEquals((await loading.load("Book", "name,genres\nb,\n")).rows.length, 1);
    const change = lastRun(loading);
    for (const { id, name } of NOTES.profiles) {
      const user = { auth_user: `u${id}`, auth_pwd: `U-Passw0rd-${id}` };
      const undone = await undo(loading, change, user);
      assertEquals(undone.exitCode !== NOT_ALLOWED, ALONG[name]?.may, name + describeRun(undone));
      const run = await askHistory(loading, { ...user, change: String(change), output: "json" });
      const told = run.exitCode === 0 ? readJsonLines(run.stdout).filter(({ type }) => type === "entry") : [];
      assertEquals(
        [...new Set(told.map((entry) => entry["class"]))].sort(),
        [...ALONG[name]?.told ?? []],
        name + describeRun(run),
      );
    }
    assertExit(await undo(loading, change, { auth_user: ADMIN, auth_pwd: ADMIN, simulate: "0" }), 0);
    assertEquals(loading.objects("Line", "name,note"), ["l,1"]);
  }));
