/** Memory does not grow with the input: a million rows, the details report included, measured on the running program. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { CAN_MEASURE, runMeasured, V8_FLAGS } from "./helpers/measured_process.ts";
import { assertExit, type Scratch, withScratch } from "./helpers/scratch.ts";
import { copyWorld } from "./helpers/world.ts";

const ROWS = 1_000_000;
const ORGANIZATIONS = 200;
/** In MiB. */
const MOST_MEMORY = 200;

const COLUMNS = "name,first_name,email,org_id->name,phone,status,notify,function";
const LOGIN = ["--db=world.db", "--auth_user=admin", "--auth_pwd=admin", "--no_localize=1"];
const IMPORT = [...LOGIN, "--class=Person", "--csvfile=persons.csv", "--reconciliationkeys=email"];

function organizationName(index: number): string {
  return `Org ${String(index % ORGANIZATIONS).padStart(3, "0")}`;
}

function personRow(row: number): string {
  const status = row % 7 === 0 ? "inactive" : "active";
  return `"Last${row}","First${row % 997}","user${row}@example.com","${organizationName(row)}",` +
    `"+33 ${String(row).padStart(9, "0")}",${status},yes,"Engineer, level ${row % 5}"\n`;
}

/** Writes the same file each time: about 100 bytes a row. */
function writePersons(path: string, rows: number): void {
  using file = Deno.openSync(path, { write: true, createNew: true });
  const encoder = new TextEncoder();
  let text = COLUMNS + "\n";
  for (let row = 0; row < rows; row++) {
    text += personRow(row);
    if (text.length > 1_000_000 || row === rows - 1) {
      // A write to a file takes all of it.
      file.writeSync(encoder.encode(text));
      text = "";
    }
  }
}

async function makeOrganizations(scratch: Scratch): Promise<void> {
  await copyWorld(scratch);
  const names = Array.from({ length: ORGANIZATIONS }, (_, index) => `${organizationName(index)},O${index}\n`);
  scratch.write("organizations.csv", "name,code\n" + names.join(""));
  assertExit(await scratch.run([...LOGIN, "--class=Organization", "--csvfile=organizations.csv"]), 0);
}

interface LoadedPersons {
  readonly exitCode: number;
  /** In MiB. */
  readonly peak: number;
  /** The first lines of the report. */
  readonly head: string;
}

/** Loads the persons, with the report in a file. */
async function loadPersons({ folder, path }: Scratch, output: string): Promise<LoadedPersons> {
  const args = [...IMPORT, `--output=${output}`];
  const { exitCode, stderr, peak } = await runMeasured(args, { folder, redirection: ">report.csv" });
  assertEquals(stderr, "");
  return { exitCode, peak, head: beginningOf(path("report.csv")) };
}

function beginningOf(path: string): string {
  using file = Deno.openSync(path);
  const bytes = new Uint8Array(1000);
  return new TextDecoder().decode(bytes.subarray(0, file.readSync(bytes) ?? 0));
}

/** @param peak in MiB */
function assertLittle(peak: number): void {
  assert(peak > 40, `A process with Deno in it takes more than ${peak} MiB: nothing was measured`);
  assert(peak <= MOST_MEMORY, `${peak.toFixed(1)} MiB were resident at once, at most ${MOST_MEMORY} are allowed`);
}

Deno.test({
  name:
    `${ROWS} rows of eight columns are created, found unchanged and exported in ${MOST_MEMORY} MiB, details report included`,
  ignore: !CAN_MEASURE,
  fn: (test) =>
    withScratch(async (scratch) => {
      assert(V8_FLAGS.length > 0);
      await makeOrganizations(scratch);
      writePersons(scratch.path("persons.csv"), ROWS);
      for (const status of ["Created", "Unchanged"]) {
        await test.step(status, async () => {
          const { exitCode, peak, head } = await loadPersons(scratch, "details");
          assertEquals(exitCode, 0);
          assertStringIncludes(head, `#${status}: ${ROWS}\n`);
          assertLittle(peak);
        });
      }
      await test.step("Exported", async () => {
        const columns = [`--columns=${COLUMNS}`, "--reconciliationkeys=email"];
        const args = ["export", ...LOGIN, "--class=Person", ...columns, "--file=exported.csv"];
        const { exitCode, stderr, peak } = await runMeasured(args, scratch);
        assertEquals([exitCode, stderr], [0, ""]);
        assertLittle(peak);
        assertEquals(beginningOf(scratch.path("exported.csv")).split("\n")[0], COLUMNS);
        assert(Deno.statSync(scratch.path("exported.csv")).size > 60 * ROWS, "rows are missing");
      });
    }),
});

const TOLD_ROWS = 300_000;

Deno.test({
  name: `${TOLD_ROWS} rows in full, in a diff and in JSON, take no more`,
  ignore: !CAN_MEASURE,
  fn: (test) =>
    withScratch(async (scratch) => {
      await makeOrganizations(scratch);
      writePersons(scratch.path("persons.csv"), TOLD_ROWS);
      for (
        const [output, beginning] of [["diff", "+ Person 2 First0 Last0 (line 2)"], ["json", '{"type":"row"']] as const
      ) {
        await test.step(output, async () => {
          const { exitCode, peak, head } = await loadPersons(scratch, output);
          assertEquals(exitCode, 0);
          assertStringIncludes(head, beginning);
          assertLittle(peak);
        });
      }
    }),
});
