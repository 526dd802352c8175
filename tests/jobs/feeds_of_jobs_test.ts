/** Files of feeds in jobs: one of each feed, and what the summary tells. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { ADMIN } from "../helpers/golden_case.ts";
import { lines } from "../helpers/our_report.ts";
import { assertExit, type ProgramRun, type RunOptions } from "../helpers/scratch.ts";
import type { Loading } from "../helpers/loading.ts";
import { names, withFeeds } from "../run/feed_world.ts";

/** @param files the class, source and rows of each import */
function runJob(
  { scratch, database }: Loading,
  more: string,
  files: readonly (readonly [code: string, source: string, csv: string])[],
  around: Pick<RunOptions, "now"> = {},
): Promise<ProgramRun> {
  const paths = files.map(([code, source, csv], index) => {
    const path = scratch.write(`part${index}.csv`, csv);
    scratch.write(`part${index}.params`, `class = ${code}\nsource = ${source}\ncsvfile = ${path}\n`);
    return `part${index}.params`;
  });
  const job = [
    ...paths.map((path) => `import = ${path}`),
    ...[`db = ${database}`, `auth_user = ${ADMIN}`, `auth_pwd = ${ADMIN}`, "no_localize = 1"],
    more,
  ];
  scratch.write("night.job", job.join("\n"));
  return scratch.run(["run", "night.job"], around);
}

Deno.test("several files of a feed in a job are refused, with what helps; those of other classes and sources are other feeds", () =>
  withFeeds(async (loading) => {
    for (const more of ["", "atomic = 1", "simulate = 1"]) {
      const twice = await runJob(loading, more, [["Person", "hr", names("a")], ["Person", "HR", names("b")]]);
      assertExit(twice, 64);
      assertStringIncludes(
        twice.stderr,
        "Job night loads several files of the feed 'hr' into Person: 'part0.params', 'part1.params'\n" +
          "  What one of them lacks would be gone. Put their rows into one file, or give each file a source of its own, " +
          "with gone_after=1: then what moves from one to another stays\n",
      );
    }
    const other = await runJob(
      loading,
      "",
      [["Person", "hr", names("a")], ["Team", "hr", names("t")], ["Person", "crm", names("b")]],
    );
    assertExit(other, 0);
    assertEquals(loading.query("SELECT source, class FROM csvrecon_feed"), ["hr Person", "hr Team", "crm Person"]);
  }));

for (const atomic of ["0", "1"]) {
  Deno.test(`the summary of a job with atomic=${atomic} tells what is gone, and what was not loaded again`, () =>
    withFeeds(async (loading) => {
      const more = `atomic = ${atomic}\nonce = 1\ngone = update\ngone_set = "name=left"\ngone_limit = 100%`;
      await runJob(loading, more, [["Team", "hr", names("a", "b")], ["Person", "hr", names("p")]]);
      const run = await runJob(loading, more, [["Team", "hr", names("a")], ["Person", "hr", names("p")]]);
      assertExit(run, 0);
      const told = lines(run.stdout).filter((line) => line.startsWith("part"));
      assertStringIncludes(told[0] ?? "", "1 gone");
      assertStringIncludes(told[1] ?? "", "Not loaded: the file is the last one of the feed");
      assertEquals(loading.objects("Team", "name"), ["a", "left"]);
    }));
}

Deno.test("an import that fails takes the memory of the feeds of an atomic job back", () =>
  withFeeds(async (loading) => {
    const before = loading.everything();
    const run = await runJob(loading, "atomic = 1", [["Team", "hr", names("a")], ["Person", "hr", 'name\n"open\n']]);
    assertExit(run, 65);
    assertEquals(loading.everything(), before);
  }));

Deno.test("one file of a feed may be loaded twice: what left is inactive at once, and deleted later", () =>
  withFeeds(async (loading) => {
    const { scratch, database } = loading;
    const night = (date: number, csv: string) => {
      scratch.write("staff.csv", csv);
      scratch.write("leavers.params", 'gone = update\ngone_set = "status=off"\ncsvfile = staff.csv\n');
      scratch.write("purge.params", "gone = delete\ngone_after = 30\ncsvfile = ./staff.csv\n");
      const own = `db = ${database}\nauth_user = ${ADMIN}\nauth_pwd = ${ADMIN}\nno_localize = 1\n`;
      const feed = "class = Person\nsource = hr\ngone_limit = 100%\n";
      scratch.write("night.job", `${own}${feed}import = leavers.params\nimport = purge.params\n`);
      return scratch.run(["run", "night.job"], { now: new Date(Date.UTC(2026, 1, date)) });
    };
    assertExit(await night(1, names("a", "b")), 0);
    assertExit(await night(2, names("a")), 0);
    assertEquals(loading.objects("Person", "name,status"), ["a,on", "b,off"]);
    assertExit(await night(31, names("a")), 0);
    assertEquals(loading.objects("Person", "name,status"), ["a,on", "b,off"]);
    assertExit(await night(32, names("a")), 0);
    assertEquals(loading.objects("Person", "name,status"), ["a,on"]);
  }));

Deno.test("who moves from one file to another stays, where each has a source of its own and gone_after=1", () =>
  withFeeds(async (loading) => {
    const night = async (date: number, berlin: string, madrid: string) => {
      const more = "gone = delete\ngone_after = 1\ngone_limit = 100%";
      const now = new Date(Date.UTC(2026, 1, date));
      const files = [["Person", "berlin", berlin], ["Person", "madrid", madrid]] as const;
      assertExit(await runJob(loading, more, files, { now }), 0);
      return loading.objects("Person", "id,name");
    };
    assertEquals(await night(1, names("a", "b"), names("c")), ["1,a", "2,b", "3,c"]);
    assertEquals(await night(2, names("a"), names("b", "c")), ["1,a", "2,b", "3,c"]);
    assertEquals(await night(9, names("a"), names("b", "c")), ["1,a", "2,b", "3,c"]);
    assertEquals(await night(10, names("a"), names("c")), ["1,a", "2,b", "3,c"]);
    assertEquals(await night(11, names("a"), names("c")), ["1,a", "3,c"]);
  }));
