/** What is written of the links of an object. */
import type { ObjectId } from "../store/object_id.ts";
import type { NewObject, ObjectUpdate } from "../store/objects.ts";
import type { LinkDifference } from "./link_difference.ts";
import type { LinkClass } from "./link_item.ts";
import type { RunContext } from "./run_context.ts";

/** What a deletion touches is asked for together, of so many links. */
const DELETED_TOGETHER = 512;

export async function removeLinks(
  { store, breath }: RunContext,
  { class: linkClass }: LinkClass,
  { removed }: Pick<LinkDifference, "removed">,
): Promise<void> {
  for (let start = 0; start < removed.length; start += DELETED_TOGETHER) {
    store.delete(linkClass.code, removed.slice(start, start + DELETED_TOGETHER));
    if (breath.isDue) await breath.take();
  }
}

/**
 * Links are written many at a time while they are handed over: they may be so many that signals must be heard in between.
 * @returns the new ones
 */
export async function writeLinks(
  context: RunContext,
  links: LinkClass,
  objectId: ObjectId,
  difference: LinkDifference,
): Promise<readonly ObjectId[]> {
  const { store, breath } = context;
  await removeLinks(context, links, difference);
  for (const update of difference.updated) {
    store.update(update);
    if (breath.isDue) await breath.take();
  }
  const created: ObjectId[] = [];
  for (const link of newLinks(context, links, objectId, difference)) {
    created.push(link.id);
    store.create(link);
    if (breath.isDue) await breath.take();
  }
  return created;
}

/** What links of an object are written at once: they are few. */
export interface FewLinks {
  readonly removed: readonly ObjectId[];
  readonly updated: readonly ObjectUpdate[];
  readonly created: readonly NewObject[];
}

export function fewLinks(
  context: RunContext,
  links: LinkClass,
  objectId: ObjectId,
  difference: LinkDifference,
): FewLinks {
  const { removed, updated } = difference;
  return { removed, updated, created: [...newLinks(context, links, objectId, difference)] };
}

function* newLinks(
  { store }: RunContext,
  links: LinkClass,
  objectId: ObjectId,
  { added }: LinkDifference,
): Generator<NewObject, void> {
  for (const link of added) {
    const object = links.newValues(link, objectId);
    yield { class: links.class.code, ...object, id: store.newId(links.class.code, object) };
  }
}
