import { assertEquals } from "@std/assert";
import { killServer } from "./killed_server.ts";

for (const milliseconds of [300, 900]) {
  Deno.test({
    name: `kill -9 of a server ${milliseconds} ms after an import was sent leaves whole imports, and no files`,
    // There a process is ended in one way only.
    ignore: Deno.build.os === "windows",
    fn: async () => assertEquals((await killServer(milliseconds)).flaws, []),
  });
}
