/** A simulation is the real run, rolled back: held against every step of every golden case. */
import { assertEquals } from "@std/assert";
import { overridden } from "./helpers/overridden.ts";
import { caseNames, readCase, stepArguments } from "./helpers/golden_case.ts";
import { POSTGRES_ONE_OF } from "./helpers/postgres_release.ts";
import { describeRun, withScratch } from "./helpers/scratch.ts";
import { withoutNewIds } from "./helpers/simulated_report.ts";
import { serverInUse, testPrefix } from "./helpers/server_in_use.ts";
import { everythingStored } from "./helpers/stored.ts";
import { copyWorld } from "./helpers/world.ts";

/** At a server one of so many is tried. */
const ONE_OF = serverInUse() === null ? 1 : Math.max(8, 3 * POSTGRES_ONE_OF);

for (const name of caseNames("cases").filter((_name, index) => index % ONE_OF === 0)) {
  const golden = readCase("cases", name);
  Deno.test(`${testPrefix()}simulated golden ${name}: the report of the real run, and nothing written`, () =>
    withScratch(async (scratch) => {
      const database = await copyWorld(scratch);
      for (const step of golden.steps) {
        const args = stepArguments(step, database);
        const before = everythingStored(database);
        const simulation = await scratch.run(overridden(args, "--simulate=1"), { folder: golden.folder });
        // Failed logins are counted, whoever makes them and whatever for.
        if (simulation.exitCode !== 77) assertEquals(everythingStored(database), before, describeRun(simulation));
        const real = await scratch.run(args, { folder: golden.folder });
        assertEquals(simulation.exitCode, real.exitCode, describeRun(simulation));
        assertEquals(
          withoutNewIds(simulation.stdout, real.stdout),
          withoutNewIds(real.stdout, real.stdout),
          describeRun(simulation),
        );
      }
    }));
}
