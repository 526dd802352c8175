import { assertEquals, assertMatch } from "@std/assert";
import { removeLeftOverFiles, TemporaryFile } from "../../lib/spool/temporary_file.ts";
import { withTemporaryFolder } from "../helpers/temporary_folder.ts";

const DAY = 24 * 3600 * 1000;

Deno.test("the file has no name while it is open, and is ours alone", async () => {
  await withTemporaryFolder(({ folder }) => {
    const file = new TemporaryFile(folder);
    file.write(new Uint8Array(3));
    assertEquals([...Deno.readDirSync(folder)], []);
    if (Deno.build.os === "linux") {
      const links = [...Deno.readDirSync("/proc/self/fd")].map(({ name }) => `/proc/self/fd/${name}`);
      const [open = ""] = links.filter((link) => linkOf(link).startsWith(folder));
      assertMatch(linkOf(open), /\.csvrecon-spool-.*\.tmp \(deleted\)$/);
      assertEquals((Deno.statSync(open).mode ?? 0) & 0o777, 0o600);
    }
    file.close();
    return Promise.resolve();
  });
});

function linkOf(path: string): string {
  try {
    return Deno.readLinkSync(path);
  } catch {
    // Closed in the meantime.
    return "";
  }
}

Deno.test("files with rows that a killed process left are removed after a day, and nothing else ever", async () => {
  await withTemporaryFolder(({ folder, path, write }) => {
    const names = [".csvrecon-spool-a.tmp", ".csvrecon-spool-b.tmp", ".csvrecon-spool-.db", "x.tmp"];
    for (const name of names) write(name, "rows");
    Deno.mkdirSync(path(".csvrecon-spool-c.tmp"));
    const now = new Date();
    assertEquals(removeLeftOverFiles(folder, now), 0);
    const later = new Date(now.getTime() + DAY + 60_000);
    Deno.utimeSync(path(".csvrecon-spool-b.tmp"), later, later);
    assertEquals(removeLeftOverFiles(folder, later), 1);
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), [
      ...[".csvrecon-spool-.db", ".csvrecon-spool-b.tmp", ".csvrecon-spool-c.tmp", "x.tmp"],
    ]);
    assertEquals(removeLeftOverFiles(path("missing"), later), 0);
    return Promise.resolve();
  });
});

Deno.test({
  name: "whoever makes a file removes those of processes that were killed before they could write",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withTemporaryFolder(({ folder, path }) => {
      Deno.writeTextFileSync(path(".csvrecon-spool-killed.tmp"), "");
      Deno.writeTextFileSync(path(".csvrecon-spool-other.tmp"), "x");
      new TemporaryFile(folder).close();
      assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), [".csvrecon-spool-other.tmp"]);
      return Promise.resolve();
    }),
});
