/** Who is limited to some organisations makes no account that sees more, be they an administrator: whichever way in. */
import { assert, assertEquals } from "@std/assert";
import { type Loading, preparedWorld, withModel } from "../helpers/loading.ts";
import { describeRun } from "../helpers/scratch.ts";
import { withJobs } from "../jobs/job_world.ts";
import { formPost } from "../server/post.ts";
import { serving } from "../server/served.ts";

const BEYOND = "The account must be limited to organizations that you are allowed yourself";
const LAST = "No enabled administrator who is not limited to some organizations would be left";

/** Organizations: In 2, Below 3, Out 4. Users: admin 1, lim 2 (an administrator limited to In), ann 3 (to In), bob 4 (to nothing). */
const withLimited = preparedWorld(async ({ load }) => {
  await load("Organization", "name,code,parent_id->name\nIn,I,\nBelow,B,In\nOut,O,\n");
  await load(
    "UserLocal",
    "login,password,profile_list,allowed_org_list\nlim,L1m-Passw0rd,profileid:1,allowed_org_id:2\n" +
      "ann,Ann-Passw0rd,profileid:3,allowed_org_id:2\nbob,B0b-Passw0rd,profileid:3,\n",
  );
});

const LIMITED = { auth_user: "lim", auth_pwd: "L1m-Passw0rd" };

/** The way, the class, the file, its key. User links to organisations: 1 of lim, 2 of ann. */
const REFUSED: readonly (readonly [string, string, string, string])[] = [
  ["an unlimited administrator", "UserLocal", "login,password,profile_list\nnew,New-Passw0rd,profileid:1\n", "login"],
  ["one's own limit", "UserLocal", "login,allowed_org_list\nlim,\n", "login"],
  ["one's own limit through a parent class", "User", "login,allowed_org_list\nlim,\n", "login"],
  ["one's own limit through the link", "URP_UserOrg", "id,userid\n1,3\n", "id"],
  ["another's limit", "UserLocal", "login,allowed_org_list\nann,\n", "login"],
  ["another's limit through the link", "URP_UserOrg", "id,userid\n2,2\n", "id"],
  ["the password of somebody who sees more", "UserLocal", "login,password\nbob,Ev1l-Passw0rd\n", "login"],
  ["the same of an administrator", "UserLocal", "login,password\nadmin,Ev1l-Passw0rd\n", "login"],
  ["the status of an administrator", "User", "login,status\nadmin,disabled\n", "login"],
  [
    "somebody who sees more by limiting them in the same row",
    "UserLocal",
    "login,password,allowed_org_list\nbob,Ev1l-Passw0rd,allowed_org_id:2\n",
    "login",
  ],
  ["the same through the link", "URP_UserOrg", "userid,allowed_org_id\n4,2\n", "userid,allowed_org_id"],
  ["a profile for somebody who sees more", "URP_UserProfile", "userid,profileid\n4,1\n", "userid,profileid"],
  ["the same from the profile's end", "URP_Profiles", "id,user_list\n1,userid:1|userid:2|userid:4\n", "id"],
];

for (const [what, modelClass, csv, reconciliationkeys] of REFUSED) {
  Deno.test(`a limited administrator does not touch ${what}`, () =>
    withLimited(async (loading) => {
      for (const simulate of ["1", "0"]) {
        const before = accounts(loading);
        const { rows } = await loading.load(modelClass, csv, { ...LIMITED, reconciliationkeys, simulate });
        assert(rows[0]?.startsWith("rejected") && rows[0].includes(BEYOND), rows[0]);
        assertEquals(accounts(loading), before);
      }
    }));
}

function accounts({ everything }: Loading): readonly string[] {
  return everything().filter((row) => /^(user|urp_)/.test(row));
}

Deno.test("within their organisations a limited administrator makes accounts, administrators too", () =>
  withLimited(async ({ load }) => {
    const csv = "login,password,profile_list,allowed_org_list\nnew,New-Passw0rd,profileid:1,allowed_org_id:3\n" +
      "ann,Ann-Passw0rd2,profileid:1,allowed_org_id:2|allowed_org_id:3\nlim,,profileid:1,allowed_org_id:3\n";
    const { rows } = await load("UserLocal", csv, { ...LIMITED, reconciliationkeys: "login" });
    assertEquals(rows.map((row) => row.replace(/ \w+=.*/, "")), [
      "created UserLocal 5",
      "updated UserLocal 3",
      "updated UserLocal 2",
    ]);
  }));

