/** Reports beside the main one: what they are told, and what becomes of the run when one cannot be written. */
import { assertEquals, assertRejects } from "@std/assert";
import { CollectedText } from "../../lib/collected_text.ts";
import { EXIT, RunStop } from "../../lib/errors.ts";
import { importSettings } from "../../lib/parameters/settings/import_settings.ts";
import { mergeParameters } from "../../lib/parameters/reading/merge_parameters.ts";
import { parseArguments } from "../../lib/parameters/reading/parse_arguments.ts";
import type { RowResult } from "../../lib/reconcile/row_result.ts";
import { ALL_NAMES, type Report } from "../../lib/report/report.ts";
import { reportsTogether } from "../../lib/report/reports_together.ts";
import type { RunColumns } from "../../lib/report/run_facts.ts";
import { authenticate } from "../../lib/run/authenticate.ts";
import { runAloneOrStop } from "../../lib/run/run_alone.ts";
import { openSource } from "../../lib/source/open_source.ts";
import { openOwnStore } from "../../lib/databases/open_store.ts";
import { withWorld } from "../helpers/loading.ts";
import { END, NO_ROWS } from "../report/facts.ts";

const CHEAP = { now: () => new Date(), passwordCost: { n: 16, r: 1, p: 1 } };

/** Notes what it is told. */
class NotedReport implements Report {
  readonly notes: string[] = [];
  columnsOfRun: RunColumns | null = null;

  constructor(readonly needs: Report["needs"], private readonly failing: "prepare" | "done" | null = null) {}

  prepare(): Promise<void> {
    this.notes.push("prepare");
    return this.#fail("prepare");
  }

  heading(): void {
    this.notes.push("heading");
  }

  columns(columns: RunColumns): void {
    this.columnsOfRun = columns;
  }

  row({ typed, outcome }: RowResult): void {
    const told = outcome.kind === "created"
      ? outcome.values.filter(({ newValue }) => newValue !== null && newValue !== "")
        .map(({ attribute, newValue }) => `${attribute}=${newValue}`)
      : [];
    this.notes.push([outcome.kind, typed.cells.join("|"), ...told].join(" "));
  }

  done(): Promise<void> {
    this.notes.push("done");
    return this.#fail("done");
  }

  refused(): Promise<void> {
    this.notes.push("refused");
    return Promise.resolve();
  }

  restart(): void {
    this.notes.push("restart");
  }

  close(): void {
    this.notes.push("close");
  }

  #fail(at: string): Promise<void> {
    return at === this.failing
      ? Promise.reject(new RunStop(EXIT.reportNotWritable, [{ text: `cannot ${at}` }]))
      : Promise.resolve();
  }
}

const NOTHING_MORE = { cells: false, newValues: false };

/** The same with these keys. */
function loadAs(database: string, file: string, modelClass: string, keys: string, sideReports: readonly Report[]) {
  return load(database, file, modelClass, sideReports, { reconciliationkeys: keys });
}

/** Loads rows with side reports. @returns the report on standard output, and the exit code of a stop */
async function load(
  database: string,
  file: string,
  modelClass: string,
  sideReports: readonly Report[],
  more: Readonly<Record<string, string>> = {},
) {
  const typed = {
    db: database,
    csvfile: file,
    class: modelClass,
    auth_user: "admin",
    auth_pwd: "admin",
    no_localize: "1",
    ...more,
  };
  const args = Object.entries(typed).map(([name, value]) => `--${name}=${value}`);
  const settings = await importSettings(await mergeParameters(parseArguments(args), { env: () => undefined }));
  const store = openOwnStore(database, { busyTimeoutSeconds: 0 });
  const sink = new CollectedText();
  try {
    await runAloneOrStop({
      settings,
      parameters: new Map(),
      origin: "test",
      store,
      logIn: (model) => authenticate(settings, store, model, CHEAP),
      openSource: () => openSource(settings.csvfile, { stdin: new ReadableStream() }),
      sink,
      sideReports,
      progressSink: sink,
      ...CHEAP,
    });
  } finally {
    await store.close();
  }
  return sink.text;
}

Deno.test("a side report is told rows as they were typed, and what new objects have where it asks for that", async () => {
  await withWorld(async ({ database, scratch }) => {
    const file = scratch.write("a.csv", "name,code\nDemo,D\nShop,\n");
    const asking = new NotedReport({ cells: false, newValues: true });
    const other = new NotedReport(NOTHING_MORE);
    await load(database, file, "Organization", [asking, other]);
    assertEquals(asking.notes, [
      "heading",
      "prepare",
      "created Demo|D name=Demo code=D status=active",
      "created Shop| name=Shop status=active",
      "done",
      "close",
    ]);
    assertEquals(other.notes, asking.notes, "what one asks for, all are told");
    assertEquals(asking.columnsOfRun?.headers, ["name", "code"]);
    assertEquals(asking.columnsOfRun?.keyCells, [0, 1]);
    assertEquals(asking.columnsOfRun?.label("code"), "Code");
  });
});

