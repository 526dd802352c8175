/** Moments, as people are told them. */

/** `2025-12-31 23:30:00 UTC`. */
export function utc(moment: Date): string {
  return `${utcWithoutName(moment)} UTC`;
}

/** The same below a heading that says UTC. */
export function utcWithoutName(moment: Date): string {
  return Number.isNaN(moment.getTime()) ? "?" : moment.toISOString().slice(0, 19).replace("T", " ");
}
