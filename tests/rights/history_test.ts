/** The history tells nobody what an import could not tell them. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import {
  askHistory,
  type HistoryLine,
  readJsonLines,
  toldEntries,
  toldJson,
  toldLines,
} from "../changes/asked_history.ts";
import { SHOP } from "../changes/shop_model.ts";
import { type Parameters, preparedModel } from "../helpers/loading.ts";
import { assertExit, describeRun } from "../helpers/scratch.ts";
import { NOTES } from "./notes_model.ts";
import { type Twins, withTwins } from "./twins.ts";

const CLASSES = ["Org", "Place", "Shelf", "Box", "Sheet", "Laid", "UserLocal", "URP_Profiles", "Nothing"];

/** What the administrator does to hidden objects, and to visible ones that refer to them; at last a place comes into sight, and changes. */
async function actHidden({ each }: Twins): Promise<void> {
  await each(async ({ load }, which) => {
    const hidden = 3 + which;
    const byName = { reconciliationkeys: "name" };
    await load("Place", `name,secret\nDark,d${which}\nDim,x${which}\n`, byName);
    await load("Place", `name,next\nOpen,${7 - hidden}\nSide,${hidden}\n`, byName);
    await load("Box", `name,sheets\nb,sheet:1;mark:z\n`, byName);
    await load("Box", `name,sheets\nc,sheet:${hidden};mark:y${which}|sheet:2;place:${hidden}\n`, byName);
    await load("Sheet", `name,org\nhidden,${7 - hidden}\n`, byName);
    await load("Place", `name,org,secret,size\nMoved,3,m${which},${which}\n`, byName);
    await load("Place", `name,secret\nMoved,n${which}\n`, byName);
    await load("Place", "name,org,secret,size\nMoved,1,now open,7\n", byName);
    await load("Place", "name,secret\nMoved,later\n", byName);
  });
}

/** The number of the last run. */
const lastRun = ({ query }: Twins) => Number(query("SELECT MAX(id) FROM change")[0]);

for (const output of ["summary", "json"]) {
  Deno.test(`two databases tell a limited user the same where only hidden objects differ: ${output}`, () =>
    withTwins(async (twins) => {
      await actHidden(twins);
      await twins.same("Box", "name,sheets\na,sheet:2\n", { reconciliationkeys: "name" });
      await twins.same("Box", "name,place\nb,1\n", { reconciliationkeys: "name", comment: "mine" });
      assertExit(await twins.sameHistory({ output }), 0);
      for (let change = 1; change <= lastRun(twins) + 1; change++) {
        await twins.sameHistory({ output, change: String(change) });
      }
      for (const modelClass of CLASSES) {
        for (let object = 1; object <= 7; object++) {
          await twins.sameHistory({ output, class: modelClass, object: String(object) });
        }
      }
    }));
}

Deno.test("a limited user is told what others did to an object since it came to them, and nothing from before", () =>
  withTwins(async (twins) => {
    await actHidden(twins);
    const run = await twins.sameHistory({ class: "Place", object: "5", output: "json" });
    assertEquals(readJsonLines(run.stdout).map((line) => [line.type, line["old"], line["new"]]), [
      ["object", undefined, undefined],
      ["run", undefined, undefined],
      ["entry", "now open", "later"],
      ["end", undefined, undefined],
    ]);
  }));

Deno.test("of the runs of others they learn number and date, of their own everything", () =>
  withTwins(async (twins) => {
    await actHidden(twins);
    const other = readJsonLines((await twins.sameHistory({ change: String(lastRun(twins)), output: "json" })).stdout);
    const nothing = {
      user: null,
      comment: null,
      origin: null,
      class: null,
      source: null,
      input: null,
      parameters: null,
      counts: null,
    };
    const { id: _, date: __, type: ___, version: ____, whole, ...rest } = other[0] ?? { type: "" };
    assertEquals([whole, rest], [
      false,
      { ...nothing, undoes: null, undone_by: null, left: null, pruned: null, can_be_undone: null },
    ]);
    await twins.same("Box", "name,place\nb,1\n", { reconciliationkeys: "name", comment: "mine" });
    const listed = readJsonLines((await twins.sameHistory({ output: "json" })).stdout);
    assertEquals(listed.map(({ type, comment, withheld }) => [type, comment ?? withheld]), [
      ["run", "mine"],
      ["end", "others"],
    ]);
    const own = await twins.sameHistory({ change: String(lastRun(twins)), output: "json" });
    assertEquals(entries(readJsonLines(own.stdout)), [["place", null, "1"]]);
  }));

