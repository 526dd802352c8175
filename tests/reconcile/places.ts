/** Places whose names are told apart only behind several arrows: a Frankfurt in each of two countries, a Main office in each of them. */
import { preparedModel } from "../helpers/loading.ts";

const labelled = (label: string, more = {}) => ({ kind: "string", labels: { "EN US": label }, ...more });
const NAME = labelled("Name", { null: false });
const to = (target: string, label: string, more = {}) => ({
  kind: "external_key",
  target,
  labels: { "EN US": label },
  ...more,
});

const MODEL = {
  name: "places",
  languages: ["EN US"],
  classes: {
    Country: { reconciliation_keys: ["name"], attributes: { name: NAME, code: labelled("Code") } },
    Town: {
      reconciliation_keys: ["name", "country"],
      attributes: { name: NAME, country: to("Country", "Country") },
    },
    Site: {
      reconciliation_keys: ["name", "town"],
      attributes: { name: NAME, town: to("Town", "Town"), up: to("Site", "Parent", { hierarchical: true }) },
    },
    Device: {
      reconciliation_keys: ["tag"],
      attributes: { tag: labelled("Tag", { null: false }), site: to("Site", "Place") },
    },
  },
};

/** Sites are, by id, the Main office in Germany, that in Poland, and a Home in Berlin. */
export const withPlaces = preparedModel(MODEL, async (loading) => {
  await loading.load("Country", "name,code\nGermany,DE\nPoland,PL\n");
  await loading.load("Town", "name,country->code\nFrankfurt,DE\nFrankfurt,PL\nBerlin,DE\n");
  await loading.load("Site", "name,town\nMain,1\nMain,2\nHome,3\n");
});
