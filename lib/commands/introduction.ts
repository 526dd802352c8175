/** `csvrecon` alone: says what it is. */
import { EXIT, RunStop } from "../errors.ts";
import type { ProgramIo } from "../io.ts";
import { INTRODUCTION, nothingAsked } from "../messages/introduction.ts";
import { print } from "./print.ts";

/** @throws RunStop 64 when it is printed, as nothing was done; 74 when it cannot be */
export async function introduce(io: ProgramIo): Promise<never> {
  await print(INTRODUCTION, io);
  throw new RunStop(EXIT.usage, [nothingAsked()]);
}
