import { assertEquals } from "@std/assert";
import { CollectedText } from "../../lib/collected_text.ts";
import { JobOutput } from "../../lib/jobs/job_output.ts";
import { ACCESS, organizations, withJobs } from "./job_world.ts";

Deno.test("parts have their heading before their first text, and the separator only between them", async () => {
  const sink = new CollectedText();
  const output = new JobOutput(sink);
  const unused = output.part("\n", "#unused\n");
  const first = output.part("\n", "#first\n");
  const second = output.part("\n", "#second\n");
  await first.write("a");
  await first.writeBytes(new TextEncoder().encode("b\n"));
  await second.write("c");
  await output.part("\n", "").write("end\n");
  assertEquals([sink.text, unused.isTerminal], ["#first\nab\n\n#second\nc\n\nend\n", false]);
});

Deno.test("a report without a line end does not run into the next one", () =>
  withJobs({
    ...organizations("a", "A"),
    "nightly.job": `${ACCESS}import = a.params\nimport = a.params\n`,
  }, async ({ run, scratch }) => {
    const path = scratch.path("a.params");
    Deno.writeTextFileSync(path, Deno.readTextFileSync(path) + "output = retcode\n");
    const { stdout } = await run("nightly.job");
    const heading = (number: number) => `#Job nightly, import ${number} of 2: a.params\n0\n\n`;
    assertEquals(stdout.slice(0, stdout.indexOf("#Job: ")), heading(1) + heading(2));
  }));
