/** Loads of a small class of one's own, and the files of rows in error that come of them. */
import type { Dialect } from "../../lib/csv/dialect.ts";
import { encoderFor } from "../../lib/source/encode.ts";
import type { TestedCharset } from "../helpers/every_charset.ts";
import { type Loading, type Parameters, withModel } from "../helpers/loading.ts";
import type { ProgramRun } from "../helpers/scratch.ts";
import { textDecoder } from "../../lib/source/text_decoder.ts";

const MODEL = {
  name: "box",
  classes: {
    Box: {
      reconciliation_keys: ["name"],
      attributes: {
        name: { kind: "string", null: false },
        size: { kind: "integer" },
        note: { kind: "text" },
      },
    },
  },
  profiles: [{ id: 1, name: "Administrator", administrator: true }],
};

export interface Boxes extends Loading {
  /** Loads boxes, with `rejects=bad.csv` unless the parameters say otherwise. */
  loadBoxes(csv: string | Uint8Array, parameters?: Parameters): Promise<ProgramRun>;
  /** The bytes of a file in the scratch folder; null: there is none. */
  fileOf(name?: string): Uint8Array | null;
}

/** A database whose one class has a `name`, which is its key, a whole `size` and a `note` of many lines. */
export function withBoxes(use: (boxes: Boxes) => Promise<void>): Promise<void> {
  return withModel(MODEL, (loading) =>
    use({
      ...loading,
      loadBoxes: (csv, parameters = {}) =>
        loading.print("Box", csv, { output: "summary", rejects: "bad.csv", ...parameters }),
      fileOf(name = "bad.csv") {
        try {
          return Deno.readFileSync(loading.scratch.path(name));
        } catch (error) {
          if (error instanceof Deno.errors.NotFound) return null;
          throw error;
        }
      },
    }));
}

export function bytesIn({ encoding, mark = [] }: TestedCharset, text: string): Uint8Array {
  return Uint8Array.from([...mark, ...encoderFor(encoding)(text)]);
}

/** Without its mark. @throws TypeError when the bytes are no text in the charset */
export function textIn({ encoding, mark = [] }: TestedCharset, bytes: Uint8Array): string {
  return textDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes.subarray(mark.length));
}

/** The parameters of a dialect. */
export function dialectParameters({ separator, qualifier }: Dialect): Parameters {
  return { separator: separator === "\t" ? "tab" : separator, qualifier };
}
