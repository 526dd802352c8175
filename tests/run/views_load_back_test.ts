/** What views write loads back as unchanged, for every class of every model (SPEC 14); of random models: `torture/views_test.ts`. */
import { builtInModelText } from "../../lib/model/file/built_in_model.ts";
import { fixturePath, readFixture } from "../helpers/fixtures.ts";
import { withModel, withWorld } from "../helpers/loading.ts";
import { loadRandomObjects } from "../helpers/random_objects.ts";
import { assertViewsLoadBack, modelOf, withProfiles } from "../helpers/views.ts";
import { Random } from "../torture/random.ts";

Deno.test("views load back: every class of the built-in model", () =>
  withWorld(async (loading) => {
    const model = modelOf(await builtInModelText("itop"));
    await loadRandomObjects(loading, model, new Random(7), withProfiles);
    await assertViewsLoadBack(loading, model);
  }));

for (const { name } of Deno.readDirSync(fixturePath("models"))) {
  if (!name.endsWith(".jsonc")) continue;
  Deno.test(`views load back: every class of ${name}`, () =>
    withModel(name, async (loading) => {
      const model = modelOf(readFixture("models", name));
      await loadRandomObjects(loading, model, new Random(11), withProfiles);
      await assertViewsLoadBack(loading, model);
    }));
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
      await assertViewsLoadBack(loading, model);
    }));
}
