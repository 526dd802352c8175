/** Faults of keys: rows without any, one object twice, texts that only look different, ids beside keys. */
import { type FaultCase, FRENCH, type Load } from "./fault_case.ts";

const EMAIL = { reconciliationkeys: "Email" };
const NIGHT_1: Load = { class: "Person", csv: "Email,Name,Phone\n,Ann,111\nbob@example.org,Bob,222\n", params: EMAIL };
const EMPTY = "error: the reconciliation keys are empty";
const TWIN = "error: is this object already, with other values";

const EMPTY_KEYS: readonly FaultCase[] = [
  {
    fault: "01",
    title: "a row without its key does not take over whoever has none",
    before: [NIGHT_1],
    load: { class: "Person", csv: "Email,Name,Phone\n,Carl,333\nbob@example.org,Bob,222\n", params: EMAIL },
    right: { rows: [EMPTY, "unchanged"] },
    stored: ["Person", "email,name", [",Ann", "bob@example.org,Bob"]],
  },
  {
    fault: "01",
    title: "two keys that are empty, and one of two",
    before: [{ class: "Box", csv: "Code,Name,N\n,,1\n,x,2\n", params: { reconciliationkeys: "Code,Name" } }],
    load: { class: "Box", csv: "Code,Name,N\n,,9\n,x,3\n", params: { reconciliationkeys: "Code,Name" } },
    right: { rows: [EMPTY, "updated"] },
    stored: ["Box", "n,name", ["1,", "3,x"]],
  },
  {
    fault: "01",
    title: "an empty external key as key, in the built-in model",
    model: "itop",
    before: [
      { class: "Organization", csv: "Name\nAcme\n" },
      { class: "Server", csv: "Name,Organization->Name\na,Acme\n" },
    ],
    load: {
      class: "Server",
      csv: "Name,Organization->Name,Brand->Name\nb,Acme,\n",
      params: { reconciliationkeys: "Brand->Name" },
    },
    right: { rows: [EMPTY] },
    stored: ["Server", "name", ["a"]],
  },
  {
    fault: "01",
    title: "blanks of every alphabet and <NULL> are no key either",
    before: [NIGHT_1],
    load: { class: "Person", csv: 'Email,Name\n"  ",Carl\n"\u3000\u00a0",Dan\n<NULL>,Eve\n', params: EMAIL },
    right: { rows: [EMPTY, EMPTY, EMPTY] },
    stored: ["Person", "email,name", [",Ann", "bob@example.org,Bob"]],
  },
];

const SEPARATORS_ONLY = "separators";
const EMPTY_ROWS: readonly FaultCase[] = [
  {
    fault: "02",
    title: "rows of separators only are passed over",
    load: { class: "Box", csv: "Code,Name,N\nA,x,1\n,,\n,,\n" },
    right: { rows: ["created"], warnings: [SEPARATORS_ONLY] },
    stored: ["Box", "code,n", ["A,1"]],
  },
  {
    fault: "02",
    title: "first, between and last, where something is mandatory",
    load: { class: "Device", csv: "Asset tag,Name\n,\nA1,x\n , \nA2,y\n,\n" },
    right: { rows: ["created", "created"], warnings: [SEPARATORS_ONLY] },
  },
  {
    fault: "02",
    title: "with another separator, in the built-in model",
    model: "itop",
    load: { class: "Organization", csv: "Name;Code\r\n;\r\nAcme;A\r\n;\r\n", params: { separator: ";" } },
    right: { rows: ["created"], warnings: [SEPARATORS_ONLY] },
  },
  {
    fault: "02",
    title: "qualified cells are data, though they are empty",
    load: { class: "Box", csv: 'Code,Name,N\n"",,\n"","",""\n' },
    right: { rows: ["created", "unchanged"] },
  },
];

