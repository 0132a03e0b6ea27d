import type { ServiceRole, TemplateExpressions } from '../services/service.ts';
import type { TextEdit } from '../text/text-edit.ts';
import type { Refusal } from '../rewrite/fix.ts';
import type { TemplateCloud } from './cloud.ts';
import type { TemplateResource, TemplateSetting } from './template.ts';

/** As whom an app signs in, in the template's own expressions. */
export interface AppIdentity {
  readonly principalId: string;
  /** Of a user-assigned identity, which settings must name. */
  readonly clientId?: string;
  /** What gives the app its identity, where it has none yet. */
  readonly edits: readonly TextEdit[];
}

export interface NewSetting {
  readonly name: string;
  /** An expression of the template language. */
  readonly value: string;
}

/** Changes to a template in its own language. */
export interface TemplateWriter {
  identityOf(app: TemplateResource): AppIdentity | Refusal;
  /** A value for the resource from the catalogue's expressions; `undefined` where the cloud must be known for it, and is not. */
  expression(expressions: TemplateExpressions, resource: TemplateResource, cloud: TemplateCloud): string | undefined;
  /** A constant text as an expression. */
  constant(text: string): string;
  /** Puts settings in the place of one. */
  replaceSetting(setting: TemplateSetting, by: readonly NewSetting[]): readonly TextEdit[];
  /** Deletes a setting. */
  removeSetting(setting: TemplateSetting): readonly TextEdit[];
  /** A role assignment on the resource, unless it is there; `undefined` where the language cannot tell. */
  grant(request: GrantRequest): readonly TextEdit[] | Refusal;
  /** Declares a secret of the template's own vault, and refers to it. */
  vaultSecret(secret: VaultSecret): { readonly declaration: readonly TextEdit[]; readonly reference: string } | Refusal;
  /** Refers to a secret that is put into the vault by other means. */
  vaultReferenceByName(vault: TemplateResource, secretName: string): string;
  /** Deletes the variable that a setting took its value from, once nothing else names it. */
  removeVariable(setting: TemplateSetting): readonly TextEdit[];
}

export interface GrantRequest {
  readonly app: TemplateResource;
  readonly resource: TemplateResource;
  readonly role: ServiceRole;
  readonly principalId: string;
}

export interface VaultSecret {
  readonly vault: TemplateResource;
  /** Whose setting it is: the declaration stands near it. */
  readonly app: TemplateResource;
  /** The resource that the value is asked of. */
  readonly source: TemplateResource | undefined;
  readonly setting: string;
  readonly secretName: string;
  /** The setting's value as it is written. */
  readonly value: string;
}

/** `Storage Blob Data Owner` as part of a name: `StorageBlobDataOwner`. */
export function pascalCase(text: string): string {
  return text.replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9])/gu, (_match, letter: string) => letter.toUpperCase());
}

/** `Storage Blob Data Owner` as part of a name: `storage_blob_data_owner`. */
export function snakeCase(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/gu, '_');
}
