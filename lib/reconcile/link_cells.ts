/** The links that cells want: what the items of many of them refer to is asked for together. */
import type { Cell } from "../csv/record.ts";
import type { ObjectId } from "../store/object_id.ts";
import { parseLinkSetCell } from "../values/link_set_cell.ts";
import type { LinkClass, LinkItem, LinkItemReader, WantedLink } from "./link_item.ts";
import type { ItemShape } from "./link_item_shape.ts";
import { LinkProblems } from "./link_problems.ts";
import type { RefusedLinkSet } from "./link_set.ts";
import type { LinkProblem } from "./problems.ts";
import { sameLink } from "./same_link.ts";
import type { RunContext } from "./run_context.ts";

/** So many items are looked up together. */
const ITEMS_TOGETHER = 2048;

/** The links that a cell wants, by remote id; or what is wrong with it. Null: what it refers to may be changed by another row. */
export type WantedLinks = ReadonlyMap<ObjectId, WantedLink> | RefusedLinkSet | null;

/** @param mayWait null may be an answer; otherwise the cell is the only one, and those before it are written */
export async function readLinkCells(
  context: RunContext,
  links: LinkClass,
  reader: LinkItemReader,
  cells: readonly Cell[],
  mayWait: boolean,
): Promise<readonly WantedLinks[]> {
  const sets = cells.map((cell) => new CellLinks(context, links, cell));
  let owners: CellLinks[] = [];
  let items: LinkItem[] = [];
  let shapes: (ItemShape | LinkProblem)[] = [];
  const look = async () => {
    const of = owners;
    const read = await reader.read(items, shapes);
    [items, shapes, owners] = [[], [], []];
    read.forEach((link, index) => of[index]?.add(link));
    if (context.breath.isDue) await context.breath.take();
  };
  for (const set of sets) {
    const own = set.items.map((item) => reader.shapeOf(item));
    set.waits = mayWait && new Set(own).values().some((shape) => reader.mayChange(shape));
    if (set.waits) continue;
    for (const [place, item] of set.items.entries()) {
      items.push(item);
      shapes.push(own[place] ?? reader.shapeOf(item));
      owners.push(set);
      if (items.length >= ITEMS_TOGETHER) await look();
    }
  }
  if (items.length > 0) await look();
  return sets.map(({ result }) => result);
}

/** What is known of the links of one cell. */
class CellLinks {
  readonly items: readonly LinkItem[];
  waits = false;
  readonly #wanted = new Map<ObjectId, WantedLink>();
  readonly #problems = new LinkProblems();
  readonly #unread: RefusedLinkSet | null;

  constructor(private readonly context: RunContext, private readonly links: LinkClass, cell: Cell) {
    const parsed = parseLinkSetCell(cell ?? "");
    this.items = parsed.ok ? parsed.items : [];
    this.#unread = parsed.ok ? null : { ok: false, problem: { kind: "link_format", found: parsed.found } };
  }

  add(link: WantedLink | LinkProblem): void {
    if ("kind" in link) return this.#problems.add(link);
    const known = this.#wanted.get(link.remoteId);
    const one = known === undefined ? link : sameLink(this.context, this.links, known, link);
    if ("kind" in one) this.#problems.add(one);
    else this.#wanted.set(link.remoteId, one);
  }

  get result(): WantedLinks {
    return this.waits ? null : this.#unread ?? this.#problems.result ?? this.#wanted;
  }
}
