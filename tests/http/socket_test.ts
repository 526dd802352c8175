/** The settings of connections. */
import { assertEquals } from "@std/assert";
import { plainSocket } from "../../lib/http/socket.ts";
import { TlsSocket } from "../../lib/http/tls_socket.ts";

Deno.test("socket: no piece of an answer waits for the client to say that it has the one before", async () => {
  const told: unknown[] = [];
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const client = await Deno.connect({ hostname: "127.0.0.1", port: listener.addr.port });
  const accepted = await listener.accept();
  const setNoDelay = accepted.setNoDelay.bind(accepted);
  accepted.setNoDelay = (isOn) => (told.push(isOn), setNoDelay(isOn));
  plainSocket(accepted);
  new TlsSocket(accepted, { certificate: "", key: "" });
  assertEquals(told, [true, true]);
  accepted.close();
  // Broken meanwhile: that shows when it is read.
  plainSocket(accepted);
  for (const closable of [client, listener]) closable.close();
});
