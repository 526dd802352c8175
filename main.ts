/** csvrecon: loads CSV files into SQLite by reconciliation. Everything is decided in `lib/program.ts`. */
import { runProgram } from "./lib/program.ts";
import { realIo } from "./lib/real_io.ts";

Deno.exit(await runProgram(Deno.args, realIo()));
