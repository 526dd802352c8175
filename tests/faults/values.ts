/** Faults of values: numbers that would be rounded, patterns, words for yes and no, enumerations; all mistakes of a row at once. */
import { type FaultCase, FRENCH, type Load } from "./fault_case.ts";

const DECIMALS = "error: Too many decimals | expected at most 2";

const NUMBERS: readonly FaultCase[] = [
  {
    fault: "04",
    title: "a price with more decimals than it can have is refused, zeros behind are fine",
    load: {
      class: "Device",
      csv: 'Asset tag,Price\nA1,1.234\nA2,12.345\nA3,999.999\nA4,-0.004\nA5,12.500\nA6,"1.234,50"\nA7,1e3\nA8,.5\n',
    },
    right: {
      rows: [DECIMALS, DECIMALS, DECIMALS, DECIMALS, "created", "error: Wrong format", "error: Wrong", "created"],
    },
    stored: ["Device", "tag,price", ["A5,12.50", "A8,0.50"]],
  },
  {
    fault: "04",
    title: "as a key it finds nothing",
    before: [{ class: "Device", csv: "Asset tag,Price\nA1,1.23\n" }],
    load: {
      class: "Device",
      csv: "Price,Name,Asset tag\n1.234,which one?,A2\n1.230,found,A1\n",
      params: { reconciliationkeys: "Price" },
    },
    right: { rows: [DECIMALS, "updated"] },
    stored: ["Device", "tag,name", ["A1,found"]],
  },
  {
    fault: "04",
    title: "in an attribute of a link, and in a number that is whole",
    before: [{ class: "Person", csv: "Email,Name\na@example.org,A\n" }],
    load: {
      class: "Device",
      csv: "Asset tag,Keepers,Quantity\nA1,person_id->email:a@example.org;fee:1.234,\n" +
        "A2,person_id->email:a@example.org;fee:1.20,\nA3,,1.5\n",
    },
    right: { rows: ["error: fee | Too many decimals [1.234]", "created", "error: Wrong format"] },
    stored: ["Keeping", "fee", ["1.20"]],
  },
  {
    fault: "04",
    title: "in a book's price",
    model: "library.jsonc",
    load: { class: "Book", csv: "Book title,ISBN,Price\nOne,1,9.999\nTwo,2,9.990\n" },
    right: { rows: [DECIMALS, "created"] },
  },
];

const ORG: Load = { class: "Organization", csv: "Name\nDemo\n" };

