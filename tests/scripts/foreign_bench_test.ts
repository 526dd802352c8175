import { assertEquals } from "@std/assert";
import { FOREIGN_IMPORT } from "../../scripts/bench/foreign_cases.ts";
import { makeForeignDatabase } from "../../scripts/bench/foreign_database.ts";
import { WITH_EMPLOYEE_NUMBER } from "../../scripts/bench/persons.ts";
import { assertExit, withScratch } from "../helpers/scratch.ts";
import { copyWorld } from "../helpers/world.ts";

/** The number of the first one once more, in the same organisation, with another e-mail address. */
const TWICE = [WITH_EMPLOYEE_NUMBER.row(0, 2), WITH_EMPLOYEE_NUMBER.row(0, 2).replace("user0@", "user1@")];

Deno.test("the database of others in the bench and one of csvrecon keep the same rule of the same rows", () =>
  withScratch(async (scratch) => {
    scratch.write("organizations.csv", "name,code\nOrg 000,O0\n");
    scratch.write("numbered.csv", [WITH_EMPLOYEE_NUMBER.header, ...TWICE].join("\n") + "\n");
    await copyWorld(scratch);
    for (const hasIndex of [true, false]) makeForeignDatabase(scratch.path(`${hasIndex}.db`), hasIndex);
    const own = ["--db=world.db", "--auth_user=admin", "--auth_pwd=admin"];
    for (
      const [login, organization] of [[own, "Organization"], [["--db=true.db"], ""], [["--db=false.db"], ""]] as const
    ) {
      const before = [...login, "--no_localize=1"];
      const organizations = [`--class=${organization || "organization"}`, "--csvfile=organizations.csv"];
      assertExit(await scratch.run([...before, ...organizations]), 0);
      const persons = organization === "" ? FOREIGN_IMPORT : ["--class=Person", ...FOREIGN_IMPORT.slice(1)];
      const { exitCode, stdout } = await scratch.run([...before, ...persons]);
      assertEquals([exitCode, /#Issues: 1\n[^]*#Created: 1\n/.test(stdout)], [1, true], stdout);
    }
  }));
