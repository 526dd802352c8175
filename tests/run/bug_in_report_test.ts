/** A bug of ours behind the commit: what is said of the rows must still be true. */
import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { CollectedText } from "../../lib/collected_text.ts";
import { RunStop } from "../../lib/errors.ts";
import { importSettings } from "../../lib/parameters/settings/import_settings.ts";
import { mergeParameters } from "../../lib/parameters/reading/merge_parameters.ts";
import { parseArguments } from "../../lib/parameters/reading/parse_arguments.ts";
import { authenticate } from "../../lib/run/authenticate.ts";
import { runAloneOrStop } from "../../lib/run/run_alone.ts";
import { openSource } from "../../lib/source/open_source.ts";
import { openOwnStore } from "../../lib/databases/open_store.ts";
import { withWorld } from "../helpers/loading.ts";

for (const simulate of ["0", "1"]) {
  Deno.test(`a bug while the report is made is one (70), and tells whether the rows stay: simulate=${simulate}`, () =>
    withWorld(async ({ scratch, database: path, objects }) => {
      const before = objects("Organization", "code").length;
      const file = scratch.write("one.csv", "name,code\nA,A\n");
      const args = [`--db=${path}`, "--auth_user=admin", "--auth_pwd=admin", "--class=Organization", "--no_localize=1"];
      const typed = parseArguments([...args, `--csvfile=${file}`, `--simulate=${simulate}`]);
      const settings = await importSettings(await mergeParameters(typed, { env: () => undefined }));
      let isOver = false;
      const onStatement = (sql: string) => void (isOver ||= sql === (simulate === "1" ? "ROLLBACK" : "COMMIT"));
      const store = openOwnStore(path, { busyTimeoutSeconds: 0, onStatement });
      const dialect = {
        qualifier: settings.dialect.qualifier,
        get separator() {
          if (isOver) throw new TypeError("mine");
          return settings.dialect.separator;
        },
      };
      const sink = new CollectedText();
      const stop = await assertRejects(
        () =>
          runAloneOrStop({
            settings: { ...settings, dialect },
            parameters: new Map(),
            origin: "test",
            store,
            logIn: (model) => authenticate(settings, store, model, { now: () => new Date() }),
            openSource: () => openSource(file, { stdin: new ReadableStream() }),
            sink,
            progressSink: sink,
            now: () => new Date(),
            passwordCost: { n: 16, r: 1, p: 1 },
          }).finally(() => store.close()),
        RunStop,
      );
      assertEquals(stop.exitCode, 70);
      const words = simulate === "1" ? "mine. Nothing was written" : "mine. The import itself was done before";
      assertStringIncludes(stop.message, words);
      assertEquals(objects("Organization", "code").length, simulate === "1" ? before : before + 1);
    }));
}
