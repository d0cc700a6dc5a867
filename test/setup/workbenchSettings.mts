// User settings that workbenches of tests and of the demo start with.

export type Settings = Readonly<Record<string, unknown>>;

/** Nothing that opens, asks or looks up by itself and has nothing to do with the extension. */
export const QUIET: Settings = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
  'security.workspace.trust.banner': 'never',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
};

const HIDDEN = { '**/.storage': true, '**/*.db': true, '**/*.db-wal': true, '**/*.db-shm': true };

/** What the Studio Code Server add-on of Home Assistant hides by default, from the explorer, from search and from watchers. */
export const USUAL_HOST: Settings = { 'files.exclude': HIDDEN, 'search.exclude': HIDDEN, 'files.watcherExclude': HIDDEN };

/** Environment of a server that is to look for no extensions on the network. */
export const NO_GALLERY: Readonly<Record<string, string>> = { EXTENSIONS_GALLERY: '{}' };
