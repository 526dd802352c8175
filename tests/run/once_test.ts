/** `once=1` (SPEC 17): a file that is the feed's last one is not loaded again. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { ADMIN } from "../helpers/golden_case.ts";
import { lines } from "../helpers/our_report.ts";
import { assertExit } from "../helpers/scratch.ts";
import { commentOf, DEACTIVATED, feedFile, names, withFeeds } from "./feed_world.ts";

const ONCE = { once: "1" };
const FIRST = new Date("2026-11-29T20:00:00Z");

Deno.test("the same file with the same parameters is not loaded again, and the report says since when", () =>
  withFeeds(async (loading) => {
    assertExit(await feedFile(loading, "Person", names("a"), ONCE, { now: FIRST }), 0);
    await loading.load("Person", "name,size\na,5\nb,1\n");
    const before = loading.everything();
    const again = await feedFile(loading, "Person", names("a"), ONCE);
    assertExit(again, 0);
    assertEquals([commentOf(again, "Once"), commentOf(again, "Data Lines")], ["1", "0"]);
    assertEquals(
      commentOf(again, "Not loaded"),
      "the file is the last one of the feed, loaded 2026-11-29 20:00:00 UTC with the same parameters (once=1)",
    );
    const json = await feedFile(loading, "Person", names("a"), { ...ONCE, output: "json", comment: "again" });
    const end = JSON.parse(lines(json.stdout)[0] ?? "");
    assertEquals([end.type, end.not_loaded_since, end.exit_code], ["run", FIRST.toISOString(), 0]);
    assertEquals(loading.everything(), before);
  }));

Deno.test("another file, other parameters, another user, and a file between are loaded", () =>
  withFeeds(async (loading) => {
    const isLoaded = async (file: string, params = {}) => {
      const run = await feedFile(loading, "Person", file, { ...ONCE, ...params });
      return commentOf(run, "Not loaded") === undefined;
    };
    assertEquals(await isLoaded(names("a")), true);
    assertEquals(await isLoaded(names("a")), false);
    assertEquals(await isLoaded(names("a") + "\n"), true);
    assertEquals(await isLoaded(names("a")), true);
    for (const params of [{ twins: "last" }, { reconciliationkeys: "name" }, DEACTIVATED, { charset: "latin1" }]) {
      assertEquals(await isLoaded(names("a"), params), true, JSON.stringify(params));
      assertEquals(await isLoaded(names("a"), params), false, JSON.stringify(params));
    }
    assertEquals(await isLoaded(names("a"), { source: "crm" }), true);
    await feedFile(loading, "Team", names("a"), ONCE);
    await loading.load("UserLocal", "login,password,profile_list\nbob,secret,profileid->name:Administrator\n");
    assertEquals(await isLoaded(names("a"), { source: "crm", auth_user: "bob", auth_pwd: "secret" }), true);
  }));

Deno.test("limits are no such parameters, nor is once: the first file of which it is asked may be the last one already", () =>
  withFeeds(async (loading) => {
    assertExit(await feedFile(loading, "Person", names("a", "b"), { gone: "report", gone_limit: "50%" }), 0);
    const limits = { gone_limit: "3", max_errors: "1", max_changes: "2" };
    for (const params of [{}, limits]) {
      const run = await feedFile(loading, "Person", names("a", "b"), { ...ONCE, gone: "report", ...params });
      assertEquals(commentOf(run, "Data Lines"), "0", JSON.stringify(params));
    }
  }));

Deno.test("a feed keeps no password, and a new one, another name of the file or a backup are no other parameters", () =>
  withFeeds(async (loading) => {
    const { scratch } = loading;
    const head = "login,password,profile_list\n";
    const secrets = ["a most secret word", "another secret word"];
    for (const [index, secret] of secrets.entries()) {
      await loading.load("UserLocal", `${head}bob,${secret},profileid->name:Administrator\n`);
      const as = { auth_user: "bob", auth_pwd: secret, csvfile: scratch.write(`night ${index}.csv`, names("a")) };
      const backup = { backup: scratch.path(`backup ${index}.db`) };
      const run = await feedFile(loading, "Person", names("a"), { ...ONCE, ...as, ...(index === 0 ? {} : backup) });
      assertEquals(commentOf(run, "Not loaded") === undefined, index === 0);
    }
    const kept = loading.query("SELECT loaded_settings FROM csvrecon_feed");
    assertEquals(kept.map((text) => text.startsWith("[")), [true]);
    assertEquals(secrets.filter((secret) => [...kept, ...loading.everything()].join("\n").includes(secret)), []);
  }));

Deno.test("a run with rows in error, one that was refused or simulated, and one that was undone were no success", () =>
  withFeeds(async (loading) => {
    const isLoaded = async (file: string, params = {}) => {
      const run = await feedFile(loading, "Person", file, { ...ONCE, ...params });
      return commentOf(run, "Not loaded") === undefined;
    };
    assertEquals(await isLoaded(names("a"), { simulate: "1" }), true);
    assertEquals(await isLoaded(names("a")), true);
    assertEquals(await isLoaded('name\n"a\n'), true);
    assertEquals(await isLoaded(names("a")), false);
    const bad = "name,size\nb,x\n";
    assertEquals(await isLoaded(bad), true);
    assertEquals(await isLoaded(bad), true);
    assertEquals(await isLoaded(names("a")), true);
    assertEquals(await isLoaded(names("c")), true);
    const undo = ["undo", `--db=${loading.database}`, `--auth_user=${ADMIN}`, `--auth_pwd=${ADMIN}`, "--change="];
    const last = loading.query("SELECT max(id) FROM change")[0] ?? "";
    assertExit(await loading.scratch.run([...undo.slice(0, -1), `--change=${last}`]), 0);
    assertEquals(await isLoaded(names("c")), true);
  }));

Deno.test("standard input and long files are known by what they hold", () =>
  withFeeds(async (loading) => {
    const long = names(...Array.from({ length: 30_000 }, (_, index) => `person ${index}`));
    const load = () =>
      loading.scratch.run([
        ...[`--db=${loading.database}`, `--auth_user=${ADMIN}`, `--auth_pwd=${ADMIN}`, "--class=Person", "--csvfile=-"],
        ...["--source=hr", "--once=1", "--no_localize=1"],
      ], { stdin: long });
    const [first, second] = [await load(), await load()];
    assertEquals([commentOf(first, "Created"), commentOf(second, "Created")], ["30000", "0"]);
    assertStringIncludes(second.stdout, "#Not loaded: ");
  }));
