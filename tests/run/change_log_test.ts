/** What a run leaves in the change log: enough to say who did what, and to take it back. */
import { assert, assertEquals, assertFalse } from "@std/assert";
import { type Loading, preparedWorld } from "../helpers/loading.ts";

const withOrganizations = preparedWorld(async ({ load }) => {
  await load("Organization", "name,code\nAcme,A\nBeta,B\n");
  await load("ContactType", "name\nBoss\n");
});

/** The operations of the last change. */
function operations({ query }: Loading): string[] {
  return query(
    "SELECT operation, class, object_id, attribute, quote(old_value), quote(new_value) FROM change_op " +
      "WHERE change = (SELECT MAX(id) FROM change) ORDER BY id",
  );
}

function changeCount({ query }: Loading): string {
  return query("SELECT COUNT(*) FROM change")[0] ?? "";
}

Deno.test("a creation is one entry, without values; an unchanged object and a row in error have none", () =>
  withOrganizations(async (loading) => {
    await loading.load("Organization", "name,code,status\nNew,N,\nAcme,A,active\nBad,B,x\nOther,O,\n", {
      reconciliationkeys: "name",
    });
    assertEquals(operations(loading), ["create Organization 4 - NULL NULL", "create Organization 5 - NULL NULL"]);
  }));

Deno.test("an update is one entry for each changed attribute, with the stored values before and after", () =>
  withOrganizations(async (loading) => {
    const { load } = loading;
    await load("Server", "name,org_id,nb_u,move2production\nweb,2,4,2024-02-05\n");
    const csv = 'name,org_id->name,nb_u,move2production,description,status\nweb,Beta,,06/02/2024,"a\nb",stock\n';
    await load("Server", csv, { reconciliationkeys: "name", date_format: "d/m/Y" });
    assertEquals(operations(loading), [
      "update Server 1 org_id '2' '3'",
      "update Server 1 nb_u '4' NULL",
      "update Server 1 move2production '2024-02-05' '2024-02-06'",
      "update Server 1 description '' 'a\nb'",
      "update Server 1 status 'production' 'stock'",
    ]);
  }));

Deno.test("decimals are logged with all their digits", () =>
  withOrganizations(async (loading) => {
    const { load } = loading;
    await load("Server", "name,org_id\nweb,2\n");
    await load("PhysicalInterface", "name,connectableci_id,speed\neth0,1,10\n");
    await load("PhysicalInterface", "name,connectableci_id,speed\neth0,1,2.5\n");
    assertEquals(operations(loading), ["update PhysicalInterface 1 speed '10.00' '2.50'"]);
  }));

Deno.test("an object is logged under its own class, whatever class it was loaded through", () =>
  withOrganizations(async (loading) => {
    await loading.load("Server", "name,org_id\nweb,2\n");
    await loading.load("FunctionalCI", "name,description\nweb,x\n", { reconciliationkeys: "name" });
    assertEquals(operations(loading), ["update Server 1 description '' 'x'"]);
  }));

Deno.test("the same object changed by two rows has the entries of both", () =>
  withOrganizations(async (loading) => {
    await loading.load("Organization", "name,code\nNew,1\nNew,2\nNew,2\nNew,\n", {
      reconciliationkeys: "name",
      twins: "last",
    });
    assertEquals(operations(loading), [
      "create Organization 4 - NULL NULL",
      "update Organization 4 code '1' '2'",
      "update Organization 4 code '2' ''",
    ]);
  }));

Deno.test("a link set logs its links and, when the object was there, the list before and after", () =>
  withOrganizations(async (loading) => {
    const { load } = loading;
    await load("Team", "name,org_id,persons_list\nBlue,2,person_id:1;role_id:37\n");
    assertEquals(operations(loading), ["create Team 2 - NULL NULL", "create lnkPersonToTeam 1 - NULL NULL"]);
    await load("Team", "name,org_id,persons_list\nBlue,2,person_id:1;role_id:0\n");
    assertEquals(operations(loading), [
      "update lnkPersonToTeam 1 role_id '37' NULL",
      "update Team 2 persons_list '''person_id:1'';''role_id:37''' '''person_id:1'';''role_id:0'''",
    ]);
    await load("Team", "name,org_id,persons_list\nBlue,2,\n");
    assertEquals(operations(loading), [
      "delete lnkPersonToTeam 1 team_id '2' NULL",
      "delete lnkPersonToTeam 1 person_id '1' NULL",
      "update Team 2 persons_list '''person_id:1'';''role_id:0''' ''",
    ]);
  }));

