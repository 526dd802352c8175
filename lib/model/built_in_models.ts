/** The models that come with the program. */

/** Names that `init --model` takes. */
export const BUILT_IN_MODELS: readonly string[] = ["itop"];

/**
 * The text of a built-in model, as `readModel` and `resolveModel` take it; null: there is none of this name.
 * It is loaded only when it is asked for: most commands find their model in the database.
 */
export async function builtInModelText(name: string): Promise<string | null> {
  if (name !== "itop") return null;
  const { default: file } = await import("./itop.json", { with: { type: "json" } });
  return JSON.stringify(file, null, 2);
}
