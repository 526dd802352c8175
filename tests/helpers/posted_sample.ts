/** Of what takes long over HTTP, CI tries all on one Deno and a part on the other. */

/** One of so many is tried. */
export const POSTED_ONE_OF = Number(Deno.env.get("CSVRECON_POSTED_ONE_OF") ?? 1);
