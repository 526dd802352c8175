// deno-lint-ignore-file no-console -- its port is for the test that runs it
/** A server in a process of its own. */
import { plainFaultAnswer } from "../../lib/http/fault_answer.ts";
import { HttpServer } from "../../lib/http/http_server.ts";
import { echo, LIMITS } from "./test_server.ts";

const server = new HttpServer({ limits: LIMITS, handler: echo, faultAnswer: plainFaultAnswer, onEnd: () => {} });
console.log((await server.listen({ kind: "tcp", hostname: "127.0.0.1", port: 0 })).port);
