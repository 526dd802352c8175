/** csvrecon: loads CSV files into SQLite databases and PostgreSQL servers by reconciliation. Everything is decided in `lib/program.ts`. */
import { runProgram } from "./lib/program.ts";
import { realIo } from "./lib/real_io.ts";
import { listenToSignals } from "./lib/signals.ts";

const signals = listenToSignals();
Deno.exit(await Promise.race([runProgram(Deno.args, realIo(signals)), signals.overdue]));
