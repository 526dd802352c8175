/** Lines for a crontab that documents show, run as cron would run them: what cannot be an example, as it needs a shell. */
import { assertEquals } from "@std/assert";
import { readDocument } from "../helpers/documents.ts";
import { withScratch } from "../helpers/scratch.ts";
import { outputOf } from "../helpers/shell.ts";

/** The commands of the crontab lines of a document that have a word in them; `%` is that of cron. */
function cronCommands(path: string, word: string): string[] {
  const lines = [...readDocument(path).text.matchAll(/^ {4}(?:[\d*]+ +){5}(.*)$/gm)].map(([, command = ""]) => command);
  return lines.filter((command) => command.includes(word)).map((command) => command.replaceAll("\\%", "%"));
}

Deno.test("docs/safe_runs.md: the seven newest copies are kept, and what a killed process has left is removed", () =>
  withScratch(async ({ folder, write }) => {
    const nights = Array.from({ length: 12 }, (_, night) => `2026-01-${String(night + 1).padStart(2, "0")}.db`);
    for (const name of [...nights, "notes.txt", ".x.db.new.unfinished"]) write(name, "");
    const killed = write(".x.db.old.unfinished", "");
    Deno.utimeSync(killed, 0, 0);
    const commands = [...cronCommands("docs/safe_runs.md", "xargs"), ...cronCommands("docs/safe_runs.md", "find")];
    assertEquals(commands.length, 2);
    for (const command of [...commands, ...commands]) {
      assertEquals(await outputOf("sh", ["-c", command.replaceAll("/srv/cmdb/backups", folder)]), "");
    }
    const left = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
    assertEquals(left, [".x.db.new.unfinished", ...nights.slice(-7), "notes.txt"]);
  }));
