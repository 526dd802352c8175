/** A password is checked while the input is opened and its first rows are read: nothing is written, and nobody hears of it, before it is right. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { CollectedText } from "../../lib/collected_text.ts";
import { openOwnStore } from "../../lib/databases/open_store.ts";
import { mergeParameters } from "../../lib/parameters/reading/merge_parameters.ts";
import { parseArguments } from "../../lib/parameters/reading/parse_arguments.ts";
import { importSettings } from "../../lib/parameters/settings/import_settings.ts";
import { authenticate } from "../../lib/run/authenticate.ts";
import { runAlone } from "../../lib/run/run_alone.ts";
import { type Loading, withWorld } from "../helpers/loading.ts";

const REFUSED = "Access restricted or wrong credentials ('admin')";
const ROWS = "name,code\nNew,NEW\nOther,OTHER\n";

/** What happens, in order: what is opened and read, statements that begin to write, the end of the check. */
interface Story {
  readonly events: readonly string[];
  readonly exitCode: number;
  readonly text: string;
}

/** Waits until something was read, but not for ever: some inputs are not read yet. */
async function readOrLate(isRead: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  await Promise.race([isRead, new Promise<void>((resolve) => timer = setTimeout(resolve, 300))]);
  clearTimeout(timer);
}

async function* rowsOnce(onRead: () => void): AsyncGenerator<Uint8Array> {
  onRead();
  yield await Promise.resolve(new TextEncoder().encode(ROWS));
}

/** Imports organisations by a login that takes as long as it takes to read the first piece. */
async function story(
  { database }: Loading,
  { password, readsAhead, more = [] }: {
    readonly password: string;
    readonly readsAhead: boolean;
    readonly more?: readonly string[];
  },
): Promise<Story> {
  const events: string[] = [];
  const { promise: isRead, resolve: nowRead } = Promise.withResolvers<void>();
  const onStatement = (sql: string) => {
    if (/^(BEGIN IMMEDIATE|INSERT|UPDATE|DELETE)/.test(sql)) events.push(sql.split(" ")[0] ?? "");
  };
  const store = openOwnStore(database, { busyTimeoutSeconds: 0, onStatement });
  const sink = new CollectedText();
  const args = [
    `--db=${database}`,
    "--csvfile=-",
    "--class=Organization",
    "--reconciliationkeys=name",
    "--no_localize=1",
  ];
  try {
    const merged = await mergeParameters(
      parseArguments([...args, "--auth_user=admin", `--auth_pwd=${password}`, ...more]),
      { env: () => undefined },
    );
    const settings = await importSettings(merged);
    const onRead = () => {
      events.push("read");
      nowRead();
    };
    const end = await runAlone({
      settings,
      parameters: new Map(),
      origin: "test",
      store,
      async logIn(model) {
        await readOrLate(isRead);
        try {
          return await authenticate(settings, store, model, { now: () => new Date() });
        } finally {
          events.push("checked");
        }
      },
      openSource() {
        events.push("open");
        const close = () => Promise.resolve(void events.push("close"));
        return Promise.resolve({ name: "rows", size: ROWS.length, pieces: rowsOnce(onRead), close });
      },
      readsAhead,
      sink,
      progressSink: new CollectedText(),
      now: () => new Date(),
      passwordCost: undefined,
    });
    return { events, exitCode: end.kind === "done" ? 0 : end.stop.exitCode, text: sink.text };
  } finally {
    await store.close();
  }
}

Deno.test("the input is open and read when the password is found right, and only then anything is written", () =>
  withWorld(async (loading) => {
    const { events, exitCode, text } = await story(loading, { password: "admin", readsAhead: true });
    assertEquals([exitCode, events.slice(0, 4)], [0, ["open", "read", "checked", "BEGIN"]]);
    assertStringIncludes(text, "#Created: 2\n");
  }));

