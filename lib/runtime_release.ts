/** What a release of the runtime can do, and an older one cannot. */

/** Major and minor number of a release of Deno. */
export type Release = readonly [major: number, minor: number];

/** Whether a runtime is of this release or a later one. @param runtime as Deno tells it */
export function isSince([firstMajor, firstMinor]: Release, runtime = Deno.version.deno): boolean {
  const [major = 0, minor = 0] = runtime.split(".").map(Number);
  return major > firstMajor || (major === firstMajor && minor >= firstMinor);
}
