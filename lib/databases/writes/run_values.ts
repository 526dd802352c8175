/** What the row of a run in a change log has, by column. */
import type { StoredValue } from "../../model/model.ts";
import type { ChangeCounts, ChangeFacts, InputFacts } from "../../store/changes.ts";

type Values = Readonly<Record<string, StoredValue>>;

/** When the run begins. */
export function begunRun(facts: ChangeFacts): Values {
  return {
    date: facts.date.toISOString(),
    comment: facts.comment,
    origin: facts.origin,
    input_name: facts.inputName,
    parameters: JSON.stringify(facts.parameters),
    undoes: facts.undoes ?? null,
  };
}

/** What became of a run. */
export type EndedCounts = ChangeCounts & { readonly deleted: number; readonly feed: number | null };

/** When the run ends. */
export function endedRun(counts: EndedCounts, input: InputFacts | null): Values {
  return {
    created: counts.created,
    updated: counts.updated,
    unchanged: counts.unchanged,
    in_error: counts.inError,
    deleted: counts.deleted,
    feed: counts.feed,
    gone: counts.gone ?? null,
    input_size: input?.size ?? null,
    input_sha256: input?.sha256 ?? null,
  };
}
