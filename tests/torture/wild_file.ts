/** Files made by chance that are in each other's way, and the parameters with which they are loaded. */
import type { Model } from "../../lib/model/model.ts";
import { type EntangledFile, entangledFile } from "./entangled_file.ts";
import { ENTANGLED_CLASSES } from "./entangled_model.ts";
import { LIMITED } from "./entangled_world.ts";
import type { Random } from "./random.ts";

/** @param count of objects of a class that are there */
export function wildFile(model: Model, random: Random, count: number): EntangledFile {
  const code = random.pick(random.pick([ENTANGLED_CLASSES, ENTANGLED_CLASSES, NODES, NODES, NODES, ACCOUNTS]));
  const rows = count > 500 ? random.int(500, 700) : random.int(2, 20);
  const pool = { model, random, spread: count + 2, mayBeWrong: random.pick([0, 0, 0.03]) };
  const file = entangledFile(pool, code, { rows, disorder: random.pick([0, 0.1, 0.4]) });
  return { ...file, params: { ...file.params, output: outputFor(code, random), ...ways(random) } };
}

const NODES = ["One", "Node"] as const;
const ACCOUNTS = ["UserLocal", "UserLocal", "URP_UserProfile", "URP_UserOrg", "URP_Profiles"] as const;

/** Rows in error come back as they came, passwords and all: that is no format for accounts here, where passwords are looked for. */
function outputFor(modelClass: string, random: Random): string {
  const outputs = ["json", "json", "details", "details", "diff", "errors", "summary"];
  return random.pick(modelClass === "UserLocal" ? outputs : [...outputs, "rejects"]);
}

function ways(random: Random): Readonly<Record<string, string>> {
  const maybe = (probability: number, params: Record<string, string>) => random.chance(probability) ? params : {};
  return {
    ...maybe(0.2, LIMITED),
    ...maybe(0.4, { twins: "last" }),
    ...maybe(0.1, { on_missing: random.pick(["error", "skip"]) }),
    ...maybe(0.1, { on_found: random.pick(["error", "skip"]) }),
    ...maybe(0.4, { links: random.pick(["add", "remove"]) }),
    ...maybe(0.15, { empty_cells: "keep" }),
    ...maybe(0.2, { simulate: "1" }),
    ...maybe(0.05, { max_errors: "1" }),
    ...maybe(0.05, { max_changes: "30%" }),
    ...maybe(0.15, { source: "hr", gone: random.pick(["report", "delete"]), gone_limit: "100%" }),
  };
}
