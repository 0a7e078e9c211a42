// How soon the public pages show what matters: `cargo xtask bench --browser`.

import { defineConfig } from '@playwright/test';

import config from './playwright.config.ts';

export default defineConfig({
  ...config,
  testMatch: 'speed.ts',
  reporter: 'line',
  workers: 1,
  projects: [{ name: 'speed', use: { javaScriptEnabled: true } }],
});
