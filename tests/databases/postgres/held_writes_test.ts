/** Writes that begin by themselves, because too many wait: whatever becomes of the run, none of them is done behind its back. */
import { assertEquals, assertRejects } from "@std/assert";
import { createDatabase } from "../../../lib/databases/postgres/create_database.ts";
import { openPostgresStore } from "../../../lib/databases/postgres/open_postgres.ts";
import type { Store } from "../../../lib/store/store.ts";
import { withSchema } from "../../helpers/postgres_databases.ts";
import { POSTGRES_RELEASES, type PostgresRelease } from "../../helpers/postgres_release.ts";
import { SMALL_MODEL } from "../../store/small_model.ts";
import { NOW, type Run, World } from "../../store/suite.ts";

/** More than are held back. */
const MANY = 5000;

function addMany(run: Run, prefix: string): void {
  for (let index = 0; index < MANY; index++) run.add("Organization", { name: `${prefix} ${index}` });
}

async function count(store: Store): Promise<number> {
  const plan = { class: "Organization", conditions: [], read: [], includeHidden: true };
  return (await store.objects(SMALL_MODEL).search(plan).all([])).length;
}

function withWorld(
  release: PostgresRelease,
  use: (world: World<{ store: Store }>, store: Store) => Promise<void>,
): Promise<void> {
  return withSchema(release, async (address) => {
    await createDatabase(address, { model: SMALL_MODEL, modelText: "{}", now: NOW }, () => {});
    const store = await openPostgresStore(address, { busyTimeoutSeconds: 2 });
    try {
      await use(new World({ store }, SMALL_MODEL), store);
    } finally {
      await store.close();
    }
  });
}

for (const release of POSTGRES_RELEASES.slice(0, 1)) {
  Deno.test(`${release.name}: writes that begin by themselves are there when somebody searches`, () =>
    withWorld(release, async (world, store) => {
      await world.run(async (run) => {
        addMany(run, "A");
        addMany(run, "B");
        assertEquals((await run.ids({ class: "Organization" })).length, 2 * MANY);
      });
      assertEquals(await count(store), 2 * MANY);
    }));

  Deno.test(`${release.name}: a run that fails in the middle of them leaves nothing`, () =>
    withWorld(release, async (world, store) => {
      const failing = world.run((run) => {
        addMany(run, "A");
        return Promise.reject(new RangeError("mine"));
      });
      await assertRejects(() => failing, RangeError);
      const inPart = world.run((run) =>
        run.transaction.part(() => {
          addMany(run, "B");
          return Promise.reject(new RangeError("mine"));
        })
      );
      await assertRejects(() => inPart, RangeError);
      assertEquals(await count(store), 0);
    }));

  Deno.test(`${release.name}: of many that stand together nothing is left when one is refused`, () =>
    withWorld(release, async (world, store) => {
      await world.run(async (run) => {
        const refusal = await run.objects.together(() => {
          addMany(run, "A");
          run.add("Organization", { name: "" });
          return Promise.resolve();
        });
        assertEquals(refusal?.rule, "check");
        run.add("Organization", { name: "B" });
        assertEquals((await run.ids({ class: "Organization" })).length, 1);
      });
      assertEquals(await count(store), 1);
    }));
}
