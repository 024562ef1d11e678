import { copyFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { defineConfig } from 'vite';

const require = createRequire(import.meta.url);
const here = import.meta.dirname;
const outDir = resolve(here, process.env.MOTCUA_DIST ?? '../static/dist');

/** The API page is served offline: its three files go beside our own bundle under their well-known names. */
function swaggerUi() {
  const names = ['swagger-ui.css', 'swagger-ui-bundle.js', 'swagger-ui-standalone-preset.js', 'favicon-32x32.png'];
  return {
    name: 'motcua-swagger-ui',
    writeBundle() {
      const from = dirname(require.resolve('swagger-ui-dist/package.json'));
      const to = join(outDir, 'swagger-ui');
      mkdirSync(to, { recursive: true });
      for (const name of names) copyFileSync(join(from, name), join(to, name));
    },
  };
}

export default defineConfig({
  root: here,
  base: '/static/dist/',
  publicDir: false,
  plugins: [swaggerUi()],
  css: {
    preprocessorOptions: {
      // Bootstrap 5.3 still speaks the older Sass; its own deprecations are not ours to mend.
      scss: { quietDeps: true, silenceDeprecations: ['import', 'global-builtin', 'color-functions', 'if-function'] },
    },
  },
  build: {
    outDir,
    emptyOutDir: true,
    manifest: 'manifest.json',
    // The security policy allows fonts and scripts from our own address only, so nothing is folded into data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      input: { app: resolve(here, 'src/app.js'), viewer: resolve(here, 'src/viewer.js') },
      output: {
        entryFileNames: '[name]-[hash].js',
        chunkFileNames: '[name]-[hash].js',
        assetFileNames: '[name]-[hash][extname]',
      },
    },
  },
});
