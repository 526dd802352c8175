/** Two databases that differ in hidden objects only: whatever a limited user does, both must tell the same. */
import { assertEquals } from "@std/assert";
import { type Loading, type Parameters, preparedModel } from "../helpers/loading.ts";
import { runExport } from "../helpers/exporting.ts";
import { explainRow } from "../helpers/explaining.ts";
import type { ProgramRun } from "../helpers/scratch.ts";
import { askHistory } from "../changes/asked_history.ts";

const NAME = { kind: "string", null: false };
const key = (target: string, more = {}) => ({ kind: "external_key", target, ...more });
const field = (through: string, attribute: string) => ({ kind: "external_field", key: through, attribute });

/**
 * Organisations; places that belong to them; shelves, boxes and labels that belong to nobody and stand in places; sheets that are laid in
 * boxes, and say in which place that was done.
 */
export const TWIN_MODEL = {
  name: "twins",
  languages: ["EN US"],
  organizations: { class: "Org", parent: "parent" },
  classes: {
    Org: {
      organization: "id",
      reconciliation_keys: ["name"],
      attributes: {
        name: NAME,
        code: { kind: "string" },
        parent: key("Org", { hierarchical: true }),
        seat: key("Place"),
      },
    },
    Place: {
      organization: "org",
      reconciliation_keys: ["name", "org"],
      unique: [{ name: "code", attributes: ["code"], unless_empty: ["code"], messages: "{code} is that of {name}" }],
      attributes: {
        name: NAME,
        code: { kind: "string" },
        secret: { kind: "string" },
        size: { kind: "integer" },
        org: key("Org", { null: false }),
        next: key("Place"),
        next_name: field("next", "name"),
        next_id: field("next", "id"),
        next_org: field("next", "org"),
      },
    },
    Shelf: {
      reconciliation_keys: ["name"],
      friendly_name: "{name} {place}",
      attributes: {
        name: NAME,
        place: key("Place"),
        place_secret: field("place", "secret"),
        place_id: field("place", "id"),
      },
    },
    Box: {
      reconciliation_keys: ["name"],
      friendly_name: "{name} {shelf_place}",
      unique: [{
        name: "tag",
        attributes: ["tag"],
        unless_empty: ["tag"],
        messages: "{tag} is on {shelf} in {place}, {shelf_place}",
      }],
      attributes: {
        name: NAME,
        tag: { kind: "string" },
        place: key("Place"),
        shelf: key("Shelf"),
        shelf_place: field("shelf", "place"),
        shelf_place_id: field("shelf", "place_id"),
        sheets: { kind: "link_set", link_class: "Laid", key_to_this: "box", key_to_remote: "sheet" },
      },
    },
    Sheet: { reconciliation_keys: ["name"], organization: "org", attributes: { name: NAME, org: key("Org") } },
    Laid: {
      friendly_name: "{box_friendlyname} {place}",
      unique: [{ name: "mark", attributes: ["mark"], unless_empty: ["mark"], messages: "{mark} was laid in {place}" }],
      attributes: {
        box: key("Box", { null: false }),
        sheet: key("Sheet", { null: false }),
        place: key("Place"),
        mark: { kind: "string" },
      },
    },
  },
  profiles: [
    { id: 1, name: "Administrator", administrator: true },
    { id: 2, name: "Loader", bulk_write: ["Org", "Place", "Shelf", "Box", "Sheet", "Laid"] },
  ],
};

export const LIMITED: Parameters = { auth_user: "lim", auth_pwd: "L1m-Passw0rd" };

/** Ids of hidden places: what refers to the first in one database refers to the second in the other. */
const HIDDEN_PLACES = [3, 4] as const;

/** The organisation In is visible, with Below; the place Open is, and Side. Whatever else there is differs. */
async function build(loading: Loading, which: 0 | 1): Promise<void> {
  const load = async (modelClass: string, csv: string, reconciliationkeys: string) => {
    const { rows } = await loading.load(modelClass, csv, { reconciliationkeys });
    assertEquals(rows.filter((row) => row.startsWith("rejected")), [], `${modelClass}\n${csv}`);
  };
  const hidden = HIDDEN_PLACES[which];
  const secret = ["s-one", "s-two"][which];
  await load("Org", "name,code,parent->name\nIn,I,\nBelow,B,In\nOut,O,\nFar,F,\n", "name");
  const places = `Dark,c3,${secret},${3 + which},3\nDim,c4,${secret}x,${5 + which},4\n`;
  await load("Place", `name,code,secret,size,org\nOpen,c1,a,1,1\nSide,c2,b,2,2\n${places}`, "name");
  await load("Place", `name,next\nOpen,${hidden}\nSide,1\nDark,${2 + which}\nDim,${3 + which}\n`, "name");
  await load("Org", `name,seat\nIn,${hidden}\nBelow,2\n`, "name");
  await load("Shelf", `name,place\nfree,\nopen,1\ndark,${hidden}\n`, "name");
  await load("Box", `name,tag,place,shelf\na,1,1,2\nb,2,${hidden},2\nc,3,,3\nd,4,2,3\n`, "name");
  await load("Sheet", `name,org\nvisible,1\nfor all,\nhidden,${3 + which}\nalso hidden,3\n`, "name");
  const links = `1,1,${hidden},m1\n1,2,1,m2\n2,${3 + which},1,m3\n2,1,${hidden},\n`;
  await load("Laid", `box,sheet,place,mark\n${links}`, "box,sheet");
  const user = "lim,L1m-Passw0rd,profileid:2,allowed_org_id:1";
  await load("UserLocal", `login,password,profile_list,allowed_org_list\n${user}\n`, "login");
}

