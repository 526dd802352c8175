/**
 * Whether a page of another site sends the request: a browser that knows the login would send it along (cross-site request forgery).
 * Programs send neither of these fields.
 */
import type { HttpRequest } from "../http/exchange.ts";

export function isFromForeignPage({ headers }: HttpRequest): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin" && site !== "none") return true;
  const origin = headers.get("origin");
  return origin !== null && hostOf(origin) !== headers.get("host")?.toLowerCase();
}

/** Host and port, as the field Host has them; null for an opaque origin. */
function hostOf(origin: string): string | null {
  return /^https?:\/\/([^/]+)$/.exec(origin.toLowerCase())?.[1] ?? null;
}
