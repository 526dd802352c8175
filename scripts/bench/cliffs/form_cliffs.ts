/** How a file is written, who loads it, and what is told of it. */
import type { Cliff } from "./cliff.ts";
import { empty, from, linesOf, organizations, persons, personsFile } from "./databases.ts";
import { personCliff } from "./person_cliffs.ts";
import { listOf, organization, ORGANIZATIONS, person, PERSON_HEADER, type RowMaker } from "./rows.ts";
import { ALL, countsOf, type Different, oneImport, PERSON, personSteps, TWO } from "./steps.ts";

const ENGLISH = "Last Name,First Name,Email,Organization->Name,Phone,Status,Notification,Function";
const FRENCH = "Nom,Prénom,Email,Organisation->Nom organisation,Téléphone,Etat,Notification,Fonction";
const LABELS = ["--class=Person", "--reconciliationkeys=Email"];

const ACCENTED: RowMaker = (i, p) => person(i, p, { first: `Éloïse${i % 997}`, job: "Ingénieur, niveau élevé" });

const written = (name: string, about: string, different: Different): Cliff =>
  personCliff({ name, about, kinds: TWO, ...different });

export const FORM_CLIFFS: readonly Cliff[] = [
  ...["details", "json", "retcode"].map((output) =>
    personCliff({
      name: `out_${output}`,
      about: `output=${output}`,
      args: [...PERSON, `--output=${output}`],
      kinds: ALL,
      isUncounted: true,
    })
  ),
  personCliff({
    name: "out_details_name",
    about: "output=details with a column friendlyname: shown for what is new",
    rows: 50_000,
    header: `${PERSON_HEADER},friendlyname`,
    row: (i, p) => `${person(i, p)},`,
    args: [...PERSON, "--output=details"],
    kinds: TWO,
    isUncounted: true,
  }),
  {
    name: "simulate",
    about: "simulate=1",
    rows: 100_000,
    limit: 1.5,
    steps: (rows) => [
      ...personSteps("simulate", rows, { args: [...PERSON, "--simulate=1"], kinds: ["create"] }),
      ...([["unchanged", 0], ["upd100", 100]] as const).map(([name, percent]) =>
        oneImport(rows, {
          name,
          start: persons(rows),
          args: [...PERSON, "--simulate=1"],
          file: (shop) => personsFile(shop, rows, percent),
          counts: countsOf(name, rows),
        })
      ),
    ],
  },
  personCliff({
    name: "labels",
    about: "no_localize=0: labels in the header and in enumerations",
    header: ENGLISH,
    row: (i, p) => person(i, p, { status: i % 7 === 0 ? "Inactive" : "Active" }),
    args: LABELS,
    hasLabels: true,
  }),
  personCliff({
    name: "labels_fr",
    about: "labels in French, of a French administrator",
    header: FRENCH,
    row: (i, p) => person(i, p, { status: i % 7 === 0 ? "Inactif" : "Actif" }).replace(",yes,", ",oui,"),
    args: LABELS,
    hasLabels: true,
    start: from("french.db", organizations(), (shop, name) => {
      const line = "francaise,Secret-1,FR FR,profileid->name:Administrator";
      const file = shop.file("french.csv", linesOf("login,password,language,profile_list", [line]));
      return shop.load(name, "UserLocal", file, "--reconciliationkeys=login");
    }),
    login: ["--auth_user=francaise", "--auth_pwd=Secret-1"],
  }),
  personCliff({
    name: "limited_user",
    about: "a user limited to an organisation with 200 below it",
    start: from("limited.db", empty, async (shop, name) => {
      const tree = ["Root,R,", ...listOf(ORGANIZATIONS, (i) => `${organization(i)},O${i},Root`)];
      await shop.load(name, "Organization", shop.file("tree.csv", linesOf("name,code,parent_id->name", tree)));
      const line = "limited,Secret-1,EN US,profileid->name:Configuration Manager,allowed_org_id->name:Root";
      const header = "login,password,language,profile_list,allowed_org_list";
      await shop.load(
        name,
        "UserLocal",
        shop.file("limited.csv", linesOf(header, [line])),
        "--reconciliationkeys=login",
      );
    }),
    login: ["--auth_user=limited", "--auth_pwd=Secret-1"],
    kinds: ALL,
  }),
  written("accents", "letters beyond ASCII, in UTF-8", { row: ACCENTED }),
  written("windows_1252", "the same in WINDOWS-1252", {
    row: ACCENTED,
    args: [...PERSON, "--charset=WINDOWS-1252"],
    form: { encoding: "windows-1252" },
  }),
  written("utf_16", "UTF-16 with a byte order mark", { form: { encoding: "utf-16" } }),
  written("crlf", "CRLF", { form: { newline: "\r\n" } }),
  written("quoted", "every cell in quotes", {
    row: (i, p) => person(i, p).replace(/,(active|inactive),yes,/, ',"$1","yes",'),
  }),
  written("quotes_doubled", "a doubled quote in each text", {
    row: (i, p) => person(i, p, { job: `Engineer ""${i % 5}"" level`, first: `First ""${i % 997}""` }),
  }),
];
