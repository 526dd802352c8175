/** Machines that are none: a server and its clients with a network each, and a cable from every client to the server. */
import { type NameSpace, openNameSpace, runInside } from "./name_space.ts";

export interface Hosts {
  readonly server: NameSpace;
  readonly clients: readonly HostOfClient[];
}

export interface HostOfClient extends NameSpace {
  /** The server's address, as seen from there. */
  readonly serverAddress: string;
}

export async function withHosts<T>(clients: number, use: (hosts: Hosts) => Promise<T>): Promise<T> {
  const opened: NameSpace[] = [];
  const open = async (): Promise<NameSpace> => {
    const host = await openNameSpace("net");
    opened.push(host);
    await runInside(host, "ip link set lo up");
    return host;
  };
  try {
    const server = await open();
    const all: HostOfClient[] = [];
    for (let number = 1; number <= clients; number++) all.push(await connected(await open(), server, number));
    return await use({ server, clients: all });
  } finally {
    for (const host of opened) await host.close();
  }
}

/** Each cable is a network by itself. */
async function connected(client: NameSpace, server: NameSpace, number: number): Promise<HostOfClient> {
  const cable = `cable${number}`;
  const serverAddress = `10.77.${number}.1`;
  await runInside(
    server,
    `ip link add ${cable} type veth peer name cable netns ${client.process}
ip addr add ${serverAddress}/24 dev ${cable}
ip link set ${cable} up`,
  );
  await runInside(client, `ip addr add 10.77.${number}.2/24 dev cable\nip link set cable up`);
  return { ...client, serverAddress };
}
