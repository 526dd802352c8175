/**
 * The tests as units, each of which is a process of `deno test`: mostly the tests of one room. Two kinds go their own ways: the rooms that
 * need neither a process nor a socket have no right to them, and what measures memory or a moment runs when nothing else does.
 */
import { join } from "@std/path";

export interface Unit {
  readonly name: string;
  /** Paths. */
  readonly files: readonly string[];
  readonly kind: UnitKind;
  /** It mostly waits, and so can run beside as many others as there are processors; what runs alone, beside others that wait. */
  readonly waits: boolean;
}

/** `inside`: needs no process and no socket. `alone`: nothing that works may run beside it. */
export type UnitKind = "inside" | "outside" | "alone";

/** Rooms and files that start processes, listen at sockets or read `/proc`. */
const OUTSIDE: readonly string[] = [
  "binary/",
  "completions/",
  "databases/job_lock_test.ts",
  "databases/postgres/",
  "decisions_postgres_test.ts",
  "demo_test.ts",
  "deploy/",
  "documents/",
  "golden_postgres_test.ts",
  "http/",
  "jobs/job_process_test.ts",
  "memory_test.ts",
  "page/",
  "parameters/man_page_test.ts",
  "program/",
  "rights/consequences_test.ts",
  "rights/guesses_test.ts",
  "rights/limited_administrators_test.ts",
  "rights/link_sets_test.ts",
  "run/user_now_test.ts",
  "scripts/",
  "server/",
  "simulation_postgres_test.ts",
  "source/open_source_test.ts",
  "spool/temporary_file_test.ts",
  "store/postgres_test.ts",
  "torture/",
  "working_folder_test.ts",
];

/** Whether somebody is answered within a second depends on what else the machine does, and so does when V8 frees the last MiB. */
const ALONE: readonly string[] = [
  "foreign_memory_test.ts",
  "program/long_stored_texts_test.ts",
  "program/serve_slow_clients_test.ts",
  "program/signal_commands_test.ts",
  "program/signal_table_test.ts",
  "server/imports/thread_memory_test.ts",
  "server/many_imports_test.ts",
  "torture/http_memory_test.ts",
];

/** Rooms and files of which the processor has little to do: less than a third of their time, or half of it where they take long. */
const WAITING: readonly string[] = [
  "databases/postgres/",
  "deploy/",
  "http/",
  "program/interruption_test.ts",
  "program/odd_paths_test.ts",
  "program/other_writers_test.ts",
  "program/serve_life_test.ts",
  "program/signal_commands_test.ts",
  "program/signal_table_test.ts",
  "program/streams_test.ts",
  "program/waiting_test.ts",
  "server/imports/broken_import_test.ts",
  "server/lock_out_test.ts",
  "server/reload_test.ts",
  "torture/lock_test.ts",
  "torture/signal_test.ts",
];

/** Rooms whose files take so long that each of them is a unit. */
const LONG: readonly string[] = ["torture/", "server/", "program/", "rights/"];

/**
 * What measures the memory of its own process, and so is a unit by itself: a heap that others of its room have made large takes in, without
 * growing, what a test looks for.
 */
const MEASURING: readonly string[] = ["inspect/inspect_input_test.ts", "report/spool_test.ts"];

/** What takes long is begun first, so that no lane is left with one of them at the end. */
const FIRST: readonly string[] = [
  "memory_test.ts",
  "torture/",
  "server/",
  "program/",
  "run/",
  "reconcile/",
  "simulation_test.ts",
  "binary/",
  "rights/",
  "report/",
  "jobs/",
];

/** All rooms and files of which something is said here. */
export const NAMED: readonly string[] = [...OUTSIDE, ...ALONE, ...WAITING, ...LONG, ...MEASURING, ...FIRST];

/** Which rooms are wanted. */
export interface Wanted {
  /** The only ones; left out: all. */
  readonly rooms?: readonly string[] | undefined;
  /** Not these ones, whatever `rooms` says. */
  readonly without?: readonly string[];
}

/**
 * Units, in the order in which they are to be begun.
 * @param folder that of all tests
 */
export function unitsIn(folder: string, { rooms, without = [] }: Wanted): readonly Unit[] {
  const units = new Map<string, Unit>();
  for (const file of testFiles(folder, "")) {
    const isOf = (room: string) => file.startsWith(`${room}/`);
    if (rooms?.some(isOf) === false || without.some(isOf)) continue;
    const kind = kindOf(file);
    const room = file.slice(0, file.lastIndexOf("/") + 1);
    const isUnit = kind === "alone" || room === "" || isIn(LONG, file) || MEASURING.includes(file);
    const name = isUnit ? file : kind === "inside" ? room : `${room} (${kind})`;
    const before = units.get(name)?.files ?? [];
    units.set(name, { name, kind, waits: isIn(WAITING, file), files: [...before, join(folder, file)] });
  }
  return [...units.values()].sort((one, other) => turnOf(one) - turnOf(other));
}

function kindOf(file: string): UnitKind {
  if (ALONE.includes(file)) return "alone";
  return isIn(OUTSIDE, file) ? "outside" : "inside";
}

function isIn(places: readonly string[], file: string): boolean {
  return places.some((place) => file.startsWith(place));
}

function turnOf({ name }: Unit): number {
  const turn = FIRST.findIndex((first) => name.startsWith(first));
  return turn < 0 ? FIRST.length : turn;
}

/** Relative to `folder`, by name. */
function testFiles(folder: string, room: string): readonly string[] {
  const entries = [...Deno.readDirSync(join(folder, room))].sort((one, other) => one.name < other.name ? -1 : 1);
  return entries.flatMap(({ name, isDirectory }) => {
    if (isDirectory) return testFiles(folder, `${room}${name}/`);
    return name.endsWith("_test.ts") ? [room + name] : [];
  });
}
