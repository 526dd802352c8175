/** An undo does nothing that an import of the same user could not do, and tells nothing that the history would not tell them. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { SHOP } from "../changes/shop_model.ts";
import { ADMIN } from "../helpers/golden_case.ts";
import { type Loading, type Parameters, preparedWorld, withModel } from "../helpers/loading.ts";
import { assertExit, describeRun, type ProgramRun } from "../helpers/scratch.ts";
import { withTwins } from "./twins.ts";

function undo({ scratch, database }: Loading, change: number, params: Parameters = {}): Promise<ProgramRun> {
  const all: Parameters = { db: database, auth_user: ADMIN, auth_pwd: ADMIN, change: String(change), ...params };
  return scratch.run(["undo", ...Object.entries(all).map(([name, value]) => `--${name}=${value}`)]);
}

const lastRun = ({ query }: Pick<Loading, "query">) => Number(query("SELECT MAX(id) FROM change")[0]);

function accounts({ everything }: Loading): readonly string[] {
  return everything().filter((row) => /^(user|urp_)/.test(row));
}

/** Users: admin 1, lim 2 (an administrator limited to In), bob 3 (limited to nothing). */
const withLimited = preparedWorld(async ({ load }) => {
  await load("Organization", "name,code\nIn,I\nOut,O\n");
  await load(
    "UserLocal",
    "login,password,profile_list,allowed_org_list\nlim,L1m-Passw0rd,profileid:1,allowed_org_id:2\n" +
      "bob,B0b-Passw0rd,profileid:3,\n",
  );
});

const LIM = { auth_user: "lim", auth_pwd: "L1m-Passw0rd" };

/** What an administrator did to accounts that see more: the class, the file. Each is keyed by id. */
const DONE_TO_ACCOUNTS: readonly (readonly [string, string])[] = [
  ["UserLocal", "id,login\n3,robert\n"],
  ["User", "id,login\n1,root\n"],
  ["UserLocal", "id,login\n1,root\n"],
  ["UserLocal", "id,status\n3,disabled\n"],
  ["UserLocal", "id,allowed_org_list\n3,allowed_org_id:2\n"],
  ["UserLocal", "id,profile_list\n3,profileid:3|profileid:5\n"],
];

for (const [modelClass, csv] of DONE_TO_ACCOUNTS) {
  Deno.test(`a limited administrator takes back nothing of accounts that see more: ${modelClass} ${JSON.stringify(csv)}`, () =>
    withLimited(async (loading) => {
      const { rows } = await loading.load(modelClass, csv, { reconciliationkeys: "id" });
      assert(rows[0]?.startsWith("updated"), rows[0]);
      const login = csv.includes("\n1,") ? "root" : ADMIN;
      const before = accounts(loading);
      const run = await undo(loading, lastRun(loading), { ...LIM, output: "details" });
      assertExit(run, 1);
      assertStringIncludes(run.stdout, "The account must be limited to organizations that you are allowed yourself");
      assertEquals(accounts(loading), before);
      assertExit(await undo(loading, lastRun(loading), { auth_user: login }), 0);
    }));
}

const PROFILES = [...SHOP.profiles, {
  id: 5,
  name: "Accounts",
  bulk_write: ["User", "URP_Profiles", "URP_UserProfile"],
}];

Deno.test("who may load users and is no administrator takes back nothing of an administrator's account", () =>
  withModel({ ...SHOP, profiles: PROFILES }, async (loading) => {
    const users = "root,R00t-Passw0rd,profileid:1\nacc,Acc-Passw0rd,profileid:5\n";
    await loading.load("UserLocal", `login,password,profile_list\n${users}`);
    for (
      const csv of ["id,login\n2,toor\n", "id,login,status\n2,root,disabled\n", "id,profile_list\n2,profileid:2\n"]
    ) {
      const { rows } = await loading.load("UserLocal", csv, { reconciliationkeys: "id" });
      assert(rows[0]?.startsWith("updated"), rows[0]);
      const before = accounts(loading);
      const run = await undo(loading, lastRun(loading), { auth_user: "acc", auth_pwd: "Acc-Passw0rd" });
      assertExit(run, 1);
      assertStringIncludes(run.stdout, "Only an administrator may change an administrator's account, or make one");
      assertEquals(accounts(loading), before, csv);
    }
    // An administrator whose making was taken back comes again by an administrator only.
    await loading.load("UserLocal", "login,password,profile_list\nann,Ann-Passw0rd,profileid:1\n");
    assertExit(await undo(loading, lastRun(loading)), 0);
    const before = accounts(loading);
    assertExit(await undo(loading, lastRun(loading), { auth_user: "acc", auth_pwd: "Acc-Passw0rd" }), 1);
    assertEquals(accounts(loading), before);
  }));

