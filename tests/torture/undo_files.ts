/** Files whose runs are undone: of any class of a random model and of what hangs on its objects, from feeds and with targets to come. */
import { DatabaseSync } from "node:sqlite";
import type { ProgramRun } from "../helpers/scratch.ts";
import type { Random } from "./random.ts";
import { fileText, randomFile } from "./random_file.ts";
import { LOADED_CLASSES, type RandomModel } from "./random_model.ts";
import type { Laboratory } from "./tried_import.ts";

const USUAL = { separator: ",", qualifier: '"' } as const;
const TEXTS = ["a", "b", "c", "d", "e", "f"];

/** Objects that hang on links: they go with these, or lose their key. */
export function withDependants({ file }: RandomModel): Record<string, unknown> {
  const { classes, ...others } = file as { readonly classes: Record<string, Record<string, unknown>> };
  const key = (target: string, onDelete: string, isNullable: boolean) => ({
    kind: "external_key",
    target,
    on_delete: onDelete,
    null: isNullable,
  });
  const named = { text: { kind: "string" }, amount: { kind: "decimal", digits: 8, decimals: 2 } };
  return {
    ...others,
    classes: {
      ...classes,
      Label: { reconciliation_keys: ["name"], attributes: { name: { kind: "string", null: false } } },
      Note: {
        reconciliation_keys: ["text"],
        friendly_name: "{text}",
        obsolete_when: { attribute: "state", value: "old" },
        attributes: {
          ...named,
          state: { kind: "enum", values: ["new", "old"], default: "new" },
          link_id: key("BaseTag", "cascade", false),
          like_id: key("Note", "set_null", true),
          with_id: key("Note", "cascade", true),
          by_id: key("Note", "restrict", true),
          label_id: key("Label", "restrict", true),
        },
      },
      Remark: {
        reconciliation_keys: ["text"],
        friendly_name: "{text}",
        attributes: { ...named, note_id: key("Note", "cascade", false), link_id: key("BaseTag", "set_null", true) },
      },
    },
  };
}

export interface Writing {
  readonly lab: Laboratory;
  readonly model: RandomModel;
  readonly random: Random;
  readonly database: string;
}

type Params = Readonly<Record<string, string>>;

/** One import of chance, of any class; or two. @returns what came of them */
export async function writeSomething(writing: Writing, isFirst: boolean): Promise<readonly ProgramRun[]> {
  const { lab, random, database } = writing;
  const twins: Params = random.chance(0.3) ? { twins: "last" } : {};
  const links = query(database, "SELECT id FROM basetag").map(String);
  if (isFirst || links.length === 0 || random.chance(0.5)) return [await writeObjects(writing, twins)];
  const notes = await writeNotes(writing, links, twins);
  if (random.chance(0.5)) return [notes];
  const remarks = query(database, "SELECT id FROM note").map((id) =>
    [random.pick(TEXTS), random.pick(["", "3.10"]), id, random.pick(["", ...links])].join()
  );
  const csv = `text,amount,note_id,link_id\n${remarks.join("\n")}\n`;
  return [notes, await lab.run(database, "Remark", csv, { ...twins, ...feedOf(random, ["keep", "delete"]) })];
}

async function writeObjects({ lab, model, random, database }: Writing, twins: Params): Promise<ProgramRun> {
  const earlier = query(database, "SELECT name FROM base").map((name) => String(name).toLowerCase().trimEnd());
  const file = randomFile(model, random.pick(LOADED_CLASSES), [...new Set(earlier)], random);
  const has = (header: string) => file.columns.some((column) => column.header === header);
  const created = [
    ...has("target_id->name") && random.chance(0.5) ? ["target_id"] : [],
    ...has("above_id->name") && random.chance(0.3) ? ["above_id"] : [],
  ];
  const isSecond = has("above_id->name") && !created.includes("above_id") && random.chance(0.5);
  return await lab.run(database, file.class, fileText(file, USUAL), {
    ...twins,
    ...feedOf(random, ["keep", "delete"]),
    ...created.length > 0 ? { create_targets: created.join() } : {},
    ...isSecond ? { second_pass: "above_id" } : {},
  });
}

/** Notes of a file may refer to those that stand further down, and to labels that nobody has loaded. */
async function writeNotes(
  { lab, random, database }: Writing,
  links: readonly string[],
  twins: Params,
): Promise<ProgramRun> {
  const notes = query(database, "SELECT id FROM note").map(String);
  const isSecond = random.chance(0.5);
  const rows = Array.from({ length: random.int(1, 6) }, () => {
    const text = random.pick(TEXTS);
    return [
      text,
      random.pick(["new", "old"]),
      random.pick(["", "1.5", "-2.25"]),
      random.pick(links),
      random.pick(["", ...notes]),
      random.pick(["", "", ...TEXTS]),
      random.pick(["", "", ...notes]),
      random.pick(["", "red", "green"]),
    ].join();
  });
  const header = "text,state,amount,link_id,like_id,with_id->text,by_id,label_id->name";
  return await lab.run(database, "Note", `${header}\n${rows.join("\n")}\n`, {
    ...twins,
    ...feedOf(random, ["keep", "update", "delete", "delete"]),
    ...isSecond ? { second_pass: "with_id" } : {},
    ...random.chance(0.7) ? { create_targets: "label_id" } : {},
  });
}

/** That of a feed, more often than not. */
function feedOf(random: Random, ways: readonly string[]): Params {
  if (random.chance(0.4)) return {};
  const gone = random.pick(ways);
  return {
    source: random.pick(["hr", "hr", "hr", "crm"]),
    gone,
    ...gone === "keep" ? {} : { gone_limit: "100%" },
    ...gone === "update" ? { gone_set: "state=old" } : {},
  };
}

/** The first column of what a query finds. */
export function query(database: string, sql: string): readonly unknown[] {
  const opened = new DatabaseSync(database, { readOnly: true });
  try {
    return opened.prepare(sql).all().map((row) => Object.values(row)[0]);
  } finally {
    opened.close();
  }
}
