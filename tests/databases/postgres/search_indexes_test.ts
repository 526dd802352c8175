/** Indexes for searches: what one run makes, the next one finds, and the server uses. */
import { assert, assertEquals } from "@std/assert";
import { createDatabase } from "../../../lib/databases/postgres/create_database.ts";
import { openPostgresStore } from "../../../lib/databases/postgres/open_postgres.ts";
import type { Attribute } from "../../../lib/model/model.ts";
import type { PostgresAddress } from "../../../lib/server_address/postgres_address.ts";
import { withConnection, withSchema } from "../../helpers/postgres_databases.ts";
import { POSTGRES_RELEASES } from "../../helpers/postgres_release.ts";
import { modelClass, modelOf } from "../../store/small_model.ts";
import { NOW, World } from "../../store/suite.ts";

const NO_WORDS = { declaredBy: "", labels: new Map<string, string>(), aliases: new Map<string, readonly string[]>() };

function text(code: string, maxLength: number, countsCase: boolean): Attribute {
  const kind = maxLength > 255 ? "text" : "string";
  return { ...NO_WORDS, code, kind, nullAllowed: true, default: "", maxLength, countsCase };
}

/** The long text tells objects apart: an index of whole texts has no room for it. */
const MODEL = modelOf([
  modelClass("Note", {
    unique: { attributes: ["long"], unlessEmpty: ["long"] },
    attributes: [
      text("name", 255, false),
      text("Exact", 255, true),
      text("long", 65535, false),
      { ...NO_WORDS, code: "size", kind: "integer", nullAllowed: true, default: null },
      { ...NO_WORDS, code: "friendlyname", kind: "friendly_name" },
    ],
  }),
]);

type Searched = "name" | "Exact" | "long" | "size" | "friendlyname";

const SEARCHED: readonly (readonly Searched[])[] = [
  ["name"],
  ["Exact"],
  ["long"],
  ["size"],
  ["name", "size"],
  ["friendlyname"],
];

/** Texts of which no two characters are alike are hard to make short. */
const LONG = Array.from({ length: 6000 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join("");

async function indexesIn(address: PostgresAddress): Promise<readonly string[]> {
  return await withConnection(address, async (connection) => {
    const sql = "SELECT indexname FROM pg_indexes WHERE schemaname = $1 ORDER BY indexname";
    return (await connection.rows(sql, [address.schema])).map(([name]) => String(name));
  });
}

for (const release of POSTGRES_RELEASES) {
  Deno.test(`${release.name}: an index is made once for all runs, and long texts are found and told apart`, () =>
    withSchema(release, async (address) => {
      await createDatabase(address, { model: MODEL, modelText: "{}", now: NOW }, () => {});
      const store = await openPostgresStore(address, { busyTimeoutSeconds: 2 });
      try {
        const world = new World({ store }, MODEL);
        const values = { name: "N", Exact: "E", long: LONG, size: 3 };
        const id = await world.run(async (run) => {
          const made = run.add("Note", values);
          run.add("Note", { ...values, name: "M", long: `${LONG}!` });
          run.create("Note", { ...values, long: LONG });
          assertEquals((await run.objects.settled()).map(({ refusal }) => refusal.rule), ["unique"]);
          return made;
        });
        let before: readonly string[] = [];
        for (const round of [1, 2]) {
          await world.run(async (run) => {
            for (const conditions of SEARCHED) {
              const key = conditions.map((code) => code === "friendlyname" ? "n" : values[code]);
              const found = await run.ids({ class: "Note", conditions }, key);
              assert(found.includes(id), conditions.join());
            }
            assertEquals(await run.ids({ class: "Note", conditions: ["long"] }, [LONG]), [id]);
          });
          const indexes = await indexesIn(address);
          if (round === 1) before = indexes;
          else assertEquals(indexes, before);
        }
        assertEquals(before.filter((name) => name.startsWith("search_")).length, 5, before.join());
      } finally {
        await store.close();
      }
    }));
}
