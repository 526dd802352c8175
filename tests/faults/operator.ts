/** What a new operator stumbled over, as far as one import shows it. */
import type { FaultCase, Load } from "./fault_case.ts";

const ORG: Load = { class: "Organization", csv: "Name,Code\nIT,1\n" };

export const OPERATOR_FAULTS: readonly FaultCase[] = [
  {
    fault: "name for an id",
    title: "a name where an id is expected is answered with the column that finds by name",
    model: "itop",
    before: [ORG],
    load: { class: "Person", csv: "Last Name,First Name,Organization\nDoe,Jo,IT\n" },
    right: { rows: ["error: Organization->Name"] },
  },
  {
    fault: "name for an id",
    title: "with codes, in another class",
    before: [{ class: "Maker", csv: "Name\nAcme\n" }],
    load: { class: "Device", csv: "tag,maker_id\nA1,Acme\n", params: { no_localize: "1" } },
    right: { rows: ["error: maker_id->name"] },
  },
  {
    fault: "name for an id",
    title: "one level deeper each value is named",
    before: [{ class: "Place", csv: "Name,Code\nNorth,N\n" }],
    load: { class: "Device", csv: "Asset tag,Place->Name,Place->Code\nA1,Album 2,Artist 2\n" },
    right: { rows: ["error: 'Album 2' | 'Artist 2' | name | code"] },
  },
  {
    fault: "objects in the way",
    title: "an ambiguous key names the objects",
    before: [{ class: "Box", csv: "Code,Name\nA,x\nB,x\n" }],
    load: { class: "Box", csv: "Name,N\nx,1\n", params: { reconciliationkeys: "Name" } },
    right: { rows: ["error: Box::1 | Box::2"] },
  },
  {
    fault: "objects in the way",
    title: "so does an ambiguous external key",
    before: [{ class: "Place", csv: "Name,Code\nHall,1\nHall,2\n" }],
    load: { class: "Device", csv: "Asset tag,Place->Name\nA1,Hall\n" },
    right: { rows: ["error: 2 | Place::1 | Place::2"] },
  },
  {
    fault: "objects in the way",
    title: "a rule that is broken names who has the value, in the built-in model",
    model: "itop",
    before: [
      ORG,
      { class: "Person", csv: "Last Name,First Name,Employee number,Organization->Name\nDoe,Jo,7,IT\n" },
    ],
    load: { class: "Person", csv: "Last Name,First Name,Employee number,Organization->Name\nRoe,Al,7,IT\n" },
    right: { rows: ["error: Person::1"] },
  },
  {
    fault: "default keys",
    title: "a changed e-mail makes a second person, with a warning that counts",
    model: "itop",
    before: [ORG, {
      class: "Person",
      csv: "Last Name,First Name,Email,Organization->Name\nDoe,Jo,jo@example.org,IT\n",
    }],
    load: {
      class: "Person",
      csv: "Last Name,First Name,Email,Organization->Name\nDoe,Jo,doe@example.org,IT\n",
    },
    right: { rows: ["created"], warnings: ["Person::1"] },
  },
  {
    fault: "default keys",
    title: "a name with a code makes a second organisation, with a warning",
    model: "itop",
    before: [ORG],
    load: { class: "Organization", csv: "Name,Code\nIT,2\n" },
    right: { rows: ["created"], warnings: ["Organization::1"] },
  },
  {
    fault: "default keys",
    title: "nothing is warned of when the keys are named",
    before: [{ class: "Place", csv: "Name,Code\nHall,1\n" }],
    load: { class: "Place", csv: "Name,Code\nHall,2\n", params: { reconciliationkeys: "Name,Code" } },
    right: { rows: ["created"] },
  },
  {
    fault: "no such objects",
    title: "what is said of a class without objects ends without a blank",
    model: "itop",
    load: { class: "Organization", csv: "Name,Parent->Name\nA,B\n" },
    right: { rows: ["error: There are no 'Organization' objects."] },
  },
];
