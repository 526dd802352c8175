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
  writeRows(path, COLUMNS, rows, personRow);
}

function writeRows(path: string, head: string, rows: number, rowOf: (row: number) => string): void {
  using file = Deno.openSync(path, { write: true, createNew: true });
  const encoder = new TextEncoder();
  let text = head + "\n";
  for (let row = 0; row < rows; row++) {
    text += rowOf(row);
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

const FED_ROWS = 150_000;

/** One row of a hundred names an organisation that is not there; managers may stand anywhere in the file. */
function staffRow(row: number): string {
  const department = row % 100 === 0 ? "Nowhere" : organizationName(row);
  const manager = (row * 7919 + 1) % FED_ROWS;
  return `"Last${row}","First${row % 997}",user${row}@example.com,"${department}",user${manager}@example.com\n`;
}

const STAFF = [
  ...LOGIN,
  "--class=Person",
  "--csvfile=staff.csv",
  "--map=staff.map.json",
  "--source=staff",
  "--gone=report",
  "--rejects=rejects.csv",
  "--report=page.html",
  "--output=json",
];

Deno.test({
  name: `${FED_ROWS} rows of a feed, through a map, with rejects, page and JSON, take no more, read twice or not`,
  ignore: !CAN_MEASURE,
  fn: (test) =>
    withScratch(async (scratch) => {
      await makeOrganizations(scratch);
      writeRows(scratch.path("staff.csv"), "sn,givenName,mail,department,manager", FED_ROWS, staffRow);
      const columns = { givenName: "first_name", mail: "email", department: "org_id->name" };
      const load = async (manager: string, more: readonly string[]) => {
        const map = { columns: { ...columns, manager }, make: { name: "{sn|upper}" } };
        scratch.write("staff.map.json", JSON.stringify(map));
        const args = [...STAFF, "--reconciliationkeys=email", ...more];
        const { stderr, peak } = await runMeasured(args, { folder: scratch.folder, redirection: ">report.json" });
        assertLittle(peak);
        return { stderr, end: JSON.parse(lastLine(scratch.path("report.json"))) };
      };
      await test.step("read once", async () => {
        const { stderr, end } = await load("function", []);
        assertEquals([end.counts.created, end.counts.rejected], [FED_ROWS * 0.99, FED_ROWS * 0.01], stderr);
      });
      await test.step("read twice", async () => {
        const { stderr, end } = await load("manager_id->email", ["--second_pass=manager"]);
        const { updated, rejected } = end.counts;
        assertEquals(updated + rejected, FED_ROWS, stderr);
        assert(updated > 0.97 * FED_ROWS && rejected >= 0.01 * FED_ROWS, JSON.stringify(end.counts));
      });
    }),
});

/** What stands behind the last line end but one. */
function lastLine(path: string): string {
  using file = Deno.openSync(path);
  const bytes = new Uint8Array(10_000);
  file.seekSync(Math.max(0, file.statSync().size - bytes.length), Deno.SeekMode.Start);
  const text = new TextDecoder().decode(bytes.subarray(0, file.readSync(bytes) ?? 0)).trimEnd();
  return text.slice(text.lastIndexOf("\n") + 1);
}
