/** Of a long file the beginning and the end are looked at, and `check` says so; standard input and pipes are read alike. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { HEAD_BYTES } from "../../lib/inspect/read_head.ts";
import { processorSeconds } from "../helpers/processor_time.ts";
import { withWorld } from "../helpers/loading.ts";
import { assertExit, type Scratch, withScratch } from "../helpers/scratch.ts";

const HEADER = "Id;Last Name;Started\n";
const GIBI = 1024 ** 3;

/** Rows with an end of their own. @returns how many there are */
function writeRows(scratch: Scratch, name: string, bytes: number, end = ""): number {
  let text = HEADER;
  let row = 0;
  using file = Deno.openSync(scratch.path(name), { create: true, write: true });
  let written = 0;
  while (written < bytes) {
    while (text.length < 1024 * 1024) {
      row++;
      text += `${row};Flaubert ${row % 1000};${String(row % 28 + 1).padStart(2, "0")}/0${row % 9 + 1}/2020\n`;
    }
    written += text.length;
    file.writeSync(new TextEncoder().encode(text));
    text = "";
  }
  file.writeSync(new TextEncoder().encode(end));
  return row;
}

Deno.test("a longer file: its beginning is looked at, and what was not is said", () =>
  withScratch(async (scratch) => {
    const rows = writeRows(scratch, "long.csv", HEAD_BYTES + 2 * 1024 * 1024, "x;y\n");
    const head = await scratch.run(["check", "long.csv"]);
    assertExit(head, 0);
    assertStringIncludes(head.stdout, "Looked at: the first 8 MiB of 10 MiB: ");
    assertStringIncludes(head.stdout, "The rest was not looked at; --whole=1 looks at all");
    assertStringIncludes(head.stdout, "1 'Id': never empty, unique, whole numbers");
    assertStringIncludes(head.stdout, "--separator=';' --date_format=d/m/Y");
    const whole = await scratch.run(["check", "long.csv", "--whole=1"]);
    assertExit(whole, 1);
    assertStringIncludes(whole.stdout, `1 row has another number of cells than the header's 3 (line ${rows + 2})`);
    assertStringIncludes(whole.stdout, "Looked at: the whole file");
  }));

Deno.test("the end of a longer file is looked at", () =>
  withScratch(async (scratch) => {
    writeRows(scratch, "long.csv", HEAD_BYTES, "1;cut o");
    assertStringIncludes(
      (await scratch.run(["check", "long.csv"])).stdout,
      "The last row has 2 cells of 3, and no line end",
    );
    writeRows(scratch, "other.csv", HEAD_BYTES);
    using file = Deno.openSync(scratch.path("other.csv"), { append: true });
    file.writeSync(Uint8Array.from([0x31, 0x3b, 0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72, 0x3b, 0x0a]));
    assertStringIncludes((await scratch.run(["check", "other.csv"])).stdout, "The end of the file is no UTF-8");
  }));

/** Whole rows of two cells. */
function writeTable(scratch: Scratch, name: string, encode: (text: string) => Uint8Array, row: string): void {
  using file = Deno.openSync(scratch.path(name), { create: true, write: true });
  const rows = encode(row.repeat(Math.ceil(512 * 1024 / row.length)));
  for (let written = 0; written <= HEAD_BYTES; written += rows.length) file.writeSync(rows);
}

