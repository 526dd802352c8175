import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { help, version } from "../../lib/commands/help.ts";
import { CollectedText } from "../../lib/collected_text.ts";
import type { ProgramIo, TextSink } from "../../lib/io.ts";
import { UsageStop } from "../../lib/parameters/reading/check_parameters.ts";
import { commandHelp, programHelp } from "../../lib/parameters/manuals/help_text.ts";
import { parseArguments } from "../../lib/parameters/reading/parse_arguments.ts";

function collectingIo(): { readonly io: ProgramIo; readonly stdout: CollectedText } {
  const stdout = new CollectedText();
  const stderr: TextSink = {
    isTerminal: false,
    write: () => Promise.reject(new Error("nothing is expected here")),
    writeBytes: () => Promise.reject(new Error("nothing is expected here")),
  };
  const stdin = new ReadableStream<Uint8Array>();
  return {
    io: { stdin, stdout, stderr, env: () => undefined, now: () => new Date(0), giveUpNetwork: () => {} },
    stdout,
  };
}

async function printed(...args: string[]): Promise<string> {
  const { io, stdout } = collectingIo();
  assertEquals(await help(parseArguments(args), io), 0);
  return stdout.text;
}

Deno.test("help prints the program's help, or a command's", async () => {
  assertEquals(await printed("help"), programHelp());
  assertEquals(await printed("--help"), programHelp());
  assertEquals(await printed("help", "import"), commandHelp("import"));
  assertEquals(await printed("init", "--help"), commandHelp("init"));
});

const REFUSED: readonly (readonly [args: readonly string[], message: string])[] = [
  [["help", "imprt"], "#Unknown command: 'imprt'. Did you mean 'import'?"],
  [["help", "help", "me"], "#Unknown argument: 'me'"],
  [
    ["help", "--class=A"],
    "#Parameter class belongs to import, export, model, history, check, explain, index, not to help",
  ],
  [["imprt"], "#Unknown command: 'imprt'. Did you mean 'import'?"],
];

for (const [args, message] of REFUSED) {
  Deno.test(`help refuses: csvrecon ${args.join(" ")}`, async () => {
    const { io, stdout } = collectingIo();
    const stop = await assertRejects(() => help(parseArguments(args), io), UsageStop);
    assertEquals([stop.exitCode, stop.message, stdout.text], [64, message, ""]);
  });
}

Deno.test("version prints one line", async () => {
  const { io, stdout } = collectingIo();
  assertEquals(await version("3.50.1", io), 0);
  assertStringIncludes(stdout.text, "sqlite 3.50.1)\n");
});
