/** Every profile with every class, by every command that reads or writes objects: allowed or refused as the table says, whoever asks how. */
import { askHistory } from "../changes/asked_history.ts";
import { explainRow } from "../helpers/explaining.ts";
import { runExport } from "../helpers/exporting.ts";
import type { Loading, Parameters } from "../helpers/loading.ts";
import type { ProgramRun } from "../helpers/scratch.ts";
import { as, CLASSES, mayLoad, PROFILES, withEverybody } from "../rights/everybody.ts";
import { torture } from "./torture.ts";

const NOT_ALLOWED = 77;
/** An id that nobody has: the row comes to nothing, if it is looked at. */
const ROW = "id\n987654\n";
const BY_ID = { reconciliationkeys: "id" };

type Asked = (loading: Loading, profile: string, code: string) => Promise<ProgramRun>;

/** What a run may do (SPEC 16 and 17) gives nobody a right. */
const DOING: readonly Parameters[] = [
  { on_missing: "skip" },
  { on_found: "error", on_missing: "error" },
  { links: "remove" },
  { links: "add", twins: "last" },
  { source: "feed", gone: "report" },
  { source: "feed", gone: "delete", gone_limit: "100%" },
  { source: "feed", once: "1" },
];

const WAYS: Readonly<Record<string, Asked>> = {
  ...Object.fromEntries(DOING.map((params): [string, Asked] => [
    `import with ${Object.entries(params).map((one) => one.join("=")).join(" ")}`,
    ({ print }, profile, code) => print(code, ROW, { ...as(profile), ...BY_ID, ...params }),
  ])),
  "import with a map": ({ print, scratch }, profile, code) => {
    const map = scratch.write("own.map", '{ "columns": { "Number": "id" } }');
    return print(code, ROW.replace("id", "Number"), { ...as(profile), ...BY_ID, map });
  },
  import: ({ print }, profile, code) => print(code, ROW, { ...as(profile), ...BY_ID }),
  "simulated import": ({ print }, profile, code) => print(code, ROW, { ...as(profile), ...BY_ID, simulate: "1" }),
  explain: (loading, profile, code) => explainRow(loading, code, ROW, 2, { ...as(profile), ...BY_ID }),
  export: (loading, profile, code) => runExport(loading, code, as(profile)),
  "life of an object": (loading, profile, code) => askHistory(loading, { ...as(profile), class: code, object: "1" }),
  job: ({ scratch, database }, profile, code) => {
    const { auth_user, auth_pwd } = as(profile);
    scratch.write("own.csv", ROW);
    scratch.write("own.params", `class = ${code}\ncsvfile = own.csv\nreconciliationkeys = id\nno_localize = 1\n`);
    scratch.write("own.job", "import = own.params\n");
    return scratch.run(["run", "own.job", `--db=${database}`, `--auth_user=${auth_user}`, `--auth_pwd=${auth_pwd}`]);
  },
};

const QUESTIONS = PROFILES.flatMap((profile) =>
  CLASSES.flatMap((code) => Object.entries(WAYS).map(([way, ask]) => ({ profile, code, way, ask })))
);

torture({
  name: "rights",
  title: "every profile with every class, by every command: allowed or refused as the table says",
  unit: "questions",
  short: 120,
  long: QUESTIONS.length,
  run: ({ random, amount, tried, count, lost }) =>
    withEverybody(async (loading) => {
      for (const { profile, code, way, ask } of random.shuffled(QUESTIONS).slice(0, amount)) {
        const { exitCode, stdout } = await ask(loading, profile, code);
        const may = mayLoad(profile, code);
        tried();
        count(may ? "allowed" : "refused");
        if ((exitCode !== NOT_ALLOWED) !== may) lost(`${way} of ${code} by ${profile}: exit code ${exitCode}`);
        if (!may && way === "export" && stdout !== "") lost(`${way} of ${code} by ${profile}: it printed\n${stdout}`);
      }
    }),
});