Deno.test("the end of a longer file is read in the charset of the file", () =>
  withScratch(async (scratch) => {
    const wide = (text: string) => new Uint8Array(Uint16Array.from(text, (one) => one.charCodeAt(0)).buffer);
    const narrow = (text: string) => Uint8Array.from(text, (one) => one.charCodeAt(0));
    writeTable(scratch, "wide.csv", wide, "東京大阪名古屋;京都神戸札幌\n");
    writeTable(scratch, "narrow.csv", narrow, "Müller§Zoë\n");
    const end = Deno.openSync(scratch.path("narrow.csv"), { append: true });
    end.writeSync(narrow("Müller§Zo"));
    end.close();
    const files = [
      ["wide.csv", "--charset=UTF-16LE", "--separator=;"],
      ["narrow.csv", "--charset=WINDOWS-1252", "--separator=§"],
    ];
    for (const given of files) {
      const run = await scratch.run(["check", ...given]);
      assertStringIncludes(run.stdout, "rows have 2 cells");
      assertStringIncludes(run.stdout, "The rest was not looked at");
      assert(!run.stdout.includes("is the file whole?"), run.stdout);
    }
  }));

Deno.test("a cell that is open where the look ends is told", () =>
  withScratch(async (scratch) => {
    writeRows(scratch, "long.csv", HEAD_BYTES);
    const text = Deno.readTextFileSync(scratch.path("long.csv")).replace(";Flaubert 500;", ';"Flaubert 500;');
    scratch.write("open.csv", text + text);
    const run = await scratch.run(["check", "open.csv"]);
    assertStringIncludes(run.stdout, "A cell that opened with a qualifier in line 501 was still open");
  }));

Deno.test("a file in which no row ends is told, and so is a cell that takes all of it", () =>
  withScratch(async (scratch) => {
    const characters = "x".repeat(HEAD_BYTES + 1024 * 1024);
    scratch.write("line.csv", characters);
    scratch.write("cell.csv", `a,b\n"${characters}`);
    for (
      const [file, said] of [["line.csv", "no row ended\n"], ["cell.csv", "a cell opened with a qualifier in line 2"]]
    ) {
      const run = await scratch.run(["check", file ?? ""]);
      assertExit(run, 65);
      assertStringIncludes(run.stdout, said ?? "");
    }
  }));

Deno.test("of thousands of columns some are told, and how many more there are", () =>
  withWorld(async ({ scratch, database }) => {
    scratch.write("wide.csv", Array.from({ length: 3000 }, (_, index) => `c${index}`).join(",") + "\n");
    const run = await scratch.run(["check", "wide.csv", `--db=${database}`, "--class=Person"]);
    assertExit(run, 1);
    assertStringIncludes(run.stdout, "  … and 2,800 more columns: --output=json has all\n");
    assertStringIncludes(run.stdout, "Error: 2,980 more columns are not known in the class\n");
  }));

/** A file of 1 GiB: what is not written of it takes no room. */
Deno.test("a file of 1 GiB takes less than two seconds of the processor", () =>
  withScratch(async (scratch) => {
    writeRows(scratch, "huge.csv", HEAD_BYTES + 1024 * 1024);
    Deno.truncateSync(scratch.path("huge.csv"), GIBI);
    const seconds = await processorSeconds(async () => {
      const run = await scratch.run(["check", "huge.csv"]);
      assertExit(run, 0);
      assertStringIncludes(run.stdout, "Looked at: the first 8 MiB of 1024 MiB");
    });
    assert(seconds < 2, `${seconds} s`);
  }));

Deno.test("standard input is read alike, to where the look ends", () =>
  withScratch(async (scratch) => {
    const small = await scratch.run(["check", "-"], { stdin: "a;b\n1;2\n" });
    assertExit(small, 0);
    assertStringIncludes(small.stdout, "standard input: CSV, 1 row, 2 columns\nLooked at: the whole file, 8 bytes");
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 64 * 1024;
        controller.enqueue(new TextEncoder().encode("a;b;c\n".repeat(64 * 1024 / 6)));
      },
    });
    const long = await scratch.run(["check", "-"], { stdin: endless });
    assertStringIncludes(long.stdout, "Looked at: the first 8 MiB: ");
    assert(pulled < 2 * HEAD_BYTES, `${pulled} bytes were read`);
  }));

