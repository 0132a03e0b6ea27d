// Written by src/dev/generate.ts from the files of this folder; do not edit.
import { head as keyInAppSettings } from './key-in-app-settings.ts';
import { head as passwordInAppSettings } from './password-in-app-settings.ts';
import { head as publishProfileDeploy } from './publish-profile-deploy.ts';
import { head as registryAdminUser } from './registry-admin-user.ts';
import { head as secretInLog } from './secret-in-log.ts';
import { head as secretInOutput } from './secret-in-output.ts';
import { head as secretSignInScript } from './secret-sign-in-script.ts';
import { head as secureParameterMissing } from './secure-parameter-missing.ts';
import { head as workflowSecretLogin } from './workflow-secret-login.ts';
import type { RuleAtHand } from './rule.ts';

/** What takes the place of rules.generated.ts where no rule that parses is at hand. */
export const identityRules: readonly RuleAtHand[] = [
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
