/**
 * The import thread with a bug: an import whose comment says `crash KIND COUNT` ends the thread when so many answers of that kind have
 * come.
 */
import "../../../lib/server/imports/import_worker.ts";
import type { ToImportThread } from "../../../lib/server/imports/thread_messages.ts";

let kind = "";
let left = 0;

addEventListener("message", (event) => {
  const { data } = event as MessageEvent<ToImportThread>;
  if (data.kind === "run") {
    const words = /^crash (\w+) (\d+)$/.exec(data.task.settings.comment);
    kind = words?.[1] ?? "";
    left = Number(words?.[2] ?? 0);
  }
  if (data.kind === kind && --left === 0) throw new Error("injected");
});
