import { quotedValueOf } from '../secrets/assignment.ts';
import { isPlaceholder } from '../secrets/placeholder.ts';
import type { CredentialFormat, Service } from './service.ts';

const azure = /Microsoft\.Compute|azurerm_|\baz\s+vm|virtualMachine|New-AzVM|vmss/iu;

export const credentials: readonly CredentialFormat[] = [
  {
    id: 'virtual-machine-password',
    title: 'Administrator password of a virtual machine',
    message: 'The administrator password of a virtual machine is embedded here[ ({note})].',
    leak: 'Whoever reads it can sign in to the machine as administrator and use its managed identity.',
    remedy:
      'Sign in with Microsoft Entra ID or an SSH key; where a password must stay, take it from a secure parameter or Key Vault. Then change it.',
    severity: 'error',
    keywords: ['adminpassword', 'admin_password', 'admin-password'],
    patterns: [
      {
        begins: ['adminpassword', 'admin_password'],
        regex: quotedValueOf('(?<!login_?)admin_?password(?:["\']\\s{0,4}:\\s{0,4}\\{\\s{0,20}["\']value)?'),
        grade: match =>
          isPlaceholder(match.secret) ||
          match.secret.length < 6 ||
          /[${]|^\[/u.test(match.secret) ||
          !match.mentions(azure)
            ? undefined
            : { severity: 'error', confidence: 'medium' },
      },
      {
        begins: ['--admin-password'],
        regex: /--admin-password[\s=](?<quote>["'])(?<secret>[^"'\r\n$]{6,123})\k<quote>/dgu,
        grade: match => (isPlaceholder(match.secret) ? undefined : { severity: 'error', confidence: 'medium' }),
      },
      {
        begins: ['--admin-password'],
        regex: /--admin-password[\s=](?<secret>[^\s"'$<{(\\-][^\s"'$\\]{5,122})/dgu,
        grade: match =>
          isPlaceholder(match.secret) || /^%/u.test(match.secret)
            ? undefined
            : { severity: 'error', confidence: 'medium' },
      },
    ],
    examples: {
      found: [
        {
          languageId: 'bicep',
          text: s =>
            `resource vm 'Microsoft.Compute/virtualMachines@2024-03-01' = {\n  adminPassword: '«${s.password()}»'\n}`,
        },
        {
          languageId: 'terraform',
          text: s => `resource "azurerm_windows_virtual_machine" "vm" {\n  admin_password = "«${s.password()}»"\n}`,
        },
        {
          languageId: 'shellscript',
          text: s => `az vm create -n vm1 --admin-username a --admin-password '«${s.password()}»'`,
        },
        { languageId: 'shellscript', text: s => `az vm create -n vm1 --admin-password «${s.password()}» -g rg` },
      ],
      silent: [
        {
          languageId: 'json',
          text: () => '{"type":"Microsoft.Compute/virtualMachines","adminPassword": "[parameters(\'adminPassword\')]"}',
          why: 'template expression',
        },
        {
          languageId: 'terraform',
          text: () => 'admin_password = var.admin_password # azurerm_linux_virtual_machine',
          why: 'variable',
        },
        { languageId: 'shellscript', text: () => 'az vm create --admin-password "$ADMIN_PASSWORD"', why: 'variable' },
      ],
    },
  },
];

export const virtualMachines: Service = {
  id: 'virtual-machines',
  name: 'Azure Virtual Machines',
  documentation: 'https://learn.microsoft.com/entra/identity/devices/howto-vm-sign-in-azure-ad-windows',
  credentials,
  settings: [],
  operations: [],
  roles: [
    { name: 'Virtual Machine User Login', id: 'fb879df8-f326-4884-b1cf-06f3ad86be52', grants: 'signs in as a user' },
    {
      name: 'Virtual Machine Administrator Login',
      id: '1c0163c0-47e6-4577-8991-ea5c82e286e4',
      grants: 'signs in as administrator',
    },
  ],
  clients: [],
};
