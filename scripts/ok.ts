// deno-lint-ignore-file no-console -- a script for people at a terminal
/**
 * The one gate: runs every `check:` task of deno.json with the Deno that runs this, all of them whatever becomes of the others.
 * `.ci/run` counts the lines `check …: passed` and `check …: failed`, and in place of the tests' line the tests themselves.
 */
import deno from "../deno.json" with { type: "json" };

async function succeeds(task: string): Promise<boolean> {
  const command = new Deno.Command(Deno.execPath(), { args: ["task", task], stdin: "null" });
  return (await command.spawn().status).success;
}

const checks = Object.keys(deno.tasks).filter((task) => task.startsWith("check:"));
const failed: string[] = [];
for (const task of checks) {
  const passed = await succeeds(task);
  console.log(`${task.replace(":", " ")}: ${passed ? "passed" : "failed"}\n`);
  if (!passed) failed.push(task);
}

console.log(failed.length === 0 ? "All is well" : `Failed: ${failed.join(", ")}`);
if (failed.length > 0) Deno.exit(1);
