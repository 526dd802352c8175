/** Who tries values one after another learns nothing of hidden objects, and what is told of them leaves a line. */
import { assert, assertEquals } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { describeRun } from "../helpers/scratch.ts";
import { type Loading, preparedWorld } from "../helpers/loading.ts";
import { formPost } from "../server/post.ts";
import { serving } from "../server/served.ts";

/** Organizations: In 2, Out 3. Person Hidden, of Out, has the number 77. */
const withHidden = preparedWorld(async ({ load }) => {
  await load("Organization", "name,code\nIn,I\nOut,O\n");
  const person = "name,first_name,org_id->name,employee_number,email\nHidden,H,Out,77,h@out.org\n";
  await load("Person", person, { reconciliationkeys: "name" });
  await load(
    "UserLocal",
    "login,password,profile_list,allowed_org_list\nLim,L1m-Passw0rd,profileid:3,allowed_org_id:2\n",
  );
});

const LIMITED = { auth_user: "lim", auth_pwd: "L1m-Passw0rd" };
const TRACE = "lim\t(objects not visible)";

function traces({ query }: Loading): readonly string[] {
  return query("SELECT login, failures, blocked_until FROM login_failure ORDER BY login");
}

const GUESSES = Array.from({ length: 200 }, (_, number) => `Hidden,${number}\n`).join("");

Deno.test("200 guesses at the number of a hidden person tell nothing", () =>
  withHidden(async (loading) => {
    for (const reconciliationkeys of ["name,employee_number", "employee_number", ""]) {
      const keys = reconciliationkeys === "" ? {} : { reconciliationkeys };
      for (const output of ["json", "details"]) {
        const params = { ...LIMITED, ...keys, output, simulate: "1" };
        const run = await loading.print("Person", `name,employee_number\n${GUESSES}`, params);
        const rows = run.stdout.split("\n").filter((row) => /"type":"row"|^\d+;/.test(row))
          .map((row) => row.replaceAll(/\b\d+\b/g, "?"));
        assertEquals([rows.length, new Set(rows).size], [200, 1], describeRun(run));
      }
    }
    assertEquals(traces(loading), []);
  }));

Deno.test("what is told under the class's own keys leaves a line, a simulation too, and nobody has to wait for it", () =>
  withHidden(async (loading) => {
    const { load } = loading;
    const names = Array.from({ length: 7 }, () => "Hidden,x\nVisible,x\n").join("");
    for (const simulate of ["1", "0"]) {
      const { rows } = await load("Person", `name,function\n${names}`, {
        ...LIMITED,
        reconciliationkeys: "name",
        simulate,
      });
      assertEquals(rows.filter((row) => row.includes("not visible")).length, 7);
    }
    assertEquals(traces(loading), [`${TRACE} 14 0`]);
    // Neither does it slow a login down, nor does a good login or a bad one remove it.
    assertEquals((await load("Organization", "name,code\nIn,I\n", LIMITED)).rows, ["unchanged Organization 2"]);
    assertEquals(
      (await loading.print("Organization", "name,code\nIn,I\n", { ...LIMITED, auth_pwd: "no" })).exitCode,
      77,
    );
    assertEquals((await load("Organization", "name,code\nIn,I\n", LIMITED)).rows, ["unchanged Organization 2"]);
    assertEquals(traces(loading), [`${TRACE} 14 0`]);
  }));

Deno.test("who sees everything leaves no line, nor does a run without such refusals", () =>
  withHidden(async (loading) => {
    await loading.load("Person", "name,function\nHidden,x\nNobody,x\n", { reconciliationkeys: "name" });
    await loading.load("Person", "name,org_id\nNew,3\n", { ...LIMITED, reconciliationkeys: "name" });
    assertEquals(traces(loading), []);
  }));

Deno.test("over HTTP it is the same line", () =>
  withHidden(async ({ scratch, database, load }) => {
    await load("Person", "name,function\nHidden,x\n", { ...LIMITED, reconciliationkeys: "name" });
    const path = scratch.write("world.db", Deno.readFileSync(database));
    await serving(scratch, {}, async ({ post }) => {
      const fields = { class: "Person", no_localize: "1", reconciliationkeys: "name", ...LIMITED };
      for (let time = 0; time < 6; time++) {
        const { status, text } = await post(formPost(fields, "name,function\nHidden,x\n"));
        assert(status === 200, text);
      }
    });
    const opened = new DatabaseSync(path, { readOnly: true });
    const lines = opened.prepare("SELECT failures, blocked_until FROM login_failure").all();
    opened.close();
    assertEquals(lines.map((line) => ({ ...line })), [{ failures: 7, blocked_until: 0 }]);
  }));
