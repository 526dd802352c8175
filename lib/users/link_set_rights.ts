/**
 * Which link sets a user may write. A link set writes objects of another class than the file's: without a rule of its own it would be a
 * way around the right to that class, and a link between a user and a profile is itself a right.
 */
import { EXIT, RunStop } from "../errors.ts";
import { bulkWriteHint, linkSetNotAllowed } from "../messages/users.ts";
import { attributeOf, classOf, isOrIsBelow } from "../model/look_up.ts";
import type { ClassCode, LinkSetAttribute, Model, ModelClass } from "../model/model.ts";
import { mayBulkWrite } from "./rights.ts";
import type { User } from "./user.ts";
import { PROFILE, USER, USER_ORGANIZATION, USER_PROFILE } from "./user_classes.ts";

/** A column of a file, by its name in the header, whose cells are link sets. */
export interface LinkSetColumn {
  readonly name: string;
  readonly attribute: LinkSetAttribute;
}

/** Who writes what: the user, and the class of the file that has the link sets. */
export interface LinkSetWriter {
  readonly user: Pick<User, "profiles">;
  readonly modelClass: ModelClass;
  readonly model: Model;
}

/** Ends the run of somebody who may not write some of the link sets, and tells all of these together; null: they may write them all. */
export function linkSetRefusal(writer: LinkSetWriter, columns: readonly LinkSetColumn[]): RunStop | null {
  const problems = columns.filter(({ attribute }) => !mayWriteLinkSet(writer, attribute)).map((
    { name, attribute },
  ) => ({
    text: linkSetNotAllowed(name, attribute.linkClass, endsThatWouldDo(writer, attribute)),
    hint: bulkWriteHint(attribute.linkClass),
  }));
  return problems.length === 0 ? null : new RunStop(EXIT.notAllowed, problems);
}

/** Whether some link set through which the links may be written is the user's to write. */
export function mayWriteLinks(user: LinkSetWriter["user"], linkClass: ClassCode, model: Model): boolean {
  return [...model.classes.values()].some((modelClass) =>
    [...modelClass.attributes.values()].some((attribute) =>
      attribute.kind === "link_set" && attribute.linkClass === linkClass && attribute.declaredBy === modelClass.code &&
      mayWriteLinkSet({ user, model, modelClass }, attribute)
    )
  );
}

/** By the right to the links, or to both ends of links that grant nothing by themselves. */
function mayWriteLinkSet(writer: LinkSetWriter, attribute: LinkSetAttribute): boolean {
  const { user, model } = writer;
  if (mayBulkWrite(user, classOf(model, attribute.linkClass), model)) return true;
  const ends = endsThatWouldDo(writer, attribute);
  return ends.length > 0 && ends.every((code) => mayBulkWrite(user, classOf(model, code), model));
}

/** The classes whose rights together stand for that to the link class; none where users and profiles are concerned. */
function endsThatWouldDo({ model, modelClass }: LinkSetWriter, attribute: LinkSetAttribute): string[] {
  // The file's class and not the target of the link's key: a run writes links of these objects only.
  const ends = [modelClass.code, remoteClass(model, attribute)];
  const concerned = [attribute.linkClass, ...ends, ...targetsOf(model, attribute.linkClass)];
  return concerned.some((code) => isOfUsers(model, code)) ? [] : [...new Set(ends)];
}

/** Of all the external keys of links, and of those of a class below: a third one may say whose they are. */
function targetsOf(model: Model, linkClass: ClassCode): ClassCode[] {
  return [linkClass, ...classOf(model, linkClass).concreteClasses]
    .flatMap((code) => [...classOf(model, code).attributes.values()])
    .flatMap((attribute) => attribute.kind === "external_key" ? [attribute.target] : []);
}

function remoteClass(model: Model, { linkClass, keyToRemote }: LinkSetAttribute): string {
  const key = attributeOf(classOf(model, linkClass), keyToRemote);
  if (key.kind !== "external_key") throw new Error(`${linkClass}.${keyToRemote} is no external key`);
  return key.target;
}

const OF_USERS: readonly string[] = [USER.class, PROFILE.class, USER_PROFILE.class, USER_ORGANIZATION.class];

/** Whether objects of a class may be users, profiles or their links: a parent class of theirs has them among its own. */
function isOfUsers(model: Model, code: string): boolean {
  if (model.hasNoUsers) return false;
  return [code, ...classOf(model, code).concreteClasses].some((one) =>
    OF_USERS.some((ofUsers) => isOrIsBelow(model, one, ofUsers))
  );
}
