/** What is answered, and who is told, when an import does not end as it should. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { closedSpools, COUNTS, withEnds } from "./ended.ts";
import { ONE_ROW, ORGANIZATIONS } from "./own_requests.ts";
import { type Fields, formPost } from "./post.ts";

const LONG_REPORT = "x".repeat(140_000);
const LOST = { isReportWhole: false, isAborted: true, exitCode: 74 } as const;

function post(fields: Fields = {}): ReturnType<typeof formPost> {
  return formPost({ ...ORGANIZATIONS, ...fields }, ONE_ROW);
}

for (
  const [about, finished] of [
    ["was sent", {}],
    ["has nobody to be sent to, whose rows were written", LOST],
    ["has nobody to be sent to, without rows", { ...LOST, counts: null }],
    ["is not whole", { ...LOST, isAborted: false }],
  ] as const
) {
  Deno.test(`a report that ${about} leaves no file open`, () =>
    withEnds({}, async (served) => {
      served.end(finished, LONG_REPORT);
      const closed = await closedSpools(async () => void await served.post(post()));
      assert(closed.includes(LONG_REPORT.length), `closed: ${closed}`);
    }));
}

Deno.test("when the import thread died the answer says what it knows, and standard error too", () =>
  withEnds({}, async (served) => {
    const text = "#Internal error: it died. It is not known whether the rows were written: all of them, or none";
    served.end({ exitCode: 70, counts: null, messages: [{ text, hint: "of the command line" }], isReportWhole: false });
    const plain = await served.post(post());
    assertEquals([plain.status, plain.text], [500, `${text}\n`]);
    assertEquals(plain.headers.get("csvrecon-exit-code"), "70");
    const json = await served.post(post({ output: "json" }));
    assertEquals(JSON.parse(json.text), {
      type: "refused",
      version: 1,
      messages: [{ text: text.slice(1) }],
      exit_code: 70,
    });
    assertEquals(served.stderr().match(/It is not known whether the rows were written/g)?.length, 2, served.stderr());
    assertEquals(served.entries().map(({ exit_code }) => exit_code), [70, 70]);
  }));

Deno.test("a bug behind the commit is answered in words, not with half a report, and its stack is told", () =>
  withEnds({}, async (served) => {
    const text = "#Internal error: oh. The import itself was done before: what it wrote stays";
    const stack = "Error: oh\n    at somewhere\u001b[2J";
    served.end({ exitCode: 70, messages: [{ text }], stack, isReportWhole: false }, "half of a report");
    const answer = await served.post(post());
    assertEquals([answer.status, answer.text], [500, `${text}\n`]);
    assertStringIncludes(served.stderr(), "Error: oh\n    at somewhere\\u001b[2J\n");
  }));

Deno.test("a report of a bug that wrote nothing is answered as it is", () =>
  withEnds({}, async (served) => {
    const report = "#Internal error: oh. Nothing was written\n";
    served.end({ exitCode: 70, counts: null, messages: [{ text: report.trim() }], stack: "Error: oh" }, report);
    const answer = await served.post(post());
    assertEquals([answer.status, answer.text], [500, report]);
  }));

const STAYS = "The import was done, and what it wrote stays; its report is lost";
const NOTHING = "The import was done and has written nothing; its report is lost";

for (
  const [about, fields, counts, sentence] of [
    ["of an import", {}, COUNTS, STAYS],
    ["of a simulation", { simulate: "1" }, COUNTS, NOTHING],
    ["of an import that changed nothing", {}, { ...COUNTS, created: 0, unchanged: 1 }, NOTHING],
  ] as const
) {
  Deno.test(`the lost report ${about} is answered with 500 and exit code 74, in the form that was asked for`, () =>
    withEnds({}, async (served) => {
      served.end({ ...LOST, counts });
      const { status, headers, text } = await served.post(post(fields));
      assertEquals([status, headers.get("csvrecon-exit-code"), text], [500, "74", `#${sentence}\n`]);
      const json = await served.post(post({ ...fields, output: "json" }));
      assertEquals(JSON.parse(json.text).messages, [{ text: sentence }]);
      assertEquals(served.entries().map(({ exit_code }) => exit_code), [74, 74]);
    }));
}

Deno.test("a report that the server could not keep is told to its operator, and its client learns what became of the rows", () =>
  withEnds({}, async (served) => {
    const messages = [{ text: "The report could not be written: no room in '/srv/secret'", hint: "make room" }];
    served.end({ exitCode: 74, messages, isReportWhole: false }, "half");
    const { status, text } = await served.post(post());
    assertEquals([status, text], [500, `#${STAYS}\n`]);
    assertStringIncludes(served.stderr(), "no room in '/srv/secret'\n  make room\n");
  }));

for (
  const [exitCode, status, sentence] of [
    [73, 500, "#The server could not write to its database or its disk. Nothing was written"],
    [75, 503, "#Another program holds the database of the server: try again later. Nothing was written"],
    [78, 500, "#The server cannot use its database. Nothing was written"],
  ] as const
) {
  Deno.test(`trouble with the database (${exitCode}) is told to the operator, and no path to the client`, () =>
    withEnds({}, async (served) => {
      const messages = [{ text: "Database is in trouble: '/srv/secret.db'", hint: "look at /srv" }];
      served.end({ exitCode, counts: null, messages }, messages[0]?.text);
      for (const output of ["summary", "json"]) {
        const answer = await served.post(post({ output }));
        assertEquals([answer.status, answer.headers.get("csvrecon-exit-code")], [status, String(exitCode)]);
        assertEquals(answer.headers.has("retry-after"), status === 503);
        assert(!answer.text.includes("/srv"), answer.text);
        assertStringIncludes(answer.text, sentence.slice(1));
      }
      const told = "csvrecon: Database is in trouble: '/srv/secret.db'\n  look at /srv\n";
      assertEquals(served.stderr().split(told).length, 3, served.stderr());
    }));
}

for (const fields of [{ class: "x,=1+1" }, { class: "Organization", charset: "=1+1,=1+1" }] as const) {
  Deno.test(`safe_csv=1 holds for a refusal before the import too: ${JSON.stringify(fields)}`, () =>
    withEnds({}, async (served) => {
      const { status, text } = await served.post(post({ ...fields, safe_csv: "1" }));
      assertEquals([status, text.includes(",=1+1"), text.includes(",'=1+1")], [400, false, true], text);
      // As the command prints it.
      const args = Object.entries({ ...ORGANIZATIONS, ...fields }).map(([name, value]) => `--${name}=${value}`);
      const run = await served.scratch.run([...args, `--db=${served.database}`, "--csvfile=-", "--safe_csv=1"]);
      assertEquals(text.split("\n")[0], run.stdout.split("\n")[0]);
    }));
}
