/** Ids of databases of ours, as people write them. */
import type { ObjectId } from "../../store/object_id.ts";

/** Digits without a leading zero; null for anything else (golden decisions, b-key-by-id). */
export function idFromText(text: string): ObjectId | null {
  if (!/^[1-9]\d{0,15}$/.test(text)) return null;
  const id = Number(text);
  return Number.isSafeInteger(id) ? id as ObjectId : null;
}
