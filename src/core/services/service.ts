import type { Confidence, Severity, SourceDocument } from '../engine/finding.ts';
import type { FollowUp, Guide, Refusal } from '../rewrite/fix.ts';
import type { ConnectionStringAround } from '../secrets/connection-string-around.ts';
import type { FindingInside } from '../secrets/finding-inside.ts';
import type { GuardId } from '../secrets/guards.ts';
import type { StandIns } from '../secrets/stand-ins.ts';
import type { Span } from '../text/text-edit.ts';

/**
 * Everything Keyless knows about one Azure service: one file, one value of this type.
 * Generic engines read it; adding a service is adding a file in this folder.
 */
export interface Service {
  /** File name without extension. */
  readonly id: string;
  readonly name: string;
  /** Microsoft documentation of the passwordless way for this service. */
  readonly documentation: string;
  readonly credentials: readonly CredentialFormat[];
  readonly clients: readonly ClientMigration[];
  /** Constructs that take a secret and have a keyless form which no edit brings about safely. */
  readonly guided?: readonly GuidedClient[];
  /** Libraries that connect by themselves with what they are configured with, so that no construct takes the secret. */
  readonly frameworks?: readonly FrameworkGuide[];
  /** The service takes no Microsoft Entra token at all: its secrets move to Key Vault. */
  readonly noIdentity?: NoIdentity;
  /** Languages in which no client takes a secret: there is none for the service, or it takes a token alone. */
  readonly sdk?: Readonly<Partial<Record<CodeLanguage, 'none' | 'tokenOnly'>>>;
  /** What must be true of the resource before any token is accepted. */
  readonly prerequisites?: readonly FollowUp[];
  /** Calls that break once the client has a token instead of a key: a file that makes one is not rewritten. */
  readonly keyOnly?: readonly KeyBoundCalls[];
  /** Calls that need more than the data roles below: the rewrite says so. */
  readonly cautions?: readonly KeyBoundCalls[];
  readonly settings: readonly SettingMigration[];
  /** Its resource in Bicep, ARM and Terraform templates, where keys are handed to apps. */
  readonly template?: TemplateResourceForm;
  readonly operations: readonly Operation[];
  /** Built-in roles, least privilege first. */
  readonly roles: readonly ServiceRole[];
  /** Resource type, where `keysOff` does not name it, e.g. `Microsoft.KeyVault/vaults`. */
  readonly resourceType?: string;
  /** How a secret that was readable is made worthless. */
  readonly rotation?: Rotation;
  /** The switch that makes keys worthless once every caller uses identity. */
  readonly keysOff?: KeysOff;
}

/** One kind of secret: also a rule, whose id is settings key and documentation anchor. */
export interface CredentialFormat {
  readonly id: string;
  readonly title: string;
  /** One sentence: what is embedded here. `{account}` takes an argument of the grade; `[ of {account}]` is left out without it. */
  readonly message: string;
  readonly leak: string;
  readonly remedy: string;
  /** Why this secret in a setting or template is not rewritten, and what to do there; a general sentence when absent. */
  readonly inSettings?: (document: SourceDocument) => string;
  /** The same step by step, where that is the way. */
  readonly guideInSettings?: (document: SourceDocument) => SettingsGuide | undefined;
  readonly severity: Severity;
  /** The scan looks closer only when the text holds one of these. Letter case counts in keywords with capital letters. */
  readonly keywords: readonly string[];
  readonly patterns: readonly CredentialPattern[];
  readonly examples: CredentialExamples;
  /** This secret has no keyless form, whatever the service has for others: it moves to Key Vault. */
  readonly noIdentity?: NoIdentity;
  /**
   * Nothing but name and place speaks for it: any other rule that reports the same place takes precedence, and no grade of
   * it has high confidence.
   */
  readonly givesWay?: true;
  /** Further condition for a format whose keywords are frequent words. */
  readonly gate?: Gate;
}

/** What remains afterwards follows from the service. */
export type SettingsGuide = Omit<Guide, 'followUps'>;

