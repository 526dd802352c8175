/** What becomes of the file when the end of a run fails it. */
import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import type { RawSource } from "../../../lib/csv/raw_records.ts";
import { RunStop } from "../../../lib/errors.ts";
import { type OldFile, oldFile } from "../../../lib/report/old_file.ts";
import { isRejectsFile } from "../../../lib/report/rejects/old_rejects.ts";
import { RejectsFile } from "../../../lib/report/rejects/rejects_file.ts";
import { encoderFor } from "../../../lib/source/encode.ts";
import { type TemporaryFolder, withTemporaryFolder } from "../../helpers/temporary_folder.ts";
import { COLUMNS, END, HEADING, NO_ROWS, row } from "../facts.ts";

/** A file whose every row is `Demo,D`. */
const SOURCE: RawSource = {
  mark: null,
  encoding: "utf-8",
  dialect: { separator: ",", qualifier: '"' },
  head: () => null,
  header: () => recordOf("Name,Code\n"),
  at: () => recordOf("Demo,D\n"),
  footer: () => null,
};

function recordOf(text: string) {
  return { text, escape: new Uint8Array(0), bytes: (units: number) => new TextEncoder().encode(text.slice(0, units)) };
}

function kindOf(path: string): OldFile {
  return oldFile(path, isRejectsFile);
}

const REJECTED = row(0, { kind: "rejected", reason: { kind: "failed_to_reconcile" }, object: null, cells: [] });
const ONE_IN_ERROR = { ...NO_ROWS, rejected: 1 };

async function begun({ path }: TemporaryFolder, simulate = false): Promise<RejectsFile> {
  const file = new RejectsFile({ name: "bad.csv", path: path("bad.csv"), others: [] });
  file.heading({ ...HEADING, simulate });
  await file.prepare();
  file.raw(SOURCE);
  file.columns(COLUMNS);
  file.row(REJECTED);
  return file;
}

Deno.test("a file that cannot be put in its place is told with what became of the rows", () =>
  withTemporaryFolder(async (folder) => {
    for (
      const [counts, simulate, hint] of [
        [{ ...ONE_IN_ERROR, created: 1 }, false, "The import itself was done before"],
        [{ ...ONE_IN_ERROR, created: 1 }, true, "Nothing was written"],
        [ONE_IN_ERROR, false, "Nothing was written"],
      ] as const
    ) {
      const file = await begun(folder, simulate);
      Deno.mkdirSync(folder.path("bad.csv"));
      const stop = await assertRejects(() => Promise.resolve().then(() => file.done(counts, END)), RunStop);
      file.close();
      assertEquals([stop.exitCode, file.written], [74, null]);
      assertStringIncludes(stop.messages[0]?.hint ?? "", hint);
      Deno.removeSync(folder.path("bad.csv"));
      assertEquals([...Deno.readDirSync(folder.folder)], []);
    }
  }));

Deno.test("a run without rows in error leaves what came to the place meanwhile, unless it is such a file", () =>
  withTemporaryFolder(async (folder) => {
    const file = new RejectsFile({ name: "bad.csv", path: folder.path("bad.csv"), others: [] });
    file.heading(HEADING);
    await file.prepare();
    folder.write("bad.csv", "somebody's\n");
    await file.done(NO_ROWS, END);
    assertEquals(Deno.readTextFileSync(folder.path("bad.csv")), "somebody's\n");
  }));

Deno.test("files of rows in error are known in every charset and dialect, and nothing else passes for one", () =>
  withTemporaryFolder(({ path, write }) => {
    const kinds = (name: string, bytes: Uint8Array | string) => {
      write(name, bytes);
      return kindOf(path(name));
    };
    for (const encoding of ["utf-8", "utf-16le", "utf-16be", "shift_jis", "windows-1252", "iso-2022-jp"]) {
      const encode = encoderFor(encoding);
      for (const header of ["a,_line,_status,_why\r\nx", 'a;"_line";"_status";"_why"\n', "é\t_line\t_status\t_why"]) {
        assertEquals(kinds("a", encode(header)), "ours", `${encoding} ${header}`);
      }
      assertEquals(kinds("a", encode("、".repeat(3) + "_line、_status、_why\n")), "ours", encoding);
    }
    for (
      const text of [
        "x",
        "_line\n_status\n_why\n",
        "a,_line,_status,_why,b\nc",
        "a,_line,_status,_whyever, and so on\n",
      ]
    ) {
      assertEquals(kinds("a", text), "foreign", text);
    }
    assertEquals([kinds("a", ""), kindOf(path("none")), kindOf(path("."))], ["ours", "none", "no_file"]);
    return Promise.resolve();
  }));
