/** How often a run calls SQLite. */
import { CollectedText } from "../../lib/collected_text.ts";
import { runProgram } from "../../lib/program.ts";
import { realIo } from "../../lib/real_io.ts";

/**
 * Runs csvrecon from its source, within this process.
 * @param folder what paths in the arguments are relative to
 * @returns the number of SQL statements
 * @throws Error when it ends with another exit code than 0
 */
export async function countStatements(args: readonly string[], folder: string): Promise<number> {
  const [stdout, stderr] = [new CollectedText(), new CollectedText()];
  let statements = 0;
  const exitCode = await runProgram(args, {
    ...realIo(),
    workingFolder: folder,
    stdout,
    stderr,
    env: () => undefined,
    onStatement: () => void statements++,
    // The rights are those of the whole process.
    giveUpNetwork: undefined,
  });
  if (exitCode !== 0) {
    throw new Error(`csvrecon ${args.join(" ")} ended with ${exitCode}:\n${stdout.text}${stderr.text}`);
  }
  return statements;
}
