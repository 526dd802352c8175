/** A file that is whole gets its name at once, and never that of another. What has no second name is here a folder: systems give it none. */
import { assertEquals, assertThrows } from "@std/assert";
import { giveNewName } from "../../lib/spool/new_name.ts";
import { withTemporaryFolder } from "../helpers/temporary_folder.ts";

function namesIn(folder: string): readonly string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

Deno.test("a whole file gets a free name", () =>
  withTemporaryFolder((scratch) => {
    giveNewName(scratch.write("whole", "text"), scratch.path("named"));
    assertEquals(Deno.readTextFileSync(scratch.path("named")), "text");
    return Promise.resolve();
  }));

Deno.test("a name that something has stays with it, whether or not there are second names", () =>
  withTemporaryFolder((scratch) => {
    const named = scratch.write("named", "other");
    Deno.mkdirSync(scratch.path("folder"));
    for (const unfinished of [scratch.write("whole", "text"), scratch.path("folder")]) {
      assertThrows(() => giveNewName(unfinished, named), Deno.errors.AlreadyExists);
      assertEquals(Deno.readTextFileSync(named), "other");
    }
    return Promise.resolve();
  }));

Deno.test("when the name cannot be given, nothing is left under it", () =>
  withTemporaryFolder((scratch) => {
    Deno.mkdirSync(scratch.path("folder"));
    const before = namesIn(scratch.folder);
    for (const unfinished of ["folder", "none"]) {
      assertThrows(() => giveNewName(scratch.path(unfinished), scratch.path("named")), Error);
      assertEquals(namesIn(scratch.folder), before);
    }
    return Promise.resolve();
  }));
