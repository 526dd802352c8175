/** What views write loads back as unchanged, for every class of every model (SPEC 14). */
import { assertEquals } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { builtInModelText } from "../../lib/model/file/built_in_model.ts";
import { readModel } from "../../lib/model/file/read_model.ts";
import { isNeverGiven } from "../../lib/model/look_up.ts";
import type { Model, ModelClass } from "../../lib/model/model.ts";
import { fixturePath, readFixture } from "../helpers/fixtures.ts";
import { type Loading, withModel, withWorld } from "../helpers/loading.ts";
import { csvText, loadRandomObjects } from "../helpers/random_objects.ts";
import { Random } from "../torture/random.ts";
import { randomModel } from "../torture/random_model.ts";

/** The parts of a model that a database of its own has beside the built-in classes of users. */
function modelOf(text: string): Model {
  const reading = readModel(text);
  if (!reading.ok) throw new Error(JSON.stringify(reading));
  return reading.model;
}

/** A view as a file, without the columns that are computed: an import refuses these. */
function viewAsCsv(database: string, modelClass: ModelClass): { csv: string; count: number } {
  const opened = new DatabaseSync(database, { readOnly: true });
  try {
    const codes = [
      "id",
      ...[...modelClass.attributes.values()].flatMap((attribute) => {
        const isInView = !["link_set", "object_list", "password"].includes(attribute.kind);
        const isComputed = attribute.kind === "friendly_name" ||
          (isNeverGiven(attribute) && !(attribute.kind === "external_field" && attribute.attribute !== "id"));
        return isInView && !isComputed ? [attribute.code] : [];
      }),
    ];
    const columns = codes.map((code) => `"${code}"`).join(", ");
    const rows = opened.prepare(`SELECT ${columns} FROM "view_${modelClass.code}" ORDER BY id`).all();
    const values = rows.map((row) => Object.values(row) as (string | number | null)[]);
    return { csv: csvText(codes, values), count: rows.length };
  } finally {
    opened.close();
  }
}

async function assertLoadsBack(loading: Loading, model: Model): Promise<void> {
  const stored = withoutIndexes(loading);
  for (const modelClass of model.classes.values()) {
    const { csv, count } = viewAsCsv(loading.database, modelClass);
    assertEquals(count > 0, true, `${modelClass.code} has no object`);
    const { rows, warnings } = await loading.load(modelClass.code, csv, { reconciliationkeys: "id" });
    const others = rows.filter((row) => !row.startsWith("unchanged "));
    assertEquals({ class: modelClass.code, others, warnings }, { class: modelClass.code, others: [], warnings: [] });
  }
  assertEquals(withoutIndexes(loading), stored);
}

/** What is stored but for what serves searches: that is made when a run first searches. */
function withoutIndexes({ everything }: Loading): string[] {
  return everything().filter((row) => !row.startsWith("csvrecon_"));
}

/** A user needs a profile. */
function withProfiles(modelClass: ModelClass): Readonly<Record<string, string>> {
  return modelClass.attributes.has("profile_list") ? { profile_list: "profileid:1" } : {};
}

Deno.test("views load back: every class of the built-in model", () =>
  withWorld(async (loading) => {
    const model = modelOf(await builtInModelText("itop"));
    await loadRandomObjects(loading, model, new Random(7), withProfiles);
    await assertLoadsBack(loading, model);
  }));

for (const { name } of Deno.readDirSync(fixturePath("models"))) {
  if (!name.endsWith(".jsonc")) continue;
  Deno.test(`views load back: every class of ${name}`, () =>
    withModel(name, async (loading) => {
      const model = modelOf(readFixture("models", name));
      await loadRandomObjects(loading, model, new Random(11), withProfiles);
      await assertLoadsBack(loading, model);
    }));
}

for (let seed = 0; seed < 5; seed++) {
  Deno.test(`views load back: a random model, ${seed}`, () => {
    const random = new Random(seed);
    const { file } = randomModel(random);
    return withModel(file, async (loading) => {
      const model = modelOf(JSON.stringify(file));
      await loadRandomObjects(loading, model, random, withProfiles);
      await assertLoadsBack(loading, model);
    });
  });
}

const KINDS = {
  string: { kind: "string", length: 20 },
  text: { kind: "text" },
  html: { kind: "html" },
  email: { kind: "email" },
  phone: { kind: "phone" },
  url: { kind: "url" },
  ip: { kind: "ip" },
  enum: { kind: "enum", values: ["low", "high"] },
  language: { kind: "language" },
  boolean: { kind: "boolean" },
  integer: { kind: "integer" },
  decimal: { kind: "decimal", digits: 8, decimals: 3 },
  date: { kind: "date" },
  datetime: { kind: "datetime" },
};

/** Every kind, each also behind an external key and behind two, which may be none. */
const EVERY_KIND = {
  name: "kinds",
  languages: ["EN US", "FR FR"],
  classes: {
    Far: { reconciliation_keys: ["name"], attributes: { name: { kind: "string", null: false }, ...KINDS } },
    Near: {
      reconciliation_keys: ["name"],
      attributes: {
        name: { kind: "string", null: false },
        far_id: { kind: "external_key", target: "Far" },
        ...fieldsOf("far_id", "far", Object.keys(KINDS)),
      },
    },
    Own: {
      reconciliation_keys: ["name"],
      attributes: {
        name: { kind: "string", null: false },
        secret: { kind: "password" },
        log: { kind: "case_log" },
        near_id: { kind: "external_key", target: "Near" },
        up_id: { kind: "external_key", target: "Own", hierarchical: true },
        ...fieldsOf("near_id", "near", ["far_id", ...Object.keys(KINDS).map((kind) => `far_${kind}`)]),
        ...KINDS,
      },
    },
  },
};

function fieldsOf(key: string, prefix: string, codes: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    codes.map((attribute) => [`${prefix}_${attribute}`, { kind: "external_field", key, attribute }]),
  );
}

for (let seed = 0; seed < 3; seed++) {
  Deno.test(`views load back: every kind of attribute, behind external keys too, ${seed}`, () =>
    withModel(EVERY_KIND, async (loading) => {
      const model = modelOf(JSON.stringify(EVERY_KIND));
      await loadRandomObjects(loading, model, new Random(seed), withProfiles);
      await assertLoadsBack(loading, model);
    }));
}
