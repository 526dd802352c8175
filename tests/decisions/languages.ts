import { assertEquals } from "@std/assert";
import { assertComment, assertReport, decision, headingOf, twinOf } from "../helpers/decision.ts";

const ENGLISH = "the words of the report are English whatever the user's language, labels follow it";
const BAD_CELLS = "Issue: Unexpected attribute value(s)";

function badStatus(value: string): string {
  return `'${value}' is an invalid value. Unexpected value for attribute 'status': Value not allowed [${value}], ` +
    "expected active, inactive";
}

decision(ENGLISH, "a-loc-french-codes", async (play) => {
  const run = await play.step(2);
  assertEquals(headingOf(run).slice(4), ["name (Nom organisation)", "status (Etat)"]);
  assertReport(run, { issues: 1, created: 1, updated: 1, unchanged: 1 }, [
    ["0", "created", "Organization", "2", "A", "inactive"],
    ["1", BAD_CELLS, "n/a", "n/a", "B", badStatus("Inactif")],
    ["2", "updated 1 cols", "Organization", "1", "My Company/Department", "inactive"],
    ["3", "unchanged", "Organization", "1", "My Company/Department", "inactive"],
  ]);
  assertReport(await play.step(3), { issues: 1 }, [
    ["0", "Issue: Could not be created, due to missing external key(s): Organisation", "n/a", "n/a", "X", "Y"],
  ]);
});

decision(ENGLISH, "a-loc-french-dates", async (play) => {
  const run = await play.step(2);
  assertEquals(headingOf(run).slice(4), [
    "org_id (Organisation - ext key)",
    "name (Nom)",
    "org_id (Organisation)",
    "purchase_date (Date d'achat)",
  ]);
  const message = "'3/2/2024' is an invalid value. Expected format: 23/10/2022";
  assertReport(run, { issues: 1 }, [["0", "Issue: wrong date format", "n/a", "n/a", "n/a", "A", "1", message]]);
});

decision(ENGLISH, "a-loc-french-labels", async (play) => {
  const run = await play.step(2);
  assertComment(run, "#Columns: name, first_name, status, org_id->name, email");
  assertReport(run, { issues: 3, created: 1 }, [
    ["0", "created", "Person", "2", "1", "Doe", "Jane", "inactive", "j@d.co"],
    [
      "1",
      BAD_CELLS,
      "n/a",
      "n/a",
      "No match for value 'Nope'. Some possible 'Organization' value(s): My Company/Department",
      "Doe",
      "Jim",
      "'Inactive' is an invalid value. Allowed 'status' value(s): Actif,Inactif. Did you mean 'Inactif'?",
      "'x' is an invalid value. Unexpected value for attribute 'email': Wrong format [x], " +
      "expected an e-mail address such as ann@example.org",
    ],
    ["2", twinOf(0), "Person", "2", "1", "Doe", "Jane", "active", "j@d.co"],
    ["3", twinOf(0), "Person", "2", "1", "Doe", "Jane", "active", "j@d.co"],
  ]);
});

decision(ENGLISH, "b-usr-french", async (play) => {
  const run = await play.step(2);
  assertEquals(headingOf(run)[4], "parent_id (Organisation Parent - ext key)");
  assertReport(run, { issues: 3, created: 1 }, [
    ["0", "created", "Organization", "2", "0", "Acme", "ACM", "active"],
    ["1", BAD_CELLS, "n/a", "n/a", "0", "Beta", "BET", badStatus("nope")],
    [
      "2",
      BAD_CELLS,
      "n/a",
      "n/a",
      "No match for value 'Nope'. Some possible 'Organization' value(s): Acme, My Company/Department",
      "Gamma",
      "GAM",
      "active",
    ],
    [
      "3",
      BAD_CELLS,
      "n/a",
      "n/a",
      "0",
      "'' is an invalid value. Unexpected value for attribute 'name': Null not allowed",
    ],
  ]);
  assertReport(await play.step(3), { updated: 1 }, [["0", "updated 1 cols", "Organization", "2", "Acme", "AC2"]]);
  assertReport(await play.step(4), { unchanged: 1 }, [["0", "unchanged", "Organization", "2", "Acme", "AC2"]]);
});

decision(ENGLISH, "b-usr-french-localized", async (play) => {
  assertReport(await play.step(2), { issues: 1, created: 2 }, [
    ["0", "created", "Organization", "2", "Acme", "ACM", "active"],
    ["1", "created", "Organization", "3", "Beta", "BET", "inactive"],
    [
      "2",
      BAD_CELLS,
      "n/a",
      "n/a",
      "Gamma",
      "GAM",
      "'Active' is an invalid value. Allowed 'status' value(s): Actif,Inactif",
    ],
  ]);
});

decision("names are matched without regard to case in every alphabet", "a-loc-french-header-case", async (play) => {
  const status = "Issue: Could not be created, due to missing external key(s): Organisation";
  for (const step of [2, 3]) {
    const run = await play.step(step);
    assertComment(run, "#Columns: name, first_name");
    assertReport(run, { issues: 1 }, [["0", status, "n/a", "n/a", "Doe", "Jane"]]);
  }
});
