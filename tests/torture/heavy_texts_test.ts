/** Texts that are heavy to work on, sent by somebody who has not logged in: nobody else waits for them. */
import { POSTED_ONE_OF } from "../helpers/posted_sample.ts";
import { withServedProcess } from "../program/served_process.ts";
import { withWorld } from "../program/world_and_input.ts";
import { heavyRequest } from "./heavy_requests.ts";
import { torture, type Trial } from "./torture.ts";

/** Milliseconds that anybody else may have to wait for, beside what they wait for when nobody does anything. */
const LONGEST = 500;

/** Requests that are sent together: to tell which is heavy they are sent once more, one by one. */
const TOGETHER = 8;

/** Once may be the machine's doing. */
const TIMES = 3;

const LIMITS = [
  "--proxies=127.0.0.1",
  "--access_log=",
  "--request_timeout=3",
  "--header_timeout=3",
  "--idle_timeout=2",
];

type Send = () => Promise<unknown>;

torture({
  name: "heavy_texts",
  title: "texts that are heavy to compare, cut or decode hold nobody up before a login",
  unit: "requests",
  short: Math.ceil(200 / POSTED_ONE_OF),
  long: 5000,
  run: (trial) =>
    withWorld((scratch) =>
      withServedProcess(scratch, LIMITS, async (served) => {
        const health = async () => void await served.get("/healthz");
        const idle = Math.max(...await Promise.all(Array.from({ length: 20 }, () => timeOf(health))));
        const limit = LONGEST + idle;
        for (let first = 0; first < trial.amount; first += TOGETHER) {
          const requests = Array.from({ length: Math.min(TOGETHER, trial.amount - first) }, (_, at) => first + at)
            .map((number) => ({ number, ...heavyRequest(number, trial.random.part(number)) }));
          const all = requests.map(({ post }) => async () => count(trial, (await served.post(post)).status));
          trial.tried(all.length);
          if (await slowestHealth(all, health) < limit) continue;
          // Which of them was it? The machine may have had other work to do: then it was none.
          for (const { number, what, post } of requests) {
            const slowest = await leastOfSome(() => slowestHealth([() => served.post(post)], health), limit);
            if (slowest >= limit) {
              trial.lost(`request ${number}, ${what}: /healthz took ${slowest} ms, idle ${idle} ms`);
            }
          }
        }
        if ((await served.get("/healthz")).text !== "ok\n") trial.lost("the server does not answer any more");
      })
    ),
});

async function leastOfSome(measure: () => Promise<number>, limit: number): Promise<number> {
  let least = Infinity;
  for (let time = 0; time < TIMES && least >= limit; time++) least = Math.min(least, await measure());
  return least;
}

/** The longest that others waited while requests were answered, in milliseconds. */
async function slowestHealth(sends: readonly Send[], health: Send): Promise<number> {
  let isOver = false;
  const sent = Promise.all(sends.map((send) => send())).finally(() => isOver = true);
  let slowest = 0;
  do slowest = Math.max(slowest, await timeOf(health)); while (!isOver);
  await sent;
  return slowest;
}

async function timeOf(act: Send): Promise<number> {
  const begin = performance.now();
  await act();
  return performance.now() - begin;
}

function count(trial: Trial, status: number): void {
  trial.count(Number.isNaN(status) ? "without an answer" : `with ${status}`);
}
