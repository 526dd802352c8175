/** Faults of links, of what views and exports write, and of words that mean nothing. */
import type { FaultCase, Load } from "./fault_case.ts";

const PEOPLE: Load = { class: "Person", csv: "Email,Name\nann@example.org,Ann\nbob@example.org,Bob\n" };
const ANN = "person_id->email:ann@example.org";
const BOB = "person_id->email:bob@example.org";
const CODES = { no_localize: "1" };

const VIEWS: readonly FaultCase[] = [
  {
    fault: "10",
    title: "0 in an external key is none",
    before: [{ class: "Device", csv: "tag,name\nA1,x\nA2,y\n", params: CODES }],
    load: {
      class: "Device",
      csv: "id,tag,name,maker_id,place_id\n1,A1,x,0,0\n2,A2,y,0,0\n",
      params: CODES,
    },
    right: { rows: ["unchanged", "unchanged"] },
  },
  {
    fault: "10",
    title: "as a key and in an item of a link set",
    before: [PEOPLE, { class: "Device", csv: "Asset tag,Name\nA1,x\n" }],
    load: {
      class: "Device",
      csv: `tag,maker_id,keepers\nA1,0,${ANN};at_id:0\n`,
      params: { ...CODES, reconciliationkeys: "tag,maker_id" },
    },
    right: { rows: ["updated"] },
    stored: ["Keeping", "at_id", ["0"]],
  },
  {
    fault: "10",
    title: "in the built-in model",
    model: "itop",
    before: [{ class: "Organization", csv: "Name\nAcme\n" }],
    load: { class: "Organization", csv: "id,name,parent_id\n1,Acme,0\n", params: CODES },
    right: { rows: ["unchanged"] },
  },
  {
    fault: "11",
    title: "a case log that is what a view shows is unchanged",
    before: [{ class: "Device", csv: "tag,log\nA1,hello\n", params: CODES }],
    load: { class: "Device", csv: "tag,log\nA1,hello\n", params: CODES },
    right: { rows: ["unchanged"] },
  },
  {
    fault: "11",
    title: "an empty cell adds nothing to it, and what is new is added",
    before: [{ class: "Device", csv: "tag,log\nA1,hello\n", params: CODES }],
    load: { class: "Device", csv: "tag,log\nA1,\na2,more\n", params: CODES },
    right: { rows: ["unchanged", "created"] },
  },
  {
    fault: "11",
    title: "in the built-in model, with an account that has one",
    model: "itop",
    before: [{
      class: "UserLocal",
      csv: "login,password,profile_list,log\nann,Secret_1,profileid:2,hello\n",
      params: CODES,
    }],
    load: { class: "UserLocal", csv: "login,log\nann,hello\n", params: { ...CODES, reconciliationkeys: "login" } },
    right: { rows: ["unchanged"] },
  },
  {
    fault: "35",
    title: "a computed column is refused",
    load: { class: "Device", csv: "tag,friendlyname\nA1,Something else\n", params: CODES },
    right: { exitCode: 64, told: ["'friendlyname' is computed and cannot be written"] },
  },
  {
    fault: "35",
    title: "with its label, and those of obsolescence, in a library",
    model: "library.jsonc",
    load: { class: "Book", csv: "Book title,ISBN,Full name,Obsolete,Obsolescence date\nOne,1,x,no,\n" },
    right: {
      exitCode: 64,
      told: ["'Full name' is computed", "'Obsolete' is computed", "'Obsolescence date' is computed"],
    },
  },
  {
    fault: "35",
    title: "as a key it is none to write, in the built-in model",
    model: "itop",
    before: [{ class: "Organization", csv: "Name\nAcme\n" }],
    load: {
      class: "Organization",
      csv: "Full name,Code\nacme,A\n",
      params: { reconciliationkeys: "Full name" },
    },
    right: { rows: ["updated"] },
  },
];

