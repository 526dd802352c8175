/** Printing of the commands that write no report. */
import type { StopMessage } from "../errors.ts";
import type { ProgramIo } from "../io.ts";
import { outputNotWritable } from "../messages/commands.ts";
import { printing } from "../report/printing.ts";

/**
 * @param failure says that it could not be printed, given what the operating system says
 * @throws RunStop 74 when standard output is closed or full
 */
export async function print(
  text: string,
  io: Pick<ProgramIo, "stdout">,
  failure: (reason: string) => StopMessage = outputNotWritable,
): Promise<void> {
  await printing(() => io.stdout.write(text), failure);
}