/** Quick condition on text whose escapes are not undone yet: one of the expressions matches. */
export interface Gate {
  /** Languages in which the keywords are enough. */
  readonly alwaysOpenIn: (languageId: string) => boolean;
  readonly looks: readonly Look[];
}

/** An expression that is tried at places of words alone, which are found many times as quickly. */
export interface Look {
  /** Each match begins with one of them. Letter case counts in those with capital letters. */
  readonly words: readonly string[];
  /** Without the flags `g` and `y`. */
  readonly expression: RegExp;
}

export interface CredentialPattern {
  /** Linear-time expression with the flags `dg`; the named group `secret` is the reported range unless the grade narrows it. */
  readonly regex: RegExp;
  /**
   * Words that every match begins with one of: it is tried there alone. Letter case counts in those with capital letters.
   * Each place of each is told in every text, so words that are everywhere are none.
   */
  readonly begins?: readonly string[];
  /** Quick condition for a match, tried first on the text at hand where the expression itself is slow. */
  readonly hint?: Hint;
  /** Where the form exists at all; everywhere when absent. */
  readonly inLanguage?: (languageId: string) => boolean;
  /** Decides whether and how strongly a match is reported; `undefined` is silent. */
  readonly grade: (match: CredentialMatch) => Grade | undefined;
  /** Names what kept a match silent, for explanations; the engine names placeholders, fillers and emulator keys itself. */
  readonly whySilent?: (match: CredentialMatch) => GuardId | undefined;
}

/**
 * Words of which the text holds one, like keywords, which cost nothing more; a look; an expression, or anything that
 * answers as quickly.
 */
export type Hint = readonly string[] | Look | Pick<RegExp, 'test'>;

export interface CredentialMatch {
  readonly secret: string;
  readonly groups: Readonly<Record<string, string | undefined>>;
  /** Text around the match with escapes undone (see secrets/decoded-text.ts); all offsets of a match are offsets into it. */
  readonly text: string;
  /** The whole match. */
  readonly span: Span;
  readonly secretSpan: Span;
  readonly languageId: string;
  readonly uri: string;
  /** The connection string around the match; of a literal or line that is none it has whatever looks like fields. */
  readonly connectionString: () => ConnectionStringAround;
  /** Evidence anywhere in the file (of a very large one in the same part), such as the service's host name. */
  readonly mentions: (evidence: RegExp) => boolean;
  readonly now: Date;
  /** What all rules say of another text, such as one that was unwrapped from this one. */
  readonly findingsIn: (text: string, languageId: string) => readonly FindingInside[];
}

export interface Grade {
  readonly confidence: Confidence;
  /** The rule's own when absent. */
  readonly severity?: Severity;
  /** Non-secret words for the message. */
  readonly args?: Readonly<Record<string, string | undefined>>;
  /** The exact secret, when the expression could only find its neighbourhood. */
  readonly secretSpan?: Span;
}

/** Texts built with stand-in secrets at run time, so that no secret-shaped literal is committed. */
export interface CredentialExamples {
  /** Each text holds one secret, between `«` and `»`; these two are removed, and exactly that range is found. */
  readonly found: readonly Example[];
  /** Neighbours that must stay silent, each with its reason. */
  readonly silent: readonly (Example & { readonly why: string })[];
}

export interface Example {
  readonly languageId: string;
  readonly text: (standIns: StandIns) => string;
  /** Where it differs from the rule's own. */
  readonly severity?: Severity;
}

export type CodeLanguage = 'typescript' | 'python' | 'csharp' | 'java' | 'go';