Deno.test("a password is logged as changed, without value, and no secret is in the log", () =>
  withOrganizations(async (loading) => {
    const { load, query } = loading;
    await load("UserLocal", "login,password,profile_list\nann,Secret_1,profileid:1\n");
    await load("UserLocal", "login,password\nann,Secret_2\n", { comment: "monthly" });
    assertEquals(operations(loading), ["update UserLocal 2 password NULL NULL"]);
    const log = query("SELECT * FROM change").join("\n") + query("SELECT * FROM change_op").join("\n");
    assertFalse(/Secret_|auth_pwd/.test(log), log);
  }));

Deno.test("a change tells who, when, from where, with which parameters, and the counts", () =>
  withOrganizations(async ({ load, scratch, database, query }) => {
    await load("UserLocal", "login,password,profile_list\nann,ann,profileid:1\n");
    const csv = "name,code\nNew,N\nAcme,Z\nBeta,B\nx\n";
    const file = scratch.write("facts.csv", csv);
    const args = [
      "--class=Organization",
      `--csvfile=${file}`,
      "--no_localize=1",
      `--db=${database}`,
      "--comment=why not",
    ];
    await scratch.run([...args, "--auth_user=ann", "--auth_pwd=ann", "--reconciliationkeys=name"], {
      now: new Date("2024-02-29T12:34:56.789Z"),
    });
    const facts = "date, user_id, user, comment, origin, created, updated, unchanged, in_error, input_size";
    assertEquals(query(`SELECT ${facts} FROM change WHERE id = (SELECT MAX(id) FROM change)`), [
      `2024-02-29T12:34:56.789Z 2 ann why not csvrecon import 1 1 1 1 ${csv.length}`,
    ]);
    const [name, hash, parameters = ""] = query(
      "SELECT input_name FROM change WHERE id = (SELECT MAX(id) FROM change) UNION ALL " +
        "SELECT input_sha256 FROM change WHERE id = (SELECT MAX(id) FROM change) UNION ALL " +
        "SELECT parameters FROM change WHERE id = (SELECT MAX(id) FROM change)",
    );
    assertEquals([name, hash], [file, await sha256(csv)]);
    const logged = JSON.parse(parameters);
    assertEquals([logged.class, logged.reconciliationkeys, logged.comment], ["Organization", "name", "why not"]);
    assert(!("auth_pwd" in logged) && !("auth_pwd_file" in logged), parameters);
  }));

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

Deno.test("the user is named by their person, where they have one", () =>
  withOrganizations(async ({ load, query }) => {
    await load("UserLocal", "login,password,profile_list,contactid\nann,ann,profileid:1,1\n");
    await load("Organization", "name\nNew\n", { auth_user: "ann", auth_pwd: "ann" });
    assertEquals(query("SELECT user FROM change WHERE id = (SELECT MAX(id) FROM change)"), [
      "My first name My last name",
    ]);
  }));

Deno.test("a run that changed nothing leaves no change; one with rows in error only leaves its counts", () =>
  withOrganizations(async (loading) => {
    const { load, print, query } = loading;
    const before = changeCount(loading);
    await load("Organization", "name,code\nAcme,A\n");
    await load("Organization", "name,code\n");
    await load("Organization", "name,code\nNew,N\nx\n", { simulate: "1" });
    await print("Organization", "name,nope\nNew,N\n");
    await print("Organization", 'name,code\nNew,N\nOther,"open\n');
    assertEquals(changeCount(loading), before);
    await load("Organization", "name,code\nAcme,A\nx\n");
    const counts = "SELECT created, updated, unchanged, in_error FROM change WHERE id > " + before;
    assertEquals(query(counts), ["0 0 1 1"]);
    assertEquals(operations(loading), []);
  }));

Deno.test("old values are enough to take an update back", () =>
  withOrganizations(async (loading) => {
    const { load, objects, query } = loading;
    const state = () => objects("Server", "name,description,nb_u,move2production,status,cpu,org_id");
    await load(
      "Server",
      'name,org_id,description,nb_u,move2production,status,cpu\nweb,2,"a; ""b""",4,2024-02-05,stock,x86\n',
    );
    const before = state();
    await load("Server", "name,org_id,description,nb_u,move2production,status,cpu\nweb,2,,,,obsolete,<NULL>\n");
    const old = query("SELECT attribute, old_value FROM change_op WHERE change = (SELECT MAX(id) FROM change)");
    const values = new Map(old.map((entry) => [entry.replace(/ .*/s, ""), entry.replace(/^\S+ /, "")]));
    const columns = [...values.keys()];
    const cells = columns.map((code) => `"${(values.get(code) ?? "").replaceAll('"', '""')}"`);
    await load("Server", `name,${columns.join()}\nweb,${cells.join()}\n`, { reconciliationkeys: "name" });
    assertEquals(state(), before);
  }));
