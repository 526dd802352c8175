/** The classes of users and profiles, for models that do not declare their own. */
import { labelsFromWords } from "./labels.ts";
import {
  type AttributeEntry,
  type ClassEntry,
  DEFAULT_LANGUAGES,
  type LabelsEntry,
  type ModelFile,
  type ProfileEntry,
} from "./model_file.ts";

/** The classes that every model has; a file declares all of them or none. */
export const USER_CLASSES: readonly string[] = ["User", "UserInternal", "UserLocal", "URP_Profiles", "URP_UserProfile"];

/** A file with everything that the program needs: users, and a profile that may load everything. */
export function complete(file: ModelFile): ModelFile {
  const profiles = file.profiles ?? [ADMINISTRATOR];
  if (Object.hasOwn(file.classes, "UserLocal")) return file.profiles === undefined ? { ...file, profiles } : file;
  const languages = file.languages ?? DEFAULT_LANGUAGES;
  const added = Object.entries(usersPart(languages, file.organizations?.class ?? null))
    .filter(([code]) => !Object.hasOwn(file.classes, code));
  return { ...file, profiles, classes: { ...file.classes, ...Object.fromEntries(added) } };
}

const ADMINISTRATOR: ProfileEntry = {
  id: 1,
  name: "Administrator",
  description: "Has the rights on everything",
  administrator: true,
};

/** Labels in the languages of the model, from English and French words. */
type Speaker = (english: string, french: string) => LabelsEntry;

function speakerOf(languages: readonly string[]): Speaker {
  return (english, french) => Object.fromEntries(labelsFromWords({ english, french }, languages));
}

function usersPart(
  languages: readonly string[],
  organizations: string | null,
): { readonly [code: string]: ClassEntry } {
  const say = speakerOf(languages);
  const loginTaken = 'Login must be unique - "{login}" is already being used.';
  return {
    User: {
      labels: say("User", "Utilisateur"),
      abstract: true,
      friendly_name: "{login}",
      subclass_labels: say("Type of account", "Type de compte"),
      unique: [{
        name: "login",
        attributes: ["login"],
        messages: say(loginTaken, loginTaken),
      }],
      attributes: accountAttributes(say, languages[0] ?? null, organizations !== null),
    },
    UserInternal: {
      labels: say("User Internal", "Utilisateur interne"),
      parent: "User",
      abstract: true,
      reconciliation_keys: ["login"],
    },
    UserLocal: { labels: say("User", "Utilisateur"), parent: "UserInternal", attributes: passwordAttributes(say) },
    URP_Profiles: profileClass(say),
    URP_UserProfile: userProfileClass(say),
    ...(organizations === null ? {} : { URP_UserOrg: userOrganizationClass(say, organizations) }),
  };
}

function accountAttributes(
  say: Speaker,
  language: string | null,
  limited: boolean,
): { readonly [code: string]: AttributeEntry } {
  const organizations: AttributeEntry = {
    kind: "link_set",
    labels: say("Allowed Organizations", "Organisations permises"),
    link_class: "URP_UserOrg",
    key_to_this: "userid",
    key_to_remote: "allowed_org_id",
  };
  return {
    login: { kind: "string", labels: say("Login", "Login"), null: false },
    language: { kind: "language", labels: say("Language", "Langue"), null: false, default: language },
    status: {
      kind: "enum",
      labels: say("Status", "Etat"),
      null: false,
      default: "enabled",
      values: { enabled: say("Enabled", "Actif"), disabled: say("Disabled", "Désactivé") },
    },
    profile_list: {
      kind: "link_set",
      labels: say("Profiles", "Profils"),
      link_class: "URP_UserProfile",
      key_to_this: "userid",
      key_to_remote: "profileid",
    },
    ...(limited ? { allowed_org_list: organizations } : {}),
    log: { kind: "case_log", labels: say("Log", "Journal") },
  };
}

function passwordAttributes(say: Speaker): { readonly [code: string]: AttributeEntry } {
  return {
    password: { kind: "password", labels: say("Password", "Mot de passe"), null: false },
    expiration: {
      kind: "enum",
      labels: say("Password expiration", "Validité du mot de passe"),
      null: false,
      default: "never_expire",
      values: {
        can_expire: say("Can expire", "Durée limitée"),
        never_expire: say("Never expire", "Permanente"),
        force_expire: say("Expired", "A changer à la prochaine connexion"),
        otp_expire: say("One-time Password", "Usage unique"),
      },
    },
    password_renewed_date: { kind: "date", labels: say("Password renewed on", "Mot de passe changé le") },
  };
}

function profileClass(say: Speaker): ClassEntry {
  return {
    labels: say("Profile", "Profil"),
    reconciliation_keys: ["name"],
    attributes: {
      name: { kind: "string", labels: say("Name", "Nom"), null: false },
      description: { kind: "string", labels: say("Description", "Description"), null: false },
      user_list: {
        kind: "link_set",
        labels: say("Users", "Utilisateurs"),
        link_class: "URP_UserProfile",
        key_to_this: "profileid",
        key_to_remote: "userid",
      },
    },
  };
}

/** The attributes by which a link names its user. */
function linkToUser(say: Speaker): { readonly [code: string]: AttributeEntry } {
  return {
    userid: {
      kind: "external_key",
      labels: say("User", "Utilisateur"),
      null: false,
      target: "User",
      on_delete: "cascade",
    },
    userlogin: { kind: "external_field", labels: say("Login", "Login"), key: "userid", attribute: "login" },
  };
}

function userProfileClass(say: Speaker): ClassEntry {
  return {
    labels: say("User to profile", "Utilisateur/Profil"),
    reconciliation_keys: ["userid", "profileid"],
    friendly_name: "Link between {userlogin} and {profile}",
    unique: [{ name: "no_duplicate", attributes: ["userid", "profileid"] }],
    attributes: {
      ...linkToUser(say),
      profileid: {
        kind: "external_key",
        labels: say("Profile", "Profil"),
        null: false,
        target: "URP_Profiles",
        on_delete: "cascade",
      },
      profile: { kind: "external_field", labels: say("Profile", "Profil"), key: "profileid", attribute: "name" },
      reason: { kind: "string", labels: say("Reason", "Raison") },
    },
  };
}

function userOrganizationClass(say: Speaker, target: string): ClassEntry {
  return {
    labels: say("User organizations", "Utilisateur/Organisation"),
    reconciliation_keys: ["userid", "allowed_org_id"],
    friendly_name: "Link between {userlogin} and {allowed_org_id_friendlyname}",
    unique: [{ name: "no_duplicate", attributes: ["userid", "allowed_org_id"] }],
    attributes: {
      ...linkToUser(say),
      allowed_org_id: {
        kind: "external_key",
        labels: say("Organization", "Organisation"),
        null: false,
        target,
        on_delete: "cascade",
      },
      reason: { kind: "string", labels: say("Reason", "Raison") },
    },
  };
}
