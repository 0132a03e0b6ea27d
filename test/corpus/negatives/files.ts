import { type CorpusEntry, negative } from '../entry.ts';
import { joinLines } from '../names.ts';
import type { Values } from '../values.ts';

type Text = (v: Values, i: number) => string;

const json = JSON.stringify;
const repeat = (count: number, write: (i: number) => string): string => Array.from({ length: count }, (_, i) => write(i)).join('');
const wrap = (text: string): string => text.replaceAll(/.{64}/gu, '$&\n').trimEnd();
const pem = (label: string, body: string): string => joinLines(`-----BEGIN ${label}-----`, wrap(body), `-----END ${label}-----`);
const png = (v: Values): string => `iVBORw0KGgoAAAANSUhEUgAA${v.base64(390)}`;

/** Files that are full of random text by nature: lock files, public keys, images, bundles, test vectors. */
const files: readonly (readonly [path: string, why: string, text: Text])[] = [
  // Lock and checksum files
  ['package-lock.json', 'npm lock file', v => json({ lockfileVersion: 3, packages: { 'node_modules/a': { version: '1.0.0', resolved: 'https://registry.example/a.tgz', integrity: `sha512-${v.base64(64)}` } } }, null, 2)],
  ['npm-shrinkwrap.json', 'npm shrinkwrap', v => json({ dependencies: { storageKey: { version: '2.1.0', integrity: `sha512-${v.base64(64)}` } } })],
  ['yarn.lock', 'yarn lock file', v => joinLines('"key@^1.0.0":', '  version "1.0.0"', `  resolved "https://registry.example/key.tgz#${v.hex(40)}"`, `  integrity sha512-${v.base64(64)}`)],
  ['pnpm-lock.yaml', 'pnpm lock file', v => joinLines('packages:', '  secret-stack@6.4.1:', `    resolution: {integrity: sha512-${v.base64(64)}}`)],
  ['poetry.lock', 'poetry lock file', v => joinLines('[[package]]', 'name = "keyring"', `files = [{file = "keyring-25.0.0.tar.gz", hash = "sha256:${v.hex(64)}"}]`)],
  ['uv.lock', 'uv lock file', v => `sdist = { url = "https://files.example/passlib-1.7.4.tar.gz", hash = "sha256:${v.hex(64)}" }\n`],
  ['Pipfile.lock', 'pipenv lock file', v => json({ default: { secretstorage: { hashes: [`sha256:${v.hex(64)}`], version: '==3.3.3' } } })],
  ['requirements.txt', 'hashes of pip', v => joinLines('azure-storage-blob==12.24.0 \\', `    --hash=sha256:${v.hex(64)} \\`, `    --hash=sha256:${v.hex(64)}`)],
  ['go.sum', 'go checksums', v => `github.com/99designs/keyring v1.2.2 h1:${v.base64(32)}\ngithub.com/99designs/keyring v1.2.2/go.mod h1:${v.base64(32)}\n`],
  ['Cargo.lock', 'cargo lock file', v => joinLines('[[package]]', 'name = "secrecy"', 'version = "0.8.0"', `checksum = "${v.hex(64)}"`)],
  ['composer.lock', 'composer lock file', v => json({ 'content-hash': v.hex(32), packages: [{ name: 'firebase/php-jwt', dist: { reference: v.hex(40), shasum: '' } }] })],
  ['Gemfile.lock', 'bundler lock file', v => joinLines('CHECKSUMS', `  bcrypt (3.1.20) sha256=${v.hex(64)}`)],
  ['packages.lock.json', 'NuGet lock file', v => json({ dependencies: { net10: { 'Azure.Identity': { type: 'Direct', contentHash: v.base64(64) } } } })],
  ['obj/project.assets.json', 'NuGet assets', v => json({ libraries: { 'Azure.Storage.Blobs/12.24.0': { sha512: v.base64(64), type: 'package' } } })],
  ['.terraform.lock.hcl', 'terraform lock file', v => joinLines('provider "registry.example/hashicorp/azurerm" {', '  hashes = [', `    "h1:${v.base64(32)}",`, `    "zh:${v.hex(64)}",`, '  ]', '}')],
  ['flake.lock', 'nix lock file', v => json({ nodes: { nixpkgs: { locked: { narHash: `sha256-${v.base64(32)}`, rev: v.hex(40) } } } })],
  ['Package.resolved', 'swift lock file', v => json({ pins: [{ identity: 'keychain', state: { revision: v.hex(40), version: '1.0.0' } }] })],
  ['SHA256SUMS', 'checksum file', v => `${v.hex(64)}  storage-key-tool-linux-x64.tar.gz\n${v.hex(64)}  password-manager.zip\n`],
  ['MD5SUMS.txt', 'checksum file', v => `${v.hex(32)} *api-key.dll\n`],
  ['index.html', 'subresource integrity', v => `<script src="https://cdn.example/a.js" integrity="sha384-${v.base64(48)}" crossorigin="anonymous"></script>\n`],
  ['nginx.conf', 'content security policy', v => `add_header Content-Security-Policy "script-src 'self' 'sha256-${v.base64(32)}' 'nonce-${v.base64(16)}'";\n`],
  ['Dockerfile', 'pinned image and checksum', v => joinLines(`FROM node:24@sha256:${v.hex(64)}`, `ADD --checksum=sha256:${v.hex(64)} https://example.com/tool.tgz /`, `RUN echo "${v.hex(64)}  key.tgz" | sha256sum -c -`)],
  ['.github/workflows/ci.yml', 'pinned action', v => joinLines('    steps:', `      - uses: actions/checkout@${v.hex(40)} # v4`, `      - uses: azure/login@${v.hex(40)}`, '        with:', '          client-id: ${{ vars.AZURE_CLIENT_ID }}')],
  ['.pre-commit-config.yaml', 'pinned hook', v => joinLines('repos:', '  - repo: https://github.com/contoso/detect-passwords', `    rev: ${v.hex(40)}`)],
  ['.gitmodules', 'submodule', v => joinLines('[submodule "keys"]', '  url = https://github.com/contoso/keys.git', `  branch = ${v.hex(40)}`)],
  ['baseline.json', 'hashes of secrets, not secrets', v => json({ results: { 'a.py': [{ type: 'Secret Keyword', hashed_secret: v.hex(40), line_number: 3 }] } }, null, 2)],
  ['go.mod', 'pseudo version', v => `require github.com/contoso/keyvault v0.0.0-20260101120000-${v.hex(12)}\n`],
  // Public halves
  ['public.pem', 'public key', v => pem('PUBLIC KEY', `MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA${v.base64(258)}`)],
  ['server.crt', 'certificate', v => pem('CERTIFICATE', `MIID${v.base64(699)}`)],
  ['request.csr', 'certificate request', v => pem('CERTIFICATE REQUEST', `MIIC${v.base64(450)}`)],
  ['dhparam.pem', 'Diffie-Hellman parameters', v => pem('DH PARAMETERS', `MIIBCAKCAQEA${v.base64(258)}`)],
  ['crl.pem', 'revocation list', v => pem('X509 CRL', `MIIB${v.base64(300)}`)],
  ['release.asc', 'signature', v => pem('PGP SIGNATURE', v.base64(420))],
  ['key.asc', 'PGP public key', v => pem('PGP PUBLIC KEY BLOCK', v.base64(900))],
  ['authorized_keys', 'SSH public key', v => `ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC${v.base64(243)} ana@contoso.com\n`],
  ['known_hosts', 'SSH host key', v => `github.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${v.base64(32).replace('=', '')}\n`],
  ['vm.tf', 'SSH public key in a template', v => joinLines('  admin_ssh_key {', '    username   = "azureuser"', `    public_key = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQD${v.base64(360)}"`, '  }')],
  ['vm.bicep', 'SSH public key in a template', v => `            keyData: 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC${v.base64(243)} azureuser'\n`],
  ['jwks.json', 'public signing keys', v => json({ keys: [{ kty: 'RSA', use: 'sig', kid: v.base64Url(20), x5t: v.base64Url(20), n: v.base64Url(256), e: 'AQAB', x5c: [`MIIC${v.base64(600)}`] }] }, null, 2)],
  ['ec.jwk.json', 'public elliptic curve key', v => json({ kty: 'EC', crv: 'P-256', x: v.base64Url(32), y: v.base64Url(32), kid: v.guid() })],
  ['saml.xml', 'certificate in metadata', v => `<ds:X509Certificate>MIID${v.base64(600)}</ds:X509Certificate>\n`],
  ['metadata.xml', 'signature in metadata', v => `<SignatureValue>${v.base64(256)}</SignatureValue><DigestValue>${v.base64(32)}</DigestValue>\n`],
  ['assembly.cs', 'public key token', v => `[assembly: InternalsVisibleTo("Tests, PublicKey=0024000004800000940000000602000000240000525341310004000001000100${v.hex(260)}")]\n`],
  ['web.config', 'public key tokens of assemblies', v => `<add assembly="System.Web, Version=4.0.0.0, Culture=neutral, PublicKeyToken=${v.hex(16).toUpperCase()}" />\n`],
  ['app.csproj', 'public key of a strong name', v => `<InternalsVisibleTo Include="Tests" Key="0024000004800000${v.hex(304)}" />\n`],
  ['manifest.json', 'public key of an extension', v => json({ manifest_version: 3, key: `MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA${v.base64(258)}` })],
  ['push.ts', 'public VAPID key', v => `const applicationServerKey = 'B${v.base64Url(64)}';\n`],
  ['dkim.txt', 'public key in DNS', v => `selector1._domainkey TXT "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC${v.base64(120)}"\n`],
  ['kubeconfig.yaml', 'authority’s certificate', v => joinLines('clusters:', '- cluster:', `    certificate-authority-data: ${Buffer.from(pem('CERTIFICATE', v.base64(600))).toString('base64')}`, '    server: https://orders.hcp.westeurope.azmk8s.io:443')],
  ['ingress.yaml', 'certificate of a webhook', v => joinLines('webhooks:', '  - clientConfig:', `      caBundle: ${Buffer.from(pem('CERTIFICATE', v.base64(600))).toString('base64')}`)],
  ['tls.crt.yaml', 'certificate without its key', v => joinLines('data:', `  tls.crt: ${Buffer.from(pem('CERTIFICATE', v.base64(600))).toString('base64')}`)],
  ['root.ts', 'certificate in code', v => `export const root = \`${pem('CERTIFICATE', v.base64(600))}\`;\n`],
  // Pictures, fonts, media
  ['logo.css', 'image as data URL', v => `.logo { background: url("data:image/png;base64,${png(v)}"); }\n`],
  ['font.css', 'font as data URL', v => `@font-face { font-family: K; src: url(data:font/woff2;charset=utf-8;base64,d09GMgABAAAAA${v.base64(600)}) format("woff2"); }\n`],
  ['icon.tsx', 'image as data URL', v => `export const Icon = () => <img alt="key" src="data:image/gif;base64,R0lGODlhEAAQ${v.base64(240)}" />;\n`],
  ['mail.html', 'image as data URL', v => `<img src="data:image/jpeg;base64,/9j/4AAQSkZJRgABAQ${v.base64(420)}">\n`],
  ['notebook.ipynb', 'plot of a notebook', v => json({ cells: [{ cell_type: 'code', source: ['plot()'], outputs: [{ output_type: 'display_data', data: { 'image/png': png(v) } }] }] })],
  ['strings.resx', 'bitmap in resources', v => joinLines('<data name="password.Image" type="System.Drawing.Bitmap, System.Drawing" mimetype="application/x-microsoft.net.object.bytearray.base64">', `  <value>${v.base64(300)}</value>`, '</data>')],
  ['key.svg', 'path data', v => `<svg viewBox="0 0 24 24"><path d="M12 ${v.digits(2)}.${v.digits(4)}c-${v.digits(1)}.${v.digits(4)} 0-8 3.58-8 8" id="storage-key"/></svg>\n`],
  ['Icons.tsx', 'path data', v => `<path fill="#${v.hex(6)}" d="M${v.digits(3)} ${v.digits(3)}h${v.digits(2)}v-${v.digits(2)}z" data-key="password" />\n`],
  ['sprite.html', 'symbols', v => `<use href="#icon-key-${v.hex(8)}"></use>\n`],
  ['wasm.ts', 'embedded WebAssembly', v => `const wasm = "AGFzbQEAAAAB${v.base64(900)}";\n`],
  ['worker.js', 'embedded worker', v => `const source = atob("${Buffer.from(`onmessage = e => postMessage(e.data); // ${v.hex(12)}`).toString('base64')}");\n`],
  // Bundles and generated code
  ['app.min.js', 'minified by its name', v => `var a="${v.base64(64)}",b="password";\n`],
  ['main.bundle.js', 'bundle', v => `!function(){var e={password:"${v.alphanumeric(20)}"}}();\n`],
  ['app.js.map', 'source map', v => json({ version: 3, sources: ['a.ts'], mappings: `;${v.letters(400).replaceAll('q', ',')}`, sourcesContent: ['const password = "" + x;'] })],
  ['inline.js', 'inline source map', v => `console.log(1);\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(json({ version: 3, mappings: v.letters(200) })).toString('base64')}\n`],
  ['vendor.js', 'minified by its shape', v => repeat(30, () => `var ${v.letters(3)}={secret:"${v.alphanumeric(24)}",k:function(e,t){return e+t}};`) + 'x'.repeat(24_000)],
  ['client.ts', 'generated by its header', v => joinLines('// <auto-generated>', '// This code was generated by a tool.', '// </auto-generated>', `export const apiKey = "${v.alphanumeric(32)}";`)],
  ['schema.py', 'generated by its header', v => joinLines('# @generated by the protocol compiler. DO NOT EDIT!', `password = "${v.alphanumeric(20)}"`)],
  ['orders_pb2.py', 'generated by its name', v => `DESCRIPTOR = b'\\n\\x0corders.proto\\x12${v.hex(40)}'\n`],
  ['orders.pb.go', 'generated by its name', v => `var fileDescriptor = []byte("${v.hex(80)}")\n`],
  ['Form.Designer.cs', 'generated by its name', () => 'this.passwordTextBox.Text = "password1!";\n'],
  ['model.onnx.txt', 'numbers', v => repeat(40, () => `0.${v.digits(8)}, `)],
  ['snapshot.snap', 'snapshot', v => `exports[\`login 1\`] = \`<input type="password" value="${v.alphanumeric(16)}" />\`;\n`],
  ['core.wasm.txt', 'binary', v => `\0asm\u0001\0\0\0password=${v.alphanumeric(20)}`],
  // Cryptographic test vectors and constants
  ['sha512.test.ts', 'test vector', v => `expect(sha512('abc')).toBe('${v.hex(128)}');\n`],
  ['sha256_test.go', 'test vector', v => `{"${v.hex(64)}", "The quick brown fox"},\n`],
  ['aes.rsp', 'test vector of NIST', v => joinLines('[ENCRYPT]', '', 'COUNT = 0', `KEY = ${v.hex(32)}`, `PLAINTEXT = ${v.hex(32)}`, `CIPHERTEXT = ${v.hex(32)}`)],
  ['hmac.rsp', 'test vector of NIST', v => joinLines('[L=32]', 'Count = 0', 'Klen = 40', `Key = ${v.hex(80)}`, `Msg = ${v.hex(256)}`, `Mac = ${v.hex(64)}`)],
  ['wycheproof/aes_gcm_test.json', 'test vector', v => json({ algorithm: 'AES-GCM', testGroups: [{ tests: [{ tcId: 1, key: v.hex(32), iv: v.hex(24), msg: v.hex(32), ct: v.hex(32), tag: v.hex(32), result: 'valid' }] }] })],
  ['curve.c', 'constants of a curve', v => `static const uint8_t G[32] = { ${repeat(16, () => `0x${v.hex(2)}, `)}};\n`],
  ['primes.py', 'public prime', v => `P = 0x${v.hex(256).toUpperCase()}\n`],
  ['tables.go', 'table of a cipher', v => `var sbox = [8]uint32{${repeat(8, () => `0x${v.hex(8)}, `)}}\n`],
  ['hash.cs', 'expected hash', v => `Assert.AreEqual("${v.base64(64)}", Hash("abc"));\n`],
  ['merkle.sol', 'hash of a block', v => `bytes32 constant ROOT = 0x${v.hex(64)};\n`],
  ['bcrypt.sql', 'hash of a password is no password', v => `INSERT INTO roles (name, checksum) VALUES ('admin', '${v.hex(64)}');\n`],
  // Data
  ['orders.csv', 'identifiers', v => joinLines('id,customer,etag', `${v.guid()},${v.digits(6)},${v.hex(32)}`, `${v.guid()},${v.digits(6)},${v.hex(32)}`)],
  ['trace.json', 'trace', v => json({ traceId: v.hex(32), spanId: v.hex(16), parentSpanId: v.hex(16), attributes: { 'http.url': 'https://orders.contoso.com/api/keys' } })],
  ['access.log', 'requests', v => `10.0.0.${v.digits(1)} - - "GET /api/keys/${v.guid()} HTTP/1.1" 200 ${v.digits(4)} "-" "Mozilla/5.0"\n`],
  ['deployment.json', 'identifiers of a deployment', v => json({ id: `/subscriptions/${v.guid()}/resourceGroups/rg/providers/Microsoft.Resources/deployments/d`, properties: { correlationId: v.guid(), templateHash: v.digits(19) } })],
  ['azuredeploy.json', 'template hash', v => json({ metadata: { _generator: { name: 'bicep', version: '0.36.1.42791', templateHash: v.digits(20) } } })],
  ['geo.json', 'coordinates', v => json({ type: 'Point', coordinates: [`11.${v.digits(12)}`, `48.${v.digits(12)}`].map(Number) })],
  ['genome.fasta', 'sequence', v => `>key1\n${v.from('ACGT', 240)}\n`],
  ['dictionary.txt', 'words', () => joinLines('password', 'passwords', 'secret', 'accountkey', 'token', 'credential', 'apikey')],
  ['cspell.json', 'words', () => json({ words: ['pwd', 'passwd', 'AccountKey', 'SharedAccessKey', 'clientsecret', 'sastoken'] })],
  ['emoji.json', 'escapes', () => json({ key: '\u{1f511}', lock: '\u{1f512}', secret: '\u{1f92b}' })],
];

/** Each file in several fillings. */
export function fileEntries(): CorpusEntry[] {
  return files.flatMap(([path, why, text], n) => [0, 1].map(i => negative(`file/${n}-${i}/${path}`, `${i === 0 ? '' : 'src/'}${path}`, why, v => text(v, i)))).filter((entry, i, all) => all.findIndex(({ text }) => text === entry.text) === i);
}
