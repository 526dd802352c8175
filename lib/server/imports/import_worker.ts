/**
 * Where the import thread begins: a Web Worker, so that the main thread answers the network while SQLite waits for another writer, makes
 * an index or commits. What is not understood is not caught: the thread ends, SQLite takes its transaction back, and the main thread
 * starts another.
 *
 * A worker has the rights of the thread that starts it, and the very same ones: to give it fewer takes unstable flags, and what it gives
 * up itself is lost to the main thread too.
 */
import { KeptStore } from "../../databases/kept_store.ts";
import { MainLink } from "./main_link.ts";
import type { FromImportThread, ToImportThread } from "./thread_messages.ts";
import { workImport } from "./work_import.ts";

/** What a worker's global scope has; the compiler knows the main thread's only. */
interface WorkerScope {
  postMessage(message: FromImportThread, transfer: readonly ArrayBuffer[]): void;
  addEventListener(type: "message", listener: (event: MessageEvent<ToImportThread>) => void): void;
  addEventListener(type: "error" | "unhandledrejection", listener: () => void): void;
}

const scope = globalThis as unknown as WorkerScope;
let link: MainLink | null = null;
const stores = new KeptStore();

scope.addEventListener("message", async ({ data }) => {
  if (data.kind === "abort") link?.abort();
  else if (data.kind === "close") {
    stores.close();
    scope.postMessage({ kind: "closed" }, []);
  } else if (data.kind !== "run") link?.answer(data);
  else {
    link = new MainLink((question, buffer) => scope.postMessage(question, [buffer]));
    const result = await workImport(data.task, link, stores);
    link = null;
    scope.postMessage({ kind: "finished", result }, []);
  }
});

// Told just before the thread ends.
for (const type of ["error", "unhandledrejection"] as const) scope.addEventListener(type, () => stores.abandon());
