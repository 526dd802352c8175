/** The import thread in a compiled program: its code is embedded, found, and does what the command does. */
import { assertEquals } from "@std/assert";
import { runProcess } from "../helpers/program_process.ts";
import { withTemporaryFolder } from "../helpers/temporary_folder.ts";
import { compileLike } from "./compiled_like.ts";

Deno.test("a compiled program imports in its thread what the binary imports, and prints the same", () =>
  withTemporaryFolder(async (folder) => {
    const program = await compileLike("tests/binary/thread_program.ts", folder);
    const rows = Array.from({ length: 5000 }, (_, index) => `Organisation ${index},O${index}\n`);
    folder.write("organizations.csv", "name,code\n" + rows.join(""));
    const importInto = (database: string) => {
      const login = ["--auth_user=admin", "--auth_pwd=admin", "--no_localize=1"];
      return [`--db=${database}`, ...login, "--class=Organization", "--csvfile=organizations.csv", "--output=details"];
    };
    for (const name of ["thread.db", "command.db"]) {
      const args = ["init", `--db=${name}`, "--admin_user=admin", "--admin_pwd=admin"];
      assertEquals((await runProcess(args, { folder: folder.folder })).exitCode, 0);
    }
    const byCommand = await runProcess(importInto("command.db"), { folder: folder.folder });
    const byThread = await new Deno.Command(program, {
      args: importInto("thread.db"),
      cwd: folder.folder,
      clearEnv: true,
      stdin: "null",
    }).output();
    const decoder = new TextDecoder();
    assertEquals([decoder.decode(byThread.stderr), byThread.code], ["", 0]);
    assertEquals(byCommand.exitCode, 0);
    assertEquals(decoder.decode(byThread.stdout), byCommand.stdout);
  }));