Deno.test("nobody asks for the values of new objects: they are not told", async () => {
  await withWorld(async ({ database, scratch }) => {
    const report = new NotedReport(NOTHING_MORE);
    await load(database, scratch.write("a.csv", "name\nDemo\n"), "Organization", [report]);
    assertEquals(report.notes.includes("created Demo"), true);
  });
});

Deno.test("names of what rows write, and of what their keys refer to, are told to whoever asks for them", async () => {
  await withWorld(async ({ database, scratch, load }) => {
    await load("Person", "name,first_name,org_id\nDoe,Jo,1\nRoe,Al,1\n", { reconciliationkeys: "name" });
    const told: string[] = [];
    const report: Report = Object.assign(new NotedReport({ cells: false, newValues: true, names: ALL_NAMES }), {
      row({ outcome }: RowResult) {
        if (outcome.kind !== "created" && outcome.kind !== "updated") return;
        const changes = outcome.kind === "created" ? outcome.values : outcome.changes;
        const named = changes.filter(({ newNames }) => newNames !== undefined)
          .map(({ attribute, oldNames, newNames }) => `${attribute} ${oldNames?.join()}->${newNames?.join()}`);
        told.push([outcome.object.name, ...named].join(" "));
      },
    });
    const people = scratch.write("p.csv", "name,first_name,org_id,manager_id->name\nDoe,Jo,1,Roe\nPoe,Ed,1,Doe\n");
    await load("Organization", "name\nDemo\n");
    await load("Team", "name,org_id,persons_list\nT,1,person_id->name:Doe\n", { reconciliationkeys: "name" });
    await loadAs(database, people, "Person", "name", [report]);
    const teams = scratch.write("t.csv", "name,persons_list\nT,person_id->name:Roe|person_id->name:Doe\n");
    await loadAs(database, teams, "Team", "name", [report]);
    assertEquals(told, [
      "Jo Doe manager_id ->Al Roe",
      "Ed Poe org_id ->My Company/Department manager_id ->Jo Doe",
      "T persons_list Jo Doe->Jo Doe,Al Roe",
    ]);
  });
});

Deno.test("a new user's password is not told as a value, and its cell is named as secret", async () => {
  await withWorld(async ({ database, scratch }) => {
    const file = scratch.write(
      "a.csv",
      "login,password,profile_list\nann,Very-Secret-1,profileid->name:Administrator\n",
    );
    const report = new NotedReport({ cells: false, newValues: true });
    await load(database, file, "UserLocal", [report]);
    const row = report.notes.find((note) => note.startsWith("created")) ?? "";
    assertEquals(row.includes("password="), false, row);
    assertEquals(row.includes("login=ann"), true, row);
    assertEquals(report.columnsOfRun?.secretCells, [1]);
  });
});

Deno.test("a side report that cannot be written is told before the first row: nothing is loaded", async () => {
  await withWorld(async ({ database, scratch, objects }) => {
    const before = objects("Organization", "name");
    const report = new NotedReport(NOTHING_MORE, "prepare");
    const file = scratch.write("a.csv", "name\nDemo\n");
    await assertRejects(() => load(database, file, "Organization", [report]), RunStop, "cannot prepare");
    assertEquals(report.notes, ["heading", "prepare", "refused", "close"]);
    assertEquals(objects("Organization", "name"), before);
  });
});

Deno.test("a report that fails at its end keeps none of the others from being written", async () => {
  const [bad, good] = [new NotedReport(NOTHING_MORE, "done"), new NotedReport(NOTHING_MORE)];
  const both = reportsTogether([bad, good]);
  await assertRejects(() => both.done(NO_ROWS, END), RunStop, "cannot done");
  assertEquals(good.notes, ["done"]);
});

/** A report with a bug. */
class BrokenReport extends NotedReport {
  override done(): Promise<void> {
    return Promise.reject(new TypeError("a bug"));
  }
}

Deno.test("a bug of one report is not hidden behind another one that cannot be written", async () => {
  const both = reportsTogether([new NotedReport(NOTHING_MORE, "done"), new BrokenReport(NOTHING_MORE)]);
  await assertRejects(() => both.done(NO_ROWS, END), TypeError, "a bug");
});