Deno.test("over HTTP it is the same", () =>
  withLimited(async ({ scratch, database, query }) => {
    scratch.write("world.db", Deno.readFileSync(database));
    const csv = "login,password,profile_list\nnew,New-Passw0rd,profileid:1\n";
    await serving(scratch, {}, async ({ post }) => {
      const fields = { class: "UserLocal", no_localize: "1", output: "details", ...LIMITED };
      const { status, text } = await post(formPost(fields, csv));
      assertEquals([status, text.includes(BEYOND)], [200, true], text);
    });
    assertEquals(query("SELECT login FROM user WHERE login = 'new'"), []);
  }));

Deno.test("a job's import is bound by its user's limit", () =>
  withJobs({
    "users.params": "class = UserLocal\ncsvfile = users.csv\nauth_user = admin\nauth_pwd = admin\n",
    "users.csv": "login,password,profile_list,allowed_org_list\nlim,L1m-Passw0rd,profileid:1,allowed_org_id:1\n",
    "org.params": "class = Organization\ncsvfile = org.csv\nauth_user = admin\nauth_pwd = admin\n",
    "org.csv": "name,code\nIn,I\n",
    "lift.params": "class = UserLocal\ncsvfile = lift.csv\nauth_user = lim\nauth_pwd = L1m-Passw0rd\n",
    "lift.csv": "login,allowed_org_list\nlim,\n",
    "first.job": "db = cmdb.db\nno_localize = 1\nimport = org.params\nimport = users.params\n",
    "plain.job": "db = cmdb.db\nno_localize = 1\noutput = json\nimport = lift.params\n",
    "atomic.job": "db = cmdb.db\nno_localize = 1\noutput = json\natomic = 1\nimport = lift.params\n",
  }, async ({ run, query }) => {
    assertEquals((await run("first.job")).exitCode, 0);
    for (const job of ["plain.job", "atomic.job"]) {
      const ended = await run(job);
      assertEquals([ended.exitCode, ended.stdout.includes(BEYOND)], [1, true], describeRun(ended));
    }
    assertEquals(query("SELECT userid, allowed_org_id FROM urp_userorg"), ["2 1"]);
  }));

Deno.test("the last administrator who sees everything is not limited: nobody could lift it", () =>
  withLimited(async ({ load }) => {
    const csv = "login,allowed_org_list\nadmin,allowed_org_id:2\n";
    assertEquals((await load("UserLocal", csv)).rows, [`rejected UserLocal 1: ${LAST}`]);
    const byEnds = { reconciliationkeys: "userid,allowed_org_id" };
    assertEquals((await load("URP_UserOrg", "userid,allowed_org_id\n1,2\n", byEnds)).rows, [`rejected: ${LAST}`]);
    await load("UserLocal", "login,password,profile_list\nroot,R00t-Passw0rd,profileid:1\n");
    assertEquals((await load("UserLocal", csv)).rows.map((row) => row.slice(0, 19)), ["updated UserLocal 1"]);
  }));

/** Organisations know the users that are limited to them. */
const FROM_THE_ORGANIZATION = {
  name: "from the organisation",
  organizations: { class: "Org", parent: "parent" },
  classes: {
    Org: {
      organization: "id",
      reconciliation_keys: ["name"],
      attributes: {
        name: { kind: "string", null: false },
        parent: { kind: "external_key", target: "Org", hierarchical: true },
        users: { kind: "link_set", link_class: "URP_UserOrg", key_to_this: "allowed_org_id", key_to_remote: "userid" },
      },
    },
  },
  profiles: [{ id: 1, name: "Administrator", administrator: true }],
};

Deno.test("nor through the organisation's end of the links", () =>
  withModel(FROM_THE_ORGANIZATION, async (loading) => {
    await loading.load("Org", "name\nIn\nAlso\nOut\n");
    await loading.load(
      "UserLocal",
      "login,password,profile_list,allowed_org_list\nlim,L1m-Passw0rd,profileid:1,allowed_org_id:1|allowed_org_id:2\n" +
        "ann,Ann-Passw0rd,profileid:1,allowed_org_id:1\n",
    );
    const before = accounts(loading);
    const refused = async (csv: string) => {
      const { rows } = await loading.load("Org", csv, LIMITED);
      assert(rows[0]?.startsWith("rejected") && rows[0].includes(BEYOND), rows[0]);
      assertEquals(accounts(loading), before);
    };
    // Ann would see everything; and an organisation that is only being made is nobody's yet.
    await refused("name,users\nIn,userid:2\n");
    await refused("name,users\nNew,userid:3\n");
    assertEquals(
      (await loading.load("Org", "name,users\nAlso,userid:2|userid:3\n", LIMITED)).rows.map((row) => row.slice(0, 13)),
      [
        "updated Org 2",
      ],
    );
  }));
