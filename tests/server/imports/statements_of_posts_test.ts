/** What a small import costs beside others: the database is open, its model is read, and its statements are prepared. */
import { assert, assertEquals } from "@std/assert";
import { type KeptOptions, KeptStore } from "../../../lib/databases/kept_store.ts";
import { openOwnStore } from "../../../lib/databases/open_store.ts";
import { MainLink } from "../../../lib/server/imports/main_link.ts";
import { workImport } from "../../../lib/server/imports/work_import.ts";
import { withWorld } from "../../helpers/loading.ts";
import { CHEAP, queuedImportFor } from "./queued_imports.ts";

const ROWS = 10;
/** Statements of a post that changes nothing, of which most look up the user and what there is. */
const MOST_UNCHANGED = 30;
/** Those of a post that writes. */
const MOST_CREATED = 42;

/** Keeps the texts of all statements. */
class TracedStore extends KeptStore {
  said: string[] = [];

  override open(path: string, options: KeptOptions) {
    return super.open(path, { ...options, onStatement: (sql) => this.said.push(sql) });
  }

  /** Those since the last time. */
  taken(): string[] {
    const said = this.said;
    this.said = [];
    return said;
  }
}

function persons(post: number): string {
  const row = (index: number) => `Last${index},First,user${post}-${index}@example.com,My Company/Department`;
  return ["name,first_name,email,org_id->name", ...Array.from({ length: ROWS }, (_, index) => row(index))].join("\n");
}

Deno.test(`posts of ${ROWS} rows open the database once, read its model once, and prepare nothing that the one before has prepared`, () =>
  withWorld(async ({ database }) => {
    // The main thread's: what a thread closes is never the last connection.
    const server = openOwnStore(database, { busyTimeoutSeconds: 0 });
    await server.model();
    const stores = new TracedStore();
    const login = ["--auth_user=admin", "--auth_pwd=admin", "--no_localize=1", "--csvfile=-", `--db=${database}`];
    const post = async (number: number) => {
      const csv = Uint8Array.from(new TextEncoder().encode(persons(number)));
      const wanted = await queuedImportFor([...login, "--class=Person", "--reconciliationkeys=email"], csv);
      const { input: _input, report: _report, ...task } = wanted;
      const link: MainLink = new MainLink((question, buffer) =>
        link.answer(question.kind === "report" ? { kind: "taken", buffer } : { kind: "end" })
      );
      const { exitCode, counts } = await workImport({ ...task, passwordCost: CHEAP, whole: csv }, link, stores);
      assertEquals([exitCode, counts?.rejected], [0, 0]);
      return stores.taken();
    };
    try {
      for (let number = 0; number < 3; number++) await post(number);
      const [before, created, unchanged] = [await post(3), await post(4), await post(4)];
      assert(created.length <= MOST_CREATED, `${created.length} statements:\n${created.join("\n")}`);
      assert(unchanged.length <= MOST_UNCHANGED, `${unchanged.length} statements:\n${unchanged.join("\n")}`);
      for (const said of [created, unchanged]) {
        assertEquals(said.filter((sql) => !before.includes(sql)), []);
        assertEquals(said.filter((sql) => sql.includes("csvrecon_model") || sql.includes("journal_mode")), []);
      }
    } finally {
      stores.close();
      await server.close();
    }
  }));
