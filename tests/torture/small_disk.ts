/** A disk of any size for one process: a tmpfs in a mount name space of its own (Linux, root or user name spaces). */
import { isInstalled, runShell } from "../helpers/shell.ts";
import { runProcess } from "../helpers/program_process.ts";
import type { ProgramRun, Scratch } from "../helpers/scratch.ts";

/**
 * Copies the folder `files` onto a disk with so many KiB left, runs the program there, and copies everything back to `left`. A failure of
 * its own ends with 99. With `report` the standard output is a file on that disk.
 */
const SCRIPT = `
room=$1 where=$2
shift 2
mount -t tmpfs -o size=256m tmpfs "$where/disk" && cp -a "$where/files/." "$where/disk" && cd "$where/disk" || exit 99
used=$(df -k --output=used . | tail -n 1)
mount -o "remount,size=$((used + room))k" "$where/disk" || exit 99
case $where in
  *report) "$@" >report ;;
  *) "$@" ;;
esac
code=$?
cp -a . "$where/left" || exit 99
exit $code
`;

/** Why this machine cannot do it; null: it can. */
export async function smallDisksAreMissing(): Promise<string | null> {
  if (Deno.build.os !== "linux" || !isInstalled("unshare")) return "only Linux has disks for one process";
  const { code } = await runShell("unshare", [...nameSpaces(), "mount", "-t", "tmpfs", "tmpfs", "/mnt"]);
  return code === 0 ? null : "neither root nor a user name space may mount here";
}

function nameSpaces(): readonly string[] {
  return Deno.uid() === 0 ? ["--mount"] : ["--map-root-user", "--mount"];
}

export interface SmallDisk {
  /** KiB that are left beside the files. */
  readonly room: number;
  /** Whether standard output is on the disk too. */
  readonly hasReport: boolean;
}

/**
 * Runs the program where the disk is nearly full.
 * @param scratch has what it begins with in the folder `files`, and gets what is left in the folder `left`
 */
export async function runOnSmallDisk(args: readonly string[], disk: SmallDisk, scratch: Scratch): Promise<ProgramRun> {
  const where = disk.hasReport ? scratch.path("with-report") : scratch.path("without");
  for (const folder of [where, `${where}/disk`, `${where}/left`]) Deno.mkdirSync(folder);
  Deno.renameSync(scratch.path("files"), `${where}/files`);
  const starter = ["unshare", ...nameSpaces(), "sh", "-c", SCRIPT, "sh", String(disk.room), where];
  const run = await runProcess(args, { folder: scratch.folder, starter });
  Deno.renameSync(`${where}/left`, scratch.path("left"));
  if (run.exitCode === 99) throw new Error(`the small disk could not be made: ${run.stderr}`);
  return run;
}

/** A folder below a scratch folder, as a scratch folder of its own. */
export function within(scratch: Scratch, folder: string): Scratch {
  const path = (name: string) => scratch.path(`${folder}/${name}`);
  return {
    folder: scratch.path(folder),
    path,
    write: (name, content) => scratch.write(`${folder}/${name}`, content),
    run: (args, options = {}) => scratch.run(args, { folder: scratch.path(folder), ...options }),
  };
}
