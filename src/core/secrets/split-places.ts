import type { Look } from '../services/service.ts';

/**
 * A secret's place that a value from elsewhere fills (`AccountKey=" + key`, `Password=${pw}`, `%s`, `{0}`), and calls
 * whose argument is a secret whatever it is called.
 */
export const openPlace: Look = {
  words: [
    'accountkey',
    'sharedaccesskey',
    'sharedaccesssignature',
    'password',
    'pwd',
    '?sig',
    '&sig',
    '://',
    'bearer ',
    'keycredential',
    'sascredential',
    'secretcredential',
    'networkcredential',
    'withclientsecret',
    'fromsecret',
    'cosmosclient',
    'x509certificate',
    'loadpkcs12',
    'client_credential',
    'clientsecret',
    'credential',
    '.key',
    '.password',
  ],
  expression:
    /(?:AccountKey|SharedAccessKey|SharedAccessSignature|[Pp]assword|PASSWORD|[Pp]wd|PWD|[?&]sig|:\/\/[\w.%-]{0,60}:|Bearer )\s?=?\s?(?:["'`]\s{0,20}[+,)]|\$\{|\{\w{0,40}[}:]|%[sv])|(?:(?:Key|Sas|Secret|Password|Network)Credential|WithClientSecret|FromSecret|CosmosClient|X509Certificate2?|LoadPkcs12\w{0,24}|client_credential|clientSecret|credential|\.(?:key|password))\s{0,4}[(=:]/u,
};
