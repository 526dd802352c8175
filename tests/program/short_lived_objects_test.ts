/** What belongs to a row is gone when the row is: old objects hardly grow, and are hardly ever collected, which takes long. */
import { assert, assertEquals } from "@std/assert";
import { V8_FLAGS } from "../helpers/measured_process.ts";
import { runProcess } from "../helpers/program_process.ts";
import { assertExit, type Scratch, withScratch } from "../helpers/scratch.ts";
import { copyWorld } from "../helpers/world.ts";

const ROWS = 200_000;
/** One or two are usual, whatever the number of rows. Where every group of rows left some of its objects behind there were six to nine. */
const MOST_COLLECTIONS = 3;

const LOGIN = ["--db=world.db", "--auth_user=admin", "--auth_pwd=admin", "--no_localize=1"];

/** V8 tells each collection in a line of standard output (`v8 --help`, `trace-gc`). */
async function load({ folder }: Scratch): Promise<string> {
  const denoArguments = V8_FLAGS.map((flags) => `${flags},--trace-gc`);
  const args = [...LOGIN, "--class=Person", "--csvfile=persons.csv", "--reconciliationkeys=email"];
  const { exitCode, stdout, stderr } = await runProcess(args, { folder, denoArguments });
  assertEquals([exitCode, stderr], [0, ""]);
  return stdout;
}

/** Employee numbers are unique by a rule of the model. */
function person(row: number): string {
  return `"Last${row}","First${row % 997}","user${row}@example.com",Acme,"+33 ${row}",active,yes,"Engineer",E${row}\n`;
}

function assertFewCollections(told: string): void {
  const [young, old] = [/ Scavenge /g, / Mark-Compact /g].map((kind) => told.match(kind)?.length ?? 0);
  assert((young ?? 0) > 10, "V8 tells no collections");
  assert((old ?? 0) <= MOST_COLLECTIONS, `${old} collections of old objects, ${young} of young ones`);
}

Deno.test({
  name: `${ROWS} rows created and found unchanged leave no objects behind`,
  // The compiled program takes no arguments for V8.
  ignore: Deno.env.has("CSVRECON_UNDER_TEST"),
  fn: () =>
    withScratch(async (scratch) => {
      await copyWorld(scratch);
      scratch.write("organizations.csv", "name,code\nAcme,A1\n");
      assertExit(await scratch.run([...LOGIN, "--class=Organization", "--csvfile=organizations.csv"]), 0);
      const rows = Array.from({ length: ROWS }, (_, row) => person(row));
      const columns = "name,first_name,email,org_id->name,phone,status,notify,function,employee_number";
      scratch.write("persons.csv", `${columns}\n${rows.join("")}`);
      assertFewCollections(await load(scratch));
      assertFewCollections(await load(scratch));
    }),
});
