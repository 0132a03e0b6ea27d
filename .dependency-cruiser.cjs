'use strict';
/** The rooms of src/ and who may enter which. Each ban is proven by a planted violation in test/repo. */
const room = (name, from, to) => ({ name, severity: 'error', from: { path: from }, to });
module.exports = {
  forbidden: [
    room('core-is-pure', '^src/core/', { path: '^src/(?!core/)' }),
    room('core-does-no-io', '^src/core/', { dependencyTypes: ['core'] }),
    room('core-knows-no-host', '^src/core/', {
      path: 'node_modules/(@azure|(@types/)?vscode|@vscode/(?!tree-sitter-wasm))',
    }),
    room('platform-imports-core', '^src/platform/', { path: '^src/(?!(core|platform)/)' }),
    room('azure-imports-core', '^src/azure/', { path: '^src/(?!(core|azure)/)' }),
    room('cli-imports', '^src/cli/', { path: '^src/(?!(core|platform|azure|demo|cli)/)' }),
    room('vscode-imports', '^src/vscode/', { path: '^src/(?!(core|platform|azure|demo|vscode)/)' }),
    room('demo-imports-core', '^src/demo/', { path: '^src/(?!(core|demo)/)' }),
    room('only-vscode-imports-vscode', '^src/(?!vscode/)', { path: 'node_modules/(@types/)?vscode/' }),
    room('only-azure-imports-azure-sdks', '^src/(?!azure/)', { path: 'node_modules/@azure' }),
    room('azure-and-demo-load-late', '^src/(cli|vscode)/', {
      path: '^src/(azure|demo)/',
      dynamic: false,
      dependencyTypesNot: ['type-only'],
    }),
    room('product-does-not-import-dev', '^src/(?!dev/)', { path: '^(src/dev|test)/' }),
    {
      name: 'no-circular',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: { path: '^src/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
