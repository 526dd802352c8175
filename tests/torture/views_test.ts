/** What the views of random models write loads back as unchanged (SPEC 14). */
import { withModel } from "../helpers/loading.ts";
import { loadRandomObjects } from "../helpers/random_objects.ts";
import { assertViewsLoadBack, modelOf, withProfiles } from "../helpers/views.ts";
import { randomModel } from "./random_model.ts";
import { torture } from "./torture.ts";

torture({
  name: "views",
  title: "random models: what the view of every class writes loads back as unchanged",
  unit: "models",
  short: 5,
  long: 500,
  async run(trial) {
    for (let number = 0; number < trial.amount; number++) {
      const random = trial.random.part(number);
      const { file } = randomModel(random);
      try {
        await withModel(file, async (loading) => {
          const model = modelOf(JSON.stringify(file));
          await loadRandomObjects(loading, model, random, withProfiles);
          await assertViewsLoadBack(loading, model);
        });
      } catch (error) {
        trial.lost(`trial ${number}: ${error instanceof Error ? error.message : error}\n${JSON.stringify(file)}`);
      }
      trial.tried();
    }
  },
});
