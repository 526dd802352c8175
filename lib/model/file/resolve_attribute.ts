/** One attribute of a model file, with its defaults filled in. */
import { aliasesOf, labelsOf } from "./labels.ts";
import type { Attribute, EnumValue, LanguageCode, TextAttribute } from "../model.ts";
import type { AttributeEntry, EnumValuesEntry } from "./model_file.ts";

/** Characters, for texts that say nothing else. */
export const DEFAULT_LENGTHS: { readonly [kind in TextAttribute["kind"]]: number } = {
  string: 255,
  text: 65535,
  html: 65535,
  email: 255,
  phone: 255,
  url: 2048,
  ip: 255,
  ipv4: 255,
};

/**
 * @param entry with its kind; what belongs to the kind is there
 * @param declaredBy the class in whose entry the attribute stands first
 */
export function resolveAttribute(
  code: string,
  entry: AttributeEntry,
  declaredBy: string,
  languages: readonly LanguageCode[],
): Attribute {
  const base = {
    code,
    declaredBy,
    labels: labelsOf(entry.labels, languages),
    aliases: aliasesOf(entry.aliases, languages),
  };
  const kind = entry.kind;
  switch (kind) {
    case "external_field":
      return { ...base, kind, key: entry.key ?? "", attribute: entry.attribute ?? "" };
    case "link_set":
      return {
        ...base,
        kind,
        linkClass: entry.link_class ?? "",
        keyToThis: entry.key_to_this ?? "",
        keyToRemote: entry.key_to_remote ?? "",
      };
    case "object_list":
      return { ...base, kind, listedClass: entry.listed_class ?? "", keyToThis: entry.key_to_this ?? "" };
    case undefined:
      throw new Error(`attribute ${code} of ${declaredBy} has no kind`);
    case "friendly_name":
    case "final_class":
    case "obsolescence_flag":
    case "obsolescence_date":
      return { ...base, kind };
    default:
      return resolveColumn({ ...base, nullAllowed: entry.null ?? true }, kind, entry, languages);
  }
}

type WritableBase = Pick<TextAttribute, "code" | "declaredBy" | "labels" | "aliases" | "nullAllowed">;

type ColumnKind = Exclude<
  NonNullable<AttributeEntry["kind"]>,
  | "external_field"
  | "link_set"
  | "object_list"
  | "friendly_name"
  | "final_class"
  | "obsolescence_flag"
  | "obsolescence_date"
>;

function resolveColumn(
  base: WritableBase,
  kind: ColumnKind,
  entry: AttributeEntry,
  languages: readonly LanguageCode[],
): Attribute {
  switch (kind) {
    case "enum":
      return { ...base, kind, values: enumValues(entry.values ?? [], languages), default: textOrNull(entry.default) };
    case "language":
    case "date":
    case "datetime":
      return { ...base, kind, default: textOrNull(entry.default) };
    case "boolean":
      return { ...base, kind, default: yesOrNo(entry.default) };
    case "integer":
      return { ...base, kind, default: numberOrNull(entry.default) };
    case "decimal":
      return {
        ...base,
        kind,
        digits: entry.digits ?? 0,
        decimals: entry.decimals ?? 0,
        default: numberOrNull(entry.default),
      };
    case "password":
    case "case_log":
      return { ...base, kind };
    case "external_key":
      return {
        ...base,
        kind,
        target: entry.target ?? "",
        hierarchical: entry.hierarchical ?? false,
        onDelete: entry.on_delete ?? "restrict",
      };
    case "number":
    case "loose":
    case "bytes":
      throw new Error(`no model file has attributes of the kind ${kind}`);
    default:
      return {
        ...base,
        kind,
        default: textOrNull(entry.default) ?? "",
        maxLength: entry.length ?? DEFAULT_LENGTHS[kind],
        countsCase: entry.compare === "exact",
      };
  }
}

/** The values of an enum in the order of the file. */
export function enumValues(entry: EnumValuesEntry, languages: readonly LanguageCode[]): EnumValue[] {
  if (!isList(entry)) {
    return Object.entries(entry).map(([code, labels]) => ({ code, labels: labelsOf(labels, languages) }));
  }
  return entry.map((value) =>
    typeof value === "string"
      ? { code: value, labels: labelsOf(undefined, languages) }
      : { code: value.code, labels: labelsOf(value.labels, languages) }
  );
}

type EnumValueList = Extract<EnumValuesEntry, readonly unknown[]>;

function isList(entry: EnumValuesEntry): entry is EnumValueList {
  return Array.isArray(entry);
}

function textOrNull(value: AttributeEntry["default"]): string | null {
  return typeof value === "string" ? value : null;
}

function numberOrNull(value: AttributeEntry["default"]): number | null {
  return typeof value === "number" ? value : null;
}

function yesOrNo(value: AttributeEntry["default"]): "yes" | "no" | null {
  if (value === true || value === "yes") return "yes";
  if (value === false || value === "no") return "no";
  return null;
}