const PATTERNS: readonly FaultCase[] = [
  {
    fault: "08",
    title: "what may stand before and behind the @, in the built-in model",
    model: "itop",
    before: [ORG],
    load: {
      class: "Person",
      csv:
        "Last Name,First Name,Email,Organization->Name\nDoe,Jo,jo+cmdb@example.org,Demo\nRoe,Al,al/eu@example.org,Demo\n" +
        "Poe,Jö,joe@müller.example,Demo\nOk,Ann,ann.o'neil@example.technology,Demo\n",
    },
    right: { rows: ["created", "created", "created", "created"] },
  },
  {
    fault: "08",
    title: "all special characters, and refusals that tell the form",
    load: {
      class: "Person",
      csv: "Email,Name\n!#$%*/=?^`{|}~@example.org,A\nno at,B\na@b@c.org,C\ngrüße@example.org,D\na@exa mple.org,E\n",
    },
    right: {
      rows: ["created", "error: no at | @", "error: a@b@c.org | @", "created", "error: exa mple | @"],
    },
  },
  {
    fault: "08",
    title: "as a link item's key",
    before: [{ class: "Person", csv: "Email,Name\njo+x@example.org,Jo\n" }],
    load: { class: "Device", csv: "Asset tag,Keepers\nA1,person_id->email:jo+x@example.org\n" },
    right: { rows: ["created"] },
  },
  {
    fault: "28",
    title: "phones",
    load: {
      class: "Person",
      csv: "Email,Name,Phone\na@example.org,A,030/123456\nb@example.org,B,+49 (0)30 12-45\n" +
        "c@example.org,C,555-1234 ext. 6\nd@example.org,D,call me\n",
    },
    right: { rows: ["created", "created", "created", "error: call me | digits"] },
  },
  {
    fault: "28",
    title: "numbers, addresses of machines and pages tell what is expected",
    load: {
      class: "Device",
      csv: 'Asset tag,Quantity,Price,IP,Web page\nA1,5.0,,,\nA2,"1,000",,,\nA3,,"12,50",,\nA4,,,2001:db8::1,\n' +
        "A5,,,,www.example.org\nA6,,,10.0.0.1/24,\n",
    },
    right: {
      rows: [
        "created",
        "error: 1,000 | whole number",
        "error: 12,50 | decimal point",
        "created",
        "error: www.example.org | http",
        "error: 10.0.0.1/24 | IP",
      ],
    },
  },
  {
    fault: "28",
    title: "in the built-in model, and in a key",
    model: "itop",
    before: [ORG],
    load: {
      class: "Server",
      csv: "Name,Organization->Name,Management IP,Rack units\na,Demo,nowhere,1\nb,Demo,::1,two\n",
    },
    right: { rows: ["error: nowhere | IP", "error: two | whole number"] },
  },
  {
    fault: "29",
    title: "addresses of IP version 6",
    load: { class: "Device", csv: "Asset tag,IP\nA1,10.0.0.1\nA2,2001:db8::1\nA3,::1\nA4,fe80::1%eth0\n" },
    right: { rows: ["created", "created", "created", "error: fe80::1%eth0"] },
  },
  {
    fault: "29",
    title: "an attribute for version 4 only says so",
    load: { class: "Device", csv: "Asset tag,Old IP\nA1,10.0.0.1\nA2,::1\nA3,1.2.3\n" },
    right: { rows: ["created", "error: ::1 | IP version 4", "error: 1.2.3 | IP version 4"] },
  },
  {
    fault: "29",
    title: "in the built-in model",
    model: "itop",
    before: [ORG],
    load: {
      class: "Server",
      csv: "Name,Organization->Name,Management IP\na,Demo,2001:db8::1\nb,Demo,2001:db8::g\n",
    },
    right: { rows: ["created", "error: 2001:db8::g"] },
  },
];

const WORDS: readonly FaultCase[] = [
  {
    fault: "09",
    title: "twelve words for yes and no, in any case",
    load: {
      class: "Device",
      csv: "Asset tag,Leased\n" +
        ["TRUE", "false", "Y", "yes", "0", "on", "T", "f", "No", "n", "1", "OFF"].map((word, at) => `A${at},${word}\n`)
          .join("") +
        "B,perhaps\n",
    },
    right: { rows: [...Array.from({ length: 12 }, () => "created"), "error: perhaps | yes"] },
    stored: ["Device", "leased", ["yes", "no", "yes", "yes", "no", "yes", "yes", "no", "no", "no", "yes", "no"]],
  },
  {
    fault: "09",
    title: "those of the user's language, as keys too",
    before: [FRENCH],
    load: {
      class: "Device",
      csv: "Étiquette,Loué,État\nF1,oui,En stock\nF2,Non,Utilisé\nF3,yes,Utilisé\n",
      params: { auth_user: "fr", auth_pwd: "fr", reconciliationkeys: "Étiquette,Loué" },
    },
    right: { rows: ["created", "created", "created"] },
    stored: ["Device", "tag,leased", ["F1,yes", "F2,no", "F3,yes"]],
  },
  {
    fault: "09",
    title: "in a library",
    model: "library.jsonc",
    load: { class: "Book", csv: "Book title,ISBN,Reference only\nOne,1,True\nTwo,2,off\nThree,3,si\n" },
    right: { rows: ["created", "created", "error: si | yes"] },
  },
  {
    fault: "27",
    title: "labels in any case; a code is none, and the labels are named",
    load: {
      class: "Device",
      csv: "Asset tag,Status\nA1,In stock\nA2,in stock\nA3,IN STOCK\nA4,stock\nA5,Gone\nA6,nowhere\n",
    },
    right: {
      rows: [
        ...Array.from({ length: 3 }, () => "created"),
        ...["'stock'", "'Gone'", "'nowhere'"].map((word) => `error: ${word} | In stock,In use,Destroyed`),
      ],
    },
    stored: ["Device", "status", ["STOCK", "STOCK", "STOCK"]],
  },
  {
    fault: "27",
    title: "codes as codes, in any case too",
    load: { class: "Device", csv: "TAG,STATUS\nA1,STOCK\nA2,stock\nA3,In stock\n", params: { no_localize: "1" } },
    right: { rows: ["created", "created", "error: STOCK"] },
  },
  {
    fault: "27",
    title: "in an attribute of a link",
    before: [{ class: "Person", csv: "Email,Name\na@example.org,A\n" }],
    load: {
      class: "Device",
      csv:
        "Asset tag,Keepers\nA1,person_id->email:a@example.org;role:OWNER\nA2,person_id->email:a@example.org;role:boss\n",
    },
    right: { rows: ["created", "error: boss | owner"] },
  },
  {
    fault: "27",
    title: "as a key of the built-in model",
    model: "itop",
    before: [ORG, { class: "Server", csv: "Name,Organization->Name,Status\na,Demo,Production\n" }],
    load: {
      class: "Server",
      csv: "Name,Organization->Name,Status\nb,Demo,PRODUCTION\n",
      params: { reconciliationkeys: "Status" },
    },
    right: { rows: ["updated"] },
    stored: ["Server", "name,status", ["b,production"]],
  },
];

