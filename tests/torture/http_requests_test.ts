/** Whatever is sent to the server: it is never a bug, never written, and never ends the server. */
import { formPost } from "../server/post.ts";
import { type Answer, answerOf, connect, readToEnd } from "../server/http_client.ts";
import { type OddRequest, oddRequest } from "../server/odd_requests.ts";
import { type Served, withServed } from "../server/served.ts";
import { storedWithoutChance } from "../server/twin.ts";
import { torture, type Trial } from "./torture.ts";

const CLIENTS = 16;

const LIMITS = ["--header_timeout=2", "--request_timeout=3", "--idle_timeout=2", "--max_body=1M", "--access_log=-"];

torture({
  name: "http_requests",
  title: "requests that are malformed, or changed by chance, are refused, write nothing and are never a bug",
  unit: "requests",
  short: 10_000,
  long: 300_000,
  run: (trial) =>
    withServed({ parameters: [...LIMITS, "--proxies=127.0.0.1"] }, async (served) => {
      const before = storedWithoutChance(served.database);
      let next = 0;
      const client = async () => {
        while (next < trial.amount) await tryOne(next++, trial, served);
      };
      await Promise.all(Array.from({ length: CLIENTS }, client));
      if (storedWithoutChance(served.database).join("\n") !== before.join("\n")) trial.lost("something was written");
      await checkEnd(served, trial);
    }),
});

async function tryOne(number: number, trial: Trial, { port }: Served): Promise<void> {
  const random = trial.random.part(number);
  const request = await oddRequest(random);
  const answer = await ask(port, request);
  trial.tried();
  trial.count(Number.isNaN(answer.status) ? "without an answer" : `with ${answer.status}`);
  for (const flaw of flawsOf(answer, request)) {
    trial.lost(
      `request ${number}: ${flaw}\n${
        new TextDecoder("latin1").decode(request.bytes).slice(0, 3000)
      }\n${answer.head}${answer.text}`,
    );
  }
}

async function ask(port: number, { bytes, isCut, isSimulation }: OddRequest): Promise<Answer> {
  const connection = await connect(port);
  // Who waits for an answer that cannot come, because the request is not whole, gives up.
  const patience = setTimeout(() => void connection.closeWrite().catch(() => {}), isSimulation ? 30_000 : 150);
  try {
    const answer = readToEnd(connection);
    try {
      for (let rest = bytes; rest.length > 0;) rest = rest.subarray(await connection.write(rest));
      if (isCut) await connection.closeWrite();
    } catch {
      // The server has closed: what it answered tells why.
    }
    return answerOf(await answer);
  } finally {
    clearTimeout(patience);
    connection.close();
  }
}

const GOOD_STATUSES = [200, 400, 401, 403, 404, 405, 408, 413, 415, 417, 429, 431, 501, 505];

/** What no answer may be, whatever was asked. */
function flawsOf({ status, headers, text }: Answer, request: OddRequest): string[] {
  if (Number.isNaN(status)) return request.isSimulation ? ["no answer"] : [];
  // What stands behind it is the answer to what follows, or to nothing.
  const isHead = new TextDecoder("latin1").decode(request.bytes.subarray(0, 5)) === "HEAD ";
  const isTold = headers.get("x-content-type-options") === "nosniff" &&
    /^text\/plain; |^application\/jsonl; /.test(headers.get("content-type") ?? "");
  return [
    ...GOOD_STATUSES.includes(status) ? [] : [`status ${status}`],
    ...isTold ? [] : ["a browser may take it for a page"],
    ...headers.has("set-cookie") ? ["a header of the client's making"] : [],
    // A report of rows holds them as they were sent.
    // deno-lint-ignore no-control-regex -- control characters are what is searched for
    ...status !== 200 && !isHead && /[\0-\x08\x0b-\x1f\x7f-\x9f]/.test(text) ? ["control characters"] : [],
  ];
}

async function checkEnd(served: Served, { lost }: Trial): Promise<void> {
  const login = {
    auth_user: "admin",
    auth_pwd: "admin",
    class: "Organization",
    reconciliationkeys: "name",
    no_localize: "1",
  };
  const good = formPost(login, "name,code\nAfterwards,A\n");
  const answer = await served.post({ ...good, headers: { ...good.headers, "X-Forwarded-For": "192.0.2.1" } });
  if (answer.status !== 200 || !answer.text.includes("#Created: 1\n")) lost(`a good import afterwards: ${answer.text}`);
  const told = served.stderr().split("\n").slice(1).join("\n");
  if (told !== "") lost(`standard error: ${told}`);
  if (/[^\x20-\x7e\n]/.test(served.log())) lost("the access log holds what terminals obey");
  if (served.entries().some(({ fault }) => fault === "bug")) lost("the access log tells of a bug");
}
