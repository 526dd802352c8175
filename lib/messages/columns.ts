/** Sentences about the header and the reconciliation keys. */

/** @param possible the known columns, or none to leave the list out */
export function unknownColumn(name: string, near: string | null, possible: readonly string[]): string {
  const suggestion = near === null ? "" : ` Did you mean '${near}'?`;
  const list = possible.length === 0 ? "" : ` Possible columns: ${possible.join(", ")}`;
  return `#Unknown column: '${name}'.${suggestion}${list}`;
}

export function repeatedColumn(first: string, second: string, code: string): string {
  return `#Two columns for one attribute: '${first}' and '${second}' are both ${code}. Remove one of them`;
}

export function computedColumn(code: string): string {
  return `#Column '${code}' is computed and cannot be written. Remove it, or use it as a reconciliation key`;
}

export function listColumn(code: string, owner: string, listed: string, key: string): string {
  return `#Column '${code}' is a list of ${listed} objects, no value of ${owner}. ` +
    `Load them by their own class: class=${listed} with a column ${key}`;
}

export function ambiguousColumn(name: string, candidates: readonly string[]): string {
  return `Input column '${name}' is ambiguous. Could be related to ${candidates.join(" or ")}. ` +
    `The first one will be used: ${candidates[0] ?? ""}`;
}

export function unknownKey(name: string, near: string | null): string {
  return `#Unknown reconciliation key: '${name}'${near === null ? "" : `. Did you mean '${near}'?`}`;
}

export function keyIsNoColumn(name: string): string {
  return `#Reconciliation key not found in the input columns: '${name}'`;
}

export function cannotBeKey(code: string): string {
  return `#Attribute '${code}' cannot be a reconciliation key: objects are not found by it`;
}

export function ambiguousKey(name: string, candidates: readonly string[]): string {
  return `Reconciliation key '${name}' is ambiguous. Could be related to ${candidates.join(" or ")}. ` +
    `The first one will be used: ${candidates[0] ?? ""}`;
}

export function noScheme(modelClass: string, keys: readonly string[]): string {
  return "#No reconciliation scheme could be defined, please add a column corresponding to one defined " +
    `reconciliation key (class: '${modelClass}', reconciliation:${keys.join(",")})`;
}
