import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import type { UserConfig } from 'vite'

const SERVICE = `http://127.0.0.1:${process.env['FENQI_PORT'] ?? '8420'}`

/** How an app of the workspace is built: the same bytes wherever it is built, an import map by route. */
export function appConfig(name: 'h5' | 'shop' | 'staff'): UserConfig {
  return {
    root: fileURLToPath(new URL(name, import.meta.url)),
    base: `/${name}/`,
    plugins: [react()],
    build: {
      outDir: fileURLToPath(new URL(`../src/fenqi/pages/${name}`, import.meta.url)),
      emptyOutDir: true,
      manifest: 'manifest.json',
      modulePreload: { polyfill: false },
      target: 'es2022',
      reportCompressedSize: false,
      chunkSizeWarningLimit: 2000,
    },
    server: {
      proxy: { '^/(v1|h5|staff|shop|stand-in)/': { target: SERVICE, bypass: (request) => ownFile(request, name) } },
    },
  }
}

/** A navigation or a source file is the development server's; what a page fetches is the service's. */
function ownFile(request: { url?: string | undefined; headers: Record<string, string | string[] | undefined> }, name: string) {
  const url = request.url ?? ''
  const isPage = String(request.headers['accept'] ?? '').includes('text/html')
  const isSource = /^\/[a-z0-9]+\/(src|node_modules|@|assets)/.test(url)
  return isPage ? `/${name}/index.html` : isSource ? url : undefined
}
