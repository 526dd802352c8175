import { assertEquals, assertRejects } from "@std/assert";
import { askHidden } from "../lib/hidden_input.ts";
import { Interruption } from "../lib/interruption.ts";

/** A terminal at which these keys are pressed. */
function terminal(keys: string): { raw: boolean[]; shown: string[]; asked: Parameters<typeof askHidden>[1] } {
  const bytes = [...new TextEncoder().encode(keys)];
  const raw: boolean[] = [];
  const shown: string[] = [];
  return {
    raw,
    shown,
    asked: {
      setRaw: (isRaw) => void raw.push(isRaw),
      read(into) {
        const byte = bytes.shift();
        if (byte === undefined) return Promise.resolve(null);
        into[0] = byte;
        return Promise.resolve(1);
      },
      write: (text) => Promise.resolve(void shown.push(text)),
    },
  };
}

const CASES: readonly (readonly [keys: string, typed: string | null])[] = [
  ["secret\r", "secret"],
  ["secret\nmore", "secret"],
  ["sécrét\x7f\x7f\x7fet\r", "sécet"],
  ["wrong\x15right\r", "right"],
  ["a\x08\x08\x08b\r", "b"],
  ["\r", ""],
  ["\x04", null],
  ["a\x04b\r", "ab"],
  ["", null],
  ["no end", null],
];

for (const [keys, typed] of CASES) {
  Deno.test(`typed unseen: ${JSON.stringify(keys)}`, async () => {
    const { raw, shown, asked } = terminal(keys);
    assertEquals(await askHidden("New: ", asked, undefined), typed);
    assertEquals([raw, shown], [[true, false], ["New: ", "\n"]]);
  });
}

Deno.test("Ctrl-C ends it as the signal would, and signals do; the terminal is as it was", async () => {
  const { raw, asked } = terminal("abc\x03");
  const stop = await assertRejects(() => askHidden("New: ", asked, undefined), Interruption);
  assertEquals([stop.exitCode, raw], [130, [true, false]]);
  const controller = new AbortController();
  const waiting = terminal("");
  const never = { ...waiting.asked, read: () => new Promise<null>(() => {}) };
  const asking = askHidden("New: ", never, controller.signal);
  controller.abort(new Interruption("SIGTERM", 143, [{ text: "#Interrupted" }]));
  await assertRejects(() => asking, Interruption);
  assertEquals(waiting.raw, [true, false]);
});
