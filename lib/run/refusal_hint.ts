/** What is said with a refusal of the input as a whole. */
import { EXIT, RunStop } from "../errors.ts";
import type { OpenImport } from "./load_rows.ts";

/** The refusal with a hint at what the input is; whatever else was thrown as it is. */
export async function withHint(
  error: unknown,
  { order, model, modelClass, user, meter }: OpenImport,
): Promise<unknown> {
  if (!(error instanceof RunStop) || (error.exitCode !== EXIT.usage && error.exitCode !== EXIT.badInput)) return error;
  const { withInputHint } = await import("../inspect/refused_input.ts");
  const { charset, codesNotLabels } = order.settings;
  return withInputHint(error, {
    start: meter.start,
    model,
    modelClass,
    naming: { codes: codesNotLabels, language: user.language },
    encoding: charset.encoding,
    form: order.settings,
  });
}
