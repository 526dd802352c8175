/** Pipes for commands that wait side by side: whoever leaves one that nobody writes tells all its readers that it has ended. */
import type { Scratch } from "../helpers/scratch.ts";
import { outputOf } from "../helpers/shell.ts";

/** Makes `pipe0`, `pipe1` and so on. */
export async function makePipes({ path }: Scratch, count: number): Promise<void> {
  await outputOf("mkfifo", Array.from({ length: count }, (_, place) => path(`pipe${place}`)));
}

/** Arguments that name the pipe of a place where they say `pipe`. */
export function withOwnPipe(args: readonly string[], place: number): readonly string[] {
  return args.map((argument) => argument.replace(/(?<=^|=)pipe$/, `pipe${place}`));
}
