/** One posted import on its way from its first field to the queue: who posts it, and what it asks for. */
import { EXIT, RunStop } from "../errors.ts";
import { loginChanged } from "../messages/forms.ts";
import type { Model } from "../model/model.ts";
import { type TypedReportStyle, typedReportStyle } from "../parameters/settings/typed_report_style.ts";
import { UsageStop, usageStop } from "../parameters/reading/check_parameters.ts";
import { checkImport } from "../parameters/settings/import_settings.ts";
import { loggedParameters } from "../parameters/settings/logged_parameters.ts";
import { GivenOnce } from "../parameters/reading/given_once.ts";
import type { MergedParameters } from "../parameters/reading/merge_parameters.ts";
import type { ParameterProblem } from "../parameters/reading/parameter_problem.ts";
import {
  faultyField,
  forbiddenField,
  mergePosted,
  type PostedField as PostedParameter,
  repeatedField,
} from "../parameters/reading/posted_parameters.ts";
import type { RunSettings } from "../run/import_order.ts";
import { classProblems } from "../run/unknown_class.ts";
import type { KnownUser } from "../users/user.ts";
import type { PostedField, PostedForm } from "./form/posted_form.ts";
import type { Credentials } from "./login/credentials.ts";
import type { HttpLogin } from "./login/http_login.ts";
import { contradicts, credentialsOf, fieldsOf, loginFields, otherFields } from "./login/posted_login.ts";
import { loginMissing, loginRefused, refusalOf } from "./refusal.ts";

/** What an import is to do, when everything about it is right. */
export interface AcceptedImport {
  readonly settings: RunSettings;
  /** For the change log. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly user: KnownUser;
}

/** What is known of a request before its fields are read. */
export interface PostedImportOptions {
  /** Of the header; null: none. Fields win over it. */
  readonly basic: Credentials | null;
  /** The client's; null: not known. */
  readonly address: string | null;
  readonly login: HttpLogin;
  readonly model: Model;
}

/** What a field may not decide. */
export interface ServerSettings {
  readonly database: string;
  /** Seconds. */
  readonly busyTimeout: number;
}

/** Collects the fields of one request, and logs its client in as soon as they say who that is. */
export class PostedImport {
  readonly #fields: PostedField[] = [];
  readonly #once = new GivenOnce();
  /** Parameters given twice. */
  readonly #repeated: ParameterProblem[] = [];
  #loggedIn: KnownUser | null = null;
  /** The login that was good. */
  #checked: Credentials | null = null;

  constructor(readonly options: PostedImportOptions) {}

  /** Who logged in; null: nobody so far. */
  get user(): KnownUser | null {
    return this.#loggedIn;
  }

  /** As it was posted, whatever it is. */
  get style(): TypedReportStyle {
    return typedReportStyle(this.#merged());
  }

  /** As it was posted, whatever it is. */
  get class(): string | undefined {
    return this.#merged().values.get("class")?.text;
  }

  /** @throws Refusal when no client may post a field of this name */
  checkName(name: string): void {
    const problem = forbiddenField(name);
    if (problem !== null) throw refusalOf(usageStop([problem], "import", "http"));
  }

  /**
   * @throws Refusal when its value can be none, or when it says that another login is meant than the one that was checked already, or
   * when it is the second login: nobody guesses which one was meant
   */
  addField(field: PostedField): void {
    refuseFaulty([field]);
    if (this.#checked !== null && contradicts(field, this.#checked)) {
      throw refusalOf(new RunStop(EXIT.usage, [loginChanged()]));
    }
    const repeated = repeatedField(field, this.#once);
    if (repeated !== null && loginFields([[field]]).length > 0) {
      throw refusalOf(usageStop([repeated], "import", "http"));
    }
    if (repeated !== null) this.#repeated.push(repeated);
    this.#fields.push(field);
  }

  /** Logs in, if that is possible by now. @throws Refusal when the login is wrong */
  async tryLogin(): Promise<boolean> {
    if (this.#loggedIn !== null) return true;
    const credentials = credentialsOf(this.#loginFields());
    if (credentials === null) return false;
    refuseFaulty(fieldsOf(credentials));
    const result = await this.options.login.logIn(credentials, this.options.address);
    if (!result.ok) throw loginRefused(result, credentials.login);
    this.#checked = credentials;
    this.#loggedIn = result.user;
    return true;
  }

  /**
   * Checks what was posted, all of it together.
   * @throws Refusal
   */
  async accept(form: PostedForm, server: ServerSettings): Promise<AcceptedImport> {
    const hasLogin = await this.tryLogin();
    const merged = this.#merged(form);
    const checked = await checkImport({ ...merged, problems: [...merged.problems, ...this.#repeated] }, "csvdata");
    if (!checked.ok) {
      const stop = usageStop(checked.problems, "import", "http");
      // Who has not logged in is told nothing of the model.
      throw hasLogin ? refusalOf(this.#withClassProblems(stop, merged)) : loginMissing(stop);
    }
    const { login: _login, password: _password, csvfile: _csvfile, backup: _backup, ...settings } = checked.settings;
    const problems = classProblems(settings.class, this.options.model);
    if (problems.length > 0) throw refusalOf(new RunStop(EXIT.usage, problems));
    const { database, busyTimeout } = server;
    return {
      settings: { ...settings, database, busyTimeout },
      parameters: parametersOf(merged),
      user: this.#whoPosts(),
    };
  }

  #whoPosts(): KnownUser {
    if (this.#loggedIn === null) throw new Error("an import is accepted from somebody");
    return this.#loggedIn;
  }

  #withClassProblems(stop: UsageStop, merged: MergedParameters): RunStop {
    const name = merged.values.get("class")?.text;
    const problems = name === undefined ? [] : classProblems(name, this.options.model);
    return problems.length === 0 ? stop : new UsageStop(stop.exitCode, [...problems, ...stop.messages], stop.usage);
  }

  #merged(form?: PostedForm): MergedParameters {
    const places = this.#places();
    const login = this.#checked === null ? this.#loginFields() : fieldsOf(this.#checked);
    const data = form === undefined || form.csvdata === null ? [] : [{ name: "csvdata", value: "" }];
    const charset = form === undefined || form.charset === null ? [] : [{ name: "charset", value: form.charset }];
    return mergePosted([[...login, ...data], ...places.map(otherFields), charset]);
  }

  /** Query and body are one form, as for all other fields; a header is another place. */
  #loginFields(): readonly PostedParameter[] {
    const [body = [], query = [], basic = []] = this.#places();
    return loginFields([[...query, ...body], basic]);
  }

  /** The body wins over the query, and both over the headers. */
  #places(): readonly (readonly PostedParameter[])[] {
    const { basic } = this.options;
    const from = (origin: PostedField["from"]) => this.#fields.filter((field) => field.from === origin);
    return [from("body"), from("query"), basic === null ? [] : fieldsOf(basic)];
  }
}

/** @throws Refusal */
function refuseFaulty(fields: readonly PostedParameter[]): void {
  const problems = fields.map(faultyField).filter((problem) => problem !== null);
  if (problems.length > 0) throw refusalOf(usageStop(problems, "import", "http"));
}

/** What the change log keeps: the server's own parameters are not what was asked for. */
function parametersOf(merged: MergedParameters): ReadonlyMap<string, string> {
  const logged = new Map(loggedParameters(merged));
  logged.delete("db");
  logged.delete("busy_timeout");
  return logged;
}