function entries(lines: readonly HistoryLine[]) {
  return lines.filter(({ type }) => type === "entry").map((line) => [line["attribute"], line["old"], line["new"]]);
}

Deno.test("links that a limited user has removed are told without what they do not see; removed by others, not at all", () =>
  withTwins(async (twins) => {
    await twins.same("Box", "name,sheets\na,sheet:2\n", { reconciliationkeys: "name" });
    const own = await twins.sameHistory({ class: "Laid", object: "1", output: "json" });
    assertEquals(entries(readJsonLines(own.stdout)), [["box", "1", null], ["sheet", "1", null], ["mark", "m1", null]]);
    await twins.each(async ({ load }) => {
      await load("Box", "name,sheets\na,\n", { reconciliationkeys: "name" });
    });
    assertExit(await twins.sameHistory({ class: "Laid", object: "2", output: "json" }), 64);
  }));

Deno.test("a link set tells of links to what a limited user sees only, be it another's run", () =>
  withTwins(async (twins) => {
    await twins.each(async ({ load }, which) => {
      const sheets = `sheet:1;mark:q;place:${3 + which}|sheet:${3 + which};mark:w|sheet:2`;
      await load("Box", `name,sheets\na,${sheets}\n`, { reconciliationkeys: "name" });
    });
    const run = await twins.sameHistory({ change: String(lastRun(twins)), output: "json" });
    assertEquals(entries(readJsonLines(run.stdout)), [[
      "sheets",
      "'sheet:2';'place:1';'mark:m2'|'sheet:1';'place:0';'mark:m1'",
      "'sheet:2';'place:1';'mark:m2'|'sheet:1';'place:0';'mark:q'",
    ]]);
  }));

const LIMITED = { auth_user: "lim", auth_pwd: "L1m-Passw0rd" };

/** Two notes hang on a link, one of each organisation, and go with it. */
const withDeletedNotes = preparedModel(NOTES, async (loading) => {
  const { load } = loading;
  await load("Org", "name\nIn\nOut\n");
  await load("Genre", "name\ng\n");
  await load("Book", "name,genres\nb,genre_id:1\n", { reconciliationkeys: "name" });
  await load("Note", "name,link,org\nseen,1,1\nhidden,1,2\nof nobody,1,\n", { reconciliationkeys: "name" });
  const user = "lim,L1m-Passw0rd,profileid:7,allowed_org_id:1";
  await load("UserLocal", `login,password,profile_list,allowed_org_list\n${user}\n`, { reconciliationkeys: "login" });
  await load("Book", "name,genres\nb,\n", { reconciliationkeys: "name" });
});

Deno.test("an object that is gone is told to those who saw its last organisation", () =>
  withDeletedNotes(async (loading) => {
    const told = await toldEntries(loading, { ...LIMITED, change: "6" });
    assertEquals(told.filter((entry) => entry.includes("Note")), [
      'delete Note 1 name: "seen" -> null',
      'delete Note 1 org: "1" (In) -> null',
      'delete Note 3 name: "of nobody" -> null',
    ]);
    for (const [object, exitCode] of [["1", 0], ["2", 64], ["3", 0], ["4", 64]] as const) {
      const run = await askHistory(loading, { ...LIMITED, class: "Note", object });
      assertExit(run, exitCode);
      assert(!(run.stdout + run.stderr).includes("hidden"), describeRun(run));
    }
    assertEquals((await toldEntries(loading, { change: "6" })).filter((entry) => entry.includes("hidden")).length, 1);
  }));

Deno.test("what was hidden and what never was is answered in the same words", () =>
  withDeletedNotes(async (loading) => {
    const answer = async (params: Parameters) => {
      const run = await askHistory(loading, { ...LIMITED, ...params });
      return run.exitCode + run.stdout + run.stderr.replaceAll(/\d+/g, "N");
    };
    assertEquals(await answer({ class: "Note", object: "2" }), await answer({ class: "Note", object: "77" }));
    assertEquals(
      await answer({ class: "Org", object: "2" }),
      await answer({ class: "Org", object: "77" }).catch(String),
    );
    assertEquals(await answer({ change: "5" }), await answer({ change: "77" }));
  }));

