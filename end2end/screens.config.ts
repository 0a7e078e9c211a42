// Pictures of every page, to be looked at: `cargo xtask screenshots`.

import { defineConfig } from '@playwright/test';

import config from './playwright.config.ts';

export default defineConfig({
  ...config,
  testMatch: 'screens.ts',
  reporter: 'list',
  timeout: 300_000,
  fullyParallel: true,
  projects: [{ name: 'pictures', use: { javaScriptEnabled: true } }],
});
