/** Imports that are posted at the same time, to one server and to two of them. */
import { assert, assertEquals } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { withScratch } from "../helpers/scratch.ts";
import { copyWorld } from "../helpers/world.ts";
import type { Answer } from "./http_client.ts";
import { ORGANIZATIONS } from "./own_requests.ts";
import { formPost, multipartPost, type Post, rawPost } from "./post.ts";
import { type Served, serving, withServed } from "./served.ts";

const IMPORTS = 50;
const ROWS = 20;

/** Rows of its own, and one that all of them have. */
function importOf(number: number): Post {
  const rows = Array.from({ length: ROWS }, (_, row) => `Import ${number} row ${row},I${number}R${row}\n`);
  const csv = `name,code\nShared,S${number}\n${rows.join("")}`;
  const fields = { ...ORGANIZATIONS, comment: `import ${number}` };
  const ways = [
    formPost(fields, csv),
    multipartPost(fields, csv, null),
    multipartPost(fields, csv, "a.csv"),
    rawPost(fields, csv),
  ];
  return ways[number % ways.length] ?? formPost(fields, csv);
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

function assertAllStored(database: string, done: readonly number[]): void {
  const opened = new DatabaseSync(database, { readOnly: true });
  const texts = (sql: string) => opened.prepare(sql).all().map((row) => String(Object.values(row)[0]));
  const names = texts("SELECT name FROM view_Organization WHERE name LIKE 'Import %'").sort();
  const expected = done.flatMap((number) => numbers(ROWS).map((row) => `Import ${number} row ${row}`)).sort();
  assertEquals(names, expected);
  // One change for each, and none of them begun before another had ended: its lines in the log stand together.
  const comments = texts("SELECT comment FROM change WHERE comment LIKE 'import %'");
  assertEquals(comments.toSorted(), done.map((number) => `import ${number}`).sort());
  const changes = texts("SELECT change FROM change_op ORDER BY id").map(Number);
  assertEquals(changes, changes.toSorted((a, b) => a - b));
  // The shared row: created once, then updated by each of the others.
  assertEquals(texts("SELECT count(*) FROM view_Organization WHERE name = 'Shared'"), ["1"]);
  assertEquals(texts("PRAGMA integrity_check"), ["ok"]);
  opened.close();
}

Deno.test(`${IMPORTS} imports posted at once all end right, one after another, none lost, none doubled`, () =>
  withServed({}, async ({ post, database, entries }) => {
    const answers = await Promise.all(numbers(IMPORTS).map((number) => post(importOf(number))));
    for (const { status, text } of answers) {
      assertEquals(status, 200, text);
      assert(/^#Issues: 0$/m.test(text), text);
    }
    const created = answers.map(({ text }) => Number(/^#Created: (\d+)$/m.exec(text)?.[1]));
    assertEquals(created.toSorted(), [...Array(IMPORTS - 1).fill(ROWS), ROWS + 1].toSorted());
    assertAllStored(database, numbers(IMPORTS));
    assertEquals(entries().filter(({ exit_code }) => exit_code === 0).length, IMPORTS);
  }));

Deno.test("more imports than may wait are told to come again, and nothing of them is written", () =>
  withServed({ parameters: ["--max_waiting=3"] }, async ({ post, database }) => {
    const answers = await Promise.all(numbers(20).map((number) => post(importOf(number))));
    const refused = answers.filter(({ status }) => status === 503);
    for (const { headers } of refused) assertMatchRetry(headers.get("retry-after"));
    assert(refused.length > 0);
    const done = numbers(20).filter((number) => answers[number]?.status === 200);
    assert(done.length >= 4, `${done.length} were run`);
    assertEquals(done.length + refused.length, 20);
    assertAllStored(database, done);
  }));

Deno.test("more imports than may be received are told to come again, and nothing of them is written", () =>
  withServed({ parameters: ["--max_requests=2"] }, async ({ post, database }) => {
    const answers = await Promise.all(numbers(20).map((number) => post(importOf(number))));
    const done = numbers(20).filter((number) => answers[number]?.status === 200);
    assert(answers.every(({ status }) => status === 200 || status === 503));
    assert(done.length >= 2 && done.length < 20, `${done.length} were run`);
    assertAllStored(database, done);
  }));

function assertMatchRetry(value: string | undefined): void {
  assert(/^[1-9][0-9]*$/.test(value ?? ""), `Retry-After: ${value}`);
}

Deno.test("two servers on one database write one after another; who waits too long is told to come again", () =>
  withScratch(async (scratch) => {
    await copyWorld(scratch);
    const two = async (one: Served, other: Served) => {
      const servers = [one, other];
      const answers: Answer[] = await Promise.all(
        numbers(20).map((number) => (servers[number % 2] ?? one).post(importOf(number))),
      );
      assert(answers.every(({ status }) => status === 200 || status === 503), answers.map(({ text }) => text).join());
      const done = numbers(20).filter((number) => answers[number]?.status === 200);
      assert(done.length > 0);
      assertAllStored(one.database, done);
    };
    await serving(scratch, {}, (one) => serving(scratch, {}, (other) => two(one, other)));
  }));

Deno.test("while another program writes for long, imports are told to come again, and healthz answers at once", () =>
  withServed({ parameters: ["--busy_timeout=1"] }, async ({ post, get, database }) => {
    const other = new DatabaseSync(database);
    other.exec("BEGIN IMMEDIATE");
    const waiting = post(importOf(1));
    const begin = performance.now();
    const { status, text } = await get("/healthz");
    assertEquals([status, text], [200, "ok\n"]);
    assert(performance.now() - begin < 900, "healthz waited for the lock");
    const answer = await waiting;
    assertEquals([answer.status, answer.headers.get("csvrecon-exit-code")], [503, "75"]);
    assertMatchRetry(answer.headers.get("retry-after"));
    // A wrong login counts, and its refusal waits for nobody either.
    const wrong = performance.now();
    const refused = await post(formPost({ ...ORGANIZATIONS, auth_pwd: "wrong" }, "name\na\n"));
    assertEquals(refused.status, 401);
    other.exec("ROLLBACK");
    other.close();
    assert(performance.now() - wrong < 900, `a refused login waited ${performance.now() - wrong} ms for the lock`);
    assertEquals((await post(importOf(1))).status, 200);
    assertAllStored(database, [1]);
  }));
