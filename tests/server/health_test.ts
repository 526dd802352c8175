import { assertEquals } from "@std/assert";
import { withServed } from "./served.ts";

Deno.test({
  name: "healthz tells when the file of the database is gone, or is another one, and no path",
  // An open file cannot be moved there.
  ignore: Deno.build.os === "windows",
  fn: () =>
    withServed({}, async ({ database, get, stderr }) => {
      const health = async () => {
        const { status, text } = await get("/healthz");
        return [status, text];
      };
      const [good, bad] = [[200, "ok\n"], [503, "database not usable\n"]];
      assertEquals(await health(), good);
      Deno.renameSync(database, `${database}.away`);
      assertEquals(await health(), bad);
      Deno.copyFileSync(`${database}.away`, database);
      assertEquals(await health(), bad);
      Deno.renameSync(`${database}.away`, database);
      assertEquals(await health(), good);
      assertEquals(stderr().split("\n").length, 2, stderr());
    }),
});
