/** Whether a run has to look for namesakes, and for keys that look alike. Few have: what looks is loaded for them only. */
import { isColumn } from "../model/look_up.ts";
import type { Namesakes } from "../reconcile/namesakes.ts";
import type { RunContext } from "../reconcile/run_context.ts";

/** Null: there is nothing to look for. */
export async function namesakesIn(context: RunContext): Promise<Namesakes | null> {
  const namesakes = await ofOwnKeys(context);
  const likes = await likesIn(context);
  if (namesakes === null || likes === null) return namesakes ?? likes;
  return (await import("../reconcile/namesakes.ts")).namesakesTogether([namesakes, likes]);
}

/** Only who leaves the keys to us may be surprised by namesakes. */
async function ofOwnKeys(context: RunContext): Promise<Namesakes | null> {
  if (context.plan.keysAreNamed || context.plan.keys.length < 2) return null;
  return (await import("../reconcile/namesakes.ts")).createNamesakes(context);
}

/** Only databases of others take texts for two that look alike. */
async function likesIn(context: RunContext): Promise<Namesakes | null> {
  const telling = context.plan.keys.some((key) =>
    key.kind === "attribute" && isColumn(key.attribute) && key.attribute.warnsOfLikes === true
  );
  if (!telling) return null;
  const { LikeKeys } = await import("../reconcile/like_keys.ts");
  return new LikeKeys(context);
}
