/** What people had trouble with elsewhere: each input has its right result, whatever way it comes in (over HTTP: `server/faults_test.ts`). */
import { ALL_FAULTS } from "./all_faults.ts";
import { playInJob, playLoaded } from "./played_case.ts";

for (const one of ALL_FAULTS) {
  const name = `fault ${one.fault}: ${one.title}`;
  Deno.test(`${name}; simulated, and loaded twice`, () => playLoaded(one));
  Deno.test(`${name}; in a job`, () => playInJob(one));
}
