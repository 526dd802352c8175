/** An unknown class is told together with every other wrong parameter, though only the database knows the classes. */
import { RunStop, type StopMessage } from "../errors.ts";
import { unknownTable } from "../messages/foreign.ts";
import { unknownClass } from "../messages/run.ts";
import type { Model } from "../model/model.ts";
import { nearestName } from "../nearest_name.ts";
import type { AccessSettings } from "../parameters/settings/access_settings.ts";
import type { Store } from "../store/store.ts";
import { authenticate, type LoginFacts } from "./authenticate.ts";

/** What is wrong with the class; none when it is known. */
export function classProblems(name: string, model: Model): StopMessage[] {
  if (model.classes.has(name)) return [];
  const classes = [...model.classes.keys()];
  const near = nearestName(name, classes);
  const { notClasses } = model;
  return [
    notClasses === undefined ? unknownClass(name, near) : unknownTable(name, notClasses.get(name), near, classes),
  ];
}

/**
 * The same for parameters that will not run. Who may not log in is told nothing, and what is wrong with the database waits until the
 * parameters are right.
 * @param open opens the database that they name
 */
export async function classProblemsOf(
  access: AccessSettings,
  open: () => Promise<Store>,
  facts: LoginFacts,
): Promise<StopMessage[]> {
  try {
    const store = await open();
    try {
      const model = await store.model();
      await authenticate(access, store, model, facts);
      return classProblems(access.class, model);
    } finally {
      await store.close();
    }
  } catch (error) {
    if (error instanceof RunStop) return [];
    throw error;
  }
}