/**
 * A construct that takes a secret and its keyless form, both in the language's own syntax.
 * `$NAME` stands for one expression, `$$$NAME` for any number of arguments or members.
 * An argument written with its name (`name=$X` in Python, `name: $X` in C#) before any `$$$` also matches by position;
 * after one it matches by name only. Members of an object literal match in any order.
 * In `after`, `$ENDPOINT` is the endpoint, `$CREDENTIAL` the token credential; both may stand inside a string.
 * `$ENTITY` is the connection string's `EntityPath`: one without it is refused.
 * `$SETTING` reads the environment variable of an endpoint `from: 'setting'`.
 * A construct that starts with `$NAME.` is a call of that method on whatever object, such as an extension method.
 * TypeScript entries also serve JavaScript; a Python entry also serves the module's `.aio` twin.
 */
export interface ClientMigration {
  readonly language: CodeLanguage;
  readonly before: string;
  readonly after: string;
  /** Module, namespace or package that must declare the construct's leading name in the file at hand. */
  readonly module: string;
  /** Other modules that the name can be taken from. */
  readonly alsoFrom?: readonly string[];
  /** Modules with the same name for another thing: where one is imported, that is meant. */
  readonly notFrom?: readonly string[];
  /** Namespaces whose `using` makes the leading name another library's, for names that several have. */
  readonly notWith?: readonly string[];
  /** Package that the client comes from. */
  readonly package: string;
  /**
   * First version of the package whose client takes a token credential, e.g. `12.0.0`: with an older one installed,
   * steps are shown and nothing is edited. Absent when every version that has the construct takes one.
   */
  readonly since?: string;
  /** What the fix is called, where it does not connect to the service with `DefaultAzureCredential`. */
  readonly title?: string;
  /** The leading name is the module's default export, whatever the file calls it. */
  readonly defaultExport?: true;
  readonly secret: SecretArgument;
  /** What the secret must look like where it is known: told apart from other uses of a construct that serves many. */
  readonly when?: RegExp;
  readonly endpoint: EndpointForm;
  /** Captures that are names: options and other objects in the same place belong to another form of the construct. */
  readonly text?: readonly string[];
  /** Names besides the credential's that `after` brings in, with the module of each. */
  readonly imports?: Readonly<Record<string, string>>;
  /** The client awaits its credential: Python's asynchronous one is needed whatever the module is called. */
  readonly asyncCredential?: true;
  /** Whether the keyless form needs the identity package; it does unless told otherwise. */
  readonly identityPackage?: false;
  /** The keyless form asks for a token again and again: its credential is declared outside of it, once. */
  readonly credential?: 'declared';
  /** Go, Python: statements that come before the construct's own. Their names stand in each other and in `after` as captures. */
  readonly ahead?: readonly PreparingStatement[];
  /**
   * Go: `after` makes something else than the construct did. It gets one of these names, which `value` writes as
   * `$MADE`, and the construct's own name is given to `value`.
   */
  readonly becomes?: { readonly names: readonly string[]; readonly value: string };
  /** Go, Python: what is said of the construct's value right behind the statement that names it. */
  readonly behind?: FollowingStatements;
  /** Packages that the keyless form needs besides the client's own and the identity package. */
  readonly packages?: readonly NeededPackage[];
  /** What remains to do after this rewrite in particular: said in the place of the service's own words of the same kind. */
  readonly followUps?: readonly FollowUp[];
  /** C# `AddAzureClients`: the method by which the builder `$CLIENTS` signs in for all the clients that it registers. */
  readonly signsInBy?: string;
  /** Environment variable that, left in place, keeps the old key in use or makes the client throw. */
  readonly conflictingSetting?: string;
  /**
   * Says why a construct that matches must stay as it is, from its constant arguments by capture or argument name and
   * the names of all arguments that `$$$` stands for.
   */
  readonly refuse?: (constants: ReadonlyMap<string, string>, given: ReadonlySet<string>) => string | undefined;
  /** Whether a construct that matches is meant at all, from the same constants: others' constructs look alike. */
  readonly onlyWhen?: (constants: ReadonlyMap<string, string>) => boolean;
  readonly examples: readonly ClientExample[];
}

/**
 * A statement as source text: `$NAME` stands for captures and earlier names, names of {@link ClientMigration.imports}
 * for what the file calls them. In Go an error is handled like those around it.
 */