const TWINS: readonly FaultCase[] = [
  {
    fault: "03",
    title: "the same key three times: the first stays",
    load: { class: "Device", csv: "Asset tag,Name,Serial\nTBD,pc 1,S1\nTBD,pc 2,S2\nTBD,pc 3,S3\n" },
    right: { rows: ["created", TWIN, TWIN] },
    stored: ["Device", "tag,name", ["TBD,pc 1"]],
  },
  {
    fault: "03",
    title: "the last one wins where twins=last says so, and each is counted",
    load: {
      class: "Device",
      csv: "Asset tag,Name\nTBD,pc 1\nTBD,pc 2\nTBD,pc 3\n",
      params: { twins: "last" },
    },
    right: { rows: ["created", "updated", "updated"], warnings: ["2 rows"], isSettled: false },
    stored: ["Device", "tag,name", ["TBD,pc 3"]],
  },
  {
    fault: "03",
    title: "through an external key, and word for word",
    before: [
      { class: "Person", csv: "Email,Name\na@example.org,A\n" },
      { class: "Device", csv: "Asset tag\nL1\n" },
    ],
    load: {
      class: "Keeping",
      csv: "Device->Asset tag,Keeper->Email,Share\nL1,a@example.org,5\nl1,A@example.org,6\nL1,a@example.org,5\n",
    },
    right: { rows: ["created", TWIN, "unchanged"] },
    stored: ["Keeping", "share", ["5"]],
  },
  {
    fault: "03",
    title: "users of the built-in model",
    model: "itop",
    load: {
      class: "UserLocal",
      csv: "Login,Password,Language,Profiles\nann,Secret_1,EN US,profileid:2\nANN,Secret_1,FR FR,profileid:2\n",
    },
    right: { rows: ["created", TWIN] },
    stored: ["UserLocal", "login,language", ["admin,EN US", "ann,EN US"]],
  },
];

const NFD = "Cafe\u0301 GmbH";
const LOOK_ALIKES: readonly FaultCase[] = [
  {
    fault: "06",
    title: "one name in two Unicode forms is one maker",
    load: { class: "Maker", csv: `Name\nCafé GmbH\n${NFD}\nZürich Gear\n` },
    right: { rows: ["created", "unchanged", "created"] },
    stored: ["Maker", "name", ["Café GmbH", "Zürich Gear"]],
  },
  {
    fault: "06",
    title: "through an external key, in a unique serial and in a label",
    before: [{ class: "Maker", csv: "Name\nZürich Gear\n" }],
    load: {
      class: "Device",
      csv: "Asset tag,Maker->Name,Serial\nA1,Zu\u0308rich Gear,\nA2,,É\nA3,,E\u0301\n",
    },
    right: { rows: ["created", "created", "error: there is 'A2'"] },
  },
  {
    fault: "06",
    title: "a login of the built-in model",
    model: "itop",
    before: [{ class: "UserLocal", csv: "Login,Password,Profiles\njosé,Secret_1,profileid:2\n" }],
    load: {
      class: "UserLocal",
      csv: "Login,Password,Profiles\njose\u0301,Secret_1,profileid->name:Portal user\n",
    },
    right: { rows: ["unchanged"] },
  },
  {
    fault: "06",
    title: "the label of an enumeration, in the user's language, in two forms and two cases",
    before: [FRENCH],
    load: {
      class: "Device",
      csv: "Étiquette,E\u0301tat\nA1,De\u0301truit\nA2,DÉTRUIT\nA3,utilisé\n",
      params: { auth_user: "fr", auth_pwd: "fr" },
    },
    right: { rows: ["created", "created", "created"] },
    stored: ["Device", "tag,status", ["A1,GONE", "A2,GONE", "A3,USED"]],
  },
  {
    fault: "07",
    title: "blanks and characters without width at the ends make no other object",
    load: {
      class: "Device",
      csv: "Asset tag,Name\nA1,same\nA1\u00a0,same\n\u200bA1,same\n\ufeffA1,same\nA1\u3000,same\nA1 ,same\nA1\t,same\n",
    },
    right: { rows: ["created", ...Array.from({ length: 6 }, () => "unchanged")] },
    stored: ["Device", "tag", ["A1"]],
  },
  {
    fault: "07",
    title: "within a key they count, and are warned of",
    load: { class: "Maker", csv: "Name\nAcme\nAc\u200bme\nAc\u00adme\n" },
    right: { rows: ["created", "created", "created"], warnings: ["U+200B"] },
  },
  {
    fault: "07",
    title: "in a look-up and in a link item",
    before: [
      { class: "Maker", csv: "Name\nAcme\n" },
      { class: "Person", csv: "Email,Name\na@example.org,A\n" },
    ],
    load: {
      class: "Device",
      csv: "Asset tag,Maker->Name,Keepers\nA1,\u2003Acme\u00a0,person_id->email:a@example.org\u200b\n",
    },
    right: { rows: ["created"] },
  },
  {
    fault: "71",
    title: "case does not count in any alphabet",
    load: { class: "Maker", csv: "Name\nZürich Gear\nZÜRICH GEAR\nacme\nACME\n" },
    right: { rows: ["created", TWIN, "created", TWIN] },
    stored: ["Maker", "name", ["Zürich Gear", "acme"]],
  },
  {
    fault: "71",
    title: "through an external key and in a unique serial",
    before: [{ class: "Maker", csv: "Name\nZürich Gear\n" }],
    load: { class: "Device", csv: "Asset tag,Maker->Name,Serial\nA1,zürich gear,É1\nA2,,é1\n" },
    right: { rows: ["created", "error: there is 'A1'"] },
  },
  {
    fault: "71",
    title: "Greek, Cyrillic and what is not folded, in the built-in model",
    model: "itop",
    before: [{ class: "Organization", csv: "Name\nΣίσυφος\nМосква\nStraße\n" }],
    load: {
      class: "Organization",
      csv: "Name,Code\nΣΊΣΥΦΟΣ,1\nмОСКВА,2\nSTRASSE,3\n",
      params: { reconciliationkeys: "Name" },
    },
    right: { rows: ["updated", "updated", "created"] },
  },
  {
    fault: "72",
    title: "blanks at either end of a qualified key do not count",
    before: [{ class: "Maker", csv: '"Name"\n"Acme"\n' }],
    load: {
      class: "Device",
      csv: '"Asset tag","Maker->Name"\n"A1","Acme"\n"A1 ","Acme "\n" A1"," Acme"\n" A2","Acme"\n"A2","Acme"\n',
    },
    right: { rows: ["created", "unchanged", "unchanged", "created", "unchanged"] },
    stored: ["Device", "tag", ["A1", "A2"]],
  },
  {
    fault: "72",
    title: "two keys of a place, and the one above it",
    load: {
      class: "Place",
      csv: '"Name","Code","Parent->Name"\n"North "," N",""\n" North","N ",""\n"Floor","F"," North "\n',
    },
    right: { rows: ["created", "unchanged", "created"] },
  },
  {
    fault: "72",
    title: "a name of the built-in model in other qualifiers",
    model: "itop",
    load: {
      class: "Organization",
      csv: "'Name'\n' Acme'\n'Acme '\n",
      params: { qualifier: "'", reconciliationkeys: "Name" },
    },
    right: { rows: ["created", "unchanged"] },
  },
];