Deno.test("the id of a hidden object that does not come again is told to nobody who is limited", () =>
  withModel(SHOP, async (loading) => {
    await loading.load("Org", "name\nours\ntheirs\n");
    const user = "lim,L1m-Passw0rd,profileid->name:Loader,allowed_org_id->name:ours";
    await loading.load("UserLocal", `login,password,profile_list,allowed_org_list\n${user}\n`);
    await loading.load("Box", "name\nfirst\nsecond\n");
    await loading.load("Box", "name,org->name,beside->name\nhidden,theirs,\nmine,ours,hidden\n");
    assertExit(await undo(loading, lastRun(loading)), 0);
    const deleted = lastRun(loading);
    for (const output of ["details", "json"]) {
      const run = await undo(loading, deleted, { ...LIM, output, simulate: "1" });
      assertExit(run, 1);
      assert(!/Box::3|"id":3|hidden,/.test(run.stdout), describeRun(run));
    }
    assertExit(await undo(loading, deleted, LIM), 1);
    assertEquals(loading.objects("Box", "id,name,org,beside"), ["1,first,0,0", "2,second,0,0", "4,mine,1,0"]);
  }));

Deno.test("of the runs of others a limited user learns number and date only", () =>
  withModel(SHOP, async (loading) => {
    await loading.load("Org", "name\nours\ntheirs\n");
    const user = "lim,L1m-Passw0rd,profileid->name:Boxes,allowed_org_id->name:ours";
    await loading.load("UserLocal", `login,password,profile_list,allowed_org_list\n${user}\n`);
    await loading.load("Box", "name,org->name,size\nmine,ours,1\nhidden,theirs,1\n", { comment: "Quiet words" });
    await loading.load("Box", "name,size\nmine,2\n");
    await loading.load("Box", "name,size\nhidden,2\n", { comment: "Quiet words" });
    await loading.load("Sheet", "name\ns\n");
    for (let change = 1; change <= lastRun(loading) + 1; change++) {
      for (const output of ["summary", "details", "json"]) {
        const { stdout, stderr } = await undo(loading, change, { ...LIM, output, simulate: "1" });
        const said = stdout + stderr;
        assert(!/admin\b|Quiet words|own\.csv|Sheet|UserLocal|last change/.test(said), `${change} ${said}`);
      }
    }
    // Nothing of it is to be seen: it is no run that this user knows.
    const unknown = await undo(loading, 5, LIM);
    assertExit(unknown, 64);
    assertStringIncludes(unknown.stderr, "the change log has no run 5");
    assertStringIncludes((await undo(loading, 3)).stdout, "own.csv' by admin at ");
  }));

for (const output of ["details", "json"]) {
  Deno.test(`two databases say the same of undos where only hidden objects differ: ${output}`, () =>
    withTwins(async (twins) => {
      await twins.each(async ({ load }, which) => {
        const hidden = 3 + which;
        const byName = { reconciliationkeys: "name" };
        await load("Place", `name,next\nOpen,${7 - hidden}\nSide,${hidden}\n`, byName);
        await load("Box", `name,sheets\nc,sheet:${hidden};mark:y${which}|sheet:2;place:${hidden}\n`, byName);
        await load("Sheet", `name,org\nhidden,${7 - hidden}\n`, byName);
        await load("Place", `name,org,secret,size\nMoved,3,m${which},${which}\n`, byName);
        await load("Place", "name,org,secret,size\nMoved,1,now open,7\n", byName);
      });
      const last = lastRun(twins);
      for (let change = 1; change <= last + 1; change++) {
        await twins.sameUndo(change, { output, simulate: "1" });
      }
      for (const change of [last, last - 1, last - 2, last - 3]) await twins.sameUndo(change, { output });
    }));
}
