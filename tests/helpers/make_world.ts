/** Makes the world for all processes of a test run: see scripts/run_tests.ts. */
import { worldBytes } from "./world.ts";

const [path = ""] = Deno.args;
Deno.writeFileSync(path, await worldBytes());