export type PreparingStatement =
  /** `name, err := value` in Go, `name = value` in Python, under the first of the names that is free. */
  | {
      readonly as: string;
      readonly names: readonly string[];
      readonly value: string;
      /** Go: the value comes without an error. */
      readonly safe?: true;
    }
  /** Python: statements that declare the name, which they write as `$NAME` too. */
  | { readonly as: string; readonly names: readonly string[]; readonly declares: string }
  /** `err = attempt`, behind one of the former. */
  | { readonly attempt: string }
  | { readonly statement: string };

/** Statements about a named value, which they call `$SELF`. */
export interface FollowingStatements {
  /** The statements, with what {@link PreparingStatement} has; `$FUNCTION` is one of `functions`. */
  readonly text: string;
  /** Names for what they declare. */
  readonly functions?: readonly string[];
  /** What of them stands in a file that has them. */
  readonly mark: string;
}

/**
 * A construct that takes a secret and whose keyless form needs more than an edit: another API, a token that is fetched
 * and renewed, a package version that cannot be known. Steps and a snippet are shown; nothing is edited.
 */
export interface GuidedClient {
  readonly language: CodeLanguage;
  /** The construct, in the pattern language of {@link ClientMigration}. */
  readonly before: string;
  readonly module: string;
  readonly alsoFrom?: readonly string[];
  readonly notWith?: readonly string[];
  readonly package: string;
  readonly secret: SecretArgument;
  /** As in {@link ClientMigration}. */
  readonly when?: RegExp;
  /** As in {@link ClientMigration}. */
  readonly onlyWhen?: (constants: ReadonlyMap<string, string>) => boolean;
  /** One sentence: why it cannot simply be rewritten. */
  readonly why: string;
  /** What to do, in order; Markdown. Role, rotation and the switch that turns keys off follow by themselves. */
  readonly steps: readonly string[];
  /** The keyless form as whole, compiling code with its imports. */
  readonly snippet: string;
  /** The service's own when absent. */
  readonly documentation?: string;
  readonly examples: readonly GuidedExample[];
}

/** What to do where a library is configured with a secret of the service. */
export interface FrameworkGuide extends Pick<GuidedClient, 'language' | 'why' | 'steps' | 'snippet' | 'documentation'> {
  /** What stands in a file that configures it. */
  readonly when: RegExp;
}

/** Code for which the guide is offered. */
export type GuidedExample = Omit<ClientExample, 'after'>;

/** Why a secret cannot be replaced by an identity, and what it is called in Key Vault. */
export interface NoIdentity {
  /** What stands behind a secret in its line where it is of a resource that takes tokens all the same. */
  readonly unless?: RegExp;
  /** One sentence: what takes no token. */
  readonly why: string;
  /** Name of the secret in the vault: letters, digits and hyphens, e.g. `notification-hub-connection-string`. */
  readonly secretName: string;
}

export interface NeededPackage {
  /** As the language's package manager calls it, e.g. `redis-entraid` or `com.azure:azure-identity-extensions`. */
  readonly name: string;
  /** Oldest version that has what the keyless form uses. */
  readonly version: string;
}

/** Which captured expression holds the secret, and in which form. */
export type SecretArgument =
  | { readonly capture: string; readonly form: 'connectionString' }
  /** A bare key or password; the endpoint is another argument that stays. */
  | { readonly capture: string; readonly form: 'key' };

/** How `$ENDPOINT` is obtained. */
export type EndpointForm =
  /** The construct's own endpoint argument is kept: `after` names its capture. */
  | { readonly from: 'capture' }
  /** Computed from the connection string: its parsed fields (keys in lower case) or its text; `undefined` when they do not suffice. */
  | {
      readonly from: 'connectionString';
      /** The capture whose constant text `derive` gets; the secret's own when absent. */
      readonly of?: string;
      readonly derive: (fields: ReadonlyMap<string, string>, text: string) => string | undefined;
      /** Name of the setting that takes the place of a connection string read at run time. */
      readonly setting: SettingName;
    }
  /** Nothing in the code says it: a new setting holds what `after` reads as `$SETTING`. */
  | { readonly from: 'setting'; readonly setting: SettingName };

