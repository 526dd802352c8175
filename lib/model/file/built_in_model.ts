/** The models that come with the program. */

/** The text of a built-in model's file. It is loaded only when it is asked for: no other command needs it. */
export async function builtInModelText(_name: "itop"): Promise<string> {
  const { default: itop } = await import("../itop.json", { with: { type: "json" } });
  return JSON.stringify(itop);
}
