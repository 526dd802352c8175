/**
 * The tests as units, each of which is a process of `deno test`. A process takes a second of the processor before its first test, for it
 * reads the whole program: so rooms share some, and long ones are dealt out to several. Two kinds go their own ways: the rooms that need
 * neither a process nor a socket have no right to them, and what measures memory or a moment runs when nothing else does.
 */
import { join } from "@std/path";
import { SECONDS, USUAL_SECONDS } from "./test_seconds.ts";

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
  "databases/changed_schema_test.ts",
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
  "properties_postgres_test.ts",
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
  "store/portable_test.ts",
  "store/postgres_test.ts",
  "torture/",
  "working_folder_test.ts",
];

/** Whether somebody is answered within a second depends on what else the machine does, and so does when V8 frees the last MiB. */
const ALONE: readonly string[] = [
  "foreign_memory_test.ts",
  "memory_test.ts",
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

/** Rooms of many folders or long files whose tests that need processes or sockets are dealt out; those of other folders stay together. */
const DEALT: readonly string[] = ["program/", "server/"];

/** Rooms whose files share no process at all: each of them takes as long as many others. */
const SINGLE: readonly string[] = ["torture/"];

/** So long a process is to take, by `SECONDS`: shorter ones lose more to their beginning, longer ones leave a processor idle at the end. */
const SHARE_SECONDS = 60;

/**
 * What measures the memory of its own process, and so is a unit by itself: a heap that others of its room have made large takes in, without
 * growing, what a test looks for.
 */
const MEASURING: readonly string[] = [
  "inspect/inspect_input_test.ts",
  "report/spool_test.ts",
  "server/form/large_data_test.ts",
  "server/form/read_post_test.ts",
];

/** All rooms and files of which something is said here. */
export const NAMED: readonly string[] = [
  ...OUTSIDE,
  ...ALONE,
  ...WAITING,
  ...MEASURING,
  ...DEALT,
  ...SINGLE,
  ...Object.keys(SECONDS),
];

/** Which rooms are wanted. */
export interface Wanted {
  /** The only ones; left out: all. */
  readonly rooms?: readonly string[] | undefined;
  /** Not these ones, whatever `rooms` says. */
  readonly without?: readonly string[];
}

/**
 * Units, in the order in which they are to be begun: what takes long first, so that no lane is left with one of them at the end.
 * @param folder that of all tests
 */
export function unitsIn(folder: string, { rooms, without = [] }: Wanted): readonly Unit[] {
  const pools = new Map<string, Unit>();
  for (const file of testFiles(folder, "")) {
    const isOf = (room: string) => file.startsWith(`${room}/`);
    if (rooms?.some(isOf) === false || without.some(isOf)) continue;
    const pool = poolOf(file);
    pools.set(pool.name, { ...pool, files: [...pools.get(pool.name)?.files ?? [], file] });
  }
  return [...pools.values()].flatMap(dealtOut)
    .sort((one, other) => secondsOf(other.files) - secondsOf(one.files))
    .map((unit) => ({ ...unit, files: unit.files.map((file) => join(folder, file)) }));
}

/** The unit that a file would be in, were it not too long. */
function poolOf(file: string): Unit {
  const kind = kindOf(file);
  const waits = isIn(WAITING, file);
  const isDealt = isIn(DEALT, file);
  const isSingle = isIn([...MEASURING, ...SINGLE], file) || (waits && isDealt) || secondsOf([file]) > SHARE_SECONDS;
  const folder = file.slice(0, file.lastIndexOf("/") + 1);
  if (kind === "alone" || isSingle || (kind === "outside" && folder === "")) {
    return { name: file, kind, waits, files: [] };
  }
  // Some give up rights of their process, so that not all may share one.
  const room = kind === "outside" ? DEALT.find((room) => file.startsWith(room)) ?? folder : "";
  return { name: [room, kind].join(" ").trim(), kind, waits, files: [] };
}

/** Each file goes to the share that has least, those that take longest first. */
function dealtOut({ name, kind, waits, files }: Unit): readonly Unit[] {
  // What waits has a lane of its own: nothing would be gained by more processes.
  const count = waits ? 1 : Math.min(files.length, Math.ceil(secondsOf(files) / SHARE_SECONDS));
  const shares = Array.from({ length: count }, (): string[] => []);
  for (const file of files.toSorted((one, other) => secondsOf([other]) - secondsOf([one]))) {
    shares.reduce((least, share) => secondsOf(share) < secondsOf(least) ? share : least).push(file);
  }
  const nameOf = (index: number) => count === 1 ? name : `${name} ${index + 1} of ${count}`;
  return shares.map((share, index) => ({ name: nameOf(index), kind, waits, files: share.sort() }));
}

/** @param files relative to the folder of all tests */
export function secondsOf(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + (SECONDS[file] ?? USUAL_SECONDS), 0);
}

function kindOf(file: string): UnitKind {
  if (ALONE.includes(file)) return "alone";
  return isIn(OUTSIDE, file) ? "outside" : "inside";
}

function isIn(places: readonly string[], file: string): boolean {
  return places.some((place) => file.startsWith(place));
}

/** Relative to `folder`, by name. */
function testFiles(folder: string, room: string): readonly string[] {
  const entries = [...Deno.readDirSync(join(folder, room))].sort((one, other) => one.name < other.name ? -1 : 1);
  return entries.flatMap(({ name, isDirectory }) => {
    if (isDirectory) return testFiles(folder, `${room}${name}/`);
    return name.endsWith("_test.ts") ? [room + name] : [];
  });
}
