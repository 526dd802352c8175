/** A simulation does what the real run does, tells it, and takes it back. */
import { assert, assertEquals } from "@std/assert";
import { type Loading, type Parameters, preparedWorld } from "../helpers/loading.ts";
import { parseOurReport } from "../helpers/our_report.ts";
import { describeRun } from "../helpers/scratch.ts";
import { withoutNewIds } from "../helpers/simulated_report.ts";

const withOrganizations = preparedWorld(async ({ load }) => {
  await load("Organization", "name,code\nAcme,A\nBeta,B\n");
});

/** What a file is for, its class, its parameters, its rows. */
const FILES: readonly (readonly [string, string, Parameters, string])[] = [
  [
    "hierarchies",
    "Organization",
    { reconciliationkeys: "name" },
    "name,code,parent_id->name,parent_id->code\nTop,1,,\nMid,2,Top,1\nLow,3,Mid,2\nTop,1,Low,3\nMid,2,Nope,\nMid,9,Acme,A\n" +
    "Top,1,Mid,9\nAcme,A,Top,1\nLow,3,,\n",
  ],
  [
    "link sets",
    "UserLocal",
    { reconciliationkeys: "login" },
    "login,password,profile_list,log\nnew,x,profileid:1|profileid:3;reason:why,hello\nnew,x,profileid:3,hello\nadmin,,profileid:1,\n" +
    "admin,,profileid:3,\nNEW,y,profileid:3|profileid:99,\nbad,x,,\n",
  ],
  [
    "links to objects of the same file",
    "ApplicationSolution",
    { reconciliationkeys: "name" },
    "name,org_id->name,functionalcis_list\nOne,Acme,\nTwo,Acme,functionalci_id->name:One\nOne,Beta,functionalci_id->name:Two\n" +
    "Two,Acme,\nThree,Nope,\n",
  ],
  [
    "uniqueness and mandatory values",
    "Person",
    { reconciliationkeys: "name,first_name" },
    "name,first_name,org_id,employee_number,manager_id->name\nA,A,2,1,\nB,B,2,1,A\nB,B,2,2,A\nA,A,2,2,B\nC,,2,3,\nC,C,9,3,\nA,A,3,2,B\n",
  ],
  ["names that differ by case", "Brand", {}, "name\nDell\nDELL\nNew\nNEW\nNew\n"],
  [
    "links by their own class",
    "URP_UserProfile",
    { reconciliationkeys: "userid,profileid" },
    "userid,profileid,reason\n1,1,x\n1,2,y\n1,2,z\n9,9,\n",
  ],
];

async function bothRuns({ print, everything }: Loading, modelClass: string, csv: string, params: Parameters) {
  const before = everything();
  const simulation = await print(modelClass, csv, { ...params, simulate: "1" });
  assertEquals(everything(), before, describeRun(simulation));
  const real = await print(modelClass, csv, params);
  assert(real.exitCode <= 1, describeRun(real));
  assertEquals(simulation.exitCode, real.exitCode, describeRun(simulation));
  return { simulation, real };
}

/** As `withoutNewIds`, for ids within texts too: of links, and in the sentence about loops. */
function withoutNewIdsInTexts(report: string, real: string): ReturnType<typeof withoutNewIds> {
  const newIds = (parseOurReport(real).table?.rows ?? []).filter((row) => row[1] === "created").map((row) => row[3]);
  const { comments, rows } = withoutNewIds(report, real);
  const masked = (cell: string) =>
    cell.replace(/(_id:|\[)(\d+)(?=['\]])/g, (all, before, id) => newIds.includes(id) ? `${before}0` : all);
  return { comments, rows: rows.map((row) => row.map(masked)) };
}

for (const [subject, modelClass, params, csv] of FILES) {
  Deno.test(`a simulation of ${subject} tells what the real run tells, but for new ids, and writes nothing`, () =>
    withOrganizations(async (loading) => {
      const { simulation, real } = await bothRuns(loading, modelClass, csv, params);
      const [told, expected] = [simulation, real].map((run) => withoutNewIdsInTexts(run.stdout, real.stdout));
      assertEquals(told, expected);
    }));
}

Deno.test("JSON changes show no id of an object that only the simulation has made", () =>
  withOrganizations(async ({ load }) => {
    const csv =
      "name,parent_id->name\nTop,\nNext,Acme\nLow,Top\nLow,Next\nLow,Acme\nLow,Top\nLow,\nAcme,Top\nAcme,Beta\n";
    const params = { reconciliationkeys: "name", twins: "last" };
    assertEquals((await load("Organization", csv, { ...params, simulate: "1" })).rows, [
      "created Organization 0",
      "created Organization 0",
      "created Organization 0",
      "updated Organization 0 parent_id=0->0",
      "updated Organization 0 parent_id=0->2",
      "updated Organization 0 parent_id=2->0",
      "updated Organization 0 parent_id=0->null",
      "updated Organization 2 parent_id=null->0",
      "updated Organization 2 parent_id=0->3",
    ]);
    assertEquals((await load("Organization", csv, params)).rows.slice(3, 5), [
      "updated Organization 6 parent_id=4->5",
      "updated Organization 6 parent_id=5->2",
    ]);
  }));

Deno.test("nor do links, nor messages", () =>
  withOrganizations(async ({ load }) => {
    const csv =
      "name,org_id,functionalcis_list\nOne,2,\nTwo,2,functionalci_id->name:One\nTwo,2,\nTwo,2,functionalci_id->name:One\n";
    const { rows } = await load("ApplicationSolution", csv, { simulate: "1", twins: "last" });
    assertEquals(rows, [
      "created ApplicationSolution 0",
      "created ApplicationSolution 0",
      `updated ApplicationSolution 0 functionalcis_list="'functionalci_id:0'"->""`,
      `updated ApplicationSolution 0 functionalcis_list=""->"'functionalci_id:0'"`,
    ]);
    const loop = await load("Organization", "name,parent_id->name\nTop,\nLow,Top\nTop,Low\nx,Nope\n", {
      reconciliationkeys: "name",
      twins: "last",
      simulate: "1",
    });
    const examples = await load("Organization", "name,parent_id\nAaa,\nx,99\n", {
      reconciliationkeys: "name",
      simulate: "1",
    });
    assertEquals(
      loop.rows[2],
      "rejected Organization 0: Unexpected value for attribute 'Parent' (parent_id) : Value not allowed [0]",
    );
    assertEquals(examples.rows[1]?.includes("Some possible 'Organization' value(s): 0, 2, 3..."), true);
  }));

Deno.test("after a simulation the real run gives the ids that it would have given without it", () =>
  withOrganizations(async ({ load }) => {
    const csv = "name,code\nNew,N\n";
    await load("Organization", csv, { simulate: "1" });
    await load("Organization", csv, { simulate: "1" });
    assertEquals((await load("Organization", csv)).rows, ["created Organization 4"]);
  }));
