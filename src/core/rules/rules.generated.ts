// Written by src/dev/generate.ts from the files of this folder; do not edit.
import { keyInAppSettings } from './key-in-app-settings.ts';
import { passwordInAppSettings } from './password-in-app-settings.ts';
import { publishProfileDeploy } from './publish-profile-deploy.ts';
import { registryAdminUser } from './registry-admin-user.ts';
import { secretInLog } from './secret-in-log.ts';
import { secretInOutput } from './secret-in-output.ts';
import { secretSignInScript } from './secret-sign-in-script.ts';
import { secureParameterMissing } from './secure-parameter-missing.ts';
import { workflowSecretLogin } from './workflow-secret-login.ts';
import type { IdentityRule } from './rule.ts';

/** Every identity rule, in the order of file names. */
export const identityRules: readonly IdentityRule[] = [
  keyInAppSettings,
  passwordInAppSettings,
  publishProfileDeploy,
  registryAdminUser,
  secretInLog,
  secretInOutput,
  secretSignInScript,
  secureParameterMissing,
  workflowSecretLogin,
];
