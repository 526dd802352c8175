import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { setImmediate } from "node:timers";
import { gzipSync } from "node:zlib";
import { RunStop } from "../../../lib/errors.ts";
import { RequestStop } from "../../../lib/http/exchange.ts";
import { FormStop } from "../../../lib/server/form/form_problem.ts";
import { readPost } from "../../../lib/server/form/read_post.ts";
import { withTemporaryFolder } from "../../helpers/temporary_folder.ts";
import {
  cutAnywhere,
  latin1,
  latin1Of,
  LIMITS,
  outcome,
  readingOf,
  requestOf,
  seeded,
  URLENCODED,
  utf8,
} from "./posting.ts";

const CSV = { "content-type": "text/csv" };
const MULTIPART = { "content-type": "multipart/form-data; boundary=b" };
const GZIP = { ...CSV, "content-encoding": "gzip" };

function gzip(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(gzipSync(bytes));
}

function multipart(...parts: readonly (readonly [name: string, value: string])[]): Uint8Array {
  const texts = parts.map(([name, value]) =>
    `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  );
  return latin1(texts.join("") + "--b--\r\n");
}

Deno.test("a raw body is the data, whatever its bytes, and its charset is told", async () => {
  const types: readonly (readonly [type: string, charset: string | null])[] = [
    ["text/csv", null],
    ["Text/CSV; header=present; charset=iso-8859-15", "iso-8859-15"],
    ['text/csv;charset="UTF-8"', "UTF-8"],
    ["text/plain", null],
    ["application/csv", null],
  ];
  for (const [type, charset] of types) {
    const found = await outcome({
      headers: { "content-type": type },
      query: "class=P",
      body: [latin1("a\xe9%41"), latin1("+&=")],
    });
    assertEquals(found, { fields: [["class", "P"]], data: "a\xe9%41+&=", dataName: null, charset });
  }
  assertEquals(await outcome({ headers: CSV }), { fields: [], data: "", dataName: null, charset: null });
});

Deno.test("other types and encodings are refused before a byte of the body is asked for", async () => {
  const body = {
    [Symbol.asyncIterator]: () => {
      throw new Error("the body was begun");
    },
  };
  for (const type of ["application/json", "text/html", "application/octet-stream", "csv", "text/csv; charset", ""]) {
    assertEquals(await outcome({ headers: { "content-type": type }, body }), { kind: "media_type", found: type });
  }
  assertEquals(await outcome({ headers: {}, body }), { kind: "media_type", found: null });
  for (const encoding of ["br", "deflate", "gzip, gzip", "zstd"]) {
    const headers = { ...CSV, "content-encoding": encoding };
    assertEquals(await outcome({ headers, body }), { kind: "content_encoding", found: encoding });
  }
});

Deno.test("names are told at once, values when they are whole, and data is announced before it is taken", async () => {
  const heard: string[] = [];
  const found = await outcome({
    query: "class=A",
    headers: MULTIPART,
    body: [multipart(["auth_user", "me"], ["csvdata", "name\n"], ["class", "B"])],
  }, {
    onName: (name, from) => heard.push(`name ${name} of the ${from}`),
    onField: ({ name, value }) => heard.push(`${name}=${value}`),
    beforeData: async () => {
      heard.push("data?");
      await new Promise((resolve) => setTimeout(resolve, 1));
      heard.push("data!");
      return { isLoginKnown: true };
    },
  });
  assertEquals("kind" in found, false);
  assertEquals(heard, [
    ...["name class of the query", "class=A", "name auth_user of the body", "auth_user=me", "data?", "data!"],
    ...["name class of the body", "class=B"],
  ]);
});

Deno.test("without data it is asked at the end, once", async () => {
  let asked = 0;
  const beforeData = () => Promise.resolve({ isLoginKnown: ++asked > 0 });
  const found = await outcome({ headers: { "content-type": URLENCODED }, body: [utf8("class=A")] }, { beforeData });
  assertEquals([asked, "kind" in found], [1, false]);
});

Deno.test("a forbidden name ends the reading before its value is read", async () => {
  const onName = (name: string) => {
    if (name === "csvfile") throw new RangeError("forbidden");
  };
  async function* body(): AsyncGenerator<Uint8Array> {
    yield utf8("class=A&csvfile=");
    throw new Error("read on");
  }
  const posted = { headers: { "content-type": URLENCODED }, body: body() };
  await assertRejects(() => outcome(posted, { onName }), RangeError, "forbidden");
});

Deno.test("data may have so many bytes and not one more; fewer before the login", async () => {
  const limits = { ...LIMITS, mostDataBytes: 10, mostDataBytesBeforeLogin: 5 };
  const bodies = (data: string) => [
    { headers: CSV, body: [latin1(data)] },
    { headers: GZIP, body: [gzip(latin1(data))] },
    { headers: { "content-type": URLENCODED }, body: [latin1(`csvdata=${data}`)] },
    { headers: MULTIPART, body: [multipart(["csvdata", data])] },
  ];
  for (const isLoginKnown of [true, false]) {
    const beforeData = () => Promise.resolve({ isLoginKnown });
    const most = isLoginKnown ? 10 : 5;
    for (const posted of bodies("x".repeat(most))) {
      assertEquals("kind" in await outcome(posted, { limits, beforeData }), false);
    }
    for (const posted of bodies("x".repeat(most + 1))) {
      const kind = isLoginKnown ? "too_much_data" : "data_before_login";
      assertEquals(await outcome(posted, { limits, beforeData }), { kind, most });
    }
  }
});

Deno.test("gzip is inflated, in every kind of body, however it is cut", async () => {
  const random = seeded(5);
  for (let run = 0; run < 20; run++) {
    const packed = gzip(multipart(["class", "A"], ["csvdata", "name\n".repeat(run)]));
    const headers = { ...MULTIPART, "content-encoding": run % 2 === 0 ? "gzip" : "X-GZIP" };
    assertEquals(await outcome({ headers, body: cutAnywhere(packed, random) }), {
      fields: [["class", "A"]],
      data: "name\n".repeat(run),
      dataName: null,
      charset: null,
    });
  }
});

Deno.test("gzip that is cut, changed, followed by more, or none at all is refused", async () => {
  const packed = gzip(utf8("name;code\nA;1\n"));
  const changed = Uint8Array.from(packed);
  changed[packed.length - 6] = (changed[packed.length - 6] ?? 0) ^ 1;
  const bodies: Uint8Array[] = [utf8("name;code\n"), changed, new Uint8Array(0)];
  for (let length = 1; length < packed.length; length++) bodies.push(packed.subarray(0, length));
  // A second member: to stop behind the first would lose rows.
  bodies.push(Uint8Array.from([...packed, ...packed]), Uint8Array.from([...packed, 0]));
  for (const body of bodies) assertEquals(await outcome({ headers: GZIP, body: [body] }), { kind: "corrupt_gzip" });
});

Deno.test("random raw bodies, packed and changed at random, come back as they were or are refused", async () => {
  const random = seeded(56);
  const counts = { read: 0, refused: 0 };
  for (let run = 0; run < 1000; run++) {
    const body = Uint8Array.from({ length: Math.floor(random() * 200) }, () => Math.floor(random() * 4) * 61);
    const expected = { fields: [], data: latin1Of(body), dataName: null, charset: null };
    assertEquals(await outcome({ headers: CSV, body: cutAnywhere(body, random) }), expected);
    const packed = gzip(body);
    if (random() < 0.5) packed[Math.floor(random() * packed.length)] = Math.floor(random() * 256);
    const found = await outcome({ headers: GZIP, body: cutAnywhere(packed, random) });
    if (!("kind" in found)) assertEquals(found, expected);
    else assertEquals(found, { kind: "corrupt_gzip" });
    counts["kind" in found ? "refused" : "read"]++;
  }
  assertEquals([counts.read > 100, counts.refused > 100], [true, true], JSON.stringify(counts));
});

Deno.test("a zip bomb ends at the limit, in little memory", async () => {
  const bomb = gzip(new Uint8Array(128 * 1024 * 1024));
  const most = 8 * 1024 * 1024;
  const limits = { ...LIMITS, mostDataBytes: most };
  await withTemporaryFolder(async ({ folder }) => {
    const before = Deno.memoryUsage().rss;
    const data = await outcome({ headers: GZIP, body: [bomb] }, { limits, folder });
    const packed = { ...MULTIPART, "content-encoding": "gzip" };
    const preamble = await outcome({ headers: packed, body: [bomb] }, { limits, folder });
    const grown = (Deno.memoryUsage().rss - before) / 1024 / 1024;
    assertEquals(data, { kind: "too_much_data", most });
    assertEquals("kind" in preamble && preamble.kind, "multipart");
    assertEquals(grown < 100, true, `${grown} MiB more`);
  });
});

Deno.test("bytes that are neither data nor a value have a limit too, a lower one before the login", async () => {
  const limits = { ...LIMITS, allFieldBytes: 1000, mostDataBytes: 2_000_000, mostDataBytesBeforeLogin: 1_000_000 };
  // Blanks behind a boundary, on its line: nobody counts them as anything else.
  const body = (blanks: number) => [
    latin1(`--b\r\nContent-Disposition: form-data; name=csvdata\r\n\r\na\r\n--b`),
    ...Array.from({ length: blanks / 100_000 }, () => new Uint8Array(100_000).fill(0x20)),
    latin1("\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--b--"),
  ];
  for (const isLoginKnown of [true, false]) {
    const beforeData = () => Promise.resolve({ isLoginKnown });
    const most = 3 * ((isLoginKnown ? 2_000_000 : 1_000_000) + 1000) + 1024 * 1024;
    const kindOf = async (blanks: number) => {
      const found = await outcome({ headers: MULTIPART, body: body(blanks) }, { limits, beforeData });
      return "kind" in found ? found : "read";
    };
    assertEquals(await kindOf(4_000_000), "read");
    assertEquals(await kindOf(isLoginKnown ? 8_000_000 : 4_200_000), {
      kind: isLoginKnown ? "body_too_large" : "body_before_login",
      most,
    });
  }
});

Deno.test("who brings the login along may send a first piece that is larger than all that may come before it", async () => {
  const limits = { ...LIMITS, mostDataBytes: 4_000_000, mostDataBytesBeforeLogin: 1000 };
  await withTemporaryFolder(async ({ folder }) => {
    const found = await outcome({ headers: GZIP, body: [gzip(new Uint8Array(3_000_000))] }, { limits, folder });
    assertEquals("kind" in found ? found : found.data?.length, 3_000_000);
  });
});

Deno.test("all fields together have a limit, wherever they stand", async () => {
  const limits = { ...LIMITS, allFieldBytes: 30 };
  const headers = { "content-type": URLENCODED };
  const post = (query: string, body: string) => outcome({ query, headers, body: [utf8(body)] }, { limits });
  assertEquals("kind" in await post("a=1234567890", "b=1234567890&csvdata=1234567890&c=%3123456789%30"), false);
  for (
    const [query, body] of [["a=1234567890", "b=1234567890&c=12345678901"], [
      "a=1234567890&a=1234567890&a=12345678901",
      "",
    ]]
  ) {
    assertEquals(await post(query ?? "", body ?? ""), { kind: "fields_too_large", most: 30 });
  }
  const parts = multipart(["a", "1234567890"], ["csvdata", "x".repeat(100)], ["b", "x".repeat(21)]);
  assertEquals(await outcome({ headers: MULTIPART, body: [parts] }, { limits }), {
    kind: "fields_too_large",
    most: 30,
  });
});

Deno.test("while a packed body is read the program hears of other things", async () => {
  const random = seeded(3);
  const packed = gzip(Uint8Array.from({ length: 1_000_000 }, () => Math.floor(random() * 256)));
  let turns = 0;
  let isRead = false;
  const turn = () => {
    turns++;
    if (!isRead) setImmediate(turn);
  };
  setImmediate(turn);
  await withTemporaryFolder(({ folder }) => outcome({ headers: GZIP, body: [packed] }, { folder }));
  isRead = true;
  assertEquals(turns >= 3, true, `${turns} turns`);
});

Deno.test("what ends the body passes through, packed or not, and nothing is left in the folder", async () => {
  await withTemporaryFolder(async ({ folder }) => {
    for (const headers of [CSV, GZIP]) {
      const piece = headers === GZIP
        ? gzip(crypto.getRandomValues(new Uint8Array(60_000))).subarray(0, 40_000)
        : new Uint8Array(200_000);
      const body = async function* (): AsyncGenerator<Uint8Array> {
        yield piece;
        await Promise.resolve();
        throw new RequestStop({ kind: "body_too_short" });
      };
      await assertRejects(() => outcome({ headers, body: body() }, { folder }), RequestStop, "body_too_short");
      assertEquals([...Deno.readDirSync(folder)], []);
    }
  });
});

Deno.test("whatever ends the reading, the body is let go", async () => {
  for (const headers of [CSV, GZIP]) {
    let isLetGo = false;
    const packed = headers === GZIP ? gzip(new Uint8Array(100_000)) : new Uint8Array(100_000);
    const body = async function* (): AsyncGenerator<Uint8Array> {
      try {
        await Promise.resolve();
        while (true) yield packed;
      } finally {
        isLetGo = true;
      }
    };
    const limits = { ...LIMITS, mostDataBytes: 50_000 };
    assertEquals(await outcome({ headers, body: body() }, { limits }), { kind: "too_much_data", most: 50_000 });
    await new Promise((resolve) => setTimeout(resolve, 5));
    assertEquals(isLetGo, true);
  }
});

Deno.test("much data goes to a file without a name, readable once and again, and away when it is closed", async () => {
  await withTemporaryFolder(async ({ folder }) => {
    const body = [new Uint8Array(90_000).fill(1), new Uint8Array(90_000).fill(2)];
    const form = await readPost(requestOf({ headers: CSV, body }), readingOf({ folder }));
    for (let reading = 0; reading < 2; reading++) {
      let [bytes, sum] = [0, 0];
      for (const piece of form.csvdata?.pieces() ?? []) {
        bytes += piece.length;
        sum += piece.reduce((total, byte) => total + byte, 0);
      }
      assertEquals([bytes, sum], [180_000, 270_000]);
    }
    assertEquals(form.csvdata?.bytes, 180_000);
    form.csvdata?.close();
    assertEquals([...Deno.readDirSync(folder)], []);
  });
});

Deno.test("a folder that cannot be written to ends the reading as its caller says", async () => {
  const stop = await assertRejects(() => outcome({ headers: CSV, body: [new Uint8Array(200_000)] }), RunStop);
  assertStringIncludes(stop.message, "/no/such/folder");
});

Deno.test("data may come in the query or the body, but not in both", async () => {
  const body = [utf8("csvdata=b")];
  const headers = { "content-type": URLENCODED };
  const found = await outcome({ query: "csvdata=a%0A" });
  assertEquals("kind" in found ? found : found.data, "a\n");
  assertEquals(await outcome({ query: "csvdata=a", headers, body }), { kind: "data_twice" });
  await assertRejects(
    () => readPost(requestOf({ query: "csvdata=a", headers, body }), readingOf()),
    FormStop,
    "data_twice",
  );
});
