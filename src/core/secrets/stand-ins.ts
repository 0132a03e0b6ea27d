/** Builds values that look exactly like real credentials, checksum included, but open nothing. For examples, tests and the sample. */
export interface StandIns {
  /** 88 characters, `+ASt` signature, valid checksum. */
  storageAccountKey(): string;
  /** 88 characters, `ACDb` signature, valid checksum. */
  cosmosAccountKey(): string;
  /** 44 characters, `+ASb` signature, valid checksum. */
  serviceBusKey(): string;
  /** 84 characters, Common Annotated Security Key with `ACOG` signature, valid checksum. */
  azureOpenAIKey(): string;
  /** 32 hexadecimal digits, the legacy form of Azure AI keys. */
  legacyHexKey(): string;
  /** 40 characters, `8Q~` signature, valid checksum. */
  entraClientSecret(): string;
  /** 88 or 44 characters of base64 without any signature, as issued before identifiable keys. */
  legacyKey64(): string;
  legacyKey32(): string;
  /** URL-encoded base64 signature of a shared access signature. */
  sasSignature(): string;
  /** 16 characters, letters of both cases, digits and a symbol that needs no escaping in any of our languages. */
  password(): string;
}
