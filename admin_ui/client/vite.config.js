import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
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

/** Texts are compressed here, as small as they can be made; the pages send the twin that the browser can open. */
function smallerTwins() {
  return {
    name: 'motcua-smaller-twins',
    closeBundle() {
      for (const name of readdirSync(outDir, { recursive: true })) {
        if (!/\.(css|js|svg)$/.test(name)) continue;
        const path = join(outDir, name);
        const text = readFileSync(path);
        const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
        writeFileSync(`${path}.br`, brotliCompressSync(text, quality));
        writeFileSync(`${path}.gz`, gzipSync(text, { level: constants.Z_BEST_COMPRESSION }));
      }
    },
  };
}

export default defineConfig({
  root: here,
  base: '/static/dist/',
  publicDir: false,
  plugins: [swaggerUi(), smallerTwins()],
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
