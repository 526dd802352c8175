import { assertEquals, assertRejects } from "@std/assert";
import { EXIT, RunStop } from "../../lib/errors.ts";
import { printing, printingRefusal } from "../../lib/report/printing.ts";

const LOCKED = new RunStop(EXIT.databaseLocked, [{ text: "Locked", hint: "Wait" }]);

function fails(): Promise<void> {
  return Promise.reject(new Deno.errors.BrokenPipe("Broken pipe (os error 32)"));
}

Deno.test("what cannot be printed ends the run with 74, and the operating system's reason", async () => {
  const message = (reason: string) => ({ text: `No: ${reason}`, hint: "Try another" });
  const stop = await assertRejects(() => printing(fails, message), RunStop);
  assertEquals(stop.exitCode, 74);
  assertEquals(stop.messages, [{ text: "No: Broken pipe (os error 32)", hint: "Try another" }]);
});

Deno.test("a refusal that was printed stays what it is", async () => {
  assertEquals(await printingRefusal(LOCKED, () => Promise.resolve()) === LOCKED, true);
});

Deno.test("a refusal that cannot be printed keeps its exit code, and tells both", async () => {
  const stop = await printingRefusal(LOCKED, fails);
  assertEquals(stop.exitCode, 75);
  assertEquals(stop.messages, [
    { text: "Locked", hint: "Wait" },
    { text: "The report could not be written: Broken pipe (os error 32)" },
  ]);
});
