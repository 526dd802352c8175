/** Few imports list objects: what does is loaded when it is asked. */
import type { ObjectList } from "../../store/object_list.ts";

export function laterList(load: () => Promise<ObjectList>): ObjectList {
  let loaded: ObjectList | null = null;
  const list = async () => loaded ??= await load();
  return {
    async *pages(size) {
      yield* (await list()).pages(size);
    },
    valuesOf: async (object) => await (await list()).valuesOf(object),
  };
}