const OTHER_IDS: readonly FaultCase[] = [
  {
    fault: "13",
    title: "an id that is no key is compared, and a warning tells how many rows have another one",
    before: [{ class: "Device", csv: "Asset tag,Name\nA1,one\nA2,two\nA3,three\n" }],
    load: { class: "Device", csv: "id,Asset tag,Name\n1,A2,edited\n77,A3,edited\n1,A1-new,renamed\n" },
    right: { rows: ["updated", "updated", "created"], warnings: ["3 rows with an id that is not that of the object"] },
  },
  {
    fault: "13",
    title: "ids that are right, or empty, are nothing to warn of",
    before: [{ class: "Person", csv: "Email,Name\na@example.org,A\nb@example.org,B\n" }],
    load: { class: "Person", csv: "id,Email,Name\n1,a@example.org,C\n,b@example.org,D\n", params: EMAIL },
    right: { rows: ["updated", "updated"] },
  },
  {
    fault: "13",
    title: "as a key the id finds, and one of nobody is an error",
    before: [{ class: "Device", csv: "Asset tag,Name\nA1,one\n" }],
    load: {
      class: "Device",
      csv: "id,Asset tag\n1,A1-new\n77,A2\n",
      params: { reconciliationkeys: "id" },
    },
    right: { rows: ["updated", "error: 77"] },
    stored: ["Device", "tag", ["A1-new"]],
  },
];

export const KEY_FAULTS: readonly FaultCase[] = [
  ...EMPTY_KEYS,
  ...EMPTY_ROWS,
  ...TWINS,
  ...LOOK_ALIKES,
  ...OTHER_IDS,
];
