import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { assertReport, decision, rowOf } from "../helpers/decision.ts";
import { describeRun, type ProgramRun } from "../helpers/scratch.ts";

const BAD_CELLS = "Issue: Unexpected attribute value(s)";

const STRICT = "integers and decimals are parsed strictly, what is no number is refused with 'Wrong format [two]'";

/** A refused number: its row holds nothing else that is wrong, its cell says what was found. */
function assertWrongFormat(run: ProgramRun, record: number, column: number, attribute: string, value: string): void {
  const row = rowOf(run, record);
  assertEquals(row[1], BAD_CELLS, describeRun(run));
  const reason = `Unexpected value for attribute '${attribute}': Wrong format [${value}], expected `;
  assertStringIncludes(row[column] ?? "", `'${value}' is an invalid value. ${reason}`, describeRun(run));
}

/** A number that does not fit: refused in words. */
function assertOutOfRange(run: ProgramRun, record: number, column: number, value: string): void {
  const [, status, ...cells] = rowOf(run, record);
  assertEquals(status, BAD_CELLS, describeRun(run));
  const cell = cells[column - 2] ?? "";
  assert(cell.startsWith(`'${value}' is an invalid value. Unexpected value for attribute `), describeRun(run));
  assert(!/SQL|query|constraint|datatype/i.test(cell), cell);
}

decision(STRICT, "a-rep-value-errors", async (play) => {
  await play.step(2);
  const run = await play.changesNoObject(() => play.step(3));
  assertReport(run, { issues: 3 });
  assertEquals(rowOf(run, 0).slice(1), [
    BAD_CELLS,
    "n/a",
    "n/a",
    "1",
    "S",
    "1",
    "2",
    "'999.1.1.1' is an invalid value. Unexpected value for attribute 'managementip': Wrong format [999.1.1.1], " +
    "expected an IP address such as 10.0.0.1 or 2001:db8::1, without a zone or a prefix length",
  ]);
  assertWrongFormat(run, 1, 7, "nb_u", "two");
  assertWrongFormat(run, 2, 7, "nb_u", "3 units");
});

decision(STRICT, "b-att-decimal-bad", async (play) => {
  const run = await play.step(3);
  assertWrongFormat(run, 0, 7, "speed", "abc");
  assertWrongFormat(run, 1, 7, "speed", "1,5");
  // SPEC 14: numbers with more decimals than the attribute has, trailing zeros aside, are refused.
  assertEquals(
    rowOf(run, 2)[7],
    "'1.234' is an invalid value. Unexpected value for attribute 'speed': Too many decimals [1.234], expected at most 2",
  );
  assertOutOfRange(run, 3, 7, "12345678901");
  assertWrongFormat(run, 5, 7, "speed", "1e3");
  assertEquals(play.objects("PhysicalInterface", "id,name,speed")[0], ["1", "E", "0.50"]);
});

decision(STRICT, "b-att-integer", async (play) => {
  const run = await play.step(2);
  assertReport(run, { issues: 5, created: 3 });
  for (const [record, value] of [[2, "abc"], [3, "1.9"], [5, "1e3"], [6, "0x1A"], [7, "1 000"]] as const) {
    assertWrongFormat(run, record, 7, "nb_u", value);
  }
  assertEquals(play.objects("Rack", "id,name,nb_u"), [["1", "A", "42"], ["2", "B", "-1"], ["3", "E", ""]]);
});

decision("an integer out of range is refused in words", "b-att-integer-overflow", async (play) => {
  const run = await play.step(2);
  assertReport(run, { issues: 2, created: 1 });
  assertOutOfRange(run, 0, 7, "2147483648");
  assertOutOfRange(run, 1, 7, "99999999999999999999");
  assertEquals(play.objects("Rack", "name,nb_u"), [["C", "5"]]);
});

decision("numbers are compared as numbers: 042 equals 42", "b-upd-same-number", async (play) => {
  await play.step(2);
  const run = await play.changesNoObject(() => play.step(3));
  assertReport(run, { issues: 2, unchanged: 2 });
  assertEquals(rowOf(run, 0), ["0", "unchanged", "Rack", "1", "R1", "042"]);
  // SPEC 14: Blanks at the ends of a cell of one line do not count.
  assertEquals(rowOf(run, 2), ["2", "unchanged", "Rack", "3", "R3", "42"]);
  for (const [record, value] of [[1, "42.9"], [3, "42abc"]] as const) {
    assertWrongFormat(run, record, 5, "nb_u", value);
  }
});

const AS_IT_COMES = "HTML and text are stored as they come, byte for byte";

decision(AS_IT_COMES, "a-rep-stored-value-shown", async (play) => {
  assertReport(await play.step(1), { created: 2 }, [
    ["0", "created", "DocumentNote", "1", "1", "N", "<p>x <script>alert(1)</script></p>", "1"],
    ["1", "created", "DocumentNote", "2", "1", "M", "plain & text", "2"],
  ]);
  assertEquals(play.objects("DocumentNote", "id,name,text,version"), [
    ["1", "N", "<p>x <script>alert(1)</script></p>", "1"],
    ["2", "M", "plain & text", "2"],
  ]);
});

decision(AS_IT_COMES, "b-att-html", async (play) => {
  const texts = ["plain text", "<p>ok <b>bold</b></p>", '<p onclick="x()">bad<script>alert(1)</script></p>'];
  const run = await play.step(2);
  assertReport(run, { issues: 1, created: 3 });
  assertEquals([0, 1, 2].map((record) => rowOf(run, record)[7]), texts);
  assertEquals(rowOf(run, 3)[7], "'' is an invalid value. Unexpected value for attribute 'text': Null not allowed");
  assertReport(await play.writesNothing(() => play.step(3)), { unchanged: 3 });
  assertEquals(play.objects("DocumentNote", "text"), texts.map((text) => [text]));
});

const MANDATORY_ENUM = "a mandatory enumeration left empty is refused in its cell";
const NULL_STATUS = "'' is an invalid value. Unexpected value for attribute 'status': Null not allowed";

decision(MANDATORY_ENUM, "b-upd-mandatory-enum-empty", async (play) => {
  await play.step(2);
  for (const step of [3, 4]) {
    const run = await play.changesNoObject(() => play.step(step));
    assertReport(run, { issues: 1 }, [["0", BAD_CELLS, "Person", "2", "jane@acme.org", NULL_STATUS]]);
  }
});

decision(MANDATORY_ENUM, "b-att-enum-mandatory", async (play) => {
  await play.step(1);
  const run = await play.changesNoObject(() => play.step(2));
  const notAllowed = "'nope' is an invalid value. Unexpected value for attribute 'status': Value not allowed [nope], " +
    "expected active, inactive";
  assertReport(run, { issues: 2 }, [
    ["0", BAD_CELLS, "n/a", "n/a", "2", "A", "A", "2", NULL_STATUS],
    ["1", BAD_CELLS, "n/a", "n/a", "2", "B", "B", "2", notAllowed],
  ]);
});
