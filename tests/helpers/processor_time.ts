/** Time of the processor: it does not count what else the machine does. */
import { cpuUsage } from "node:process";

/** How long something keeps this process busy, in seconds. */
export async function processorSeconds(act: () => unknown): Promise<number> {
  const begin = cpuUsage();
  await act();
  const { user, system } = cpuUsage(begin);
  return (user + system) / 1_000_000;
}
