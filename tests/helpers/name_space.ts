/** Name spaces of Linux that are there as long as somebody wants them: a network or mounts that no other process has. */
import { isInstalled, outputOf, runShell } from "./shell.ts";

export interface NameSpace {
  /** The program that holds it. */
  readonly process: number;
  /** What runs a command inside, before its words. */
  readonly enter: readonly string[];
  close(): Promise<void>;
}

/** What is its own. */
export type NameSpaceKind = "net" | "mount";

/** Why this machine cannot do it; null: it can. Without root a server would be root inside, which it refuses to be. */
export async function nameSpacesAreMissing(kind: NameSpaceKind): Promise<string | null> {
  const programs = ["unshare", "nsenter", ...kind === "net" ? ["ip"] : ["mount"]];
  const missing = Deno.build.os === "linux" ? programs.find((program) => !isInstalled(program)) : "Linux";
  if (missing !== undefined) return `${missing} is not there`;
  if (Deno.uid() !== 0) return "only root may make name spaces for servers";
  const tried = kind === "net"
    ? "ip link add one type veth peer name other && ip link set lo up"
    : "mount -t tmpfs tmpfs /mnt";
  const { code } = await runShell("unshare", [`--${kind}`, "sh", "-c", tried]);
  return code === 0 ? null : `root may not make name spaces here (${kind})`;
}

/** Ends with this process at the latest, but for who is inside. */
export async function openNameSpace(kind: NameSpaceKind): Promise<NameSpace> {
  // It reads until the other end of its input is gone.
  const holder = new Deno.Command("unshare", {
    args: [`--${kind}`, "sh", "-c", "echo there && exec cat"],
    stdin: "piped",
    stdout: "piped",
    cwd: "/",
  }).spawn();
  const said = holder.stdout.getReader();
  await said.read();
  return {
    process: holder.pid,
    enter: ["nsenter", `--target=${holder.pid}`, `--${kind}`],
    async close() {
      await holder.stdin.close();
      await said.cancel();
      await holder.status;
    },
  };
}

/** Runs a script of the shell inside to its end. @returns what it prints */
export function runInside({ enter }: NameSpace, script: string): Promise<string> {
  const [program = "", ...args] = enter;
  return outputOf(program, [...args, "sh", "-ec", script]);
}