/** Logins by the profile of the shop's model. */
const PROFILES = { all: 1, loader: 2, boxes: 3, nothing: 4 } as const;

const withShop = preparedModel(SHOP, async (loading) => {
  const { load } = loading;
  await load("Org", "name\nNorth\n");
  await load("Sheet", "name\ns\n", { reconciliationkeys: "name" });
  await load("Crate", "name,sheets\nc,sheet:1\n", { reconciliationkeys: "name" });
  await load("Crate", "name,size,sheets\nc,1,\n", { reconciliationkeys: "name" });
  for (const [login, profile] of Object.entries(PROFILES)) {
    const user = `${login},Passw0rd-of-${login},profileid:${profile}`;
    await load("UserLocal", `login,password,profile_list\n${user}\n`, { reconciliationkeys: "login" });
  }
});

const loginOf = (login: keyof typeof PROFILES) => ({ auth_user: login, auth_pwd: `Passw0rd-of-${login}` });

const RUNS_TOLD: readonly (readonly [keyof typeof PROFILES, readonly number[]])[] = [
  ["all", [8, 7, 6, 5, 4, 3, 2, 1]],
  ["loader", [4, 3, 2, 1]],
  ["boxes", [4, 3]],
];

for (const [login, runs] of RUNS_TOLD) {
  Deno.test(`the runs that ${login} is told of are those of the classes that they may load`, () =>
    withShop(async (loading) => {
      const told = await toldJson(loading, loginOf(login));
      assertEquals(told.slice(0, -1).map(({ id }) => id), [...runs]);
      assertEquals(told.at(-1)?.["withheld"], login === "all" ? null : "other_classes");
      for (let change = 1; change <= 8; change++) {
        assertExit(
          await askHistory(loading, { ...loginOf(login), change: String(change) }),
          runs.includes(change) ? 0 : 64,
        );
      }
    }));
}

Deno.test("entries are told of classes that the user may load, and of link sets that they may write", () =>
  withShop(async (loading) => {
    assertEquals(await toldEntries(loading, { ...loginOf("boxes"), change: "4" }), [
      'update Crate 1 size: null -> "1"',
    ]);
    assertEquals(
      (await toldEntries(loading, { ...loginOf("loader"), change: "4" })).map((one) => one.slice(0, 21)),
      [
        'delete Laid 1 box: "1"',
        "delete Laid 1 sheet: ",
        "update Crate 1 size: ",
        "update Crate 1 sheets",
      ].map((one) => one.slice(0, 21)),
    );
    assertEquals((await toldLines(loading, { ...loginOf("boxes"), change: "4" })).at(-1), WITHHELD);
    for (const modelClass of ["Sheet", "Laid", "UserLocal"]) {
      const run = await askHistory(loading, { ...loginOf("boxes"), class: modelClass, object: "1" });
      assertExit(run, 77);
      assertStringIncludes(
        run.stderr,
        `You are not allowed to perform a bulk update of objects of class ${modelClass}`,
      );
    }
  }));

const WITHHELD = "Told is only what you may load and see.";

Deno.test("who may load nothing has no history, and is told so after the login only", () =>
  withShop(async (loading) => {
    for (const params of [{}, { change: "1" }, { class: "Box", object: "1" }, { class: "Nothing", object: "1" }]) {
      assertExit(await askHistory(loading, { ...loginOf("nothing"), ...params }), 77);
      const wrong = await askHistory(loading, { auth_user: "nothing", auth_pwd: "wr0ng-Passw0rd", ...params });
      assertExit(wrong, 77);
      assert(!wrong.stderr.includes("class"), describeRun(wrong));
    }
  }));

Deno.test("a run of a class that the user may no longer load is theirs all the same, without what it did", () =>
  withShop(async (loading) => {
    const login = loginOf("loader");
    await loading.load("Sheet", "name\nmine\n", { ...login, reconciliationkeys: "name" });
    await loading.load("UserLocal", "login,profile_list\nloader,profileid:3\n", { reconciliationkeys: "login" });
    const told = await toldJson(loading, { ...login, change: "9" });
    assertEquals(told.map(({ type }) => type), ["run", "end"]);
  }));