const KEPT: readonly FaultCase[] = [
  {
    fault: "12",
    title: "a link that stays keeps what its item does not name",
    before: [
      PEOPLE,
      { class: "Place", csv: "Name,Code\nHall,H\n" },
      {
        class: "Keeping",
        csv:
          "Device->Asset tag,Keeper->Email,Share,Since,Role,Fee,At->Name\nL1,ann@example.org,50,2024-01-02,Owner,1.50,Hall\n",
      },
    ].flatMap((load) => load.class === "Keeping" ? [{ class: "Device", csv: "Asset tag\nL1\n" }, load] : [load]),
    load: { class: "Device", csv: `Asset tag,Keepers\nL1,${ANN}|${BOB}\n` },
    right: { rows: ["updated"] },
    stored: ["Keeping", "share,since,role,fee,at_id", ["50,2024-01-02,owner,1.50,1", "100,,,,0"]],
  },
  {
    fault: "12",
    title: "from the other end",
    before: [
      PEOPLE,
      { class: "Device", csv: `Asset tag,Keepers\nL1,${ANN};share:50;since:2024-01-02\nL2,\n` },
    ],
    load: { class: "Person", csv: "Email,Devices\nann@example.org,device_id->tag:L1|device_id->tag:L2;share:7\n" },
    right: { rows: ["updated"] },
    stored: ["Keeping", "share,since", ["50,2024-01-02", "7,"]],
  },
  {
    fault: "12",
    title: "roles of a team in the built-in model, and what the item names is written",
    model: "itop",
    before: [
      { class: "Organization", csv: "Name\nDemo\n" },
      { class: "ContactType", csv: "Name\nManager\nDeputy\n" },
      {
        class: "Person",
        csv: "Last Name,First Name,Email,Organization->Name\nDoe,Jo,jo@example.org,Demo\nRoe,Al,al@example.org,Demo\n",
      },
      {
        class: "Team",
        csv: "name,org_id->name,persons_list\nOps,Demo,person_id->email:jo@example.org;role_id->name:Manager|" +
          "person_id->email:al@example.org;role_id->name:Deputy\n",
        params: CODES,
      },
    ],
    load: {
      class: "Team",
      csv: "name,org_id->name,persons_list\nOps,Demo,person_id->email:jo@example.org|" +
        "person_id->email:al@example.org;role_id->name:Manager\n",
      params: CODES,
    },
    right: { rows: ["updated"] },
    stored: ["lnkPersonToTeam", "role_name", ["Manager", "Manager"]],
  },
  {
    fault: "33",
    title: "two items for one partner that disagree are an error; the same twice is one",
    before: [PEOPLE],
    load: {
      class: "Device",
      csv: `Asset tag,Keepers\nL1,${ANN};share:10|${ANN};share:20\nL2,${ANN}|person_id->email:ANN@example.org\n`,
    },
    right: { rows: ["error: ann@example.org", "created"] },
  },
  {
    fault: "33",
    title: "found in two ways, from the other end",
    before: [PEOPLE, { class: "Device", csv: "Asset tag\nL1\n" }],
    load: {
      class: "Person",
      csv: "Email,Devices\nann@example.org,device_id->tag:L1;role:owner|device_id:1;role:user\n" +
        "bob@example.org,device_id->tag:L1;role:user|device_id:1;role:user\n",
    },
    right: { rows: ["error: device_id", "updated"] },
  },
  {
    fault: "33",
    title: "profiles of a user of the built-in model",
    model: "itop",
    load: {
      class: "UserLocal",
      csv: "Login,Password,Profiles\nann,Secret_1,profileid:2;reason:x|profileid->name:Portal user;reason:y\n",
    },
    right: { rows: ["error: profile"] },
  },
  {
    fault: "34",
    title: "the second row of a file does not take away the link that the first has made",
    before: [PEOPLE],
    load: { class: "Device", csv: `Asset tag,Keepers\nL1,${ANN}\nL1,${BOB}\n` },
    right: { rows: ["created", "error: Row 0 (line 2)"] },
    stored: ["Keeping", "person_id", ["1"]],
  },
  {
    fault: "34",
    title: "nor from its other end",
    before: [PEOPLE, { class: "Device", csv: "Asset tag\nL1\nL2\n" }],
    load: {
      class: "Person",
      csv: "Email,Devices\nann@example.org,device_id->tag:L1\nann@example.org,device_id->tag:L2\n",
    },
    right: { rows: ["updated", "error: Row 0 (line 2)"] },
  },
  {
    fault: "34",
    title: "by the class of the links a row is a link",
    before: [PEOPLE, { class: "Device", csv: "Asset tag\nL1\n" }],
    load: { class: "Keeping", csv: "Device->Asset tag,Keeper->Email\nL1,ann@example.org\nL1,bob@example.org\n" },
    right: { rows: ["created", "created"] },
  },
];

const WORDS: readonly FaultCase[] = [
  {
    fault: "36",
    title: "words for nothing are words where a text may stand, and an error elsewhere",
    load: {
      class: "Device",
      csv:
        "Asset tag,Name,Quantity,Bought,Maker->Name\nN1,NULL,,,\nN2,\\N,,,\nN3,,\\N,,\nN4,,,NULL,\nN5,,,,None\nN6,<NULL>,,,\n",
    },
    right: { rows: ["created", "created", "error: \\N", "error: NULL", "error: Maker", "created"] },
    stored: ["Device", "name", ["NULL", "\\N", ""]],
  },
  {
    fault: "36",
    title: "a person may be called Null, in the built-in model",
    model: "itop",
    before: [{ class: "Organization", csv: "Name\nDemo\n" }],
    load: { class: "Person", csv: "Last Name,First Name,Organization->Name\nNull,None,Demo\n" },
    right: { rows: ["created"] },
  },
  {
    fault: "36",
    title: "in an enumeration, a boolean and an item of a link set",
    before: [PEOPLE],
    load: {
      class: "Device",
      csv: `Asset tag,Status,Leased,Keepers\nA1,NULL,,\nA2,,N/A,\nA3,,,NULL\nA4,<NULL>,<NULL>,<NULL>\n`,
    },
    right: { rows: ["error: NULL", "error: N/A", "error: NULL", "created"] },
  },
  {
    fault: "37",
    title: "what Excel puts around texts is taken as it stands",
    load: { class: "Device", csv: 'Asset tag,Serial\n="00501",="1E10"\n' },
    right: { rows: ["created"] },
    stored: ["Device", "tag,serial", ['="00501",="1E10"']],
  },
  {
    fault: "37",
    title: "and finds itself again, in the built-in model",
    model: "itop",
    load: { class: "Organization", csv: 'Name,Code\n="007",\n="007",\n' },
    right: { rows: ["created", "unchanged"] },
  },
  {
    fault: "37",
    title: "a number is none with it",
    load: { class: "Device", csv: 'Asset tag,Quantity\nA1,="5"\n' },
    right: { rows: ['error: ="5"'] },
  },
];

export const LINK_FAULTS: readonly FaultCase[] = [...VIEWS, ...KEPT, ...WORDS];