export interface SettingName {
  /** Environment variable, e.g. `AZURE_STORAGE_BLOB_ENDPOINT`. */
  readonly name: string;
  /** The same for a place that says which service it is about, e.g. `BlobEndpoint` in a section or for a variable. */
  readonly shortName: string;
  /** E.g. `https://<account>.blob.core.windows.net`. */
  readonly holds: string;
  /** What stays when the secret is taken out is called as before, e.g. the address of a database: the old name is kept. */
  readonly keepsName?: true;
}

export interface ClientExample {
  readonly before: (standIns: StandIns) => string;
  readonly after: string;
  /** Setting example: the name that the cursor is on instead of a found secret. */
  readonly cursor?: string;
  /** VS Code language id when it is not the migration's language. */
  readonly languageId?: string;
}

/** Calls that work with a key alone, or differently with a token. */
export interface KeyBoundCalls {
  readonly languages: Readonly<Partial<Record<CodeLanguage, readonly string[]>>>;
  /** One or two sentences: why, and what to do instead. */
  readonly reason: string;
}

/** A configuration form of the secret and its keyless form. */
export type SettingMigration =
  FunctionsConnectionMigration | ConnectionStringMigration | AddressMigration | SpringMigration;

interface AnySettingMigration {
  readonly title: string;
  /** Credential format ids whose findings this migration cures. */
  readonly cures: readonly string[];
  /** What else must be true for the new setting to work; carries no secret. */
  readonly followUps: readonly FollowUp[];
  readonly examples: readonly SettingExample[];
}

/** A connection string among the `Values` of a Functions `local.settings.json`: `NAME` becomes settings `NAME__suffix`. */
export interface FunctionsConnectionMigration extends AnySettingMigration {
  readonly form: 'functionsConnection';
  /** @param fields keys in lower case. Returns values by suffix. */
  readonly rewrite: (fields: ReadonlyMap<string, string>) => Readonly<Record<string, string>> | Refusal;
}

/** A connection string that stays one, wherever it is written. */
export interface ConnectionStringMigration extends AnySettingMigration {
  readonly form: 'connectionString';
  readonly rewrite: (connectionString: ConnectionStringInFile) => ConnectionStringChange | Refusal;
}

/** An address that itself says how to sign in, wherever it is written, such as a JDBC URL. */
export interface AddressMigration extends AnySettingMigration {
  readonly form: 'address';
  /** How such an address begins. */
  readonly scheme: RegExp;
  /** The address without its secret, from its text with `&amp;` undone. */
  readonly rewrite: (address: string) => string | Refusal;
}

/** A property of a Spring application (`application.properties`, `application.yml`) that holds the secret. */
export interface SpringMigration extends AnySettingMigration {
  readonly form: 'spring';
  /** Matches the whole name as Spring compares it: lower case, without hyphens and underscores. */
  readonly property: RegExp;
  readonly rewrite: (property: SpringSecret) => SpringChange | Refusal;
}

export interface SpringSecret {
  /** Name as written. */
  readonly name: string;
  /** The name's levels above the last, with a dot at the end. */
  readonly prefix: string;
  readonly value: string;
  /** Value of another property that holds together with the secret, by its name in any spelling. */
  readonly valueOf: (name: string) => string | undefined;
}

export interface SpringChange {
  /** Names of properties that go, in any spelling. */
  readonly remove: readonly string[];
  /** Full names and values; what is there already gets the new value. */
  readonly set: readonly (readonly [name: string, value: string])[];
  readonly followUps?: readonly FollowUp[];
}

export interface ConnectionStringInFile {
  /** Keys in lower case; `server` also of a JDBC URL. */
  readonly values: ReadonlyMap<string, string>;
  readonly jdbc: boolean;
  readonly languageId: string;
  readonly uri: string;
  /** The XML tag that holds it, or its line. */
  readonly surroundings: string;
  readonly mentions: (evidence: RegExp) => boolean;
}