/** What can be told apart of a run but the time that it took. */
function told({ exitCode, stdout, stderr }: ProgramRun): string {
  const plain = (text: string) =>
    text.replace(/"seconds":[\d.]+/, "").replace(/^#(Reconcil|Time|Duration).*$/mg, "").replaceAll(
      /csvrecon-[0-9a-f]+/g,
      "",
    ).replaceAll(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+Z)?/g, "");
  return `${exitCode}\n${plain(stdout)}\n${plain(stderr)}`;
}

export interface Twins {
  /** Does in each, as the administrator, what they may differ in. */
  each(act: (loading: Loading, which: 0 | 1) => Promise<void>): Promise<void>;
  /** Asks both for their history, as the limited user, and demands the same of both. @returns what one of them said */
  sameHistory(params?: Parameters): Promise<ProgramRun>;
  /** Loads a file into both, as the limited user, and demands the same of both. @returns what one of them said */
  same(modelClass: string, csv: string, params?: Parameters): Promise<ProgramRun>;
  /** Loads a file into both, as the limited user, and demands the same page of both. @returns the page of one of them */
  samePage(modelClass: string, csv: string, params?: Parameters): Promise<ProgramRun>;
  /** Asks both to explain the row on line 2, as the limited user, and demands the same of both. @returns what one of them said */
  sameExplanation(modelClass: string, csv: string, params?: Parameters): Promise<ProgramRun>;
  /** Exports a class from both, as the limited user, and demands the same of both. @returns what one of them said */
  sameExport(modelClass: string, params?: Parameters): Promise<ProgramRun>;
  /** Takes a run back in both, as the limited user, and demands the same of both. @returns what one of them said */
  sameUndo(change: number, params?: Parameters): Promise<ProgramRun>;
  /** Asks the first one. */
  readonly query: Loading["query"];
}

const withOne = preparedModel(TWIN_MODEL, (loading) => build(loading, 0));
const withOther = preparedModel(TWIN_MODEL, (loading) => build(loading, 1));

export function withTwins(use: (twins: Twins) => Promise<void>): Promise<void> {
  return withOne(async (one) => {
    await withOther(async (other) => {
      const bothSay = async (what: string, run: (loading: Loading) => Promise<ProgramRun>) => {
        const [first, second] = [await run(one), await run(other)];
        assertEquals(told(first), told(second), what);
        return first;
      };
      await use({
        query: one.query,
        async each(act) {
          await act(one, 0);
          await act(other, 1);
        },
        sameHistory: (params = {}) =>
          bothSay(`history ${JSON.stringify(params)}`, (loading) => askHistory(loading, { ...LIMITED, ...params })),
        same: (modelClass, csv, params = {}) =>
          bothSay(
            `${modelClass} ${JSON.stringify(params)}\n${csv}`,
            ({ print }) => print(modelClass, csv, { ...LIMITED, ...params }),
          ),
        samePage: (modelClass, csv, params = {}) =>
          bothSay(`page ${modelClass} ${JSON.stringify(params)}\n${csv}`, async ({ print, scratch }) => {
            const run = await print(modelClass, csv, { ...LIMITED, ...params, report: "page.html" });
            const page = Deno.readTextFileSync(scratch.path("page.html"));
            return { ...run, stdout: page.replace(/, \d+\.\d s, /, "") };
          }),
        sameExplanation: (modelClass, csv, params = {}) =>
          bothSay(
            `explain ${modelClass} ${JSON.stringify(params)}\n${csv}`,
            (loading) => explainRow(loading, modelClass, csv, 2, { ...LIMITED, ...params }),
          ),
        sameExport: (modelClass, params = {}) =>
          bothSay(
            `export ${modelClass} ${JSON.stringify(params)}`,
            (loading) => runExport(loading, modelClass, { ...LIMITED, ...params }),
          ),
        sameUndo: (change, params = {}) =>
          bothSay(`undo ${change} ${JSON.stringify(params)}`, ({ scratch, database }) => {
            const all: Parameters = { db: database, change: String(change), ...LIMITED, ...params };
            return scratch.run(["undo", ...Object.entries(all).map(([name, value]) => `--${name}=${value}`)]);
          }),
      });
    });
  });
}