Deno.test("who has many imports has their inputs opened meanwhile, and read at their turn", () =>
  withWorld(async (loading) => {
    const { events, exitCode } = await story(loading, { password: "admin", readsAhead: false });
    assertEquals([exitCode, events.slice(0, 4)], [0, ["open", "checked", "BEGIN", "read"]]);
  }));

for (const more of [["--second_pass=parent_id"], ["--output=rejects"]]) {
  Deno.test(`an input that is read twice, or kept as it came, waits for its turn: ${more}`, () =>
    withWorld(async (loading) => {
      const { events } = await story(loading, { password: "admin", readsAhead: true, more });
      assertEquals(events.slice(0, 4), ["open", "checked", "BEGIN", "read"]);
    }));
}

Deno.test("with a wrong password the input is closed again, nothing of it is told, and only the failure is written", () =>
  withWorld(async (loading) => {
    const before = loading.everything();
    const { events, exitCode, text } = await story(loading, { password: "wrong", readsAhead: true });
    assertEquals([exitCode, text], [77, `${REFUSED}\n`]);
    assertEquals(events.filter((event) => event !== "DELETE" && event !== "INSERT"), [
      "open",
      "read",
      "BEGIN",
      "checked",
      "close",
    ]);
    const failures = loading.everything().filter((row) => !before.includes(row));
    assertEquals(failures.map((row) => row.split(":")[0]), ["login_failure"]);
  }));

/** What is wrong with the input besides: of none of it hears who cannot log in. */
const WRONG_INPUTS: readonly (readonly [string, string | Uint8Array | null, readonly string[]])[] = [
  ["a file that is not there", null, []],
  ["a column that is unknown", "nope\nA\n", []],
  ["bytes that are no UTF-8", Uint8Array.of(110, 97, 109, 101, 10, 255, 10), []],
  ["a cell that is never closed", 'name\n"A\n', []],
  ["no header", "", []],
  ["an unknown class", "name\nA\n", ["--class=Nope"]],
  ["another separator than is said", "sep=;\nname;code\nA;A\n", ["--class=Organization", "--separator=,"]],
];

for (const [what, csv, more] of WRONG_INPUTS) {
  Deno.test(`a wrong password is all that is told, and leaves no files, where the input has ${what}`, () =>
    withWorld(async ({ scratch, database, query }) => {
      if (csv !== null) await scratch.write("in.csv", csv);
      const files = ["rejects.csv", "backup.db"].map((name) => scratch.path(name));
      const args = [
        ...more.length > 0 ? more : ["--class=Organization"],
        `--db=${database}`,
        "--auth_user=admin",
        `--csvfile=${scratch.path("in.csv")}`,
        "--reconciliationkeys=name",
        "--no_localize=1",
      ];
      // Who wants rows in error as they came has nothing read ahead.
      for (const beside of [[], [`--rejects=${files[0]}`, `--backup=${files[1]}`]]) {
        const refused = await scratch.run([...args, ...beside, "--auth_pwd=wrong"]);
        assertEquals([refused.exitCode, refused.stdout], [77, `${REFUSED}\n`]);
        assertEquals(files.map(isThere), [false, false]);
      }
      assertEquals(query("SELECT login, failures FROM login_failure"), ["admin 2"]);
      const heard = await scratch.run([...args, "--auth_pwd=admin"]);
      assert(heard.exitCode >= 64 && heard.exitCode <= 66, heard.stdout);
    }));
}

Deno.test("who cannot log in hears so at once, though nothing ever comes on standard input", () =>
  withWorld(async ({ scratch, database }) => {
    let isGivenUp = false;
    const stdin = new ReadableStream<Uint8Array>({ cancel: () => void (isGivenUp = true) });
    const args = [`--db=${database}`, "--class=Organization", "--csvfile=-", "--auth_user=admin", "--auth_pwd=wrong"];
    const { exitCode, stdout } = await scratch.run(args, { stdin });
    assertEquals([exitCode, stdout, isGivenUp], [77, `${REFUSED}\n`, true]);
  }));

function isThere(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