export interface ConnectionStringChange {
  /** Keys to drop, in lower case. */
  readonly remove: readonly string[];
  /** `Key=Value` that takes the place of the first dropped key. */
  readonly add: string;
  readonly followUps?: readonly FollowUp[];
}

export interface SettingExample {
  readonly path: string;
  /** The secret stands between `«` and `»`, which are removed. */
  readonly before: (standIns: StandIns) => string;
  /** The new text, or what the reason of the refusal says. */
  readonly after: string | { readonly refusal: RegExp };
}

/** SDK method names and the data actions a call needs. */
export interface Operation {
  readonly languages: Readonly<Partial<Record<CodeLanguage, readonly string[]>>>;
  readonly dataActions: readonly string[];
}

export interface ServiceRole {
  readonly name: string;
  /** Role definition GUID; empty for a role of the database itself. */
  readonly id: string;
  /** The command that grants it, where it is not the one of its plane. */
  readonly grant?: string;
  readonly grants: string;
  /** `arm` by default; `cosmosSql` roles live in the account and not in Azure RBAC, `database` in the database itself. */
  readonly plane?: 'arm' | 'cosmosSql' | 'database';
}

export interface Rotation {
  /** What is rotated, where it is not the service's own secret, e.g. `the client secret that signed in to it`. */
  readonly what?: string;
  /** Azure CLI command; `<name>` is the resource, and what else is not known stands between `<` and `>` as well. */
  readonly command: string;
}

export interface KeysOff {
  /** Resource type and property, e.g. `Microsoft.Storage/storageAccounts` `allowSharedKeyAccess = false`. */
  readonly resourceType: string;
  readonly property: string;
  readonly value: KeysOffValue;
  /** Azure CLI command, when setting the property on the resource is not the way. */
  readonly command?: string;
  readonly terraform: { readonly resource: string; readonly property: string; readonly value: KeysOffValue };
}

/** A list holds what stays allowed. */
export type KeysOffValue = boolean | string | readonly string[];

/** A service's resource in templates: what hands out its keys there, and what an app gets instead. */
export interface TemplateResourceForm {
  /** Type in Bicep and ARM templates; its child resources, such as authorization rules, stand for it. */
  readonly type: string;
  /** Which resources of the type are of this service, by their `kind`; all when absent. */
  readonly kind?: RegExp;
  readonly terraform: {
    readonly types: readonly string[];
    /** Attributes that are a key or hold one. */
    readonly secrets: readonly string[];
    /** Resources that hand out keys of it, with the attribute that refers to it. */
    readonly children?: Readonly<Record<string, string>>;
  };
  /** What a Functions app takes instead of a connection string: values of the settings `NAME__suffix`. */
  readonly connection?: Readonly<Record<string, TemplateExpressions>>;
  /** The same for other clouds, where `connection` stands for addresses of the public one. */
  readonly connectionElsewhere?: Readonly<Record<string, TemplateExpressions>>;
  /** The endpoint that clients take instead of a key. */
  readonly endpoint?: TemplateExpressions;
  /** Ids of the roles, among the service's own, that an app needs in place of the key. */
  readonly grants: readonly string[];
  /** Where more is needed as the storage account of the Functions host. */
  readonly hostGrants?: readonly string[];
}

/**
 * One value in each template language. `$` stands for the resource: its symbolic name in Bicep, its address in
 * Terraform; in ARM, `$name` for the expression of its name and `$id` for that of its id.
 */
export interface TemplateExpressions {
  readonly bicep: TemplateExpression;
  readonly arm: TemplateExpression;
  readonly terraform: TemplateExpression;
}

/** One for every cloud, or one for each: where no property of the resource says the host name. */
export type TemplateExpression =
  string | { readonly public: string; readonly usGovernment: string; readonly china: string };
