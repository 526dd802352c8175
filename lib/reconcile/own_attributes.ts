/** The attributes of a matched object's own class: a subclass may allow other values than the class that is loaded. */
import { classOf, isColumn } from "../model/look_up.ts";
import type { ClassCode, ExternalKeyAttribute } from "../model/model.ts";
import { readerFor, type ValueAttribute } from "../values/reader_for.ts";
import type { ValueReader } from "../values/value_reader.ts";
import type { RunContext } from "./run_context.ts";

export interface OwnAttributes {
  /** @param reader of the attribute as the loaded class has it */
  readerOf(attribute: ValueAttribute, reader: ValueReader, own: ClassCode): ValueReader;
  keyOf(key: ExternalKeyAttribute, own: ClassCode): ExternalKeyAttribute;
}

export function createOwnAttributes(context: RunContext): OwnAttributes {
  const readers = new Map<string, ValueReader>();
  const attributeOf = (code: string, own: ClassCode) => classOf(context.model, own).attributes.get(code);
  return {
    readerOf(attribute, reader, own) {
      if (own === context.plan.class.code) return reader;
      const name = `${own}.${attribute.code}`;
      const known = readers.get(name);
      if (known !== undefined) return known;
      const found = attributeOf(attribute.code, own);
      const changes = found !== undefined && found !== attribute && isColumn(found) && found.kind !== "external_key";
      const ownReader = changes ? readerFor(found, context) : reader;
      readers.set(name, ownReader);
      return ownReader;
    },
    keyOf(key, own) {
      const found = attributeOf(key.code, own);
      return found?.kind === "external_key" ? found : key;
    },
  };
}
