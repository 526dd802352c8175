/** The server of csvrecon with its database on a server: posts answer and store what they do with a file, and a restart of PostgreSQL ends none but the one under way. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { serverName, storedAtServer, storedInFile } from "../../helpers/both_databases.ts";
import { ADMIN } from "../../helpers/golden_case.ts";
import { POSTGRES_RELEASES } from "../../helpers/postgres_release.ts";
import { withServer } from "../../helpers/postgres_server.ts";
import { assertExit, withScratch } from "../../helpers/scratch.ts";
import { formPost } from "../../server/post.ts";
import { type Served, serving } from "../../server/served.ts";

const NOW = () => new Date("2026-01-02T03:04:05Z");
const FIELDS = { class: "Organization", auth_user: ADMIN, auth_pwd: ADMIN, no_localize: "1", output: "json" };

const FIRST = formPost({ ...FIELDS, reconciliationkeys: "code" }, "name,code\nA,a\nB,b\n");
const POSTS = [
  FIRST,
  formPost({ ...FIELDS, reconciliationkeys: "code" }, "name,code\nA,a\nÉ,b\n"),
  formPost({ ...FIELDS, reconciliationkeys: "code", simulate: "1" }, "name,code\nC,c\n"),
  formPost({ ...FIELDS, class: "Nothing" }, "name\nA\n"),
  formPost({ ...FIELDS, auth_pwd: "wrong" }, "name\nA\n"),
];

async function answers({ post }: Served): Promise<string[]> {
  const told: string[] = [];
  for (const one of POSTS) {
    const { status, text } = await post(one);
    told.push(`${status} ${text.replaceAll(/"seconds":[\d.]+/g, "")}`);
  }
  return told;
}

const [release] = POSTGRES_RELEASES;
if (release !== undefined) {
  Deno.test(`${release.name}: serve answers and stores what it does with a file, and goes on after a restart of the server`, () =>
    withServer(release, (server) =>
      withScratch(async (scratch) => {
        const address = server.address();
        const databases = [scratch.path("world.db"), serverName(address)];
        for (const database of databases) {
          const init = ["init", `--db=${database}`, `--admin_user=${ADMIN}`, `--admin_pwd=${ADMIN}`];
          assertExit(await scratch.run(init, { now: NOW() }), 0);
        }
        let expected: string[] = [];
        await serving(scratch, { now: NOW }, async (served) => {
          expected = await answers(served);
        });
        await serving(scratch, { now: NOW, database: databases[1] ?? "" }, async (served) => {
          // Imports have a clock of their own.
          const plain = (texts: readonly string[], name = "") =>
            texts.map((text) => text.replaceAll(name, "DATABASE").replace(/"date":"[^"]*"/, ""));
          assertEquals(plain(await answers(served), databases[1]), plain(expected, databases[0]));
          const file = plain(storedInFile(databases[0] ?? ""), databases[0]);
          assertEquals(plain(await storedAtServer(address), databases[1]), file);
          await server.stop("fast");
          const gone = await served.post(FIRST);
          assertEquals(gone.status, 503, gone.text);
          await server.start();
          const again = await served.post(FIRST);
          assertEquals(again.status, 200);
          assertStringIncludes(again.text, '"updated":1');
        });
      })));
}
