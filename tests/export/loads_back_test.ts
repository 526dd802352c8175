/** What an export writes loads back as unchanged, for every class of every model (SPEC 15). */
import { assertEquals } from "@std/assert";
import { builtInModelText } from "../../lib/model/file/built_in_model.ts";
import { readModel } from "../../lib/model/file/read_model.ts";
import type { Model, ModelClass } from "../../lib/model/model.ts";
import { assertLoadsBack } from "../helpers/exporting.ts";
import { fixturePath, readFixture } from "../helpers/fixtures.ts";
import { type Loading, withModel, withWorld } from "../helpers/loading.ts";
import { loadRandomObjects } from "../helpers/random_objects.ts";
import { Random } from "../torture/random.ts";

function modelOf(text: string): Model {
  const reading = readModel(text);
  if (!reading.ok) throw new Error(JSON.stringify(reading));
  return reading.model;
}

/** A user needs a profile. */
function withProfiles(modelClass: ModelClass): Readonly<Record<string, string>> {
  return modelClass.attributes.has("profile_list") ? { profile_list: "profileid:1" } : {};
}

const WAYS = [
  {},
  { no_localize: "0" },
  { separator: ";", qualifier: "'", date_format: "d/m/Y H:i:s" },
  { separator: "tab", charset: "UTF-16LE", date_format: "d.m.Y h:i:s A", no_localize: "0" },
];

async function everyClassLoadsBack(loading: Loading, model: Model): Promise<void> {
  const stored = withoutIndexes(loading);
  for (const [number, modelClass] of [...model.classes.values()].entries()) {
    // Each class in every other way: all of them take half a minute.
    for (const way of WAYS.filter((_, index) => index % 2 === number % 2)) {
      await assertLoadsBack(loading, modelClass.code, way);
    }
  }
  assertEquals(withoutIndexes(loading), stored);
}

/** What is stored but for what serves searches: that is made when a run first searches. */
function withoutIndexes({ everything }: Loading): string[] {
  return everything().filter((row) => !row.startsWith("csvrecon_"));
}

Deno.test("exports load back: every class of the built-in model", () =>
  withWorld(async (loading) => {
    const model = modelOf(await builtInModelText("itop"));
    await loadRandomObjects(loading, model, new Random(7), withProfiles);
    await everyClassLoadsBack(loading, model);
  }));

for (const { name } of Deno.readDirSync(fixturePath("models"))) {
  if (!name.endsWith(".jsonc")) continue;
  Deno.test(`exports load back: every class of ${name}`, () =>
    withModel(name, async (loading) => {
      const model = modelOf(readFixture("models", name));
      await loadRandomObjects(loading, model, new Random(11), withProfiles);
      await everyClassLoadsBack(loading, model);
    }));
}
