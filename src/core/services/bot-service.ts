import { base64url } from '../secrets/alphabets.ts';
import { assignmentOf } from '../secrets/assignment.ts';
import { isFiller, isPlaceholder } from '../secrets/placeholder.ts';
import { separated } from '../secrets/separated-words.ts';
import type { CredentialFormat, Service } from './service.ts';

export const credentials: readonly CredentialFormat[] = [
  {
    id: 'bot-service-password',
    title: 'Azure Bot Service app password',
    message: 'The app password of a bot is embedded here[ ({note})].',
    leak: 'Whoever reads it can answer users in the bot’s name and sign in as its application.',
    remedy:
      'Let the bot use a user-assigned managed identity (MicrosoftAppType UserAssignedMSI) and delete the client secret of its app registration.',
    severity: 'error',
    keywords: ['microsoftapppassword', 'microsoft_app_password', 'microsoft-app-password', 'microsoft.app.password'],
    patterns: [
      {
        begins: separated('microsoft', 'app'),
        regex: assignmentOf(
          'Microsoft[_.-]?App[_.-]?Password',
          '(?!process\\.env)[^\\s"\'`<>{};,\\\\\\uE022\\uE027]{16,64}',
        ),
        grade: match =>
          isPlaceholder(match.secret) ||
          isFiller(match.secret) ||
          /^...[78]Q~|^\$|[({]/u.test(match.secret) ||
          !/\d/u.test(match.secret) ||
          /^[\w$]+(?:\??\.[\w$]+)+;?$/u.test(match.secret)
            ? undefined
            : { severity: 'error', confidence: 'medium' },
      },
    ],
    examples: {
      found: [
        { languageId: 'json', text: s => `{"MicrosoftAppPassword": "«${s.password()}${s.password()}»"}` },
        { languageId: 'dotenv', text: s => `MicrosoftAppPassword=«${s.password()}${s.password()}»` },
      ],
      silent: [
        { languageId: 'json', text: () => '{"MicrosoftAppPassword": ""}', why: 'empty' },
        {
          languageId: 'typescript',
          text: () => 'const o = { MicrosoftAppPassword: process.env.MicrosoftAppPassword2 };',
          why: 'environment',
        },
      ],
    },
  },
  {
    id: 'direct-line-secret',
    title: 'Azure Bot Service Direct Line secret',
    message: 'A Direct Line or web chat secret of a bot is embedded here[ ({note})].',
    leak: 'Whoever reads it can hold conversations with the bot as any user and read those that it starts.',
    remedy: 'Exchange the secret for a token in your own back end, keep it in Key Vault, and regenerate it.',
    severity: 'error',
    keywords: ['directline', 'direct_line', 'direct-line', 'direct:line', 'direct.line', 'webchat', 'botframework'],
    patterns: [
      {
        begins: [...separated('direct', 'line'), 'webchat', 'web_chat', 'secret'],
        regex: assignmentOf(
          '(?:direct[_.:-]?line|web_?chat)[\\w.:-]{0,20}(?:secret|key)|\\bsecret',
          '[\\w-]{11}\\.[\\w-]{11,43}\\.?[\\w.-]{20,90}|[\\w-]{10,14}\\.[\\w-]{40,50}',
        ),
        grade: match =>
          isPlaceholder(match.secret) ||
          isFiller(match.secret) ||
          !/\d/u.test(match.secret) ||
          !/[A-Z]/u.test(match.secret)
            ? undefined
            : /direct|chat/iu.test(match.groups['name'] ?? '') ||
                match.mentions(/directline\.botframework|createDirectLine|webchat\.botframework/iu)
              ? { severity: 'error', confidence: 'medium' }
              : undefined,
      },
    ],
    examples: {
      found: [
        {
          languageId: 'dotenv',
          text: s => `DIRECT_LINE_SECRET=«A1${s.characters(9, base64url)}.${s.characters(42, base64url)}x»`,
        },
        {
          languageId: 'typescript',
          text: s =>
            `window.WebChat.createDirectLine({ secret: '«A1${s.characters(9, base64url)}.${s.characters(42, base64url)}x»' })`,
        },
      ],
      silent: [
        {
          languageId: 'typescript',
          text: () => "createDirectLine({ secret: 'YOUR_DIRECT_LINE_SECRET' })",
          why: 'placeholder',
        },
        {
          languageId: 'typescript',
          text: () => 'createDirectLine({ secret: config.directLine.secretOfTheBotInThisFile1 })',
          why: 'member access',
        },
      ],
    },
  },
];

export const botService: Service = {
  id: 'bot-service',
  name: 'Azure Bot Service',
  documentation: 'https://learn.microsoft.com/azure/bot-service/bot-service-quickstart-registration',
  credentials,
  settings: [],
  operations: [],
  roles: [],
  clients: [],
};