const ALL_AT_ONCE: readonly FaultCase[] = [
  {
    fault: "74",
    title: "all wrong cells of a row are told",
    load: {
      class: "Device",
      csv: "Asset tag,Quantity,Status,Bought\nA1,x,Nowhere,2024-01-02\nA2,x,Nowhere,yesterday\n",
    },
    right: { rows: ["error: [x] | Nowhere", "error: [x] | Nowhere | yesterday"] },
  },
  {
    fault: "74",
    title: "a look-up, a link set, a pattern and a date together",
    load: {
      class: "Device",
      csv: "Asset tag,Maker->Name,Keepers,IP,Last seen\nA1,nobody,person_id->email:none@example.org,x,2024-13-01\n",
    },
    right: { rows: ["error: Maker | none@example.org | [x] | 2024-13-01"] },
  },
  {
    fault: "74",
    title: "in the built-in model",
    model: "itop",
    before: [ORG],
    load: {
      class: "Server",
      csv: "Name,Organization->Name,Management IP,Move to production date,Status\na,Nobody,x,31/31/2024,lost\n",
    },
    right: { rows: ["error: Nobody | [x] | 31/31/2024 | lost"] },
  },
  {
    fault: "line break",
    title: "a text of one line holds no line break",
    load: { class: "Device", csv: 'Asset tag,Serial,Note\nA1,"S\n1","n\n1"\nA2,S2,"n\n2"\n"A\r\n3",,\n' },
    right: { rows: ["error: Line break", "created", "error: Line break"] },
  },
  {
    fault: "line break",
    title: "nor does a key, a link item or a login",
    before: [{ class: "Person", csv: "Email,Name\na@example.org,A\n" }],
    load: { class: "Person", csv: 'Email,Name\na@example.org,"A\rB"\n"b@example\n.org",B\n' },
    right: { rows: ["error: Line break", "error: Line break | 'email'"] },
    stored: ["Person", "name", ["A"]],
  },
  {
    fault: "line break",
    title: "in the built-in model, with line ends of other kinds; U+0085 hints at a wrong charset",
    model: "itop",
    load: { class: "Organization", csv: 'Name,Code\n"A\u2028B",1\n"A\u0085B",2\n"A\nB",3\n' },
    right: { rows: ["error: Line break", "created", "error: Line break"], warnings: ["control characters"] },
  },
];

export const VALUE_FAULTS: readonly FaultCase[] = [...NUMBERS, ...PATTERNS, ...WORDS, ...ALL_AT_ONCE];
