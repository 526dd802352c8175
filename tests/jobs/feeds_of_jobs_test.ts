/** Files of feeds in jobs: one of each feed, and what the summary tells. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { ADMIN } from "../helpers/golden_case.ts";
import { lines } from "../helpers/our_report.ts";
import { assertExit, type ProgramRun } from "../helpers/scratch.ts";
import type { Loading } from "../helpers/loading.ts";
import { names, withFeeds } from "../run/feed_world.ts";

/** @param files the class, source and rows of each import */
function runJob(
  { scratch, database }: Loading,
  more: string,
  ...files: readonly (readonly [code: string, source: string, csv: string])[]
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
  return scratch.run(["run", "night.job"]);
}

Deno.test("several files of a feed in a job are refused, and other classes and sources are not", () =>
  withFeeds(async (loading) => {
    for (const more of ["", "atomic = 1", "simulate = 1"]) {
      const twice = await runJob(loading, more, ["Person", "hr", names("a")], ["Person", "HR", names("b")]);
      assertExit(twice, 64);
      assertStringIncludes(
        twice.stderr,
        "Job night loads several files of the feed 'hr' into Person: 'part0.params', 'part1.params'",
      );
    }
    const other = await runJob(
      loading,
      "",
      ["Person", "hr", names("a")],
      ["Team", "hr", names("t")],
      ["Person", "crm", names("b")],
    );
    assertExit(other, 0);
    assertEquals(loading.query("SELECT source, class FROM csvrecon_feed"), ["hr Person", "hr Team", "crm Person"]);
  }));

for (const atomic of ["0", "1"]) {
  Deno.test(`the summary of a job with atomic=${atomic} tells what is gone, and what was not loaded again`, () =>
    withFeeds(async (loading) => {
      const more = `atomic = ${atomic}\nonce = 1\ngone = update\ngone_set = "name=left"\ngone_limit = 100%`;
      await runJob(loading, more, ["Team", "hr", names("a", "b")], ["Person", "hr", names("p")]);
      const run = await runJob(loading, more, ["Team", "hr", names("a")], ["Person", "hr", names("p")]);
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
    const run = await runJob(loading, "atomic = 1", ["Team", "hr", names("a")], ["Person", "hr", 'name\n"open\n']);
    assertExit(run, 65);
    assertEquals(loading.everything(), before);
  }));
