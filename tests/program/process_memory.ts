/** What Linux tells of the memory of a process (proc_pid_status(5)). */

/** What is resident, in MiB. */
export function residentOf(pid: number): number {
  return valueOf(pid, "VmRSS");
}

/** The most that was resident at once, in MiB. */
export function peakOf(pid: number): number {
  return valueOf(pid, "VmHWM");
}

function valueOf(pid: number, name: string): number {
  const status = Deno.readTextFileSync(`/proc/${pid}/status`);
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status)?.[1]) / 1024;
}
