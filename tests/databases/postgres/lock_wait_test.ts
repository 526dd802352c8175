/** How long a run waits for what other programs have locked, and what it says then. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { createDatabase } from "../../../lib/databases/postgres/create_database.ts";
import { openPostgresStore } from "../../../lib/databases/postgres/open_postgres.ts";
import { RunStop } from "../../../lib/errors.ts";
import { withConnection, withSchema } from "../../helpers/postgres_databases.ts";
import { POSTGRES_RELEASES } from "../../helpers/postgres_release.ts";
import { SMALL_MODEL } from "../../store/small_model.ts";
import { NOW, World } from "../../store/suite.ts";

for (const release of POSTGRES_RELEASES.slice(0, 1)) {
  Deno.test(`${release.name}: who is waited for, and how long, is as it is told`, () =>
    withSchema(release, (address) =>
      withConnection(address, async (holder) => {
        await createDatabase(address, { model: SMALL_MODEL, modelText: "{}", now: NOW }, () => {});
        const store = await openPostgresStore(address, { busyTimeoutSeconds: 0.5 });
        const world = new World({ store }, SMALL_MODEL);
        const waited = async (work: () => Promise<unknown>) => {
          const begin = performance.now();
          const { exitCode, message } = await assertRejects(work, RunStop);
          assertEquals(exitCode, 75);
          return [Number(/waited ([\d.]+) s/.exec(message)?.[1]), performance.now() - begin] as const;
        };
        try {
          const id = await world.run((run) => Promise.resolve(run.add("Organization", { name: "A" })));
          await holder.execute("BEGIN; LOCK TABLE organization IN SHARE MODE");
          const [ofTables, tables] = await waited(() => world.run(() => Promise.resolve()));
          assertEquals(ofTables, 5);
          assert(tables >= 5000, String(tables));
          await holder.execute("ROLLBACK; BEGIN; SELECT 1 FROM organization FOR UPDATE");
          const [ofRows, rows] = await waited(() =>
            world.run((run) => {
              run.update("Organization", id, { name: ["A", "B"] });
              return Promise.resolve();
            })
          );
          assertEquals(ofRows, 0.5);
          assert(rows >= 500 && rows < 4000, String(rows));
          await holder.execute("ROLLBACK");
        } finally {
          await store.close();
        }
      })));
}
