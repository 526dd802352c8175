/** Models as databases of others have them, made by hand: each table a class, each column an attribute. */
import type {
  Attribute,
  BooleanAttribute,
  BytesAttribute,
  ColumnAttribute,
  EnumAttribute,
  ExternalKeyAttribute,
  IntegerAttribute,
  Model,
  ModelClass,
  NumberAttribute,
  TextAttribute,
} from "../../lib/model/model.ts";

const LANGUAGE = "EN US";

/** What is different from a column that may be empty and that nobody fills. */
export type ColumnFlags = Partial<
  Pick<
    TextAttribute,
    | "nullAllowed"
    | "otherNames"
    | "isNameless"
    | "filledByDatabase"
    | "isGenerated"
    | "isFixed"
    | "mayHoldEmptyText"
    | "warnsOfLikes"
  >
>;

export interface Table {
  readonly columns: readonly ((declaredBy: string) => Attribute)[];
  readonly keySets?: readonly (readonly string[])[];
  readonly friendlyName?: readonly string[];
  readonly ambiguousNames?: Readonly<Record<string, readonly string[]>>;
}

function base(name: string, declaredBy: string) {
  return { code: name, declaredBy, labels: new Map([[LANGUAGE, name]]), aliases: new Map<string, readonly string[]>() };
}

type Column = (declaredBy: string) => Attribute;

function column<Kind extends ColumnAttribute>(
  name: string,
  flags: ColumnFlags,
  kind: Omit<Kind, "code" | "declaredBy" | "labels" | "aliases" | "nullAllowed">,
): Column {
  return (declaredBy) =>
    ({ ...base(name, declaredBy), nullAllowed: true, keepsWhatIsStored: true, ...kind, ...flags }) as unknown as Kind;
}

export function text(name: string, flags: ColumnFlags = {}, maxLength = 1000): Column {
  return column<TextAttribute>(name, flags, { kind: "string", default: "", maxLength, countsCase: true });
}

export function integer(name: string, flags: ColumnFlags = {}): Column {
  return column<IntegerAttribute>(name, flags, { kind: "integer", bits: 64, default: null });
}

export function number(name: string, flags: ColumnFlags = {}): Column {
  return column<NumberAttribute>(name, flags, { kind: "number", default: null });
}

export function boolean(name: string, flags: ColumnFlags = {}): Column {
  return column<BooleanAttribute>(name, flags, { kind: "boolean", default: null });
}

export function listed(name: string, codes: readonly string[], flags: ColumnFlags = {}): Column {
  const values = codes.map((code) => ({ code, labels: new Map<string, string>() }));
  return column<EnumAttribute>(name, flags, { kind: "enum", values, countsCase: true, default: null });
}

export function key(
  name: string,
  target: string,
  flags: ColumnFlags & Pick<ExternalKeyAttribute, "referenced"> = {},
): Column {
  return column<ExternalKeyAttribute>(name, flags, {
    kind: "external_key",
    target,
    hierarchical: false,
    onDelete: "restrict",
    takesAnyId: true,
  });
}

export function bytes(name: string): Column {
  return (declaredBy): BytesAttribute => ({ ...base(name, declaredBy), nullAllowed: true, kind: "bytes" });
}

/** Of links whose table refers to both ends. */
export function linkSet(name: string, keyToThis: string, keyToRemote: string): Column {
  return (declaredBy) => ({ ...base(name, declaredBy), kind: "link_set", linkClass: name, keyToThis, keyToRemote });
}

/** A column that is called by another name than its code. */
export function called(label: string, made: Column): Column {
  return (declaredBy) => ({ ...made(declaredBy), labels: new Map([[LANGUAGE, label]]) });
}

/** @param tables by their names */
export function modelOf(tables: Readonly<Record<string, Table>>): Model {
  const classes = Object.entries(tables).map(([name, table]) => [name, classOf(name, table)] as const);
  return {
    name: "tables",
    languages: [LANGUAGE],
    classes: new Map(classes),
    profiles: [{ id: 1, name: "all", description: "", administrator: true, bulkWrite: [] }],
    organizations: null,
  };
}

function classOf(code: string, { columns, keySets = [], friendlyName = [], ambiguousNames }: Table): ModelClass {
  const attributes: Attribute[] = columns.map((make) => make(code));
  const name: Attribute = { ...base("friendlyname", code), kind: "friendly_name", isNameless: true };
  return {
    code,
    labels: new Map([[LANGUAGE, code]]),
    parent: null,
    root: code,
    abstract: false,
    reconciliationKeys: [],
    keySets,
    friendlyName: friendlyName.flatMap((attribute, index) =>
      index === 0 ? [{ attribute }] : [{ text: " " }, { attribute }]
    ),
    uniquenessRules: [],
    obsoleteWhen: null,
    organization: null,
    attributes: new Map([...attributes, name].map((attribute) => [attribute.code, attribute])),
    concreteClasses: [code],
    ...ambiguousNames === undefined ? {} : { ambiguousNames: new Map(Object.entries(ambiguousNames)) },
  };
}
