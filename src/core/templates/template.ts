import type { Expression } from '../formats/expression.ts';
import type { Service, TemplateResourceForm } from '../services/service.ts';
import type { Span } from '../text/text-edit.ts';

/** What a template says of apps, their settings and the keys in them, in any template language. */
export interface Template {
  readonly language: 'bicep' | 'arm' | 'terraform';
  readonly text: string;
  readonly resources: readonly TemplateResource[];
  readonly settings: readonly TemplateSetting[];
  readonly outputs: readonly TemplateOutput[];
  readonly parameters: readonly TemplateParameter[];
  /** Keys that a value holds, also by way of variables; without looking into other files. */
  readonly keysIn: (value: Expression) => readonly KeyUse[];
  /** Whether a value takes a parameter that is marked secret, also by way of variables. */
  readonly takesSecretParameter: (value: Expression) => boolean;
}

export interface TemplateResource {
  /** Symbolic name in Bicep, address in Terraform (`data.` included), place among the resources in ARM. */
  readonly id: string;
  /** Without version, in lower case. */
  readonly type: string;
  readonly kind?: string;
  readonly span: Span;
  /** Not made here, only referred to. */
  readonly existing: boolean;
  /** Neither conditional nor repeated, and in the scope of the deployment: other resources can refer to it as it is. */
  readonly plain: boolean;
  readonly parentId?: string;
}

/** One setting that a template gives to an app. */
export interface TemplateSetting {
  readonly app: TemplateResource | undefined;
  /** `undefined` when it is computed. */
  readonly name: string | undefined;
  readonly value: Expression;
  readonly valueSpan: Span;
  /** Name and value as they are written together. */
  readonly span: Span;
  /**
   * `property`: a key of an object; `entry`: an object with name and value among others; `connectionString`: of the
   * app's own kind, which the platform hands to the app under another name; `argument`: of the resource itself.
   */
  readonly form: 'property' | 'entry' | 'connectionString' | 'argument';
  readonly nameSpan: Span;
  /** Settings beside it. */
  readonly siblings: readonly string[];
  /** In an app whose platform knows identity-based connections. */
  readonly functions: boolean;
}

export interface TemplateOutput {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: Expression;
  readonly span: Span;
  readonly valueSpan: Span;
  /** Marked so that its value is not shown. */
  readonly secure: boolean;
}

export interface TemplateParameter {
  readonly name: string;
  readonly nameSpan: Span;
  readonly span: Span;
  readonly secure: boolean;
  /** Holds text, or does not say what it holds. */
  readonly textual: boolean;
  readonly defaultValue?: Expression;
  readonly defaultSpan?: Span;
}

/** A key or connection string that an expression asks a service for. */
export interface KeyUse {
  readonly service: Service;
  readonly form: TemplateResourceForm;
  /** The service's resource, when it can be told which one it is. */
  readonly resource: TemplateResource | undefined;
  /** The value is a connection string, not a bare key. */
  readonly connectionString: boolean;
}
