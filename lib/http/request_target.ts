/** What stands behind the method of a request. */

export interface RequestTarget {
  readonly path: string;
  readonly query: string;
}

/** With the host, as a proxy sends it (RFC 9112, section 3.2.2). */
const ABSOLUTE = /^https?:\/\/[^/?#@]+((?:[/?][^#]*)?)$/i;

/** @returns null: it is none */
export function readTarget(method: string, target: string): RequestTarget | null {
  if (!/^[\x21-\x7e]+$/.test(target)) return null;
  if (target === "*") return method === "OPTIONS" ? { path: "*", query: "" } : null;
  const local = target.startsWith("/") ? target : ABSOLUTE.exec(target)?.[1];
  if (local === undefined || local.includes("#")) return null;
  const mark = local.indexOf("?");
  const path = mark < 0 ? local : local.slice(0, mark);
  return { path: path === "" ? "/" : path, query: mark < 0 ? "" : local.slice(mark + 1) };
}
