import { hasValidCaskChecksum } from '../checksums.ts';
import {
  afterDelimiter,
  base62,
  base62Checksum,
  base64url,
  digits,
  hexDigits,
  lower,
  upper,
  type TokenFormat,
} from './token-format.ts';

const publishes = 'Whoever reads it can publish packages in the name of its owner, which everybody who uses them runs.';

/** All bytes of the text combined by exclusive or, as one character. */
function cratesChecksum(body: string): string {
  let sum = 0;
  for (let i = 0; i < body.length; i++) sum ^= body.charCodeAt(i);
  return (upper + lower + digits).charAt(sum % 62);
}

/** Package and image registries. */
export const packageTokens: readonly TokenFormat[] = [
  {
    id: 'npm-access-token',
    title: 'npm access token',
    provider: 'npm',
    pattern: 'npm_[A-Za-z0-9]{36}',
    keywords: ['npm_'],
    leak: publishes,
    revoke: 'https://docs.npmjs.com/revoking-access-tokens',
    standIn(s) {
      const body = s.characters(30, base62);
      return `npm_${body}${base62Checksum(body)}`;
    },
    checksum: token => base62Checksum(token.slice(4, 34)) === token.slice(34) || undefined,
  },
  {
    id: 'pypi-token',
    title: 'PyPI API token',
    provider: 'PyPI',
    // A macaroon that begins with version and location: pypi.org or test.pypi.org.
    pattern: 'pypi-Ag(?:EIcHlwaS5vcmc|ENdGVzdC5weXBpLm9yZw)[\\w-]{70,400}',
    keywords: ['pypi-'],
    leak: publishes,
    revoke: 'https://pypi.org/manage/account/token/',
    standIn: s => `pypi-AgEIcHlwaS5vcmc${s.characters(150, base64url)}`,
  },
  {
    id: 'nuget-api-key',
    title: 'NuGet API key',
    provider: 'NuGet',
    // "v4" and the key in base32, or an annotated key of 84 characters:
    // https://github.com/NuGet/NuGetGallery/blob/main/src/NuGetGallery.Services/Authentication/ApiKeyV5.cs
    pattern: 'oy2[a-z2-7]{43}|[A-Za-z0-9]{52}JQQJ99[A-Za-z0-9]{2}N5[A-Za-z0-9]{14}NUGT[A-Za-z0-9]{4}',
    keywords: [...afterDelimiter('oy2'), 'JQQJ99'],
    leak: publishes,
    revoke: 'https://www.nuget.org/account/apikeys',
    standIn: s => `oy2${s.characters(43, `${lower}234567`)}`,
    checksum: token => (token.length === 84 ? hasValidCaskChecksum(token) : undefined),
  },
  {
    id: 'rubygems-api-key',
    title: 'RubyGems API key',
    provider: 'RubyGems',
    // https://github.com/rubygems/rubygems.org/blob/master/app/controllers/concerns/api_keyable.rb
    pattern: 'rubygems_[0-9a-f]{48}',
    keywords: ['rubygems_'],
    leak: publishes,
    revoke: 'https://rubygems.org/profile/api_keys',
    standIn: s => `rubygems_${s.characters(48, hexDigits)}`,
  },
  {
    id: 'crates-io-token',
    title: 'crates.io API token',
    provider: 'crates.io',
    // https://github.com/rust-lang/crates.io/blob/main/crates/crates_io_database/src/utils/token.rs
    pattern: 'cio[A-Za-z0-9]{32}',
    keywords: [
      'crates.io',
      'crates-io',
      'cargo_registry',
      'cargoregistry',
      'cargo:registry',
      'cargo.registry',
      'cargo-registry',
      'cargo registry',
      'cargo login',
      '[registry',
    ],
    evidence: /crates|cargo/iu,
    leak: publishes,
    revoke: 'https://crates.io/settings/tokens',
    standIn: s => `cio${s.characters(32, base62)}`,
    example: token => `CARGO_REGISTRY_TOKEN=${token}`,
  },
  {
    id: 'crates-io-publishing-token',
    title: 'crates.io token of a trusted publisher',
    provider: 'crates.io',
    // The last character is a checksum: https://github.com/rust-lang/crates.io/blob/main/crates/crates_io_trustpub/src/access_token.rs
    pattern: 'cio_tp_[A-Za-z0-9]{32}',
    keywords: ['cio_tp_'],
    severity: 'warning',
    leak: 'For half an hour after it was issued, whoever reads it can publish the packages.',
    revoke: 'https://crates.io/docs/trusted-publishing',
    standIn(s) {
      const body = s.characters(31, base62);
      return `cio_tp_${body}${cratesChecksum(body)}`;
    },
    checksum: token => cratesChecksum(token.slice(7, 38)) === token.slice(38),
  },
  {
    id: 'clojars-token',
    title: 'Clojars deploy token',
    provider: 'Clojars',
    // https://github.com/clojars/clojars-web/blob/main/src/clojars/db.clj
    pattern: 'CLOJARS_[0-9a-f]{60}',
    keywords: ['CLOJARS_'],
    leak: publishes,
    revoke: 'https://clojars.org/tokens',
    standIn: s => `CLOJARS_${s.characters(60, hexDigits)}`,
  },
  {
    id: 'docker-hub-token',
    title: 'Docker Hub access token',
    provider: 'Docker Hub',
    pattern: 'dckr_[po]at_[\\w-]{27,32}',
    keywords: ['dckr_pat_', 'dckr_oat_'],
    leak: 'Whoever reads it can pull private images and, if it may write, replace images that others run.',
    revoke: 'https://app.docker.com/settings/personal-access-tokens',
    standIn: s => `dckr_pat_${s.characters(27, base64url.replace('-', ''))}`,
  },
  {
    id: 'jfrog-reference-token',
    title: 'JFrog reference token',
    provider: 'JFrog',
    // https://jfrog.com/help/r/jfrog-platform-administration-documentation/understanding-identity-tokens
    pattern: 'cmVmdGtu[A-Za-z0-9]{56}',
    keywords: ['cmVmdGtu'],
    leak: publishes,
    revoke: 'https://jfrog.com/help/r/jfrog-platform-administration-documentation/revoke-tokens',
    // "reftkn" in base64 and what follows.
    standIn: s => `cmVmdGtuOjAx${s.characters(52, base62)}`,
  },
  {
    id: 'jfrog-api-key',
    title: 'JFrog Artifactory API key',
    provider: 'JFrog',
    pattern: 'AKCp[A-Za-z0-9]{69}',
    keywords: ['AKCp'],
    leak: publishes,
    revoke: 'https://jfrog.com/help/r/jfrog-platform-administration-documentation/revoke-tokens',
    standIn: s => `AKCp${s.characters(69, base62)}`,
  },
];
