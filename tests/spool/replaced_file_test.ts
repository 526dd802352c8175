/** Files that are made anew: what was there stays until the new one is whole. */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { realPlace, ReplacedFile } from "../../lib/spool/replaced_file.ts";
import { withTemporaryFolder } from "../helpers/temporary_folder.ts";

function names(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

Deno.test("a file is replaced at once, when it is whole", () =>
  withTemporaryFolder(({ folder, path, write }) => {
    write("a.csv", "old");
    const file = new ReplacedFile(path("a.csv"));
    file.write(new TextEncoder().encode("new "));
    file.write(new Uint8Array(200_000).fill(0x78));
    file.write(new TextEncoder().encode(" end"));
    assertEquals(Deno.readTextFileSync(path("a.csv")), "old");
    file.publish();
    const text = Deno.readTextFileSync(path("a.csv"));
    assertEquals([text.length, text.slice(0, 5), text.slice(-5)], [200_008, "new x", "x end"]);
    assertEquals(names(folder), ["a.csv"]);
    if (Deno.build.os !== "windows") assertEquals((Deno.statSync(path("a.csv")).mode ?? 0) & 0o777, 0o600);
    return Promise.resolve();
  }));

Deno.test("what is discarded leaves what was there, and nothing besides", () =>
  withTemporaryFolder(({ folder, path, write }) => {
    write("a.csv", "old");
    const file = new ReplacedFile(path("a.csv"));
    file.write(new TextEncoder().encode("new"));
    file.discard();
    file.discard();
    assertEquals([names(folder), Deno.readTextFileSync(path("a.csv"))], [["a.csv"], "old"]);
    return Promise.resolve();
  }));

Deno.test("what cannot be put in its place is told, and goes", () =>
  withTemporaryFolder(({ folder, path }) => {
    const file = new ReplacedFile(path("a"));
    Deno.mkdirSync(path("a"));
    assertThrows(() => file.publish(), Error);
    file.discard();
    assertEquals(names(folder), ["a"]);
    assertThrows(() => new ReplacedFile(path("gone/a")), Deno.errors.NotFound);
    return Promise.resolve();
  }));

Deno.test("files of killed processes go when they are a day old", () =>
  withTemporaryFolder(({ folder, path, write }) => {
    write(".csvrecon-new-old.tmp", "x");
    write(".csvrecon-new-young.tmp", "x");
    const before = new Date(Date.now() - 25 * 3600 * 1000);
    Deno.utimeSync(path(".csvrecon-new-old.tmp"), before, before);
    new ReplacedFile(path("a")).discard();
    assertEquals(names(folder), [".csvrecon-new-young.tmp"]);
    return Promise.resolve();
  }));

Deno.test({
  name: "what a link leads to may be gone, or may be yet to come: the link stays",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withTemporaryFolder(({ folder, path }) => {
      Deno.mkdirSync(path("far"));
      Deno.symlinkSync("far/second", path("first"));
      Deno.symlinkSync("third", path("far/second"));
      const file = new ReplacedFile(path("first"));
      file.write(new TextEncoder().encode("new"));
      file.publish();
      assertEquals([names(folder), names(path("far"))], [["far", "first"], ["second", "third"]]);
      assert(Deno.lstatSync(path("first")).isSymlink && Deno.lstatSync(path("far/second")).isSymlink);
      assertEquals(Deno.readTextFileSync(path("far/third")), "new");
      Deno.symlinkSync("loop", path("loop"));
      assertThrows(() => realPlace(path("loop")), Deno.errors.FilesystemLoop);
      return Promise.resolve();
    }),
});

/** Only the superuser can give a folder to somebody else, whose links are then not the folder's owner's. */
const isSuperuser = Deno.build.os !== "windows" && Deno.uid() === 0;

Deno.test({
  name: "a link of somebody else in a folder that is everybody's is not followed",
  ignore: !isSuperuser,
  fn: () =>
    withTemporaryFolder(({ path, write }) => {
      const replace = (name: string, text: string) => {
        const file = new ReplacedFile(path(name));
        file.write(new TextEncoder().encode(text));
        file.publish();
      };
      Deno.mkdirSync(path("shared"));
      write("precious", "old");
      Deno.symlinkSync(path("precious"), path("shared/link"));
      Deno.chownSync(path("shared"), 12345, 12345);
      // In a folder of one's own whoever laid it had the right to.
      replace("shared/link", "followed");
      assertEquals(Deno.readTextFileSync(path("precious")), "followed");
      Deno.chmodSync(path("shared"), 0o1777);
      replace("shared/link", "here");
      assert(Deno.lstatSync(path("shared/link")).isFile);
      assertEquals([path("precious"), path("shared/link")].map(Deno.readTextFileSync), ["followed", "here"]);
      Deno.chownSync(path("shared"), 0, 0);
      Deno.symlinkSync(path("precious"), path("shared/own"));
      replace("shared/own", "by its owner");
      assertEquals(Deno.readTextFileSync(path("precious")), "by its owner");
      return Promise.resolve();
    }),
});
