import { assert, assertEquals, assertThrows } from "@std/assert";
import { join } from "@std/path";
import { RunStop } from "../../lib/errors.ts";
import { Mistakes } from "../../lib/jobs/mistakes.ts";
import { parameterProblem } from "../../lib/messages/parameters.ts";
import { type CheckedOverlay, checkOverlay } from "../../lib/parameters/settings/check_overlay.ts";
import { usageStop } from "../../lib/parameters/reading/check_parameters.ts";
import { mergeParameters } from "../../lib/parameters/reading/merge_parameters.ts";
import { parseArguments } from "../../lib/parameters/reading/parse_arguments.ts";
import { withFiles } from "./scratch_folder.ts";

async function overlayOf(...args: string[]): Promise<CheckedOverlay> {
  return await checkOverlay(await mergeParameters(parseArguments(args), { env: () => undefined }));
}

async function saysOf(...args: string[]): Promise<readonly string[]> {
  const { overlay, problems } = await overlayOf(...args);
  assertEquals(overlay, null);
  return problems.map((problem) => parameterProblem(problem).text);
}

Deno.test("without the parameter there is no overlay", async () => {
  assertEquals(await overlayOf("--class=A"), { overlay: null, problems: [] });
});

Deno.test("an overlay is its text, without a byte order mark", async () => {
  await withFiles({}, async (folder) => {
    const path = join(folder, "o.jsonc");
    await Deno.writeTextFile(path, '\ufeff// größe\n{ "classes": {} }');
    assertEquals(await overlayOf(`--model=${path}`), {
      overlay: { path, text: '// größe\n{ "classes": {} }' },
      problems: [],
    });
    await Deno.writeTextFile(join(folder, "p.params"), `model = ${path}\n`);
    assertEquals((await overlayOf(`--param_file=${join(folder, "p.params")}`)).overlay?.path, path);
  });
});

Deno.test("an overlay that cannot be read is told", async () => {
  await withFiles({}, async (folder) => {
    const path = join(folder, "o.jsonc");
    assertEquals(await saysOf("--model="), ["#Parameter model is empty"]);
    const [missing] = await saysOf(`--model=${path}`);
    assert(missing?.includes(path), missing);
    await Deno.writeFile(path, new Uint8Array([0x7b, 0x0a, 0xff, 0x7d]));
    assertEquals(await saysOf(`--model=${path}`), [`#Overlay '${path}', line 2: the bytes are not UTF-8`]);
    // As `model check` ends: the model is not usable.
    const { problems } = await overlayOf(`--model=${path}`);
    assertEquals(usageStop(problems, "import").exitCode, 78);
    assertEquals(
      usageStop([...problems, { kind: "missing", parameter: "class", instead: null }], "import").exitCode,
      64,
    );
    const mistakes = new Mistakes();
    mistakes.addProblems(problems);
    assertEquals(assertThrows(() => mistakes.stop(), RunStop).exitCode, 78);
    mistakes.addFile({ text: "no such file" });
    assertEquals(assertThrows(() => mistakes.stop(), RunStop).exitCode, 64);
    await Deno.writeFile(path, new Uint8Array(3 * 1024 * 1024));
    assertEquals((await saysOf(`--model=${path}`)).length, 1);
  });
});
