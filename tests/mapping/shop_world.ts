/** A shop with products and brands, and imports with a map. */
import { type Loading, type Parameters, withModel } from "../helpers/loading.ts";

export const SHOP = {
  name: "shop",
  classes: {
    Brand: { reconciliation_keys: ["name"], attributes: { name: { kind: "string", null: false } } },
    Product: {
      reconciliation_keys: ["sku"],
      friendly_name: "{sku}",
      attributes: {
        sku: { kind: "string", null: false, labels: "Article" },
        name: { kind: "text", labels: "Name" },
        ean: { kind: "string" },
        price: { kind: "decimal", digits: 10, decimals: 2, labels: "Price" },
        currency: { kind: "enum", values: ["EUR", "USD"] },
        status: { kind: "enum", values: { active: "On sale", inactive: "Not on sale" }, labels: "State" },
        email: { kind: "email" },
        note: { kind: "text" },
        secret: { kind: "password" },
        brand_id: { kind: "external_key", target: "Brand", labels: "Brand" },
      },
    },
  },
};

type MapParameters = { readonly map?: unknown } & { readonly [name: string]: unknown };

/** The map may be an object: it is written to `map.json`. */
export type ShopLoading = Omit<Loading, "load" | "print"> & {
  load(modelClass: string, csv: string | Uint8Array, params?: MapParameters): ReturnType<Loading["load"]>;
  print(modelClass: string, csv: string | Uint8Array, params?: MapParameters): ReturnType<Loading["print"]>;
};

/** With the brand Acme. */
export function withShop(use: (loading: ShopLoading) => Promise<void>): Promise<void> {
  return withModel(SHOP, async (loading) => {
    await loading.load("Brand", "name\nAcme\n");
    await use({
      ...loading,
      load: (modelClass, csv, params = {}) => loading.load(modelClass, csv, withMapFile(loading, params)),
      print: (modelClass, csv, params = {}) => loading.print(modelClass, csv, withMapFile(loading, params)),
    });
  });
}

function withMapFile({ scratch }: Loading, { map, ...others }: MapParameters): Parameters {
  const given = Object.fromEntries(Object.entries(others).map(([name, value]) => [name, String(value)]));
  if (map === undefined) return given;
  scratch.write("map.json", typeof map === "string" ? map : JSON.stringify(map));
  return { ...given, map: "map.json" };
}
