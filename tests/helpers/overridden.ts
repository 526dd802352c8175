/** Arguments in which some take the place of others: a parameter may be given once only. */
export function overridden(args: readonly string[], ...others: readonly string[]): string[] {
  const nameOf = (arg: string) => arg.startsWith("--") ? arg.split("=", 1)[0]?.replaceAll("-", "_") ?? "" : "";
  const names = new Set(others.map(nameOf).filter((name) => name !== ""));
  return [...args.filter((arg) => !names.has(nameOf(arg))), ...others];
}