Deno.test("check needs a file, one file, that is there", () =>
  withScratch(async (scratch) => {
    const refusals: readonly (readonly [readonly string[], number, string])[] = [
      [["check"], 64, "The file to check is missing"],
      [["check", "a.csv", "b.csv"], 64, "Unknown argument: 'b.csv'"],
      [["check", "a.csv", "--csvfile=b.csv"], 64, "Unknown argument: 'a.csv'"],
      [["check", "none.csv"], 66, "'none.csv'"],
      [["check", "."], 66, "This is a folder"],
      [["check", "a.csv", "--auth_user=x"], 64, "auth_user"],
      [["check", "a.csv", "--separator=;", "--qualifier=;"], 64, "qualifier"],
      [["check", "a.csv", "--param_file=none"], 66, "none"],
    ];
    for (const [args, exitCode, said] of refusals) {
      const run = await scratch.run(args);
      assertExit(run, exitCode);
      assertStringIncludes(run.stderr, said);
    }
  }));

Deno.test("an import's param file is taken as it is: what says how to read the file is judged", () =>
  withScratch(async (scratch) => {
    scratch.write("own.csv", "a;b\n1;2\n");
    scratch.write(
      "own.params",
      "csvfile = own.csv\nauth_user = x\nauth_pwd = y\ncomment = z\nseparator = ,\ntwins = last\n",
    );
    const run = await scratch.run(["check", "--param_file=own.params"]);
    assertExit(run, 1);
    assertStringIncludes(run.stdout, "The separator , was given, but ; makes 2 columns");
    scratch.write("wrong.params", "csvfile = own.csv\nport = 80\n");
    assertExit(await scratch.run(["check", "--param_file=wrong.params"]), 64);
  }));

Deno.test("for programs there is one object, whose names stay", () =>
  withScratch(async (scratch) => {
    scratch.write("own.csv", "a;when\n1;03/04/2020\n1;05/06/2020;7\n");
    const run = await scratch.run(["check", "own.csv", "--output=json"]);
    assertExit(run, 1);
    const told = JSON.parse(run.stdout);
    assertEquals([told.type, told.version, told.file, told.is_csv, told.header_line], ["check", 1, "own.csv", true, 1]);
    assertEquals(told.looked_at, { bytes: 35, size: 35, whole: true, rows: 2, cells: 5 });
    assertEquals(told.charset, { name: "UTF-8", given: false, evidence: { kind: "ascii" } });
    assertEquals(told.parameters, { charset: "UTF-8", separator: ";", qualifier: '"' });
    assertEquals(told.columns[1].look.formats, ["d/m/Y", "m/d/Y"]);
    assertEquals(told.columns[0].values, { kind: "unique", up_to: null });
    assertEquals(told.findings.map(({ level, kind }: { level: string; kind: string }) => `${level} ${kind}`), [
      "error wrong_length",
      "warning dates_undecided",
    ]);
    assertEquals(told.findings[0].facts, {
      rows: { count: 1, lines: [3] },
      found: 3,
      expected: 2,
      are_short: false,
      is_empty_end: false,
    });
    scratch.write("page.csv", "<html>");
    const page = JSON.parse((await scratch.run(["check", "page.csv", "--output=json"])).stdout);
    assertEquals([page.is_csv, page.findings[0].kind, page.findings[0].facts.input], [false, "no_csv", {
      kind: "html",
    }]);
  }));

Deno.test("a terminal is told what it would obey, and each line stays one", () =>
  withScratch(async (scratch) => {
    scratch.write("own.csv", `"a\x1b[2Jb\nc","d\u202e"\n"\x1b]0;x\x07",2\n${"Flaubert,Gustave\n".repeat(9)}`);
    const run = await scratch.run(["check", "own.csv"], { isTerminal: true });
    // deno-lint-ignore no-control-regex -- this is what a terminal would obey
    assert(!/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/.test(run.stdout), JSON.stringify(run.stdout));
    assertStringIncludes(run.stdout, "\\u202e");
  }));
