/** Users with each profile of the built-in model, and a table, written by hand, of what they may load. */
import { assertEquals } from "@std/assert";
import { preparedWorld } from "../helpers/loading.ts";

export const CLASSES = [
  "Organization,Location,Contact,Person,Team,Typology,Brand,Model,OSFamily,OSVersion,ContactType,Software,FunctionalCI",
  "PhysicalDevice,ConnectableCI,DatacenterDevice,Server,Rack,SoftwareInstance,DBServer,WebServer,ApplicationSolution",
  "User,UserInternal,UserLocal,URP_Profiles,URP_UserProfile,URP_UserOrg,lnkPersonToTeam,lnkContactToFunctionalCI",
  "lnkApplicationSolutionToFunctionalCI,lnkDocumentToFunctionalCI,NetworkInterface,IPInterface,PhysicalInterface",
  "Document,DocumentNote,DocumentFile,FAQ",
].join().split(",");

/** The classes of users, which are for administrators, and the only other one outside of the configuration. */
const NOT_CONFIGURATION = [
  "User",
  "UserInternal",
  "UserLocal",
  "URP_Profiles",
  "URP_UserProfile",
  "URP_UserOrg",
  "FAQ",
];

/** By profile: what it may load, of all classes. Everybody else may load nothing. */
export const MAY_LOAD: Readonly<Record<string, (code: string) => boolean>> = {
  Administrator: () => true,
  "Configuration Manager": (code) => !NOT_CONFIGURATION.includes(code),
  "Problem Manager": (code) => code === "FAQ",
  "Document author": (code) => ["Document", "DocumentNote", "DocumentFile"].includes(code),
};

export const PROFILES = [
  "Administrator",
  "Portal user",
  "Configuration Manager",
  "Service Desk Agent",
  "Support Agent",
  "Problem Manager",
  "Change Implementor",
  "Change Supervisor",
  "Change Approver",
  "Service Manager",
  "Document author",
  "Portal power user",
  "REST Services User",
];

const loginOf = (profile: string) => profile.toLowerCase().replaceAll(" ", "-");
export const as = (profile: string): { readonly auth_user: string; readonly auth_pwd: string } => ({
  auth_user: loginOf(profile),
  auth_pwd: `${loginOf(profile)}-Passw0rd`,
});

export const withEverybody = preparedWorld(async ({ load, query }) => {
  const users = PROFILES.map((profile) => {
    const { auth_user, auth_pwd } = as(profile);
    return `${auth_user},${auth_pwd},profileid->name:${profile}\n`;
  });
  const loaded = await load("UserLocal", "login,password,profile_list\n" + users.join(""));
  assertEquals(loaded.rows.filter((row) => !row.startsWith("created")), []);
  const known = query("SELECT name FROM urp_profiles ORDER BY id");
  assertEquals(known, [...PROFILES].filter((profile) => known.includes(profile)), "a profile is not in the table");
  await load("Organization", "name,code\nAcme,A\n");
  await load("Person", "name,first_name,org_id->name\nAnn,A,Acme\n", { reconciliationkeys: "name" });
  await load("Team", "name,org_id->name\nOps,Acme\n", { reconciliationkeys: "name" });
});

export function mayLoad(profile: string, code: string): boolean {
  return MAY_LOAD[profile]?.(code) === true;
}
